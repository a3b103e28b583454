//! What is said about time: waits between exchanges, the axis they stand on, and two clocks that differ.

use std::time::Duration;

use super::span;

/// Before the sentence about two clocks that differ.
pub const CLOCKS: &str = "Clocks";

/// A wait that is over and whose reason is not known.
pub const WAITED: &str = "nothing was sent";

/// A wait before the first request.
pub const WAITED_FIRST: &str = "before anything was sent";

/// A wait for a poll to be due.
pub const WAITED_POLL: &str = "waited until the next poll";

/// A wait that the server named.
pub const WAITED_RETRY_AFTER: &str = "waited, as Retry-After asked";

/// A wait that the program chose.
pub const WAITED_BACK_OFF: &str = "waited before trying again";

/// A wait for the browser.
pub const WAITED_BROWSER: &str = "waited for the browser";

/// A wait at the prompt.
pub const WAITED_PROMPT: &str = "waited for your answer";

/// A token that was not used at once.
pub const WAITED_USE: &str = "until the token was used";

/// A poll's number.
pub fn poll(nth: usize) -> String {
    format!("poll {nth}")
}

/// A repeated request's number.
pub fn attempt(nth: usize) -> String {
    format!("attempt {nth}")
}

/// A wait under way that ends by itself.
pub fn still_waiting(left: Duration, why: &str) -> String {
    format!("{} more: {why}", span(left))
}

/// A wait for the next poll, under way.
pub fn next_poll(left: Duration) -> String {
    if left.as_secs() == 0 {
        "the next poll is due".to_owned()
    } else {
        format!("next poll in {}", span(left))
    }
}

/// A wait for the browser, under way.
pub const FOR_THE_BROWSER: &str = "waiting for the browser";

/// A wait for an answer, under way.
pub const FOR_AN_ANSWER: &str = "waiting for your answer";

/// A point on the axis: `0`, `40 ms`, `1.2 s`, `2 min 05 s`.
pub fn on_axis(at: Duration) -> String {
    match at.as_millis() {
        0 => "0".to_owned(),
        ms @ 1..1000 => format!("{ms} ms"),
        ms @ 1000..60_000 => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
        _ => span(at),
    }
}

/// How far this machine's clock is from the server's, in a few words.
pub fn clocks_briefly(ahead: i64) -> String {
    let way = if ahead > 0 { "ahead of" } else { "behind" };
    format!("This clock is {} {way} the server's", apart(ahead))
}

/// How far this machine's clock is from the server's, and what that does to tokens.
pub fn clocks(ahead: i64) -> String {
    let seems = if ahead > 0 {
        "Here, tokens may look expired before they are."
    } else {
        "Here, new tokens may look not valid yet, and expired ones still good."
    };
    format!("{}. {seems}", clocks_briefly(ahead))
}

fn apart(ahead: i64) -> String {
    span(Duration::from_secs(ahead.unsigned_abs()))
}
