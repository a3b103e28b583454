//! Numbers that something calls error codes: behind a label, in a list, in a telemetry header.

use std::ops::Range;

use super::mark::Form;
use super::scan::Scan;
use super::value::{Named, start};
use crate::decode::code::{code_at, digits_at, is_code_number, windows_result};
use crate::decode::member;
use crate::model::FactKind;

/// A list is not longer than this, nor has it more lines.
const LONGEST: usize = 600;
const MOST_LINES: usize = 24;

/// Words before `error code` that say whose codes these are: not those of a sign-in.
const FOREIGN: &[&str] = &[
    "sql",
    "mysql",
    "oracle",
    "postgres",
    "postgresql",
    "mssql",
    "ora",
    "db2",
    "odbc",
    "jdbc",
    "smtp",
    "ftp",
    "ldap",
    "kerberos",
    "winsock",
    "socket",
    "curl",
    "http",
    "grpc",
    "exit",
    "vendor",
];

/// Skips tags of a page: `Error Code:</td><td>50126`.
pub(super) fn behind_tags(bytes: &[u8], mut at: usize) -> usize {
    for _ in 0..4 {
        let Some(rest) = bytes.get(at..).filter(|rest| rest.first() == Some(&b'<')) else {
            return at;
        };
        let opens = rest
            .get(1)
            .is_some_and(|b| b.is_ascii_alphabetic() || *b == b'/');
        let Some(close) = rest.iter().take(80).position(|b| *b == b'>') else {
            return at;
        };
        if !opens {
            return at;
        }
        at = member::spaces(bytes, at + close + 1);
    }
    at
}

/// A number behind a label at `name` that says error code, in brackets or quotes or neither.
pub(super) fn labelled(scan: &mut Scan<'_>, name: &Range<usize>, value: usize) -> usize {
    let quoted = start(scan, value);
    let at = quoted + usize::from(scan.bytes.get(quoted) == Some(&b'('));
    let first = scan.bytes.get(at);
    if !first.is_some_and(|b| b.is_ascii_digit() || *b == b'-') {
        return value;
    }
    if is_foreign(scan, name.start) {
        return at + digits_at(scan.bytes, at);
    }
    number(scan, at)
}

/// Whether the label that begins at `at` belongs to another system.
fn is_foreign(scan: &Scan<'_>, at: usize) -> bool {
    if at < scan.foreign {
        return true;
    }
    let near = &scan.bytes[at.saturating_sub(24)..at];
    let gap = near.iter().rev().take_while(|b| **b == b' ').count();
    let word = &near[..near.len() - gap];
    let length = word
        .iter()
        .rev()
        .take_while(|b| b.is_ascii_alphanumeric())
        .count();
    let word = &word[word.len() - length..];
    gap > 0
        && FOREIGN
            .iter()
            .any(|foreign| word.eq_ignore_ascii_case(foreign.as_bytes()))
}

/// A number that something calls an error code: one of Entra, or a result of Windows.
pub(super) fn number(scan: &mut Scan<'_>, from: usize) -> usize {
    let negative = scan.bytes.get(from) == Some(&b'-');
    let at = from + usize::from(negative);
    let length = digits_at(scan.bytes, at);
    let end = at + length;
    let digits = &scan.text[at..end];
    let alone = !scan.bytes.get(end).is_some_and(|b| {
        member::is_word(*b) || *b == b'.' && scan.bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
    });
    if alone && !negative && is_code_number(digits) {
        let code = format!("AADSTS{digits}");
        scan.push(FactKind::Code, Form::Weak, code, at..end);
    } else if let Some(result) = windows_result(digits, negative).filter(|_| alone) {
        scan.push(FactKind::OtherNumber, Form::Member, result, from..end);
        return broker_tag(scan, end);
    }
    end.max(from + 1)
}

/// The tag that a broker adds to its result: `, Tag: 557973645`.
fn broker_tag(scan: &mut Scan<'_>, end: usize) -> usize {
    let Some(at) = scan.text[end..].strip_prefix(", Tag: ").map(|_| end + 7) else {
        return end;
    };
    let after = member::word_end(scan.bytes, at);
    if (4..=12).contains(&(after - at)) {
        let tag = format!("tag {}", &scan.text[at..after]);
        scan.push(FactKind::OtherNumber, Form::Member, tag, at..after);
    }
    after
}

/// The number behind the first comma of `1,50076,0,,`.
pub(super) fn telemetry(scan: &mut Scan<'_>, value: usize) -> usize {
    let at = start(scan, value);
    let comma = at + digits_at(scan.bytes, at);
    if comma == at || scan.bytes.get(comma) != Some(&b',') {
        return value;
    }
    number(scan, comma + 1)
}

/// `[50076, 70002]`, `"50076"`, `50076`, `["AADSTS50076"]`, `(50076,)`.
pub(super) fn list(scan: &mut Scan<'_>, named: &Named) -> usize {
    if matches!(scan.bytes.get(named.value), Some(b'[' | b'(' | b'{')) {
        return elements(scan, named.value + 1);
    }
    let at = start(scan, named.value);
    let found = element(scan.bytes, at);
    if let Some((code, end)) = found {
        scan.push(FactKind::Code, Form::Member, code, at..end);
        return end;
    }
    named.value
}

