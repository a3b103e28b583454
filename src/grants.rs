//! One grant a file: a state machine that says what it wants next and is handed what happened and the time. Owns the
//! protocol's thinking: discovery, polling, retries, the checks on a redirect. No clock, no random source, no socket:
//! `flows` drives, completes client authentication and performs what is asked here.
//!
//! ```text
//!   Start ─► Send ─► Exchange ─┬─► Ended(Known | Granted | Refused | Unreachable | Invalid)
//!             ▲                ├─► Wait ─► Woken ─┐
//!             │                ├─► Browse ─► Redirect | Pasted | Woken (gave up)
//!             └────────────────┴─► Ask ─► Answer  ┘         Cancelled ends it at every instant
//! ```

pub mod admin_consent;
pub mod assertion;
pub mod auth_code;
pub mod bearer;
pub mod ciba;
pub mod claims;
pub mod client_credentials;
pub mod device_code;
pub mod discovery;
pub mod dpop;
pub mod further;
pub mod logout;
pub mod managed_identity;
pub mod metadata;
pub mod mutual_tls;
pub mod offered;
pub mod on_behalf_of;
pub mod parameters;
pub mod password;
pub mod pkce;
mod polling;
pub mod refresh_token;
pub mod region;
pub mod reply;
pub mod retry;
#[cfg(test)]
pub mod testing;
pub mod token_exchange;
pub mod user_fic;

use std::path::PathBuf;

use serde_json::Value as Json;

use crate::model::run::Question;
use crate::model::verification::Signature;
use crate::model::{
    Activity, AdminConsent, Event, Exchange, Moment, Place, Problem, Reading, Request, Secret,
};

pub use metadata::Metadata;
pub use reply::Tokens;

/// What happened since the grant last spoke.
#[derive(Clone, Debug)]
pub enum Input<'a> {
    /// The first call.
    Start,
    /// The request that was asked for is over.
    Exchange(&'a Exchange),
    /// The wait is over, or was cut short; when browsing: the time is up.
    Woken,
    /// A redirect came in (or was pasted), as a whole address; a form post is written as its query.
    Redirect(&'a str),
    /// The person answered the question, or what was to be read or signed is there.
    Answer(Secret),
    /// What was found out about a signature.
    Verified(&'a Signature),
    /// The person pasted what a page shows: a redirect address, page text or an error.
    Pasted(&'a str),
    /// The person cancelled.
    Cancelled,
}

/// What the grant wants next.
#[derive(Clone, Debug)]
pub enum Next {
    /// Send this, then hand the exchange over.
    Send(Request),
    /// Wait until then (or until cut short), showing this.
    Wait {
        /// Until when.
        until: Moment,
        /// What to show: [`Activity::Waiting`], [`Activity::Device`] or [`Activity::Answering`].
        doing: Activity,
    },
    /// Send the person to this page and wait for the redirect.
    Browse {
        /// The page.
        url: String,
        /// When to give up.
        until: Moment,
    },
    /// Read this key file of the machine and answer with its content.
    ReadKey(PathBuf),
    /// Sign these claims with the client's own key or secret, as a request object (RFC 9101), and answer with it.
    Sign(Json),
    /// Look at the signature of this JWT with the issuer's keys.
    Verify(Secret),
    /// Ask the person.
    Ask(Question),
    /// Over.
    Ended(Ended),
}

/// How a grant ended.
#[derive(Clone, Debug)]
pub enum Ended {
    /// Discovery: the metadata is known and may be used.
    Known(Box<Metadata>),
    /// Tokens came.
    Granted(Box<Tokens>),
    /// An administrator consented for everybody; there is no token.
    Consented(AdminConsent),
    /// No.
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
    /// It cannot be sent, or must not be.
    Invalid(Vec<Problem>),
}

/// A state machine of this module.
pub trait Grant: Send {
    /// What happened, and when; returns what is wanted next and the lines for the run's log.
    fn resume(&mut self, input: Input<'_>, now: Moment) -> (Next, Vec<Event>);
}

/// Collects the events of one step.
pub(crate) struct Log {
    now: Moment,
    events: Vec<Event>,
}

impl Log {
    pub(crate) const fn at(now: Moment) -> Self {
        Self {
            now,
            events: Vec::new(),
        }
    }

    pub(crate) fn say(&mut self, what: impl Into<String>) {
        self.events.push(Event::new(self.now, what));
    }

    pub(crate) fn about(&mut self, what: impl Into<String>, person: &str) {
        self.events.push(Event::about(self.now, what, person));
    }

    pub(crate) fn then(self, next: Next) -> (Next, Vec<Event>) {
        (next, self.events)
    }
}
