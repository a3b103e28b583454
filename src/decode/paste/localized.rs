//! What is recognised without its name: translated labels keep the order of the English ones.

use std::ops::Range;

use super::mark::{Form, Mark};
use super::number;
use super::scan::Scan;
use crate::decode::member;
use crate::model::FactKind;

/// `Error code` in languages whose letters are not ours.
const ERROR_CODE: [&str; 10] = [
    "错误代码",
    "错误码",
    "錯誤碼",
    "錯誤代碼",
    "エラー コード",
    "エラーコード",
    "오류 코드",
    "Код ошибки",
    "код ошибки",
    "Κωδικός σφάλματος",
];

/// Bytes with which these begin.
pub(super) const fn may_begin(b: u8) -> bool {
    matches!(b, 0xe9 | 0xe3 | 0xec | 0xd0 | 0xce)
}

/// A number behind a label that says error code; returns where to go on.
pub(super) fn error_code(scan: &mut Scan<'_>, at: usize) -> Option<usize> {
    let rest = scan.text.get(at..)?;
    let label = ERROR_CODE.iter().find(|label| rest.starts_with(**label))?;
    let name = at..at + label.len();
    let (_, value) = member::separator(scan.bytes, name.end)?;
    Some(number::labelled(scan, &name, value).max(name.end))
}

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
