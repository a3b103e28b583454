//! Anything that people paste: a reply, a redirect, a log, an exception, a page. Several errors in one text become
//! several readings.

mod group;
mod key;
mod known;
mod mark;
mod scan;
mod value;

use super::lex::{self, End};
use super::{body, code, redirect, unescape};
use crate::model::{Fact, FactKind, Reading, Shape, Spot};

pub(crate) use mark::{Form, Mark};
pub(crate) use scan::marks;

/// Reads anything pasted. One reading for each error (told apart by `error`, codes and correlation id), in order of
/// appearance; empty if no error is found. Facts of a whole JSON body carry JSON pointers, those of a redirect
/// parameters, all others byte ranges of the text.
pub fn paste(text: &str) -> Vec<Reading> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(reading) = json(text).or_else(|| address(text)).or_else(|| alone(text)) {
        return vec![reading];
    }
    let found = free(text);
    if !found.is_empty() {
        return found;
    }
    // Encoded as a whole: a parameter of another address, a line of an access log.
    let encoded = ["%3D", "%3d", "%3A", "%3a", "%20", "&quot;"]
        .iter()
        .any(|sign| text.contains(sign));
    if !encoded {
        return Vec::new();
    }
    let decoded = unescape::percent(&unescape::entities(text), true);
    let mut readings = if decoded == text {
        Vec::new()
    } else {
        free(&decoded)
    };
    for fact in readings.iter_mut().flat_map(|reading| &mut reading.facts) {
        fact.from = Spot::Bytes(0, text.len());
    }
    readings
}

/// Running text, in which anything may stand anywhere.
pub(crate) fn free(text: &str) -> Vec<Reading> {
    let groups = group::groups(text, marks(text));
    groups.iter().map(|group| reading(text, group)).collect()
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
    let beside = [FactKind::Code, FactKind::Description, FactKind::Message]
        .map(|kind| reading.first(kind).is_some());
    let says = beside[0]
        || reading
            .error()
            .is_some_and(|error| code::is_known_error(error) || beside.contains(&true));
    // A log line or a HAR file has its errors deeper inside; they are found as in running text.
    (readable && says && body::is_error(&tree)).then_some(reading)
}

/// A redirect address or its query, alone.
fn address(text: &str) -> Option<Reading> {
    let trimmed = text.trim().trim_matches(['"', '<', '>']);
    let one_word = !trimmed.contains(|c: char| c.is_whitespace()) && trimmed.len() < 64 << 10;
    if !one_word || !trimmed.contains("error=") {
        return None;
    }
    let reading = redirect(trimmed);
    reading.error().is_some().then_some(reading)
}

/// Nothing but the name of an error, or nothing but a number.
fn alone(text: &str) -> Option<Reading> {
    let word = text
        .trim()
        .trim_matches(['"', '\'', '`', '#', '.', ',', '?']);
    let start = text.find(word)?;
    let from = Spot::Bytes(start, start + word.len());
    let (kind, value) = if code::is_known_error(word) {
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
    let mut coded = false;
    for mark in &group.marks {
        let mark::Sort::Fact(kind) = mark.sort else {
            continue;
        };
        if kind == FactKind::Code {
            if !std::mem::replace(&mut coded, true) {
                reading.facts.extend(
                    codes
                        .iter()
                        .map(|(code, at)| fact(FactKind::Code, code, at)),
                );
                reading.facts.extend(message(text, group, mark));
            }
            continue;
        }
        let outdone = mark.form == Form::Prose
            && group
                .marks
                .iter()
                .any(|other| other.is(kind) && other.form == Form::Member);
        let again = reading
            .facts
            .iter()
            .any(|known| known.kind == kind && known.value == mark.value);
        if !outdone && !again {
            reading.facts.push(fact(kind, &mark.value, &mark.at));
        }
    }
    if reading.facts.iter().all(|f| is_of_challenge(f.kind)) {
        reading.shape = Shape::Challenge;
    }
    reading
}

const fn is_of_challenge(kind: FactKind) -> bool {
    matches!(
        kind,
        FactKind::Error
            | FactKind::Claims
            | FactKind::AuthorizationUri
            | FactKind::PolicyId
            | FactKind::Status
    )
}

fn fact(kind: FactKind, value: &str, at: &std::ops::Range<usize>) -> Fact {
    Fact {
        kind,
        value: value.to_owned(),
        from: Spot::Bytes(at.start, at.end),
    }
}

/// The sentence that a code in running text begins, where no description says it.
fn message(text: &str, group: &group::Group, first: &Mark) -> Option<Fact> {
    if first.form != Form::Prose
        || group
            .marks
            .iter()
            .any(|mark| mark.is(FactKind::Description))
    {
        return None;
    }
    let start = first.at.start;
    let line = text.get(start..)?.split(['\n', '"']).next()?;
    let ends = [
        "Trace ID",
        "Correlation ID",
        "Trace+ID",
        "Correlation+ID",
        "\\r\\n",
        "\\n",
    ];
    let end = ends
        .iter()
        .filter_map(|end| line.find(end))
        .min()
        .unwrap_or(line.len())
        .min(2000);
    let line = line.get(..end)?.trim_end();
    let spaced = line.contains(' ') || !line.contains('+');
    let value = if spaced {
        line.to_owned()
    } else {
        unescape::percent(line, true)
    };
    Some(Fact {
        kind: FactKind::Message,
        value,
        from: Spot::Bytes(start, start + line.len()),
    })
}
