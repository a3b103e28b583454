//! What listeners, the handle and the lab's user share: the world behind a lock, the clock, the key, the log.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, watch};

use super::answer::answer;
use super::ask::{Answer, Ask, ClockMove};
use super::kit::Kit;
use super::late_signature::LateSignatures;
use super::record::record;
use super::signer::LateSigner;
use super::walk::Jar;
use super::world::World;
use crate::model::LabRequestRecord;
use crate::ports::{Clock, Entropy, MovableClock};

/// How many requests the log remembers.
const REMEMBERED: usize = 500;

/// The running lab.
pub struct Shared {
    world: Mutex<World>,
    log: Mutex<VecDeque<LabRequestRecord>>,
    /// The number of the newest request.
    newest: watch::Sender<u64>,
    jars: Mutex<HashMap<String, Jar>>,
    pub clock: Arc<MovableClock>,
    entropy: Arc<dyn Entropy>,
    signer: LateSigner,
    key_arrived: Notify,
}

impl Shared {
    /// A lab around a world.
    pub fn new(
        world: World,
        clock: Arc<MovableClock>,
        entropy: Arc<dyn Entropy>,
        signer: LateSigner,
    ) -> Self {
        Self {
            world: Mutex::new(world),
            log: Mutex::new(VecDeque::new()),
            newest: watch::Sender::new(0),
            jars: Mutex::new(HashMap::new()),
            clock,
            entropy,
            signer,
            key_arrived: Notify::new(),
        }
    }

    /// The world. A panic elsewhere (there is none) would not take the lab down.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The browsers of the lab's users, by name.
    pub fn jars(&self) -> MutexGuard<'_, HashMap<String, Jar>> {
        self.jars.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Random source and key.
    pub fn kit(&self) -> Kit<'_> {
        Kit {
            entropy: &*self.entropy,
            signer: &self.signer,
        }
    }

    /// Answers a request and writes it into the log.
    pub fn answer(&self, ask: &Ask) -> Answer {
        let signatures = LateSignatures::new(&self.signer, &*self.entropy);
        let kit = Kit {
            entropy: &*self.entropy,
            signer: &signatures,
        };
        let mut given = answer(&mut self.world(), ask, self.clock.now(), kit);
        signatures.sign_all(&mut given);
        if given.status == 200 && ask.path == "/lab/requests" {
            given.body = serde_json::to_vec(&self.requests()).unwrap_or_default();
        }
        self.move_clock(given.clock);
        self.record(ask, given)
    }

    /// Moves the clock as a change of the world says; after a reset the users' browsers forget as well.
    pub fn move_clock(&self, clock: Option<ClockMove>) {
        match clock {
            Some(ClockMove::Advance(by)) => self.clock.advance(by),
            Some(ClockMove::Reset) => {
                self.clock.reset();
                self.jars().clear();
            }
            None => {}
        }
    }

    /// Writes an answer into the log.
    pub fn record(&self, ask: &Ask, answer: Answer) -> Answer {
        let mut kept = record(&self.world(), ask, &answer, self.clock.now());
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        if log.len() >= REMEMBERED {
            log.pop_front();
        }
        let id = *self.newest.borrow() + 1;
        kept.id = id;
        log.push_back(kept);
        self.newest.send_replace(id);
        answer
    }

    /// Tells the number of the newest request, whenever there is a new one.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.newest.subscribe()
    }

    /// What was logged after the request of a number, oldest first.
    pub fn requests_since(&self, id: u64) -> Vec<LabRequestRecord> {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        let from = log.partition_point(|request| request.id <= id);
        log.range(from..).cloned().collect()
    }

    /// The log, oldest first.
    pub fn requests(&self) -> Vec<LabRequestRecord> {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.iter().cloned().collect()
    }

    /// Waits for the signing key, if the request may need it and it is still in the making.
    pub async fn key_for(&self, ask: &Ask) {
        let needs = ["token", "keys", "api", "userinfo"]
            .iter()
            .any(|word| ask.path.contains(word));
        while needs && !self.signer.is_ready() {
            let arrived = self.key_arrived.notified();
            if self.signer.is_ready() {
                return;
            }
            arrived.await;
        }
    }

    /// Tells those who wait that the key is there.
    pub fn key_is_there(&self) {
        self.key_arrived.notify_waiters();
    }
}
