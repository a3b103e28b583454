//! What can be done at the authority with a token that was granted.

use super::{Diagnosis, Exchange};

/// One thing to do with a granted token at the authority's own endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Further {
    /// Ask whether the access token is good (RFC 7662).
    Introspect,
    /// Ask for claims about the user with the access token (OpenID Connect Core 5.3).
    UserInfo,
    /// Take the access token back (RFC 7009).
    Revoke,
    /// Take the refresh token back (RFC 7009).
    RevokeRefresh,
}

impl Further {
    /// Every one, in the order in which they are offered.
    pub const ALL: [Self; 4] = [
        Self::Introspect,
        Self::UserInfo,
        Self::Revoke,
        Self::RevokeRefresh,
    ];

    /// The word on the command line, in files and in machine output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Introspect => "introspect",
            Self::UserInfo => "userinfo",
            Self::Revoke => "revoke",
            Self::RevokeRefresh => "revoke-refresh",
        }
    }

    /// The one of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }

    /// The member of the metadata that names its endpoint (RFC 8414 section 2, OpenID Connect Discovery 3).
    pub const fn endpoint_name(self) -> &'static str {
        match self {
            Self::Introspect => "introspection_endpoint",
            Self::UserInfo => "userinfo_endpoint",
            Self::Revoke | Self::RevokeRefresh => "revocation_endpoint",
        }
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct FurtherOutcome {
    /// What was done.
    pub what: Further,
    /// The exchange.
    pub exchange: Exchange,
    /// What the answer means, a sentence each.
    pub said: Vec<String>,
    /// Its diagnosis, when the server did not answer with success.
    pub diagnosis: Option<Box<Diagnosis>>,
}
