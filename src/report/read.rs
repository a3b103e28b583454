//! A run out of its document, as `acquire --output json` wrote it, here or on another machine. Whatever is missing in it
//! is taken for not said; what the error means is concluded anew.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value as Json;

use crate::model::{
    ApiOutcome, Asking, Authority, AuthorityKind, ClientKind, Ending, Event, Exchange, Fault,
    FaultCause, FaultKind, Field, Flow, Handed, Header, Moment, Outcome, Phases, Place, Problem,
    Purpose, Reply, Request, Run, RunId, RunSpec, Stage, TlsCertificate, TokenFacts,
};
use crate::strings::report as say;

/// Reads the document of one run; where its error surfaced comes beside it.
///
/// # Errors
/// If it is no JSON, or no document of a run: which member is missing or odd.
pub fn run(document: &str, at: &str) -> Result<(Run, Option<Place>), Problem> {
    let no_run = |what: String| Problem::new(what, at, say::EXPECTED_RUN);
    let read: Document = serde_json::from_str(document).map_err(|e| no_run(e.to_string()))?;
    let odd = |member: &str, value: &str| no_run(say::odd_member(member, value));
    let flow = Flow::from_word(&read.flow).ok_or_else(|| odd("flow", &read.flow))?;
    let outcome = Outcome::from_word(&read.outcome).ok_or_else(|| odd("outcome", &read.outcome))?;
    let mut authority = Authority::parse(&read.authority).map_err(|problem| problem.at(at))?;
    if let Some(kind) = read.asked.protocol {
        authority = authority.spoken_as(kind);
    }
    let place = read
        .diagnosis
        .as_ref()
        .and_then(|d| Place::from_word(&d.place));
    let exchanges: Vec<Exchange> = read.exchanges.iter().map(Told::exchange).collect();
    let started = read.started.as_deref().and_then(Moment::parse);
    let first = exchanges.first().map(|exchange| exchange.started);
    let started = started.or(first).unwrap_or_default();
    let events: Vec<Event> = read.events.into_iter().map(Said::event).collect();
    let ending = Ending {
        token: read.token.map(Token::facts),
        problems: read.problems.into_iter().map(Wrong::problem).collect(),
        api: read.api.map(|api| Box::new(api.outcome())),
        ..Ending::new(outcome, events.last().map_or(started, |event| event.at))
    };
    let asked = read.asked;
    let spec = RunSpec {
        profile: read.profile,
        client_kind: asked.client_kind.unwrap_or(ClientKind::Desktop),
        scopes: read.scopes,
        username: asked.username,
        claims: asked.claims,
        asking: asked.page,
        redirect_uri: asked.redirect_uri,
        capabilities: asked.capabilities,
        force_refresh: asked.force_refresh,
        ..RunSpec::new(authority, read.client_id, flow)
    };
    let run = Run {
        id: RunId::default(),
        spec,
        started,
        stage: Stage::Ended(Box::new(ending)),
        exchanges,
        events,
        simulated: read.simulated,
        from_history: true,
    };
    Ok((run, place))
}

#[derive(Deserialize)]
struct Document {
    outcome: String,
    flow: String,
    authority: String,
    #[serde(default)]
    client_id: String,
    #[serde(default)]
    profile: Option<String>,
    #[serde(default)]
    scopes: Vec<String>,
    #[serde(default)]
    asked: Asked,
    #[serde(default)]
    started: Option<String>,
    #[serde(default)]
    simulated: bool,
    #[serde(default)]
    exchanges: Vec<Told>,
    #[serde(default)]
    events: Vec<Said>,
    #[serde(default)]
    api: Option<Called>,
    #[serde(default)]
    token: Option<Token>,
    #[serde(default)]
    problems: Vec<Wrong>,
    #[serde(default)]
    diagnosis: Option<Judged>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    protocol: Option<AuthorityKind>,
    client_kind: Option<ClientKind>,
    username: Option<String>,
    claims: Option<String>,
    page: Asking,
    redirect_uri: Option<String>,
    capabilities: Vec<String>,
    force_refresh: bool,
}

#[derive(Deserialize)]
struct Judged {
    #[serde(rename = "where", default)]
    place: String,
}

#[derive(Deserialize)]
struct Called {
    exchange: Told,
}

impl Called {
    fn outcome(self) -> ApiOutcome {
        ApiOutcome {
            exchange: self.exchange.exchange(),
            said: Vec::new(),
            diagnosis: None,
        }
    }
}

#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    at: String,
    what: String,
    #[serde(default)]
    about: Option<String>,
}

impl Said {
    fn event(self) -> Event {
        Event {
            at: Moment::parse(&self.at).unwrap_or_default(),
            what: self.what,
            about: self.about,
        }
    }
}

