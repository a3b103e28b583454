//! The few things that need no name before them.

use std::ops::Range;

use super::mark::Form;
use super::number::number;
use super::scan::Scan;
use super::value::status;
use super::{around, challenged, library};
use crate::decode::code::{digits_at, is_error_shaped, is_known_error};
use crate::decode::known;
use crate::decode::member::{self, Separator};
use crate::decode::unescape;
use crate::model::FactKind;

/// Things that a word introduces which is no name: an HTTP status line, a challenge without its header's name, the
/// address of the lookup page, numbers of other systems.
pub(super) fn read(scan: &mut Scan<'_>, at: usize) -> Option<usize> {
    if library::may_begin(scan.bytes, at)
        && member::begins(scan.bytes, at)
        && let Some(end) = library::read(scan, at)
    {
        return Some(end);
    }
    if matches!(scan.bytes[at], b'l' | b's')
        && let Some(end) = around::authority(scan, at)
    {
        return Some(end);
    }
    let rest = &scan.bytes[at..];
    if !matches!(rest[0], b'H' | b'B' | b'e' | b'c' | b'C' | b'A') {
        return None;
    }
    if rest.starts_with(b"HTTP/") {
        let gap = rest.iter().take(10).position(|b| *b == b' ')?;
        return Some(status(scan, at + gap + 1));
    }
    if rest.starts_with(b"Bearer ") && member::begins(scan.bytes, at) {
        let parameter = member::word_end(scan.bytes, at + "Bearer ".len());
        if scan.bytes.get(parameter) != Some(&b'=') {
            return None;
        }
        if at < scan.challenged {
            return None;
        }
        let limit = scan.bytes.len().min(at + 8192);
        let end = member::bare_end(&scan.bytes[..limit], at, Separator::Colon, |_| false);
        scan.challenged = end;
        let text = scan.text.get(at..end)?;
        let escaped = text.contains("\\\"");
        let text = if escaped {
            unescape::json(text)
        } else {
            text.to_owned()
        };
        let named = text.contains("claims=\"") || text.contains("error=\"");
        if named {
            challenged::marks(scan, &text, &(at..end));
            return Some(end);
        }
        return None;
    }
    if rest.starts_with(b"error?code=") && is_lookup(scan, at) {
        return Some(number(scan, at + "error?code=".len()));
    }
    if rest[0] | 32 == b'c' {
        return broker_result(scan, at);
    }
    if rest.starts_with(b"ACS") && member::begins(scan.bytes, at) {
        let length = digits_at(scan.bytes, at + 3);
        if (4..=6).contains(&length) {
            let end = at + 3 + length;
            let value = scan.text[at..end].to_owned();
            scan.push(FactKind::OtherNumber, Form::Member, value, at..end);
            return Some(end);
        }
    }
    None
}

/// Whether `error?code=…` at `at` is the page on which Entra explains its codes, and not a page of another host.
fn is_lookup(scan: &Scan<'_>, at: usize) -> bool {
    let near = scan.bytes[at.saturating_sub(120)..at].iter().rev();
    let address =
        near.take_while(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'\'' | b'<' | b'('));
    let address: Vec<u8> = address
        .copied()
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let address = String::from_utf8_lossy(&address).to_ascii_lowercase();
    address.split_once("://").is_none_or(|(_, rest)| {
        let host = rest.split('/').next().unwrap_or_default();
        host.starts_with("login.") || host.contains("microsoft")
    })
}

/// An error that a library throws with its name before the sentence: `ServerError: invalid_client: …`. Behind anything
/// else the name counts only beside a code.
pub(super) fn thrown(scan: &mut Scan<'_>, at: Range<usize>) -> bool {
    if !scan.bytes[at.start].is_ascii_lowercase() {
        return false;
    }
    if told(scan, &at) {
        return true;
    }
    if !matches!(scan.bytes.get(at.end), Some(b':' | b'(')) {
        return false;
    }
    let word = &scan.text[at.clone()];
    if !word.contains('_') || !is_error_shaped(word) {
        return false;
    }
    let class = class_before(scan, at.start);
    let listed = is_known_error(word) || known::is_of_library(word);
    let colon = scan.bytes[at.end] == b':';
    let form = match class {
        Some(class) if listed || class.ends_with("AuthError") => Form::Member,
        _ if colon && is_known_error(word) && after_exception(scan, &at) => Form::Member,
        _ if listed && colon => Form::Weak,
        _ => return false,
    };
    let word = word.to_owned();
    scan.push(FactKind::Error, form, word, at);
    true
}

