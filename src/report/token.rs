//! A token laid open, as JSON for machines and as text for people. Never the token itself.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use crate::model::{
    ClaimView, Clean, Failure, Moment, Redacted, Signature, TokenView, Verification,
};
use crate::strings::token as say;

/// Width of the label column.
const LABEL: usize = 16;
/// Width of the lifetime bar.
const BAR: usize = 30;

/// One token of the document of `token`.
pub fn json(view: &Redacted<TokenView>, found: Option<&Redacted<Verification>>) -> Json {
    let view = view.get();
    let parts = |list: &[ClaimView]| list.iter().map(part).collect::<Vec<_>>();
    let iso = |at: Option<Moment>| at.map(Moment::iso);
    let fingerprint = Some(&view.fingerprint).filter(|print| !print.is_empty());
    json!({
        "form": view.form.word(),
        "fingerprint": fingerprint,
        "header": view.raw_header,
        "claims": view.raw_claims,
        "header_parts": parts(&view.header),
        "claim_parts": parts(&view.claims),
        "lifetime": {
            "from": iso(view.life.from),
            "until": iso(view.life.until),
            "now": view.at.iso(),
            "state": view.life.age(view.at).word(),
        },
        "notes": view.notes,
        "verification": found.map(|found| verification(found.get())),
    })
}

fn part(part: &ClaimView) -> Json {
    json!({ "name": part.name, "value": part.value, "meaning": part.meaning, "notes": part.notes })
}

/// What a check found.
pub fn verification(found: &Verification) -> Json {
    let (key, algorithm) = match &found.signature {
        Signature::Good { key, algorithm } => (Some(key), Some(algorithm)),
        Signature::Bad(_) | Signature::Unchecked(_) => (None, None),
    };
    let signature = match &found.signature {
        Signature::Good { .. } => "good",
        Signature::Bad(_) => "bad",
        Signature::Unchecked(_) => "not-checked",
    };
    let failures = found.failures().map(Failure::word);
    json!({
        "token": if found.id_token { "id_token" } else { "access_token" },
        "verdict": found.verdict().word(),
        "signature": signature,
        "failures": failures.collect::<Vec<_>>(),
        "not_checked": found.why_unchecked().map(crate::model::Unchecked::word),
        "key": key,
        "algorithm": algorithm,
        "keys_from": found.keys_from,
        "issuer": found.issuer,
        "server_time": found.server_time.map(Moment::iso),
        "words": say::findings(found),
    })
}

/// One token for people.
pub fn text(view: &Redacted<TokenView>, found: Option<&Redacted<Verification>>) -> String {
    let view = view.get();
    let found = found.map(Redacted::get);
    let mut out = format!("{}\n", say::form(view.form));
    line(&mut out, say::FINGERPRINT, &view.fingerprint);
    lifetime(&mut out, view, found);
    match found {
        Some(found) => check(&mut out, found),
        None => line(&mut out, say::CHECK, say::NOT_ASKED),
    }
    for note in &view.notes {
        line(&mut out, "", note);
    }
    parts(&mut out, say::HEADER, &view.header);
    parts(&mut out, say::CLAIMS, &view.claims);
    out
}

/// One of two tokens that are compared, in few lines.
pub fn short(
    label: &str,
    view: &Redacted<TokenView>,
    found: Option<&Redacted<Verification>>,
) -> String {
    let (view, found) = (view.get(), found.map(Redacted::get));
    let mut out = format!("{label}: {}\n", say::form(view.form));
    line(&mut out, say::FINGERPRINT, &view.fingerprint);
    lifetime(&mut out, view, found);
    if let Some(found) = found {
        check(&mut out, found);
    }
    out
}

fn lifetime(out: &mut String, view: &TokenView, found: Option<&Verification>) {
    if view.raw_claims.is_none() {
        return;
    }
    let server = found.and_then(|found| found.server_time);
    let age = say::age(view.life.age(view.at));
    let words = match view.life.bar(view.at, server, BAR) {
        Some(bar) => format!("{bar}  {age}"),
        None => age,
    };
    line(out, say::LIFETIME, &words);
    if let Some(server) = server {
        line(out, say::SERVER_CLOCK, &say::server_clock(server, view.at));
    }
}

fn check(out: &mut String, found: &Verification) {
    let verdict = found.verdict();
    let head = format!("{} {}", verdict.mark(), say::verdict(verdict));
    line(out, say::CHECK, &head);
    for sentence in say::findings(found) {
        line(out, "", &sentence);
    }
    line(
        out,
        say::KEYS_FROM,
        found.keys_from.as_deref().unwrap_or_default(),
    );
}

fn parts(out: &mut String, heading: &str, list: &[ClaimView]) {
    if list.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{heading}");
    for part in list {
        let name = Clean::line(&part.name);
        // A name that is too long for its column stands alone, so that the values stay below each other.
        if name.as_str().chars().count() >= LABEL {
            let _ = writeln!(out, "  {name}");
            line(out, "", &part.value);
        } else {
            line(out, name.as_str(), &part.value);
        }
        for sentence in part.notes.iter().chain(std::iter::once(&part.meaning)) {
            line(out, "", sentence);
        }
    }
}

/// A label and what belongs to it; nothing where there is nothing to say.
fn line(out: &mut String, label: &str, text: &str) {
    if !text.is_empty() {
        let _ = writeln!(out, "  {label:LABEL$}{}", Clean::line(text));
    }
}
