//! What `wire` says.

/// The CA file cannot be read.
pub fn ca_unreadable(path: &str, detail: &str) -> String {
    format!("cannot read the CA file {path}: {detail}")
}

/// The CA file holds no certificate.
pub fn ca_empty(path: &str) -> String {
    format!("the CA file {path} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)")
}

/// The proxy's address is malformed.
pub fn bad_proxy(detail: &str) -> String {
    format!("the proxy's address cannot be used: {detail}")
}

/// The HTTP client cannot be set up.
pub fn no_client(detail: &str) -> String {
    format!("cannot set up the HTTP client: {detail}")
}

/// The certificate's issuer is not trusted.
pub const UNKNOWN_ISSUER: &str = "the server's certificate comes from an issuer that is not trusted here; if you trust it, name its CA file (--ca-file)";

/// The certificate has expired.
pub const EXPIRED: &str =
    "the server's certificate has expired, or the clock of this machine is wrong";

/// The certificate is not valid yet.
pub const NOT_YET_VALID: &str =
    "the server's certificate is not valid yet, or the clock of this machine is wrong";

/// The certificate names another host.
pub fn wrong_name(expected: &str, presented: &[String]) -> String {
    if presented.is_empty() {
        format!("the server's certificate does not name {expected}")
    } else {
        format!(
            "the server's certificate is for {} and not for {expected}",
            presented.join(", ")
        )
    }
}

/// The certificate names another host; which is not known.
pub const WRONG_NAME: &str = "the server's certificate is for another name";

/// The certificate was revoked.
pub const REVOKED: &str = "the server's certificate was revoked";

/// The certificate is malformed.
pub const BAD_ENCODING: &str = "the server's certificate cannot be read";

/// The certificate's signature is wrong.
pub const BAD_SIGNATURE: &str = "the signature on the server's certificate is wrong";

/// The certificate was made for something else.
pub const WRONG_PURPOSE: &str = "the server's certificate was not made for servers";

/// The server showed the CA's own certificate.
pub const CA_AS_SERVER: &str =
    "the server shows a CA's certificate as its own; such a certificate cannot prove a server";

/// Another certificate trouble.
pub const CERTIFICATE_REFUSED: &str = "the server's certificate was refused";

/// The system's trusted certificates could not be loaded.
pub fn no_system_roots(detail: &str) -> String {
    format!("the trusted certificates of this system could not be loaded: {detail}")
}

/// No connection in time.
pub fn connect_timeout(seconds: f32) -> String {
    format!("no connection within {seconds} s")
}

/// No first byte in time.
pub fn first_byte_timeout(seconds: f32) -> String {
    format!("the server took the request and said nothing for {seconds} s")
}

/// Too long in all.
pub fn whole_timeout(seconds: f32) -> String {
    format!("the exchange was not over after {seconds} s")
}

/// The body ended too early.
pub const BODY_CUT: &str = "the connection ended before the body was complete";

/// The connection ended without a reply.
pub const NO_REPLY: &str = "the connection ended without a reply";

/// Cancelled by the person.
pub const CANCELLED: &str = "cancelled";

/// A name that can never exist.
pub const INVALID_NAME: &str =
    "names under .invalid never exist (RFC 6761), so no resolver was asked";

/// The address cannot be used.
pub const BAD_ADDRESS: &str = "the address cannot be used";

/// A header cannot be sent.
pub const BAD_HEADER: &str = "a header or the method holds characters that cannot be sent";

/// The server wants a certificate of the client.
pub const OWN_CERTIFICATE_WANTED: &str =
    "the server wants a certificate of the client and was shown none";

/// The server refused the client's certificate.
pub const OWN_CERTIFICATE_REFUSED: &str = "the server refused the client's certificate";

/// The server does not know the issuer of the client's certificate.
pub const OWN_CERTIFICATE_OF_STRANGER: &str =
    "the server does not know the issuer of the client's certificate";

/// The server takes no such certificate.
pub const OWN_CERTIFICATE_UNSUPPORTED: &str = "the server takes no client certificate of this kind";

/// The client's certificate is too old.
pub const OWN_CERTIFICATE_EXPIRED: &str = "the server says that the client's certificate expired";

/// The certificate has no place to be shown, or its key is of no use.
pub const OWN_CERTIFICATE_UNUSABLE: &str =
    "the client's certificate cannot be shown at this address";
