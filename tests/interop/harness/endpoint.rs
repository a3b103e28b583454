//! A token endpoint over https that says, byte for byte, what it is told to say, and counts what it is asked.
//!
//! Each application (a client id, which is also the tenant in its addresses) has a play of acts; `GET /{id}/next` begins
//! the next act and tells what came to the token endpoint in the one before. Every reply ends its connection, so that
//! what the bytes say is all that a library learns.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::json;
use tempfile::TempDir;

use super::certificate::Certificates;
use super::kit;

/// One thing an endpoint does when it is asked.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Sends these bytes, which are a whole HTTP reply or a part of one, and closes.
    Bytes(Vec<u8>),
    /// Sends them after a while.
    Late(Duration, Vec<u8>),
    /// Closes without a word.
    Hangup,
}

/// What an application is told, act by act. Within an act the last answer is repeated.
#[derive(Clone, Debug)]
pub struct Play {
    /// Instead of the usual metadata.
    pub discovery: Option<Answer>,
    /// The token endpoint's answers.
    pub acts: Vec<Vec<Answer>>,
    /// What a request is told that a redirect sent elsewhere: one with the form, one without.
    pub elsewhere: [Answer; 2],
    /// How often a device code is to be asked for, in seconds, and how long it lives.
    pub device: (u32, u32),
}

/// The servers and what they know.
pub struct Endpoint {
    /// `127.0.0.1:PORT` of the token endpoint.
    pub host: String,
    /// A second one, for redirects to another host.
    pub other: String,
    plays: Arc<Mutex<HashMap<String, Running>>>,
    files: TempDir,
    ca: PathBuf,
}

struct Running {
    play: Play,
    act: usize,
    asked: Vec<Instant>,
    /// How many device codes were given.
    started: usize,
}

impl Endpoint {
    pub fn start() -> Self {
        let files = kit::folder();
        let made = Certificates::make(files.path());
        let certificate = CertificateDer::from_pem_file(&made.certificate).expect("a certificate");
        let key = PrivateKeyDer::from_pem_file(&made.key).expect("a key");
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .expect("a server configuration");
        let (config, plays) = (Arc::new(config), Arc::default());
        let serve = || {
            let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
            let address = listener.local_addr().expect("an address").to_string();
            let (config, plays, own) = (Arc::clone(&config), Arc::clone(&plays), address.clone());
            thread::spawn(move || accept(&listener, &config, &plays, &own));
            address
        };
        let (host, other) = (serve(), serve());
        Self {
            host,
            other,
            plays,
            files,
            ca: made.ca,
        }
    }

    /// The authority to trust.
    pub fn ca(&self) -> &Path {
        assert!(self.files.path().exists());
        &self.ca
    }

    /// Says what an application is to be told.
    pub fn stage(&self, application: &str, play: Play) {
        let running = Running {
            play,
            act: 0,
            asked: Vec::new(),
            started: 0,
        };
        lock(&self.plays).insert(application.to_owned(), running);
    }
}

type Plays = Mutex<HashMap<String, Running>>;

fn lock(plays: &Plays) -> std::sync::MutexGuard<'_, HashMap<String, Running>> {
    plays.lock().unwrap_or_else(PoisonError::into_inner)
}

fn accept(listener: &TcpListener, config: &Arc<ServerConfig>, plays: &Arc<Plays>, own: &str) {
    for stream in listener.incoming().flatten() {
        let (config, plays, own) = (Arc::clone(config), Arc::clone(plays), own.to_owned());
        thread::spawn(move || {
            // A client that goes away in the middle of something is no concern of this side.
            let _ = serve(stream, config, &plays, &own);
        });
    }
}

fn serve(
    stream: TcpStream,
    config: Arc<ServerConfig>,
    plays: &Plays,
    own: &str,
) -> std::io::Result<()> {
    let connection = ServerConnection::new(config).map_err(std::io::Error::other)?;
    let mut tls = BufReader::new(StreamOwned::new(connection, stream));
    let Some((path, form)) = request(&mut tls)? else {
        return Ok(());
    };
    let mut tls = tls.into_inner();
    let (id, told) = answer(plays, own, &path, &form);
    match told {
        Answer::Hangup => {}
        Answer::Bytes(bytes) => tls.write_all(&filled(&bytes, &id, SystemTime::now()))?,
        Answer::Late(wait, bytes) => {
            thread::sleep(wait);
            tls.write_all(&bytes)?;
        }
    }
    tls.conn.send_close_notify();
    tls.flush()
}

/// The path without its query, and the body.
fn request(from: &mut impl BufRead) -> std::io::Result<Option<(String, String)>> {
    let mut line = String::new();
    if from.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let target = line.split(' ').nth(1).unwrap_or_default();
    let path = target.split('?').next().unwrap_or_default().to_owned();
    let mut length = 0;
    loop {
        let mut header = String::new();
        from.read_line(&mut header)?;
        if header.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body)?;
    Ok(Some((path, String::from_utf8_lossy(&body).into_owned())))
}

