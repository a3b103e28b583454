//! Line ends inside words and numbers: terminals and mails break lines where they are full.

use super::{Edits, Put};
use crate::decode::code::{GUID, guid_at};

/// How far an end of a line and the beginning of the next are looked at, in bytes.
const NEAR: usize = 60;

/// How far before a broken list of codes its name is looked for.
const LIST: usize = 200;

/// An address that is broken fills its line this far.
const FULL: usize = 40;

/// Names of ids, members and codes that are put together wherever they are broken.
const NAMES: [&str; 14] = [
    "Trace ID:",
    "Correlation ID:",
    "Request ID:",
    "Timestamp:",
    "\"error\":",
    "\"suberror\":",
    "\"error_codes\":",
    "\"error_description\":",
    "\"trace_id\":",
    "\"correlation_id\":",
    "\"timestamp\":",
    "error_description=",
    "AADSTS",
    "AADB2C",
];

/// What stands on both sides of a line end: the line without the blanks at its end, and the next one without the
/// blanks and the marks of a quoting mail at its beginning.
struct Break<'a> {
    left: &'a [u8],
    right: &'a [u8],
    /// Whether a mail quotes the next line.
    quoted: bool,
}

/// Looks at the line end at `at`; returns where to go on.
pub(super) fn look(edits: &mut Edits<'_>, at: usize) -> usize {
    let blank = |b: &&u8| matches!(**b, b' ' | b'\t' | b'\r');
    let bytes = edits.bytes;
    let start = bytes[..at]
        .iter()
        .rposition(|b| !blank(&b))
        .map_or(0, |i| i + 1);
    let next = bytes[at + 1..]
        .iter()
        .take(40)
        .take_while(|b| blank(b) || **b == b'>')
        .count();
    // A line of a quoting mail that is empty.
    let end = at + 1 + next;
    let end = match bytes.get(end) {
        Some(b'\n') if bytes[at + 1..end].contains(&b'>') => {
            let more = bytes[end + 1..].iter().take(40);
            end + 1 + more.take_while(|b| blank(b) || **b == b'>').count()
        }
        _ => end,
    };
    let broken = Break {
        left: &bytes[..start],
        right: &bytes[end..],
        quoted: bytes[at + 1..end].contains(&b'>'),
    };
    let address = address_goes_on(edits, &broken, start, end);
    let put = if address {
        Some(Put::Nothing)
    } else {
        broken.put()
    };
    let Some(put) = put else {
        return at + 1;
    };
    edits.wrapped = true;
    edits.put(start..end, put).max(at + 1)
}

