//! How a run is written down: its own words, so that the model can change without losing the past. Secrets were
//! replaced by their marks before they came here, and stay marks when a run is read back.

use std::time::Duration;

use rusqlite::Row;
use serde::{Deserialize, Serialize};

use crate::model::{
    AdminConsent, ApiCall, ApiOutcome, Asking, Authority, AuthorityKind, ClientKind, Cut, Ending,
    Event, Exchange, Extensions, Fault, FaultCause, FaultKind, Field, Flow, Further,
    FurtherOutcome, Handed, Header, Moment, Outcome, Phases, Place, Presented, Purpose, Redacted,
    Reply, Request, Run, RunId, RunSpec, ServerCertificate, SignedOut, Stage, TlsCertificate,
    TokenFacts, Value, Verification,
};

/// A past run as the history lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastRun {
    /// Its key in the store.
    pub key: i64,
    /// When it began, RFC 3339.
    pub started: String,
    /// Profile or client id.
    pub profile: String,
    /// Flow word.
    pub flow: String,
    /// Outcome word.
    pub outcome: String,
    /// Error and codes, in a few words.
    pub error: String,
    /// Correlation id.
    pub correlation_id: String,
    /// Whether the lab answered.
    pub simulated: bool,
}

impl PastRun {
    pub(super) fn of(run: &Run) -> Self {
        let diagnosis = run.diagnosis();
        let mut error: Vec<&str> = diagnosis
            .and_then(|d| d.error.as_deref())
            .into_iter()
            .collect();
        error.extend(diagnosis.and_then(|d| d.suberror.as_deref()));
        error.extend(
            diagnosis
                .iter()
                .flat_map(|d| &d.codes)
                .map(|code| code.code.as_str()),
        );
        Self {
            key: 0,
            started: run.started.iso(),
            profile: run
                .spec
                .profile
                .clone()
                .unwrap_or_else(|| run.spec.client_id.clone()),
            flow: run.flow().word().into(),
            outcome: run.outcome().map_or("running", Outcome::word).into(),
            error: error.join(" "),
            correlation_id: diagnosis
                .and_then(|d| d.correlation_id.clone())
                .unwrap_or_default(),
            simulated: run.simulated,
        }
    }

    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            key: row.get(0)?,
            started: Moment::from_millis(row.get(1)?).iso(),
            profile: row.get(2)?,
            flow: row.get(3)?,
            outcome: row.get(4)?,
            error: row.get(5)?,
            correlation_id: row.get(6)?,
            simulated: row.get(7)?,
        })
    }
}

/// A stored run.
#[derive(Serialize, Deserialize)]
pub(super) struct Record {
    profile: Option<String>,
    authority: String,
    protocol: AuthorityKind,
    client_id: String,
    client_kind: ClientKind,
    flow: Flow,
    scopes: Vec<String>,
    username: Option<String>,
    #[serde(default)]
    user_id: Option<String>,
    claims: Option<String>,
    force_refresh: bool,
    redirect_uri: Option<String>,
    /// The address of the API; in older records all that is known of the call.
    api: Option<String>,
    #[serde(default)]
    asking: Asking,
    #[serde(default)]
    api_call: Option<ApiCall>,
    #[serde(default)]
    extensions: Extensions,
    started: Moment,
    ended: Moment,
    outcome: String,
    place: Option<Place>,
    token: Option<Token>,
    #[serde(default)]
    verification: Option<Verification>,
    #[serde(default)]
    signed_out: Option<SignedOut>,
    #[serde(default)]
    consent: Option<AdminConsent>,
    /// Whether the API was called.
    called_api: bool,
    exchanges: Vec<Sent>,
    events: Vec<Logged>,
    simulated: bool,
    /// What was pasted or sent back, where no reply holds the error: error, description.
    said: Option<Said>,
}

