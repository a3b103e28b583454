//! The thin server: sockets, TLS and HTTP/1.1 around the pure answer. Limits on everything; no bytes make it
//! panic; nothing but this machine can reach it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use super::LabError;
use super::ask::{Answer, Ask};
use super::shared::Shared;
use crate::ports::Clock as _;
use crate::strings::lab as say;

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
    tls: Option<TlsAcceptor>,
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

async fn connection(stream: TcpStream, tls: Option<TlsAcceptor>, shared: Arc<Shared>) {
    // Without it small answers may wait for the peer's acknowledgement.
    let _ = stream.set_nodelay(true);
    match tls {
        None => http(stream, false, shared).await,
        Some(acceptor) => {
            let handshake = tokio::time::timeout(PATIENCE, acceptor.accept(stream)).await;
            if let Ok(Ok(stream)) = handshake {
                http(stream, true, shared).await;
            }
        }
    }
}

async fn http<S: AsyncRead + AsyncWrite + Unpin>(stream: S, secure: bool, shared: Arc<Shared>) {
    let service = service_fn(move |request| {
        let shared = Arc::clone(&shared);
        async move { Ok::<_, std::convert::Infallible>(reply(request, secure, &shared).await) }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(HEAD_LIMIT)
        .max_headers(HEADERS)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    // A peer that breaks off or speaks nonsense has been told so by hyper; there is nobody else to tell.
    drop(served);
}

async fn reply(request: Request<Incoming>, secure: bool, shared: &Shared) -> Response<Full<Bytes>> {
    let head_only = request.method() == hyper::Method::HEAD;
    let (ask, body) = split(request, secure);
    let answer = match refused_at_the_door(&ask) {
        Some(answer) => shared.record(&ask, answer),
        None => let_in(ask, body, shared).await,
    };
    let date = shared.clock.now().http_date();
    respond(answer, &date, head_only)
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
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
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
    let named = url::Url::parse(&ask.base).ok();
    let local =
        named.is_some_and(|url| url.path() == "/" && crate::model::authority::is_loopback(&url));
    if !local {
        return Some(Answer::text(421, say::SAID_HOST, say::SAID_HOST));
    }
    let origin = ask.header("origin");
    let foreign = origin.is_some_and(|origin| !origin.eq_ignore_ascii_case(&ask.base));
    let guarded = ask.path.starts_with("/lab/");
    (foreign && guarded).then(|| Answer::text(403, say::SAID_FOREIGN, say::SAID_FOREIGN))
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
    for (name, value) in &answer.headers {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value.as_bytes())) {
            headers.append(name, value);
        }
    }
    if let Ok(date) = HeaderValue::from_str(date) {
        headers.insert("date", date);
    }
    headers.append(
        "server",
        HeaderValue::from_static("tokenscope-lab (simulated)"),
    );
    if head_only {
        headers.insert("content-length", HeaderValue::from(length));
    }
    response
}

#[cfg(test)]
mod tests;
