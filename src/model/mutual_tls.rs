//! A client's certificate in the TLS handshake (RFC 8705): what it is used for, what is shown of it, and what a token is
//! bound to.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{Credential, Run, Secret};

/// What a client's certificate is used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CertificateMethod {
    /// Its key signs assertions; it is not shown in the handshake (OpenID Connect Core 9).
    #[default]
    #[serde(rename = "private_key_jwt")]
    Assertion,
    /// It is shown in the handshake, and the server knows its subject and trusts its issuer (RFC 8705 section 2.1).
    #[serde(rename = "tls_client_auth")]
    Tls,
    /// It is shown in the handshake, and the server knows it itself (RFC 8705 section 2.2).
    #[serde(rename = "self_signed_tls_client_auth")]
    SelfSigned,
    /// It is shown in the handshake and tokens are bound to it; the client stays public (RFC 8705 section 4).
    #[serde(rename = "none")]
    Binding,
}

impl CertificateMethod {
    /// Every use.
    pub const ALL: [Self; 4] = [Self::Assertion, Self::Tls, Self::SelfSigned, Self::Binding];

    /// The name in metadata (`token_endpoint_auth_methods_supported`), on the command line and in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Assertion => "private_key_jwt",
            Self::Tls => "tls_client_auth",
            Self::SelfSigned => "self_signed_tls_client_auth",
            Self::Binding => "none",
        }
    }

    /// The use of a name.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }

    /// Whether the certificate is shown in the handshake.
    pub const fn is_tls(self) -> bool {
        !matches!(self, Self::Assertion)
    }

    /// Whether the client proves with it who it is.
    pub const fn proves(self) -> bool {
        !matches!(self, Self::Binding)
    }
}

/// What became of a certificate in the handshake (RFC 8446 section 4.4.2): a client cannot show one unasked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Handed {
    /// No handshake got that far.
    #[default]
    Unknown,
    /// The server asked for a certificate and was shown this one.
    Shown,
    /// The server did not ask for a certificate.
    NotAsked,
    /// The server asked, and takes no signature that this key makes.
    Unfit,
}

impl Handed {
    const ALL: [Self; 4] = [Self::Unknown, Self::Shown, Self::NotAsked, Self::Unfit];

    /// The word in machine output and in the history.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Shown => "shown",
            Self::NotAsked => "not-asked",
            Self::Unfit => "unfit",
        }
    }

    /// The one of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }
}

/// The certificate that goes with a request. On the record of an exchange the key is no longer in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsCertificate {
    /// Whose it is, e.g. `CN=billing.contoso.example`.
    pub subject: String,
    /// SHA-256 over its DER bytes in base64url, as `x5t#S256` writes it (RFC 8705 section 3.1).
    pub thumbprint: String,
    /// What became of it.
    pub handed: Handed,
    /// What shows it; `None` once the request is over.
    pub identity: Option<TlsIdentity>,
}

impl TlsCertificate {
    /// What may be kept of it.
    #[must_use]
    pub fn record(&self) -> Self {
        Self {
            identity: None,
            ..self.clone()
        }
    }
}

/// A certificate with its key, ready for a handshake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsIdentity {
    /// The certificates in DER, the client's own first.
    pub chain: Vec<Vec<u8>>,
    /// The private key: its DER bytes in base64.
    pub key: Secret,
}

/// Whether an access token can be used by whoever holds it, or only with a certificate (RFC 8705 section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binding {
    /// It is bound to the certificate that this run showed.
    Own,
    /// It is bound to another certificate.
    Other,
    /// It is bound to a certificate, and this run showed none.
    Elsewhere,
    /// A certificate was shown and the token names none.
    Unbound,
    /// A certificate was shown; what the token is bound to cannot be read here.
    Opaque,
}

impl Binding {
    /// The word in machine output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Own => "own-certificate",
            Self::Other => "other-certificate",
            Self::Elsewhere => "unseen-certificate",
            Self::Unbound => "not-bound",
            Self::Opaque => "not-readable",
        }
    }

    /// Of a token with these claims, where the run showed the certificate of this thumbprint. `None`: certificates have
    /// nothing to do with it.
    pub fn of(claims: Option<&Json>, shown: Option<&str>) -> Option<Self> {
        match (claims.and_then(thumbprint), shown) {
            (Some(bound), Some(shown)) if bound == shown => Some(Self::Own),
            (Some(_), Some(_)) => Some(Self::Other),
            (Some(_), None) => Some(Self::Elsewhere),
            // It is bound to a key in another way (DPoP, RFC 9449 section 6.1).
            (None, Some(_)) if claims.is_some_and(|claims| claims["cnf"].is_object()) => None,
            (None, Some(_)) if claims.is_some() => Some(Self::Unbound),
            (None, Some(_)) => Some(Self::Opaque),
            (None, None) => None,
        }
    }
}

/// The certificate that claims name (`cnf`, RFC 8705 section 3.1).
pub fn thumbprint(claims: &Json) -> Option<&str> {
    claims.get("cnf")?.get("x5t#S256")?.as_str()
}

impl Credential {
    /// What the certificate is used for in the handshake; `None`: none is shown there.
    pub fn in_handshake(&self) -> Option<CertificateMethod> {
        match self {
            Self::Certificate(given) => Some(given.at.method).filter(|method| method.is_tls()),
            Self::Public | Self::Ask | Self::Secret(_) | Self::Assertion(_) => None,
        }
    }
}

impl Run {
    /// What its access token is bound to, as far as certificates go.
    pub fn binding(&self) -> Option<Binding> {
        let token = self.ending()?.token.as_ref()?;
        let of_token = |purpose| matches!(purpose, super::Purpose::Token);
        let mut newest = self.exchanges.iter().rev();
        let shown = newest.find_map(|exchange| {
            let request = Some(&exchange.request).filter(|request| of_token(request.purpose))?;
            let certificate = request.certificate.as_ref()?;
            (certificate.handed == Handed::Shown).then_some(certificate.thumbprint.as_str())
        });
        Binding::of(token.access_claims.as_ref(), shown)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_use_of_a_certificate_has_a_name_of_its_own() {
        for method in CertificateMethod::ALL {
            assert_eq!(CertificateMethod::from_word(method.word()), Some(method));
            let written = serde_json::to_value(method).unwrap();
            assert_eq!(written, method.word(), "files and flags have one name");
        }
        assert_eq!(CertificateMethod::from_word("client_secret_post"), None);
        for handed in Handed::ALL {
            assert_eq!(Handed::from_word(handed.word()), Some(handed));
        }
    }

    #[test]
    fn a_token_is_bound_to_our_certificate_to_another_or_to_none() {
        let bound = json!({ "cnf": { "x5t#S256": "AAA" } });
        let free = json!({ "sub": "app" });
        let of = |claims: Option<&Json>, shown| Binding::of(claims, shown);
        assert_eq!(of(Some(&bound), Some("AAA")), Some(Binding::Own));
        assert_eq!(of(Some(&bound), Some("BBB")), Some(Binding::Other));
        assert_eq!(of(Some(&bound), None), Some(Binding::Elsewhere));
        assert_eq!(of(Some(&free), Some("AAA")), Some(Binding::Unbound));
        assert_eq!(of(None, Some("AAA")), Some(Binding::Opaque));
        assert_eq!(of(Some(&free), None), None);
        let by_key = json!({ "cnf": { "jkt": "x" } });
        assert_eq!(of(Some(&by_key), Some("AAA")), None);
    }
}
