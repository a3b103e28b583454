//! Runs a grant against the world: discovery, client authentication, the transport, timers, the browser and its
//! loopback listener, the token cache. Owns the doing; the thinking is in `grants`. A run can be cancelled at every
//! instant, and a refused token is a value here, never an error.

mod api;
mod credential;
mod details;
mod dpop;
mod driver;
mod federated;
mod further;
mod handing;
mod held;
mod ids;
mod issuer;
mod listener;
mod logout;
mod machine_key;
mod mutual_tls;
mod outcome;
mod page;
mod proving;
mod start;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex};

use tokio::sync::mpsc;

use crate::model::{
    Activity, AdminConsent, Credential, Event, Exchange, Place, Problem, Reading, RunSpec, Secret,
    TokenFacts,
};
use crate::ports::Ports;
use crate::tokens::TokenCache;
use crate::wire::Transport;

pub use api::{call_api, read_body};
pub use further::further;
pub use issuer::{Published, published};
pub use logout::logout;

/// What a run works with.
pub struct Context<T: Transport> {
    /// The door to the network.
    pub transport: Arc<T>,
    /// Tokens held; shared between runs.
    pub cache: Arc<Mutex<TokenCache>>,
    /// Clock, random source, browser …
    pub ports: Ports,
    /// Whether a browser is opened. If not, the address is shown for the person to open.
    pub open_browser: bool,
}

impl<T: Transport> Clone for Context<T> {
    fn clone(&self) -> Self {
        Self {
            transport: Arc::clone(&self.transport),
            cache: Arc::clone(&self.cache),
            ports: self.ports.clone(),
            open_browser: self.open_browser,
        }
    }
}

/// What the person does while a run is under way.
#[derive(Clone, Debug)]
pub enum Control {
    /// Stop at once.
    Cancel,
    /// Do not wait any longer: poll or repeat now.
    CutWait,
    /// The answer to a question.
    Answer(Secret),
    /// A redirect address (accepted only with this run's `state`), page text or an error.
    Paste(String),
}

/// What a run tells while it is under way.
#[expect(
    clippy::large_enum_variant,
    reason = "a run makes a handful of reports; a box would only burden those who read them"
)]
#[derive(Clone, Debug)]
pub enum Report {
    /// A line for the run's log.
    Logged(Event),
    /// It does something else now.
    Doing(Activity),
    /// An exchange is over.
    Exchanged(Exchange),
    /// The person said what the client proves itself with.
    Proved(Credential),
}

/// How a run ended.
#[derive(Clone, Debug)]
pub enum End {
    /// A token came, or was held.
    Granted(Box<TokenFacts>),
    /// An administrator consented for everybody; there is no token.
    Consented(AdminConsent),
    /// The server, a page or the person said no.
    Refused {
        /// Where it surfaced.
        place: Place,
        /// What was read out of it.
        reading: Reading,
    },
    /// No reply.
    Unreachable {
        /// What was being asked.
        place: Place,
        /// The fault, as facts.
        reading: Reading,
    },
    /// The person cancelled.
    Cancelled,
    /// It could not be sent, or must not be; says what, where and what was expected.
    Invalid(Vec<Problem>),
}

/// Runs `spec` to its end. Everything on the way goes to `report`; `control` may speak at every instant. Dropping the
/// sender of `control` does not cancel; dropping the future does.
pub async fn run<T: Transport>(
    spec: RunSpec,
    context: Context<T>,
    control: mpsc::UnboundedReceiver<Control>,
    report: mpsc::UnboundedSender<Report>,
) -> End {
    let mut driver = driver::Driver::new(spec, context, control, report);
    start::run(&mut driver).await
}