impl Break<'_> {
    /// What belongs in the place of the line end, if that broke something.
    fn put(&self) -> Option<Put> {
        let (last, first) = (*self.left.last()?, *self.right.first()?);
        let part =
            |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'"' | b'=');
        if !part(last) || !part(first) {
            return None;
        }
        if self.is_id() || self.is_number() || self.is_value() {
            return Some(Put::Nothing);
        }
        self.time()
            .or_else(|| self.name())
            .or_else(|| self.labelled())
    }

    fn tail(&self, part: impl Fn(u8) -> bool) -> &[u8] {
        let length = self
            .left
            .iter()
            .rev()
            .take(NEAR)
            .take_while(|b| part(**b))
            .count();
        &self.left[self.left.len() - length..]
    }

    fn head(&self, part: impl Fn(u8) -> bool) -> &[u8] {
        let near = self.right.iter().take(NEAR);
        &self.right[..near.take_while(|b| part(**b)).count()]
    }

    fn is_id(&self) -> bool {
        let hex = |b: u8| b.is_ascii_hexdigit() || b == b'-';
        let tail = self.tail(hex);
        let Some(missing) = GUID
            .checked_sub(tail.len())
            .filter(|n| (1..GUID).contains(n))
        else {
            return false;
        };
        let Some(head) = self.right.get(..missing) else {
            return false;
        };
        guid_at(&[tail, head].concat(), 0).is_some()
    }

    /// A code behind its prefix, or in a list of codes.
    fn is_number(&self) -> bool {
        let digit = |b: u8| b.is_ascii_digit();
        let (tail, head) = (self.tail(digit), self.head(digit));
        let length = tail.len() + head.len();
        if head.is_empty() || !(5..=9).contains(&length) {
            return false;
        }
        let before = &self.left[..self.left.len() - tail.len()];
        let after = &self.right[head.len()..];
        if before.ends_with(b"AADSTS") {
            return after.first() == Some(&b':') && !after.get(1).is_some_and(u8::is_ascii_digit);
        }
        let within = |b: Option<&u8>, marks: &[u8]| b.is_some_and(|b| marks.contains(b));
        let blank = |b: &&u8| !b.is_ascii_whitespace();
        let opens = within(before.iter().rev().take(8).find(blank), b"[,");
        let closes = within(after.iter().take(8).find(blank), b"],");
        let near = &before[before.len().saturating_sub(LIST)..];
        !tail.is_empty() && opens && closes && near.windows(11).any(|word| word == b"error_codes")
    }

    /// `"suberror":"bad_` and `token"`.
    fn is_value(&self) -> bool {
        let letter = |b: u8| b.is_ascii_lowercase() || b == b'_';
        let (tail, head) = (self.tail(letter), self.head(letter));
        let opened = self.left[..self.left.len() - tail.len()].strip_suffix(b"\"");
        let named = opened.is_some_and(|before| {
            let before = before.trim_ascii_end();
            before
                .strip_suffix(b":")
                .is_some_and(|name| name.trim_ascii_end().ends_with(b"error\""))
        });
        named && !tail.is_empty() && self.right.get(head.len()) == Some(&b'"')
    }

    /// `2026-11-22` and `14:02:11Z`, or a time that is broken anywhere else.
    fn time(&self) -> Option<Put> {
        const SHAPE: &[u8] = b"0000-00-00 00:00:00";
        const DATE: usize = 10;
        let shaped = |text: &[u8], shape: &[u8]| {
            text.len() == shape.len()
                && text.iter().zip(shape).all(|(b, s)| match s {
                    b'0' => b.is_ascii_digit(),
                    b' ' => matches!(b, b' ' | b'T'),
                    _ => b == s,
                })
        };
        let tail = self.tail(|b| b.is_ascii_digit() || matches!(b, b'-' | b':' | b' ' | b'T'));
        let (length, found) = (3..SHAPE.len()).rev().find_map(|length| {
            let from = tail.len().checked_sub(length)?;
            shaped(&tail[from..], &SHAPE[..length]).then_some((length, from))
        })?;
        if found > 0 && tail[found - 1].is_ascii_digit() {
            return None;
        }
        let goes_on = |shape: &[u8]| {
            let head = self.right.get(..shape.len());
            head.is_some_and(|head| shaped(head, shape))
        };
        if length == DATE && goes_on(&SHAPE[DATE + 1..]) {
            return Some(Put::Letter(' '));
        }
        goes_on(&SHAPE[length..]).then_some(Put::Nothing)
    }

    /// A name that is broken at a blank or inside a word.
    fn name(&self) -> Option<Put> {
        let last = self.left.last()?.to_ascii_lowercase();
        let first = self.right.first()?.to_ascii_lowercase();
        for name in NAMES {
            let name = name.as_bytes();
            for at in 1..name.len() {
                let may = name[at - 1].to_ascii_lowercase() == last
                    && (name[at] == b' ' || name[at].to_ascii_lowercase() == first);
                let (head, rest) = name.split_at(at);
                if !may || !ends_with(self.left, head) {
                    continue;
                }
                if rest[0] == b' ' && starts_with(self.right, &rest[1..]) {
                    return Some(Put::Letter(' '));
                }
                let code = name.ends_with(b"STS") || name.ends_with(b"2C");
                let digits = self.right.get(rest.len()).is_some_and(u8::is_ascii_digit);
                if starts_with(self.right, rest) && (!code || at > 1 && digits) {
                    return Some(Put::Nothing);
                }
            }
        }
        None
    }

    /// The value of an id or a time on the next line of a quoted mail.
    fn labelled(&self) -> Option<Put> {
        let label = ends_with(self.left, b"ID:") || ends_with(self.left, b"stamp:");
        let code = ends_with(self.left, b"error code");
        let digit = self.right.first().is_some_and(u8::is_ascii_hexdigit);
        (self.quoted && digit && (label || code)).then_some(Put::Letter(' '))
    }
}

fn ends_with(text: &[u8], end: &[u8]) -> bool {
    text.len() >= end.len() && text[text.len() - end.len()..].eq_ignore_ascii_case(end)
}

fn starts_with(text: &[u8], start: &[u8]) -> bool {
    text.len() >= start.len() && text[..start.len()].eq_ignore_ascii_case(start)
}

/// Whether an address with an error in it was broken here: it fills its line, and what follows can be its rest.
fn address_goes_on(edits: &mut Edits<'_>, broken: &Break<'_>, start: usize, end: usize) -> bool {
    let word = |b: &&u8| !b.is_ascii_whitespace();
    let tail = broken.left.iter().rev().take_while(word).count();
    let head = broken.right.iter().take(4096).take_while(word).count();
    let (line, rest) = (&broken.left[start - tail..], &broken.right[..head]);
    let goes_on = edits.address > 0 && edits.address == start - tail;
    let holds = |text: &[u8], part: &[u8]| text.windows(part.len()).any(|window| window == part);
    let begun =
        goes_on || tail >= FULL && line.contains(&b'=') && holds(line, b"error_description=");
    let encoded = rest.iter().any(|b| matches!(b, b'%' | b'+' | b'&'));
    let alone = goes_on && matches!(broken.right.get(head), None | Some(b'\r' | b'\n'));
    let other = rest.starts_with(b"http") || rest.iter().any(|b| matches!(b, b'"' | b'<' | b'{'));
    let joins = begun && !broken.quoted && head > 0 && (encoded || alone) && !other;
    if joins {
        edits.address = end;
    }
    joins
}