#[derive(Serialize, Deserialize)]
struct Said {
    error: Option<String>,
    description: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Token {
    #[serde(rename = "token_type")]
    kind: String,
    #[serde(default)]
    issued_type: Option<String>,
    #[serde(default)]
    details: Option<serde_json::Value>,
    expires: Option<Moment>,
    scopes: Vec<String>,
    fingerprint: String,
    refresh_fingerprint: Option<String>,
    access_claims: Option<serde_json::Value>,
    id_claims: Option<serde_json::Value>,
    from_cache: bool,
    account: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Logged {
    at: Moment,
    what: String,
    about: Option<String>,
}

/// An exchange.
#[derive(Serialize, Deserialize)]
struct Sent {
    started: Moment,
    method: String,
    url: String,
    purpose: String,
    headers: Vec<(String, String)>,
    form: Vec<(String, String)>,
    /// A body that is no form.
    #[serde(default)]
    posted: Option<String>,
    /// The client's certificate: whose, its thumbprint, what became of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    certificate: Option<(String, String, String)>,
    reply: Option<Answer>,
    fault: Option<(String, String)>,
    /// What exactly the fault was.
    #[serde(default)]
    cause: Option<String>,
    /// The certificates that the server showed.
    #[serde(default)]
    chain: Vec<ServerCertificate>,
    /// Microseconds: dns, tcp, tls, wait, body.
    phases: [Option<u64>; 5],
}

#[derive(Serialize, Deserialize)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
    cut: Option<String>,
}

impl Record {
    pub(super) fn of(run: &Redacted<Run>) -> Self {
        let run = run.get();
        let spec = &run.spec;
        let ending = run.ending();
        let diagnosis = run.diagnosis();
        Self {
            profile: spec.profile.clone(),
            authority: spec.authority.as_str().into(),
            protocol: spec.authority.kind,
            client_id: spec.client_id.clone(),
            client_kind: spec.client_kind,
            flow: spec.flow,
            scopes: spec.scopes.clone(),
            username: spec.username.clone(),
            user_id: spec.presented.user_id.clone(),
            claims: spec.claims.clone(),
            force_refresh: spec.force_refresh,
            redirect_uri: spec.redirect_uri.clone(),
            asking: spec.asking.clone(),
            api: spec.api.as_ref().map(|call| call.url.clone()),
            api_call: spec.api.clone(),
            extensions: spec.extensions.clone(),
            started: run.started,
            ended: ending.map_or(run.started, |ending| ending.at),
            outcome: run.outcome().unwrap_or(Outcome::Cancelled).word().into(),
            place: diagnosis.map(|d| d.place),
            token: ending.and_then(|ending| ending.token.as_ref()).map(token),
            verification: ending.and_then(|ending| ending.verification.as_deref().cloned()),
            signed_out: ending.and_then(|ending| ending.signed_out.as_deref().cloned()),
            consent: ending.and_then(|ending| ending.consent.as_deref().cloned()),
            called_api: ending.is_some_and(|ending| ending.api.is_some()),
            exchanges: run.exchanges.iter().map(told).collect(),
            events: run
                .events
                .iter()
                .map(|e| Logged {
                    at: e.at,
                    what: e.what.clone(),
                    about: e.about.clone(),
                })
                .collect(),
            simulated: run.simulated,
            said: diagnosis.map(|d| Said {
                error: d.error.clone(),
                description: d.description.clone(),
            }),
        }
    }

