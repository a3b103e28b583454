//! Redacting the things that hold texts: requests, replies, exchanges, whole runs.

use std::collections::HashSet;

use super::name::{self, Named};
use super::{Redactor, find};
use crate::model::{
    Activity, ClientAssertion, ClientCertificate, Credential, Diagnosis, Ending, Event, Exchange,
    Field, Header, Plan, Prediction, Problem, Redacted, Reply, Request, Run, RunSpec, Secret,
    SecretKind, Stage, TokenFacts, Value,
};

/// How many secrets of one reply are looked for elsewhere, and from which length on.
const MOST_REPEATED: usize = 12;
const LEAST_REPEATED: usize = 8;

/// Secrets by their own words, to be found wherever they are repeated.
pub(super) type Known = Vec<(SecretKind, String)>;

/// What a request carries as a secret, or under the name of one.
pub(super) fn secrets_of(request: &Request) -> Known {
    let fields = request.form.iter().map(|field| (&field.name, &field.value));
    let headers = request
        .headers
        .iter()
        .map(|header| (&header.name, &header.value));
    let mut out = Known::new();
    for (name, value) in fields.chain(headers) {
        match (value, name::kind(name)) {
            (Value::Secret(secret), _) => out.push((secret.kind(), secret.reveal().to_owned())),
            (Value::Plain(text), Some(Named::Secret(kind))) => out.push((kind, text.clone())),
            (Value::Plain(text), Some(Named::Code)) => {
                out.push((SecretKind::AuthorizationCode, text.clone()));
            }
            (Value::Plain(_), _) => {}
        }
    }
    out.retain(|(_, value)| super::mark::skip(value) < value.len());
    out
}

/// Where bytes that are no UTF-8 go while a body is text: the last private characters.
const PRIVATE: u32 = 0x10_ff00;

/// Every secret of a run: what it was given, what it sent, what came back.
pub(super) fn known_of(run: &Run) -> Known {
    let mut known: Known = run
        .exchanges
        .iter()
        .flat_map(|exchange| secrets_of(&exchange.request))
        .collect();
    known.extend(given_to(run));
    known.extend(run.exchanges.iter().flat_map(secrets_in_reply));
    known.retain(|(_, value)| super::mark::skip(value) < value.len());
    let mut seen = HashSet::new();
    known.retain(|(_, value)| seen.insert(value.clone()));
    known
}

/// What the person gave a run to prove who they are.
pub(super) fn given_to(run: &Run) -> Known {
    let spec = &run.spec;
    let credential = match &spec.credential {
        Credential::Public | Credential::Ask => None,
        Credential::Secret(secret) => Some(secret),
        Credential::Certificate(certificate) => Some(&certificate.key),
        Credential::Assertion(assertion) => Some(&assertion.token),
    };
    let given = [
        credential,
        spec.password.as_ref(),
        spec.refresh_token.as_ref(),
        spec.incoming_token.as_ref(),
        spec.presented.token.as_ref(),
        spec.presented.actor.as_ref(),
    ];
    let words = |secret: &Secret| (secret.kind(), secret.reveal().to_owned());
    given.into_iter().flatten().map(words).collect()
}

/// What a reply carries under the name of a secret: tokens and codes, which a server may repeat in another place.
pub(super) fn secrets_in_reply(exchange: &Exchange) -> Known {
    let body = exchange.reply.as_ref().map(Reply::text);
    let hits = body.map(|body| find::hits(&body, &[])).unwrap_or_default();
    let mut known: Known = hits
        .into_iter()
        .map(|hit| (hit.kind, hit.value))
        .filter(|(_, value)| value.len() >= LEAST_REPEATED)
        .collect();
    known.truncate(MOST_REPEATED);
    known
}

impl Redactor {
    /// A request's or reply's header value. The name decides as it does in running text.
    fn header(&self, name: &str, value: &str, known: &Known) -> String {
        let line = self.replaced(&format!("{name}: {value}"), known);
        let kept = line
            .strip_prefix(name)
            .and_then(|rest| rest.strip_prefix(": "));
        kept.map_or_else(|| self.replaced(value, known), str::to_owned)
    }

