//! The thin server: sockets, TLS and HTTP/1.1 around the pure answer. Limits on everything; no bytes make it
//! panic; nothing but this machine can reach it.

use std::borrow::Cow;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderName, HeaderValue, InvalidHeaderName};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio_util::sync::CancellationToken;

use super::LabError;
use super::ask::{Answer, Ask};
use super::control::is_control;
use super::fault::wire::{Broken, Line};
use super::shared::Shared;
use super::tls::Certificates;
use crate::model::LabFault;
use crate::model::demand::TlsFault;
use crate::ports::Clock as _;
use crate::strings::lab as say;

/// What the Server header says.
pub const NAME: &str = "tokenscope-lab (simulated)";
/// Bytes of a request body that are read.
const BODY_LIMIT: usize = 256 * 1024;
/// Bytes of a request's head, and how many headers.
const HEAD_LIMIT: usize = 64 * 1024;
const HEADERS: usize = 128;
/// How long a client may take for its head, its body and the TLS handshake.
const PATIENCE: Duration = Duration::from_secs(20);
/// Connections at a time.
const CONNECTIONS: usize = 256;

/// Binds an address of this machine.
///
/// # Errors
/// Another machine's address, or one that is in use.
pub async fn bind(at: SocketAddr) -> Result<TcpListener, LabError> {
    if !at.ip().is_loopback() {
        return Err(LabError::NotLoopback { at });
    }
    TcpListener::bind(at)
        .await
        .map_err(|source| match source.kind() {
            std::io::ErrorKind::AddrInUse => LabError::Busy { at },
            _ => LabError::Listen { at, source },
        })
}

/// Accepts connections until told to stop.
pub async fn serve(
    listener: TcpListener,
    tls: Option<Arc<Certificates>>,
    shared: Arc<Shared>,
    stop: CancellationToken,
) {
    let slots = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, _)) = accepted else {
            // Out of file handles, or the peer was gone already: leave the others a moment to finish.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let Ok(slot) = Arc::clone(&slots).try_acquire_owned() else {
            continue;
        };
        let (tls, shared, stop) = (tls.clone(), Arc::clone(&shared), stop.clone());
        tokio::spawn(async move {
            tokio::select! {
                () = stop.cancelled() => {}
                () = connection(stream, tls, shared) => {}
            }
            drop(slot);
        });
    }
}

async fn connection(stream: TcpStream, tls: Option<Arc<Certificates>>, shared: Arc<Shared>) {
    // Without it small answers may wait for the peer's acknowledgement.
    let _ = stream.set_nodelay(true);
    let Some(certificates) = tls else {
        return http(stream, shared, None).await;
    };
    let mut shown = shared.certificate();
    let fault = *shown.borrow_and_update();
    let acceptor = certificates.acceptor(fault);
    let handshake = tokio::time::timeout(PATIENCE, acceptor.accept(stream)).await;
    if let Ok(Ok(stream)) = handshake {
        http(stream, shared, Some(shown)).await;
    }
}

/// Serves a connection. One that greeted with a certificate ends when the lab begins to show another.
async fn http(
    line: impl Line + 'static,
    shared: Arc<Shared>,
    shown: Option<watch::Receiver<Option<TlsFault>>>,
) {
    let secure = shown.is_some();
    let kept: Arc<Mutex<Option<Broken>>> = Arc::default();
    let broken = Arc::clone(&kept);
    let service = service_fn(move |request| {
        let (shared, broken) = (Arc::clone(&shared), Arc::clone(&broken));
        Box::pin(async move {
            reply(request, secure, &shared).await.map_err(|answer| {
                *broken.lock().unwrap_or_else(PoisonError::into_inner) = Some(*answer);
                ByHand
            })
        })
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(HEAD_LIMIT)
        .max_headers(HEADERS)
        .serve_connection(TokioIo::new(line), service);
    let mut served = poll_fn(|context| connection.poll_without_shutdown(context));
    if let Some(mut shown) = shown {
        tokio::select! {
            // A peer that breaks off or speaks nonsense has been told so by hyper; there is nobody else to tell.
            _ = &mut served => {}
            _ = shown.changed() => {
                drop(served);
                std::pin::Pin::new(&mut connection).graceful_shutdown();
                let _ = poll_fn(|context| connection.poll_without_shutdown(context)).await;
            }
        }
    } else {
        let _ = served.await;
    }
    let line = connection.into_parts().io.into_inner();
    let answer = kept.lock().unwrap_or_else(PoisonError::into_inner).take();
    finish(line, answer).await;
}

/// Sends what hyper would not, and says farewell.
async fn finish(mut line: impl Line, answer: Option<Broken>) {
    match answer {
        Some(answer) => answer.send(line).await,
        None => {
            // A peer that is gone hears no farewell.
            let _ = line.shutdown().await;
        }
    }
}

/// Tells hyper to leave the connection to us.
#[derive(Debug, thiserror::Error)]
#[error("answered by hand")]
struct ByHand;

async fn reply(
    request: Request<Incoming>,
    secure: bool,
    shared: &Shared,
) -> Result<Response<Full<Bytes>>, Box<Broken>> {
    let head_only = request.method() == hyper::Method::HEAD;
    let (ask, body) = split(request, secure);
    let answer = match refused_at_the_door(&ask) {
        Some(answer) => shared.record(&ask, answer),
        None => let_in(ask, body, shared).await,
    };
    let date = answer.mark.at.unwrap_or_else(|| shared.clock.now());
    let date = date.http_date();
    match answer.fault {
        Some(LabFault::Latency(time)) => tokio::time::sleep(time).await,
        Some(fault) => {
            return Err(Box::new(Broken {
                answer,
                fault,
                date,
            }));
        }
        None => {}
    }
    Ok(respond(answer, &date, head_only))
}

async fn let_in(mut ask: Ask, body: Incoming, shared: &Shared) -> Answer {
    let collected = Limited::new(body, BODY_LIMIT).collect();
    if let Ok(Ok(body)) = tokio::time::timeout(PATIENCE, collected).await {
        ask.body = body.to_bytes().to_vec();
        shared.key_for(&ask).await;
        return shared.answer(&ask);
    }
    let answer = Answer::text(413, say::SAID_TOO_LONG, say::SAID_TOO_LONG);
    shared.record(&ask, answer.with("connection", "close"))
}

/// What a request says before its body.
fn split(request: Request<Incoming>, secure: bool) -> (Ask, Incoming) {
    let (head, body) = request.into_parts();
    let text = |value: &HeaderValue| {
        value.to_str().map_or_else(
            |_| String::from_utf8_lossy(value.as_bytes()).into_owned(),
            str::to_owned,
        )
    };
    let host = head
        .headers
        .get("host")
        .map(text)
        .or_else(|| head.uri.authority().map(ToString::to_string));
    let scheme = if secure { "https" } else { "http" };
    let ask = Ask {
        method: head.method.as_str().to_owned(),
        base: format!("{scheme}://{}", host.unwrap_or_default()),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head
            .headers
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), text(value)))
            .collect(),
        body: Vec::new(),
    };
    (ask, body)
}