/// An error that a library of another maker tells: `oauth2: "invalid_grant" "…"`, `[invalid_grant] …`.
fn told(scan: &mut Scan<'_>, at: &Range<usize>) -> bool {
    if !matches!(scan.bytes[..at.start].last(), Some(b'"' | b'[')) {
        return false;
    }
    let before = &scan.bytes[at.start.saturating_sub(12)..at.start];
    let quoted = before.ends_with(b"oauth2: \"") || before.ends_with(b"oauth2: \\\"");
    let bracketed = before.ends_with(b"[")
        && scan.bytes.get(at.end) == Some(&b']')
        && scan.bytes.get(at.end + 1) == Some(&b' ')
        && scan
            .bytes
            .get(at.end + 2)
            .is_some_and(u8::is_ascii_uppercase);
    let word = &scan.text[at.clone()];
    if !(quoted || bracketed) || !word.contains('_') || !is_known_error(word) {
        return false;
    }
    let word = word.to_owned();
    scan.push(FactKind::Error, Form::Member, word, at.clone());
    true
}

/// Whether a sentence begins behind the name, and the line before it names an exception.
fn after_exception(scan: &Scan<'_>, at: &Range<usize>) -> bool {
    let sentence = scan.bytes.get(at.end + 1) == Some(&b' ')
        && scan
            .bytes
            .get(at.end + 2)
            .is_some_and(u8::is_ascii_uppercase);
    let from = scan.text.floor_char_boundary(at.start.saturating_sub(120));
    let line = scan.text[from..at.start]
        .rsplit('\n')
        .next()
        .unwrap_or_default();
    sentence
        && ["Error:", "Exception:", "Error -"]
            .iter()
            .any(|name| line.contains(name))
}

/// The name of an exception that stands right before `at`: `ServerError: `.
fn class_before<'a>(scan: &Scan<'a>, at: usize) -> Option<&'a str> {
    let before = scan
        .text
        .get(at.saturating_sub(64)..at)?
        .strip_suffix(": ")?;
    let start = before
        .rfind(|c: char| !c.is_ascii_alphanumeric())
        .map_or(0, |at| {
            at + before[at..].chars().next().map_or(1, char::len_utf8)
        });
    let class = &before[start..];
    (class.len() > 5 && (class.ends_with("Error") || class.ends_with("Exception"))).then_some(class)
}

/// A result of a broker without the prefix of hexadecimal numbers: `CAA20003`.
fn broker_result(scan: &mut Scan<'_>, at: usize) -> Option<usize> {
    let end = at + 8;
    let word = scan.bytes.get(at..end)?;
    let shaped = word[..3].eq_ignore_ascii_case(b"CAA")
        && word[3..].iter().all(u8::is_ascii_hexdigit)
        && word[3].is_ascii_digit();
    let alone =
        member::begins(scan.bytes, at) && !scan.bytes.get(end).is_some_and(|b| member::is_word(*b));
    if !shaped || !alone {
        return None;
    }
    let value = format!("HRESULT 0x{}", scan.text[at..end].to_ascii_uppercase());
    scan.push(FactKind::OtherNumber, Form::Member, value, at..end);
    Some(end)
}

/// A result code of Windows (`0xCAA20003`), as brokers report them.
pub(super) fn result_code(scan: &mut Scan<'_>, at: usize) -> bool {
    let digits = at + 2..at + 10;
    let prefixed = scan
        .bytes
        .get(at..at + 2)
        .is_some_and(|x| x.eq_ignore_ascii_case(b"0x"));
    let Some(part) = scan
        .bytes
        .get(digits.clone())
        .filter(|_| prefixed && member::begins(scan.bytes, at))
    else {
        return false;
    };
    let failure = matches!(part[0], b'8' | b'C' | b'c') && part.iter().all(u8::is_ascii_hexdigit);
    let longer = scan
        .bytes
        .get(digits.end)
        .is_some_and(|b| member::is_word(*b));
    if failure && !longer {
        let value = format!(
            "HRESULT 0x{}",
            scan.text[digits.clone()].to_ascii_uppercase()
        );
        scan.push(FactKind::OtherNumber, Form::Member, value, at..digits.end);
    }
    failure && !longer
}
