//! What an `error_description` says beyond its sentence: codes, ids, the time.

use super::code::{GUID, MOST_CODES, code_at, guid_at, is_guid_at};
use super::paste::{self, Form};
use super::{sentence, time};
use crate::model::FactKind;

/// The codes (as written, in order) and the ids of a description.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub codes: Vec<String>,
    /// Trace id, correlation id, timestamp: the first of each.
    pub ids: Vec<(FactKind, String)>,
    /// The values that the sentence quotes.
    pub values: Vec<(FactKind, String)>,
}

/// Reads a description, in any language. Of its ids those are told that are `lacking` elsewhere.
pub(crate) fn read(text: &str, lacking: impl Fn(FactKind) -> bool) -> Said {
    usual(text, &lacking).unwrap_or_else(|| unusual(text, &lacking))
}

/// Reads a description that is as Entra writes nearly all of them: one code, a sentence of plain letters, and the three
/// ids at the end. `None` for every other one: what stands in those takes a longer look.
fn usual(text: &str, lacking: &impl Fn(FactKind) -> bool) -> Option<Said> {
    let (code, end) = code_at(text.as_bytes(), 0)?;
    let tail = Tail::of(text)?;
    let sentence = text.as_bytes().get(end..tail.start)?;
    if sentence.first() != Some(&b':') || sentence.len() > LONGEST || !is_plain(sentence) {
        return None;
    }
    let mut ids = Vec::new();
    for (kind, at) in [
        (FactKind::TraceId, tail.trace),
        (FactKind::CorrelationId, tail.correlation),
    ] {
        if lacking(kind) {
            ids.push((kind, guid_at(text.as_bytes(), at)?));
        }
    }
    if lacking(FactKind::Timestamp) || lacking(FactKind::WrittenTime) {
        let (time, _) = time::time_at(text, tail.time)?;
        let written = &text[tail.time..];
        let as_written = written == time;
        ids.push((FactKind::Timestamp, time));
        if !as_written {
            ids.push((FactKind::WrittenTime, written.to_owned()));
        }
        ids.retain(|(kind, _)| lacking(*kind));
    }
    Some(Said {
        codes: vec![code],
        ids,
        values: quoted(&text[..tail.start]),
    })
}

/// A longer sentence is not looked through for its usual form.
const LONGEST: usize = 1200;

/// The length of `2026-11-22 14:02:11Z`.
const TIME: usize = 20;

/// Where the ids stand at the end of a description, in their usual order.
struct Tail {
    /// Where their names begin.
    start: usize,
    trace: usize,
    correlation: usize,
    time: usize,
}

impl Tail {
    fn of(text: &str) -> Option<Self> {
        const TRACE: &[u8] = b"Trace ID: ";
        const CORRELATION: &[u8] = b"Correlation ID: ";
        const TIMESTAMP: &[u8] = b"Timestamp: ";
        const LENGTH: usize =
            TRACE.len() + GUID + CORRELATION.len() + GUID + TIMESTAMP.len() + TIME;
        let bytes = text.as_bytes();
        let time = bytes.len().checked_sub(TIME)?;
        let gap: &[u8] = match bytes.get(time.checked_sub(TIMESTAMP.len() + 1)?)? {
            b' ' => b" ",
            _ => b"\r\n",
        };
        let start = bytes.len().checked_sub(LENGTH + 2 * gap.len())?;
        let behind =
            |at: usize, word: &[u8]| bytes[at..].starts_with(word).then_some(at + word.len());
        let trace = behind(start, TRACE).filter(|_| bytes[..start].ends_with(gap))?;
        let correlation = behind(behind(trace + GUID, gap)?, CORRELATION)?;
        let whole = behind(behind(correlation + GUID, gap)?, TIMESTAMP) == Some(time)
            && is_guid_at(bytes, trace)
            && is_guid_at(bytes, correlation)
            && time::is_plain_at(bytes, time);
        whole.then_some(Self {
            start,
            trace,
            correlation,
            time,
        })
    }
}

