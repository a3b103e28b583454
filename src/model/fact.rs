//! What was read out of a reply or a paste, and where.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::{Moment, Place};

/// Where a fact was read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Spot {
    /// A JSON pointer (RFC 6901) into the reply's body, e.g. `/error_codes/0`.
    Pointer(Cow<'static, str>),
    /// A response header, by lower-case name.
    Header(Cow<'static, str>),
    /// A query or form parameter.
    Parameter(String),
    /// A byte range of the pasted text.
    Bytes(usize, usize),
    /// The HTTP status.
    Status,
    /// The fault of the exchange.
    Fault,
}

impl Spot {
    /// How it is written for machines: the pointer itself, `header:name`, `parameter:name`, `bytes:10-20`, `status`.
    pub fn word(&self) -> String {
        match self {
            Self::Pointer(pointer) => pointer.clone().into_owned(),
            Self::Header(name) => format!("header:{name}"),
            Self::Parameter(name) => format!("parameter:{name}"),
            Self::Bytes(from, to) => format!("bytes:{from}-{to}"),
            Self::Status => "status".into(),
            Self::Fault => "fault".into(),
        }
    }
}

/// How something was packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Packing {
    /// JSON as the text of a JSON string.
    Json,
    /// base64 or base64url (RFC 4648 sections 4 and 5), padded or not.
    Base64,
    /// Percent-encoding (RFC 3986 section 2.1).
    Percent,
    /// The query or the fragment of an address.
    Address,
    /// A form (URL Standard, section 5.1).
    Form,
    /// A `WWW-Authenticate` challenge (RFC 9110 section 11.6.1).
    Challenge,
}

/// What a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FactKind {
    /// The OAuth `error` value.
    Error,
    /// A code with its prefix: `AADSTS50076`, `AADB2C90118`, `MSIS9605`.
    Code,
    /// A number of another system (HTTP, ACS, HRESULT …), with a word saying which.
    OtherNumber,
    /// `error_description`, whole.
    Description,
    /// `suberror`.
    SubError,
    /// The claims challenge, as JSON text (already decoded from base64).
    Claims,
    /// `trace_id` or `x-ms-request-id`.
    TraceId,
    /// `correlation_id` or `client-request-id`.
    CorrelationId,
    /// `request-id` of an API, which is not the token service's.
    RequestId,
    /// The server's time of the error, RFC 3339, UTC.
    Timestamp,
    /// That time as it was written, where that differs.
    WrittenTime,
    /// The same trace id stood in an earlier line of the same log, in an earlier reply or paste: a library answered
    /// from its memory. The value is the earlier time, RFC 3339.
    Repeated,
    /// `error_uri`.
    ErrorUri,
    /// Seconds to wait, read from `Retry-After` (an HTTP-date is turned into seconds by whoever knows the time; the
    /// value then is the date itself).
    RetryAfter,
    /// `password_change_url`.
    PasswordChangeUrl,
    /// A sub-code such as `error_subcode=cancel`.
    ErrorSubcode,
    /// The authority named in a `WWW-Authenticate` challenge.
    AuthorizationUri,
    /// Policy id found in the claims (`capolids`).
    PolicyId,
    /// The HTTP status of the reply or the paste.
    Status,
    /// Something that should not be so: not JSON, an array where an object belongs, an empty body, HTML, cut off. The
    /// value is the sentence to show.
    Trouble,
    /// A granted reply carried this token (value: which, e.g. `access_token`; never the token).
    Token,
    /// The page text or another free-text message that belongs to the error.
    Message,
    /// The tenant that is spoken of: its id or a domain.
    Tenant,
    /// The application's id.
    AppId,
    /// The application's name.
    AppName,
    /// The resource (API) that is spoken of: its id, its URI or its name.
    Resource,
    /// The scopes that were asked for or are spoken of.
    Scope,
    /// The user that is spoken of. Personal.
    User,
    /// The library that reported it, with its version where that is said: `msal-dotnet 4.69.1.0`, `azure-identity-python
    /// 1.27.0`.
    Library,
    /// Another value that the sentence quotes.
    Placeholder,
    /// A credential of a chain that was tried, and what it said: `AzureCliCredential: Azure CLI not found on path`.
    Attempt,
}

