//! [`Transport`] by reqwest.

use std::net::IpAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use reqwest::header::{HeaderName, HeaderValue};
use url::{Host, Url};

use super::lane::{Lane, Times};
use super::own::Own;
use super::tls::Trust;
use super::{Transport, WireError, fault, form};
use crate::model::{
    Cut, Exchange, Fault, FaultCause, FaultKind, Handed, Header, Phases, Purpose, Reply, Request,
    SendOptions, TlsIdentity, authority,
};
use crate::ports::Clock;
use crate::strings::wire as say;

/// The real network. Cheap to keep; connections are reused while they are fresh.
pub struct HttpTransport {
    trust: Arc<Trust>,
    proxy: Option<String>,
    clock: Arc<dyn Clock>,
    /// Lanes that serve nobody at the moment.
    idle: Mutex<Vec<Lane>>,
}

/// What one lane brought back.
struct Outcome {
    reply: Option<Reply>,
    fault: Option<Fault>,
    phases: Phases,
    /// What became of the client's certificate, where one went along.
    handed: Option<Handed>,
}

impl HttpTransport {
    /// A transport that trusts and routes as `options` say. Nothing is sent, and the system's certificates are not
    /// loaded yet.
    ///
    /// # Errors
    /// If the CA file cannot be read or holds no certificate, or if the proxy's address is malformed.
    pub fn new(options: &SendOptions, clock: Arc<dyn Clock>) -> Result<Self, WireError> {
        let trust = Arc::new(Trust::new(options.ca_file.as_deref().map(Path::new))?);
        let transport = Self {
            trust,
            proxy: options.proxy.clone(),
            clock,
            idle: Mutex::default(),
        };
        let lane = transport.open(transport.proxy.is_none())?;
        transport.give_back(lane);
        Ok(transport)
    }

    fn open(&self, direct: bool) -> Result<Lane, WireError> {
        Lane::open(&self.trust, (self.proxy.as_deref(), direct), None)
    }

    /// A lane for one request that shows a certificate. Its connection is used for nothing else, so that the record of
    /// the handshake is that of the request.
    fn open_with(
        &self,
        identity: &TlsIdentity,
        url: &Url,
        direct: bool,
    ) -> Result<Lane, WireError> {
        let own = Own::new(identity, url).ok_or_else(|| WireError::Client {
            detail: say::OWN_CERTIFICATE_UNUSABLE.to_owned(),
        })?;
        Lane::open(&self.trust, (self.proxy.as_deref(), direct), Some(own))
    }

    fn take(&self, direct: bool) -> Result<Lane, WireError> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let found = idle.iter().rposition(|lane| lane.direct == direct);
        if let Some(index) = found {
            return Ok(idle.swap_remove(index));
        }
        drop(idle);
        self.open(direct)
    }

    fn give_back(&self, lane: Lane) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < 8 {
            idle.push(lane);
        }
    }

    async fn perform(&self, request: &Request, options: &SendOptions) -> Outcome {
        let Ok(url) = Url::parse(&request.url) else {
            return Outcome::failed(FaultKind::Protocol, say::BAD_ADDRESS);
        };
        let direct = stays_here(&url);
        let shown = request.certificate.as_deref();
        let identity = shown.and_then(|shown| shown.identity.as_ref());
        let lane = match identity {
            Some(identity) => self.open_with(identity, &url, direct),
            None => self.take(direct),
        };
        let lane = match lane {
            Ok(lane) => lane,
            Err(error) => return Outcome::failed(FaultKind::Protocol, &error.to_string()),
        };
        let Some(built) = build(&lane, request, url) else {
            return Outcome::failed(FaultKind::Protocol, say::BAD_HEADER);
        };
        if built.url().scheme() == "https" {
            self.trust.prepare();
        }
        let proxied = !direct && self.proxy.is_some();
        let mut outcome = lane.exchange(built, options, proxied).await;
        if identity.is_some() {
            // Whoever answered had a whole handshake, and asked in it or did not.
            let unasked = outcome.reply.as_ref().map(|_| Handed::NotAsked);
            outcome.handed = lane.marks.handed().or(unasked);
        } else if outcome.fault.is_none() {
            self.give_back(lane);
        }
        outcome
    }
}

