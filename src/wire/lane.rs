//! One HTTP client that serves one exchange at a time, so that what its connector notes belongs to that exchange.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use rustls::pki_types::ServerName;
use tokio::sync::Notify;
use tower::{Layer, Service};

use super::WireError;
use super::own::Own;
use super::tls::{self, Trust};
use crate::model::Handed;
use crate::strings::wire as say;

/// How long an idle connection is kept. Shorter than what servers and middleboxes usually allow, so that a request
/// is not sent into a connection that is just being closed.
const IDLE: Duration = Duration::from_secs(20);

/// What the connector noted, as points in time. Empty on a reused connection.
#[derive(Clone, Copy, Debug, Default)]
pub struct Times {
    /// The connector was called.
    pub connect_start: Option<Instant>,
    /// The name lookup began.
    pub dns_start: Option<Instant>,
    /// The name lookup succeeded.
    pub dns_end: Option<Instant>,
    /// The TLS handshake began.
    pub tls_start: Option<Instant>,
    /// The connection stands.
    pub connect_end: Option<Instant>,
}

/// Takes the notes of connector, resolver and TLS.
#[derive(Debug, Default)]
pub struct Marks {
    times: Mutex<Times>,
    shown: Mutex<Vec<Vec<u8>>>,
    asked: Mutex<Asked>,
    connected: Notify,
}

/// What a handshake asked of the client.
#[derive(Clone, Debug, Default)]
struct Asked {
    /// With whom the newest handshake is.
    with: Option<ServerName<'static>>,
    /// What became of the client's certificate, if the server asked for one.
    handed: Option<Handed>,
}

impl Marks {
    fn lock(&self) -> MutexGuard<'_, Times> {
        self.times.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was noted so far.
    pub fn times(&self) -> Times {
        *self.lock()
    }

    /// Forgets everything: a new exchange begins.
    pub fn clear(&self) {
        *self.lock() = Times::default();
        self.shows(Vec::new());
        *self.asked() = Asked::default();
    }

    fn asked(&self) -> MutexGuard<'_, Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the newest handshake is with this server. A proxy that is reached by TLS has one of its own before.
    pub fn is_with(&self, server: &ServerName<'_>) -> bool {
        let asked = self.asked();
        asked.with.as_ref().is_some_and(|with| with == server)
    }

    /// The server asked for a certificate, and this became of it.
    pub fn asks(&self, handed: Handed) {
        self.asked().handed = Some(handed);
    }

    /// What became of the client's certificate; `None`: the server did not ask for one.
    pub fn handed(&self) -> Option<Handed> {
        self.asked().handed
    }

    /// The server showed these certificates (DER), its own first.
    pub fn shows(&self, chain: Vec<Vec<u8>>) {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = chain;
    }

    /// The certificates (DER) that the server showed in this exchange, its own first; none on a reused connection.
    pub fn shown(&self) -> Vec<Vec<u8>> {
        self.shown
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The TLS handshake with this server begins now.
    pub fn tls_starts(&self, with: &ServerName<'_>) {
        self.lock().tls_start.get_or_insert_with(Instant::now);
        self.asked().with = Some(with.to_owned());
    }

    /// Returns when a connection stands (or at once, if one came to stand since the last call).
    pub async fn connected(&self) {
        self.connected.notified().await;
    }

    fn connect_starts(&self) {
        *self.lock() = Times {
            connect_start: Some(Instant::now()),
            ..Times::default()
        };
    }

    fn connect_ends(&self) {
        self.lock().connect_end = Some(Instant::now());
        self.connected.notify_one();
    }
}

/// One client with its notes.
pub struct Lane {
    /// The client.
    pub client: reqwest::Client,
    /// What its connector noted.
    pub marks: Arc<Marks>,
    /// Whether it never uses a proxy (loopback and link-local).
    pub direct: bool,
}

impl Lane {
    /// A client of its own, with the certificate that it shows to one server.
    pub fn open(
        trust: &Arc<Trust>,
        (proxy, direct): (Option<&str>, bool),
        own: Option<Own>,
    ) -> Result<Self, WireError> {
        let marks = Arc::new(Marks::default());
        let tls = tls::config(trust, &marks, own).map_err(|error| WireError::Client {
            detail: error.to_string(),
        })?;
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("tokenscope/", env!("CARGO_PKG_VERSION")))
            .tls_backend_preconfigured(tls)
            .http1_only()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(1)
            .dns_resolver(Lookup(Arc::clone(&marks)))
            .connector_layer(Noting(Arc::clone(&marks)));
        if direct {
            builder = builder.no_proxy();
        } else if let Some(proxy) = proxy {
            let proxy = reqwest::Proxy::all(proxy).map_err(|error| WireError::Proxy {
                detail: super::fault::chain(&error),
            })?;
            builder = builder.proxy(proxy);
        }
        let client = builder.build().map_err(|error| WireError::Client {
            detail: super::fault::chain(&error),
        })?;
        Ok(Self {
            client,
            marks,
            direct,
        })
    }
}

/// The system's name lookup, with the time it took.
struct Lookup(Arc<Marks>);

impl Resolve for Lookup {
    fn resolve(&self, name: Name) -> Resolving {
        let marks = Arc::clone(&self.0);
        marks.lock().dns_start = Some(Instant::now());
        Box::pin(async move {
            if is_nowhere(name.as_str()) {
                let error = std::io::Error::new(std::io::ErrorKind::NotFound, say::INVALID_NAME);
                return Err(error.into());
            }
            let here = is_here(name.as_str());
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            // A name of this machine is this machine, whatever a resolver says (RFC 6761 section 6.3).
            let found: Vec<_> = found.filter(|at| !here || at.ip().is_loopback()).collect();
            marks.lock().dns_end = Some(Instant::now());
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// A name that can never exist (RFC 6761 section 6.4): no resolver is troubled with it.
fn is_nowhere(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "invalid" || name.ends_with(".invalid")
}

fn is_here(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

/// Wraps the connector; not run on a reused connection.
#[derive(Clone)]
struct Noting(Arc<Marks>);

impl<S> Layer<S> for Noting {
    type Service = NotingService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        NotingService {
            inner,
            marks: Arc::clone(&self.0),
        }
    }
}

#[derive(Clone)]
struct NotingService<S> {
    inner: S,
    marks: Arc<Marks>,
}

impl<S, R> Service<R> for NotingService<S>
where
    S: Service<R>,
    S::Future: Send + 'static,
    S::Response: Send,
    S::Error: Send,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        self.marks.connect_starts();
        let marks = Arc::clone(&self.marks);
        let connecting = self.inner.call(request);
        Box::pin(async move {
            let connection = connecting.await?;
            marks.connect_ends();
            Ok(connection)
        })
    }
}
