//! Faults over real sockets, as raw bytes.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::pem::PemObject as _;

use crate::lab::testing::Counting;
use crate::lab::{LabHandle, Options, start};
use crate::model::{Moment, WorldChange};
use crate::ports::{Clock, MovableClock};

struct Now;

impl Clock for Now {
    fn now(&self) -> Moment {
        let since = std::time::UNIX_EPOCH.elapsed().unwrap();
        Moment::from_seconds(since.as_secs().try_into().unwrap())
    }
}

const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

struct Trial {
    lab: LabHandle,
    _dir: tempfile::TempDir,
}

/// What came back: everything that was read, and how reading ended.
struct Back {
    bytes: Vec<u8>,
    error: Option<std::io::ErrorKind>,
    took: Duration,
}

impl Back {
    fn head(&self) -> String {
        let text = String::from_utf8_lossy(&self.bytes).into_owned();
        text.split_once("\r\n\r\n")
            .map_or(text.clone(), |(h, _)| h.to_ascii_lowercase())
    }

    fn body(&self) -> &[u8] {
        let end = self.bytes.windows(4).position(|w| w == b"\r\n\r\n");
        end.map_or(&[], |at| &self.bytes[at + 4..])
    }

    fn status(&self) -> u16 {
        let head = self.head();
        head.split(' ')
            .nth(1)
            .and_then(|s| s.parse().ok())
            .unwrap_or_default()
    }

    fn header(&self, name: &str) -> Option<String> {
        let head = self.head();
        head.lines()
            .find_map(|line| line.strip_prefix(&format!("{name}: ")).map(str::to_owned))
    }

    fn length(&self) -> usize {
        self.header("content-length")
            .and_then(|n| n.parse().ok())
            .unwrap_or_default()
    }
}

