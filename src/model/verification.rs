//! Whether a token was checked, and what came of it. A token that was not checked is neither good nor bad.

use serde::{Deserialize, Serialize};

use super::Moment;

/// The verdict in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The signature is the issuer's, and nothing that was looked at speaks against the token.
    Verified,
    /// Something speaks against it: no API should accept it.
    Failed,
    /// It could not be checked, which says nothing about it.
    NotChecked,
}

impl Verdict {
    /// The word in machine output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Failed => "failed",
            Self::NotChecked => "not-checked",
        }
    }

    /// The mark that stands beside the word on screen.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Verified => "✓",
            Self::Failed => "✗",
            Self::NotChecked => "?",
        }
    }
}

/// One thing that speaks against a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// The signature was not made with the key, or what was signed has changed since.
    Signature,
    /// The token names one key of the issuer, and another one made the signature.
    WrongKey {
        /// The key that the header names.
        named: String,
        /// The key that made the signature.
        made_by: String,
    },
    /// The algorithm that the header names does not go with the key (RFC 8725 section 3.1): an HMAC that was made with
    /// a public key, for one.
    Algorithm {
        /// `alg` of the header; empty if it names none.
        named: String,
    },
    /// `alg` is `none`: nobody signed it.
    Unsigned,
    /// The header demands something that is not understood (`crit`, RFC 7515 section 4.1.11).
    Critical {
        /// What it demands.
        names: String,
    },
    /// `exp` has passed.
    Expired {
        /// When.
        at: Moment,
    },
    /// `nbf` lies ahead.
    NotYetValid {
        /// From when.
        from: Moment,
    },
    /// `exp` or `nbf` is no number.
    MalformedTime {
        /// Which claim.
        claim: String,
    },
    /// It is for somebody else.
    Audience {
        /// `aud` of the token; empty if it names none.
        is: String,
        /// The audience that was asked for.
        wanted: String,
    },
    /// It is from somebody else.
    Issuer {
        /// `iss` of the token; empty if it names none.
        is: String,
        /// The issuer whose keys were used.
        wanted: String,
    },
}

impl Failure {
    /// The word in machine output.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Signature => "bad-signature",
            Self::WrongKey { .. } => "wrong-key",
            Self::Algorithm { .. } => "algorithm-mismatch",
            Self::Unsigned => "unsigned",
            Self::Critical { .. } => "critical-header",
            Self::Expired { .. } => "expired",
            Self::NotYetValid { .. } => "not-yet-valid",
            Self::MalformedTime { .. } => "malformed-time",
            Self::Audience { .. } => "wrong-audience",
            Self::Issuer { .. } => "wrong-issuer",
        }
    }
}

/// Why a signature could not be checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unchecked {
    /// It is not in a format that anybody but its issuer and its API can read.
    Opaque,
    /// It is encrypted (JWE, RFC 7516): only the API that it is for can open it.
    Encrypted,
    /// A `nonce` in the header: such tokens are for Microsoft Graph, which alone can check them.
    ForGraph,
    /// Signed with a shared secret (HMAC) that is not known here.
    Symmetric,
    /// Signed by an algorithm that is not known here.
    Algorithm {
        /// `alg` of the header.
        named: String,
    },
    /// The issuer publishes no such key. Keys are replaced every few weeks; a token may outlive its key.
    KeyNotFound {
        /// The key that the header names; empty if it names none.
        named: String,
    },
    /// It names no issuer, or one that is no https address, so that nobody can be asked for keys.
    NoIssuer {
        /// `iss` of the token.
        named: String,
    },
    /// No reply with the issuer's keys.
    Unreachable {
        /// What was asked and what came of it.
        detail: String,
    },
    /// What the issuer answered holds no keys.
    NoKeys {
        /// What was asked and what came of it.
        detail: String,
    },
    /// The issuer's metadata sends us to a host that was not named.
    OtherHost {
        /// The host.
        host: String,
    },
    /// The token itself is no longer held: past runs keep a fingerprint only.
    Gone,
}

impl Unchecked {
    /// The word in machine output.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Opaque => "opaque",
            Self::Encrypted => "encrypted",
            Self::ForGraph => "for-graph",
            Self::Symmetric => "symmetric-without-secret",
            Self::Algorithm { .. } => "unsupported-algorithm",
            Self::KeyNotFound { .. } => "key-not-found",
            Self::NoIssuer { .. } => "no-issuer",
            Self::Unreachable { .. } => "no-network",
            Self::NoKeys { .. } => "no-keys",
            Self::OtherHost { .. } => "other-host",
            Self::Gone => "gone",
        }
    }
}

/// What a look at the signature alone found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signature {
    /// Made with this key.
    Good {
        /// The key's id; empty if the key has none.
        key: String,
        /// The algorithm (RFC 7518 section 3.1), e.g. `RS256`.
        algorithm: String,
    },
    /// Not as it should be.
    Bad(Failure),
    /// Not looked at, or not able to.
    Unchecked(Unchecked),
}

/// A token's signature, and what its claims say against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// Whether it is the ID token that was looked at, since the access token is no JWT.
    pub id_token: bool,
    /// The signature.
    pub signature: Signature,
    /// What the claims say against it: expired, for somebody else …
    pub claims: Vec<Failure>,
    /// Where the keys came from: an address or a file.
    pub keys_from: Option<String>,
    /// Whose keys they are, as the issuer's metadata says.
    pub issuer: Option<String>,
    /// The time as the server told it with its keys.
    pub server_time: Option<Moment>,
}

impl Verification {
    /// One that ends before any key was seen.
    pub const fn unchecked(why: Unchecked) -> Self {
        Self {
            id_token: false,
            signature: Signature::Unchecked(why),
            claims: Vec::new(),
            keys_from: None,
            issuer: None,
            server_time: None,
        }
    }

    /// The verdict: one thing against it is enough, and nothing is verified without its signature.
    pub const fn verdict(&self) -> Verdict {
        match &self.signature {
            Signature::Bad(_) => Verdict::Failed,
            _ if !self.claims.is_empty() => Verdict::Failed,
            Signature::Good { .. } => Verdict::Verified,
            Signature::Unchecked(_) => Verdict::NotChecked,
        }
    }

    /// Everything that speaks against it, the signature first.
    pub fn failures(&self) -> impl Iterator<Item = &Failure> {
        let signature = match &self.signature {
            Signature::Bad(failure) => Some(failure),
            Signature::Good { .. } | Signature::Unchecked(_) => None,
        };
        signature.into_iter().chain(&self.claims)
    }

    /// Why the signature was not checked, if it was not.
    pub const fn why_unchecked(&self) -> Option<&Unchecked> {
        match &self.signature {
            Signature::Unchecked(why) => Some(why),
            Signature::Good { .. } | Signature::Bad(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_against_it_is_enough_and_nothing_is_verified_without_its_signature() {
        let mut found = Verification::unchecked(Unchecked::Opaque);
        assert_eq!(found.verdict(), Verdict::NotChecked);
        found.claims.push(Failure::Expired {
            at: Moment::from_seconds(1),
        });
        assert_eq!(found.verdict(), Verdict::Failed);
        found.signature = Signature::Good {
            key: String::new(),
            algorithm: "RS256".into(),
        };
        assert_eq!(found.verdict(), Verdict::Failed);
        found.claims.clear();
        assert_eq!(found.verdict(), Verdict::Verified);
    }
}
