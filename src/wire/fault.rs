//! What the HTTP library's errors mean, in our kinds and with the library's own words. No address and no secret in
//! them.

use std::error::Error;
use std::io;

use super::chain::read as read_chain;
use super::lane::{Marks, Times};
use super::tls;
use crate::model::{Fault, FaultCause, FaultKind};
use crate::strings::wire as say;

/// Everything below an error, outermost first; looks inside `io::Error`, which hides its content from `source`.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> Vec<&'a (dyn Error + 'static)> {
    let mut found = Vec::new();
    let mut next = Some(error);
    while let Some(current) = next {
        found.push(current);
        next = match current
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            Some(inner) => Some(inner),
            None => current.source(),
        };
        if found.len() > 16 {
            break;
        }
    }
    found
}

/// The words of an error's causes, without the outermost (which may name the address), each once.
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let mut words: Vec<String> = Vec::new();
    for cause in causes(error).into_iter().skip(1) {
        let text = cause.to_string();
        if words.last().is_none_or(|last| !last.contains(&text)) {
            words.push(text);
        }
    }
    words.join(": ")
}

/// Why no reply came.
pub fn of_request(error: &reqwest::Error, marks: &Marks, proxied: bool) -> Fault {
    let times = marks.times();
    let causes = causes(error);
    let library = chain(error);
    let tls = causes
        .iter()
        .find_map(|cause| cause.downcast_ref::<rustls::Error>());
    let kind = if let Some(kind) = of_connect(error, &times, proxied, &library, tls.is_some()) {
        kind
    } else if error.is_builder() || http_is_odd(&causes) {
        FaultKind::Protocol
    } else {
        FaultKind::CutOff
    };
    let words = match (kind, tls.and_then(|tls| tls::words(tls, marks.handed()))) {
        (_, Some(words)) => Some(words),
        (FaultKind::CutOff, None) => Some(say::NO_REPLY.to_owned()),
        (_, None) => None,
    };
    let detail = match words {
        Some(words) if library.is_empty() => words,
        Some(words) => format!("{words} ({library})"),
        None => library.clone(),
    };
    let mut fault = Fault::new(kind, detail);
    let system = causes
        .iter()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .collect::<Vec<_>>();
    fault.cause = match kind {
        FaultKind::Dns => of_lookup(&system),
        FaultKind::Tcp => of_socket(&system),
        FaultKind::Proxy => of_proxy(&library),
        FaultKind::Tls => {
            fault.chain = read_chain(&marks.shown());
            Some(tls.map_or(FaultCause::HandshakeRefused, |tls| {
                tls::cause(tls, &fault.chain, marks.handed())
            }))
        }
        FaultKind::CutOff => Some(match of_socket(&system) {
            Some(FaultCause::Reset) => FaultCause::Reset,
            _ => FaultCause::ClosedBeforeHead,
        }),
        FaultKind::ConnectTimeout
        | FaultKind::FirstByteTimeout
        | FaultKind::WholeTimeout
        | FaultKind::Protocol
        | FaultKind::Cancelled => None,
    };
    fault
}

/// What the resolver meant. It has no numbers of its own in Rust, so its words decide (those of glibc, musl and macOS;
/// Windows has numbers).
fn of_lookup(system: &[&io::Error]) -> Option<FaultCause> {
    const NO_SUCH_HOST: [&str; 5] = [
        "not known",
        "no address associated",
        "does not resolve",
        "no such host",
        "has no usable address",
    ];
    const TRY_AGAIN: [&str; 3] = ["temporary failure", "try again", "non-recoverable"];
    system.iter().find_map(|error| {
        let words = error.to_string().to_lowercase();
        let has = |known: &[&str]| known.iter().any(|known| words.contains(known));
        match error.raw_os_error() {
            Some(11001 | 11004) => Some(FaultCause::NoSuchHost),
            Some(11002 | 11003) => Some(FaultCause::ResolverUnreachable),
            _ if error.kind() == io::ErrorKind::NotFound || has(&NO_SUCH_HOST) => {
                Some(FaultCause::NoSuchHost)
            }
            _ if has(&TRY_AGAIN) => Some(FaultCause::ResolverUnreachable),
            _ => None,
        }
    })
}

