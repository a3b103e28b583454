//! A trace id that stands in two entries of one log: the service gives every request its own, so the later entry is an
//! old answer that a library told again from its memory.

use std::ops::Range;

use super::mark::Mark;
use crate::decode::code::digits_at;
use crate::decode::time::time_at;
use crate::model::{FactKind, Moment};

/// At most this many trace ids are looked at, and for each this far back for the time of its entry, in bytes.
const MOST: usize = 200;
const BACK: usize = 4 << 10;

/// How far into its line the time of an entry may begin.
const PREFIX: usize = 24;

/// Entries less than a second apart tell of one event twice; no library keeps an answer for longer than minutes.
const APART: Range<i64> = 1_000..15 * 60 * 1_000;

/// When an entry was written: a moment, or a time of some day, in milliseconds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    Moment(i64),
    Clock(i64),
}

/// One trace id that came again.
pub(super) struct Replay {
    pub trace: String,
    /// The time of the earlier entry.
    pub earlier: String,
    /// Where it stands in the later one.
    pub at: Range<usize>,
}

/// Every trace id that came again, each once.
pub(super) fn find(text: &str, marks: &[Mark]) -> Vec<Replay> {
    let mut seen: Vec<(&str, Written)> = Vec::new();
    let mut out: Vec<Replay> = Vec::new();
    for mark in marks
        .iter()
        .filter(|mark| mark.is(FactKind::TraceId))
        .take(MOST)
    {
        let Some(written) = entry_time(text, mark.at.start) else {
            continue;
        };
        match seen.iter().find(|(trace, _)| *trace == mark.value) {
            None => seen.push((&mark.value, written)),
            Some((_, first)) if apart(*first, written) => {
                if !out.iter().any(|replay| replay.trace == mark.value) {
                    out.push(Replay {
                        trace: mark.value.clone(),
                        earlier: told(*first),
                        at: mark.at.clone(),
                    });
                }
            }
            Some(_) => {}
        }
    }
    out
}

fn apart(first: Written, then: Written) -> bool {
    match (first, then) {
        (Written::Moment(a), Written::Moment(b)) | (Written::Clock(a), Written::Clock(b)) => {
            APART.contains(&(b - a))
        }
        _ => false,
    }
}

fn told(written: Written) -> String {
    match written {
        Written::Moment(millis) => Moment::from_millis(millis).iso(),
        Written::Clock(millis) => Moment::from_millis(millis).clock(),
    }
}

/// The time that the entry of a log begins with: of this line, or of the nearest one before it that has one.
fn entry_time(text: &str, at: usize) -> Option<Written> {
    let mut from = at.saturating_sub(BACK);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text[from..at].rsplit('\n').find_map(line_time)
}

fn line_time(line: &str) -> Option<Written> {
    let start = line
        .find(|c: char| c.is_ascii_digit())
        .filter(|at| *at <= PREFIX)?;
    let prefix = &line[..start];
    let labelled = prefix.to_ascii_lowercase().contains("time") || prefix.contains('：');
    if labelled || prefix.chars().any(|c| !c.is_ascii() || c == '=') {
        return None;
    }
    if let Some((time, _)) = time_at(line, start) {
        // Fractions of a second do not matter here.
        return Moment::parse(&time).map(|moment| Written::Moment(moment.millis()));
    }
    clock(&line.as_bytes()[start..]).map(Written::Clock)
}

/// `14:02:11` as milliseconds since midnight.
fn clock(bytes: &[u8]) -> Option<i64> {
    let part = |at: usize| {
        let two = digits_at(bytes, at) == 2;
        let digits = two
            .then(|| std::str::from_utf8(&bytes[at..at + 2]).ok())
            .flatten()?;
        digits.parse::<i64>().ok().filter(|n| *n < 60)
    };
    let colons = bytes.get(2) == Some(&b':') && bytes.get(5) == Some(&b':');
    let (hours, minutes, seconds) = (part(0)?, part(3)?, part(6)?);
    (colons && hours < 24).then_some(((hours * 60 + minutes) * 60 + seconds) * 1_000)
}

#[cfg(test)]
mod tests {
    use crate::decode::paste;
    use crate::model::{FactKind, Spot};

    const TRACE: &str = "11111111-2222-3333-4444-555555555555";

    fn entry(at: &str, trace: &str) -> String {
        format!(
            "{at} ERROR AADSTS50076: A second factor.\n  Trace ID: {trace}\n  Timestamp: 2026-11-22 14:02:09Z\n"
        )
    }

    fn repeated(log: &str) -> Vec<(String, Spot)> {
        paste(log)
            .iter()
            .filter_map(|reading| reading.first(FactKind::Repeated))
            .map(|fact| (fact.value.clone(), fact.from.clone()))
            .collect()
    }

    #[test]
    fn a_trace_id_in_a_later_entry_is_an_old_answer() {
        for (first, then, said) in [
            (
                "2026-11-22T14:02:10.1Z",
                "2026-11-22T14:02:40.7Z",
                "2026-11-22T14:02:10Z",
            ),
            ("[14:02:10 WRN]", "[14:02:41 WRN]", "14:02:10"),
            (
                "DEBUG: 2026-11-22 14:02:10Z",
                "DEBUG: 2026-11-22 14:03:10Z",
                "2026-11-22T14:02:10Z",
            ),
        ] {
            let log = format!("{}{}", entry(first, TRACE), entry(then, TRACE));
            let at = log.rfind(TRACE).unwrap();
            let expected = (said.to_owned(), Spot::Bytes(at, at + TRACE.len()));
            assert_eq!(repeated(&log), [expected], "{first}");
        }
    }

    #[test]
    fn one_event_told_twice_and_events_of_their_own_are_none() {
        let other = TRACE.replace('1', "2");
        for (first, then, trace) in [
            (
                "2026-11-22T14:02:10.100Z",
                "2026-11-22T14:02:10.900Z",
                TRACE,
            ),
            ("2026-11-22T14:02:10Z", "2026-11-22T18:02:10Z", TRACE),
            (
                "2026-11-22T14:02:10Z",
                "2026-11-22T14:02:40Z",
                other.as_str(),
            ),
            ("at", "then", TRACE),
            ("at 2026-11-22T14:02:10Z", "14:02:50", TRACE),
        ] {
            let log = format!("{}{}", entry(first, TRACE), entry(then, trace));
            assert_eq!(repeated(&log), [], "{first} {then}");
        }
    }
}
