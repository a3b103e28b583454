//! Replies that are not of the protocol.

/// Where web pages come from.
pub const WEB_PAGE: &str = "Such pages come from a proxy, from a network's own sign-in page, from a gateway in front of the service, or from a wrong address; the page itself says which.";
/// Not whole.
pub const CUT_SHORT: &str = "The body broke off before its end.";
/// Not the answer to this question.
pub const MIXED_UP: &str = "An answer that does not fit its question is either a server that is set up wrongly or somebody in between; nothing of it was used.";
/// Metadata.
pub const METADATA: &str = "What this address publishes does not say where tokens are given out; it is not the address of an issuer.";

/// A redirect.
pub fn redirected(status: u16, host: Option<&str>) -> String {
    match host {
        Some(host) => format!(
            "The server sends the request on to {host} (HTTP {status}), and credentials are not carried there."
        ),
        None => format!(
            "The server sends the request elsewhere (HTTP {status}), and credentials are not carried along."
        ),
    }
}

/// A web page.
pub fn web_page(status: u16) -> String {
    format!(
        "A web page came back where JSON was expected (HTTP {status}); something else than the token service answered."
    )
}

/// No token.
pub fn no_token(status: u16) -> String {
    format!("The server says the request succeeded (HTTP {status}) and sent no access token.")
}

/// Nothing there.
pub fn nothing_here(status: u16) -> String {
    format!("There is no such endpoint at this address (HTTP {status}).")
}

/// Nothing in it.
pub fn empty(status: u16) -> String {
    format!("The server answered HTTP {status} with nothing in it.")
}

/// Something else.
pub fn not_protocol(status: u16) -> String {
    format!(
        "The server answered HTTP {status} with something that names neither a token nor an error."
    )
}

/// The limit.
pub fn cut_by_limit(bytes: usize) -> String {
    format!("Only the first {bytes} bytes of the body were read, as the settings say.")
}
