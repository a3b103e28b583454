//! Reading what follows a name.

use std::ops::Range;

use super::key::Key;
use super::mark::Form;
use super::scan::Scan;
use super::{around, challenged, library, message, number};
use crate::decode::code::{code_at, digits_at, guid_at, is_error_shaped, is_known_error};
use crate::decode::member::{self, Separator};
use crate::decode::{known, time, unescape};
use crate::model::FactKind;

/// A name and where its value begins.
pub(super) struct Named {
    pub name: Range<usize>,
    pub separator: Separator,
    /// Behind the separator; may point at a quote.
    pub value: usize,
}

/// Reads the value of `key`, which stands at `name`; returns where to go on.
pub(super) fn read(scan: &mut Scan<'_>, key: Key, name: Range<usize>) -> usize {
    let end = name.end;
    let Some((separator, value)) = member::separator(scan.bytes, end) else {
        // A table or a page: `error code 50126`, with the value in the next column or on the next line.
        let next = number::behind_tags(scan.bytes, member::spaces(scan.bytes, end));
        return if next > end {
            in_next_column(scan, key, &name, next)
        } else {
            end
        };
    };
    let named = Named {
        name,
        separator,
        value,
    };
    match key {
        Key::Error | Key::ErrorCode => error(scan, key, &named),
        Key::Codes => number::list(scan, &named),
        Key::Description => description(scan, &named),
        Key::ErrorMessage => message::of_library(scan, &named),
        Key::ApiCode => message::of_api(scan, &named),
        Key::Telemetry => number::telemetry(scan, value),
        Key::SubError => word(scan, FactKind::SubError, &named),
        Key::Subcode => word(scan, FactKind::ErrorSubcode, &named),
        Key::TraceId => id(scan, FactKind::TraceId, &named),
        Key::RequestId => id(scan, request_kind(scan, &named.name), &named),
        Key::Around(kind) => around::read(scan, kind, &named),
        Key::Sku => library::sku(scan, &named),
        Key::Ver => library::ver(scan, &named),
        Key::CorrelationId => id(scan, FactKind::CorrelationId, &named),
        Key::Timestamp => timestamp(scan, &named),
        Key::Claims => challenged::claims(scan, &named),
        Key::ErrorUri => address(scan, FactKind::ErrorUri, &named),
        Key::PasswordChangeUrl => address(scan, FactKind::PasswordChangeUrl, &named),
        Key::Message => value,
        Key::RetryAfter => retry_after(scan, &named),
        Key::Challenge => challenged::header(scan, &named),
        Key::Status => status(scan, value),
    }
}

fn in_next_column(scan: &mut Scan<'_>, key: Key, name: &Range<usize>, value: usize) -> usize {
    let separator = Separator::Colon;
    let named = Named {
        name: name.clone(),
        separator,
        value,
    };
    let kind = match key {
        Key::ErrorCode => return number::labelled(scan, name, value).max(name.end),
        Key::Error => return named_in_prose(scan, FactKind::Error, value).max(name.end),
        Key::SubError => return named_in_prose(scan, FactKind::SubError, value).max(name.end),
        Key::Status if scan.bytes[value..].starts_with(b"was ") => {
            return status(scan, value + "was ".len()).max(name.end);
        }
        Key::TraceId => FactKind::TraceId,
        Key::RequestId => request_kind(scan, name),
        Key::CorrelationId => FactKind::CorrelationId,
        _ => return name.end,
    };
    id(scan, kind, &named).max(name.end)
}

/// `error invalid_grant, suberror bad_token`: words that no sentence holds.
fn named_in_prose(scan: &mut Scan<'_>, kind: FactKind, value: usize) -> usize {
    let Some(at) = single_word(scan, value) else {
        return value;
    };
    let word = scan.text[at.clone()].to_owned();
    let known = match kind {
        FactKind::Error => is_known_error(&word),
        _ => is_error_shaped(&word),
    };
    if word.contains('_') && known {
        scan.push(kind, Form::Member, word, at.clone());
        return at.end;
    }
    value
}

