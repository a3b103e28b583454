//! One run without an actor: what `acquire` needs.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::core::Core;
use super::{Notice, Setup, further, logout, steps};
use crate::flows::Control;
use crate::model::{Further, Problem, Run, RunId, RunSpec, Secret, SignedOut};

/// A single run under way.
pub struct Once {
    core: Arc<Core>,
    id: RunId,
    told: AtomicBool,
}

impl Once {
    /// Begins it on the current tokio runtime. `heeds`: it waits first where the server asked to be left alone.
    pub fn begin(setup: Setup, spec: RunSpec, heeds: bool) -> (Self, UnboundedReceiver<Notice>) {
        let (outbox, notices) = unbounded_channel();
        let core = Core::new(setup, outbox);
        let id = if heeds {
            core.begin_heeding(spec)
        } else {
            core.begin(spec, None)
        };
        (
            Self {
                core,
                id,
                told: AtomicBool::new(false),
            },
            notices,
        )
    }

    /// The run as it stands.
    pub fn run(&self) -> Option<Run> {
        self.core.run(self.id)
    }

    /// Cancels it at once.
    pub fn cancel(&self) {
        self.core.control(self.id, Control::Cancel);
    }

    /// Answers its question.
    pub fn answer(&self, secret: Secret) {
        self.core.control(self.id, Control::Answer(secret));
    }

    /// Hands over what the browser shows: accepted only with this run's `state`.
    pub fn paste(&self, text: String) {
        self.core.control(self.id, Control::Paste(text));
    }

    /// True once: so that a page is told once and not at every poll.
    pub fn first_telling(&self) -> bool {
        !self.told.swap(true, Ordering::Relaxed)
    }

    /// Calls the spec's API with the token.
    ///
    /// # Errors
    /// When there is no token or the address is not one credentials may go to.
    pub async fn call_api(&self) -> Result<(), Problem> {
        match self.run() {
            Some(run) => steps::call(&self.core, &run).await,
            None => Ok(()),
        }
    }

    /// Does something else with the token.
    ///
    /// # Errors
    /// Why nothing was sent.
    pub async fn further(&self, what: Further) -> Result<(), Problem> {
        further::perform(&self.core, self.id, what).await
    }

    /// Signs the person out at the server. `tell` gets the address that is opened.
    ///
    /// # Errors
    /// Why no page was opened.
    pub async fn logout(&self, tell: impl Fn(String)) -> Result<SignedOut, Problem> {
        logout::perform(&self.core, self.id, tell).await
    }

    /// A text the run wants shown, without what the person gave it.
    pub fn without_secrets(&self, text: &str) -> String {
        match self.run() {
            Some(run) => self.core.setup.redactor.without(&run, text).into_inner(),
            None => text.to_owned(),
        }
    }

    /// Waits until history is on disk.
    pub async fn flush(&self) {
        self.core.keeper.flush().await;
    }

    /// The access token of the granted run, for whoever asked for the bare token.
    pub fn access_token(&self) -> Option<Secret> {
        let run = self.run()?;
        let told = run.ending()?.token.as_ref()?.fingerprint.clone();
        let cache = self.core.cache(&run.spec);
        let cache = cache
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let own = cache.access_tokens().filter(|token| {
            token.client_id == run.spec.client_id
                && token.secret.digest().unwrap_or_default() == told
        });
        own.max_by_key(|token| token.cached_at)
            .map(|token| token.secret.clone())
    }
}
