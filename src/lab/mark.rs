//! What an answer tells the request log about itself.

use super::door::Entrance;
use super::refusal::Stamp;
use crate::model::Moment;

/// Marks of one answer.
#[derive(Clone, Debug, Default)]
pub struct Mark {
    /// When it was answered, by the lab's own clock.
    pub at: Option<Moment>,
    /// Where the request led to.
    pub endpoint: &'static str,
    /// Name (or id, if unknown) of the client that asked.
    pub client: Option<String>,
    pub correlation: String,
    pub trace: String,
    /// The answer was forced.
    pub forced: bool,
    /// What it comes together with is assumed.
    pub assumed: bool,
    /// The fault that was ordered, in its words.
    pub fault: Option<String>,
}

impl Mark {
    /// The marks of a request.
    pub fn new(at: Entrance, stamp: &Stamp) -> Self {
        Self {
            endpoint: at.word(),
            correlation: stamp.correlation.clone(),
            trace: stamp.trace.clone(),
            ..Self::default()
        }
    }
}
