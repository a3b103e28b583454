//! Single signs: what has no width or no meaning, what is escaped, and marks that stand for plainer ones.

use super::{Edit, Edits, Put};

/// The address of a link is not longer than this.
const LONGEST_LINK: usize = 300;

/// Looks at the sign that stands at `at`; returns where to go on.
pub(super) fn look(edits: &mut Edits<'_>, at: usize) -> usize {
    let rest = &edits.bytes[at..];
    match rest {
        [0x1b, ..] => colour(edits, at, at + 1),
        // A blank that does not break, a hyphen that shows only at a line's end.
        [0xc2, 0xa0, ..] => edits.put(at..at + 2, Put::Letter(' ')),
        [0xc2, 0xad, ..] => edits.put(at..at + 2, Put::Nothing),
        [0xe2, 0x80, 0xaf, ..] => edits.put(at..at + 3, Put::Letter(' ')),
        [0xe2, 0x80, 0x8b..=0x8f, ..] | [0xe2, 0x81, 0xa0, ..] | [0xef, 0xbb, 0xbf, ..] => {
            edits.put(at..at + 3, Put::Nothing)
        }
        [0xe2, 0x80, 0x9c..=0x9f, ..] => quote(edits, at, 3, '"'),
        [0xef, 0xbc, ..] => wide(edits, at),
        [b'&', ..] => ampersand(edits, at),
        [b'\\', ..] => escape(edits, at),
        [b'[', ..] => link(edits, at),
        _ => at + 1,
    }
}

/// `ESC [ 1 m`; the first sign of it ends at `end`.
fn colour(edits: &mut Edits<'_>, at: usize, end: usize) -> usize {
    let rest = &edits.bytes[end..];
    if rest.first() != Some(&b'[') {
        return end;
    }
    let numbers = rest[1..]
        .iter()
        .take(20)
        .take_while(|b| b.is_ascii_digit() || **b == b';')
        .count();
    match rest.get(1 + numbers) {
        Some(b) if b.is_ascii_alphabetic() => edits.put(at..end + 2 + numbers, Put::Nothing),
        _ => end,
    }
}

/// A mark that quotes only where it stands around a name of an error.
fn quote(edits: &mut Edits<'_>, at: usize, length: usize, mark: char) -> usize {
    let end = at + length;
    let named = edits
        .bytes
        .get(end..end + 5)
        .is_some_and(|word| word.eq_ignore_ascii_case(b"error"));
    edits.quotes_count |= named;
    edits.quotes.push(Edit {
        at: at..end,
        put: Put::Letter(mark),
    });
    end
}

/// Full-width digits, and the colon between digits.
fn wide(edits: &mut Edits<'_>, at: usize) -> usize {
    let bytes = edits.bytes;
    let digit = |at: usize| {
        bytes.get(at).is_some_and(u8::is_ascii_digit)
            || matches!(bytes.get(at..at + 3), Some([0xef, 0xbc, 0x90..=0x99]))
    };
    match bytes.get(at + 2) {
        Some(low @ 0x90..=0x99) => {
            let letter = char::from(b'0' + (low - 0x90));
            edits.put(at..at + 3, Put::Letter(letter))
        }
        Some(0x9a) => {
            let before = at.checked_sub(1).is_some_and(digit)
                || at.checked_sub(3).is_some_and(digit) && bytes[at - 1] >= 0x80;
            if before && digit(at + 3) && !of_a_label(edits, at) {
                edits.put(at..at + 3, Put::Letter(':'))
            } else {
                at + 3
            }
        }
        _ => at + 1,
    }
}

/// Whether the digits before a full-width colon belong to a code or a name, and not to a time.
fn of_a_label(edits: &Edits<'_>, at: usize) -> bool {
    let before = &edits.bytes[at.saturating_sub(3)..at];
    before.len() == 3 && before.iter().all(u8::is_ascii_digit)
}

/// `&amp;` before what is an entity or a parameter itself, however often it was escaped.
fn ampersand(edits: &mut Edits<'_>, at: usize) -> usize {
    const ESCAPED: &[u8] = b"amp;";
    let mut end = at + 1;
    while edits.bytes[end..].starts_with(ESCAPED) {
        end += ESCAPED.len();
    }
    if end == at + 1 {
        return end;
    }
    edits.put(at..end, Put::Letter('&'))
}

/// `\uff1a`, `\u0022`, `\'`, `\_`.
fn escape(edits: &mut Edits<'_>, at: usize) -> usize {
    let slashes = edits.bytes[at..]
        .iter()
        .take(16)
        .take_while(|b| **b == b'\\')
        .count();
    let letter = at + slashes;
    match edits.bytes.get(letter) {
        // Markdown.
        Some(b'_' | b'[' | b']' | b'*') if slashes == 1 => edits.put(at..letter, Put::Nothing),
        Some(b'\'') if slashes == 1 => quote(edits, at, 2, '\''),
        Some(b'u') => unicode(edits, at, letter),
        _ => letter.max(at + 1),
    }
}

fn unicode(edits: &mut Edits<'_>, at: usize, letter: usize) -> usize {
    let end = letter + 5;
    let digits = edits.text.get(letter + 1..end);
    let point = digits
        .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
        .and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let slashes = letter - at;
    match point.and_then(char::from_u32) {
        // A quotation mark that is escaped twice is one behind three strokes.
        Some('"') => match slashes {
            1 => edits.put(letter..end, Put::Text("\"")),
            2 => edits.put(letter..end, Put::Text("\\\"")),
            4 => edits.put(letter..end, Put::Text("\\\\\\\"")),
            _ => end,
        },
        Some(c @ ('\'' | '&' | '<' | '>' | '+')) => edits.put(at..end, Put::Letter(c)),
        Some('\u{1b}') => colour(edits, at, end),
        Some('\u{a0}') => edits.put(at..end, Put::Letter(' ')),
        Some(c) if c > '\u{a0}' => edits.put(at..end, Put::Letter(c)),
        _ => letter + 1,
    }
}

/// A number that a page took for that of an issue: `AADSTS700[21](https://…)1`.
fn link(edits: &mut Edits<'_>, at: usize) -> usize {
    let rest = &edits.bytes[at + 1..];
    let digits = rest
        .iter()
        .take(5)
        .take_while(|b| b.is_ascii_digit())
        .count();
    if digits == 0 || !rest[digits..].starts_with(b"](http") {
        return at + 1;
    }
    let close = rest[digits..]
        .iter()
        .take(LONGEST_LINK)
        .position(|b| *b == b')' || b.is_ascii_whitespace());
    let Some(close) = close.filter(|close| rest[digits + close] == b')') else {
        return at + 1;
    };
    let (inside, end) = (at + 1 + digits, at + 2 + digits + close);
    let part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':');
    let before = at.checked_sub(1).map(|before| &edits.bytes[before]);
    if !before.is_some_and(part) && !edits.bytes.get(end).is_some_and(part) {
        return at + 1;
    }
    edits.put(at..at + 1, Put::Nothing);
    edits.put(inside..end, Put::Nothing)
}
