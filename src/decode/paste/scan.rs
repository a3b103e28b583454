//! One walk over a text, collecting marks. Linear: every step either moves on or looks a bounded way ahead.

use std::ops::Range;

use super::key::key_at;
use super::mark::{Form, Mark, Sort};
use super::{localized, nameless, own, prefix, value};
use crate::decode::code::{GUID, WIDE, code_at, guid_at, is_known_error};
use crate::decode::member::{self, Memo, Separator};
use crate::decode::time::{day_first_at, time_at};
use crate::decode::unescape;
use crate::model::FactKind;

/// At most this many marks are collected from one text.
const MOST_MARKS: usize = 20_000;

/// The state of the walk.
pub(super) struct Scan<'a> {
    pub text: &'a str,
    pub bytes: &'a [u8],
    pub marks: Vec<Mark>,
    pub memo: Memo,
    /// Where the description ends that was found last, and the claims.
    pub described: usize,
    pub claimed: usize,
    /// Where the challenge without a name ends that was looked at last.
    pub challenged: usize,
    /// The error object of an API that was found last, as far as its `code` is looked for.
    pub in_error: Range<usize>,
    /// Labels before this place are those of another system.
    pub foreign: usize,
    /// Ids and times that follow a colon under a name we do not know, in order.
    pub loose: Vec<(FactKind, String, Range<usize>)>,
}

/// Everything that is found in a text, in order of appearance.
pub(crate) fn marks(text: &str) -> Vec<Mark> {
    let mut scan = Scan {
        text,
        bytes: text.as_bytes(),
        marks: Vec::new(),
        memo: Memo::default(),
        described: 0,
        claimed: 0,
        challenged: 0,
        in_error: 0..0,
        foreign: 0,
        loose: Vec::new(),
    };
    let mut at = 0;
    while at < scan.bytes.len() && scan.marks.len() < MOST_MARKS {
        at = scan.step(at).max(at + 1);
    }
    scan.loose.sort_by_key(|(_, _, at)| at.start);
    localized::read(&mut scan.marks, &scan.loose);
    scan.marks.sort_by_key(|mark| mark.at.start);
    own::claim(text, &mut scan.marks);
    scan.marks
}

