//! No reply came: what went wrong on the way.

/// Some server.
pub const THE_SERVER: &str = "the server";
/// What to look at.
pub const NAME_LOOKUP: &str = "Check the spelling of the authority, and whether this machine is on the network or VPN that knows the name.";
/// What to look at.
pub const TRUST: &str = "If your organisation's proxy or an own certificate authority stands in between, name its certificate with --ca-file; if you do not know why this certificate is there, do not go on.";
/// What to look at.
pub const REFUSED: &str =
    "Check host and port, a firewall in between, and whether the server runs.";
/// The proxy.
pub const PROXY_FAILED: &str = "The proxy did not let the request through.";
/// What to look at.
pub const PROXY: &str = "Check the proxy's address and sign-in in the settings or environment; the sign-in service itself was never reached.";
/// Stopped.
pub const CANCELLED: &str = "The request was cancelled before a reply came.";
/// A code was on its way.
pub const CODE_MAY_BE_SPENT: &str = "The authorization code may have arrived and then is spent; running again begins with a new one.";
/// A refresh token was on its way.
pub const TOKEN_MAY_BE_SPENT: &str = "The request carried something that may work only once, and whether it arrived is not known; it is not sent again by itself.";

/// Name lookup.
pub fn name_lookup(host: &str) -> String {
    format!("The name {host} could not be looked up, so nothing was sent.")
}

/// Trust.
pub fn trust(host: &str) -> String {
    format!("The certificate of {host} is not trusted here, so nothing was sent.")
}

/// Refused.
pub fn refused(host: &str) -> String {
    format!("Nothing at {host} takes the connection.")
}

/// Too late.
pub fn time_out(host: &str, connected: bool) -> String {
    if connected {
        format!("{host} took the request and did not answer in time.")
    } else {
        format!("No connection to {host} came about in time.")
    }
}

/// Cut off.
pub fn cut_off(host: &str) -> String {
    format!("The connection to {host} ended before a whole reply came.")
}

/// Not HTTP.
pub fn not_http(host: &str) -> String {
    format!("What {host} sent back is not HTTP; another kind of server listens there.")
}

/// What the library below said.
pub fn detail(detail: &str) -> String {
    format!(
        "In the network library's words: {}.",
        detail.trim_end_matches('.')
    )
}