impl FactKind {
    /// The word in machine output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Code => "code",
            Self::OtherNumber => "other-number",
            Self::Description => "description",
            Self::SubError => "suberror",
            Self::Claims => "claims",
            Self::TraceId => "trace-id",
            Self::CorrelationId => "correlation-id",
            Self::RequestId => "request-id",
            Self::Timestamp => "timestamp",
            Self::WrittenTime => "written-time",
            Self::Repeated => "repeated",
            Self::ErrorUri => "error-uri",
            Self::RetryAfter => "retry-after",
            Self::PasswordChangeUrl => "password-change-url",
            Self::ErrorSubcode => "error-subcode",
            Self::AuthorizationUri => "authorization-uri",
            Self::PolicyId => "policy-id",
            Self::Status => "status",
            Self::Trouble => "trouble",
            Self::Token => "token",
            Self::Message => "message",
            Self::Tenant => "tenant",
            Self::AppId => "app-id",
            Self::AppName => "app-name",
            Self::Resource => "resource",
            Self::Scope => "scope",
            Self::User => "user",
            Self::Library => "library",
            Self::Placeholder => "placeholder",
            Self::Attempt => "attempt",
        }
    }

    /// Whether it tells of the circumstances and says nothing about which error it is.
    pub const fn is_circumstance(self) -> bool {
        matches!(
            self,
            Self::Tenant
                | Self::AppId
                | Self::AppName
                | Self::Resource
                | Self::Scope
                | Self::User
                | Self::Library
                | Self::Placeholder
        )
    }
}

/// One thing read out, with where it was read. The value is text as read: not yet safe for a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub kind: FactKind,
    /// The value.
    pub value: String,
    /// Where it was read.
    pub from: Spot,
}

/// What the input looked like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A JSON object.
    Json,
    /// JSON that is not an object, or an object with wrong types.
    OddJson,
    /// An empty body.
    Empty,
    /// An HTML page.
    Html,
    /// A redirect address (query or fragment).
    Redirect,
    /// A form body.
    Form,
    /// A `WWW-Authenticate` header.
    Challenge,
    /// Free text, a log, an exception.
    Text,
    /// No reply at all.
    Nothing,
}

/// All facts that belong to one error (or one granted reply), in order of appearance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What the input looked like.
    pub shape: Shape,
    /// Where it surfaced, if the input says so by itself.
    pub place: Option<Place>,
    /// The facts. Codes come most specific first.
    pub facts: Vec<Fact>,
}

impl Reading {
    /// A reading without facts.
    pub const fn empty(shape: Shape) -> Self {
        Self {
            shape,
            place: None,
            facts: Vec::new(),
        }
    }

    /// The first fact of a kind.
    pub fn first(&self, kind: FactKind) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.kind == kind)
    }

    /// All facts of a kind, in order.
    pub fn all(&self, kind: FactKind) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(move |fact| fact.kind == kind)
    }

    /// The value of the first fact of a kind.
    pub fn value(&self, kind: FactKind) -> Option<&str> {
        self.first(kind).map(|fact| fact.value.as_str())
    }

    /// The OAuth `error`.
    pub fn error(&self) -> Option<&str> {
        self.value(FactKind::Error)
    }

    /// The suberror.
    pub fn suberror(&self) -> Option<&str> {
        self.value(FactKind::SubError).filter(|s| !s.is_empty())
    }

    /// The codes, most specific first, each once.
    pub fn codes(&self) -> Vec<&str> {
        let mut seen = Vec::new();
        for fact in self.all(FactKind::Code) {
            if !seen.contains(&fact.value.as_str()) {
                seen.push(fact.value.as_str());
            }
        }
        seen
    }

    /// The claims challenge as JSON.
    pub fn claims(&self) -> Option<Json> {
        serde_json::from_str(self.value(FactKind::Claims)?).ok()
    }

    /// The server's time of the error.
    pub fn timestamp(&self) -> Option<Moment> {
        Moment::parse(self.value(FactKind::Timestamp)?)
    }

    /// Whether an access token that is not empty came.
    pub fn has_token(&self) -> bool {
        self.all(FactKind::Token)
            .any(|fact| fact.value == "access_token")
    }
}
