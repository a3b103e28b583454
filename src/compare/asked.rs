//! What the two runs asked for.

use super::{Findings, Part, joined};
use crate::model::{Credential, Exchange, Field, Purpose, Run, RunSpec, Value};
use crate::strings::{compare as say, mutual_tls};

/// The user, in the words of the comparison.
pub(super) const USER: &str = "user name";
/// The API that is called with the token.
pub(super) const API: &str = "API";

/// Whom and how, in the order in which it is asked.
const WHOM: &[Part<RunSpec>] = &[
    ("flow", |spec| Some(spec.flow.word().into()), say::FLOW),
    (
        "authority",
        |spec| Some(spec.authority.as_str().into()),
        say::AUTHORITY,
    ),
    (
        "authority kind",
        |spec| Some(spec.authority.kind.word().into()),
        say::AUTHORITY_KIND,
    ),
    (
        "client id",
        |spec| Some(spec.client_id.clone()),
        say::CLIENT,
    ),
    (
        "client kind",
        |spec| Some(spec.client_kind.word().into()),
        say::CLIENT_KIND,
    ),
];

/// For what and for whom.
const WHAT: &[Part<RunSpec>] = &[
    (
        "scopes asked for",
        |spec| joined(&sorted(&spec.scopes)),
        say::SCOPES_ASKED,
    ),
    (
        USER,
        |spec| spec.username.clone().or(spec.presented.user_id.clone()),
        say::PERSON,
    ),
    (
        "request parameter prompt",
        |spec| spec.asking.prompt.map(|prompt| prompt.word().into()),
        say::PROMPT,
    ),
    (
        "request parameter response_type",
        |spec| Some(spec.asking.response_type.word().into()),
        say::RESPONSE_TYPE,
    ),
    (
        "proof key (PKCE)",
        |spec| spec.asking.pkce.map(|method| method.word().into()),
        say::PKCE,
    ),
    (
        "signed request",
        |spec| yes(spec.asking.request_object),
        say::REQUEST_OBJECT,
    ),
    (
        "authorization details",
        |spec| {
            let file = spec.asking.authorization_details.as_deref();
            file.map(|path| path.display().to_string())
        },
        say::AUTHORIZATION_DETAILS,
    ),
    (
        "request parameter response_mode",
        |spec| spec.asking.response_mode.map(|mode| mode.word().into()),
        say::RESPONSE_MODE,
    ),
    (
        "further request parameters",
        |spec| Some(spec.asking.parameters()).filter(|text| !text.is_empty()),
        say::FURTHER_PARAMETERS,
    ),
    (
        "request parameter binding_message",
        |spec| spec.asking.binding_message.clone(),
        say::BINDING_MESSAGE,
    ),
    (
        "client capabilities",
        |spec| joined(&sorted(&spec.capabilities)),
        say::CAPABILITIES,
    ),
    (
        "redirect URI",
        |spec| spec.redirect_uri.clone(),
        say::REDIRECT_URI,
    ),
    (
        API,
        |spec| {
            let call = spec.api.as_ref()?;
            Some(format!("{} {}", call.method.word(), call.url))
        },
        say::API_ASKED,
    ),
];

/// What was to be done: flow, authority, client, scopes, claims, account.
pub(super) fn spec(left: &Run, right: &Run, found: &mut Findings) {
    let (sent, sends) = (claims_of(left), claims_of(right));
    let why = match (&sent, &sends) {
        (None, Some(_)) => say::CLAIMS_SENT,
        (Some(_), None) => say::CLAIMS_NOT_SENT,
        (Some(_), Some(_)) | (None, None) => say::CLAIMS_OTHER,
    };
    found.note("request parameter claims", sent, sends, why);
    let (a, b) = (&left.spec, &right.spec);
    let why = if b.force_refresh {
        say::FORCED
    } else {
        say::NOT_FORCED
    };
    found.note(
        "force refresh",
        yes(a.force_refresh),
        yes(b.force_refresh),
        why,
    );
    found.parts(a, b, WHOM);
    credential(left, right, found);
    certificate(left, right, found);
    password(left, right, found);
    found.parts(a, b, WHAT);
    found.note(
        "answered by the lab",
        yes(left.simulated),
        yes(right.simulated),
        say::LAB,
    );
    found.noise("profile", a.profile.clone(), b.profile.clone());
}

