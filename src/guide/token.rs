//! What the parts of a token mean, and what its claims say against it. Its signature is not looked at here.

use serde_json::Value as Json;

use crate::decode::jwt::{self, Token};
use crate::model::token::numeric_date;
use crate::model::{ClaimView, Failure, Form, Lifetime, Moment, Secret, TokenView};
use crate::strings::token as say;

/// Claims that tell what a token is good for, in the order in which they are asked about.
const TELLING: [&str; 26] = [
    "aud",
    "iss",
    "tid",
    "idtyp",
    "oid",
    "sub",
    "upn",
    "preferred_username",
    "azp",
    "appid",
    "client_id",
    "azpacr",
    "appidacr",
    "scp",
    "scope",
    "roles",
    "wids",
    "amr",
    "acr",
    "acrs",
    "xms_cc",
    "cnf",
    "ver",
    "iat",
    "nbf",
    "exp",
];

/// Claims that hold a time (RFC 7519 section 2).
const TIMES: [&str; 5] = ["iat", "nbf", "exp", "auth_time", "xms_tcdt"];

/// Lays a token open.
pub fn open(token: &Secret, now: Moment) -> TokenView {
    let mut view = TokenView {
        form: Form::Opaque,
        fingerprint: token.digest().unwrap_or_default(),
        header: Vec::new(),
        claims: Vec::new(),
        at: now,
        life: Lifetime::default(),
        notes: Vec::new(),
        raw_header: None,
        raw_claims: None,
    };
    match jwt::read(token.reveal()) {
        Token::Opaque => {}
        Token::Encrypted(head) => {
            view.form = Form::Encrypted;
            view.header = header(&head);
            view.raw_header = Some(head);
        }
        Token::Jwt(jwt) => {
            view.form = Form::Jwt;
            view.header = header(&jwt.header);
            view.claims = claims(&jwt.claims, now);
            view.life = Lifetime::of(&jwt.claims);
            view.notes = notes(&jwt.claims);
            view.raw_header = Some(jwt.header);
            view.raw_claims = Some(jwt.claims);
        }
    }
    view
}

fn header(header: &Json) -> Vec<ClaimView> {
    let members = header.as_object().into_iter().flatten();
    let one = |(name, value): (&String, &Json)| {
        let shown = shown(value);
        ClaimView {
            meaning: say::header(name).to_owned(),
            notes: told(say::value(name, &shown)),
            telling: true,
            name: name.clone(),
            value: shown,
        }
    };
    members.map(one).collect()
}

/// The claims with their meanings, the telling ones first.
pub fn claims(claims: &Json, now: Moment) -> Vec<ClaimView> {
    let Some(members) = claims.as_object() else {
        return Vec::new();
    };
    let telling = TELLING
        .iter()
        .filter_map(|name| members.get_key_value(*name));
    let others = members
        .iter()
        .filter(|(name, _)| !TELLING.contains(&name.as_str()));
    let all = telling
        .map(|pair| (pair, true))
        .chain(others.map(|pair| (pair, false)));
    all.map(|((name, value), telling)| ClaimView {
        name: name.clone(),
        value: shown(value),
        meaning: say::claim(name).to_owned(),
        notes: about(name, value, now),
        telling,
    })
    .collect()
}

/// A value as text.
fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(list) if list.iter().all(Json::is_string) => words(value).join(" "),
        other => other.to_string(),
    }
}

/// The words of a text or of a list of texts.
fn words(value: &Json) -> Vec<&str> {
    match value {
        Json::String(text) => text.split_whitespace().collect(),
        Json::Array(list) => list.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    }
}

fn told(sentence: &str) -> Vec<String> {
    let some = (!sentence.is_empty()).then(|| sentence.to_owned());
    some.into_iter().collect()
}

/// What this value of a claim means.
fn about(name: &str, value: &Json, now: Moment) -> Vec<String> {
    let each = |known: &dyn Fn(&str) -> Option<String>| {
        words(value).into_iter().filter_map(known).collect()
    };
    let named = |text: &'static str| Some(text).filter(|text| !text.is_empty());
    match name {
        _ if TIMES.contains(&name) => {
            let at = numeric_date(value);
            at.map(|at| say::date(at, now)).into_iter().collect()
        }
        "scp" | "scope" | "roles" => each(&|word| {
            // A scope may carry the address of its API before it.
            let bare = word.rsplit_once('/').map_or(word, |(_, last)| last);
            named(say::permission(bare)).map(|allows| say::permission_line(word, allows))
        }),
        "amr" => each(&|word| named(say::amr(word)).map(|words| say::amr_line(word, words))),
        "wids" => each(&|id| say::role(id).map(|name| say::role_line(id, name))),
        _ => told(say::value(name, &shown(value))),
    }
}

fn notes(claims: &Json) -> Vec<String> {
    let any = |names: &[&str]| names.iter().any(|name| claims.get(name).is_some());
    let rights = any(&["scp", "scope", "roles"]);
    let id_token = !rights && any(&["nonce", "at_hash", "c_hash"]);
    let mut out = Vec::new();
    if id_token {
        out.push(say::IS_ID_TOKEN.to_owned());
    } else if !rights && any(&["azp", "appid", "client_id"]) {
        out.push(say::NO_RIGHTS.to_owned());
    }
    if any(&["cnf"]) {
        out.push(say::IS_BOUND.to_owned());
    }
    out
}

/// What is expected of a token.
#[derive(Clone, Copy, Debug, Default)]
pub struct Expected<'a> {
    /// Whom it must be for; `None`: anybody.
    pub audience: Option<&'a str>,
    /// Who may have issued it, as metadata writes it (`{tenantid}` stands for the token's `tid`); none: anybody.
    pub issuers: &'a [String],
}

/// What the claims say against a token (RFC 7519 section 4.1), without any leeway for clocks.
pub fn against(claims: &Json, now: Moment, expected: Expected<'_>) -> Vec<Failure> {
    let mut out = Vec::new();
    let mut time = |name: &str, wrong: &dyn Fn(Moment) -> Option<Failure>| {
        if let Some(value) = claims.get(name) {
            let claim = || name.to_owned();
            match numeric_date(value) {
                Some(at) => out.extend(wrong(at)),
                None => out.push(Failure::MalformedTime { claim: claim() }),
            }
        }
    };
    time("exp", &|at| (now >= at).then_some(Failure::Expired { at }));
    time("nbf", &|from| {
        (now < from).then_some(Failure::NotYetValid { from })
    });
    if let Some(wanted) = expected.audience {
        let named = claims.get("aud").unwrap_or(&Json::Null);
        let for_it = match named {
            Json::String(one) => one == wanted,
            Json::Array(many) => many.iter().any(|one| one == wanted),
            _ => false,
        };
        if !for_it {
            let is = if named.is_null() {
                String::new()
            } else {
                shown(named)
            };
            let wanted = wanted.to_owned();
            out.push(Failure::Audience { is, wanted });
        }
    }
    let text = |name: &str| claims.get(name).and_then(Json::as_str).unwrap_or_default();
    let issuer = text("iss");
    let from_it = |wanted: &String| !issuer.is_empty() && fill(wanted, text("tid")) == issuer;
    if let Some(first) = expected.issuers.first()
        && !expected.issuers.iter().any(from_it)
    {
        out.push(Failure::Issuer {
            is: issuer.to_owned(),
            wanted: fill(first, text("tid")),
        });
    }
    out
}

/// An issuer as metadata for many tenants writes it, for one of them.
fn fill(issuer: &str, tenant: &str) -> String {
    issuer.replace("{tenantid}", tenant)
}

#[cfg(test)]
mod tests;
