//! What a granted run got: facts about the token, never the token.

use serde_json::Value as Json;

use crate::model::{Ending, Moment, SecretKind, TokenFacts};
use crate::strings::explorer as s;

use super::rows::{Content, Role, Tie};
use super::state::State;
use super::{diagnosis, runs};

/// Claims worth a line of their own, the telling ones first.
const TELLING: [&str; 18] = [
    "aud",
    "iss",
    "tid",
    "oid",
    "sub",
    "upn",
    "preferred_username",
    "azp",
    "appid",
    "scp",
    "roles",
    "amr",
    "acr",
    "acrs",
    "xms_cc",
    "iat",
    "nbf",
    "exp",
];

/// Lays out a granted ending.
pub fn lay_out(state: &State, ending: &Ending, out: &mut Content) {
    let Some(token) = &ending.token else {
        out.line(0, &[(Role::Granted, s::GRANTED)]);
        return;
    };
    if api_refused(state, ending, out) {
        out.gap();
    }
    out.item(s::GRANTED, Tie::Nothing);
    let headline = if token.from_cache {
        s::GRANTED_FROM_CACHE
    } else {
        s::GRANTED
    };
    out.line(2, &[(Role::Granted, "✓ "), (Role::Granted, headline)]);
    let newest = state.runs.place() == Some(0);
    if newest && state.scenarios.over() {
        out.line(2, &[(Role::Plain, "  "), (Role::Strong, s::SCENARIO_OVER)]);
    }
    out.gap();
    api(ending, out);
    follows(state, out);
    facts(state, token, out);
    claims(state, token.access_claims.as_ref(), s::ACCESS_CLAIMS, out);
    if state.details || token.access_claims.is_none() {
        claims(state, token.id_claims.as_ref(), s::ID_CLAIMS, out);
    }
}

/// The refused run whose way out led to this grant.
fn follows(state: &State, out: &mut Content) {
    let parent = state.runs.selected().and_then(|entry| entry.parent);
    let Some(refused) = parent.and_then(|(run, _)| state.runs.get(run)) else {
        return;
    };
    let clock = refused.run.started.clock();
    let words = s::follows(&clock, &runs::refusal(&refused.run));
    out.item(words.clone(), Tie::Nothing);
    out.pair(s::CURES, Role::Plain, &words);
}

fn facts(state: &State, token: &TokenFacts, out: &mut Content) {
    let mut pair = |label: &str, value: &str| {
        out.item(value, Tie::Nothing);
        out.pair(label, Role::Plain, value);
    };
    if let Some(expires) = token.expires {
        pair(
            s::EXPIRES,
            &s::expires(&expires.iso(), expires.since(state.now)),
        );
    }
    pair(s::SCOPES, &token.scopes.join(" "));
    if let Some(account) = &token.account {
        pair(s::ACCOUNT, account);
    }
    pair(s::TYPE, &token.token_type);
    if let Some(issued) = &token.issued_type {
        pair(s::ISSUED_TYPE, issued);
    }
    pair(
        s::ACCESS_TOKEN,
        &s::fingerprint(SecretKind::AccessToken, &token.fingerprint),
    );
    let refresh = token.refresh_fingerprint.as_ref();
    let refresh = refresh.map(|print| s::fingerprint(SecretKind::RefreshToken, print));
    pair(
        s::REFRESH_TOKEN,
        refresh.as_deref().unwrap_or(s::NO_REFRESH_TOKEN),
    );
}

fn api(ending: &Ending, out: &mut Content) {
    let Some(api) = &ending.api else {
        return;
    };
    let status = api.exchange.status();
    let words = s::api(status, &api.exchange.request.url);
    out.item(words.clone(), Tie::Nothing);
    let role = if api.diagnosis.is_some() {
        Role::Refused
    } else {
        Role::Granted
    };
    out.pair(s::API, role, &words);
}

/// The API refused the token: that comes first, since it is what has to be done something about.
fn api_refused(state: &State, ending: &Ending, out: &mut Content) -> bool {
    let found = ending.api.as_ref().and_then(|api| api.diagnosis.as_deref());
    if let Some(found) = found {
        diagnosis::lay_out(found, state.details, out);
    }
    found.is_some()
}

fn claims(state: &State, claims: Option<&Json>, heading: &str, out: &mut Content) {
    let Some(Json::Object(members)) = claims else {
        return;
    };
    out.gap();
    out.line(0, &[(Role::Label, heading)]);
    let telling = TELLING
        .iter()
        .filter_map(|name| members.get(*name).map(|value| (*name, value)));
    let others = members
        .iter()
        .filter(|(name, _)| state.details && !TELLING.contains(&name.as_str()))
        .map(|(name, value)| (name.as_str(), value));
    for (name, value) in telling.chain(others) {
        let words = in_words(name, value);
        out.item(words.clone(), Tie::Nothing);
        out.pair(name, Role::Plain, &words);
    }
    if !state.details {
        out.end();
        out.line(0, &[(Role::Dim, s::MORE_CLAIMS)]);
    }
}

/// A claim's value as text; times also as a date.
fn in_words(name: &str, value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(list) => list
            .iter()
            .map(|entry| {
                entry
                    .as_str()
                    .map_or_else(|| entry.to_string(), str::to_owned)
            })
            .collect::<Vec<_>>()
            .join(" "),
        Json::Number(number) if matches!(name, "iat" | "nbf" | "exp" | "auth_time") => {
            let date = number
                .as_i64()
                .map(|seconds| Moment::from_seconds(seconds).iso());
            format!("{number}  {}", date.unwrap_or_default())
        }
        other => other.to_string(),
    }
}