#[derive(Deserialize)]
struct Wrong {
    what: String,
    #[serde(rename = "where", default)]
    at: String,
    #[serde(default)]
    expected: String,
}

impl Wrong {
    fn problem(self) -> Problem {
        Problem::new(self.what, self.at, self.expected)
    }
}

#[derive(Deserialize)]
struct Token {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    issued_type: Option<String>,
    #[serde(default)]
    authorization_details: Option<Json>,
    #[serde(default)]
    expires_at: Option<String>,
    #[serde(default)]
    scopes: Vec<String>,
    #[serde(default)]
    fingerprint: String,
    #[serde(default)]
    refresh_fingerprint: Option<String>,
    #[serde(default)]
    from_cache: bool,
    #[serde(default)]
    account: Option<String>,
    #[serde(default)]
    claims: Claims,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Claims {
    access_token: Option<Json>,
    id_token: Option<Json>,
}

impl Token {
    fn facts(self) -> TokenFacts {
        TokenFacts {
            token_type: self.kind,
            issued_type: self.issued_type,
            details: self.authorization_details,
            expires: self.expires_at.as_deref().and_then(Moment::parse),
            scopes: self.scopes,
            fingerprint: self.fingerprint,
            refresh_fingerprint: self.refresh_fingerprint,
            access_claims: self.claims.access_token,
            id_claims: self.claims.id_token,
            from_cache: self.from_cache,
            account: self.account,
        }
    }
}

/// An exchange.
#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    purpose: Option<String>,
    method: String,
    url: String,
    #[serde(default)]
    started: String,
    #[serde(default)]
    status: Option<u16>,
    #[serde(default)]
    ms: Times,
    #[serde(default)]
    request: Sent,
    #[serde(default)]
    response: Option<Answer>,
    #[serde(default)]
    fault: Option<Broken>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Times {
    dns: Option<f64>,
    tcp: Option<f64>,
    tls: Option<f64>,
    wait: Option<f64>,
    body: Option<f64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Sent {
    headers: Vec<(String, String)>,
    form: Vec<(String, String)>,
    body: Option<String>,
    certificate: Option<Shown>,
}

/// The client's certificate in the handshake.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Shown {
    subject: String,
    thumbprint: String,
    handed: String,
}

impl Shown {
    fn certificate(&self) -> TlsCertificate {
        TlsCertificate {
            subject: self.subject.clone(),
            thumbprint: self.thumbprint.clone(),
            handed: Handed::from_word(&self.handed).unwrap_or_default(),
            identity: None,
        }
    }
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default)]
    body: String,
}

#[derive(Deserialize)]
struct Broken {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    cause: Option<String>,
    #[serde(default)]
    detail: String,
}

impl Told {
    fn exchange(&self) -> Exchange {
        let time =
            |ms: Option<f64>| ms.and_then(|ms| Duration::try_from_secs_f64(ms / 1000.0).ok());
        let named = self.purpose.as_deref().and_then(Purpose::from_word);
        let usual = if self.method == "POST" {
            Purpose::Token
        } else {
            Purpose::Discovery
        };
        let reply = self.response.as_ref().zip(self.status);
        let shown = self.request.certificate.as_ref();
        Exchange {
            started: Moment::parse(&self.started).unwrap_or_default(),
            request: Request {
                method: self.method.clone(),
                url: self.url.clone(),
                headers: pairs(&self.request.headers, Header::new),
                form: pairs(&self.request.form, Field::new),
                body: self.request.body.clone().map(Into::into),
                certificate: shown.map(|shown| Box::new(shown.certificate())),
                purpose: named.unwrap_or(usual),
                single_use: false,
            },
            reply: reply.map(|(answer, status)| Reply {
                status,
                headers: answer.headers.clone(),
                body: answer.body.clone().into_bytes(),
                cut: None,
            }),
            fault: self.fault.as_ref().map(|broken| Fault {
                cause: broken.cause.as_deref().and_then(FaultCause::from_word),
                ..Fault::new(
                    FaultKind::from_word(&broken.kind).unwrap_or(FaultKind::Protocol),
                    broken.detail.as_str(),
                )
            }),
            phases: Phases {
                dns: time(self.ms.dns),
                tcp: time(self.ms.tcp),
                tls: time(self.ms.tls),
                wait: time(self.ms.wait),
                body: time(self.ms.body),
            },
        }
    }
}

fn pairs<T>(told: &[(String, String)], make: fn(String, String) -> T) -> Vec<T> {
    told.iter()
        .map(|(name, value)| make(name.clone(), value.clone()))
        .collect()
}

#[cfg(test)]
mod tests;
