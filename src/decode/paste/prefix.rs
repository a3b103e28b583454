//! What the libraries put between brackets before an error: the time and the correlation id of the entry in their log,
//! and the time of the reply.

use super::mark::Form;
use super::scan::Scan;
use crate::decode::code::{GUID, guid_at};
use crate::decode::time::{month_first_at, time_at};
use crate::model::FactKind;

/// How far before the id of an entry its bracket opens, in bytes.
const NEAR: usize = 40;

/// Reads what stands at `at`, if that is between such brackets; returns where to go on.
pub(super) fn read(scan: &mut Scan<'_>, at: usize) -> Option<usize> {
    let before = scan.bytes.get(..at)?;
    // msal-node: `7000215 - [2026-11-22 14:02:11Z]: AADSTS7000215: …`.
    if before.ends_with(b" - [") {
        let (time, end) = time_at(scan.text, at)?;
        if !scan.bytes[end..].starts_with(b"]: ") {
            return None;
        }
        scan.time(Form::Prose, time, at..end);
        return Some(at);
    }
    // MSAL: `[2026-11-22 14:02:11Z - …]`.
    if !before.ends_with(b" - ") {
        return None;
    }
    let id = guid_at(scan.bytes, at).filter(|_| scan.bytes.get(at + GUID) == Some(&b']'))?;
    scan.push(FactKind::CorrelationId, Form::Around, id, at..at + GUID);
    let near = &before[at.saturating_sub(NEAR)..];
    let opens = at - near.len() + near.iter().rposition(|b| *b == b'[')? + 1;
    let found = time_at(scan.text, opens).or_else(|| month_first_at(scan.text, opens));
    if let Some((time, end)) = found.filter(|(_, end)| *end < at) {
        scan.push(FactKind::Timestamp, Form::Around, time, opens..end);
    }
    Some(at + GUID)
}
