//! What the lab's tests share: a world, a key, a repeatable random source, and a way to ask.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value as Json;

use super::answer::answer;
use super::ask::{Answer, Ask};
use super::change;
use super::file;
use super::handle::Walk;
use super::kit::Kit;
use super::signer::{LateSigner, RsaSigner};
use super::walk::{Jar, Person, walk};
use super::world::World;
use crate::model::{Moment, UserAct, WorldChange};
use crate::ports::Entropy;

/// Bytes that differ from call to call and repeat from run to run.
#[derive(Default)]
pub struct Counting(AtomicU64);

impl Entropy for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        for byte in buffer {
            let n = self
                .0
                .fetch_add(1, Ordering::Relaxed)
                .wrapping_mul(0x9e37_79b9_7f4a_7c15);
            *byte = n.to_be_bytes()[0] ^ n.to_be_bytes()[3];
        }
    }
}

/// One ring of keys for all tests.
pub fn signer() -> &'static LateSigner {
    static KEYS: OnceLock<LateSigner> = OnceLock::new();
    KEYS.get_or_init(|| {
        let keys = LateSigner::default();
        keys.arrive(RsaSigner::generate().unwrap());
        keys
    })
}

/// The built-in world.
pub fn world() -> World {
    let file = file::read(file::BUILT_IN.0, file::BUILT_IN.1).unwrap();
    let entropy = Counting::default();
    World::new(&file, &Kit::new(&entropy, signer()))
}

/// A lab without sockets.
pub struct Bench {
    pub world: World,
    pub at: Moment,
    pub entropy: Counting,
}

pub const BASE: &str = "https://localhost:8443";

impl Bench {
    pub fn new() -> Self {
        Self {
            world: world(),
            at: Moment::from_seconds(1_795_356_131),
            entropy: Counting::default(),
        }
    }

    pub fn ask(&mut self, ask: &Ask) -> Answer {
        let kit = Kit::new(&self.entropy, signer());
        let answer = answer(&mut self.world, ask, self.at, kit);
        if let Some(super::ask::ClockMove::Advance(by)) = answer.clock {
            self.at = self.at.plus(by);
        }
        answer
    }

    pub fn get(&mut self, path: &str) -> Answer {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        self.ask(&Ask {
            method: "GET".into(),
            base: BASE.into(),
            path: path.into(),
            query: query.into(),
            ..Ask::default()
        })
    }

    pub fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        self.ask(&Ask {
            method: "POST".into(),
            base: BASE.into(),
            path: path.into(),
            query: query.into(),
            headers: vec![(
                "content-type".into(),
                "application/x-www-form-urlencoded".into(),
            )],
            body: body.into_bytes(),
        })
    }

    /// A form given as text; `{daemon}`, `{desktop}`, `{secret}` and `{graph}` stand for what they name.
    pub fn told(&mut self, path: &str, form: &str) -> Answer {
        let (daemon, secret) = self.client("contoso-daemon");
        let (desktop, _) = self.client("contoso-desktop");
        let form = form
            .replace("{daemon}", &daemon)
            .replace("{desktop}", &desktop)
            .replace("{secret}", &secret.replace('~', "%7E"))
            .replace("{graph}", "https://graph.microsoft.com");
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(form.as_bytes())
            .into_owned()
            .collect();
        let pairs: Vec<(&str, &str)> = pairs
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        self.post(path, &pairs)
    }

    pub fn token(&mut self, form: &[(&str, &str)]) -> (u16, Json) {
        let answer = self.post("/contoso.example/oauth2/v2.0/token", form);
        (answer.status, json(&answer))
    }

    pub fn change(&mut self, words: &str) {
        let change = WorldChange::parse(words).unwrap();
        let kit = Kit::new(&self.entropy, signer());
        let clock = change::apply(&mut self.world, change, self.at, &kit).unwrap();
        if let Some(super::ask::ClockMove::Advance(by)) = clock {
            self.at = self.at.plus(by);
        }
    }

    /// The lab's user walks.
    pub fn walk(&mut self, name: &str, jar: &mut Jar, url: &str, act: UserAct) -> Walk {
        let person = Person {
            name: name.into(),
            password: self
                .world
                .user(name)
                .map(|u| u.password.clone())
                .unwrap_or_default(),
            new_password: "simulated-renewed".into(),
        };
        walk(&mut |ask| self.ask(ask), &person, jar, url, act)
    }

    /// The code that Ada's sign-in at an address ends with.
    pub fn code(&mut self, url: &str) -> String {
        let walked = self.walk(
            "ada@contoso.example",
            &mut Jar::default(),
            url,
            UserAct::Completes,
        );
        let Walk::Redirect(to) = walked else {
            panic!("{walked:?}")
        };
        let to = url::Url::parse(&to).unwrap();
        let found = to.query_pairs().find(|(name, _)| name == "code");
        found.unwrap().1.into_owned()
    }

    pub fn client(&self, name: &str) -> (String, String) {
        let client = self.world.clients.iter().find(|c| c.name == name).unwrap();
        let secret = client
            .secrets
            .first()
            .map(|s| s.value.clone())
            .unwrap_or_default();
        (client.id.clone(), secret)
    }
}

pub fn json(answer: &Answer) -> Json {
    serde_json::from_slice(&answer.body)
        .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&answer.body)))
}
