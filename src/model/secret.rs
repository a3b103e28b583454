//! Values that must not reach a screen, a log or a file by accident.

use std::fmt;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// What a secret is. Machine-made secrets of 128 bits or more may be shown as a fingerprint; the others only by
/// this word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SecretKind {
    /// A confidential client's secret (RFC 6749 section 2.3.1).
    ClientSecret,
    /// A person's password.
    Password,
    /// A one-time code a person types.
    OneTimeCode,
    /// A refresh token.
    RefreshToken,
    /// An access token.
    AccessToken,
    /// An ID token.
    IdToken,
    /// An authorization code.
    AuthorizationCode,
    /// The device code of RFC 8628.
    DeviceCode,
    /// The request that a person is asked about on their own device (`auth_req_id`, OpenID Connect CIBA Core 7.3).
    BackchannelRequest,
    /// The short code a person types on the device page (RFC 8628).
    UserCode,
    /// A PKCE verifier (RFC 7636).
    CodeVerifier,
    /// A client or user assertion (RFC 7523, SAML).
    Assertion,
    /// A cookie.
    Cookie,
    /// A private key.
    PrivateKey,
    /// A proof that a key is possessed (DPoP, RFC 9449).
    DpopProof,
    /// Something else that looks secret.
    Other,
}

impl SecretKind {
    /// The word that stands for it wherever it may not be shown.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ClientSecret => "secret",
            Self::Password => "password",
            Self::OneTimeCode | Self::UserCode => "code",
            Self::RefreshToken => "refresh token",
            Self::AccessToken => "access token",
            Self::IdToken => "id token",
            Self::AuthorizationCode => "authorization code",
            Self::DeviceCode => "device code",
            Self::BackchannelRequest => "request id",
            Self::CodeVerifier => "code verifier",
            Self::Assertion => "assertion",
            Self::Cookie => "cookie",
            Self::PrivateKey => "private key",
            Self::DpopProof => "DPoP proof",
            Self::Other => "hidden",
        }
    }

    /// Whether a short fingerprint may stand for it: only what a machine made with at least 128 random bits.
    pub const fn machine_made(self) -> bool {
        !matches!(self, Self::Password | Self::OneTimeCode | Self::UserCode)
    }
}

/// A value that must not leak. No `Display`, no `Serialize`; `Debug` says only the kind, not even the length.
#[derive(Clone)]
pub struct Secret {
    kind: SecretKind,
    value: Zeroizing<String>,
}

impl Secret {
    /// Wraps a value at the edge where it came in.
    pub fn new(kind: SecretKind, value: impl Into<String>) -> Self {
        Self {
            kind,
            value: Zeroizing::new(value.into()),
        }
    }

    /// What it is.
    pub const fn kind(&self) -> SecretKind {
        self.kind
    }

    /// The one way out; a search for `reveal(` lists every use.
    pub fn reveal(&self) -> &str {
        &self.value
    }

    /// The short stable digest that stands for a machine-made secret: the first 8 hex digits of its SHA-256. `None`
    /// for what a person chose or types, for what is too short to be machine-made (it could be tried out), and for
    /// client secrets, whose digest is keyed per installation.
    pub fn digest(&self) -> Option<String> {
        let short = self.value.len() < 20;
        if short || !self.kind.machine_made() || self.kind == SecretKind::ClientSecret {
            return None;
        }
        let hash = Sha256::digest(self.value.as_bytes());
        let first = [hash[0], hash[1], hash[2], hash[3]];
        Some(format!("{:08x}", u32::from_be_bytes(first)))
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.value.is_empty()
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && *self.value == *other.value
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "‹{}›", self.kind.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_only_the_kind() {
        let secret = Secret::new(SecretKind::Password, "hunter2-hunter2");
        assert_eq!(format!("{secret:?}"), "‹password›");
    }

    #[test]
    fn only_machine_made_secrets_have_a_digest() {
        let long = "abcdefghijklmnopqrstuvwxyz";
        let digest = |kind, value: &str| Secret::new(kind, value).digest();
        let token = digest(SecretKind::AccessToken, long);
        assert_eq!(token.as_deref(), Some("71c480df"));
        assert_eq!(digest(SecretKind::AccessToken, "abc"), None);
        assert_eq!(digest(SecretKind::Password, long), None);
        assert_eq!(digest(SecretKind::ClientSecret, long), None);
    }
}
