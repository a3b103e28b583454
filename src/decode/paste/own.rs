//! Which ids and times are those of the server's own sentence. A sentence carries them behind its code:
//!
//! ```text
//! AADSTS50076: … Trace ID: … Correlation ID: … Timestamp: …
//! ```
//!
//! and a page that lists them before its message carries them there. All others belong to what stands around.

use super::mark::{Form, Mark, Sort};
use crate::model::FactKind;

/// How far behind its code the first id of a sentence stands, and how far one of them from the next, in bytes.
const SENTENCE: usize = 1500;
const APART: usize = 150;

/// How far before a code the ids of a page end.
const BEFORE: usize = 200;

/// Where a sentence is that still waits for its ids.
struct Open {
    /// Where its code ends, or the id that was found last.
    last: usize,
    /// Where the code ends.
    code: usize,
    found: Vec<FactKind>,
}

/// Marks the ids of every sentence, and puts a boundary before those that a page lists before the next message.
pub(super) fn claim(text: &str, marks: &mut Vec<Mark>) {
    let mut open: Option<Open> = None;
    let mut before: Vec<FactKind> = Vec::new();
    let mut boundaries = Vec::new();
    let mut skip = 0;
    for index in 0..marks.len() {
        let mark = &marks[index];
        if mark.sort == Sort::Object {
            (open, before) = (None, Vec::new());
            continue;
        }
        if mark.is(FactKind::Code) && mark.form == Form::Prose {
            before = listed_before(text, marks, index);
            let end = marks[index].at.end;
            open = Some(Open {
                last: end,
                code: end,
                found: Vec::new(),
            });
            continue;
        }
        if !mark.is_id() || mark.form != Form::Prose || index < skip {
            continue;
        }
        if let Some(sentence) = open.as_mut() {
            if sentence.found.is_empty()
                && let Some(end) = next_page(text, marks, index, sentence.code, &before)
            {
                boundaries.push(marks[index].at.start);
                (open, skip) = (None, end);
                continue;
            }
            open = take(&mut marks[index], open);
        }
    }
    if !boundaries.is_empty() {
        marks.extend(boundaries.into_iter().map(Mark::boundary));
        marks.sort_by_key(|mark| (mark.at.start, mark.sort != Sort::Object));
    }
}

/// Gives an id to the sentence that waits for it; `None` where its ids are over.
fn take(mark: &mut Mark, open: Option<Open>) -> Option<Open> {
    let mut sentence = open?;
    let Sort::Fact(kind) = mark.sort else {
        return Some(sentence);
    };
    let far = if sentence.found.is_empty() {
        SENTENCE
    } else {
        APART
    };
    if sentence.found.contains(&kind) || mark.at.start.saturating_sub(sentence.last) > far {
        return None;
    }
    mark.form = Form::Own;
    sentence.found.push(kind);
    sentence.last = mark.at.end;
    Some(sentence)
}

/// The kinds of the ids that stand right before the code at `index`. Several with a time among them are those of a
/// page, and the message's own.
fn listed_before(text: &str, marks: &mut [Mark], index: usize) -> Vec<FactKind> {
    let mut kinds = Vec::new();
    let mut from = index;
    let mut next = marks[index].at.start;
    while let Some(mark) = from.checked_sub(1).map(|i| &marks[i]) {
        let far = if kinds.is_empty() { BEFORE } else { APART };
        let Sort::Fact(kind) = mark.sort else {
            break;
        };
        if mark.is_circumstance() || mark.is(FactKind::Error) {
            from -= 1;
            continue;
        }
        if !mark.is_id() || mark.form != Form::Prose || next.saturating_sub(mark.at.end) > far {
            break;
        }
        kinds.push(kind);
        next = mark.at.start;
        from -= 1;
    }
    let page = kinds.contains(&FactKind::Timestamp)
        && kinds.contains(&FactKind::CorrelationId)
        && text
            .get(marks[index - 1].at.end..marks[index].at.start)
            .is_some_and(|between| between.contains("essage"));
    if page {
        for mark in &mut marks[from..index] {
            if mark.is_id() {
                mark.form = Form::Own;
            }
        }
    }
    kinds
}

/// Whether the ids that begin at `index` are listed before the next message, as those were `before` this one. Returns
/// the index behind them.
fn next_page(
    text: &str,
    marks: &[Mark],
    index: usize,
    code: usize,
    before: &[FactKind],
) -> Option<usize> {
    let first = &marks[index];
    if before.is_empty() || first.at.start - code > SENTENCE {
        return None;
    }
    let between = text.get(code..first.at.start)?;
    if !between.contains('\n') && !between.contains("\\n") {
        return None;
    }
    let mut end = index;
    let mut last = first.at.start;
    while let Some(mark) = marks.get(end).filter(|mark| mark.is_id()) {
        if mark.at.start.saturating_sub(last) > APART {
            break;
        }
        last = mark.at.end;
        end += 1;
    }
    let follows = marks.get(end).is_some_and(|mark| {
        mark.is(FactKind::Code) && mark.form == Form::Prose && mark.at.start - last <= BEFORE
    });
    let Sort::Fact(kind) = first.sort else {
        return None;
    };
    let named = text.get(first.at.start.saturating_sub(14)..first.at.start);
    let of_page = named.is_some_and(|name| name.to_ascii_lowercase().contains("request"));
    (follows && (of_page || before.contains(&kind))).then_some(end)
}
