//! The log of a run: what was decided, tried, waited for.

use super::Moment;

/// One line of a run's log. `what` holds nothing personal and nothing secret; `about` may name a person and is left
/// out of logs and exports unless asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Moment,
    /// The sentence.
    pub what: String,
    /// Personal detail that belongs to it (a user name), shown in the explorer only.
    pub about: Option<String>,
}

impl Event {
    /// An event without personal detail.
    pub fn new(at: Moment, what: impl Into<String>) -> Self {
        Self {
            at,
            what: what.into(),
            about: None,
        }
    }

    /// An event about a person.
    pub fn about(at: Moment, what: impl Into<String>, person: impl Into<String>) -> Self {
        Self {
            at,
            what: what.into(),
            about: Some(person.into()),
        }
    }
}
