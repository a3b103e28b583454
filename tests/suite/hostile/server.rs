//! A tiny server that answers whatever a test wants, byte for byte, and remembers what it was asked.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What it was asked.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub path: String,
    pub head: String,
    pub body: String,
}

impl Asked {
    /// A field of the form.
    pub fn field(&self, name: &str) -> Option<String> {
        url::form_urlencoded::parse(self.body.as_bytes())
            .find(|(found, _)| found == name)
            .map(|(_, value)| value.into_owned())
    }

    pub fn is_token(&self) -> bool {
        self.path.starts_with("/token")
    }
}

/// What it does about it.
pub enum Deed {
    /// Sends these bytes and closes.
    Say(Vec<u8>),
    /// Writes as it likes, until it is done or nobody reads any more.
    Write(Box<dyn FnOnce(&mut TcpStream) + Send>),
    /// Closes without a word.
    Hang,
}

/// A server that ends with the test.
pub struct Server {
    pub base: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Answers everything by `answer`.
    pub fn start(answer: impl Fn(&Asked) -> Deed + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("it is bound"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (noted, answer) = (Arc::clone(&asked), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (noted, answer) = (Arc::clone(&noted), Arc::clone(&answer));
                thread::spawn(move || serve(stream, &noted, answer.as_ref()));
            }
        });
        Self { base, asked }
    }

    /// An issuer whose metadata is sound; `answer` answers everything else.
    pub fn issuer(answer: impl Fn(&Asked) -> Deed + Send + Sync + 'static) -> Self {
        Self::issuer_with("", answer)
    }

    /// An issuer with further members in its metadata, each with a comma before it; `BASE` stands for its address.
    pub fn issuer_with(
        members: &'static str,
        answer: impl Fn(&Asked) -> Deed + Send + Sync + 'static,
    ) -> Self {
        Self::start(move |asked| {
            if asked.path == "/.well-known/openid-configuration" {
                json(200, metadata(&asked.base(), members).as_bytes())
            } else {
                answer(asked)
            }
        })
    }

    /// An issuer whose token endpoint always says this.
    pub fn saying(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        Self::issuer(move |_| json(status, &body))
    }

    /// What it was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("nobody panicked").clone()
    }

    /// How often a token was asked for.
    pub fn tokens_asked(&self) -> usize {
        self.asked().iter().filter(|asked| asked.is_token()).count()
    }
}

impl Asked {
    /// The address it was asked under.
    pub fn base(&self) -> String {
        format!("http://{}", self.host())
    }

    fn host(&self) -> String {
        let line = self
            .head
            .lines()
            .find(|line| line.to_ascii_lowercase().starts_with("host:"));
        line.map(|line| line[5..].trim().to_owned())
            .unwrap_or_default()
    }
}

/// Metadata that keeps to its own address.
pub fn metadata(base: &str, members: &str) -> String {
    let members = members.replace("BASE", base);
    format!(
        r#"{{"issuer":"{base}","authorization_endpoint":"{base}/authorize","token_endpoint":"{base}/token",
        "device_authorization_endpoint":"{base}/device","token_endpoint_auth_methods_supported":["client_secret_post"]{members}}}"#
    )
}

/// A JSON reply.
pub fn json(status: u16, body: &[u8]) -> Deed {
    reply(status, "Content-Type: application/json\r\n", body)
}

/// A reply with these header lines.
pub fn reply(status: u16, headers: &str, body: &[u8]) -> Deed {
    let mut bytes = format!(
        "HTTP/1.1 {status} X\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    Deed::Say(bytes)
}

fn serve(mut stream: TcpStream, noted: &Mutex<Vec<Asked>>, answer: &dyn Fn(&Asked) -> Deed) {
    let _ = stream.set_read_timeout(Some(Duration::from_mins(1)));
    let Some(asked) = read(&mut stream) else {
        return;
    };
    noted.lock().expect("nobody panicked").push(asked.clone());
    match answer(&asked) {
        Deed::Say(bytes) => {
            let _ = stream.write_all(&bytes);
        }
        Deed::Write(write) => write(&mut stream),
        Deed::Hang => {}
    }
    let _ = stream.shutdown(Shutdown::Both);
}

fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        if let Some(asked) = whole(&bytes) {
            return Some(asked);
        }
        match stream.read(&mut chunk) {
            Ok(count @ 1..) => bytes.extend_from_slice(&chunk[..count]),
            Ok(_) | Err(_) => return None,
        }
    }
}

fn whole(bytes: &[u8]) -> Option<Asked> {
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let length = head
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-length:")?
                .trim()
                .parse()
                .ok()
        })
        .unwrap_or(0);
    let mut words = head.split(' ');
    (body.len() >= length).then(|| Asked {
        path: words.nth(1).unwrap_or_default().to_owned(),
        head: head.to_owned(),
        body: body.to_owned(),
    })
}