fn yes(so: bool) -> Option<String> {
    so.then(|| say::YES.to_owned())
}

/// Whether the client proved itself otherwise. The secret itself is never shown.
fn credential(left: &Run, right: &Run, found: &mut Findings) {
    if other(left, right, "client_secret") {
        let (before, after) = (say::FIRST_SECRET.to_owned(), say::OTHER_SECRET.to_owned());
        let why = say::SECRET_CHANGED;
        return found.note("client secret", Some(before), Some(after), why);
    }
    match (&left.spec.credential, &right.spec.credential) {
        (Credential::Secret(a), Credential::Secret(b)) if a != b => {
            let (before, after) = (say::FIRST_SECRET.to_owned(), say::OTHER_SECRET.to_owned());
            found.note(
                "client secret",
                Some(before),
                Some(after),
                say::SECRET_CHANGED,
            );
        }
        (Credential::Public, Credential::Public) => {}
        (before, after) if before.is_assertion() || after.is_assertion() => {
            let (before, after) = (word(before), word(after));
            if before != after {
                found.note("client credential", before, after, say::CREDENTIAL_CHANGED);
            }
        }
        (Credential::Public, _) => {
            found.note(
                "client secret",
                None,
                Some(say::SENT.into()),
                say::SECRET_ADDED,
            );
        }
        (_, Credential::Public) => {
            found.note(
                "client secret",
                Some(say::SENT.into()),
                None,
                say::SECRET_REMOVED,
            );
        }
        // What was typed at a prompt and never sent cannot be compared.
        (_, _) => {}
    }
}

/// Whether another certificate was shown in the TLS handshake, or it was shown in one of the two alone.
fn certificate(left: &Run, right: &Run, found: &mut Findings) {
    let told = |run: &Run| {
        let mut newest = run.exchanges.iter().rev();
        let shown = newest.find_map(|exchange| exchange.request.certificate.as_deref())?;
        let named = mutual_tls::certificate(&shown.subject, &shown.thumbprint);
        Some(format!("{named}: {}", mutual_tls::handed(shown.handed)))
    };
    found.note(
        "client certificate",
        told(left),
        told(right),
        say::CERTIFICATE_CHANGED,
    );
}

/// What kind of credential it is; `None`: none.
fn word(credential: &Credential) -> Option<String> {
    let word = match credential {
        Credential::Public => return None,
        Credential::Ask | Credential::Secret(_) => say::SECRET,
        Credential::Certificate(given) if given.at.method.is_tls() => say::TLS_CERTIFICATE,
        Credential::Certificate(_) => say::CERTIFICATE,
        Credential::Assertion(_) => say::FEDERATED,
    };
    Some(word.to_owned())
}

/// Whether another password went along. Neither is ever shown.
fn password(left: &Run, right: &Run, found: &mut Findings) {
    if other(left, right, "password") {
        let (before, after) = (say::FIRST_PASSWORD, say::OTHER_PASSWORD);
        found.note(
            "password",
            Some(before.to_owned()),
            Some(after.to_owned()),
            say::PASSWORD_CHANGED,
        );
    }
}

/// Whether both runs sent a field, with different values.
fn other(left: &Run, right: &Run, name: &str) -> bool {
    let sent = |run| {
        let form = &token_request(run)?.request.form;
        form.iter().find(|field| field.name == name)
    };
    matches!((sent(left), sent(right)), (Some(a), Some(b)) if a.value != b.value)
}

/// Parameters that the spec accounts for already.
const COVERED: &[&str] = &[
    "client_id",
    "scope",
    "claims",
    "username",
    "user_id",
    "prompt",
    "resource",
    "client_secret",
];

/// Parameters that are new in every request.
pub(super) const FRESH: &[&str] = &[
    "code",
    "code_verifier",
    "code_challenge",
    "state",
    "nonce",
    "client_assertion",
    "assertion",
    "user_federated_identity_credential",
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
    Some(shown(&field.value))
}

/// What was sent; a secret as its mark.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Plain(text) => text.clone(),
        Value::Secret(secret) => match secret.digest() {
            Some(digest) => format!("‹{} {digest}›", secret.kind().word()),
            None => format!("‹{}›", secret.kind().word()),
        },
    }
}

/// The claims that went along, as asked for or as sent.
fn claims_of(run: &Run) -> Option<String> {
    let mut forms = run
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
