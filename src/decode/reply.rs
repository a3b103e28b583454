//! Any HTTP reply to facts: status, headers, body, and what is odd about them.

use super::lex::{self, End, Kind, Tree};
use super::{body, headers, html, paste, redirect};
use crate::model::{Cut, Fact, FactKind, Purpose, Reading, Reply, Shape, Spot};
use crate::strings::decode as strings;

/// Reads a reply. Facts come in this order: troubles with the body as a whole, the body's own facts (for a protected
/// API those of its challenge before them), headers, status.
pub fn reply(reply: &Reply, purpose: Purpose) -> Reading {
    let text = reply.text();
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut reading = Reading::empty(Shape::Json);
    let challenge = headers::challenges(reply);
    let (before, after) = if matches!(purpose, Purpose::Api | Purpose::UserInfo) {
        (challenge, Vec::new())
    } else {
        (Vec::new(), challenge)
    };
    reading.facts.extend(before);
    let (shape, tree) = read_body(text, reply, purpose, &mut reading.facts);
    reading.shape = shape;
    for fact in after.into_iter().chain(headers::others(reply)) {
        let known = reading
            .facts
            .iter()
            .any(|f| f.kind == fact.kind && f.value == fact.value);
        if !known {
            reading.facts.push(fact);
        }
    }
    location(reply, &mut reading);
    if reading.first(FactKind::Code).is_none() && reply.status >= 400 {
        reading.facts.extend(headers::telemetry_code(reply));
    }
    if let Some(cut) = reply.cut {
        let sentence = match cut {
            Cut::Limit(_) => strings::CUT_BY_LIMIT,
            Cut::Connection => strings::CUT_BY_CONNECTION,
            Cut::Time => strings::CUT_BY_TIME,
        };
        reading.facts.push(trouble(sentence, Spot::Fault));
    }
    success(reply, purpose, tree.as_ref(), &mut reading);
    reading.facts.push(Fact {
        kind: FactKind::Status,
        value: reply.status.to_string(),
        from: Spot::Status,
    });
    reading
}

fn trouble(sentence: &str, from: Spot) -> Fact {
    Fact {
        kind: FactKind::Trouble,
        value: sentence.to_owned(),
        from,
    }
}

/// An API may answer a success with anything; everything else here should be a JSON object.
fn is_free(reply: &Reply, purpose: Purpose) -> bool {
    purpose == Purpose::Api && reply.status < 400 || (300..400).contains(&reply.status)
}

/// Adds the facts of the body; the tree where it is JSON.
fn read_body<'a>(
    text: &'a str,
    reply: &Reply,
    purpose: Purpose,
    facts: &mut Vec<Fact>,
) -> (Shape, Option<Tree<'a>>) {
    let free = is_free(reply, purpose);
    let root = || Spot::Pointer("".into());
    let mut say = |sentence: &str| {
        if !free {
            facts.push(trouble(sentence, root()));
        }
    };
    if text.trim().is_empty() {
        say(strings::EMPTY_BODY);
        return (Shape::Empty, None);
    }
    if html::is_page(text) {
        say(strings::HTML_BODY);
        page(text, facts);
        return (Shape::Html, None);
    }
    let tree = lex::read(text);
    let object = tree
        .nodes
        .first()
        .is_some_and(|root| root.kind == Kind::Object);
    match (tree.end, object) {
        (End::Whole | End::Long, true) => {}
        (End::Whole | End::Long | End::Cut, false) if is_json(&tree) => {
            say(top(&tree));
            return (Shape::OddJson, Some(tree));
        }
        (End::Cut, true) => say(strings::CUT_JSON),
        (End::Broken, true) => say(strings::BROKEN_JSON),
        (End::Whole | End::Long | End::Cut | End::Broken | End::Empty, _) => {
            say(strings::NOT_JSON);
            facts.extend(from_text(text));
            return (Shape::Text, None);
        }
    }
    let from = facts.len();
    body::facts(&tree, facts);
    if tree.end == End::Broken {
        for fact in from_text(text) {
            if !facts[from..].iter().any(|known| known.kind == fact.kind) {
                facts.push(fact);
            }
        }
    }
    let odd = facts[from..]
        .iter()
        .any(|fact| fact.kind == FactKind::Trouble);
    let shape = if odd { Shape::OddJson } else { Shape::Json };
    (shape, Some(tree))
}

fn is_json(tree: &Tree<'_>) -> bool {
    tree.end != End::Cut
        || tree
            .nodes
            .first()
            .is_some_and(|root| root.kind == Kind::Array)
}

