//! What an acquisition costs beside its reply: the explorer's session runs client credentials against the lab over https
//! again and again on one connection, and reqwest alone sends the same POST in the same minute.
//!
//! `cargo bench --bench acquire`, or with `-- quick` for a fifth of the time. Nothing passes or fails: a machine is never
//! quiet enough for that; every row has its target beside it. How long the whole program takes beside curl and MSAL
//! Python is told by `tests/benches/run acquire`.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value as Json;
use tokenscope::host;
use tokenscope::model::{
    Authority, ClientKind, Credential, Ending, Flow, Outcome, RunSpec, Secret, SecretKind,
};
use tokenscope::ports::MovableClock;
use tokenscope::redact::Redactor;
use tokenscope::session::{self, LogFile, Notice, Session, Setup};
use tokenscope::settings::guard::PasswordGuard;
use tokenscope::settings::throttle::ThrottleBook;
use url::form_urlencoded::Serializer;

const SCOPE: &str = "https://graph.microsoft.com/.default";

/// The lab in a process of its own.
struct Lab {
    process: Child,
    told: Json,
}

impl Drop for Lab {
    fn drop(&mut self) {
        // One that is gone already needs no end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Lab {
    fn start(folder: &std::path::Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_tokenscope"))
            .args(["lab", "--listen", "127.0.0.1:0", "--output", "json"])
            .arg("--config")
            .arg(folder.join("config"))
            .arg("--data")
            .arg(folder.join("lab"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the lab starts");
        let mut line = String::new();
        let mut stdout = BufReader::new(process.stdout.take().expect("its output"));
        stdout.read_line(&mut line).expect("a line");
        std::thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()));
        let told = serde_json::from_str(&line).expect("JSON");
        Self { process, told }
    }

    fn text(&self, name: &str) -> &str {
        self.told[name].as_str().expect("a text")
    }

    fn daemon(&self, name: &str) -> &str {
        let clients = self.told["clients"].as_array().expect("clients");
        let daemon = clients.iter().find(|client| client["secret"].is_string());
        daemon
            .and_then(|client| client[name].as_str())
            .expect("a client with a secret")
    }

    fn spec(&self) -> RunSpec {
        let authority = Authority::parse(self.text("authority")).expect("an authority");
        let secret = Secret::new(SecretKind::ClientSecret, self.daemon("secret"));
        let mut spec = RunSpec {
            client_kind: ClientKind::Daemon,
            scopes: vec![SCOPE.into()],
            credential: Credential::Secret(secret),
            ..RunSpec::new(authority, self.daemon("id"), Flow::ClientCredentials)
        };
        spec.options.ca_file = Some(self.text("ca").into());
        spec
    }
}

fn setup(folder: &std::path::Path) -> Setup {
    let ports = host::ports();
    Setup {
        lab_clock: Arc::new(MovableClock::new(Arc::clone(&ports.clock))),
        ports,
        data_dir: folder.join("data"),
        lab_https: false,
        history: Some(folder.join("history.db")),
        history_limit: 1000,
        guard: PasswordGuard::new(folder),
        throttle: ThrottleBook::new(folder),
        saved: None,
        own_entries: Vec::new(),
        redactor: Arc::new(Redactor::new([7; 16])),
        log: LogFile::off(),
        open_browser: false,
    }
}

/// From the command to the end of its run: the whole, and what of it was the wire's.
async fn run(session: &mut Session, spec: &RunSpec) -> (Duration, Duration) {
    let began = Instant::now();
    let command = session::Command::Begin(Box::new(spec.clone()));
    session
        .commands
        .send(command)
        .expect("the session takes it");
    let mut wire = Duration::ZERO;
    loop {
        match session.notices.recv().await.expect("the session tells") {
            Notice::Exchanged(_, exchange) => wire += exchange.phases.total(),
            Notice::Ended(_, ending) => {
                let took = began.elapsed();
                let Ending { outcome, .. } = *ending;
                assert_eq!(outcome, Outcome::Granted);
                return (took, wire);
            }
            _ => {}
        }
    }
}

async fn post(client: &reqwest::Client, address: &str, body: &str) -> Duration {
    let began = Instant::now();
    let request = client
        .post(address)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(body.to_owned());
    let reply = request.send().await.expect("an answer");
    let whole = reply.bytes().await.expect("a body");
    let took = began.elapsed();
    let told: Json = serde_json::from_slice(&whole).expect("JSON");
    assert!(told["access_token"].is_string());
    took
}

fn median(samples: &mut [Duration]) -> f64 {
    samples.sort_unstable();
    samples[samples.len() / 2].as_secs_f64() * 1e3
}

fn main() {
    let quick = std::env::args().any(|word| word == "quick");
    let rounds = if quick { 200 } else { 1000 };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(measure(rounds));
}

async fn measure(rounds: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let lab = Lab::start(folder.path());
    let spec = lab.spec();
    let mut session = session::start(setup(folder.path()));
    let ca = std::fs::read(lab.text("ca")).expect("the certificate");
    let ca = reqwest::Certificate::from_pem(&ca).expect("a certificate");
    let client = reqwest::Client::builder().tls_certs_only([ca]).build();
    let client = client.expect("a client");
    let address = format!("{}/oauth2/v2.0/token", lab.text("authority"));
    let mut body = Serializer::new(String::new());
    body.extend_pairs([
        ("grant_type", "client_credentials"),
        ("client_id", lab.daemon("id")),
        ("client_secret", lab.daemon("secret")),
        ("scope", SCOPE),
    ]);
    let body = body.finish();
    let (mut whole, mut wire, mut own, mut alone) = (vec![], vec![], vec![], vec![]);
    for round in 0..rounds + 20 {
        let (took, on_wire) = run(&mut session, &spec).await;
        let bare = post(&client, &address, &body).await;
        // The first ones connect and learn of the server.
        if round >= 20 {
            whole.push(took);
            wire.push(on_wire);
            own.push(took.saturating_sub(on_wire));
            alone.push(bare);
        }
    }
    let (whole, wire, own, alone) = (
        median(&mut whole),
        median(&mut wire),
        median(&mut own),
        median(&mut alone),
    );
    let rows = [
        ("an acquisition, from the key press to its end", whole, ""),
        ("  of it on the wire", wire, ""),
        ("  of it in the program", own, "<= 0.3"),
        ("reqwest alone, the same POST", alone, ""),
        (
            "  what an acquisition takes longer",
            whole - alone,
            "<= 0.3",
        ),
    ];
    let mut out = std::io::stdout().lock();
    for (what, milliseconds, target) in rows {
        // A closed pipe ends the report, not the measurement.
        let _ = writeln!(out, "{what:<48} {milliseconds:>8.3} ms  {target}");
    }
}
