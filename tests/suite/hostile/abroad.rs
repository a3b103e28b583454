//! An authority off this machine: a proxy that answers itself, with a certificate for a name that nobody has.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// The authority's name.
pub const HOST: &str = "issuer.contoso.invalid";

/// A far authority that refuses every password.
pub struct Abroad {
    /// The way there.
    pub proxy: String,
    /// Whom to trust.
    pub ca: String,
    sent: Arc<Mutex<usize>>,
}

impl Abroad {
    pub fn start() -> Self {
        let names = [HOST, "login.contoso.invalid"].map(str::to_owned);
        let pair = rcgen::generate_simple_self_signed(names).expect("a certificate");
        let key = PrivatePkcs8KeyDer::from(pair.signing_key.serialize_der());
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("there are versions")
            .with_no_client_auth()
            .with_single_cert(vec![pair.cert.der().clone()], key.into())
            .expect("they belong together");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let proxy = format!("http://{}", listener.local_addr().expect("it is bound"));
        let (config, sent) = (Arc::new(config), Arc::new(Mutex::new(0)));
        let counted = Arc::clone(&sent);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (config, counted) = (Arc::clone(&config), Arc::clone(&counted));
                thread::spawn(move || answer(stream, config, &counted));
            }
        });
        Self {
            proxy,
            ca: pair.cert.pem(),
            sent,
        }
    }

    /// How many passwords came.
    pub fn passwords(&self) -> usize {
        *self.sent.lock().expect("nobody panicked")
    }
}

fn head(stream: &mut impl std::io::Read) -> Option<String> {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        bytes.extend(byte);
    }
    String::from_utf8(bytes).ok()
}

fn answer(mut stream: TcpStream, config: Arc<ServerConfig>, counted: &Mutex<usize>) -> Option<()> {
    head(&mut stream)?;
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").ok()?;
    let mut stream = StreamOwned::new(ServerConnection::new(config).ok()?, stream);
    loop {
        let head = head(&mut stream)?;
        let length = head.lines().find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-length:")?
                .trim()
                .parse()
                .ok()
        });
        let mut body = vec![0; length.unwrap_or(0)];
        stream.read_exact(&mut body).ok()?;
        let says = if head.contains("well-known") {
            let base = format!("https://{HOST}");
            format!(r#"{{"issuer":"{base}","token_endpoint":"{base}/token"}}"#)
        } else {
            let has = body.windows(9).any(|w| w == b"password=");
            *counted.lock().expect("nobody panicked") += usize::from(has);
            r#"{"error":"invalid_grant","error_description":"wrong"}"#.to_owned()
        };
        let status = if head.contains("well-known") {
            200
        } else {
            400
        };
        write!(
            stream,
            "HTTP/1.1 {status} X\r\nContent-Length: {}\r\n\r\n{says}",
            says.len()
        )
        .ok()?;
        stream.flush().ok()?;
    }
}
