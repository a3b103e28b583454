//! Too many requests, or a service that is unwell.

use std::time::Duration;

use super::span;

/// A loop.
pub const LOOP_TITLE: &str = "The program asks for the same token again and again.";
/// What not to do.
pub const LOOP: &str = "Stop: another attempt, a retry or a prompt is counted too and keeps the block alive for some minutes.";
/// Too many.
pub const TOO_MANY: &str = "The server wants fewer requests (HTTP 429).";

/// Unwell.
pub fn unwell(status: Option<u16>) -> String {
    match status {
        Some(status) => format!(
            "The service could not serve the request (HTTP {status}); the request itself may be fine."
        ),
        None => {
            "The service could not serve the request; the request itself may be fine.".to_owned()
        }
    }
}

/// The server named a time.
pub fn asked_to_wait(wait: Duration) -> String {
    format!("The server asks to wait {}.", span(wait))
}

/// It did not.
pub fn proposed_wait(wait: Duration) -> String {
    format!(
        "The server names no time; {} is this program's proposal.",
        span(wait)
    )
}
