//! A run on a test bench: scripted network, a clock that follows the runtime's, and both channels in hand.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::flows::{Context, Control, End, Report, run};
use crate::grants::testing::at;
use crate::model::{Activity, Exchange, Moment, Redacted, Request, RunSpec, TokenFacts};
use crate::ports::{Browser, Clipboard, Clock, Entropy, Env, MovableClock, Ports};
use crate::tokens::TokenCache;
use crate::wire::scripted::ScriptedTransport;

/// Follows the runtime's clock, so that paused time is passed time.
struct Runtime(Instant);

impl Clock for Runtime {
    fn now(&self) -> Moment {
        at(0).plus(self.0.elapsed())
    }
}

/// Counts up.
struct Counting(AtomicU8);

impl Entropy for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        for byte in buffer {
            *byte = self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Remembers what it was to open.
#[derive(Default)]
pub struct Remembering(Mutex<Vec<String>>);

impl Browser for Remembering {
    fn open(&self, url: &str) -> bool {
        self.0.lock().unwrap().push(url.to_owned());
        true
    }
}

struct Nothing;

impl Clipboard for Nothing {
    fn put(&self, _: &Redacted<String>) -> bool {
        false
    }
}

impl Env for Nothing {
    fn var(&self, _: &str) -> Option<String> {
        None
    }
}

/// The bench.
pub struct Rig {
    pub clock: Arc<MovableClock>,
    pub browser: Arc<Remembering>,
    pub transport: Arc<ScriptedTransport>,
    pub context: Context<ScriptedTransport>,
}

/// A run on the bench.
pub struct Running {
    pub control: mpsc::UnboundedSender<Control>,
    pub report: mpsc::UnboundedReceiver<Report>,
    pub task: JoinHandle<End>,
    pub events: Vec<String>,
    pub exchanges: Vec<Exchange>,
}

impl Rig {
    pub fn new() -> Self {
        let clock = Arc::new(MovableClock::new(Arc::new(Runtime(Instant::now()))));
        let browser = Arc::new(Remembering::default());
        let transport = Arc::new(ScriptedTransport::new(clock.clone()));
        let context = Context {
            transport: Arc::clone(&transport),
            cache: Arc::new(Mutex::new(TokenCache::default())),
            ports: Ports {
                clock: clock.clone(),
                entropy: Arc::new(Counting(AtomicU8::new(0))),
                browser: browser.clone(),
                clipboard: Arc::new(Nothing),
                env: Arc::new(Nothing),
                keyring: Arc::new(crate::ports::MemoryKeyring::default()),
            },
            open_browser: true,
        };
        Self {
            clock,
            browser,
            transport,
            context,
        }
    }

    /// With the metadata of an Entra tenant scripted as the first answer.
    pub fn entra() -> Self {
        let rig = Self::new();
        rig.transport.json(200, METADATA);
        rig
    }

    pub fn start(&self, spec: RunSpec) -> Running {
        let (control, commands) = mpsc::unbounded_channel();
        let (reports, report) = mpsc::unbounded_channel();
        Running {
            task: tokio::spawn(run(spec, self.context.clone(), commands, reports)),
            control,
            report,
            events: Vec::new(),
            exchanges: Vec::new(),
        }
    }

    /// Runs to the end with nobody interfering.
    pub async fn finish(&self, spec: RunSpec) -> (End, Running) {
        let mut running = self.start(spec);
        let end = running.end().await;
        (end, running)
    }

    pub fn clock_now(&self) -> Moment {
        self.clock.now()
    }

    pub fn asked(&self) -> Vec<Request> {
        self.transport.asked()
    }

    pub fn opened(&self) -> Vec<String> {
        self.browser.0.lock().unwrap().clone()
    }
}

impl Running {
    /// Reads reports up to the first activity that fits.
    pub async fn until(&mut self, fits: impl Fn(&Activity) -> bool) -> Activity {
        loop {
            match self.report.recv().await.expect("the run ended too early") {
                Report::Doing(activity) if fits(&activity) => return activity,
                other => self.note(other),
            }
        }
    }

    fn note(&mut self, report: Report) {
        match report {
            Report::Logged(event) => self.events.push(event.what),
            Report::Exchanged(exchange) => self.exchanges.push(exchange),
            Report::Doing(_) | Report::Proved(_) => {}
        }
    }

    pub async fn end(&mut self) -> End {
        let end = (&mut self.task).await.unwrap();
        while let Ok(report) = self.report.try_recv() {
            self.note(report);
        }
        end
    }

    pub fn tell(&self, control: Control) {
        self.control.send(control).unwrap();
    }
}

/// Ada's access token.
pub const ACCESS: &str = "at-0123456789abcdefgh";

pub const METADATA: &str = r#"{
    "issuer": "https://login.microsoftonline.com/t1/v2.0",
    "authorization_endpoint": "https://login.microsoftonline.com/t1/oauth2/v2.0/authorize",
    "token_endpoint": "https://login.microsoftonline.com/t1/oauth2/v2.0/token",
    "device_authorization_endpoint": "https://login.microsoftonline.com/t1/oauth2/v2.0/devicecode",
    "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"]
}"#;

/// A token reply for ada, with this nonce in the ID token.
pub fn tokens_for_ada(nonce: &str) -> String {
    let part = |json: &str| URL_SAFE_NO_PAD.encode(json);
    let claims = format!(
        r#"{{"sub":"s","oid":"u1","tid":"t1","preferred_username":"ada@contoso.example","nonce":"{nonce}"}}"#
    );
    let id = format!("{}.{}.c2ln", part(r#"{"alg":"RS256"}"#), part(&claims));
    let info = part(r#"{"uid":"u1","utid":"t1"}"#);
    format!(
        r#"{{"token_type":"Bearer","scope":"User.Read openid profile","expires_in":3600,"access_token":"{ACCESS}","refresh_token":"rt-0123456789abcdefgh","id_token":"{id}","client_info":"{info}"}}"#
    )
}

pub fn granted(end: End) -> TokenFacts {
    match end {
        End::Granted(facts) => *facts,
        other => panic!("{other:?}"),
    }
}
