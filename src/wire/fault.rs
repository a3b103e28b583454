//! What the HTTP library's errors mean, in our kinds and with the library's own words. No address and no secret in
//! them.

use std::error::Error;
use std::io;

use super::lane::Times;
use super::tls;
use crate::model::{Fault, FaultKind};
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
pub fn of_request(error: &reqwest::Error, times: &Times, proxied: bool) -> Fault {
    let causes = causes(error);
    let library = chain(error);
    let tls = causes
        .iter()
        .find_map(|cause| cause.downcast_ref::<rustls::Error>());
    let kind = if let Some(kind) = of_connect(error, times, proxied, &library, tls.is_some()) {
        kind
    } else if error.is_builder() || http_is_odd(&causes) {
        FaultKind::Protocol
    } else {
        FaultKind::CutOff
    };
    let words = match (kind, tls.and_then(tls::words)) {
        (_, Some(words)) => Some(words),
        (FaultKind::CutOff, None) => Some(say::NO_REPLY.to_owned()),
        (_, None) => None,
    };
    let detail = match words {
        Some(words) if library.is_empty() => words,
        Some(words) => format!("{words} ({library})"),
        None => library,
    };
    Fault { kind, detail }
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
    if times.dns_start.is_some() && times.dns_end.is_none() {
        return Some(FaultKind::Dns);
    }
    if times.tls_start.is_some() {
        return Some(FaultKind::Tls);
    }
    Some(if proxied {
        FaultKind::Proxy
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
    Fault {
        kind: FaultKind::CutOff,
        detail: format!("{} ({})", say::BODY_CUT, chain(error)),
    }
}
