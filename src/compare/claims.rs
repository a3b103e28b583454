//! The claims of two JWTs. Known ones are explained, unknown ones shown, ids and times are noise.

use serde_json::Value as Json;

use super::{Findings, gained, joined};
use crate::strings::compare as say;

/// Claims that say what a token is good for, in the order in which they are asked about.
const ORDER: &[&str] = &[
    "scp",
    "roles",
    "aud",
    "acr",
    "acrs",
    "amr",
    "xms_cc",
    "tid",
    "iss",
    "ver",
    "idtyp",
    "oid",
    "sub",
    "upn",
    "preferred_username",
    "appid",
    "azp",
    "appidacr",
    "azpacr",
    "deviceid",
    "ipaddr",
    "auth_time",
    "wids",
    "groups",
];

/// Claims that differ from token to token and say nothing.
const NOISE: &[&str] = &[
    "iat",
    "nbf",
    "exp",
    "uti",
    "rh",
    "aio",
    "jti",
    "nonce",
    "at_hash",
    "c_hash",
    "s_hash",
    "sid",
    "xms_ftd",
    "xms_idrel",
    "xms_st",
    "xms_tcdt",
    "xms_sub_fct",
    "xms_act_fct",
];

/// A life of more or less than these seconds apart is worth a line.
const LIFETIME_SLACK: u64 = 15 * 60;

/// Notes how two sets of claims differ; `prefix` is put before every claim's name.
pub(super) fn differ(
    prefix: &str,
    left: Option<&Json>,
    right: Option<&Json>,
    found: &mut Findings,
) {
    // Where one side's format is not readable there is nothing to compare.
    let (Some(left), Some(right)) = (
        left.and_then(Json::as_object),
        right.and_then(Json::as_object),
    ) else {
        return;
    };
    let mut names: Vec<&str> = left
        .keys()
        .chain(right.keys())
        .map(String::as_str)
        .collect();
    let rank = |name: &str| {
        ORDER
            .iter()
            .position(|known| *known == name)
            .unwrap_or(ORDER.len())
    };
    names.sort_by_key(|name| rank(name));
    names.dedup();
    lifetime(prefix, left, right, found);
    for name in names {
        let (before, after) = (left.get(name), right.get(name));
        let what = format!("{prefix} {name}");
        if NOISE.contains(&name) {
            found.noise(what, shown(before), shown(after));
            continue;
        }
        found.note(what, shown(before), shown(after), why(name, before, after));
    }
}

/// Notes how two headers differ: how they are signed and what they are matters; which key was used does not.
pub(super) fn headers(left: &Json, right: &Json, found: &mut Findings) {
    let names = [left, right].into_iter().filter_map(Json::as_object);
    for name in names.flat_map(serde_json::Map::keys) {
        let (before, after) = (shown(left.get(name)), shown(right.get(name)));
        let what = format!("header {name}");
        match name.as_str() {
            "alg" => found.note(what, before, after, say::SIGNED_OTHERWISE),
            "typ" => found.note(what, before, after, ""),
            "nonce" if before.is_some() != after.is_some() => {
                found.note(what, before, after, say::FOR_GRAPH);
            }
            _ => found.noise(what, before, after),
        }
    }
}

/// How long each token lives as a whole.
fn lifetime(
    prefix: &str,
    left: &serde_json::Map<String, Json>,
    right: &serde_json::Map<String, Json>,
    found: &mut Findings,
) {
    let lives = |claims: &serde_json::Map<String, Json>| {
        let exp = claims.get("exp")?.as_i64()?;
        let from = claims.get("iat").or_else(|| claims.get("nbf"))?.as_i64()?;
        u64::try_from(exp.saturating_sub(from)).ok()
    };
    if let (Some(before), Some(after)) = (lives(left), lives(right))
        && before.abs_diff(after) > LIFETIME_SLACK
    {
        let minutes = |seconds: u64| Some(say::minutes(seconds / 60));
        let what = format!("{prefix} {}", say::LIFETIME);
        found.note(what, minutes(before), minutes(after), say::LIFETIME_WHY);
    }
}

/// A claim's value: text as it is, lists of words joined, anything else as JSON.
fn shown(value: Option<&Json>) -> Option<String> {
    match value? {
        Json::String(text) => Some(text.clone()),
        Json::Array(items) if items.iter().all(Json::is_string) => joined(&words_of(value)),
        other => Some(other.to_string()),
    }
}

fn words_of(value: Option<&Json>) -> Vec<&str> {
    match value {
        Some(Json::String(text)) => text.split_whitespace().collect(),
        Some(Json::Array(items)) => items.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    }
}

fn why(name: &str, left: Option<&Json>, right: Option<&Json>) -> String {
    let (before, after) = (words_of(left), words_of(right));
    let (more, less) = (gained(&before, &after), gained(&after, &before));
    match name {
        "amr" if more.contains(&"mfa") => say::AMR_MFA.into(),
        "amr" if less.contains(&"mfa") => say::AMR_NO_MFA.into(),
        "amr" => say::AMR.into(),
        "acr" | "acrs" if !more.is_empty() => say::context_met(&more.join(" ")),
        "acr" | "acrs" => say::CONTEXT_LOST.into(),
        "scp" | "roles" => say::rights(&more.join(" "), &less.join(" ")),
        "aud" => say::AUDIENCE.into(),
        "tid" | "iss" => say::TENANT.into(),
        "oid" | "sub" | "upn" | "preferred_username" => say::PERSON.into(),
        "idtyp" => say::IDTYP.into(),
        "appid" | "azp" => say::CLIENT.into(),
        "appidacr" | "azpacr" => say::CLIENT_PROOF.into(),
        "xms_cc" => say::CAPABILITIES.into(),
        "deviceid" if right.is_some() => say::DEVICE.into(),
        "deviceid" => say::NO_DEVICE.into(),
        "ipaddr" => say::ADDRESS.into(),
        "auth_time" => say::AUTH_TIME.into(),
        "ver" => say::VERSION.into(),
        _ => String::new(),
    }
}
