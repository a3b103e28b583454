//! What the lab was told to do without a cause in its world: forced answers, faults below the protocol, a clock that
//! is off, and whether its control API is open.

use super::fault::FaultOrders;
use super::force::Forced;
use crate::model::Moment;

/// Everything that was ordered.
#[derive(Clone, Debug, Default)]
pub struct Orders {
    pub forced: Vec<Forced>,
    /// The serial number of the newest of them.
    pub last_serial: u64,
    pub faults: FaultOrders,
    /// Seconds by which the lab's clock is off against everybody else's.
    pub skew: i64,
    /// The token of the control API; `None`: there is none.
    pub control: Option<String>,
}

impl Orders {
    /// The time as the lab sees it.
    pub fn time(&self, at: Moment) -> Moment {
        Moment::from_millis(at.millis().saturating_add(self.skew.saturating_mul(1000)))
    }
}
