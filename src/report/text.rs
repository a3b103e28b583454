//! A diagnosis as plain text: the same answers in the same order as on the screen. Every line is clean.

use std::fmt::Write as _;

use crate::model::{
    AdminConsent, Check, Clean, Diagnosis, Doing, FactKind, Flow, FurtherOutcome, Moment,
    Prediction, Run, ServerCertificate, SignInAge, Step, TokenFacts,
};
use crate::strings::{
    asking, consent as consents, logout, mutual_tls, predict, report as say, words,
};

/// Width of the label column.
const LABEL: usize = 12;

/// One diagnosis.
pub fn diagnosis(diagnosis: &Diagnosis) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", Clean::line(&diagnosis.summary));
    verdict(&mut out, diagnosis);
    codes(&mut out, diagnosis);
    said(&mut out, diagnosis);
    plan(&mut out, diagnosis);
    links(&mut out, diagnosis);
    line(&mut out, say::ABOUT, &about(diagnosis));
    line(&mut out, say::SUPPORT, &support(diagnosis));
    sign_in_log(&mut out, diagnosis);
    libraries(&mut out, &diagnosis.predictions);
    variants(&mut out, diagnosis);
    out
}

/// A label and what belongs to it; nothing where there is nothing to say.
fn line(out: &mut String, label: &str, text: &str) {
    if !text.is_empty() {
        let _ = writeln!(out, "  {label:LABEL$}{}", Clean::line(text));
    }
}

fn verdict(out: &mut String, diagnosis: &Diagnosis) {
    line(out, say::DO_NOW, &diagnosis.do_now);
    line(out, say::SIGNING_IN, &diagnosis.login_words);
    let acts: Vec<&str> = diagnosis
        .acts
        .iter()
        .map(|actor| words::actor(*actor))
        .collect();
    line(out, say::WHO_ACTS, &acts.join(", then "));
    line(out, say::BECAUSE, &because(diagnosis));
}

fn codes(out: &mut String, diagnosis: &Diagnosis) {
    for code in &diagnosis.codes {
        let name = if code.known {
            code.name.as_str()
        } else {
            say::UNKNOWN_CODE
        };
        let separator = if name.is_empty() { "" } else { " · " };
        line(
            out,
            &code.code,
            &format!(" {name}{separator}{}{}", code.title, say::doubt(code)),
        );
    }
    for text in &diagnosis.contradictions {
        line(out, say::CONTRADICTION, text);
    }
    for text in &diagnosis.notes {
        line(out, say::NOTE, text);
    }
}

fn said(out: &mut String, diagnosis: &Diagnosis) {
    let said = diagnosis.description.as_deref().unwrap_or_default();
    for (number, text) in Clean::block(said).as_str().lines().enumerate() {
        line(out, if number == 0 { say::SAID } else { "" }, text);
    }
    if let Some(claims) = &diagnosis.claims {
        line(out, say::CLAIMS, &claims.to_string());
    }
}

fn links(out: &mut String, diagnosis: &Diagnosis) {
    for link in &diagnosis.links {
        if link.kind.is_admin_page() {
            let page = say::admin_page(words::link(link.kind), &link.url);
            line(out, say::ADMIN_PAGE, &page);
        } else {
            line(out, say::READ_MORE, &link.url);
        }
    }
}

fn sign_in_log(out: &mut String, diagnosis: &Diagnosis) {
    let Some(hint) = &diagnosis.sign_in_log else {
        return;
    };
    line(out, say::SIGN_IN_LOG, &hint.words);
    for filter in &hint.filters {
        line(out, "", &say::filter(filter));
    }
    line(out, "", &hint.appears);
    line(out, say::GRAPH, hint.graph.as_deref().unwrap_or_default());
    line(out, say::KQL, hint.kql.as_deref().unwrap_or_default());
}

/// What the verdict rests on, with how sure it is.
pub fn because(diagnosis: &Diagnosis) -> String {
    format!(
        "{} ({})",
        diagnosis.because.join(", "),
        say::confidence(diagnosis.confidence)
    )
}

