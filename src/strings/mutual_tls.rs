//! Mutual TLS (RFC 8705): what is said of a client's certificate in the handshake and of tokens bound to one.

use crate::model::{Binding, CertificateMethod, FaultCause, Handed};

/// Beside the certificate that went along with a request.
pub const CERTIFICATE: &str = "Client certificate";
/// Beside what became of it.
pub const IN_HANDSHAKE: &str = "TLS handshake";
/// Beside what a token is bound to.
pub const BOUND_TO: &str = "Bound to";

/// What tokens are in the form, beside a certificate that is shown.
pub const TOKENS_MAY_BE_BOUND: &str = "bound to the certificate, if the server does so";

/// The certificate of the client, by name and digest.
pub fn certificate(subject: &str, thumbprint: &str) -> String {
    format!("{subject} · x5t#S256 {thumbprint}")
}

/// What became of the certificate.
pub const fn handed(handed: Handed) -> &'static str {
    match handed {
        Handed::Unknown => "whether it was shown is not known",
        Handed::Shown => "the server asked for a certificate and was shown this one",
        Handed::NotAsked => "the server did not ask for a certificate, so none was shown",
        Handed::Unfit => "the server asked, and takes no signature that this key makes",
    }
}

/// What a token is bound to.
pub const fn binding(binding: Binding) -> &'static str {
    match binding {
        Binding::Own => "your certificate: the token is of no use without it (cnf.x5t#S256 fits)",
        Binding::Other => {
            "another certificate than the one that was shown (cnf.x5t#S256 differs): an API refuses it"
        }
        Binding::Elsewhere => {
            "a certificate that this run did not show (cnf.x5t#S256): an API wants that one"
        }
        Binding::Unbound => "nothing: whoever holds the token can use it (no cnf.x5t#S256 in it)",
        Binding::Opaque => "not to be read here, for the token is no JWT; introspection tells",
    }
}

/// What an introspection says of the certificate.
pub const fn introspected(binding: Binding) -> &'static str {
    match binding {
        Binding::Own => "The token is bound to your certificate.",
        Binding::Other => "The token is bound to another certificate than yours.",
        Binding::Elsewhere => "The token is bound to a certificate.",
        Binding::Unbound | Binding::Opaque => "The token is bound to no certificate.",
    }
}

/// A bound token was refused, and no certificate was shown with it.
pub const REFUSED_WITHOUT: &str = "The token is bound to a certificate, and none was shown in the TLS handshake of this request: with mutual TLS (--certificate-method) it goes along.";
/// A bound token was refused, and the server did not ask for the certificate.
pub const REFUSED_UNASKED: &str = "The token is bound to a certificate, and this server did not ask for one in the TLS handshake: it may have another address for mutual TLS.";
/// A token that may be bound was refused, and the server did not ask for the certificate.
pub const MAYBE_UNASKED: &str = "This server did not ask for a certificate in the TLS handshake. A token that is bound to one is refused then; there may be another address for mutual TLS.";
/// A bound token was refused, and another certificate was shown.
pub const REFUSED_WITH_OTHER: &str =
    "The token is bound to another certificate than the one that was shown with it.";

/// The connection ended after the certificate was shown.
pub const ENDED_AFTER_SHOWING: &str = "The server was shown the client's certificate on this connection. One that does not take it may just hang up: its refusal can get lost on the way (TLS 1.3 tells it after the request is under way).";

/// The client's proof was not accepted.
pub const CLIENT: &str = "The server did not accept the client by its certificate.";
/// Nobody asked for the certificate.
pub const NOT_ASKED: &str = "In the TLS handshake the server did not ask for a certificate, so it saw none. This address is hardly the one for mutual TLS: look for mtls_endpoint_aliases in the metadata, and for a proxy in front of the server that ends TLS.";
/// The key does not fit.
pub const UNFIT: &str = "The server asked for a certificate and takes no signature that this key makes; a certificate with an RSA or P-256 key is taken nearly everywhere.";
/// Whether it was shown is not known.
pub const UNKNOWN: &str = "Whether the server was shown the certificate is not known.";

/// The certificate was shown, and what the registration then has to say.
pub fn shown(method: Option<CertificateMethod>, subject: &str, thumbprint: &str) -> String {
    let seen = certificate(subject, thumbprint);
    match method {
        Some(CertificateMethod::SelfSigned) => format!(
            "The server was shown {seen}. For self_signed_tls_client_auth the registration must hold this very certificate (x5c in its jwks or at its jwks_uri), and a renewed one must be put there first."
        ),
        Some(CertificateMethod::Tls) => format!(
            "The server was shown {seen}. For tls_client_auth the registration must name it by its subject (tls_client_auth_subject_dn) or by one name in it (…_san_dns, …_san_uri, …_san_ip, …_san_email), and the server must trust who issued it."
        ),
        _ => format!(
            "The server was shown {seen}; the registration must say that this client proves itself by tls_client_auth or self_signed_tls_client_auth."
        ),
    }
}

/// What the server has against the client's certificate, and what to do. `None`: the cause is about something else.
pub fn fault(cause: FaultCause, host: &str) -> Option<(String, &'static str)> {
    Some(match cause {
        FaultCause::ClientCertificateWanted => (
            format!(
                "{host} wants a certificate of the client in the TLS handshake and was shown none."
            ),
            "Name it with --client-certificate and --certificate-method tls_client_auth (or self_signed_tls_client_auth). If this is not the address for mutual TLS, the authority or API was mistyped.",
        ),
        FaultCause::ClientCertificateRefused => (
            format!("{host} refused the client's certificate in the TLS handshake."),
            "It may be revoked, malformed for the server's taste, or unknown to it. Compare the certificate named in the request with the one that the registration or the server's list holds.",
        ),
        FaultCause::ClientCertificateUnknownAuthority => (
            format!("{host} does not trust whoever issued the client's certificate."),
            "The certificates between it and a root that the server knows must be in the file as well, after the client's own. A certificate that signed itself is taken only where the server does not check the chain (self_signed_tls_client_auth).",
        ),
        FaultCause::ClientCertificateUnsupported => (
            format!("{host} takes no client certificate of this kind."),
            "The certificate must be made for clients (extended key usage clientAuth), with a kind of key that the server takes: RSA or P-256 nearly always.",
        ),
        FaultCause::ClientCertificateExpired => (
            format!("{host} says that the client's certificate is out of date."),
            "Renew it and make the new one known to the server. If its dates are right, look at the clocks of both sides.",
        ),
        _ => return None,
    })
}
