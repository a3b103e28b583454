//! When a request is sent again by itself, and how long a server asked to be left alone.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Moment;

/// When a request that failed is sent again by itself. What may be single-use never is, once it may have left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How many times a request is repeated at most (default 0 in scripts, 2 on screen).
    pub attempts: u32,
    /// The first wait where the server names none (default 1 s); each further one is twice as long.
    pub base: Duration,
    /// The longest such wait (default 32 s).
    pub cap: Duration,
    /// Whether up to half of such a wait is taken off at random, so that many clients do not come back at once.
    pub jitter: bool,
    /// A random number of this run: what the jitter is made from.
    pub seed: u64,
    /// The statuses that are worth another try (default 429, 500, 502, 503, 504).
    pub statuses: Vec<u16>,
    /// Whether a request that got no reply is worth another try.
    pub faults: bool,
    /// Whether a wait that the server names (`Retry-After`, RFC 9110 section 10.2.3) goes before our own.
    pub honours_retry_after: bool,
    /// All waits and tries of one request together; no try begins later than this after the first.
    pub budget: Option<Duration>,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 0,
            base: Duration::from_secs(1),
            cap: Duration::from_secs(32),
            jitter: true,
            seed: 0,
            statuses: vec![429, 500, 502, 503, 504],
            faults: true,
            honours_retry_after: true,
            budget: None,
        }
    }
}

impl RetryPolicy {
    /// The usual one on screen, where a person sees the waits and can cut them.
    pub fn on_screen() -> Self {
        Self {
            attempts: 2,
            ..Self::default()
        }
    }
}

/// A server asked to be left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Throttled {
    /// Until then.
    pub until: Moment,
    /// The status that it said so with.
    pub status: u16,
    /// Whether the server named the time; otherwise it is what MSAL would wait.
    pub named: bool,
}
