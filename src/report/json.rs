//! The documents of `--output json`. Stable: keys are added, never changed; `schema` counts breaking changes.

use std::time::Duration;

use serde_json::{Map, Value as Json, json};

use crate::model::{
    ApiOutcome, By, Caller, Check, CodeView, Diagnosis, Exchange, FactKind, Fault, FurtherOutcome,
    Link, LogHint, Outcome, Phases, Redacted, Request, Run, Step, TokenFacts, Variant,
};
use crate::strings::report as say;

/// The document of `explain`, without its diagnoses: an empty list stands in their place.
pub fn explained() -> Json {
    json!({ "schema": 1, "diagnoses": [] })
}

/// One diagnosis of the document of `explain`. Who pasted it may see whom it speaks of.
pub fn explained_one(found: &Diagnosis) -> Json {
    diagnosis(found, true)
}

/// The document of `acquire` and of a run taken from the history.
pub fn run(run: &Redacted<Run>, with_personal: bool) -> Json {
    let run = run.get();
    let ending = run.ending();
    let events: Vec<Json> = run
        .events
        .iter()
        .map(|event| match (&event.about, with_personal) {
            (Some(about), true) => {
                json!({ "at": event.at.iso_millis(), "what": event.what, "about": about })
            }
            _ => json!({ "at": event.at.iso_millis(), "what": event.what }),
        })
        .collect();
    json!({
        "schema": 1,
        "outcome": run.outcome().unwrap_or(Outcome::Cancelled).word(),
        "flow": run.flow().word(),
        "authority": run.spec.authority.as_str(),
        "profile": run.spec.profile,
        "client_id": run.spec.client_id,
        "scopes": run.spec.scopes,
        "asked": asked(run, with_personal),
        "started": run.started.iso_millis(),
        "simulated": run.simulated,
        "exchanges": run.exchanges.iter().map(exchange).collect::<Vec<_>>(),
        "events": events,
        "api": ending.and_then(|e| e.api.as_deref()).map(|outcome| api(outcome, with_personal)),
        "further": ending.map(|e| further(&e.further, with_personal)).unwrap_or_default(),
        "token": ending.and_then(|e| e.token.as_ref()).map(|facts| token(facts, run)),
        "signed_out": ending.and_then(|e| e.signed_out.as_deref()),
        "consent": ending.and_then(|e| e.consent.as_deref()),
        "verification": ending.and_then(|e| e.verification.as_deref()).map(super::token::verification),
        "problems": ending.map(|e| e.problems.as_slice()).unwrap_or_default(),
        "diagnosis": ending.and_then(|e| e.diagnosis.as_deref()).map(|d| diagnosis(d, with_personal)),
    })
}

/// What else it was asked with; a person's name only where people may be named.
fn asked(run: &Run, with_personal: bool) -> Json {
    let spec = &run.spec;
    json!({
        "protocol": spec.authority.kind.word(),
        "client_kind": spec.client_kind.word(),
        "username": spec.username.as_deref().filter(|_| with_personal),
        "claims": spec.claims,
        "page": spec.asking,
        "redirect_uri": spec.redirect_uri,
        "capabilities": spec.capabilities,
        "force_refresh": spec.force_refresh,
    })
}

fn api(outcome: &ApiOutcome, with_personal: bool) -> Json {
    json!({
        "exchange": exchange(&outcome.exchange),
        "said": outcome.said,
        "diagnosis": outcome.diagnosis.as_deref().map(|d| diagnosis(d, with_personal)),
    })
}

/// What was done with the token. What the server tells of the user is personal.
fn further(done: &[FurtherOutcome], with_personal: bool) -> Vec<Json> {
    let one = |done: &FurtherOutcome| {
        json!({
            "what": done.what.word(),
            "exchange": exchange(&done.exchange),
            "said": done.said,
            "diagnosis": done.diagnosis.as_deref().map(|d| diagnosis(d, with_personal)),
        })
    };
    done.iter().map(one).collect()
}

fn token(token: &TokenFacts, run: &Run) -> Json {
    json!({
        "type": token.token_type,
        "issued_type": token.issued_type,
        "authorization_details": token.details,
        "expires_at": token.expires.map(super::super::model::moment::Moment::iso),
        "scopes": token.scopes,
        "fingerprint": token.fingerprint,
        "refresh_fingerprint": token.refresh_fingerprint,
        "from_cache": token.from_cache,
        "bound_to": run.binding().map(crate::model::Binding::word),
        "account": token.account,
        "claims": { "access_token": token.access_claims, "id_token": token.id_claims },
    })
}

/// One exchange.
pub fn exchange(exchange: &Exchange) -> Json {
    let response = exchange.reply.as_ref().map(|reply| {
        json!({
            "headers": reply.headers,
            "body": reply.text(),
            "cut": reply.cut.is_some(),
        })
    });
    json!({
        "purpose": exchange.request.purpose.word(),
        "method": exchange.request.method,
        "url": exchange.request.url,
        "status": exchange.status(),
        "started": exchange.started.iso_millis(),
        "ms": phases(&exchange.phases),
        "request": request(&exchange.request),
        "response": response,
        "fault": exchange.fault.as_ref().map(fault),
    })
}

/// Why no whole reply came; the certificates that the server showed, its own first.
fn fault(fault: &Fault) -> Json {
    let chain = fault.chain.iter().map(|certificate| {
        json!({
            "subject": certificate.subject,
            "issuer": certificate.issuer,
            "not_before": certificate.not_before.iso(),
            "not_after": certificate.not_after.iso(),
            "sha256": certificate.sha256,
        })
    });
    json!({
        "kind": fault.kind.word().replace('-', ""),
        "cause": fault.cause.map(crate::model::FaultCause::word),
        "detail": fault.detail,
        "chain": chain.collect::<Vec<_>>(),
    })
}

