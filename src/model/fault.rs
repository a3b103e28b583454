//! Why no (whole) reply came: the coarse kind, what exactly it was, and whom the server said it was.

use serde::{Deserialize, Serialize};

use super::Moment;

/// Why no (whole) reply came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// The name could not be looked up.
    Dns,
    /// No TCP connection.
    Tcp,
    /// The TLS handshake failed.
    Tls,
    /// The proxy refused or failed.
    Proxy,
    /// No connection within the connect time-out.
    ConnectTimeout,
    /// No first byte within its time-out.
    FirstByteTimeout,
    /// The whole exchange took too long.
    WholeTimeout,
    /// The connection ended without a (whole) reply.
    CutOff,
    /// What came back is not HTTP.
    Protocol,
    /// Cancelled by the person.
    Cancelled,
}

impl FaultKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Dns,
        Self::Tcp,
        Self::Tls,
        Self::Proxy,
        Self::ConnectTimeout,
        Self::FirstByteTimeout,
        Self::WholeTimeout,
        Self::CutOff,
        Self::Protocol,
        Self::Cancelled,
    ];

    /// The word in the history.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Tcp => "tcp",
            Self::Tls => "tls",
            Self::Proxy => "proxy",
            Self::ConnectTimeout => "connect-timeout",
            Self::FirstByteTimeout => "first-byte-timeout",
            Self::WholeTimeout => "whole-timeout",
            Self::CutOff => "cut-off",
            Self::Protocol => "protocol",
            Self::Cancelled => "cancelled",
        }
    }

    /// The kind of a word; words of machine output have no hyphens.
    pub fn from_word(word: &str) -> Option<Self> {
        let plain = |word: &str| word.replace('-', "");
        let mut all = Self::ALL.into_iter();
        all.find(|known| plain(known.word()) == plain(word))
    }
}

/// What exactly went wrong, where that can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultCause {
    /// The resolver says that there is no such name (RFC 2308), or the name can never exist (RFC 6761 section 6.4).
    NoSuchHost,
    /// No resolver answered, or none that could tell.
    ResolverUnreachable,
    /// The host answers that nobody listens at the port.
    Refused,
    /// No way to that host.
    HostUnreachable,
    /// No way to that network: this machine is offline, or has no route.
    NetworkUnreachable,
    /// The connection was torn down while it was set up or before a reply (TCP RST, RFC 9293 section 3.5.2).
    Reset,
    /// The proxy cannot be reached.
    ProxyUnreachable,
    /// The proxy wants to know who asks: 407 to `CONNECT` (RFC 9110 section 15.5.8).
    ProxyAuthentication,
    /// The proxy answered `CONNECT` with another refusal, such as 403.
    ProxyRefused,
    /// The certificate has expired (RFC 5280 section 4.1.2.5).
    CertificateExpired,
    /// The certificate is not valid yet.
    CertificateNotYetValid,
    /// The certificate names another host (RFC 9525 section 6).
    CertificateWrongName,
    /// The chain ends in an authority that is not trusted here.
    UnknownAuthority,
    /// The server made its certificate itself.
    SelfSigned,
    /// The certificate was taken back.
    CertificateRevoked,
    /// The certificate was refused for another reason.
    CertificateRefused,
    /// The server broke the handshake off (RFC 8446 section 6.2).
    HandshakeRefused,
    /// No version of TLS that both sides speak.
    ProtocolVersion,
    /// Whoever answered does not speak TLS.
    NotTls,
    /// The server wants a certificate of the client and was shown none (RFC 8446 section 6.2, `certificate_required`).
    ClientCertificateWanted,
    /// The server refused the client's certificate (`bad_certificate`, `certificate_unknown`, `certificate_revoked`,
    /// `access_denied`).
    ClientCertificateRefused,
    /// The server does not know who issued the client's certificate (`unknown_ca`).
    ClientCertificateUnknownAuthority,
    /// The server takes no certificate of that kind (`unsupported_certificate`).
    ClientCertificateUnsupported,
    /// The client's certificate has expired, says the server (`certificate_expired`).
    ClientCertificateExpired,
    /// The name was not looked up in time.
    LookupTimeout,
    /// No TCP connection (or no tunnel through the proxy) in time.
    ConnectTimeout,
    /// The TLS handshake was not over in time.
    TlsTimeout,
    /// The request was sent and nothing came back in time.
    FirstByteTimeout,
    /// The whole exchange was not over in time.
    WholeTimeout,
    /// The connection ended before the reply's head was whole.
    ClosedBeforeHead,
    /// The connection ended within the reply's body.
    ClosedInBody,
}