fn top(tree: &Tree<'_>) -> &'static str {
    match tree.nodes.first().map(|root| root.kind) {
        Some(Kind::Array) => strings::ARRAY_BODY,
        _ if tree.source(0) == "null" => strings::NULL_BODY,
        _ => strings::SCALAR_BODY,
    }
}

/// The first error that running text tells.
fn from_text(text: &str) -> Vec<Fact> {
    paste::free(text)
        .into_iter()
        .next()
        .map_or_else(Vec::new, |reading| reading.facts)
}

/// A web page: its title, and the error that its text tells.
fn page(text: &str, facts: &mut Vec<Fact>) {
    let whole = Spot::Bytes(0, text.len());
    if let Some(value) = html::title(text) {
        facts.push(Fact {
            kind: FactKind::Message,
            value,
            from: whole.clone(),
        });
    }
    let found = from_text(&html::text(text));
    facts.extend(found.into_iter().map(|fact| Fact {
        from: whole.clone(),
        ..fact
    }));
}

/// A redirect is evidence: the error it carries is read, the redirect is not followed.
fn location(reply: &Reply, reading: &mut Reading) {
    if !(300..400).contains(&reply.status) {
        return;
    }
    let Some(location) = reply.header("location") else {
        return;
    };
    let from = Spot::Header("location".into());
    reading
        .facts
        .push(trouble(strings::REDIRECTED, from.clone()));
    let found = redirect(location).facts;
    reading.facts.extend(found.into_iter().map(|fact| Fact {
        from: from.clone(),
        ..fact
    }));
}

/// A success that is none.
fn success(reply: &Reply, purpose: Purpose, tree: Option<&Tree<'_>>, reading: &mut Reading) {
    if !(200..300).contains(&reply.status) || purpose == Purpose::Api {
        return;
    }
    if reading.error().is_some() {
        reading
            .facts
            .push(trouble(strings::ERROR_WITH_SUCCESS, Spot::Status));
        return;
    }
    let is_object = |tree: &&Tree<'_>| {
        let root = tree.nodes.first();
        root.is_some_and(|root| root.kind == Kind::Object)
    };
    let Some(tree) = tree.filter(is_object) else {
        return;
    };
    let member = |name: &str| tree.member(0, name);
    let root = || Spot::Pointer("".into());
    let found = match purpose {
        Purpose::Token if reading.has_token() => match member("expires_in") {
            _ if member("token_type").is_none() => Some(trouble(strings::NO_TOKEN_TYPE, root())),
            None => Some(trouble(strings::NO_EXPIRES_IN, root())),
            Some(node) => (!is_whole_number(tree.source(node)))
                .then(|| trouble(strings::ODD_EXPIRES_IN, Spot::Pointer("/expires_in".into()))),
        },
        Purpose::Token => Some(match member("access_token") {
            Some(node) if tree.source(node) == "\"\"" => trouble(
                strings::EMPTY_ACCESS_TOKEN,
                Spot::Pointer("/access_token".into()),
            ),
            Some(_) | None => trouble(strings::NO_ACCESS_TOKEN, root()),
        }),
        Purpose::DeviceStart => {
            let there = member("device_code").is_some_and(|node| tree.source(node).len() > 2);
            (!there).then(|| trouble(strings::NO_DEVICE_CODE, root()))
        }
        Purpose::BackchannelStart => {
            let there = member("auth_req_id").is_some_and(|node| tree.source(node).len() > 2);
            (!there).then(|| trouble(strings::NO_AUTH_REQ_ID, root()))
        }
        Purpose::PushedAuthorization => {
            let there = member("request_uri").is_some_and(|node| tree.source(node).len() > 2);
            (!there).then(|| trouble(strings::NO_REQUEST_URI, root()))
        }
        Purpose::Discovery => {
            let lacking = ["authorization_endpoint", "token_endpoint"];
            let lacks = lacking.iter().any(|name| member(name).is_none());
            lacks.then(|| trouble(strings::NO_ENDPOINT, root()))
        }
        Purpose::Keys
        | Purpose::UserRealm
        | Purpose::Api
        | Purpose::Introspection
        | Purpose::Revocation
        | Purpose::UserInfo
        | Purpose::ClientAssertion => None,
    };
    reading.facts.extend(found);
}

/// Whether a JSON value is a number, or a string of a whole one.
fn is_whole_number(source: &str) -> bool {
    let text = source
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    text.is_none_or(|digits| digits.trim().parse::<i64>().is_ok())
}