/// Whom and what the error speaks of, on one line; empty when it says nothing of that.
pub fn about(diagnosis: &Diagnosis) -> String {
    let told = |kind: FactKind| {
        kind == FactKind::OtherNumber || kind.is_circumstance() && kind != FactKind::Placeholder
    };
    let facts = diagnosis.facts.iter().filter(|fact| told(fact.kind));
    let parts: Vec<String> = facts
        .map(|fact| format!("{} {}", words::fact(fact.kind), fact.value))
        .collect();
    parts.join(" · ")
}

/// The ids to quote to support, on one line; empty when there are none.
pub fn support(diagnosis: &Diagnosis) -> String {
    let mut parts = Vec::new();
    if let Some(id) = &diagnosis.correlation_id {
        parts.push(format!("correlation {id}"));
    }
    if let Some(id) = &diagnosis.trace_id {
        parts.push(format!("trace {id}"));
    }
    if let Some(time) = diagnosis.timestamp {
        parts.push(time.iso());
    }
    parts.join(" · ")
}

/// What the libraries do: a heading for each, then a line for each thing that can come of the reply.
fn libraries(out: &mut String, predictions: &[Prediction]) {
    let (mut label, mut library) = (say::LIBRARIES, "");
    for prediction in predictions {
        if prediction.library != library {
            line(out, label, &predict::heading(prediction));
            (label, library) = ("", &prediction.library);
        }
        let what = predict::outcome(prediction);
        let look_at = match prediction.look_at.as_str() {
            "" => String::new(),
            text => format!(" · {} {text}", say::LOOK_AT),
        };
        line(
            out,
            "",
            &format!("{what}; {}{look_at}", predict::cost(prediction)),
        );
    }
}

fn plan(out: &mut String, diagnosis: &Diagnosis) {
    let plan = &diagnosis.plan;
    if plan.steps.is_empty() && plan.check.is_none() {
        return;
    }
    let heading = if plan.variants.is_empty() {
        say::PLAN
    } else {
        say::PLAN_FOR_A_PERSON
    };
    let _ = writeln!(out, "  {heading}");
    steps(out, &plan.steps, true);
    check(out, plan.check.as_ref());
}

/// The plans of other kinds of program, where the input does not say which one asked.
fn variants(out: &mut String, diagnosis: &Diagnosis) {
    let plan = &diagnosis.plan;
    for variant in &plan.variants {
        let _ = writeln!(out, "  {}", say::caller(variant.caller));
        line(out, say::SIGNING_IN, &variant.login_words);
        steps(out, &variant.steps, false);
        let command = |check: &Check| check.command.clone();
        if variant.check.as_ref().map(command) != plan.check.as_ref().map(command) {
            check(out, variant.check.as_ref());
        }
    }
}

/// Steps with their numbers; the messages to hand over whole, or without the list of details under them.
fn steps(out: &mut String, steps: &[Step], whole: bool) {
    for (number, step) in steps.iter().enumerate() {
        let _ = writeln!(out, "    {} {}", number + 1, Clean::line(&step.title));
        if let Doing::HandOver { text, .. } = &step.doing {
            let end = text.find("\n\n").filter(|_| !whole);
            let text = &text[..end.unwrap_or(text.len())];
            for text_line in Clean::block(text).as_str().lines() {
                let _ = writeln!(out, "        {text_line}");
            }
        }
    }
}

/// What closes a plan.
fn check(out: &mut String, check: Option<&Check>) {
    let Some(check) = check else { return };
    line(out, say::RUN_AGAIN, &check.run);
    line(out, "", check.command.as_deref().unwrap_or_default());
    line(out, say::EXPECT, &check.expect);
}

/// What was done with the token, and what came of it.
fn further(out: &mut String, done: &FurtherOutcome) {
    let status = done.exchange.status();
    let status = status.map_or_else(|| say::NO_REPLY.to_owned(), |s| s.to_string());
    let _ = writeln!(out, "  {:LABEL$}{status}", say::further(done.what));
    for sentence in &done.said {
        line(out, "", sentence);
    }
    if let Some(found) = &done.diagnosis {
        out.push_str(&diagnosis(found));
    }
}