impl FaultCause {
    /// Every cause, with its word in files and machine output.
    const WORDS: &[(Self, &str)] = &[
        (Self::NoSuchHost, "no-such-host"),
        (Self::ResolverUnreachable, "resolver-unreachable"),
        (Self::Refused, "refused"),
        (Self::HostUnreachable, "host-unreachable"),
        (Self::NetworkUnreachable, "network-unreachable"),
        (Self::Reset, "reset"),
        (Self::ProxyUnreachable, "proxy-unreachable"),
        (Self::ProxyAuthentication, "proxy-authentication"),
        (Self::ProxyRefused, "proxy-refused"),
        (Self::CertificateExpired, "certificate-expired"),
        (Self::CertificateNotYetValid, "certificate-not-yet-valid"),
        (Self::CertificateWrongName, "certificate-wrong-name"),
        (Self::UnknownAuthority, "unknown-authority"),
        (Self::SelfSigned, "self-signed"),
        (Self::CertificateRevoked, "certificate-revoked"),
        (Self::CertificateRefused, "certificate-refused"),
        (Self::HandshakeRefused, "handshake-refused"),
        (Self::ProtocolVersion, "protocol-version"),
        (Self::NotTls, "not-tls"),
        (Self::ClientCertificateWanted, "client-certificate-wanted"),
        (Self::ClientCertificateRefused, "client-certificate-refused"),
        (
            Self::ClientCertificateUnknownAuthority,
            "client-certificate-unknown-authority",
        ),
        (
            Self::ClientCertificateUnsupported,
            "client-certificate-unsupported",
        ),
        (Self::ClientCertificateExpired, "client-certificate-expired"),
        (Self::LookupTimeout, "lookup-time-out"),
        (Self::ConnectTimeout, "connect-time-out"),
        (Self::TlsTimeout, "tls-time-out"),
        (Self::FirstByteTimeout, "first-byte-time-out"),
        (Self::WholeTimeout, "whole-time-out"),
        (Self::ClosedBeforeHead, "closed-before-head"),
        (Self::ClosedInBody, "closed-in-body"),
    ];

    /// Every cause.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::WORDS.iter().map(|(cause, _)| *cause)
    }

    /// Whether the server has something against the client's own certificate.
    pub const fn is_of_client(self) -> bool {
        matches!(
            self,
            Self::ClientCertificateWanted
                | Self::ClientCertificateRefused
                | Self::ClientCertificateUnknownAuthority
                | Self::ClientCertificateUnsupported
                | Self::ClientCertificateExpired
        )
    }

    /// The word in files and machine output.
    pub fn word(self) -> &'static str {
        let mut all = Self::WORDS.iter();
        all.find(|(cause, _)| *cause == self)
            .map_or("", |(_, word)| word)
    }

    /// The cause of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        let mut all = Self::WORDS.iter();
        all.find(|(_, other)| *other == word)
            .map(|(cause, _)| *cause)
    }
}

/// One certificate that a server showed (RFC 5280), as it says of itself: nothing in it is proved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerCertificate {
    /// Whose it is, e.g. `CN=login.contoso.example`; empty where it cannot be read.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// Good from then on.
    pub not_before: Moment,
    /// Good until then.
    pub not_after: Moment,
    /// SHA-256 over its DER bytes, in hexadecimal pairs with colons between.
    pub sha256: String,
}

/// A fault with what the library below said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The kind.
    pub kind: FaultKind,
    /// What exactly it was; `None` where that cannot be told.
    pub cause: Option<FaultCause>,
    /// The cause in the words of the library below (no secrets in it).
    pub detail: String,
    /// The certificates that the server showed, its own first; empty unless TLS failed on one of them.
    pub chain: Vec<ServerCertificate>,
}

impl Fault {
    /// A fault of which no more is known.
    pub fn new(kind: FaultKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            cause: None,
            detail: detail.into(),
            chain: Vec::new(),
        }
    }

    /// The same with what exactly it was.
    #[must_use]
    pub fn because(mut self, cause: FaultCause) -> Self {
        self.cause = Some(cause);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_a_word_of_its_own() {
        for cause in FaultCause::all() {
            assert!(!cause.word().is_empty());
            assert_eq!(FaultCause::from_word(cause.word()), Some(cause));
        }
        assert_eq!(FaultCause::from_word("gremlins"), None);
    }
}