    /// The run, and where its error surfaced. `None` if its authority cannot be read any more.
    pub(super) fn into_run(self) -> Option<(Run, Option<Place>)> {
        let authority = Authority::parse(&self.authority)
            .ok()?
            .spoken_as(self.protocol);
        let outcome = Outcome::from_word(&self.outcome)?;
        let exchanges: Vec<Exchange> = self.exchanges.into_iter().map(exchange).collect();
        let api = api_call(&exchanges).filter(|_| self.called_api);
        let further = exchanges.iter().filter_map(further).collect();
        let ending = Ending {
            token: self.token.map(facts),
            api,
            verification: self.verification.map(Box::new),
            further,
            signed_out: self.signed_out.map(Box::new),
            consent: self.consent.map(Box::new),
            ..Ending::new(outcome, self.ended)
        };
        let run = Run {
            id: RunId::default(),
            spec: RunSpec {
                profile: self.profile,
                client_kind: self.client_kind,
                scopes: self.scopes,
                username: self.username,
                presented: Presented {
                    user_id: self.user_id,
                    ..Presented::default()
                },
                claims: self.claims,
                force_refresh: self.force_refresh,
                redirect_uri: self.redirect_uri,
                asking: self.asking,
                api: self.api_call.or(self.api.map(ApiCall::get)),
                extensions: self.extensions,
                ..RunSpec::new(authority, self.client_id, self.flow)
            },
            started: self.started,
            stage: Stage::Ended(Box::new(ending)),
            exchanges,
            events: self.events.into_iter().map(event).collect(),
            simulated: self.simulated,
            from_history: true,
        };
        Some((run, self.place))
    }
}

/// What was done with the token, as far as an exchange tells; what it means is concluded anew.
fn further(exchange: &Exchange) -> Option<FurtherOutcome> {
    let of_refresh =
        exchange.request.form.iter().any(|field| {
            field.name == "token_type_hint" && field.value.reveal() == "refresh_token"
        });
    let what = match exchange.request.purpose {
        Purpose::Introspection => Further::Introspect,
        Purpose::UserInfo => Further::UserInfo,
        Purpose::Revocation if of_refresh => Further::RevokeRefresh,
        Purpose::Revocation => Further::Revoke,
        Purpose::Discovery
        | Purpose::Keys
        | Purpose::Token
        | Purpose::PushedAuthorization
        | Purpose::DeviceStart
        | Purpose::BackchannelStart
        | Purpose::UserRealm
        | Purpose::Api
        | Purpose::ClientAssertion => return None,
    };
    Some(FurtherOutcome {
        what,
        exchange: exchange.clone(),
        said: Vec::new(),
        diagnosis: None,
    })
}

fn event(told: Logged) -> Event {
    Event {
        at: told.at,
        what: told.what,
        about: told.about,
    }
}

/// The newest call of an API: a check of the token may have fetched keys after it.
fn api_call(exchanges: &[Exchange]) -> Option<Box<ApiOutcome>> {
    let mut newest = exchanges.iter().rev();
    let called = newest.find(|exchange| exchange.request.purpose == Purpose::Api)?;
    Some(Box::new(ApiOutcome {
        exchange: called.clone(),
        said: Vec::new(),
        diagnosis: None,
    }))
}

fn token(facts: &TokenFacts) -> Token {
    Token {
        kind: facts.token_type.clone(),
        issued_type: facts.issued_type.clone(),
        details: facts.details.clone(),
        expires: facts.expires,
        scopes: facts.scopes.clone(),
        fingerprint: facts.fingerprint.clone(),
        refresh_fingerprint: facts.refresh_fingerprint.clone(),
        access_claims: facts.access_claims.clone(),
        id_claims: facts.id_claims.clone(),
        from_cache: facts.from_cache,
        account: facts.account.clone(),
    }
}

fn facts(token: Token) -> TokenFacts {
    TokenFacts {
        token_type: token.kind,
        issued_type: token.issued_type,
        details: token.details,
        expires: token.expires,
        scopes: token.scopes,
        fingerprint: token.fingerprint,
        refresh_fingerprint: token.refresh_fingerprint,
        access_claims: token.access_claims,
        id_claims: token.id_claims,
        from_cache: token.from_cache,
        account: token.account,
    }
}

fn told(exchange: &Exchange) -> Sent {
    let micros = |time: Option<Duration>| {
        time.map(|time| u64::try_from(time.as_micros()).unwrap_or(u64::MAX))
    };
    let Phases {
        dns,
        tcp,
        tls,
        wait,
        body,
    } = exchange.phases;
    let request = &exchange.request;
    Sent {
        started: exchange.started,
        method: request.method.clone(),
        url: request.url.clone(),
        purpose: request.purpose.word().to_owned(),
        headers: request
            .headers
            .iter()
            .map(|h| (h.name.clone(), h.value.reveal().to_owned()))
            .collect(),
        form: request
            .form
            .iter()
            .map(|f| (f.name.clone(), f.value.reveal().to_owned()))
            .collect(),
        posted: request.body.as_ref().map(|body| body.reveal().to_owned()),
        certificate: request.certificate.as_deref().map(certificate),
        reply: exchange.reply.as_ref().map(|reply| Answer {
            status: reply.status,
            headers: reply.headers.clone(),
            body: reply.text().into_owned(),
            cut: reply.cut.map(|cut| match cut {
                Cut::Limit(bytes) => format!("limit {bytes}"),
                Cut::Connection => "connection".into(),
                Cut::Time => "time".into(),
            }),
        }),
        fault: exchange
            .fault
            .as_ref()
            .map(|fault| (fault.kind.word().to_owned(), fault.detail.clone())),
        cause: exchange
            .fault
            .as_ref()
            .and_then(|fault| fault.cause)
            .map(|cause| cause.word().to_owned()),
        chain: exchange
            .fault
            .as_ref()
            .map(|fault| fault.chain.clone())
            .unwrap_or_default(),
        phases: [
            micros(dns),
            micros(tcp),
            micros(tls),
            micros(wait),
            micros(body),
        ],
    }
}

/// The client's certificate: whose, its thumbprint, what became of it.
fn certificate(shown: &TlsCertificate) -> (String, String, String) {
    let handed = shown.handed.word().to_owned();
    (shown.subject.clone(), shown.thumbprint.clone(), handed)
}

fn exchange(told: Sent) -> Exchange {
    let [dns, tcp, tls, wait, body] = told.phases.map(|micros| micros.map(Duration::from_micros));
    Exchange {
        started: told.started,
        request: Request {
            method: told.method,
            url: told.url,
            headers: told
                .headers
                .into_iter()
                .map(|(name, value)| Header::new(name, value))
                .collect(),
            form: told
                .form
                .into_iter()
                .map(|(name, value)| Field::new(name, value))
                .collect(),
            purpose: Purpose::from_word(&told.purpose).unwrap_or(Purpose::Token),
            certificate: told.certificate.map(|(subject, thumbprint, handed)| {
                Box::new(TlsCertificate {
                    subject,
                    thumbprint,
                    handed: Handed::from_word(&handed).unwrap_or_default(),
                    identity: None,
                })
            }),
            body: told.posted.map(Value::from),
            single_use: false,
        },
        reply: told.reply.map(|answer| Reply {
            status: answer.status,
            headers: answer.headers,
            body: answer.body.into_bytes(),
            cut: answer.cut.map(|cut| match cut.split_once(' ') {
                Some((_, bytes)) => Cut::Limit(bytes.parse().unwrap_or_default()),
                None if cut == "time" => Cut::Time,
                None => Cut::Connection,
            }),
        }),
        fault: told.fault.map(|(kind, detail)| Fault {
            kind: FaultKind::from_word(&kind).unwrap_or(FaultKind::Protocol),
            cause: told.cause.as_deref().and_then(FaultCause::from_word),
            detail,
            chain: told.chain,
        }),
        phases: Phases {
            dns,
            tcp,
            tls,
            wait,
            body,
        },
    }
}