/// Whether nothing stands in a sentence but letters, signs and ids that belong to what it speaks of: no second code, no
/// time, no id of a request, nothing that is encoded or broken by lines.
fn is_plain(sentence: &[u8]) -> bool {
    let last = sentence.len() - 1;
    sentence.iter().enumerate().all(|(at, b)| match b {
        b'A' | b'a' | b'M' | b'm' => code_at(sentence, at).is_none(),
        b':' => {
            !(at < last
                && sentence[at + 1].is_ascii_digit()
                && sentence[at.saturating_sub(1)].is_ascii_digit())
        }
        b'-' => at < 8 || !is_guid_at(sentence, at - 8) || !is_of_request(&sentence[..at - 8]),
        b'&' | b'%' | b'\\' | b'[' | b'{' | 0x1b | 0x80.. => false,
        b'\n' => at == last,
        _ => true,
    })
}

/// Whether the words before an id may say that it is one of a request.
fn is_of_request(before: &[u8]) -> bool {
    let near = before[before.len().saturating_sub(30)..].to_ascii_lowercase();
    [&b"trace"[..], b"request", b"corr", b"activity"]
        .iter()
        .any(|word| near.windows(word.len()).any(|part| part == *word))
}

fn quoted(text: &str) -> Vec<(FactKind, String)> {
    sentence::values(text)
        .into_iter()
        .map(|(kind, at)| (kind, text[at].to_owned()))
        .collect()
}

/// Reads a description of which nothing is known.
fn unusual(text: &str, lacking: &impl Fn(FactKind) -> bool) -> Said {
    let mut said = Said::default();
    let found = paste::seen(text);
    for kind in [
        FactKind::TraceId,
        FactKind::CorrelationId,
        FactKind::Timestamp,
        FactKind::WrittenTime,
    ] {
        if !lacking(kind) {
            continue;
        }
        let own = found.iter().find(|m| m.is(kind) && m.form == Form::Own);
        let first = own.or_else(|| found.iter().find(|m| m.is(kind)));
        said.ids
            .extend(first.map(|mark| (kind, mark.value.clone())));
    }
    for mark in found {
        let counts = mark.is(FactKind::Code) && mark.form == Form::Prose;
        if counts && said.codes.len() < MOST_CODES && !said.codes.contains(&mark.value) {
            said.codes.push(mark.value);
        }
    }
    said.values = quoted(text);
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const IDS: &str = "11111111-2222-3333-4444-555555555555";

    #[test]
    fn what_entra_usually_writes_goes_the_short_way() {
        for gap in [" ", "\r\n"] {
            let text = format!(
                "AADSTS50076: A second factor is needed for 'x'.{gap}Trace ID: {IDS}{gap}Correlation ID: {IDS}{gap}Timestamp: 2026-11-22 14:02:11Z"
            );
            let said = usual(&text, &|_| true);
            assert_eq!(said.as_ref(), Some(&unusual(&text, &|_| true)), "{text}");
            assert_eq!(said.map(|said| said.ids.len()), Some(4));
        }
    }

    proptest! {
        #[test]
        fn the_short_way_says_what_the_long_one_does(
            code in "(AADSTS|AADB2C|MSIS|aadsts|AADSTS )[0-9]{4,7}",
            sentence in "(named |tenant |app id: |error|code|request id|Trace ID|Correlation ID|Timestamp| |: |:|'|'|\\.|\\. |,|\\(|\\)|x@y\\.example|11111111-2222-3333-4444-555555555555|2026-11-22 14:02:11Z|14:02|50126|AADSTS70002|invalid_grant|claims|status|Bearer x=|v1\\.0|http://x\\.example|[A-Za-z]{1,6}){0,24}",
            gap in " |\r\n",
            time in "2026-1[0-3]-[0-3][0-9][ T]14:02:11Z",
        ) {
            let text = format!("{code}: {sentence}{gap}Trace ID: {IDS}{gap}Correlation ID: {IDS}{gap}Timestamp: {time}");
            for lacking in [FactKind::TraceId, FactKind::Timestamp, FactKind::WrittenTime] {
                for every in [true, false] {
                    let wanted = |kind| every || kind == lacking;
                    if let Some(said) = usual(&text, &wanted) {
                        prop_assert_eq!(said, unusual(&text, &wanted), "{}", text);
                    }
                }
            }
        }

        #[test]
        fn nothing_panics(text in "\\PC*", shaped in "(AADSTS50076:|é|Trace ID: |\r\n| |-|11111111-2222-3333-4444-555555555555){0,12}") {
            let _ = (read(&text, |_| true), read(&shaped, |_| true));
        }
    }
}