impl Transport for HttpTransport {
    async fn send(&self, request: Request, options: &SendOptions) -> Exchange {
        let request = said_in_full(request);
        let started = self.clock.now();
        let outcome = self.perform(&request, options).await;
        let mut request = request.record();
        if let (Some(shown), Some(handed)) = (&mut request.certificate, outcome.handed) {
            shown.handed = handed;
        }
        Exchange {
            started,
            request,
            reply: outcome.reply,
            fault: outcome.fault,
            phases: outcome.phases,
        }
    }
}

impl Outcome {
    fn failed(kind: FaultKind, detail: &str) -> Self {
        Self {
            reply: None,
            fault: Some(Fault::new(kind, detail)),
            phases: Phases::default(),
            handed: None,
        }
    }
}

/// Loopback and link-local never go through a proxy.
fn stays_here(url: &Url) -> bool {
    let link_local = match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_link_local(),
        Some(Host::Ipv6(ip)) => ip.is_unicast_link_local(),
        Some(Host::Domain(name)) => name
            .parse::<IpAddr>()
            .is_ok_and(|ip| matches!(ip, IpAddr::V4(ip) if ip.is_link_local())),
        None => false,
    };
    link_local || authority::is_loopback(url)
}

/// The request with the headers that every request has, so that the record shows what is sent. What HTTP itself
/// adds (`Host`, `Content-Length`) is left out.
fn said_in_full(mut request: Request) -> Request {
    let mut common = vec![Header::new("Accept", "application/json")];
    if request.method == "POST" && request.purpose != Purpose::Api {
        common.push(Header::new(
            "Content-Type",
            "application/x-www-form-urlencoded",
        ));
    }
    let given = |name: &str| {
        let mut headers = request.headers.iter();
        headers.any(|header| header.name.eq_ignore_ascii_case(name))
    };
    common.retain(|header| !given(&header.name));
    request.headers.splice(0..0, common);
    request
}

fn build(lane: &Lane, request: &Request, url: Url) -> Option<reqwest::Request> {
    let method = reqwest::Method::from_bytes(request.method.as_bytes()).ok()?;
    let mut built = reqwest::Request::new(method, url);
    let headers = built.headers_mut();
    for header in &request.headers {
        let name = HeaderName::from_bytes(header.name.as_bytes()).ok()?;
        let mut value = HeaderValue::from_str(header.value.reveal()).ok()?;
        value.set_sensitive(matches!(header.value, crate::model::Value::Secret(_)));
        headers.append(name, value);
    }
    if let Some(body) = &request.body {
        *built.body_mut() = Some(reqwest::Body::from(body.reveal().as_bytes().to_vec()));
    } else if request.method == "POST" {
        let body = form::body(&request.form);
        *built.body_mut() = Some(reqwest::Body::from(Bytes::from_owner(body)));
    }
    lane.marks.clear();
    Some(built)
}

impl Lane {
    async fn exchange(
        &self,
        request: reqwest::Request,
        options: &SendOptions,
        proxied: bool,
    ) -> Outcome {
        let start = Instant::now();
        let head = self.head(request, options, start, proxied).await;
        let answered = Instant::now();
        let times = self.marks.times();
        let (reply, fault, body) = match head {
            Err(fault) => (None, Some(fault), None),
            Ok(response) => {
                let (reply, fault) = read(response, options, start + options.whole_timeout).await;
                (Some(reply), fault, Some(answered.elapsed()))
            }
        };
        let mut phases = connection_phases(&times, answered);
        if times.connect_start.is_none() || times.connect_end.is_some() {
            let sent = times.connect_end.unwrap_or(start);
            phases.wait = Some(answered.saturating_duration_since(sent));
        }
        phases.body = body;
        Outcome {
            reply,
            fault,
            phases,
            handed: None,
        }
    }

