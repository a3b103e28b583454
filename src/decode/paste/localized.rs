//! What is recognised without its name: translated labels keep the order of the English ones.

use std::ops::Range;

use super::mark::{Form, Mark};
use crate::model::FactKind;

/// How far apart the parts of one translated tail may stand, in bytes.
const NEAR: usize = 90;

/// Whether a colon (of any width) stands before `at`, blanks allowed between.
pub(super) fn after_colon(bytes: &[u8], at: usize) -> bool {
    let before = &bytes[at.saturating_sub(8)..at];
    let end = before.iter().rposition(|b| *b != b' ').map_or(0, |i| i + 1);
    let head = &before[..end];
    head.ends_with(b":")
        || head.ends_with("：".as_bytes())
        || head.ends_with(b"\xc2\xa0") && head.contains(&b':')
}

/// Two ids and a time in a row, each behind a name of its own, are trace id, correlation id and timestamp, whatever
/// the language of the names.
pub(super) fn read(marks: &mut Vec<Mark>, loose: &[(FactKind, String, Range<usize>)]) {
    for three in loose.windows(3) {
        let [trace, correlation, time] = three else {
            continue;
        };
        let kinds = (trace.0, correlation.0, time.0);
        if kinds != (FactKind::TraceId, FactKind::TraceId, FactKind::Timestamp) {
            continue;
        }
        let near = |a: &Range<usize>, b: &Range<usize>| b.start.saturating_sub(a.end) <= NEAR;
        if !near(&trace.2, &correlation.2) || !near(&correlation.2, &time.2) {
            continue;
        }
        let facts = [
            (FactKind::TraceId, trace),
            (FactKind::CorrelationId, correlation),
            (FactKind::Timestamp, time),
        ];
        for (kind, (_, value, at)) in facts {
            marks.push(Mark::fact(kind, Form::Prose, value.clone(), at.clone()));
        }
    }
}
