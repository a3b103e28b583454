//! What a JWT says of itself before it is presented: who made it, of whom it speaks, whom it is for and until when
//! (RFC 7523 section 3). Only looked at: whether it is true, the server decides.

use serde_json::Value as Json;

use super::Log;
use crate::decode::jwt::Jwt;
use crate::model::{Moment, Secret};
use crate::strings::grants as say;

/// The four claims that a server compares first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// `iss`.
    pub issuer: Option<String>,
    /// `sub`.
    pub subject: Option<String>,
    /// `aud`; several in the order in which they stand.
    pub audience: Vec<String>,
    /// `exp`.
    pub expires: Option<Moment>,
    /// `nbf`.
    pub begins: Option<Moment>,
}

impl Statement {
    /// Reads them out of a JWT.
    pub fn of(jwt: &Jwt) -> Self {
        let text = |name: &str| jwt.claims[name].as_str().map(str::to_owned);
        let time = |name: &str| {
            let seconds = &jwt.claims[name];
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a time with a fraction (RFC 7519 section 2): the seconds are enough"
            )]
            let whole = seconds.as_i64().or_else(|| Some(seconds.as_f64()? as i64));
            whole.map(Moment::from_seconds)
        };
        let audience = match &jwt.claims["aud"] {
            Json::String(one) => vec![one.clone()],
            Json::Array(several) => several
                .iter()
                .filter_map(Json::as_str)
                .map(str::to_owned)
                .collect(),
            _ => Vec::new(),
        };
        Self {
            issuer: text("iss"),
            subject: text("sub"),
            audience,
            expires: time("exp"),
            begins: time("nbf"),
        }
    }

    /// When it was over, if it is.
    pub fn over(&self, now: Moment) -> Option<Moment> {
        self.expires.filter(|at| *at <= now)
    }

    /// The names of the claims that RFC 7523 section 3 demands and that are not there.
    pub fn lacks(&self) -> Vec<&'static str> {
        let there = [
            ("iss", self.issuer.is_some()),
            ("sub", self.subject.is_some()),
            ("aud", !self.audience.is_empty()),
            ("exp", self.expires.is_some()),
        ];
        let missing = there.into_iter().filter(|(_, there)| !there);
        missing.map(|(name, _)| name).collect()
    }

    /// Adds what it says to the log; whom it speaks of belongs to the person.
    pub(crate) fn tell(&self, what: &str, log: &mut Log) {
        let issuer = self.issuer.as_deref().unwrap_or(say::NOT_SAID);
        let audience = match self.audience.as_slice() {
            [] => say::NOT_SAID.to_owned(),
            several => several.join(", "),
        };
        let expires = self.expires.map(Moment::iso);
        let expires = expires.as_deref().unwrap_or(say::NOT_SAID);
        log.say(say::statement(what, issuer, &audience, expires));
        if let Some(subject) = &self.subject {
            log.about(say::STATEMENT_OF, subject);
        }
    }
}

/// The token alone, without what stands before it in a header or around it in a file.
pub(super) fn bare(token: &Secret) -> &str {
    let text = token.reveal().trim();
    text.strip_prefix("Bearer ").unwrap_or(text).trim()
}
