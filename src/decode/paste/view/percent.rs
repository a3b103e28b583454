//! Percent-encoded texts inside others: a body in a parameter, a whole sentence in a line of an access log.

use std::ops::Range;

use super::{Edits, Put};

/// How far before the first encoded byte of a run its beginning is looked for.
const BACK: usize = 200;

/// Parameters whose values are decoded where they are read.
const READ: [&str; 7] = [
    "error",
    "error_description",
    "error_codes",
    "error_subcode",
    "error_uri",
    "suberror",
    "scope",
];

/// Looks at the encoded byte at `at`, and with it at the whole run of letters that it stands in.
pub(super) fn look(edits: &mut Edits<'_>, at: usize) -> usize {
    if at < edits.run || pair(edits.bytes, at).is_none() {
        return at + 1;
    }
    let run = run(edits, at);
    edits.run = run.end;
    if !is_meant(edits, &run) {
        return at + 1;
    }
    decode(edits, &run)
}

/// The byte that `%XX` stands for.
fn pair(bytes: &[u8], at: usize) -> Option<u8> {
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    let value = (digit(at + 1)? << 4) | digit(at + 2)?;
    u8::try_from(value).ok().filter(|_| bytes[at] == b'%')
}

const fn ends(b: u8) -> bool {
    b.is_ascii_whitespace() || matches!(b, b'"' | b'<' | b'>' | b'&' | b'=' | b'?' | b'#' | b'\\')
}

fn run(edits: &Edits<'_>, at: usize) -> Range<usize> {
    let done = edits.all.last().map_or(0, |last| last.at.end);
    let least = at.saturating_sub(BACK).max(done);
    let before = edits.bytes[least..at].iter().rev();
    let start = at - before.take_while(|b| !ends(**b)).count();
    let after = edits.bytes[at..].iter();
    start..at + after.take_while(|b| !ends(**b)).count()
}

/// Whether a run is an object or a sentence, and not a parameter that is read as it is.
fn is_meant(edits: &Edits<'_>, run: &Range<usize>) -> bool {
    let text = &edits.text[run.clone()].to_ascii_lowercase();
    let head = &text[..text.floor_char_boundary(400)];
    let any = |signs: &[&str]| signs.iter().any(|sign| text.contains(sign));
    let opens = ["%7b", "{", "%257b"].iter().any(|sign| head.contains(sign));
    let object = opens && any(&["%22", "%2522", "%27"]);
    let nested = any(&["error%3d", "error_description%3d", "error%253d"]);
    let sentence = any(&["%20", "+", "%2520"]) && any(&["%3a", "%0a", "%253a"]);
    let named = run.start.checked_sub(1).map(|before| edits.bytes[before]) == Some(b'=')
        && READ.contains(&name_before(edits, run.start - 1));
    object || sentence && !nested && !named
}

/// The name that ends at `end`.
fn name_before<'a>(edits: &Edits<'a>, end: usize) -> &'a str {
    let word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let length = edits.bytes[..end]
        .iter()
        .rev()
        .take(30)
        .take_while(|b| word(b))
        .count();
    &edits.text[end - length..end]
}

/// Decodes a run once; letters of several bytes as one.
fn decode(edits: &mut Edits<'_>, run: &Range<usize>) -> usize {
    let blanks = !edits.text[run.clone()].contains("%20");
    let mut at = run.start;
    while at < run.end {
        match edits.bytes[at] {
            b'%' => at = letter(edits, at),
            b'+' if blanks => at = edits.put(at..at + 1, Put::Letter(' ')),
            _ => at += 1,
        }
    }
    at
}

fn letter(edits: &mut Edits<'_>, at: usize) -> usize {
    let Some(first) = pair(edits.bytes, at) else {
        return at + 1;
    };
    edits.again |= first == b'%';
    if first.is_ascii() {
        return edits.put(at..at + 3, Put::Letter(char::from(first)));
    }
    let mut bytes = [first, 0, 0, 0];
    let length = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return at + 3,
    };
    for (i, byte) in bytes.iter_mut().enumerate().take(length).skip(1) {
        *byte = pair(edits.bytes, at + 3 * i).unwrap_or_default();
    }
    let letter = std::str::from_utf8(&bytes[..length])
        .ok()
        .and_then(|text| text.chars().next());
    letter.map_or(at + 3, |letter| {
        edits.put(at..at + 3 * length, Put::Letter(letter))
    })
}