/// Requests that reach this machine by a name that is not its own (DNS rebinding), and changes of the world asked
/// for by a page of another site.
fn refused_at_the_door(ask: &Ask) -> Option<Answer> {
    if !is_local(&ask.base) {
        return Some(Answer::text(421, say::SAID_HOST, say::SAID_HOST));
    }
    let origin = ask.header("origin");
    let foreign = origin.is_some_and(|origin| !origin.eq_ignore_ascii_case(&ask.base));
    if !foreign {
        return None;
    }
    let segments = ask.segments();
    let path: Vec<&str> = segments.iter().map(String::as_str).collect();
    is_control(&path).then(|| Answer::text(403, say::SAID_FOREIGN, say::SAID_FOREIGN))
}

/// Whether scheme, host and port are this machine's.
fn is_local(base: &str) -> bool {
    let host = base.split_once("://").map_or("", |(_, host)| host);
    let (name, port) = host.rsplit_once(':').unwrap_or((host, ""));
    let usual = matches!(name, "127.0.0.1" | "localhost");
    if usual && port.parse::<u16>().is_ok() {
        return true;
    }
    let url = url::Url::parse(base).ok();
    url.is_some_and(|url| url.path() == "/" && crate::model::authority::is_loopback(&url))
}

static TRACE: HeaderName = HeaderName::from_static("x-ms-request-id");
static SERVER: HeaderName = HeaderName::from_static("x-ms-ests-server");
static TELEMETRY: HeaderName = HeaderName::from_static("x-ms-clitelem");
static RING: HeaderName = HeaderName::from_static("x-ms-srs");
static PRIVACY: HeaderName = HeaderName::from_static("p3p");

/// A header's name. Those of nearly every answer need not be read.
fn name_of(name: &'static str) -> Result<HeaderName, InvalidHeaderName> {
    Ok(match name {
        "cache-control" => header::CACHE_CONTROL,
        "content-type" => header::CONTENT_TYPE,
        "expires" => header::EXPIRES,
        "p3p" => PRIVACY.clone(),
        "pragma" => header::PRAGMA,
        "referrer-policy" => header::REFERRER_POLICY,
        "set-cookie" => header::SET_COOKIE,
        "x-content-type-options" => header::X_CONTENT_TYPE_OPTIONS,
        "x-ms-clitelem" => TELEMETRY.clone(),
        "x-ms-ests-server" => SERVER.clone(),
        "x-ms-request-id" => TRACE.clone(),
        "x-ms-srs" => RING.clone(),
        "x-xss-protection" => header::X_XSS_PROTECTION,
        other => HeaderName::from_bytes(other.as_bytes())?,
    })
}

/// The answer as HTTP. `date` is the lab's own time, as its signed times are.
fn respond(answer: Answer, date: &str, head_only: bool) -> Response<Full<Bytes>> {
    let length = answer.body.len();
    let body = if head_only {
        Bytes::new()
    } else {
        Bytes::from(answer.body)
    };
    let mut response = Response::new(Full::new(body));
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.reserve(answer.headers.len() + 3);
    for (name, value) in answer.headers {
        let name = name_of(name);
        let value = HeaderValue::from_maybe_shared(match value {
            Cow::Borrowed(value) => Bytes::from_static(value.as_bytes()),
            Cow::Owned(value) => Bytes::from(value),
        });
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    if let Ok(date) = HeaderValue::from_str(date) {
        headers.insert(header::DATE, date);
    }
    headers.append(header::SERVER, HeaderValue::from_static(NAME));
    if head_only {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    response
}

#[cfg(test)]
mod tests;
