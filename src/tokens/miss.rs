//! Why a lookup found no access token, and how that is said.

use crate::model::Moment;
use crate::strings::flows as say;

/// Why a held access token will not do, or that there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Miss {
    /// No account is held at this authority for this client.
    NoAccount,
    /// Tokens are held at this authority, for other clients.
    OtherClient {
        /// Their ids.
        held: Vec<String>,
    },
    /// Tokens are held for this client, at other authorities.
    OtherEnvironment {
        /// Their hosts.
        held: Vec<String>,
    },
    /// Accounts are held, but not this one.
    OtherAccount,
    /// Passed over because a refresh was asked for.
    Forced,
    /// Passed over because claims are asked for.
    Claims,
    /// It is expired, or will be within [`MARGIN`](super::lookup::MARGIN).
    Expired {
        /// When it expires.
        at: Moment,
    },
    /// It should be refreshed ahead of time; it still works.
    Aging,
    /// It is for other scopes.
    OtherScopes {
        /// Those it is for.
        held: Vec<String>,
    },
    /// Tokens of several tenants are held and the name that was given does not tell which of them is meant.
    SeveralTenants,
    /// The account is held, but no access token for it.
    NoAccessToken,
    /// The account is held, but no refresh token for it.
    NoRefreshToken,
}

impl Miss {
    /// The word in machine output.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::NoAccount => "no-account",
            Self::OtherClient { .. } => "other-client",
            Self::OtherEnvironment { .. } => "other-environment",
            Self::OtherAccount => "other-account",
            Self::Forced => "forced",
            Self::Claims => "claims",
            Self::Expired { .. } => "expired",
            Self::Aging => "aging",
            Self::OtherScopes { .. } => "other-scopes",
            Self::SeveralTenants => "several-tenants",
            Self::NoAccessToken => "no-access-token",
            Self::NoRefreshToken => "no-refresh-token",
        }
    }

    /// The sentence for a person at this moment.
    pub fn sentence(&self, now: Moment) -> String {
        match self {
            Self::NoAccount => say::MISS_NO_ACCOUNT.into(),
            Self::OtherClient { held } => say::other_clients(&held.join(" ")),
            Self::OtherEnvironment { held } => say::other_environments(&held.join(" ")),
            Self::OtherAccount => say::MISS_OTHER_ACCOUNT.into(),
            Self::Forced => say::MISS_FORCED.into(),
            Self::Claims => say::MISS_CLAIMS.into(),
            Self::Expired { at } if *at <= now => say::expired(now.since(*at).as_secs()),
            Self::Expired { at } => say::expires_soon(at.since(now).as_secs()),
            Self::Aging => say::MISS_AGING.into(),
            Self::OtherScopes { held } => say::other_scopes(&held.join(" ")),
            Self::SeveralTenants => say::MISS_SEVERAL_TENANTS.into(),
            Self::NoAccessToken => say::MISS_NO_ACCESS.into(),
            Self::NoRefreshToken => say::MISS_NO_REFRESH.into(),
        }
    }
}
