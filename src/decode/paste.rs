//! Anything that people paste: a reply, a redirect, a log, an exception, a page. Several errors in one text become
//! several readings.

mod around;
mod group;
mod http;
mod key;
mod library;
mod localized;
mod mark;
mod message;
mod nameless;
mod replay;
mod scan;
mod surfaced;
mod value;

use super::lex::{self, End};
use super::{body, code, html, known, redirect, sentence, unescape};
use crate::model::{Fact, FactKind, Place, Reading, Shape, Spot};

pub(crate) use mark::{Form, Mark};
pub(crate) use scan::marks;

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
    if let Some(reading) = json(text).or_else(|| address(text)).or_else(|| alone(text)) {
        return vec![reading];
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
    let found = if decoded == text {
        Vec::new()
    } else {
        free(&decoded)
    };
    from_whole(found, text)
}

/// Facts whose place in the decoded text says nothing about their place in the original.
fn from_whole(mut readings: Vec<Reading>, text: &str) -> Vec<Reading> {
    for fact in readings.iter_mut().flat_map(|reading| &mut reading.facts) {
        fact.from = Spot::Bytes(0, text.len());
    }
    readings
}

/// Running text, in which anything may stand anywhere.
pub(crate) fn free(text: &str) -> Vec<Reading> {
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
    let beside = [FactKind::Code, FactKind::Description, FactKind::Message]
        .map(|kind| reading.first(kind).is_some());
    let says = beside[0]
        || reading
            .error()
            .is_some_and(|error| code::is_known_error(error) || beside.contains(&true));
    let is_error = says && body::is_error(&tree) || body::is_of_managed_identity(&tree);
    reading.place = if body::is_of_api(&tree) {
        Some(Place::Resource)
    } else {
        surfaced::place(trimmed, 0)
    };
    // A log line or a HAR file has its errors deeper inside; they are found as in running text.
    (readable && is_error).then_some(reading)
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
    reading.facts.extend(beheaded(text, group));
    quoted(text, &mut reading.facts);
    if reading.facts.iter().all(|f| is_of_challenge(f.kind)) {
        reading.shape = Shape::Challenge;
    } else if let Some(first) = group.marks.first() {
        reading.place = surfaced::place(text, first.at.start);
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

/// The sentence that a code in running text begins, where it stands in no description.
fn message(text: &str, group: &group::Group, first: &Mark) -> Option<Fact> {
    let inside = |mark: &Mark| mark.at.start <= first.at.start && first.at.end <= mark.at.end;
    let described = group
        .marks
        .iter()
        .any(|mark| mark.is(FactKind::Description) && inside(mark));
    if first.form != Form::Prose || described {
        return None;
    }
    let start = first.at.start;
    let ids = group
        .marks
        .iter()
        .filter(|mark| mark.is(FactKind::TraceId) || mark.is(FactKind::CorrelationId));
    let id = ids
        .map(|mark| mark.at.start)
        .filter(|at| *at > start)
        .min()
        .unwrap_or(text.len());
    let length = before_id(text.get(start..)?, id - start);
    let line = text.get(start..start + length)?;
    let line = match text[..start].chars().next_back() {
        Some('\'') => line
            .rfind('\'')
            .filter(|at| line.len() - at <= 4)
            .map_or(line, |at| &line[..at]),
        _ => line,
    };
    let spaced = line.contains(' ') || !line.contains('+');
    let value = if spaced {
        joined(line)
    } else {
        unescape::percent(line, true)
    };
    let from = Spot::Bytes(start, start + line.len());
    Some(Fact {
        kind: FactKind::Message,
        value,
        from,
    })
}

/// Where the sentence ends that a text begins with: at the ids, at a quote, at the end of its line and of the
/// indented lines that go on with it.
fn sentence(text: &str) -> usize {
    const ENDS: [&str; 6] = [
        "Trace ID",
        "Correlation ID",
        "Trace+ID",
        "Correlation+ID",
        "\\r\\n",
        "\\n",
    ];
    let mut limit = text.len().min(2000);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let text = &text[..limit];
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let goes_on = line.starts_with([' ', '\t']) && !line.trim_start().starts_with("at ");
        if end > 0 && !goes_on {
            break;
        }
        end += line.len();
    }
    let text = &text[..end];
    let stops = ENDS.iter().filter_map(|stop| text.find(stop));
    let closing = text.match_indices('"').map(|(at, _)| at).find(|at| {
        let next = text[at + 1..].trim_start_matches(' ').chars().next();
        matches!(next, None | Some(',' | '}' | ']' | ')' | '"' | '\n' | '\r'))
    });
    let end = stops.chain(closing).min().unwrap_or(end);
    text[..end].trim_end().len()
}

/// The sentence, without the name of the id that follows it at `id` in whatever language.
fn before_id(text: &str, id: usize) -> usize {
    let end = sentence(text);
    if end <= id {
        return end;
    }
    let head = text.get(..id).unwrap_or_default();
    let stop = head
        .rfind(['.', '。', '！', '\n'])
        .filter(|at| id - at <= 60);
    stop.map_or(id, |at| {
        at + head[at..].chars().next().map_or(0, char::len_utf8)
    })
}

/// Lines that were wrapped, as one.
fn joined(text: &str) -> String {
    if text.contains('\n') {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    }
}

/// What is left of a description whose beginning was cut off: the text before the first id.
fn beheaded(text: &str, group: &group::Group) -> Option<Fact> {
    let first = group
        .marks
        .first()
        .filter(|mark| mark.form == Form::Prose)?;
    let wordless = !group.marks.iter().any(|mark| {
        mark.is(FactKind::Description) || (mark.is(FactKind::Code) && mark.form == Form::Prose)
    });
    let end = text.get(..first.at.start).filter(|_| wordless)?.len();
    let length = sentence(text).min(end);
    let value = text.get(..length)?.trim();
    let from = Spot::Bytes(0, length);
    (value.len() >= 20).then(|| Fact {
        kind: FactKind::Message,
        value: value.to_owned(),
        from,
    })
}