    fn sent(&self, name: &str, value: &Value, known: &Known) -> Value {
        let secret = |kind: SecretKind, text: &str| self.secret(&Secret::new(kind, text));
        let text = match (value, name::kind(name)) {
            (Value::Secret(value), Some(Named::Authorization)) if value.reveal().contains(' ') => {
                // The scheme may be shown, so the value as a whole is not looked for, but what else is known is.
                let whole = |(_, known): &&(SecretKind, String)| known != value.reveal();
                let others: Known = known.iter().filter(whole).cloned().collect();
                let line = self.header(name, value.reveal(), &others);
                if line == value.reveal() {
                    self.secret(value)
                } else {
                    line
                }
            }
            (Value::Secret(value), _) => self.secret(value),
            (Value::Plain(text), Some(Named::Secret(kind))) if !text.is_empty() => {
                secret(kind, text)
            }
            (Value::Plain(text), Some(Named::Code)) if !text.is_empty() => {
                secret(SecretKind::AuthorizationCode, text)
            }
            (Value::Plain(text), Some(_)) => self.header(name, text, known),
            (Value::Plain(text), None) => self.replaced(text, known),
        };
        Value::Plain(text)
    }

    pub(super) fn clean_request(&self, request: &Request, known: &Known) -> Request {
        let field = |field: &Field| Field {
            name: field.name.clone(),
            value: self.sent(&field.name, &field.value, known),
        };
        let header = |header: &Header| Header {
            name: header.name.clone(),
            value: self.sent(&header.name, &header.value, known),
        };
        Request {
            method: request.method.clone(),
            url: self.replaced(&request.url, known),
            headers: request.headers.iter().map(header).collect(),
            form: request.form.iter().map(field).collect(),
            body: request
                .body
                .as_ref()
                .map(|body| self.sent("body", body, known)),
            certificate: request.certificate.as_deref().map(|shown| {
                let mut kept = shown.record();
                kept.subject = self.replaced(&kept.subject, known);
                Box::new(kept)
            }),
            purpose: request.purpose,
            single_use: request.single_use,
        }
    }

    fn clean_reply(&self, reply: &Reply, known: &Known) -> Reply {
        let header =
            |(name, value): &(String, String)| (name.clone(), self.header(name, value, known));
        Reply {
            status: reply.status,
            headers: reply.headers.iter().map(header).collect(),
            body: self.clean_body(&reply.body, known),
            cut: reply.cut,
        }
    }

