//! A transport for tests: replays canned answers in order and remembers what was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use super::Transport;
use crate::model::{Exchange, Fault, FaultKind, Moment, Phases, Reply, Request, SendOptions};
use crate::ports::Clock;

/// One canned answer.
#[derive(Clone, Debug)]
pub enum Canned {
    /// A whole reply.
    Reply(Reply),
    /// No reply.
    Fault(FaultKind),
    /// Never answers; for cancellation.
    Silence,
}

/// Replays canned answers in order and remembers what was asked. Out of answers, it gives a protocol fault.
#[derive(Default)]
pub struct ScriptedTransport {
    answers: Mutex<VecDeque<Canned>>,
    asked: Mutex<Vec<Request>>,
    clock: Option<Arc<dyn Clock>>,
}

impl ScriptedTransport {
    /// Exchanges start at `clock`'s time.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock: Some(clock),
            ..Self::default()
        }
    }

    /// Then answers with JSON.
    pub fn json(&self, status: u16, body: &str) -> &Self {
        self.reply(status, &[("content-type", "application/json")], body)
    }

    /// Then answers with a reply.
    pub fn reply(&self, status: u16, headers: &[(&str, &str)], body: &str) -> &Self {
        self.then(Canned::Reply(Reply {
            status,
            headers: headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            body: body.as_bytes().to_vec(),
            cut: None,
        }))
    }

    /// Then does this.
    ///
    /// # Panics
    /// If a test panicked while it held the script.
    pub fn then(&self, canned: Canned) -> &Self {
        self.answers.lock().unwrap().push_back(canned);
        self
    }

    /// What was asked so far.
    ///
    /// # Panics
    /// If a test panicked while it held the script.
    pub fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }
}

impl Transport for ScriptedTransport {
    async fn send(&self, request: Request, _: &SendOptions) -> Exchange {
        let started = self
            .clock
            .as_ref()
            .map_or(Moment::default(), |clock| clock.now());
        self.asked.lock().unwrap().push(request.clone());
        let next = self.answers.lock().unwrap().pop_front();
        let (reply, fault) = match next {
            Some(Canned::Reply(reply)) => (Some(reply), None),
            Some(Canned::Fault(kind)) => (None, Some(kind)),
            Some(Canned::Silence) => std::future::pending().await,
            None => (None, Some(FaultKind::Protocol)),
        };
        Exchange {
            started,
            request: request.record(),
            reply,
            fault: fault.map(|kind| Fault::new(kind, "scripted")),
            phases: Phases::default(),
        }
    }
}
