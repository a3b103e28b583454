//! The log file on request: one line an event, nothing personal unless asked for, never a secret.

use std::path::Path;
use std::sync::{Arc, Mutex};

use tracing::Level;
use tracing::subscriber::NoSubscriber;
use tracing_subscriber::fmt;

use crate::model::{Clean, Event, Redacted, Run, RunId};

/// Where events are written. Without a file every call returns at once.
#[derive(Clone)]
pub struct LogFile {
    dispatch: tracing::Dispatch,
    on: bool,
    personal: bool,
}

impl LogFile {
    /// Writes nothing.
    pub fn off() -> Self {
        Self {
            dispatch: tracing::Dispatch::new(NoSubscriber::default()),
            on: false,
            personal: false,
        }
    }

    /// Appends to a file made with mode 0600. `personal`: user names too.
    ///
    /// # Errors
    /// When the file cannot be opened for appending.
    pub fn append(path: &Path, level: Level, personal: bool) -> std::io::Result<Self> {
        let mut options = std::fs::OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        let subscriber = fmt()
            .with_max_level(level)
            .with_ansi(false)
            .with_target(false)
            .with_writer(Mutex::new(Arc::new(file)))
            .finish();
        Ok(Self {
            dispatch: tracing::Dispatch::new(subscriber),
            on: true,
            personal,
        })
    }

    /// Whether anything is written.
    pub const fn is_on(&self) -> bool {
        self.on
    }

    /// Writes an event of a run.
    pub fn event(&self, run: RunId, event: &Redacted<Event>) {
        let event = event.get();
        let about = event
            .about
            .as_deref()
            .filter(|_| self.personal)
            .unwrap_or_default();
        tracing::dispatcher::with_default(&self.dispatch, || {
            let what = Clean::line(&event.what);
            tracing::info!(run = run.0, at = %event.at.iso_millis(), about, "{what}");
        });
    }

    /// Writes what went wrong with something other than a run.
    pub fn trouble(&self, sentence: &str) {
        tracing::dispatcher::with_default(&self.dispatch, || {
            tracing::warn!("{}", Clean::line(sentence));
        });
    }

    /// Writes how a run ended.
    pub fn ended(&self, run: &Redacted<Run>) {
        let run = run.get();
        let Some(ending) = run.ending() else { return };
        let diagnosis = ending.diagnosis.as_deref();
        let error = diagnosis
            .and_then(|d| d.error.as_deref())
            .unwrap_or_default();
        let codes: Vec<&str> = diagnosis
            .map(|d| d.codes.iter().map(|c| c.code.as_str()).collect())
            .unwrap_or_default();
        let correlation = diagnosis
            .and_then(|d| d.correlation_id.as_deref())
            .unwrap_or_default();
        tracing::dispatcher::with_default(&self.dispatch, || {
            tracing::info!(
                run = run.id.0,
                error,
                codes = codes.join(","),
                correlation,
                "ended: {}",
                ending.outcome.word()
            );
        });
    }
}