/// A number or a code, and where it ends. A number at the very end of a cut text may be half a number.
fn element(bytes: &[u8], at: usize) -> Option<(String, usize)> {
    if let Some(found) = code_at(bytes, at) {
        return Some(found);
    }
    let end = at + digits_at(bytes, at);
    let number = std::str::from_utf8(bytes.get(at..end)?).ok()?;
    (4..=9)
        .contains(&number.len())
        .then(|| (format!("AADSTS{number}"), end))
}

/// One line of a list.
struct Line {
    /// Its elements, first to last.
    elements: Vec<Range<usize>>,
    /// Whether another one must follow.
    comma: bool,
    /// Where the list ends.
    close: Option<usize>,
    /// Whether something else stands before its elements.
    odd: bool,
}

/// The elements of a list. Where it has lines of its own, a log may have put something before each of them: only what
/// ends its line is an element then, and what no comma announces is none.
fn elements(scan: &mut Scan<'_>, from: usize) -> usize {
    let bytes = scan.bytes;
    let limit = bytes.len().min(from + LONGEST);
    let mut at = from;
    let mut done = from;
    let mut more = true;
    for index in 0..MOST_LINES {
        let end = line_end(&bytes[..limit], at);
        let line = line(bytes, at..end, index == 0);
        for part in &line.elements {
            // A number at the very end of a cut list may be half a number.
            let cut = part.end == bytes.len();
            if let Some((code, end)) = element(bytes, part.start).filter(|_| more && !cut) {
                scan.push(FactKind::Code, Form::Member, code, part.start..end);
                done = end;
            }
        }
        more &= line.elements.is_empty() || line.comma;
        if let Some(close) = line.close {
            return close;
        }
        if end >= limit || index == 0 && line.odd {
            break;
        }
        at = behind_line_end(bytes, end);
    }
    done
}

/// Where a line ends, also if its end is written as an escape.
fn line_end(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at.min(bytes.len())..];
    let ends = |i: &usize| match rest[*i] {
        b'\r' | b'\n' => true,
        b'\\' => matches!(rest.get(i + 1), Some(b'r' | b'n' | b'\\')),
        _ => false,
    };
    (0..rest.len()).find(ends).map_or(bytes.len(), |i| at + i)
}

/// Behind one line end, the strokes of an escape included.
fn behind_line_end(bytes: &[u8], at: usize) -> usize {
    let slashes = bytes[at..].iter().take_while(|b| **b == b'\\').count();
    (at + slashes + 1).min(bytes.len())
}

fn line(bytes: &[u8], at: Range<usize>, first: bool) -> Line {
    let text = &bytes[at.clone()];
    let next = |i: usize| text[i + 1..].iter().find(|b| !blank(**b)).copied();
    let is_close = |i: &usize| {
        matches!(text[*i], b']' | b')' | b'}')
            && (first || matches!(next(*i), None | Some(b',' | b'}' | b'"' | b'\'' | b'\\')))
    };
    let close = (0..text.len()).find(is_close);
    let before = &text[..close.unwrap_or(text.len())];
    // A number before a tab and the bracket is that of the line.
    let numbered = !first && close.is_some() && before.ends_with(b"\t");
    let mut line = Line {
        elements: Vec::new(),
        comma: false,
        close: close.map(|close| at.start + close),
        odd: false,
    };
    if !numbered {
        line.read(before, at.start, first);
    }
    line
}

const fn blank(b: u8) -> bool {
    matches!(b, b' ' | b'\t')
}

/// A text without the quotation marks at its end.
fn unquoted(mut text: &[u8]) -> &[u8] {
    const MARKS: [&[u8]; 7] = [b"\"", b"'", b"\\", b"&quot;", b"&#34;", b"&#39;", b"&#x27;"];
    while let Some(rest) = MARKS.iter().find_map(|mark| text.strip_suffix(*mark)) {
        text = rest;
    }
    text
}

impl Line {
    /// Reads the elements at the end of `text`, last to first, as far as commas stand between them.
    fn read(&mut self, text: &[u8], at: usize, first: bool) {
        let mut rest = text;
        while let Some(last) = rest.iter().rposition(|b| !blank(*b)) {
            if rest[last] == b',' {
                self.comma |= self.elements.is_empty();
                rest = &rest[..last];
                continue;
            }
            let end = unquoted(&rest[..=last]).len();
            let word = rest[..end].iter().rev();
            let length = word.take_while(|b| b.is_ascii_alphanumeric()).count();
            if length == 0 {
                break;
            }
            let start = end - length;
            self.elements.push(at + start..at + end);
            rest = unquoted(&rest[..start]);
            match rest.iter().rev().find(|b| !blank(**b)) {
                Some(b',') => {}
                // `[50123] ` begins an entry of a log.
                Some(b'[') if !first => {
                    self.elements.clear();
                    (self.comma, self.close) = (false, None);
                    break;
                }
                _ => break,
            }
        }
        self.odd = rest.iter().any(|b| !blank(*b));
        self.elements.reverse();
    }
}
