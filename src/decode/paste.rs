//! Anything that people paste: a reply, a redirect, a log, an exception, a page. Several errors in one text become
//! several readings.

mod aim;
mod around;
mod begin;
mod chain;
mod challenged;
mod group;
mod http;
mod identity;
mod key;
mod library;
mod localized;
mod mark;
mod message;
mod nameless;
mod number;
mod own;
mod prefix;
mod replay;
mod said;
mod scan;
mod surfaced;
mod value;
mod view;

use memchr::memmem;

use super::lex::{self, End};
use super::{body, code, html, known, place, redirect, sentence};
use crate::model::{Fact, FactKind, Place, Reading, Shape, Spot};

use view::View;

pub(crate) use mark::{Form, Mark};
use scan::marks;

/// Reads anything pasted. One reading for each error (told apart by `error`, codes and correlation id), in order of
/// appearance; empty if no error is found. Facts of a whole JSON body carry JSON pointers, those of a redirect
/// parameters, all others byte ranges of the text.
pub fn paste(text: &str) -> Vec<Reading> {
    const MARK: char = '\u{feff}';
    let Some(unmarked) = text.strip_prefix(MARK) else {
        return read(text);
    };
    let mut readings = read(unmarked);
    for fact in readings.iter_mut().flat_map(|reading| &mut reading.facts) {
        if let Spot::Bytes(from, to) = &mut fact.from {
            *from += MARK.len_utf8();
            *to += MARK.len_utf8();
        }
    }
    readings
}

fn read(text: &str) -> Vec<Reading> {
    let view = View::of(text);
    let wrapped = view.as_ref().is_some_and(|view| view.wrapped);
    let escaped = memmem::find(text.as_bytes(), b"&amp;").is_some();
    let whole = |text: &str| json(text).or_else(|| address(text)).or_else(|| alone(text));
    if !wrapped
        && !escaped
        && let Some(reading) = whole(text)
    {
        return vec![reading];
    }
    if let Some(view) = view.as_ref().filter(|_| wrapped || escaped)
        && let Some(reading) = whole(&view.text)
    {
        return placed(vec![reading], view);
    }
    if let Some(readings) = http::read(text) {
        return readings;
    }
    if html::is_page(text) {
        let mut found = free(&html::text(text));
        for reading in &mut found {
            reading.shape = Shape::Html;
        }
        return from_whole(found, text);
    }
    let mut found = view.map_or_else(|| running(text), |view| placed(running(&view.text), &view));
    // What stands in the chain beside codes is told after them: they say more.
    found.extend(chain::read(text));
    if found.is_empty() {
        identity::read(text)
    } else {
        found
    }
}

/// Facts whose place in the decoded text says nothing about their place in the original.
fn from_whole(mut readings: Vec<Reading>, text: &str) -> Vec<Reading> {
    for fact in readings.iter_mut().flat_map(|reading| &mut reading.facts) {
        fact.from = Spot::Bytes(0, text.len());
    }
    readings
}

/// Facts of a view of the text, with where they stand in the text itself.
fn placed(mut readings: Vec<Reading>, view: &View) -> Vec<Reading> {
    for fact in readings.iter_mut().flat_map(|reading| &mut reading.facts) {
        if let Some(at) = place(&view.text, &fact.from) {
            let at = view.original(&at);
            fact.from = Spot::Bytes(at.start, at.end);
        }
    }
    readings
}

/// Running text, in which anything may stand anywhere.
pub(crate) fn free(text: &str) -> Vec<Reading> {
    View::of(text).map_or_else(|| running(text), |view| placed(running(&view.text), &view))
}

/// The marks of a text as it was meant; they say nothing of where they stand.
pub(crate) fn seen(text: &str) -> Vec<Mark> {
    View::of(text).map_or_else(|| marks(text), |view| marks(&view.text))
}

fn running(text: &str) -> Vec<Reading> {
    let marks = marks(text);
    let replays = replay::find(text, &marks);
    let groups = group::groups(text, marks);
    let mut readings: Vec<Reading> = groups.iter().map(|group| reading(text, group)).collect();
    for replay in replays {
        let same = |reading: &&mut Reading| {
            let mut traces = reading.all(FactKind::TraceId);
            traces.any(|fact| fact.value == replay.trace)
        };
        if let Some(reading) = readings.iter_mut().find(same) {
            let found = fact(FactKind::Repeated, &replay.earlier, &replay.at);
            reading.facts.push(found);
        }
    }
    readings
}

/// A whole JSON body, complete or cut.
fn json(text: &str) -> Option<Reading> {
    let trimmed = text.trim();
    if !trimmed.starts_with('{') {
        return None;
    }
    let tree = lex::read(trimmed);
    let readable = matches!(tree.end, End::Whole | End::Cut | End::Long);
    let mut reading = Reading::empty(Shape::Json);
    body::facts(&tree, &mut reading.facts);
    let told = [FactKind::Code, FactKind::Description]
        .iter()
        .any(|kind| reading.first(*kind).is_some());
    let refused = matches!(reading.value(FactKind::Status), Some("401" | "403"));
    let api = body::is_of_api(&tree);
    let says = reading.first(FactKind::Code).is_some()
        || reading.error().is_some_and(|error| {
            let known = code::is_known_error(error)
                || known::is_of_api(error)
                || known::is_of_library(error);
            known || told || api && (refused || known::is_refusal(error))
        });
    let nested = api && holds_error(&reading);
    let is_error = says && body::is_error(&tree) && !nested || body::is_of_managed_identity(&tree);
    reading.place = if body::is_of_api(&tree) {
        Some(Place::Resource)
    } else {
        surfaced::place(trimmed, 0)
    };
    // A log line or a HAR file has its errors deeper inside; they are found as in running text.
    (readable && is_error).then_some(reading)
}