fn request(request: &Request) -> Json {
    let headers: Vec<Json> = request
        .headers
        .iter()
        .map(|h| json!([h.name, h.value.reveal()]))
        .collect();
    let form: Vec<Json> = request
        .form
        .iter()
        .map(|f| json!([f.name, f.value.reveal()]))
        .collect();
    let body = request.body.as_ref().map(crate::model::Value::reveal);
    let certificate = request.certificate.as_ref().map(|shown| {
        json!({
            "subject": shown.subject,
            "thumbprint": shown.thumbprint,
            "handed": shown.handed.word(),
        })
    });
    json!({ "headers": headers, "form": form, "body": body, "certificate": certificate })
}

fn phases(phases: &Phases) -> Json {
    let ms = |time: Option<Duration>| {
        time.map_or(Json::Null, |time| {
            json!((time.as_secs_f64() * 10_000.0).round() / 10.0)
        })
    };
    json!({ "dns": ms(phases.dns), "tcp": ms(phases.tcp), "tls": ms(phases.tls), "wait": ms(phases.wait), "body": ms(phases.body) })
}

/// One diagnosis. The user that it speaks of is personal.
pub fn diagnosis(diagnosis: &Diagnosis, with_personal: bool) -> Json {
    let mut out = Map::new();
    let mut put = |key: &str, value: Json| out.insert(key.to_owned(), value);
    put("codes", diagnosis.codes.iter().map(code).collect());
    put("error", json!(diagnosis.error));
    put("suberror", json!(diagnosis.suberror));
    put("claims", diagnosis.claims.clone().unwrap_or(Json::Null));
    put("where", json!(diagnosis.place.word()));
    put("class", json!(diagnosis.class.word()));
    put(
        "acts",
        diagnosis.acts.iter().map(|actor| actor.word()).collect(),
    );
    put("login", json!(diagnosis.login.word()));
    put("because", json!(diagnosis.because));
    put("confidence", json!(diagnosis.confidence.word()));
    put("summary", json!(diagnosis.summary));
    put("do_now", json!(diagnosis.do_now));
    put("login_words", json!(diagnosis.login_words));
    put("description", json!(diagnosis.description));
    put("contradictions", json!(diagnosis.contradictions));
    put("notes", json!(diagnosis.notes));
    put("correlation_id", json!(diagnosis.correlation_id));
    put("trace_id", json!(diagnosis.trace_id));
    put(
        "timestamp",
        json!(
            diagnosis
                .timestamp
                .map(super::super::model::moment::Moment::iso)
        ),
    );
    put("predictions", json!(diagnosis.predictions));
    put(
        "plan",
        plan(&diagnosis.plan.steps, diagnosis.plan.check.as_ref()),
    );
    let link = |link: &Link| json!({ "kind": link.kind.word(), "url": link.url });
    put("links", diagnosis.links.iter().map(link).collect());
    let variants = &diagnosis.plan.variants;
    let person = (!variants.is_empty()).then_some(Caller::Desktop.word());
    put("plan_for", json!(person));
    put("variants", variants.iter().map(variant).collect());
    let log = diagnosis.sign_in_log.as_ref();
    put("sign_in_log", log.map_or(Json::Null, sign_in_log));
    put(
        "facts",
        diagnosis
            .facts
            .iter()
            .filter(|fact| with_personal || fact.kind != FactKind::User)
            .map(|fact| json!({ "kind": fact.kind.word(), "value": fact.value, "from": fact.from.word() }))
            .collect(),
    );
    Json::Object(out)
}

fn code(code: &CodeView) -> Json {
    let pairing = |seen| if seen { "seen" } else { "assumed" };
    json!({
        "code": code.code,
        "known": code.known,
        "name": code.name,
        "title": code.title,
        "from": code.from.word(),
        "confidence": code.confidence.word(),
        "pairing": code.pairing_seen.map(pairing),
    })
}

fn sign_in_log(hint: &LogHint) -> Json {
    let filters = hint.filters.iter();
    json!({
        "logs": hint.logs.iter().map(|log| log.word()).collect::<Vec<_>>(),
        "words": hint.words,
        "filters": filters.map(|f| json!({ "field": f.field, "value": f.value })).collect::<Vec<_>>(),
        "graph": hint.graph,
        "kql": hint.kql,
        "appears": hint.appears,
    })
}

/// The steps in order; what closes them is the last.
fn plan(steps: &[Step], closing: Option<&Check>) -> Json {
    steps.iter().map(step).chain(closing.map(check)).collect()
}

fn variant(variant: &Variant) -> Json {
    json!({
        "caller": variant.caller.word(),
        "title": say::caller(variant.caller),
        "acts": variant.acts.iter().map(|actor| actor.word()).collect::<Vec<_>>(),
        "login": variant.login.word(),
        "login_words": variant.login_words,
        "plan": plan(&variant.steps, variant.check.as_ref()),
    })
}

fn check(check: &Check) -> Json {
    json!({
        "step": "check",
        "title": check.run,
        "by": By::Person.word(),
        "command": check.command,
        "expect": check.expect,
    })
}

fn step(step: &Step) -> Json {
    let mut out = json!({ "step": step.id, "title": step.title, "by": step.by.word() });
    if let (crate::model::Doing::HandOver { text, .. }, Some(object)) =
        (&step.doing, out.as_object_mut())
    {
        object.insert("text".into(), json!(text));
    }
    out
}