/// What the system said about a socket.
fn of_socket(system: &[&io::Error]) -> Option<FaultCause> {
    system.iter().find_map(|error| match error.kind() {
        io::ErrorKind::ConnectionRefused => Some(FaultCause::Refused),
        io::ErrorKind::HostUnreachable => Some(FaultCause::HostUnreachable),
        io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown => {
            Some(FaultCause::NetworkUnreachable)
        }
        io::ErrorKind::ConnectionReset => Some(FaultCause::Reset),
        io::ErrorKind::TimedOut => Some(FaultCause::ConnectTimeout),
        _ => None,
    })
}

/// What became of the tunnel. Of a refusal the library tells the status of one kind only, 407.
fn of_proxy(library: &str) -> Option<FaultCause> {
    if library.contains("proxy authorization required") {
        Some(FaultCause::ProxyAuthentication)
    } else if library.contains("tunnel error: unsuccessful") {
        Some(FaultCause::ProxyRefused)
    } else if library.contains("unexpected end of file") || library.contains("too long") {
        None
    } else {
        Some(FaultCause::ProxyUnreachable)
    }
}

/// Which part of the connection took too long.
pub const fn slow_phase(times: &Times) -> FaultCause {
    if times.tls_start.is_some() {
        FaultCause::TlsTimeout
    } else if times.dns_start.is_some() && times.dns_end.is_none() {
        FaultCause::LookupTimeout
    } else {
        FaultCause::ConnectTimeout
    }
}

fn of_connect(
    error: &reqwest::Error,
    times: &Times,
    proxied: bool,
    library: &str,
    tls: bool,
) -> Option<FaultKind> {
    if tls {
        return Some(FaultKind::Tls);
    }
    if !error.is_connect() {
        return None;
    }
    if library.contains("tunnel error") || library.contains("proxy") {
        return Some(FaultKind::Proxy);
    }
    if times.tls_start.is_some() {
        return Some(FaultKind::Tls);
    }
    if proxied {
        return Some(FaultKind::Proxy);
    }
    Some(if times.dns_start.is_some() && times.dns_end.is_none() {
        FaultKind::Dns
    } else {
        FaultKind::Tcp
    })
}

fn http_is_odd(causes: &[&(dyn Error + 'static)]) -> bool {
    causes
        .iter()
        .filter_map(|cause| cause.downcast_ref::<hyper::Error>())
        .any(|error| error.is_parse() || error.is_user())
}

/// Why a body is not whole.
pub fn of_body(error: &reqwest::Error) -> Fault {
    let detail = format!("{} ({})", say::BODY_CUT, chain(error));
    Fault::new(FaultKind::CutOff, detail).because(FaultCause::ClosedInBody)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resolver_that_knows_no_such_name_differs_from_one_that_cannot_be_asked() {
        let cause = |words: &str| of_lookup(&[&io::Error::other(words.to_owned())]);
        for words in [
            "failed to lookup address information: Name or service not known",
            "failed to lookup address information: No address associated with hostname",
            "failed to lookup address information: nodename nor servname provided, or not known",
            "failed to lookup address information: Name does not resolve",
        ] {
            assert_eq!(cause(words), Some(FaultCause::NoSuchHost), "{words}");
        }
        for words in [
            "failed to lookup address information: Temporary failure in name resolution",
            "failed to lookup address information: Try again",
        ] {
            assert_eq!(
                cause(words),
                Some(FaultCause::ResolverUnreachable),
                "{words}"
            );
        }
        assert_eq!(cause("something else"), None);
    }

    #[test]
    fn a_host_without_a_way_to_it_differs_from_one_where_nobody_listens() {
        let cause = |kind: io::ErrorKind| of_socket(&[&io::Error::from(kind)]);
        let known = [
            (io::ErrorKind::ConnectionRefused, FaultCause::Refused),
            (io::ErrorKind::HostUnreachable, FaultCause::HostUnreachable),
            (
                io::ErrorKind::NetworkUnreachable,
                FaultCause::NetworkUnreachable,
            ),
            (io::ErrorKind::ConnectionReset, FaultCause::Reset),
        ];
        for (kind, told) in known {
            assert_eq!(cause(kind), Some(told));
        }
        assert_eq!(cause(io::ErrorKind::Other), None);
    }
}
