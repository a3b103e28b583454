//! What listeners, the handle and the lab's user share: the world behind a lock, the clock, the key, the log.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, watch};

use super::answer::answer;
use super::ask::{Answer, Ask, ClockMove};
use super::change;
use super::fault;
use super::kit::Kit;
use super::late_signature::LateSignatures;
use super::log::Log;
use super::signer::LateSigner;
use super::walk::Jar;
use super::world::World;
use crate::model::demand::TlsFault;
use crate::model::{LabRequestRecord, Problem, WorldChange};
use crate::ports::{Clock, Entropy, MovableClock};

/// The running lab.
pub struct Shared {
    world: Mutex<World>,
    log: Mutex<Log>,
    /// The number of the newest request.
    newest: watch::Sender<u64>,
    jars: Mutex<HashMap<String, Jar>>,
    pub clock: Arc<MovableClock>,
    entropy: Arc<dyn Entropy>,
    signer: LateSigner,
    key_arrived: Notify,
    /// What is wrong with the certificate; open connections hear of a change and end.
    certificate: watch::Sender<Option<TlsFault>>,
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
            log: Mutex::new(Log::default()),
            newest: watch::Sender::new(0),
            jars: Mutex::new(HashMap::new()),
            clock,
            entropy,
            signer,
            key_arrived: Notify::new(),
            certificate: watch::Sender::new(None),
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
        Kit::new(&*self.entropy, &self.signer)
    }

    /// Answers a request and writes it into the log.
    pub fn answer(&self, ask: &Ask) -> Answer {
        let signatures = LateSignatures::new(&self.signer, &*self.entropy);
        let kit = Kit::new(&*self.entropy, &signatures);
        let mut world = self.world();
        let mut given = answer(&mut world, ask, self.clock.now(), kit);
        self.show_certificate(&world);
        drop(world);
        signatures.sign_all(&mut given);
        if let Some(id) = given.log_since {
            given.body = serde_json::to_vec(&self.requests_since(id)).unwrap_or_default();
        }
        self.move_clock(given.clock);
        self.record(ask, given)
    }

    /// Changes the world.
    ///
    /// # Errors
    /// A change that does not fit the world.
    pub fn change(&self, change: WorldChange) -> Result<(), Problem> {
        let mut world = self.world();
        let at = world.orders.time(self.clock.now());
        let clock = change::apply(&mut world, change, at, &self.kit())?;
        self.show_certificate(&world);
        drop(world);
        self.move_clock(clock);
        Ok(())
    }

    /// What is wrong with the certificate, now and from now on.
    pub fn certificate(&self) -> watch::Receiver<Option<TlsFault>> {
        self.certificate.subscribe()
    }

    fn show_certificate(&self, world: &World) {
        let now = fault::of_certificate(world);
        self.certificate.send_if_modified(|shown| {
            let differs = *shown != now;
            *shown = now;
            differs
        });
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
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        let id = log.write(self.clock.now(), ask, &answer);
        self.newest.send_replace(id);
        answer
    }

    /// Tells the number of the newest request, whenever there is a new one.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.newest.subscribe()
    }

    /// The log, oldest first.
    pub fn requests(&self) -> Vec<LabRequestRecord> {
        self.requests_since(0)
    }

    /// The records after the one of this number.
    pub fn requests_since(&self, id: u64) -> Vec<LabRequestRecord> {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.since(id)
    }

    /// Waits for the signing key, if the request may need it and it is still in the making.
    pub async fn key_for(&self, ask: &Ask) {
        if self.signer.is_ready() {
            return;
        }
        // Pages sign as well, where an app takes its tokens straight from them.
        let needs = [
            "token",
            "keys",
            "api",
            "userinfo",
            "introspect",
            "/me",
            "login",
            "logout",
        ]
        .iter()
        .any(|word| ask.path.contains(word))
            || ask.query.contains("token");
        if needs {
            self.key().await;
        }
    }

    /// Waits for the signing key, if it is still in the making.
    pub async fn key(&self) {
        while !self.signer.is_ready() {
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
