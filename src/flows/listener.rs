//! Where the browser comes back to: loopback, a random port, one use (RFC 8252 section 7.3). Answers several
//! connections at once, for browsers connect ahead of time, and believes only requests that name it as their host.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
};
use hyper::{Method, Request, Response, StatusCode, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use url::{Host, Url};

use super::handing::Handing;
use super::page::{HEADERS, Page};

/// The longest form post that is read.
const BODY_LIMIT: usize = 64 << 10;

/// How long one connection may stay.
const PATIENCE: Duration = Duration::from_mins(1);

/// Something that came in.
pub(super) enum Arrival {
    /// A redirect.
    Redirect {
        /// The redirect URI with what came along as its query.
        url: String,
        /// Takes the page that the browser is to get.
        page: oneshot::Sender<Page>,
    },
    /// The page that was to be handed over is with the browser.
    Handed,
    /// A form of a page that has no business here, told once: the origin of that page.
    Stranger(String),
}

/// What is let in beside a redirect that has its answer in the query.
pub(super) struct Guests {
    /// Whether the answer may stand in the fragment: then the page that hands it on is served.
    pub by_fragment: bool,
    /// Whether a page of this origin may post a form.
    pub may_post: Box<dyn Fn(&str) -> bool + Send + Sync>,
}

impl Guests {
    /// Nobody beside it.
    pub fn none() -> Self {
        Self {
            by_fragment: false,
            may_post: Box::new(|_| false),
        }
    }
}

/// Listens until it is dropped.
pub(super) struct Listener {
    /// The port that was found.
    pub port: u16,
    /// The redirect URI with the port that was found.
    pub redirect_uri: String,
    arrivals: mpsc::UnboundedReceiver<Arrival>,
    handing: Arc<OnceLock<Handing>>,
    tasks: Vec<JoinHandle<()>>,
}

/// What every connection needs to know.
struct Door {
    redirect: Url,
    hosts: Vec<String>,
    guests: Guests,
    port: u16,
    handing: Arc<OnceLock<Handing>>,
    stranger_told: AtomicBool,
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
    pub async fn open(mut redirect: Url, guests: Guests) -> io::Result<Self> {
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
        let handing = Arc::new(OnceLock::new());
        let door = Arc::new(Door {
            hosts: hosts(&redirect, port),
            redirect: redirect.clone(),
            guests,
            port,
            handing: Arc::clone(&handing),
            stranger_told: AtomicBool::new(false),
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
            port,
            redirect_uri: redirect_uri.to_owned(),
            arrivals,
            handing,
            tasks,
        })
    }

    /// Serves a page of its own, once.
    pub fn hand_over(&mut self, page: Handing) {
        let _ = self.handing.set(page);
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
    if let Some((html, policy)) = handed(&request, door) {
        let _ = door.arrivals.send(Arrival::Handed);
        return response(html, 200, "no-referrer", &policy);
    }
    let page = match visit_of(request, door).await {
        Visit::Nothing => Page::NotFound,
        Visit::Bare => Page::Relay,
        Visit::Redirect(url) => {
            let (page, chosen) = oneshot::channel();
            let _ = door.arrivals.send(Arrival::Redirect { url, page });
            chosen.await.unwrap_or(Page::NotFound)
        }
    };
    response(
        page.html(),
        page.status(),
        page.referrer_policy(),
        &page.policy(),
    )
}

fn response(
    html: String,
    status: u16,
    referrer: &'static str,
    policy: &str,
) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(html)));
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.append(name, HeaderValue::from_static(value));
    }
    headers.append(REFERRER_POLICY, HeaderValue::from_static(referrer));
    if let Ok(policy) = HeaderValue::from_str(policy) {
        headers.append(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// The page that is handed over once, where it is asked for by the name or the address of this machine. One that a
/// browser fetches ahead of time, and may never show, does not count.
fn handed(request: &Request<Incoming>, door: &Door) -> Option<(String, String)> {
    let handing = door.handing.get()?;
    let host = header(request, HOST)?.to_ascii_lowercase();
    let here = ["localhost", "127.0.0.1", "[::1]"];
    let here = here
        .iter()
        .any(|name| host == format!("{name}:{}", door.port));
    let ahead = request.headers().contains_key("sec-purpose");
    if !here || ahead || request.method() != Method::GET {
        return None;
    }
    handing.take(request.uri().path())
}

/// What a request is.
enum Visit {
    /// A redirect, as a whole address.
    Redirect(String),
    /// The redirect URI with nothing in its query, where an answer may stand in the fragment.
    Bare,
    /// Everything else that browsers and others ask for.
    Nothing,
}

/// What a request brings: by GET in its query, by POST in its form.
async fn visit_of(request: Request<Incoming>, door: &Door) -> Visit {
    let host = header(&request, HOST).unwrap_or_default();
    if !door.hosts.contains(&host.to_ascii_lowercase())
        || request.uri().path() != door.redirect.path()
    {
        return Visit::Nothing;
    }
    let got = request.method() == Method::GET;
    let carried = match *request.method() {
        Method::GET => request.uri().query().map(str::to_owned),
        Method::POST => match form(request, door).await {
            Some(form) => Some(form),
            None => return Visit::Nothing,
        },
        _ => return Visit::Nothing,
    };
    let Some(carried) = carried.filter(|text| answers(text)) else {
        let bare = door.guests.by_fragment && got;
        return if bare { Visit::Bare } else { Visit::Nothing };
    };
    let mut url = door.redirect.clone();
    url.set_query(Some(&carried));
    Visit::Redirect(url.into())
}

/// Whether parameters are those of an answer.
fn answers(carried: &str) -> bool {
    let mut pairs = url::form_urlencoded::parse(carried.as_bytes());
    pairs.any(|(name, _)| matches!(name.as_ref(), "code" | "error" | "state" | "response"))
}

fn header(request: &Request<Incoming>, name: HeaderName) -> Option<&str> {
    request.headers().get(name)?.to_str().ok()
}

/// The form of a page that may post one here: the server's own, or the page that hands on a fragment.
async fn form(request: Request<Incoming>, door: &Door) -> Option<String> {
    if let Some(origin) = header(&request, ORIGIN)
        && !door.takes_from(origin)
    {
        if !door.stranger_told.swap(true, Ordering::Relaxed) {
            let _ = door.arrivals.send(Arrival::Stranger(origin.to_owned()));
        }
        return None;
    }
    let kind = header(&request, CONTENT_TYPE)?;
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return None;
    }
    let body = Limited::new(request.into_body(), BODY_LIMIT);
    let body = body.collect().await.ok()?.to_bytes();
    String::from_utf8(body.to_vec()).ok()
}

impl Door {
    /// A page that keeps its origin to itself says `null`; the run's `state` is looked at in any case.
    fn takes_from(&self, origin: &str) -> bool {
        let own = || {
            let name = origin.strip_prefix("http://").unwrap_or_default();
            self.hosts.contains(&name.to_ascii_lowercase())
        };
        origin == "null" || (self.guests.by_fragment && own()) || (self.guests.may_post)(origin)
    }
}
