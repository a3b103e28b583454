//! The outside world as traits, so that tests and the lab can stand in for it. Implementations live in `host`.

mod keyring;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use crate::model::{Moment, Redacted};

pub use keyring::{Keyring, KeyringFault, MemoryKeyring};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Moment;
}

/// A clock that can be moved on. The lab and, in the demo, the session share one.
pub struct MovableClock {
    base: Arc<dyn Clock>,
    offset_ms: AtomicI64,
}

impl MovableClock {
    /// A clock that runs like `base` until it is moved.
    pub const fn new(base: Arc<dyn Clock>) -> Self {
        Self {
            base,
            offset_ms: AtomicI64::new(0),
        }
    }

    /// Moves it on.
    pub fn advance(&self, by: Duration) {
        self.offset_ms.fetch_add(
            i64::try_from(by.as_millis()).unwrap_or(i64::MAX),
            Ordering::Relaxed,
        );
    }

    /// How far it was moved on.
    pub fn moved(&self) -> Duration {
        let moved = self.offset_ms.load(Ordering::Relaxed);
        Duration::from_millis(u64::try_from(moved).unwrap_or_default())
    }

    /// Back to the base clock.
    pub fn reset(&self) {
        self.offset_ms.store(0, Ordering::Relaxed);
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Moment {
        Moment::from_millis(
            self.base
                .now()
                .millis()
                .saturating_add(self.offset_ms.load(Ordering::Relaxed)),
        )
    }
}

/// Gives random bytes of cryptographic quality.
pub trait Entropy: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// Opens pages.
pub trait Browser: Send + Sync {
    /// Tries to open an http or https page; `false` if there is no browser to be had (SSH, no display).
    fn open(&self, url: &str) -> bool;
}

/// Takes text to the clipboard.
pub trait Clipboard: Send + Sync {
    /// Puts redacted text on the clipboard; `false` if there is none (the shell then uses OSC 52).
    fn put(&self, text: &Redacted<String>) -> bool;
}

/// Reads the environment.
pub trait Env: Send + Sync {
    /// The value of a variable, if set and valid Unicode.
    fn var(&self, name: &str) -> Option<String>;
}

/// All of them together.
#[derive(Clone)]
pub struct Ports {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Random bytes.
    pub entropy: Arc<dyn Entropy>,
    /// The browser.
    pub browser: Arc<dyn Browser>,
    /// The clipboard.
    pub clipboard: Arc<dyn Clipboard>,
    /// The environment.
    pub env: Arc<dyn Env>,
    /// The keyring.
    pub keyring: Arc<dyn Keyring>,
}
