//! Where the browser comes back to: loopback, a random port, one use (RFC 8252 section 7.3). Answers several
//! connections at once, for browsers connect ahead of time, and believes only requests that name it as their host.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{Method, Request, Response, StatusCode, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use url::{Host, Url};

use super::page::{HEADERS, Page};

/// The longest form post that is read.
const BODY_LIMIT: usize = 64 << 10;

/// How long one connection may stay.
const PATIENCE: Duration = Duration::from_mins(1);

/// A redirect that came in.
pub(super) struct Arrival {
    /// The redirect URI with what came along as its query.
    pub url: String,
    /// Takes the page that the browser is to get.
    pub page: oneshot::Sender<Page>,
}

/// Listens until it is dropped.
pub(super) struct Listener {
    /// The redirect URI with the port that was found.
    pub redirect_uri: String,
    arrivals: mpsc::UnboundedReceiver<Arrival>,
    tasks: Vec<JoinHandle<()>>,
}

/// What every connection needs to know.
struct Door {
    redirect: Url,
    hosts: Vec<String>,
    arrivals: mpsc::UnboundedSender<Arrival>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

/// Whether a redirect URI can be listened for here: http on a loopback name or address.
pub(super) fn is_ours(redirect: &Url) -> bool {
    redirect.scheme() == "http" && crate::model::authority::is_loopback(redirect)
}

impl Listener {
    /// Opens the door for a redirect URI. Without a port in it, any free one is taken and put into it.
    pub async fn open(mut redirect: Url) -> io::Result<Self> {
        let wanted = redirect.port().unwrap_or(0);
        let v6_only = matches!(redirect.host(), Some(Host::Ipv6(_)));
        let by_name = matches!(redirect.host(), Some(Host::Domain(_)));
        let mut doors = Vec::new();
        if !v6_only {
            doors.push(TcpListener::bind((Ipv4Addr::LOCALHOST, wanted)).await?);
        }
        let port = match doors.first() {
            Some(door) => door.local_addr()?.port(),
            None => wanted,
        };
        if v6_only || by_name {
            match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
                Ok(door) => doors.push(door),
                // A machine without IPv6 still has 127.0.0.1.
                Err(_) if by_name => {}
                Err(error) => return Err(error),
            }
        }
        let port = match doors.first() {
            Some(door) => door.local_addr()?.port(),
            None => port,
        };
        let bare = redirect.path() == "/";
        let _ = redirect.set_port(Some(port));
        let (sender, arrivals) = mpsc::unbounded_channel();
        let door = Arc::new(Door {
            hosts: hosts(&redirect, port),
            redirect: redirect.clone(),
            arrivals: sender,
        });
        let tasks = doors
            .into_iter()
            .map(|listener| tokio::spawn(accept(listener, Arc::clone(&door))))
            .collect();
        let text = redirect.as_str();
        let redirect_uri = if bare {
            text.trim_end_matches('/')
        } else {
            text
        };
        Ok(Self {
            redirect_uri: redirect_uri.to_owned(),
            arrivals,
            tasks,
        })
    }

    /// The next redirect.
    pub async fn arrival(&mut self) -> Arrival {
        match self.arrivals.recv().await {
            Some(arrival) => arrival,
            None => std::future::pending().await,
        }
    }
}

fn hosts(redirect: &Url, port: u16) -> Vec<String> {
    let named = redirect.host_str().unwrap_or_default().to_ascii_lowercase();
    let mut hosts = vec![format!("{named}:{port}")];
    if port == 80 {
        hosts.push(named);
    }
    hosts
}

async fn accept(listener: TcpListener, door: Arc<Door>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        // Not tied to the listener: the browser must get its page although the door closes behind it.
        tokio::spawn(tokio::time::timeout(
            PATIENCE,
            connection(stream, Arc::clone(&door)),
        ));
    }
}

async fn connection(stream: TcpStream, door: Arc<Door>) {
    let service = service_fn(move |request| {
        let door = Arc::clone(&door);
        async move { Ok::<_, Infallible>(answer(request, &door).await) }
    });
    let _ = hyper::server::conn::http1::Builder::new()
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn answer(request: Request<Incoming>, door: &Door) -> Response<Full<Bytes>> {
    let page = match redirect_of(request, door).await {
        None => Page::NotFound,
        Some(url) => {
            let (page, chosen) = oneshot::channel();
            let _ = door.arrivals.send(Arrival { url, page });
            chosen.await.unwrap_or(Page::NotFound)
        }
    };
    let mut response = Response::new(Full::new(Bytes::from(page.html())));
    *response.status_mut() =
        StatusCode::from_u16(page.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .append(name, hyper::header::HeaderValue::from_static(value));
    }
    response
}

/// The redirect a request brings: by GET in its query, by POST in its form. `None` for everything else that
/// browsers and others ask for.
async fn redirect_of(request: Request<Incoming>, door: &Door) -> Option<String> {
    let host = request.headers().get(HOST)?.to_str().ok()?;
    if !door.hosts.contains(&host.to_ascii_lowercase())
        || request.uri().path() != door.redirect.path()
    {
        return None;
    }
    let carried = match *request.method() {
        Method::GET => request.uri().query()?.to_owned(),
        Method::POST => {
            let kind = request.headers().get(CONTENT_TYPE)?.to_str().ok()?;
            if !kind.starts_with("application/x-www-form-urlencoded") {
                return None;
            }
            let body = Limited::new(request.into_body(), BODY_LIMIT);
            let body = body.collect().await.ok()?.to_bytes();
            String::from_utf8(body.to_vec()).ok()?
        }
        _ => return None,
    };
    let answers = url::form_urlencoded::parse(carried.as_bytes())
        .any(|(name, _)| matches!(name.as_ref(), "code" | "error" | "state"));
    let mut url = door.redirect.clone();
    url.set_query(Some(&carried));
    answers.then(|| url.into())
}
