//! The programs that are asked.

use std::io::{BufRead as _, BufReader};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value as Json;
use tempfile::TempDir;
use url::form_urlencoded::Serializer;

use crate::hammer::{Asked, Blows, hammer};

/// A running server and what is sent to it.
pub struct Server {
    process: Running,
    at: SocketAddr,
    token: Vec<u8>,
    refusal: Vec<u8>,
    metadata: Vec<u8>,
    keys: Vec<u8>,
    /// Where its files are.
    _folder: Option<TempDir>,
}

/// A program that ends with what holds it.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // One that is gone already needs no end.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A started program and the first line that it printed.
fn start(command: &mut Command) -> (Running, Json) {
    let mut process = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the server starts");
    let mut line = String::new();
    let stdout = process.stdout.take().expect("its output");
    let mut stdout = BufReader::new(stdout);
    stdout.read_line(&mut line).expect("a line");
    // The pipe must stay open, and empty.
    std::thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()));
    (Running(process), serde_json::from_str(&line).expect("JSON"))
}

/// Which cores a server may use.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Cores {
    All,
    /// The first alone, so that the program that asks has another for itself.
    First,
}

fn program(program: impl AsRef<std::ffi::OsStr>, cores: Cores) -> Command {
    let several = std::thread::available_parallelism().is_ok_and(|cores| cores.get() > 1);
    let pinning = Command::new("taskset").arg("--version").output().is_ok();
    if cores == Cores::All || !(several && pinning) {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.args(["--cpu-list", "0"]).arg(program);
    command
}

fn lab_command(folder: &Path, cores: Cores) -> Command {
    let mut command = program(env!("CARGO_BIN_EXE_tokenscope"), cores);
    command
        .args([
            "lab",
            "--listen",
            "127.0.0.1:0",
            "--http",
            "--output",
            "json",
        ])
        .arg("--config")
        .arg(folder.join("config"))
        .arg("--data")
        .arg(folder.join("data"));
    command
}

fn split(address: &str) -> (SocketAddr, String) {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = if path.is_empty() {
        String::new()
    } else {
        format!("/{path}")
    };
    (host.parse().expect("a loopback address"), path)
}

fn get(at: SocketAddr, path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: {at}\r\n\r\n").into_bytes()
}

fn post(at: SocketAddr, path: &str, form: &[(&str, &str)]) -> Vec<u8> {
    let mut body = Serializer::new(String::new());
    body.extend_pairs(form);
    let body = body.finish();
    format!(
        "POST {path} HTTP/1.1\r\nHost: {at}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

impl Server {
    /// The lab, as the program starts it.
    pub fn lab(cores: Cores) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (process, told) = start(&mut lab_command(folder.path(), cores));
        let (at, tenant) = split(told["http"].as_str().expect("an http address"));
        let clients = told["clients"].as_array().expect("clients");
        let daemon = clients
            .iter()
            .find(|client| client["secret"].is_string())
            .expect("a client with a secret");
        let text = |name: &str| daemon[name].as_str().unwrap_or_default();
        let form = |secret| {
            let scope = "https://graph.microsoft.com/.default";
            let form = [
                ("grant_type", "client_credentials"),
                ("client_id", text("id")),
                ("client_secret", secret),
                ("scope", scope),
            ];
            post(at, &format!("{tenant}/oauth2/v2.0/token"), &form)
        };
        Self {
            token: form(text("secret")),
            refusal: form("not-the-secret"),
            metadata: get(
                at,
                &format!("{tenant}/v2.0/.well-known/openid-configuration"),
            ),
            keys: get(at, &format!("{tenant}/discovery/v2.0/keys")),
            process,
            at,
            _folder: Some(folder),
        }
    }

    /// npm `oidc-provider`, if it is installed.
    pub fn provider() -> Option<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let kit = root.join(".tests/npm");
        let (node, modules) = (kit.join("node"), kit.join("node_modules"));
        if !node.exists() || !modules.join("oidc-provider").exists() {
            return None;
        }
        let mut command = program(node, Cores::All);
        command
            .arg(root.join("tests/interop/npm/provider.mjs"))
            .env("TEST_MODULES", modules)
            .env("NODE_ENV", "production")
            .env("QUIET", "1");
        let (process, told) = start(&mut command);
        let (at, _) = split(told["issuer"].as_str().expect("an issuer"));
        let form = |secret| {
            let form = [
                ("grant_type", "client_credentials"),
                ("client_id", "daemon"),
                ("client_secret", secret),
            ];
            post(at, "/token", &form)
        };
        Some(Self {
            token: form("daemon-secret-0123456789abcdef"),
            refusal: form("not-the-secret"),
            metadata: get(at, "/.well-known/openid-configuration"),
            keys: get(at, "/jwks"),
            process,
            at,
            _folder: None,
        })
    }

    /// One round.
    pub fn hammered(&self, asked: Asked, connections: usize, time: Duration) -> Blows {
        let (request, status) = match asked {
            Asked::Token => (&self.token, "200"),
            Asked::Refusal => (&self.refusal, "401"),
            Asked::Metadata => (&self.metadata, "200"),
            Asked::Keys => (&self.keys, "200"),
        };
        let (began, before) = (Instant::now(), self.spent());
        let latencies = hammer(self.at, request, status, connections, time);
        Blows {
            latencies,
            took: began.elapsed(),
            spent: self.spent().saturating_sub(before),
        }
    }

    fn about(&self, file: &str) -> String {
        let path = PathBuf::from(format!("/proc/{}/{file}", self.process.0.id()));
        std::fs::read_to_string(path).unwrap_or_default()
    }

    /// User and system time so far, in ticks of a hundredth of a second.
    fn spent(&self) -> Duration {
        let stat = self.about("stat");
        let fields: Vec<&str> = stat
            .rsplit_once(')')
            .map_or("", |(_, rest)| rest)
            .split_whitespace()
            .collect();
        let ticks = |at: usize| fields.get(at).and_then(|f| f.parse::<u64>().ok());
        Duration::from_millis(10 * (ticks(11).unwrap_or(0) + ticks(12).unwrap_or(0)))
    }

    /// Resident memory, in KiB.
    pub fn memory(&self) -> f64 {
        let status = self.about("status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        number.and_then(|n| n.parse().ok()).unwrap_or(f64::NAN)
    }
}

/// Milliseconds from the start of the lab to its first metadata, in folders in which it never was (its keys are not
/// made yet) and in one in which it was: the medians.
pub fn first_answers(samples: usize) -> Vec<(&'static str, f64)> {
    let known = tempfile::tempdir().expect("a folder");
    let mut fresh: Vec<f64> = (0..samples)
        .map(|_| first_answer(tempfile::tempdir().expect("a folder").path()))
        .collect();
    make_keys(known.path());
    let mut again: Vec<f64> = (0..samples).map(|_| first_answer(known.path())).collect();
    fresh.sort_by(f64::total_cmp);
    again.sort_by(f64::total_cmp);
    vec![
        ("first start ever", fresh[samples / 2]),
        ("later starts", again[samples / 2]),
    ]
}

/// Lets a lab run until the key that it makes in the background is kept.
fn make_keys(folder: &Path) {
    let _lab = start(&mut lab_command(folder, Cores::All));
    let key = folder.join("data/lab/signing-key.der");
    let end = Instant::now() + Duration::from_mins(1);
    while !key.exists() {
        assert!(Instant::now() < end, "{} was not made", key.display());
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn first_answer(folder: &Path) -> f64 {
    use std::io::{Read as _, Write as _};
    let began = Instant::now();
    let (_lab, told) = start(&mut lab_command(folder, Cores::All));
    let (at, tenant) = split(told["http"].as_str().expect("an http address"));
    let mut stream = TcpStream::connect(at).expect("a connection");
    let request = get(
        at,
        &format!("{tenant}/v2.0/.well-known/openid-configuration"),
    );
    stream.write_all(&request).expect("a request");
    let mut first = [0; 12];
    stream.read_exact(&mut first).expect("a reply");
    let took = began.elapsed();
    assert_eq!(&first, b"HTTP/1.1 200");
    took.as_secs_f64() * 1e3
}

/// RSA-2048 signatures a second on one core, as `openssl speed` tells.
pub fn signing_limit() -> Option<f64> {
    let said = Command::new("openssl")
        .args(["speed", "-seconds", "2", "rsa2048"])
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let line = said.lines().find(|line| line.starts_with("rsa 2048"))?;
    // `rsa  2048 bits 0.000262s 0.000008s 3810.1 131234.5`: to sign, to verify, signatures and checks a second.
    line.split_whitespace().nth(5)?.parse().ok()
}
