//! What the two runs asked for.

use super::{Findings, joined};
use crate::model::{Credential, Exchange, Field, Purpose, Run, RunSpec, Value};
use crate::strings::compare as say;

/// What was to be done: flow, authority, client, scopes, claims, account.
pub(super) fn spec(left: &Run, right: &Run, found: &mut Findings) {
    let (a, b) = (&left.spec, &right.spec);
    let (sent, sends) = (claims_of(left), claims_of(right));
    let why = match (&sent, &sends) {
        (None, Some(_)) => say::CLAIMS_SENT,
        (Some(_), None) => say::CLAIMS_NOT_SENT,
        (Some(_), Some(_)) | (None, None) => say::CLAIMS_OTHER,
    };
    found.note("request parameter claims", sent, sends, why);
    let pair = (a, b);
    let why = if b.force_refresh {
        say::FORCED
    } else {
        say::NOT_FORCED
    };
    found.both("force refresh", pair, |s| yes(s.force_refresh), why);
    found.both("flow", pair, |s| Some(s.flow.word().into()), say::FLOW);
    found.both(
        "authority",
        pair,
        |s| Some(s.authority.as_str().into()),
        say::AUTHORITY,
    );
    found.both(
        "authority kind",
        pair,
        |s| Some(s.authority.kind.word().into()),
        say::AUTHORITY_KIND,
    );
    found.both(
        "client id",
        pair,
        |s| Some(s.client_id.clone()),
        say::CLIENT,
    );
    found.both(
        "client kind",
        pair,
        |s| Some(s.client_kind.word().into()),
        say::CLIENT_KIND,
    );
    credential(a, b, found);
    found.both(
        "scopes asked for",
        pair,
        |s| joined(&sorted(&s.scopes)),
        say::SCOPES_ASKED,
    );
    found.both("user name", pair, |s| s.username.clone(), say::PERSON);
    found.both(
        "request parameter prompt",
        pair,
        |s| s.prompt.map(|p| p.word().into()),
        say::PROMPT,
    );
    found.both(
        "client capabilities",
        pair,
        |s| joined(&sorted(&s.capabilities)),
        say::CAPABILITIES,
    );
    found.both(
        "redirect URI",
        pair,
        |s| s.redirect_uri.clone(),
        say::REDIRECT_URI,
    );
    found.both("API", pair, |s| s.api.clone(), say::API_ASKED);
    found.both(
        "answered by the lab",
        (left, right),
        |run| yes(run.simulated),
        say::LAB,
    );
    found.noise("profile", a.profile.clone(), b.profile.clone());
}

fn yes(so: bool) -> Option<String> {
    so.then(|| say::YES.to_owned())
}

/// Whether the client proved itself otherwise. The secret itself is never shown.
fn credential(left: &RunSpec, right: &RunSpec, found: &mut Findings) {
    match (&left.credential, &right.credential) {
        (Credential::Secret(a), Credential::Secret(b)) if a != b => {
            let (before, after) = (say::FIRST_SECRET.to_owned(), say::OTHER_SECRET.to_owned());
            found.note(
                "client secret",
                Some(before),
                Some(after),
                say::SECRET_CHANGED,
            );
        }
        (Credential::Public, Credential::Secret(_)) => {
            found.note(
                "client secret",
                None,
                Some(say::SENT.into()),
                say::SECRET_ADDED,
            );
        }
        (Credential::Secret(_), Credential::Public) => {
            found.note(
                "client secret",
                Some(say::SENT.into()),
                None,
                say::SECRET_REMOVED,
            );
        }
        (Credential::Secret(_), Credential::Secret(_))
        | (Credential::Public, Credential::Public) => {}
    }
}

/// Parameters that the spec accounts for already.
const COVERED: &[&str] = &[
    "client_id",
    "scope",
    "claims",
    "username",
    "prompt",
    "resource",
    "client_secret",
];

/// Parameters that are new in every request.
const FRESH: &[&str] = &[
    "code",
    "code_verifier",
    "code_challenge",
    "state",
    "nonce",
    "client_assertion",
    "assertion",
    "device_code",
    "refresh_token",
    "client-request-id",
    "password",
    "redirect_uri",
];

/// The forms of the last token requests, field by field. Where the flows differ, their parameters do, and that is
/// noise.
pub(super) fn parameters(left: &Run, right: &Run, found: &mut Findings) {
    let (Some(a), Some(b)) = (token_request(left), token_request(right)) else {
        return;
    };
    let same_flow = left.spec.flow == right.spec.flow;
    let fields = a.request.form.iter().chain(&b.request.form);
    for name in fields
        .map(|field| field.name.as_str())
        .filter(|name| !COVERED.contains(name))
    {
        let (before, after) = (value(&a.request.form, name), value(&b.request.form, name));
        let what = format!("request parameter {name}");
        if FRESH.contains(&name) || !same_flow {
            found.noise(what, before, after);
        } else {
            found.note(what, before, after, "");
        }
    }
}

fn token_request(run: &Run) -> Option<&Exchange> {
    run.exchanges
        .iter()
        .rev()
        .find(|exchange| exchange.request.purpose == Purpose::Token)
}

/// A field's value; a secret as its mark.
fn value(form: &[Field], name: &str) -> Option<String> {
    let field = form.iter().find(|field| field.name == name)?;
    Some(match &field.value {
        Value::Plain(text) => text.clone(),
        Value::Secret(secret) => match secret.digest() {
            Some(digest) => format!("‹{} {digest}›", secret.kind().word()),
            None => format!("‹{}›", secret.kind().word()),
        },
    })
}

/// The claims that went along, as asked for or as sent.
fn claims_of(run: &Run) -> Option<String> {
    let forms = run
        .exchanges
        .iter()
        .rev()
        .map(|exchange| exchange.request.form.as_slice());
    let sent = forms.find_map(|form| value(form, "claims"));
    run.spec.claims.clone().or(sent)
}

fn sorted(words: &[String]) -> Vec<&str> {
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.sort_unstable();
    words
}