/// Whether the message of an API repeats a whole error of the token service, which is then the one that counts.
fn holds_error(reading: &Reading) -> bool {
    let message = reading.value(FactKind::Message).unwrap_or_default();
    message.contains("\"error\"") && message.contains('{')
}

/// A redirect address or its query, alone.
fn address(text: &str) -> Option<Reading> {
    let trimmed = text.trim().trim_matches(['"', '<', '>']);
    let one_word = !trimmed.contains(|c: char| c.is_whitespace()) && trimmed.len() < 64 << 10;
    if !one_word || !trimmed.contains("error=") {
        return None;
    }
    let reading = redirect(trimmed);
    let name = |error: &str| !error.contains(['{', '"']);
    reading.error().is_some_and(name).then_some(reading)
}

/// Nothing but the name of an error, or nothing but a number.
fn alone(text: &str) -> Option<Reading> {
    let word = text
        .trim()
        .trim_matches(['"', '\'', '`', '#', '.', ',', '?']);
    let start = text.find(word)?;
    let from = Spot::Bytes(start, start + word.len());
    let (kind, value) = if code::is_known_error(word) || known::is_of_library(word) {
        (FactKind::Error, word.to_owned())
    } else if code::is_code_number(word) {
        (FactKind::Code, format!("AADSTS{word}"))
    } else {
        return None;
    };
    let mut reading = Reading::empty(Shape::Text);
    reading.facts.push(Fact { kind, value, from });
    Some(reading)
}

/// The facts of one error in running text.
fn reading(text: &str, group: &group::Group) -> Reading {
    let mut reading = Reading::empty(Shape::Text);
    let codes = group::ordered_codes(group);
    let mut done = false;
    for mark in &group.marks {
        let mark::Sort::Fact(kind) = mark.sort else {
            continue;
        };
        if kind == FactKind::Code {
            if !std::mem::replace(&mut done, true) {
                reading.facts.extend(
                    codes
                        .iter()
                        .map(|(code, at)| fact(FactKind::Code, code, at)),
                );
                reading.facts.extend(said::message(text, group, mark));
            }
            continue;
        }
        let outdone = group.marks.iter().any(|other| {
            let better = other.form.rank() > mark.form.rank();
            other.is(kind) && better && (mark.is_id() || mark.form == Form::Prose)
        });
        let again = reading
            .facts
            .iter()
            .any(|known| known.kind == kind && known.value == mark.value);
        if !outdone && !again {
            reading.facts.push(fact(kind, &mark.value, &mark.at));
        }
    }
    reading.facts.extend(said::beheaded(text, group));
    quoted(text, &mut reading.facts);
    if is_challenge(text, group, &reading) {
        reading.shape = Shape::Challenge;
    } else if let Some(first) = group.marks.first() {
        let api = |error: &str| known::is_of_api(error) || known::is_refusal(error);
        let of_api = reading.error().is_some_and(api) && reading.codes().is_empty();
        let place = surfaced::place(text, first.at.start);
        reading.place = place.or(of_api.then_some(Place::Resource));
    }
    reading
}

/// Whether a group is what a `WWW-Authenticate` header says and nothing else.
fn is_challenge(text: &str, group: &group::Group, reading: &Reading) -> bool {
    let header = |mark: &Mark| {
        let whole = text.get(mark.at.clone()).unwrap_or_default();
        mark.is(FactKind::Error) && whole.contains('=')
    };
    let told = [FactKind::Claims, FactKind::AuthorizationUri]
        .iter()
        .any(|kind| reading.first(*kind).is_some());
    (told || group.marks.iter().any(header))
        && reading.facts.iter().all(|fact| is_of_challenge(fact.kind))
}

const fn is_of_challenge(kind: FactKind) -> bool {
    matches!(
        kind,
        FactKind::Error
            | FactKind::Claims
            | FactKind::AuthorizationUri
            | FactKind::PolicyId
            | FactKind::Status
    ) || kind.is_circumstance()
}

/// Adds the values that the server's sentence quotes.
fn quoted(text: &str, facts: &mut Vec<Fact>) {
    let said = [FactKind::Description, FactKind::Message];
    let Some(sentence) = said
        .iter()
        .find_map(|kind| facts.iter().find(|fact| fact.kind == *kind))
    else {
        return;
    };
    let Spot::Bytes(from, to) = sentence.from else {
        return;
    };
    // Where the sentence is escaped its values stand somewhere in it.
    let shift = text
        .get(from..to)
        .and_then(|raw| raw.find(sentence.value.as_str()));
    let found: Vec<Fact> = sentence::values(&sentence.value)
        .into_iter()
        .map(|(kind, at)| Fact {
            kind,
            value: sentence.value[at.clone()].to_owned(),
            from: shift.map_or(Spot::Bytes(from, to), |shift| {
                Spot::Bytes(from + shift + at.start, from + shift + at.end)
            }),
        })
        .collect();
    for fact in found {
        let known = facts
            .iter()
            .any(|known| known.kind == fact.kind && known.value == fact.value);
        if !known {
            facts.push(fact);
        }
    }
}

fn fact(kind: FactKind, value: &str, at: &std::ops::Range<usize>) -> Fact {
    Fact {
        kind,
        value: value.to_owned(),
        from: Spot::Bytes(at.start, at.end),
    }
}
