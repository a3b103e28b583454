//! Signals that end, stop or continue the program.

use std::io;

/// What a signal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// To end; its number.
    End(i32),
    /// To stop until continued.
    #[cfg_attr(not(unix), expect(dead_code, reason = "nothing stops a program there"))]
    Stop,
    /// It was stopped and goes on.
    #[cfg_attr(not(unix), expect(dead_code, reason = "nothing stops a program there"))]
    Continue,
}

/// The number for a terminal that went away.
pub const HANGUP: i32 = 1;

#[cfg(unix)]
mod imp {
    use super::{HANGUP, Signal, io};
    use signal_hook::consts::{SIGCONT, SIGINT, SIGSTOP, SIGTERM, SIGTSTP};
    use tokio::signal::unix::{self, SignalKind};

    /// The signals that are caught.
    pub struct Signals {
        terminate: unix::Signal,
        interrupt: unix::Signal,
        hangup: unix::Signal,
        stop: unix::Signal,
        go_on: unix::Signal,
    }

    impl Signals {
        /// Starts to catch them.
        ///
        /// # Errors
        /// The system refuses.
        pub fn new() -> io::Result<Self> {
            Ok(Self {
                terminate: unix::signal(SignalKind::terminate())?,
                interrupt: unix::signal(SignalKind::interrupt())?,
                hangup: unix::signal(SignalKind::hangup())?,
                stop: unix::signal(SignalKind::from_raw(SIGTSTP))?,
                go_on: unix::signal(SignalKind::from_raw(SIGCONT))?,
            })
        }

        /// The next one.
        pub async fn next(&mut self) -> Signal {
            tokio::select! {
                _ = self.terminate.recv() => Signal::End(SIGTERM),
                _ = self.interrupt.recv() => Signal::End(SIGINT),
                _ = self.hangup.recv() => Signal::End(HANGUP),
                _ = self.stop.recv() => Signal::Stop,
                _ = self.go_on.recv() => Signal::Continue,
            }
        }
    }

    /// Stops this program until somebody continues it.
    pub fn stop() {
        let _ = signal_hook::low_level::raise(SIGSTOP);
    }
}

#[cfg(not(unix))]
mod imp {
    use super::{Signal, io};

    /// The signals that are caught.
    pub struct Signals;

    impl Signals {
        /// Starts to catch them.
        ///
        /// # Errors
        /// None here.
        pub fn new() -> io::Result<Self> {
            Ok(Self)
        }

        /// The next one.
        pub async fn next(&mut self) -> Signal {
            let _ = tokio::signal::ctrl_c().await;
            Signal::End(2)
        }
    }

    /// Nothing stops a program here.
    pub fn stop() {}
}

pub use imp::{Signals, stop};