/// What a granted run got.
fn token(out: &mut String, token: &TokenFacts) {
    let kind = format!("{} {}", token.token_type, token.fingerprint);
    let expires = token.expires.map(Moment::iso).unwrap_or_default();
    let issued = token.issued_type.as_deref().unwrap_or_default();
    line(out, say::TOKEN, &kind);
    line(out, say::ISSUED, issued);
    let details = token.details.as_ref().map(ToString::to_string);
    line(out, say::DETAILS, &details.unwrap_or_default());
    line(out, say::EXPIRES, &expires);
    line(out, say::SCOPES, &token.scopes.join(" "));
    line(
        out,
        say::ACCOUNT,
        token.account.as_deref().unwrap_or_default(),
    );
}

/// What an administrator consented to.
fn consent(out: &mut String, found: &AdminConsent) {
    line(
        out,
        consents::TENANT,
        found.tenant.as_deref().unwrap_or_default(),
    );
    for (nth, scope) in found.scopes.iter().enumerate() {
        let label = if nth == 0 { consents::ALLOWED } else { "" };
        line(out, label, &consents::permission(scope));
    }
    if found.scopes.is_empty() {
        line(out, consents::ALLOWED, consents::ALL_REGISTERED);
    }
    line(out, "", consents::AFTERWARDS);
}

/// How old the sign-in is, where the run asked for an age.
fn sign_in_age(out: &mut String, run: &Run, token: &TokenFacts) {
    let page = run.flow() == Flow::Interactive;
    let age = SignInAge::of(&run.spec.asking, token.id_claims.as_ref(), run.started);
    if let Some(age) = age.filter(|_| page) {
        line(out, say::NOTE, &asking::of_sign_in(age));
    }
}

/// How a run ended: the token's facts, the problems or the diagnosis. Never the token.
pub fn ending(run: &Run) -> String {
    let Some(ending) = run.ending() else {
        return String::new();
    };
    let mut out = format!(
        "{} {} · {}\n",
        ending.outcome.mark(),
        say::outcome(ending.outcome),
        run.flow().word()
    );
    if let Some(found) = &ending.token {
        token(&mut out, found);
        sign_in_age(&mut out, run, found);
        let bound = run.binding().map(mutual_tls::binding);
        line(&mut out, mutual_tls::BOUND_TO, bound.unwrap_or_default());
    }
    if let Some(found) = &ending.consent {
        consent(&mut out, found);
    }
    for problem in &ending.problems {
        let _ = writeln!(
            out,
            "  {}: {} ({})",
            Clean::line(&problem.at),
            Clean::line(&problem.what),
            Clean::line(&problem.expected)
        );
    }
    let of_api = ending.api.as_ref();
    if let Some(api) = of_api {
        let _ = writeln!(
            out,
            "  {:LABEL$}{}",
            say::API,
            api.exchange
                .status()
                .map_or_else(String::new, |s| s.to_string())
        );
        for sentence in &api.said {
            let _ = writeln!(out, "  {:LABEL$}{}", "", Clean::line(sentence));
        }
    }
    for done in &ending.further {
        further(&mut out, done);
    }
    let signed_out = ending.signed_out.as_ref().map(|done| done.said.as_slice());
    for (nth, sentence) in signed_out.unwrap_or_default().iter().enumerate() {
        line(&mut out, if nth == 0 { logout::NAME } else { "" }, sentence);
    }
    for found in [
        ending.diagnosis.as_deref(),
        of_api.and_then(|api| api.diagnosis.as_deref()),
    ]
    .into_iter()
    .flatten()
    {
        out.push_str(&diagnosis(found));
    }
    let fault = run.exchanges.last().and_then(|last| last.fault.as_ref());
    chain(&mut out, fault.map_or(&[], |fault| &fault.chain));
    out
}

/// The certificates that the server showed, its own first.
fn chain(out: &mut String, shown: &[ServerCertificate]) {
    for (nth, certificate) in shown.iter().enumerate() {
        let label = if nth == 0 { say::CHAIN } else { "" };
        let told = say::certificate(
            (&certificate.subject, &certificate.issuer),
            (&certificate.not_before.iso(), &certificate.not_after.iso()),
        );
        let _ = writeln!(out, "  {label:LABEL$}{} {}", nth + 1, Clean::line(&told));
        let _ = writeln!(out, "  {:LABEL$}  SHA-256 {}", "", certificate.sha256);
    }
}