impl Trial {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let options = Options {
            listen: vec![ANY],
            http: Some(ANY),
            data_dir: dir.path().to_owned(),
            ..Options::default()
        };
        let clock = Arc::new(MovableClock::new(Arc::new(Now)));
        let lab = start(options, clock, Arc::new(Counting::default()))
            .await
            .unwrap();
        Self { lab, _dir: dir }
    }

    fn change(&self, words: &str) {
        self.lab
            .change(WorldChange::parse(words).expect(words))
            .unwrap();
    }

    fn host(&self) -> String {
        self.lab
            .http_authority()
            .unwrap()
            .split('/')
            .nth(2)
            .unwrap()
            .to_owned()
    }

    async fn send(&self, bytes: String) -> Back {
        let host = self.host();
        let sent = tokio::task::spawn_blocking(move || {
            let begun = Instant::now();
            let mut stream = TcpStream::connect(&host).unwrap();
            stream
                .write_all(bytes.replace("HOST", &host).as_bytes())
                .unwrap();
            let mut back = Vec::new();
            let error = stream.read_to_end(&mut back).err().map(|e| e.kind());
            Back {
                bytes: back,
                error,
                took: begun.elapsed(),
            }
        });
        sent.await.unwrap()
    }

    /// A token request that the lab refuses for a cause.
    async fn token(&self) -> Back {
        let body = "grant_type=refresh_token&client_id=3f0a5c1e-94d7-4b62-a0c8-6b1d2e7f48e1&refresh_token=x";
        self.send(format!(
            "POST /contoso.example/oauth2/v2.0/token HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ))
        .await
    }

    async fn get(&self, path: &str) -> Back {
        self.send(format!(
            "GET {path} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"
        ))
        .await
    }

    /// The one answer with a fault, and the next one, which is sound again.
    async fn once(&self, words: &str) -> Back {
        self.change(words);
        let back = self.token().await;
        let log = self.lab.requests();
        let record = log.last().unwrap();
        let fault = words.strip_prefix("fault ").unwrap();
        assert!(
            record
                .fault
                .as_deref()
                .is_some_and(|f| fault.starts_with(f) || f.starts_with(fault)),
            "{record:?}"
        );
        assert!(record.because.contains("was ordered"), "{record:?}");
        let after = self.token().await;
        assert_eq!(
            (after.status(), after.length()),
            (400, after.body().len()),
            "{words}"
        );
        assert!(serde_json::from_slice::<serde_json::Value>(after.body()).is_ok());
        back
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_are_cut_and_lengths_are_wrong() {
    let trial = Trial::new().await;
    let cut = trial.once("fault cut-body").await;
    assert!(
        cut.status() == 400 && cut.body().len() == cut.length() / 2,
        "{}",
        cut.head()
    );
    let long = trial.once("fault length-too-long").await;
    assert_eq!(long.length(), long.body().len() + 64);
    let short = trial.once("fault length-too-short").await;
    assert_eq!(short.length(), short.body().len() / 2);
    let empty = trial.once("fault empty-body").await;
    assert_eq!(
        (empty.status(), empty.length(), empty.body().len()),
        (400, 0, 0)
    );
    let reset = trial.once("fault reset").await;
    assert_eq!(
        (reset.bytes.len(), reset.error),
        (0, Some(std::io::ErrorKind::ConnectionReset))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_are_not_what_they_say() {
    let trial = Trial::new().await;
    for status in [200, 400, 503] {
        let html = trial.once(&format!("fault html {status}")).await;
        assert_eq!(
            (html.status(), html.header("content-type").as_deref()),
            (status, Some("text/html"))
        );
        let text = String::from_utf8_lossy(html.body()).into_owned();
        assert!(
            text.contains("SIMULATED") && text.contains("<html"),
            "{text}"
        );
    }
    let json = trial.once("fault invalid-json").await;
    assert!(json.length() == json.body().len() && json.length() > 100);
    assert!(serde_json::from_slice::<serde_json::Value>(json.body()).is_err());
    let charset = trial.once("fault wrong-charset").await;
    assert!(charset.header("content-type").unwrap().contains("utf-8"));
    assert_eq!(&charset.body()[..4], b"{\0\"\0");
    let kind = trial.once("fault wrong-type").await;
    assert_eq!(kind.header("content-type").as_deref(), Some("text/plain"));
    assert!(serde_json::from_slice::<serde_json::Value>(kind.body()).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn throttling_says_when_in_three_ways_and_an_outage_says_nothing() {
    let trial = Trial::new().await;
    let bare = trial.once("fault 429").await;
    assert_eq!((bare.status(), bare.header("retry-after")), (429, None));
    assert!(String::from_utf8_lossy(bare.body()).contains("90055"));
    let seconds = trial.once("fault 429 30s").await;
    assert_eq!(seconds.header("retry-after").as_deref(), Some("30"));
    let date = trial.once("fault 429 date 90s").await;
    let when = date.header("retry-after").unwrap();
    let when = httpdate::parse_http_date(&when.to_ascii_uppercase())
        .or_else(|_| httpdate::parse_http_date(&title(&when)));
    let sent = httpdate::parse_http_date(&title(&date.header("date").unwrap())).unwrap();
    assert_eq!(when.unwrap().duration_since(sent).unwrap().as_secs(), 90);
    for status in [500, 502, 503, 504] {
        let down = trial.once(&format!("fault {status}")).await;
        assert_eq!(
            (down.status(), down.body().len(), down.header("retry-after")),
            (status, 0, None)
        );
    }
    for status in [302, 307] {
        let moved = trial.once(&format!("fault redirect {status} 9")).await;
        let to = moved.header("location").unwrap();
        assert_eq!(
            (moved.status(), to.as_str()),
            (
                status,
                "http://127.0.0.1:9/contoso.example/oauth2/v2.0/token"
            )
        );
    }
}

/// A date as it was before the head was folded to lower case.
fn title(date: &str) -> String {
    let words = date.split(' ').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ").replace("Gmt", "GMT")
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_come_late_or_bit_by_bit() {
    let trial = Trial::new().await;
    let late = trial.once("fault latency 1s").await;
    assert!(late.took >= Duration::from_secs(1) && late.status() == 400);
    let drip = trial.once("fault slow-drip 1s").await;
    assert!(drip.took >= Duration::from_millis(900), "{:?}", drip.took);
    assert_eq!(drip.length(), drip.body().len());
    assert!(serde_json::from_slice::<serde_json::Value>(drip.body()).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_happens_at_its_place_alone_until_it_is_switched_off() {
    let trial = Trial::new().await;
    let metadata = "/contoso.example/v2.0/.well-known/openid-configuration";
    trial.change("fault 503 at discovery on");
    assert_eq!(trial.token().await.status(), 400);
    assert_eq!(trial.get(metadata).await.status(), 503);
    assert_eq!(
        trial
            .get("/contoso.example/discovery/v2.0/keys")
            .await
            .status(),
        503
    );
    let view = trial.lab.view();
    assert_eq!(view.faults, ["fault 503 at discovery always"]);
    trial.change("fault 503 off");
    assert_eq!(trial.get(metadata).await.status(), 200);
    trial.change("fault 504 at all 2 times");
    assert_eq!(
        (
            trial.get("/").await.status(),
            trial.get("/api").await.status()
        ),
        (504, 504)
    );
    assert_eq!(trial.get("/").await.status(), 200);
    assert!(
        trial
            .lab
            .change(WorldChange::parse("fault 504 off").unwrap())
            .is_err()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_skewed_clock_shows_in_the_date_and_in_the_reply() {
    let trial = Trial::new().await;
    let date = |back: &Back| {
        let date = httpdate::parse_http_date(&title(&back.header("date").unwrap())).unwrap();
        i64::try_from(
            date.duration_since(std::time::UNIX_EPOCH)
                .unwrap()
                .as_secs(),
        )
        .unwrap()
    };
    for (words, off) in [("skew 10m", 600), ("skew -10m", -600), ("skew off", 0)] {
        trial.change(words);
        let back = trial.token().await;
        let wrong = date(&back) - Now.now().seconds() - off;
        assert!(wrong.abs() <= 5, "{words}: {wrong}");
        assert_eq!(trial.lab.view().changed.is_empty(), off == 0);
        let body: serde_json::Value = serde_json::from_slice(back.body()).unwrap();
        let told = Moment::parse(body["timestamp"].as_str().unwrap()).unwrap();
        assert!((told.seconds() - date(&back)).abs() <= 1);
    }
}

/// Shakes hands with whoever listens; the error of the handshake in words.
async fn shake(
    host: &str,
    roots: &Arc<rustls::RootCertStore>,
) -> Result<tokio_rustls::client::TlsStream<tokio::net::TcpStream>, String> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(Arc::clone(roots))
        .with_no_client_auth();
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
    let stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let name = rustls::pki_types::ServerName::try_from("127.0.0.1").unwrap();
    connector
        .connect(name, stream)
        .await
        .map_err(|e| e.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn certificates_expire_are_for_another_name_or_signed_by_nobody() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let trial = Trial::new().await;
    let info = trial.lab.info();
    let host = info.authority.split('/').nth(2).unwrap().to_owned();
    let mut roots = rustls::RootCertStore::empty();
    for certificate in
        rustls::pki_types::CertificateDer::pem_slice_iter(&std::fs::read(&info.ca).unwrap())
    {
        roots.add(certificate.unwrap()).unwrap();
    }
    let roots = Arc::new(roots);
    let mut open = shake(&host, &roots).await.unwrap();
    for (words, error) in [
        ("expired", "Expired"),
        ("wrong-name", "NotValidForName"),
        ("untrusted", "UnknownIssuer"),
    ] {
        trial.change(&format!("fault tls {words}"));
        let told = shake(&host, &roots).await.map(|_| ()).unwrap_err();
        let squeezed = told.replace(' ', "").to_lowercase();
        assert!(
            squeezed.contains(&error.to_lowercase()) || told.contains(&error.to_lowercase()),
            "{words}: {told}"
        );
    }
    let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let _ = open.write_all(request.as_bytes()).await;
    let mut back = Vec::new();
    let _ = open.read_to_end(&mut back).await;
    assert!(
        back.is_empty(),
        "a connection from before ends with the certificate it was greeted with"
    );
    trial.change("fault tls off");
    shake(&host, &roots).await.unwrap();
}
