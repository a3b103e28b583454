//! The sentence that the server says in running text, where no name stands before it.

use super::group::Group;
use super::mark::{Form, Mark};
use crate::decode::unescape;
use crate::model::{Fact, FactKind, Spot};

/// The sentence that a code in running text begins, where it stands in no description.
pub(super) fn message(text: &str, group: &Group, first: &Mark) -> Option<Fact> {
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
        let indented = line.starts_with([' ', '\t']) && !line.trim_start().starts_with("at ");
        if end > 0 && !indented && !wrapped(&text[..end], line) {
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

/// Whether a narrow window broke the sentence before `line`: it is not over, and goes on with a quoted value or a word.
fn wrapped(before: &str, line: &str) -> bool {
    let over = before
        .trim_end()
        .ends_with(['.', '!', '?', ':', ';', '"', '}', ']', '。', '！']);
    let goes_on = line.starts_with(|c: char| c == '\'' || c == '(' || c.is_lowercase());
    let member = line
        .split_once([':', '='])
        .is_some_and(|(name, _)| !name.contains(' '));
    !over && goes_on && !member
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
pub(super) fn beheaded(text: &str, group: &Group) -> Option<Fact> {
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