    /// Sends and waits for the reply's head, each phase within its time.
    async fn head(
        &self,
        request: reqwest::Request,
        options: &SendOptions,
        start: Instant,
        proxied: bool,
    ) -> Result<reqwest::Response, Fault> {
        let sending = self.client.execute(request);
        tokio::pin!(sending);
        loop {
            let (deadline, _) = deadline(&self.marks.times(), options, start);
            let early = start + options.connect_timeout.min(options.first_byte_timeout);
            let wake = if Instant::now() < early {
                early.min(deadline)
            } else {
                deadline
            };
            tokio::select! {
                biased;
                result = &mut sending => {
                    return result
                        .map_err(|error| fault::of_request(&error, &self.marks, proxied));
                }
                () = self.marks.connected() => {}
                () = tokio::time::sleep_until(wake.into()) => {
                    let (deadline, kind) = self::deadline(&self.marks.times(), options, start);
                    if deadline <= Instant::now() {
                        return Err(late(kind, &self.marks.times(), options));
                    }
                }
            }
        }
    }
}

/// When the phase that the exchange is in has taken too long, and what that is called.
fn deadline(times: &Times, options: &SendOptions, start: Instant) -> (Instant, FaultKind) {
    let whole = (start + options.whole_timeout, FaultKind::WholeTimeout);
    let phase = match (times.connect_start, times.connect_end) {
        (Some(began), None) => (began + options.connect_timeout, FaultKind::ConnectTimeout),
        (_, Some(sent)) => (
            sent + options.first_byte_timeout,
            FaultKind::FirstByteTimeout,
        ),
        (None, None) => (
            start + options.first_byte_timeout,
            FaultKind::FirstByteTimeout,
        ),
    };
    if whole.0 < phase.0 { whole } else { phase }
}

/// What came too late: the phase is the one that the exchange was in.
fn late(kind: FaultKind, times: &Times, options: &SendOptions) -> Fault {
    let detail = match kind {
        FaultKind::ConnectTimeout => say::connect_timeout(options.connect_timeout.as_secs_f32()),
        FaultKind::FirstByteTimeout => {
            say::first_byte_timeout(options.first_byte_timeout.as_secs_f32())
        }
        _ => say::whole_timeout(options.whole_timeout.as_secs_f32()),
    };
    Fault::new(kind, detail).because(match kind {
        FaultKind::ConnectTimeout => fault::slow_phase(times),
        FaultKind::FirstByteTimeout => FaultCause::FirstByteTimeout,
        _ => FaultCause::WholeTimeout,
    })
}

/// What the connection took. A phase that failed took the time until it did.
fn connection_phases(times: &Times, over: Instant) -> Phases {
    let between = |from: Option<Instant>, to: Option<Instant>| -> Option<Duration> {
        Some(to.unwrap_or(over).saturating_duration_since(from?))
    };
    let dialled = match times.dns_start {
        Some(_) => times.dns_end,
        None => times.connect_start,
    };
    Phases {
        dns: between(times.dns_start, times.dns_end),
        tcp: between(dialled, times.tls_start.or(times.connect_end)),
        tls: between(times.tls_start, times.connect_end),
        wait: None,
        body: None,
    }
}

/// Reads the body up to the limit. What was read is kept whatever happens.
async fn read(
    mut response: reqwest::Response,
    options: &SendOptions,
    deadline: Instant,
) -> (Reply, Option<Fault>) {
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        })
        .collect();
    let mut reply = Reply {
        status: response.status().as_u16(),
        headers,
        body: Vec::new(),
        cut: None,
    };
    loop {
        match tokio::time::timeout_at(deadline.into(), response.chunk()).await {
            Err(_) => {
                reply.cut = Some(Cut::Time);
                return (
                    reply,
                    Some(late(FaultKind::WholeTimeout, &Times::default(), options)),
                );
            }
            Ok(Err(error)) => {
                reply.cut = Some(Cut::Connection);
                return (reply, Some(fault::of_body(&error)));
            }
            Ok(Ok(None)) => return (reply, None),
            Ok(Ok(Some(chunk))) => {
                let room = options.body_limit.saturating_sub(reply.body.len());
                if chunk.len() > room {
                    reply.body.extend_from_slice(&chunk[..room]);
                    reply.cut = Some(Cut::Limit(options.body_limit));
                    return (reply, None);
                }
                reply.body.extend_from_slice(&chunk);
            }
        }
    }
}
