//! Two exchanges: what was asked, what came back, and how long it took.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{Findings, asked, came};
use crate::model::{Exchange, Field, Header, Reply, Value};
use crate::strings::compare as say;

/// Headers and members of a body that name or date one answer, in lower case: noise wherever they are.
const NOISE: &[&str] = &[
    "age",
    "client-request-id",
    "content-length",
    "correlation_id",
    "correlationid",
    "date",
    "dpop-nonce",
    "etag",
    "expires",
    "last-modified",
    "request-id",
    "timestamp",
    "trace_id",
    "traceid",
    "x-ms-clitelem",
    "x-ms-ests-server",
    "x-ms-gateway-requestid",
    "x-ms-request-id",
];

/// Those whose value is always new, while it matters whether they are there at all.
const FRESH: &[&str] = &[
    "access_token",
    "device_code",
    "error_description",
    "id_token",
    "refresh_token",
    "set-cookie",
    "user_code",
];

/// Members that say most, in the order in which they are asked about; the others follow by name.
const ORDER: &[&str] = &[
    "error",
    "suberror",
    "error_codes",
    "claims",
    "error_description",
    "error_uri",
    "token_type",
    "scope",
    "expires_in",
];

/// Levels of a body that are looked into.
const DEPTH: usize = 6;

/// What was sent.
pub(super) fn request(left: &Exchange, right: &Exchange, found: &mut Findings) {
    let (a, b) = (&left.request, &right.request);
    let one = |text: &str| Some(text.to_owned());
    found.note("method", one(&a.method), one(&b.method), say::OTHER_METHOD);
    found.note("address", one(&a.url), one(&b.url), say::OTHER_ADDRESS);
    let (before, after) = (fields(&a.form), fields(&b.form));
    both("request parameter", &before, &after, asked::FRESH, found);
    let (before, after) = (sent(&a.headers), sent(&b.headers));
    both("request header", &before, &after, FRESH, found);
    let body = |value: &Option<Value>| value.as_ref().map(asked::shown);
    found.note("request body", body(&a.body), body(&b.body), "");
}

/// What came back: status or fault, body, headers, time.
pub(super) fn reply(left: &Exchange, right: &Exchange, found: &mut Findings) {
    let of = |exchange: &Exchange| Some(came::answer(exchange));
    found.note("answer", of(left), of(right), say::OTHER_ANSWER);
    if let (Some(a), Some(b)) = (&left.reply, &right.reply) {
        body(a, b, found);
        both("header", &received(a), &received(b), FRESH, found);
    }
    let took = |exchange: &Exchange| {
        let time = exchange.phases.total();
        Some(say::milliseconds(time.as_millis()))
    };
    found.noise("time on the wire", took(left), took(right));
    let started = |exchange: &Exchange| Some(exchange.started.iso_millis());
    found.noise("started", started(left), started(right));
}

type Named = BTreeMap<String, String>;

fn both(kind: &str, left: &Named, right: &Named, fresh: &[&str], found: &mut Findings) {
    let mut names: Vec<&String> = left.keys().chain(right.keys()).collect();
    let rank = |name: &str| {
        let place = ORDER.iter().position(|known| *known == name);
        place.unwrap_or(ORDER.len())
    };
    names.sort_by_key(|name| (rank(name), *name));
    names.dedup();
    for name in names {
        let (before, after) = (left.get(name).cloned(), right.get(name).cloned());
        let what = format!("{kind} {name}");
        let last = name.rsplit('.').next().unwrap_or(name);
        let last = last.to_ascii_lowercase();
        let both = before.is_some() && after.is_some();
        if NOISE.contains(&last.as_str()) || both && fresh.contains(&last.as_str()) {
            found.noise(what, before, after);
        } else {
            found.note(what, before, after, "");
        }
    }
}

fn fields(form: &[Field]) -> Named {
    form.iter()
        .map(|field| (field.name.clone(), asked::shown(&field.value)))
        .collect()
}

fn sent(headers: &[Header]) -> Named {
    headers
        .iter()
        .map(|header| {
            (
                header.name.to_ascii_lowercase(),
                asked::shown(&header.value),
            )
        })
        .collect()
}

fn received(reply: &Reply) -> Named {
    let mut all = Named::new();
    for (name, value) in &reply.headers {
        all.entry(name.to_ascii_lowercase())
            .and_modify(|held| {
                held.push_str("; ");
                held.push_str(value);
            })
            .or_insert_with(|| value.clone());
    }
    all
}

/// Bodies, member by member where both are JSON objects.
fn body(left: &Reply, right: &Reply, found: &mut Findings) {
    let read = |reply: &Reply| serde_json::from_slice::<Json>(&reply.body).ok();
    match (read(left), read(right)) {
        (Some(a), Some(b)) if a.is_object() && b.is_object() => {
            let (mut before, mut after) = (Named::new(), Named::new());
            members("", &a, DEPTH, &mut before);
            members("", &b, DEPTH, &mut after);
            both("member", &before, &after, FRESH, found);
        }
        _ if left.body == right.body => {}
        _ => {
            let size = |reply: &Reply| Some(say::bytes(reply.body.len()));
            found.note("body", size(left), size(right), say::OTHER_BODY);
        }
    }
}

fn members(path: &str, value: &Json, depth: usize, out: &mut Named) {
    match value {
        Json::Object(inside) if depth > 0 && !inside.is_empty() => {
            for (name, value) in inside {
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                members(&path, value, depth - 1, out);
            }
        }
        Json::String(text) => {
            out.insert(path.to_owned(), text.clone());
        }
        other => {
            out.insert(path.to_owned(), other.to_string());
        }
    }
}
