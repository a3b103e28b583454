//! The evidence of one error with the questions that rules ask of it.

use std::time::Duration;

use serde_json::Value as Json;

use super::Evidence;
use crate::catalog::{Code, Endpoint, Situation};
use crate::model::{
    AuthorityKind, Caller, ClientKind, Exchange, FactKind, Fault, FaultKind, Flow, Moment, Place,
    Reply, Secret, Shape, Spot, TlsCertificate, Value,
};

/// The longest wait that is taken over from a server.
const LONGEST_WAIT: Duration = Duration::from_hours(24);

/// The evidence, looked at once.
pub struct Case<'a> {
    pub(super) evidence: &'a Evidence<'a>,
    pub(super) codes: Vec<&'a str>,
    pub(super) claims: Option<Json>,
    pub(super) description: &'a str,
    /// The kind of program that is supposed, where nothing tells.
    pub(super) supposed: Option<Caller>,
}

impl<'a> Case<'a> {
    pub(super) fn new(evidence: &'a Evidence<'a>) -> Self {
        let reading = evidence.reading;
        let description = reading
            .value(FactKind::Description)
            .or_else(|| reading.value(FactKind::Message));
        Self {
            evidence,
            codes: reading.codes(),
            claims: reading.claims().filter(Json::is_object),
            description: description.unwrap_or_default(),
            supposed: None,
        }
    }

    /// The same evidence, supposing that this kind of program asked.
    pub(super) fn supposing(evidence: &'a Evidence<'a>, caller: Caller) -> Self {
        Self {
            supposed: Some(caller),
            ..Self::new(evidence)
        }
    }

