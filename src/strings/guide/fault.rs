//! No reply came: what went wrong on the way.

use crate::model::FaultCause;
use crate::strings::mutual_tls;

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

/// What exactly happened, and what to look at. `None`: the words for the kind say all there is.
pub fn exactly(cause: FaultCause, host: &str) -> Option<(String, &'static str)> {
    of_network(cause, host)
        .or_else(|| of_tls(cause, host))
        .or_else(|| mutual_tls::fault(cause, host))
        .or_else(|| of_time(cause, host))
}

fn of_network(cause: FaultCause, host: &str) -> Option<(String, &'static str)> {
    Some(match cause {
        FaultCause::NoSuchHost => (
            format!(
                "There is no host named {host}: its name could not be looked up, so nothing was sent."
            ),
            NAME_LOOKUP,
        ),
        FaultCause::ResolverUnreachable => (
            format!(
                "No name server could say where {host} is; its name could not be looked up, so nothing was sent."
            ),
            "The name may well exist. Check that this machine is on a network at all, and which name servers it asks; a VPN that is just connecting looks like this too.",
        ),
        FaultCause::Refused => (
            format!(
                "{host} answers that nobody listens at that port: nothing there takes the connection."
            ),
            REFUSED,
        ),
        FaultCause::HostUnreachable => (
            format!("This network knows no way to {host}, so nothing was sent."),
            "Check the address, the VPN, and whether a firewall turns the connection away.",
        ),
        FaultCause::NetworkUnreachable => (
            format!("This machine has no route to the network of {host}: it seems to be offline."),
            "Check the network connection. A host with IPv6 addresses alone looks like this from a network without IPv6.",
        ),
        FaultCause::Reset => (
            format!(
                "The connection to {host} was torn down before a reply came: it ended before anything was said."
            ),
            "Whoever tears connections down is often a firewall or proxy in between that does not like the name or the content.",
        ),
        FaultCause::ProxyUnreachable => (
            "The proxy itself cannot be reached, so nothing was sent.".to_owned(),
            "Check the proxy's address and port (--proxy, or HTTPS_PROXY in the environment), and whether this machine is on the network that has it.",
        ),
        FaultCause::ProxyAuthentication => (
            format!("The proxy wants to know who asks (407) before it opens a way to {host}."),
            "Put the proxy's user name and password into its address in the environment (HTTPS_PROXY), or ask whoever runs it to let this machine through. The sign-in service was never reached, and its passwords have nothing to do with it.",
        ),
        FaultCause::ProxyRefused => (
            format!(
                "The proxy refused to open a way to {host}: a rule of your network forbids it, or the proxy cannot reach it either."
            ),
            "Ask whoever runs the proxy to allow that host. The sign-in service itself was never reached.",
        ),
        _ => return None,
    })
}

fn of_tls(cause: FaultCause, host: &str) -> Option<(String, &'static str)> {
    Some(match cause {
        FaultCause::CertificateExpired => (
            format!(
                "The certificate of {host} has expired, so it is not trusted here and nothing was sent."
            ),
            "Look at this machine's clock first. If it is right, whoever runs the server must renew the certificate; no switch that ignores it is a cure.",
        ),
        FaultCause::CertificateNotYetValid => (
            format!(
                "The certificate of {host} is not valid yet, so it is not trusted here and nothing was sent."
            ),
            "This machine's clock is the likeliest cause: it is slow.",
        ),
        FaultCause::CertificateWrongName => (
            format!(
                "The certificate that answered is for another name than {host}, so it is not trusted here and nothing was sent."
            ),
            "Compare the names below with the authority as it was typed. A sign-in page of a hotel or guest network answers like this as well.",
        ),
        FaultCause::UnknownAuthority => (
            format!(
                "The certificate of {host} is not trusted here: an authority signed it that this machine does not know. Nothing was sent."
            ),
            TRUST,
        ),
        FaultCause::SelfSigned => (
            format!(
                "The certificate of {host} is not trusted here: the server signed it itself. Nothing was sent."
            ),
            "For a server of your own, name its certificate with --ca-file after you compared the fingerprint; a public sign-in service never shows such a certificate.",
        ),
        FaultCause::CertificateRevoked => (
            format!(
                "The certificate of {host} was revoked by whoever issued it. Nothing was sent."
            ),
            "Do not go on: whoever runs the server must replace it.",
        ),
        FaultCause::HandshakeRefused => (
            format!("{host} broke the TLS handshake off, so nothing was sent."),
            "A server does so when it knows no such name, wants a client certificate, or shares no cipher; a proxy that inspects traffic may do so too.",
        ),
        FaultCause::ProtocolVersion => (
            format!(
                "{host} speaks no version of TLS that is safe enough: 1.2 or 1.3 is needed. Nothing was sent."
            ),
            "An old server or an old proxy in between must be brought up to date; this program does not go below TLS 1.2.",
        ),
        FaultCause::NotTls => (
            format!("What answers at {host} does not speak TLS, so nothing was sent."),
            "Check the port: it may be one for plain http.",
        ),
        _ => return None,
    })
}

fn of_time(cause: FaultCause, host: &str) -> Option<(String, &'static str)> {
    Some(match cause {
        FaultCause::LookupTimeout => (
            format!(
                "No connection to {host} came about in time: looking its name up took too long."
            ),
            "The name servers of this machine do not answer; nothing was sent.",
        ),
        FaultCause::ConnectTimeout => (
            format!("No connection to {host} came about in time: nobody answered at all."),
            "A firewall that drops packets silently looks like this; nothing was sent.",
        ),
        FaultCause::TlsTimeout => (
            format!(
                "No connection to {host} came about in time: the TLS handshake began and did not end."
            ),
            "Something in between takes connections and forgets them, often a proxy or an overloaded server; nothing was sent.",
        ),
        FaultCause::ClosedBeforeHead => (
            format!(
                "The connection to {host} ended before a reply began: not even a whole status line and headers came."
            ),
            "The server, or something in front of it, gave up on this request.",
        ),
        FaultCause::ClosedInBody => (
            format!(
                "The connection to {host} ended before a whole reply came: it broke off within the body."
            ),
            "What did arrive is shown; it may hold the beginning of the error.",
        ),
        _ => return None,
    })
}

/// Where a chain that is not trusted ends.
pub fn chain_ends(authority: &str) -> String {
    format!(
        "The chain ends in an authority named {authority} that this machine does not know: a proxy of your network may be opening the connection."
    )
}
