//! A person's visit to the pages, from the first one to the end: what is asked for, and what was done so far.

use std::time::Duration;

use super::desk::Desk;
use super::dialect::Dialect;
use super::force::Forced;
use super::hybrid::Asked;
use super::world::{Challenge, Proof, Wanted};
use crate::model::Moment;

/// How long a visit may take.
pub const LIFETIME: Duration = Duration::from_hours(1);

/// How the result goes back to the program (OAuth 2.0 Multiple Response Types 2.1, Form Post Response Mode).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    #[default]
    Query,
    Fragment,
    FormPost,
}

impl Mode {
    /// The mode of a word; `None` if there is no such mode.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "query" => Self::Query,
            "fragment" => Self::Fragment,
            "form_post" => Self::FormPost,
            _ => return None,
        })
    }
}

/// Where the result of an authorization request goes, and what goes with it.
#[derive(Clone, Debug, Default)]
pub struct Onward {
    /// The redirect URI, as the request wrote it.
    pub redirect: String,
    pub mode: Mode,
    pub state: Option<String>,
    pub nonce: Option<String>,
    pub challenge: Option<Challenge>,
    /// Whether `client_info` was asked for.
    pub client_info: bool,
    /// What the program is to be given.
    pub asked: Asked,
    /// How the address that was asked speaks.
    pub dialect: Dialect,
    /// Whether it is a v1 endpoint.
    pub v1: bool,
    /// What an administrator is asked for, where that is what the visit is for.
    pub admin: Option<super::admin::Asked>,
    /// The issuer to name to the program (RFC 9207), where the dialect does.
    pub issuer: Option<String>,
}

/// A step that a visit asks for by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// The account must be chosen (`prompt=select_account`).
    Pick,
    /// The old password was right but has expired: a new one must be set.
    Renew,
    /// The device sign-in must be confirmed.
    Confirm,
    /// Consent must be given in this visit (`prompt=consent`).
    Consent,
}

/// What a visit is for.
#[derive(Clone, Debug)]
pub enum Purpose {
    /// A program waits at its redirect URI.
    Program(Onward),
    /// A program polls with this device code.
    Device(String),
}

/// A visit.
#[derive(Clone, Debug)]
pub struct Visit {
    pub purpose: Purpose,
    /// The tenant segment of the address.
    pub tenant: String,
    /// Client id.
    pub client: String,
    pub wanted: Wanted,
    pub claims: Option<String>,
    /// The correlation id of the request that began it.
    pub correlation: String,
    pub started: Moment,
    /// The user name typed or hinted at.
    pub name: Option<String>,
    /// How the person proved who they are: in this visit, or by the session of the browser.
    pub proof: Option<Proof>,
    /// Steps that must be taken besides those that proof and policies ask for.
    pub open: Vec<Open>,
    /// The number the second factor must be answered with.
    pub number: String,
    /// The key of the browser's session.
    pub session: Option<String>,
    /// What it ends with once somebody has signed in, where that was ordered.
    pub forced: Option<Box<Forced>>,
}

impl Visit {
    /// Makes a desk speak as the address did that began the visit.
    pub fn speak(&self, desk: &mut Desk<'_>) {
        if let Purpose::Program(onward) = &self.purpose {
            desk.kit.voice.dialect = onward.dialect;
            desk.stamp.dialect = onward.dialect;
            desk.v1 = onward.v1;
        }
    }

    /// Whether a step is still open.
    pub fn is_open(&self, step: Open) -> bool {
        self.open.contains(&step)
    }

    /// Marks a step as done.
    pub fn close(&mut self, step: Open) {
        self.open.retain(|open| *open != step);
    }
}