impl Scan<'_> {
    /// Looks at one place; returns the next one to look at.
    fn step(&mut self, at: usize) -> usize {
        let byte = self.bytes[at];
        if byte == b'{' {
            return self.object(at);
        }
        if matches!(byte, b'A' | b'a' | b'M' | b'm' | WIDE)
            && let Some(end) = self.code(at)
        {
            return end;
        }
        if byte >= 0x80
            && localized::may_begin(byte)
            && let Some(next) = localized::error_code(self, at)
        {
            return next;
        }
        if byte == b'0' && nameless::result_code(self, at) {
            return self.last_end();
        }
        if byte.is_ascii_hexdigit() && self.loose(at) {
            return at + GUID;
        }
        if byte.is_ascii_alphabetic() {
            self.word(at)
        } else {
            at + 1
        }
    }

    fn last_end(&self) -> usize {
        self.marks.last().map_or(0, |mark| mark.at.end)
    }

    pub fn push(&mut self, kind: FactKind, form: Form, value: impl Into<String>, at: Range<usize>) {
        self.marks.push(Mark::fact(kind, form, value, at));
    }

    /// A time, as RFC 3339 and as it stands there.
    pub fn time(&mut self, form: Form, time: String, at: Range<usize>) {
        let written = &self.text[at.clone()];
        if written != time {
            let written = unescape::percent(written, true);
            self.push(FactKind::WrittenTime, form, written, at.clone());
        }
        self.push(FactKind::Timestamp, form, time, at);
    }

    /// An object that is not the value of a member begins: `{` and then a quote.
    fn object(&mut self, at: usize) -> usize {
        let inside = member::spaces(self.bytes, at + 1);
        let quoted = member::quote(self.bytes, inside).is_some();
        let named = key_at(self.bytes, inside, false).is_some();
        // Docker puts every line of a log into an object of its own.
        if self.bytes[inside..].starts_with(b"\"log\":") {
            return at + 1;
        }
        let before = self.bytes[..at]
            .iter()
            .rev()
            .take(8)
            .find(|b| !b.is_ascii_whitespace());
        let nested = before == Some(&b':') && {
            let colon = self.bytes[..at]
                .iter()
                .rposition(|b| *b == b':')
                .unwrap_or(0);
            colon > 0 && matches!(self.bytes[colon - 1], b'"' | b'\'')
        };
        if (quoted || named) && !nested {
            self.marks.push(Mark {
                sort: Sort::Object,
                form: Form::Prose,
                value: String::new(),
                at: at..at + 1,
            });
        }
        at + 1
    }

    /// A code in running text, and the OAuth error that may stand right before it.
    fn code(&mut self, at: usize) -> Option<usize> {
        let (code, end) = code_at(self.bytes, at)?;
        if let Some(error) = self.error_before(at) {
            let known = self.marks.iter().rev().take(4).any(|mark| mark.at == error);
            if !known {
                let word = self.text[error.clone()].to_owned();
                self.push(FactKind::Error, Form::Member, word, error);
            }
        }
        self.push(FactKind::Code, Form::Prose, code, at..end);
        if let Some(error) = self.error_behind(end) {
            let word = self.text[error.clone()].to_owned();
            self.push(FactKind::Error, Form::Member, word, error);
        }
        Some(end)
    }

    /// `AADSTS50076 (invalid_grant)`.
    fn error_behind(&self, end: usize) -> Option<Range<usize>> {
        let start = end + 2;
        let word = member::word_end(self.bytes, start.min(self.bytes.len()));
        let bracketed =
            self.bytes.get(end..start) == Some(b" (") && self.bytes.get(word) == Some(&b')');
        (bracketed && is_known_error(self.text.get(start..word)?)).then_some(start..word)
    }

    /// `invalid_client: AADSTS…`, `(invalid_grant) AADSTS…`: a known error with nothing but punctuation between.
    fn error_before(&self, at: usize) -> Option<Range<usize>> {
        let before = &self.bytes[at.saturating_sub(64)..at];
        let gap = before
            .iter()
            .rev()
            .take(8)
            .take_while(|b| !member::is_word(**b))
            .count();
        let end = at - gap;
        let length = before[..before.len() - gap]
            .iter()
            .rev()
            .take_while(|b| member::is_word(**b))
            .count();
        let word = self.text.get(end - length..end)?;
        // The letter of a line end that is written as an escape is none of its own.
        let escaped = before[..before.len() - gap - length].ends_with(b"\\");
        let word = word
            .strip_prefix(['n', 'r', 't'])
            .filter(|_| escaped)
            .unwrap_or(word);
        (gap > 0 && is_known_error(word)).then_some(end - word.len()..end)
    }

    /// An id or a time behind a colon whose name we do not know: replies are translated, their order is not.
    fn loose(&mut self, at: usize) -> bool {
        // A blank, a colon of any width or a bracket stands before what is looked for.
        if !matches!(self.bytes[..at].last(), Some(b' ' | b':' | b'[' | 0x80..)) {
            return false;
        }
        if let Some(end) = prefix::read(self, at) {
            return end > at;
        }
        if !localized::after_colon(self.bytes, at) {
            return false;
        }
        if let Some(id) = guid_at(self.bytes, at) {
            self.loose.push((FactKind::TraceId, id, at..at + GUID));
            return true;
        }
        if let Some((time, end)) = time_at(self.text, at).or_else(|| day_first_at(self.text, at)) {
            self.loose.push((FactKind::Timestamp, time, at..end));
        }
        false
    }

    fn word(&mut self, at: usize) -> usize {
        if let Some(next) = nameless::read(self, at) {
            return next;
        }
        // A name may stick to the id before it: `…0000Correlation ID: …`.
        let sticks = self.marks.last().is_some_and(|mark| mark.at.end == at);
        if let Some((key, end)) = key_at(self.bytes, at, sticks) {
            return value::read(self, key, at..end);
        }
        let end = member::word_end(self.bytes, at);
        if nameless::thrown(self, at..end) {
            return end;
        }
        self.inside(at, end).unwrap_or(end)
    }

    /// Codes may stick to the end of another word. A name, or a code that must begin a word, stands in one only behind
    /// an escape, of whose letters no more than two belong to the word.
    fn inside(&self, at: usize, end: usize) -> Option<usize> {
        const PREFIX: usize = "AADSTS".len();
        let escaped = self.bytes[at.saturating_sub(2)..at]
            .iter()
            .any(|b| matches!(b, b'\\' | b'%'));
        let mut from = at + 1;
        if escaped {
            let behind = end.min(at + 3);
            let begins = |i: &usize| {
                code_at(self.bytes, *i).is_some() || key_at(self.bytes, *i, false).is_some()
            };
            if let Some(found) = (from..behind).find(begins) {
                return Some(found);
            }
            from = behind;
        }
        // All letters of a prefix belong to the word, unless they are of full width.
        if end - at <= PREFIX && self.bytes.get(end) != Some(&WIDE) {
            return None;
        }
        (from..end).find(|i| self.bytes[*i] | 32 == b'a' && code_at(self.bytes, *i).is_some())
    }

    /// Whether the name is written as a program would: quoted, with an underscore, before `=`.
    pub fn is_member(&self, key: &Range<usize>, separator: Separator) -> bool {
        let quoted = self
            .bytes
            .get(key.end)
            .is_some_and(|b| matches!(b, b'"' | b'\'' | b'\\' | b'&'));
        let plain = self.bytes[key.clone()].contains(&b'_');
        quoted || plain || separator != Separator::Colon
    }
}