    pub(super) fn error(&self) -> Option<&'a str> {
        self.evidence
            .reading
            .error()
            .filter(|error| !error.is_empty())
    }

    pub(super) fn is_error(&self, names: &[&str]) -> bool {
        self.error().is_some_and(|error| names.contains(&error))
    }

    pub(super) fn suberror(&self) -> Option<&'a str> {
        self.evidence.reading.suberror()
    }

    pub(super) fn is_suberror(&self, names: &[&str]) -> bool {
        self.suberror()
            .is_some_and(|suberror| names.contains(&suberror))
    }

    /// The most specific code.
    pub(super) fn primary(&self) -> Option<&'a str> {
        self.codes.first().copied()
    }

    /// The entry that speaks: that of the most specific code which the catalogue knows.
    pub(super) fn entry(&self) -> Option<&'a Code> {
        let catalog = self.evidence.catalog;
        self.codes.iter().find_map(|code| catalog.code(code))
    }

    /// The most specific code, where the catalogue does not know it.
    pub(super) fn stranger(&self) -> Option<&'a str> {
        let catalog = self.evidence.catalog;
        self.primary().filter(|code| catalog.code(code).is_none())
    }

    /// Whether the most specific code is known in full.
    pub(super) fn is_known(&self) -> bool {
        self.entry().is_some_and(Code::is_full)
    }

    /// Whether one of these numbers, with its prefix, is among the codes.
    pub(super) fn has_code(&self, codes: &[&str]) -> bool {
        self.codes.iter().any(|code| codes.contains(code))
    }

    /// Whether it tells of a chain of credentials in which none had a token.
    pub(super) fn is_chain(&self) -> bool {
        self.evidence.reading.first(FactKind::Attempt).is_some()
    }

    /// Whether neither a code nor an error was read.
    pub(super) fn is_mute(&self) -> bool {
        self.codes.is_empty() && self.error().is_none()
    }

    /// Whether the description holds these words, in any case.
    pub(super) fn says(&self, words: &str) -> bool {
        self.description.to_lowercase().contains(words)
    }

    /// The exchange that the facts were read from: a page or a redirect came by the browser, and the last exchange
    /// then speaks of something else.
    fn exchange(&self) -> Option<&'a Exchange> {
        match self.place() {
            Place::Token | Place::Discovery | Place::Resource | Place::ManagedIdentity => {
                self.evidence.exchange
            }
            Place::Authorize
            | Place::Page
            | Place::DevicePage
            | Place::SignInLog
            | Place::AgentLog => None,
        }
    }

    pub(super) fn reply(&self) -> Option<&'a Reply> {
        self.exchange()?.reply.as_ref()
    }

    pub(super) fn status(&self) -> Option<u16> {
        let told = self.evidence.reading.value(FactKind::Status);
        let told = told.and_then(|status| status.trim().parse().ok());
        told.or_else(|| self.reply().map(|reply| reply.status))
    }

    pub(super) fn fault(&self) -> Option<&'a Fault> {
        self.exchange()?.fault.as_ref()
    }

    /// Whether a request was sent and an error came back.
    pub(super) fn was_refused(&self) -> bool {
        !self.is_mute() && self.own_words().is_none()
    }

    /// The client secret as it was sent, in the form or as the run was given it.
    pub(super) fn sent_secret(&self) -> Option<&'a Secret> {
        let form = self
            .evidence
            .exchange
            .map(|exchange| &exchange.request.form);
        let field = form?.iter().find(|field| field.name == "client_secret");
        match &field?.value {
            Value::Secret(secret) => Some(secret),
            Value::Plain(_) => None,
        }
    }

    /// The certificate that went along in the TLS handshake.
    pub(super) fn tls_certificate(&self) -> Option<&'a TlsCertificate> {
        self.exchange()?.request.certificate.as_deref()
    }

    /// The fault, where it is all there is to go by.
    pub(super) fn bare_fault(&self) -> Option<FaultKind> {
        self.fault()
            .filter(|_| self.is_mute())
            .map(|fault| fault.kind)
    }

    pub(super) fn shape(&self) -> Shape {
        self.evidence.reading.shape
    }

    /// Where it surfaced. A challenge can only come from an API, a redirect only from the authorization endpoint,
    /// whatever a paste was taken for.
    pub(super) fn place(&self) -> Place {
        match (self.evidence.place, self.evidence.reading.shape) {
            (Place::Token, Shape::Challenge) => Place::Resource,
            (Place::Token, Shape::Redirect) => Place::Authorize,
            (place, _) => place,
        }
    }

    pub(super) fn flow(&self) -> Option<Flow> {
        self.evidence
            .flow
            .or_else(|| self.evidence.spec.map(|spec| spec.flow))
    }

    pub(super) fn is_flow(&self, flows: &[Flow]) -> bool {
        self.flow().is_some_and(|flow| flows.contains(&flow))
    }

    /// The kind of client as far as this request goes: whoever asks without a user is a daemon, whoever exchanges
    /// a caller's token is a web API, and whoever has a person sign in is neither.
    pub(super) fn client(&self) -> Option<ClientKind> {
        if self.is_flow(&[Flow::ClientCredentials, Flow::ManagedIdentity]) {
            return Some(ClientKind::Daemon);
        }
        if self.flow() == Some(Flow::OnBehalfOf) {
            return Some(ClientKind::Api);
        }
        let supposed = self.supposed.map(|caller| match caller {
            Caller::Desktop | Caller::Script => ClientKind::Desktop,
            Caller::Web => ClientKind::Web,
            Caller::Spa => ClientKind::Spa,
            Caller::Api => ClientKind::Api,
            Caller::Daemon => ClientKind::Daemon,
        });
        let told = supposed
            .or(self.evidence.client)
            .or_else(|| self.evidence.spec.map(|spec| spec.client_kind));
        match told {
            Some(ClientKind::Daemon | ClientKind::Api) if self.with_user() => Some(ClientKind::Web),
            told => told,
        }
    }

    /// Whether a person signs in in this flow.
    fn with_user(&self) -> bool {
        self.is_flow(&[
            Flow::Interactive,
            Flow::DeviceCode,
            Flow::Ciba,
            Flow::Password,
            Flow::AdminConsent,
        ])
    }

    /// Whether nobody can be asked to sign in here.
    pub(super) fn nobody(&self) -> bool {
        self.place() == Place::ManagedIdentity || self.client() == Some(ClientKind::Daemon)
    }

    /// Whether a web API asked in its caller's name: it can only relay.
    pub(super) fn relays(&self) -> bool {
        self.client() == Some(ClientKind::Api)
    }

    /// Whether nothing but a paste is at hand: there is no run to repeat.
    pub(super) fn is_paste(&self) -> bool {
        self.evidence.spec.is_none()
    }

    /// What this program itself said in place of a reply, and of which parameter: nothing the server sent says it.
    pub(super) fn own_words(&self) -> Option<(&'a str, &'a str)> {
        let facts = self.evidence.reading.facts.iter();
        let mut own = facts.filter_map(|fact| match (&fact.from, fact.kind) {
            (Spot::Parameter(name), FactKind::Trouble | FactKind::Message) => {
                Some((name.as_str(), fact.value.as_str()))
            }
            _ => None,
        });
        own.next().filter(|_| self.is_mute())
    }

    /// How long the server asked to wait: seconds, or an HTTP-date against now (RFC 9110 section 10.2.3).
    pub(super) fn retry_after(&self) -> Option<Duration> {
        let header = || self.reply()?.header("retry-after");
        let value = self
            .evidence
            .reading
            .value(FactKind::RetryAfter)
            .or_else(header)?;
        let value = value.trim();
        let wait = match value.parse::<f64>() {
            Ok(seconds) if seconds.is_finite() && seconds >= 0.0 => {
                Duration::try_from_secs_f64(seconds).unwrap_or(LONGEST_WAIT)
            }
            Ok(_) => return None,
            Err(_) => Moment::parse_http_date(value)?.since(self.evidence.now),
        };
        Some(wait.min(LONGEST_WAIT))
    }

    /// How far this machine's clock is ahead of the server's, in seconds, as far as the reply's `date` tells.
    pub(super) fn clock_ahead(&self) -> Option<i64> {
        let exchange = self.evidence.exchange?;
        let date = Moment::parse_http_date(exchange.reply.as_ref()?.header("date")?)?;
        let arrived = exchange.started.plus(exchange.phases.total());
        // A reply that is looked at again later is judged by when it arrived.
        let ahead = |moment: Moment| moment.seconds().saturating_sub(date.seconds());
        [self.evidence.now, arrived]
            .map(ahead)
            .into_iter()
            .min_by_key(|ahead| ahead.abs())
    }

    /// Ids of the policies that the server named, each once: read as such, or in the challenge.
    pub(super) fn policies(&self) -> Vec<&str> {
        let read = self
            .evidence
            .reading
            .all(FactKind::PolicyId)
            .map(|fact| fact.value.as_str());
        let part = self
            .claims
            .as_ref()
            .and_then(|claims| claims.get("access_token"));
        let in_claims = ["capolids", "polids"]
            .into_iter()
            .filter_map(|name| part?.get(name)?.get("values")?.as_array())
            .flatten()
            .filter_map(Json::as_str);
        let mut seen = Vec::new();
        for id in read.chain(in_claims) {
            if !seen.contains(&id) {
                seen.push(id);
            }
        }
        seen
    }

    /// Whether the challenge's access token part asks for this claim.
    pub(super) fn asks_for(&self, claim: &str) -> bool {
        let part = self
            .claims
            .as_ref()
            .and_then(|claims| claims.get("access_token"));
        part.is_some_and(|part| part.get(claim).is_some())
    }

    /// The challenge as the server wrote it: JSON text.
    pub(super) fn claims_text(&self) -> Option<String> {
        self.claims.as_ref()?;
        self.evidence
            .reading
            .value(FactKind::Claims)
            .map(str::to_owned)
    }

    /// The host that was asked.
    pub(super) fn host(&self) -> Option<String> {
        let asked = self
            .evidence
            .exchange
            .map(|exchange| exchange.request.url.as_str());
        let asked = asked.and_then(|url| url::Url::parse(url).ok());
        let host = asked.and_then(|url| url.host_str().map(str::to_owned));
        host.or_else(|| {
            self.evidence
                .spec
                .map(|spec| spec.authority.host().to_owned())
        })
    }

    fn endpoint(&self) -> Option<Endpoint> {
        let url = self
            .evidence
            .exchange
            .map_or("", |exchange| exchange.request.url.as_str());
        if url.contains("/oauth2/v2.0/") {
            return Some(Endpoint::V2);
        }
        match self.evidence.spec?.authority.kind {
            AuthorityKind::EntraV2 => Some(Endpoint::V2),
            AuthorityKind::EntraV1 => Some(Endpoint::V1),
            AuthorityKind::B2c
            | AuthorityKind::Ciam
            | AuthorityKind::Adfs
            | AuthorityKind::Oidc
            | AuthorityKind::Undetermined => None,
        }
    }

    /// The situation as the catalogue's conditions see it.
    pub(super) fn situation(&self) -> Situation<'_> {
        Situation {
            claims: self.claims.is_some(),
            flow: self.flow(),
            client: self.client(),
            suberror: self.suberror(),
            error: self.error(),
            place: Some(self.place()),
            endpoint: self.endpoint(),
            status: self.status(),
            description: Some(self.description),
        }
    }
}
