//! What `guide` says: verdicts, steps and the messages that are handed over, a file a family; [`lint`]: what is wrong
//! with a request before it is sent.

use std::time::Duration;

pub mod backchannel;
pub mod chain;
pub mod check;
pub mod consent;
pub mod credential;
pub mod device;
pub mod fault;
pub mod further;
pub mod grant;
pub mod handover;
pub mod header;
pub mod interaction;
pub mod lint;
pub mod log;
pub mod managed_identity;
pub mod mismatch;
pub mod odd_reply;
pub mod plan;
pub mod policy;
pub mod remark;
pub mod request;
pub mod resource;
pub mod throttle;

/// Nothing is wrong.
pub const NOTHING_TO_DO: &str = "Nothing; this is part of the protocol.";
/// Nothing helps.
pub const NOTHING_CAN_BE_DONE: &str =
    "Nothing that this program knows of helps here; keep the identifiers for support.";
/// The error stayed on a page.
pub const PAGE_ONLY: &str = "This was shown on a page of the sign-in service; the program that asked got no reply and may still be waiting.";
/// The code is from a sign-in log.
pub const FROM_A_LOG: &str = "This is from a sign-in log; the program may have seen another code for the same correlation id.";
/// The code is from an agent's log.
pub const FROM_AN_AGENT: &str =
    "This is from the log of an agent inside the organisation; the program saw something else.";
/// A web API relays.
pub const LOGIN_RELAYED: &str = "does not apply here: the caller of this API must sign in";

/// A script.
pub const LOGIN_BY_HAND: &str =
    "helps by hand and until that session ends; the script itself cannot";
/// A web API, once something else is mended.
pub const LOGIN_BY_THE_CALLER: &str =
    "does not apply here: once the cause is mended, the caller calls again";

/// A number that is not listed.
pub fn unknown_code(code: &str, family: &str) -> String {
    if family.is_empty() {
        format!("The server refused with {code}, which the catalogue does not know")
    } else {
        format!(
            "The server refused with {code}, which the catalogue does not know; its neighbours are about: {family}"
        )
    }
}

/// An error that is not listed.
pub fn unknown_error(error: &str) -> String {
    format!("The server refused with the error {error}, which the catalogue does not know.")
}

/// Neither error nor code.
pub fn no_error(status: Option<u16>) -> String {
    match status {
        Some(status) => format!("The server answered HTTP {status} and named no error."),
        None => "No error was named.".to_owned(),
    }
}

/// A time span in a few words: `12 s`, `2 min 5 s`, `1 h 3 min`.
pub fn span(wait: Duration) -> String {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes, rest) {
        (0, 0, s) => format!("{s} s"),
        (0, m, 0) => format!("{m} min"),
        (0, m, s) => format!("{m} min {s} s"),
        (h, 0, _) => format!("{h} h"),
        (h, m, _) => format!("{h} h {m} min"),
    }
}

/// What to do now: wait.
pub fn wait_then_repeat(wait: Duration) -> String {
    format!("Wait {}, then repeat; do not sign in again.", span(wait))
}

/// What to do now: stop, and hand it over.
pub fn stop(then: &str) -> String {
    format!("Stop trying: you cannot mend this. {then}")
}

/// What to do now: change a parameter.
pub fn fix(parameter: &str) -> String {
    match parameter {
        "ca_file" => {
            "Name the certificate to trust (--ca-file), if you know whose it is.".to_owned()
        }
        "proxy" => "Check the proxy settings and the network, then run it again.".to_owned(),
        "authority" => "Check the authority, then run it again.".to_owned(),
        "flow" => "Choose another flow, or another client for this one.".to_owned(),
        other => format!("Correct {other}, then run it again."),
    }
}