    /// A body, byte for byte as it was except for the secrets. Bytes that are no UTF-8 are carried through.
    fn clean_body(&self, body: &[u8], known: &Known) -> Vec<u8> {
        if let Ok(text) = std::str::from_utf8(body) {
            return self.replaced(text, known).into_bytes();
        }
        let mut text = String::with_capacity(body.len() + 64);
        for chunk in body.utf8_chunks() {
            text.push_str(chunk.valid());
            let stand_ins = chunk.invalid().iter().map(|b| PRIVATE + u32::from(*b));
            text.extend(stand_ins.filter_map(char::from_u32));
        }
        let mut out = Vec::with_capacity(text.len());
        for c in self.replaced(&text, known).chars() {
            match u8::try_from(u32::from(c).wrapping_sub(PRIVATE)) {
                Ok(byte) if byte >= 0x80 => out.push(byte),
                _ => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        out
    }

    pub(super) fn clean_exchange(&self, exchange: &Exchange, known: &Known) -> Exchange {
        let mut clean = exchange.clone();
        clean.request = self.clean_request(&exchange.request, known);
        clean.reply = exchange
            .reply
            .as_ref()
            .map(|reply| self.clean_reply(reply, known));
        if let Some(fault) = &mut clean.fault {
            fault.detail = self.replaced(&fault.detail, known);
            for certificate in &mut fault.chain {
                certificate.subject = self.replaced(&certificate.subject, known);
                certificate.issuer = self.replaced(&certificate.issuer, known);
            }
        }
        clean
    }

    pub(super) fn clean_run(&self, run: &Run) -> Run {
        let known = known_of(run);
        let stage = match &run.stage {
            Stage::Running(activity) => Stage::Running(self.clean_activity(activity, &known)),
            Stage::Ended(ending) => Stage::Ended(Box::new(self.clean_ending(ending, &known))),
        };
        Run {
            id: run.id,
            spec: self.clean_spec(&run.spec, &known),
            started: run.started,
            stage,
            exchanges: run
                .exchanges
                .iter()
                .map(|exchange| self.clean_exchange(exchange, &known))
                .collect(),
            events: run
                .events
                .iter()
                .map(|event| self.clean_event(event, &known))
                .collect(),
            simulated: run.simulated,
            from_history: run.from_history,
        }
    }

    fn clean_spec(&self, spec: &RunSpec, known: &Known) -> RunSpec {
        let marked = |secret: &Secret| Secret::new(secret.kind(), self.secret(secret));
        let mut clean = spec.clone();
        clean.credential = match &spec.credential {
            Credential::Public => Credential::Public,
            Credential::Ask => Credential::Ask,
            Credential::Secret(secret) => Credential::Secret(marked(secret)),
            Credential::Certificate(given) => {
                Credential::Certificate(Box::new(ClientCertificate {
                    key: marked(&given.key),
                    certificate: marked(&given.certificate),
                    password: given.password.as_ref().map(marked),
                    at: given.at.clone(),
                }))
            }
            Credential::Assertion(given) => Credential::Assertion(ClientAssertion {
                token: marked(&given.token),
                from: given.from.clone(),
            }),
        };
        clean.password = spec.password.as_ref().map(marked);
        clean.refresh_token = spec.refresh_token.as_ref().map(marked);
        clean.incoming_token = spec.incoming_token.as_ref().map(marked);
        clean.presented.token = spec.presented.token.as_ref().map(marked);
        clean.presented.actor = spec.presented.actor.as_ref().map(marked);
        let names = &mut clean.presented;
        let targets = names.audiences.iter_mut().chain(&mut names.resources);
        for text in targets.chain(&mut names.user_id) {
            self.clean_text(text, known);
        }
        let asking = &mut clean.asking;
        for (_, value) in &mut asking.extra {
            self.clean_text(value, known);
        }
        for text in [
            &mut clean.claims,
            &mut clean.redirect_uri,
            &mut asking.domain_hint,
            &mut asking.acr_values,
            &mut asking.binding_message,
        ]
        .into_iter()
        .flatten()
        {
            self.clean_text(text, known);
        }
        if let Some(call) = &mut clean.api {
            self.clean_text(&mut call.url, known);
            for (name, value) in &mut call.headers {
                *value = self.header(name, value, known);
            }
        }
        clean
    }

    pub(super) fn clean_text(&self, text: &mut String, known: &Known) {
        *text = self.replaced(text, known);
    }

    pub(super) fn clean_event(&self, event: &Event, known: &Known) -> Event {
        Event {
            at: event.at,
            what: self.replaced(&event.what, known),
            about: event
                .about
                .as_ref()
                .map(|about| self.replaced(about, known)),
        }
    }

    fn clean_activity(&self, activity: &Activity, known: &Known) -> Activity {
        let mut clean = activity.clone();
        match &mut clean {
            Activity::Sending(text) => self.clean_text(text, known),
            Activity::Waiting { why, .. } => self.clean_text(why, known),
            Activity::Device {
                page,
                complete,
                user_code,
                ..
            } => {
                let secret = Secret::new(SecretKind::UserCode, user_code.as_str());
                *user_code = self.secret(&secret);
                // It carries the code.
                *complete = None;
                self.clean_text(page, known);
            }
            Activity::Answering { user, shows, .. } => {
                self.clean_text(user, known);
                if let Some(text) = shows {
                    self.clean_text(text, known);
                }
            }
            Activity::Browsing { url, .. } => self.clean_text(url, known),
            Activity::Asking(_) => {}
        }
        clean
    }

    fn clean_ending(&self, ending: &Ending, known: &Known) -> Ending {
        let mut clean = ending.clone();
        if let Some(token) = &mut clean.token {
            self.clean_token(token, known);
        }
        if let Some(diagnosis) = &mut clean.diagnosis {
            self.clean_diagnosis(diagnosis, known);
        }
        for problem in &mut clean.problems {
            self.clean_problem(problem, known);
        }
        clean.verification = ending
            .verification
            .as_deref()
            .and_then(|found| self.clean_verification(found, known));
        if let Some(api) = &mut clean.api {
            let mut known = known.clone();
            known.extend(secrets_of(&api.exchange.request));
            api.exchange = self.clean_exchange(&api.exchange, &known);
            for sentence in &mut api.said {
                self.clean_text(sentence, &known);
            }
            if let Some(diagnosis) = &mut api.diagnosis {
                self.clean_diagnosis(diagnosis, &known);
            }
        }
        for further in &mut clean.further {
            let mut known = known.clone();
            known.extend(secrets_of(&further.exchange.request));
            further.exchange = self.clean_exchange(&further.exchange, &known);
            for sentence in &mut further.said {
                self.clean_text(sentence, &known);
            }
            if let Some(diagnosis) = &mut further.diagnosis {
                self.clean_diagnosis(diagnosis, &known);
            }
        }
        clean
    }

    fn clean_problem(&self, problem: &mut Problem, known: &Known) {
        for text in [&mut problem.what, &mut problem.at, &mut problem.expected] {
            self.clean_text(text, known);
        }
    }

    fn clean_token(&self, token: &mut TokenFacts, known: &Known) {
        self.clean_text(&mut token.token_type, known);
        let issued = token.issued_type.iter_mut();
        for text in token
            .scopes
            .iter_mut()
            .chain(&mut token.account)
            .chain(issued)
        {
            self.clean_text(text, known);
        }
        for claims in [
            &mut token.access_claims,
            &mut token.id_claims,
            &mut token.details,
        ]
        .into_iter()
        .flatten()
        {
            self.clean_json(claims, known);
        }
    }

    /// Where taking the secrets out would leave no JSON, nothing is left.
    pub(super) fn clean_json(&self, json: &mut serde_json::Value, known: &Known) {
        let text = self.replaced(&json.to_string(), known);
        *json = serde_json::from_str(&text).unwrap_or_default();
    }

    /// A diagnosis without secrets, for reports about a paste.
    pub fn diagnosis(&self, diagnosis: &Diagnosis) -> Redacted<Diagnosis> {
        let mut clean = diagnosis.clone();
        self.clean_diagnosis(&mut clean, &Known::new());
        Redacted::vouch(clean)
    }

    fn clean_diagnosis(&self, diagnosis: &mut Diagnosis, known: &Known) {
        let Diagnosis {
            summary,
            do_now,
            login_words,
            codes,
            error,
            suberror,
            description,
            claims,
            because,
            contradictions,
            notes,
            correlation_id,
            trace_id,
            predictions,
            plan,
            links,
            sign_in_log,
            facts,
            place: _,
            class: _,
            acts: _,
            login: _,
            confidence: _,
            timestamp: _,
        } = diagnosis;
        let parts = codes
            .iter_mut()
            .flat_map(|code| [&mut code.code, &mut code.name, &mut code.title]);
        let reactions = predictions.iter_mut().flat_map(texts_of);
        for text in parts.chain(reactions).chain(because) {
            self.clean_text(text, known);
        }
        if let Some(json) = claims {
            self.clean_json(json, known);
        }
        let texts = [summary, do_now, login_words].into_iter();
        let optional = [error, suberror, description, correlation_id, trace_id]
            .into_iter()
            .flatten();
        let lists = contradictions.iter_mut().chain(notes);
        let addresses = links.iter_mut().map(|link| &mut link.url);
        for text in texts.chain(optional).chain(lists).chain(addresses) {
            self.clean_text(text, known);
        }
        for fact in facts {
            self.clean_text(&mut fact.value, known);
        }
        if let Some(hint) = sign_in_log {
            let filters = hint.filters.iter_mut().map(|filter| &mut filter.value);
            let queries = hint.graph.iter_mut().chain(&mut hint.kql);
            for text in filters.chain(queries) {
                self.clean_text(text, known);
            }
        }
        self.clean_plan(plan, known);
    }

    fn clean_plan(&self, plan: &mut Plan, known: &Known) {
        let Plan {
            steps,
            check,
            variants,
        } = plan;
        let of_variants = variants.iter_mut().flat_map(|variant| &mut variant.steps);
        for step in steps.iter_mut().chain(of_variants) {
            self.clean_text(&mut step.title, known);
            self.clean_text(&mut step.why, known);
            if let crate::model::Doing::HandOver { text, .. } = &mut step.doing {
                self.clean_text(text, known);
            }
        }
        let checks = variants.iter_mut().flat_map(|variant| &mut variant.check);
        for check in check.iter_mut().chain(checks) {
            self.clean_text(&mut check.run, known);
            self.clean_text(&mut check.expect, known);
            if let Some(command) = &mut check.command {
                self.clean_text(command, known);
            }
        }
    }
}

/// What of a prediction may repeat the server's words.
fn texts_of(prediction: &mut Prediction) -> impl Iterator<Item = &mut String> {
    let words = [
        &mut prediction.kind,
        &mut prediction.look_at,
        &mut prediction.why,
    ];
    words
        .into_iter()
        .chain(&mut prediction.when)
        .chain(&mut prediction.your_version)
}