/// A whole reply: status line, headers, body.
pub fn reply(status: u16, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Said\r\nConnection: close\r\n");
    for (name, value) in headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    // A hole in the body makes the length unknown; the end of the connection tells it then.
    let length = if body.contains("{now}") {
        String::new()
    } else {
        format!("Content-Length: {}\r\n", body.len())
    };
    format!("{head}{length}\r\n{body}").into_bytes()
}

/// The bytes with their holes filled: `{now}` as a time, `{in 2 s}` as a date of HTTP, `{id}` as the application.
pub fn filled(bytes: &[u8], id: &str, now: SystemTime) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    if !["{now}", "{in 2 s}", "{id}"]
        .iter()
        .any(|hole| text.contains(hole))
    {
        return bytes.to_vec();
    }
    let time = jiff::Timestamp::try_from(now).expect("a time of our days");
    text.replace("{now}", &time.strftime("%Y-%m-%d %H:%M:%SZ").to_string())
        .replace(
            "{in 2 s}",
            &httpdate::fmt_http_date(now + Duration::from_secs(2)),
        )
        .replace("{id}", id)
        .into_bytes()
}

fn json_reply(body: &serde_json::Value) -> Answer {
    let headers = [("Content-Type", "application/json; charset=utf-8")];
    Answer::Bytes(reply(200, &headers, &body.to_string()))
}

/// Who asks, and what they are told.
fn answer(plays: &Plays, own: &str, path: &str, form: &str) -> (String, Answer) {
    let mut parts = path.trim_start_matches('/').splitn(2, '/');
    let tenant = parts.next().unwrap_or_default();
    let rest = parts.next().unwrap_or_default();
    let mut plays = lock(plays);
    // An AD FS has no tenant in its addresses: there the form says who asks.
    let client = url::form_urlencoded::parse(form.as_bytes())
        .find(|(name, _)| name == "client_id")
        .map(|(_, value)| value.into_owned());
    let id = match client {
        Some(client) if tenant == "adfs" => client,
        Some(_) | None => tenant.to_owned(),
    };
    let base = format!("https://{own}/{tenant}");
    let told = match plays.get_mut(&id) {
        Some(running) => running.answer(&id, &base, rest, form),
        None if rest.ends_with(METADATA) => metadata(&base),
        None => nobody(),
    };
    (id, told)
}

const METADATA: &str = ".well-known/openid-configuration";

fn nobody() -> Answer {
    Answer::Bytes(reply(404, &[], ""))
}

impl Running {
    fn answer(&mut self, id: &str, base: &str, path: &str, form: &str) -> Answer {
        if path.ends_with(METADATA) {
            return match self.play.discovery.clone() {
                Some(told) => {
                    self.asked.push(Instant::now());
                    told
                }
                None => metadata(base),
            };
        }
        match path {
            "devicecode" => self.start_device(id),
            "next" => self.next_act(),
            "token" | "oauth2/v2.0/token" => {
                let number = self.asked.len();
                self.asked.push(Instant::now());
                let act = self.play.acts.get(self.act);
                let told = act.and_then(|act| act.get(number).or(act.last()));
                told.cloned().unwrap_or_else(nobody)
            }
            // Where redirects lead: a token for whoever brings the form with the secret, a page for everybody else.
            "elsewhere" => {
                self.asked.push(Instant::now());
                let told = usize::from(!form.contains("client_secret="));
                self.play.elsewhere[told].clone()
            }
            _ => nobody(),
        }
    }

    fn start_device(&mut self, id: &str) -> Answer {
        let (interval, expires_in) = self.play.device;
        self.started += 1;
        json_reply(&json!({
            "device_code": format!("device-code-{}-of-{id}", self.started), "user_code": "ABCD-EFGH",
            "verification_uri": "https://contoso.example/device", "message": "Enter the code.",
            "interval": interval, "expires_in": expires_in,
        }))
    }

    fn next_act(&mut self) -> Answer {
        let gaps: Vec<f64> = self
            .asked
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).as_secs_f64())
            .collect();
        let said = json!({ "requests": self.asked.len(), "gaps": gaps });
        self.act += 1;
        self.asked.clear();
        json_reply(&said)
    }
}

fn metadata(base: &str) -> Answer {
    json_reply(&json!({
        "issuer": format!("{base}/v2.0"),
        "authorization_endpoint": format!("{base}/authorize"),
        "token_endpoint": format!("{base}/token"),
        "device_authorization_endpoint": format!("{base}/devicecode"),
        "jwks_uri": format!("{base}/keys"),
    }))
}