/// Behind an opening quote, or where it would be.
pub(super) fn start(scan: &Scan<'_>, value: usize) -> usize {
    member::quote(scan.bytes, value).map_or(value, |(_, inside)| inside)
}

fn form(scan: &Scan<'_>, named: &Named) -> Form {
    let header = scan.bytes[named.name.clone()].contains(&b'-');
    if header && scan.bytes.get(named.name.end) == Some(&b':') {
        Form::Around
    } else if scan.is_member(&named.name, named.separator) {
        Form::Member
    } else {
        Form::Prose
    }
}

/// A word of letters, digits and `_`, alone between quotes or delimiters.
pub(super) fn single_word(scan: &Scan<'_>, value: usize) -> Option<Range<usize>> {
    let quote = member::quote(scan.bytes, value);
    let start = quote.map_or(value, |(_, inside)| inside);
    let end = member::word_end(scan.bytes, start);
    if end == start || end - start > 80 {
        return None;
    }
    let next = scan.bytes.get(end);
    let closed = match next {
        None => true,
        Some(b) if quote.is_some() => matches!(b, b'"' | b'\'' | b'\\' | b'&' | b'`'),
        Some(b) => {
            b.is_ascii_whitespace()
                || matches!(
                    b,
                    b',' | b';'
                        | b'&'
                        | b')'
                        | b']'
                        | b'}'
                        | b'"'
                        | b'\''
                        | b'\\'
                        | b'#'
                        | b'%'
                        | b'<'
                        | b'.'
                        | b'|'
                        | b'+'
                        | b':'
                        | b'*'
                        | b'!'
                )
        }
    };
    closed.then_some(start..end)
}

fn error(scan: &mut Scan<'_>, key: Key, named: &Named) -> usize {
    let digits = start(scan, number::behind_tags(scan.bytes, named.value));
    let first = scan.bytes.get(digits);
    if key == Key::ErrorCode && first.is_some_and(|b| b.is_ascii_digit() || *b == b'-') {
        return number::labelled(scan, &named.name, digits);
    }
    if first == Some(&b'{') {
        scan.in_error = digits..digits + message::OBJECT;
    }
    let Some(at) = single_word(scan, named.value) else {
        return start(scan, named.value);
    };
    let value = scan.text[at.clone()].to_owned();
    let next = at.end;
    if is_known_error(&value) || known::is_of_library(&value) || known::is_of_api(&value) {
        scan.push(FactKind::Error, Form::Member, value, at);
    } else if is_error_shaped(&value) && (value.contains('_') || form(scan, named) == Form::Member)
    {
        scan.push(FactKind::Error, Form::Weak, value, at);
    } else {
        // A code, or an ordinary sentence.
        return at.start;
    }
    next
}

fn description(scan: &mut Scan<'_>, named: &Named) -> usize {
    let inside = start(scan, named.value);
    // `description` alone is an ordinary word: it counts when a code stands in it.
    let long = named.name.len() > "description".len();
    if inside < scan.described || !long && !holds_code(scan, inside) {
        return inside;
    }
    describe(scan, named)
}

/// Whether a code stands near the start of a value.
pub(super) fn holds_code(scan: &Scan<'_>, inside: usize) -> bool {
    let near = scan.bytes.len().min(inside + 120);
    (inside..near).any(|i| code_at(scan.bytes, i).is_some())
}

/// Takes a value as the description.
pub(super) fn describe(scan: &mut Scan<'_>, named: &Named) -> usize {
    let (at, text) = whole_value(scan, named);
    if !text.trim().is_empty() {
        scan.push(
            FactKind::Description,
            Form::Member,
            text.trim().to_owned(),
            at.clone(),
        );
    }
    scan.described = at.end;
    // What is inside is looked at too.
    at.start
}

/// A value of any length: quoted, or to the end that its separator asks for.
pub(super) fn whole_value(scan: &mut Scan<'_>, named: &Named) -> (Range<usize>, String) {
    if let Some(quoted) = member::quoted(scan.bytes, named.value, &mut scan.memo) {
        let text = member::plain(scan.text, &quoted);
        return (quoted.inside, text);
    }
    let end = member::bare_end(scan.bytes, named.value, named.separator, |_| false);
    let raw = scan.text.get(named.value..end).unwrap_or_default();
    let text = match named.separator {
        Separator::Colon => raw.to_owned(),
        Separator::Equals => unescape::percent(raw, true),
        Separator::Encoded => unescape::percent(&unescape::percent(raw, false), true),
    };
    (named.value..end, text)
}

