//! One HTTP request and what came of it.

use std::time::Duration;

use super::{Fault, Moment, Secret, TlsCertificate};

/// A value that is sent: plain, or a secret that must be revealed on the wire only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// May be shown.
    Plain(String),
    /// May not.
    Secret(Secret),
}

impl Value {
    /// The bytes for the wire.
    pub fn reveal(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Secret(secret) => secret.reveal(),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Plain(text)
    }
}

impl From<Secret> for Value {
    fn from(secret: Secret) -> Self {
        Self::Secret(secret)
    }
}

/// One form field of a request body, in the order sent (`application/x-www-form-urlencoded`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The parameter's name, e.g. `grant_type`.
    pub name: String,
    /// Its value.
    pub value: Value,
}

impl Field {
    /// A field.
    pub fn new(name: impl Into<String>, value: impl Into<Value>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
        }
    }
}

/// One request header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Name as sent.
    pub name: String,
    /// Value; a secret where it carries one (`Authorization`).
    pub value: Value,
}

impl Header {
    /// A header.
    pub fn new(name: impl Into<String>, value: impl Into<Value>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
        }
    }
}

/// What a request is for. Decides how its reply is read and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Instance discovery or authorization-server metadata.
    Discovery,
    /// An issuer's keys: the key set (JWKS), or the metadata that says where it is.
    Keys,
    /// A token request.
    Token,
    /// An authorization request that is pushed to the server (RFC 9126).
    PushedAuthorization,
    /// A device authorization request (RFC 8628 section 3.1).
    DeviceStart,
    /// A backchannel authentication request (OpenID Connect CIBA Core 7.1).
    BackchannelStart,
    /// The home-realm lookup before a password grant.
    UserRealm,
    /// A call to a protected API with the token just acquired.
    Api,
    /// Whether a token is good (RFC 7662).
    Introspection,
    /// Taking a token back (RFC 7009).
    Revocation,
    /// Claims about the user (OpenID Connect Core 5.3).
    UserInfo,
    /// The token of another issuer, which will stand for the client (RFC 7523 section 2.2).
    ClientAssertion,
}

impl Purpose {
    /// Every one.
    pub const ALL: [Self; 12] = [
        Self::Discovery,
        Self::Keys,
        Self::Token,
        Self::PushedAuthorization,
        Self::DeviceStart,
        Self::BackchannelStart,
        Self::UserRealm,
        Self::Api,
        Self::Introspection,
        Self::Revocation,
        Self::UserInfo,
        Self::ClientAssertion,
    ];

    /// The word in machine output and in the history.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Discovery => "discovery",
            Self::Keys => "keys",
            Self::Token => "token",
            Self::PushedAuthorization => "pushed-authorization",
            Self::DeviceStart => "device-start",
            Self::BackchannelStart => "backchannel-start",
            Self::UserRealm => "user-realm",
            Self::Api => "api",
            Self::Introspection => "introspection",
            Self::Revocation => "revocation",
            Self::UserInfo => "user-info",
            Self::ClientAssertion => "client-assertion",
        }
    }

    /// The one of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }
}

/// One request, before it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST` …
    pub method: String,
    /// The whole address, query included.
    pub url: String,
    /// Headers beyond those the transport adds (`Host`, `Content-Length`, `User-Agent`, `Accept`).
    pub headers: Vec<Header>,
    /// The form; empty for a request without a body.
    pub form: Vec<Field>,
    /// A body that is no form, sent as it is; its type is among the headers.
    pub body: Option<Value>,
    /// The client's certificate for the TLS handshake (RFC 8705); never for plain http.
    pub certificate: Option<Box<TlsCertificate>>,
    /// What it is for.
    pub purpose: Purpose,
    /// Whether it carries something that may work only once (a code, a refresh token that may rotate). Such a
    /// request is never sent again by itself once it may have left.
    pub single_use: bool,
}

impl Request {
    /// A GET without a body.
    pub fn get(url: impl Into<String>, purpose: Purpose) -> Self {
        Self {
            method: "GET".into(),
            url: url.into(),
            headers: Vec::new(),
            form: Vec::new(),
            body: None,
            certificate: None,
            purpose,
            single_use: false,
        }
    }

    /// A form POST.
    pub fn post(url: impl Into<String>, form: Vec<Field>, purpose: Purpose) -> Self {
        Self {
            method: "POST".into(),
            url: url.into(),
            headers: Vec::new(),
            form,
            body: None,
            certificate: None,
            purpose,
            single_use: false,
        }
    }

    /// The same without the key of its certificate: what may be kept of it.
    #[must_use]
    pub fn record(mut self) -> Self {
        self.certificate = self.certificate.map(|shown| Box::new(shown.record()));
        self
    }
}

/// Why a body is not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The body limit (bytes) was reached; the rest was not read.
    Limit(usize),
    /// The connection ended before the announced length.
    Connection,
    /// The whole-request time-out came first.
    Time,
}

/// What came back: status, headers and the exact body bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status, e.g. 400.
    pub status: u16,
    /// Headers in the order the HTTP library gives them, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, exactly as received; no content coding was asked for.
    pub body: Vec<u8>,
    /// Set when the body is not whole.
    pub cut: Option<Cut>,
}

impl Reply {
    /// The first value of a header, by lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.as_str())
    }

    /// All values of a header, in order.
    pub fn header_all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.as_str())
    }

    /// The body as text, bad UTF-8 replaced.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        std::str::from_utf8(&self.body)
            .map_or_else(|_| String::from_utf8_lossy(&self.body), Into::into)
    }
}

/// How long each phase took. A phase that did not happen (a reused connection, plain http, an address instead of
/// a name) is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Phases {
    /// Name lookup.
    pub dns: Option<Duration>,
    /// TCP connect.
    pub tcp: Option<Duration>,
    /// TLS handshake.
    pub tls: Option<Duration>,
    /// From the request sent to the first byte of the reply's head.
    pub wait: Option<Duration>,
    /// Reading the body.
    pub body: Option<Duration>,
}

impl Phases {
    /// The sum of the phases that happened.
    pub fn total(&self) -> Duration {
        [self.dns, self.tcp, self.tls, self.wait, self.body]
            .into_iter()
            .flatten()
            .sum()
    }
}

/// One request and what came of it: a reply, a fault, or both (a body that was cut is both).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// When the request was begun.
    pub started: Moment,
    /// What was asked.
    pub request: Request,
    /// What came back.
    pub reply: Option<Reply>,
    /// What went wrong on the way.
    pub fault: Option<Fault>,
    /// Timing by phase.
    pub phases: Phases,
}

impl Exchange {
    /// The reply's status.
    pub fn status(&self) -> Option<u16> {
        self.reply.as_ref().map(|reply| reply.status)
    }

    /// How far this machine's clock is ahead of the server's, in seconds (negative: behind), as far as the reply's `date`
    /// (RFC 9110 section 6.6.1) tells; 0 where it lies between question and answer. `None`: no date that can be read.
    pub fn clock_ahead(&self) -> Option<i64> {
        let date = Moment::parse_http_date(self.reply.as_ref()?.header("date")?)?.seconds();
        let asked = self.started.seconds();
        let came = self.started.plus(self.phases.total()).seconds();
        Some(date.clamp(asked, came).saturating_sub(date))
    }
}