fn word(scan: &mut Scan<'_>, kind: FactKind, named: &Named) -> usize {
    let Some(at) = single_word(scan, named.value) else {
        return named.value;
    };
    let value = scan.text[at.clone()].to_owned();
    let end = at.end;
    if is_error_shaped(&value) && value != "null" && value != "none" {
        scan.push(kind, Form::Member, value, at);
    }
    end
}

/// `Request Id` is what the sign-in page calls the trace id; `request-id` and `RequestId` are those of an API.
fn request_kind(scan: &Scan<'_>, name: &Range<usize>) -> FactKind {
    if matches!(
        scan.bytes[name.start + "request".len()],
        b' ' | b'+' | b'%' | 0xc2
    ) {
        FactKind::TraceId
    } else {
        FactKind::RequestId
    }
}

fn id(scan: &mut Scan<'_>, kind: FactKind, named: &Named) -> usize {
    let at = start(scan, member::spaces(scan.bytes, named.value));
    let Some(id) = guid_at(scan.bytes, at) else {
        return named.value;
    };
    let end = at + id.len();
    let form = form(scan, named);
    scan.push(kind, form, id, at..end);
    end
}

fn timestamp(scan: &mut Scan<'_>, named: &Named) -> usize {
    let at = start(scan, member::spaces(scan.bytes, named.value));
    let Some((time, end)) = time::any_at(scan.text, at) else {
        return named.value;
    };
    let form = form(scan, named);
    if form == Form::Prose {
        // The names before it may be translated where its own is not.
        scan.loose
            .push((FactKind::Timestamp, time.clone(), at..end));
    }
    scan.time(form, time, at..end);
    end
}

/// An address; a code in it that nothing else says is taken from it.
fn address(scan: &mut Scan<'_>, kind: FactKind, named: &Named) -> usize {
    let at = start(scan, named.value);
    let length = scan.bytes[at..].iter().take(2000).take_while(|b| {
        !b.is_ascii_whitespace()
            && !matches!(b, b'"' | b'\'' | b'\\' | b'<' | b'>' | b'&' | b',' | b'}')
    });
    let end = at + length.count();
    let url = unescape::percent(scan.text.get(at..end).unwrap_or_default(), false);
    if url.starts_with("https://") || url.starts_with("http://") {
        scan.push(kind, Form::Member, url, at..end);
        return at;
    }
    named.value
}

fn retry_after(scan: &mut Scan<'_>, named: &Named) -> usize {
    let at = start(scan, named.value);
    let length = scan.bytes[at..]
        .iter()
        .take(40)
        .take_while(|b| !matches!(b, b'\r' | b'\n' | b'"' | b'\'' | b'\\' | b'}'));
    let end = at + length.count();
    let value = scan
        .text
        .get(at..end)
        .unwrap_or_default()
        .trim()
        .trim_end_matches(',')
        .to_owned();
    let is_date = crate::model::Moment::parse_http_date(&value).is_some();
    let digits = value
        .split(|c: char| !c.is_ascii_digit())
        .next()
        .unwrap_or_default();
    if is_date {
        scan.push(FactKind::RetryAfter, Form::Member, value, at..end);
    } else if (1..=6).contains(&digits.len()) {
        let digits = digits.to_owned();
        scan.push(FactKind::RetryAfter, Form::Member, digits, at..end);
    }
    named.value
}

/// An HTTP status.
pub(super) fn status(scan: &mut Scan<'_>, at: usize) -> usize {
    let at = start(scan, at);
    let length = digits_at(scan.bytes, at);
    let value = &scan.text[at..at + length];
    if length == 3 && matches!(value.as_bytes()[0], b'1'..=b'5') {
        let value = value.to_owned();
        scan.push(FactKind::Status, Form::Member, value, at..at + length);
    }
    at + length
}
