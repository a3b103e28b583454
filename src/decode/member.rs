//! Finding `key separator value` in any text, whatever the quoting: JSON, JSON inside JSON strings (any number of
//! backslashes), forms and queries (also percent-encoded ones inside others), headers, log lines, HTML. Works on
//! bytes and source positions; never copies, never recurses.

mod close;

use std::ops::Range;

use super::unescape;
use close::{close_double, is_apostrophe};

pub(crate) use close::Memo;

/// How a text is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quote {
    /// `"` behind `2^level - 1` backslashes.
    Double(u32),
    /// `'`.
    Single,
    /// `&quot;` and its like; the length of the entity.
    Entity(usize),
}

/// What stands between key and value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Separator {
    Colon,
    Equals,
    /// `%3D`, or `%253D` and deeper.
    Encoded,
}

/// A value in its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Quoted {
    pub quote: Quote,
    /// Between the quotes.
    pub inside: Range<usize>,
    /// Behind the closing quote, or the end of the text.
    pub end: usize,
    /// Whether the closing quote is there.
    pub closed: bool,
}

/// Letters, digits and `_`.
pub(crate) const fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_'
}

/// Whether a word may begin at `at`: nothing before it belongs to it. The letter of an escape (`\n`) and the digits
/// of a percent-encoded byte (`%26`) do not count as part of a word.
pub(crate) fn begins(bytes: &[u8], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else {
        return true;
    };
    if !is_word(bytes[before]) {
        return true;
    }
    let escape =
        before > 0 && bytes[before - 1] == b'\\' && matches!(bytes[before], b'n' | b'r' | b't');
    escape || after_encoded(bytes, at)
}

/// Whether a percent-encoded byte ends at `at`.
fn after_encoded(bytes: &[u8], at: usize) -> bool {
    at >= 3
        && bytes[at - 3] == b'%'
        && bytes[at - 2].is_ascii_hexdigit()
        && bytes[at - 1].is_ascii_hexdigit()
}

/// The end of the word that begins at `at`.
pub(crate) fn word_end(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|b| is_word(**b)).count()
}

fn starts(bytes: &[u8], at: usize, text: &[u8]) -> bool {
    bytes
        .get(at..at + text.len())
        .is_some_and(|part| part.eq_ignore_ascii_case(text))
}

/// Skips blanks in all their guises, but no line end.
pub(crate) fn blanks(bytes: &[u8], mut at: usize) -> usize {
    const GUISES: [&[u8]; 9] = [
        b" ",
        b"\t",
        b"+",
        b"%20",
        b"%2B",
        b"\xc2\xa0",
        b"\xe3\x80\x80",
        b"&nbsp;",
        b"**",
    ];
    while let Some(guise) = GUISES.iter().find(|guise| starts(bytes, at, guise)) {
        at += guise.len();
    }
    at
}

/// Skips blanks and line ends, also line ends written as escapes.
pub(crate) fn spaces(bytes: &[u8], mut at: usize) -> usize {
    loop {
        let next = blanks(bytes, at);
        let line = match bytes.get(next) {
            Some(b'\r' | b'\n') => 1,
            Some(b'\\') => {
                let slashes = bytes[next..].iter().take_while(|b| **b == b'\\').count();
                let letter = bytes.get(next + slashes);
                if matches!(letter, Some(b'n' | b'r' | b't')) {
                    slashes + 1
                } else {
                    0
                }
            }
            Some(b'%') if starts(bytes, next, b"%0d") || starts(bytes, next, b"%0a") => 3,
            _ => 0,
        };
        if line == 0 {
            return next;
        }
        at = next + line;
    }
}

/// Quotation marks as entities, and behind them apostrophes.
const ENTITIES: [&[u8]; 6] = [
    b"&quot;", b"&#34;", b"&#x22;", b"&#39;", b"&apos;", b"&#x27;",
];

/// The quote that opens at `at`, and where its inside begins.
pub(crate) fn quote(bytes: &[u8], at: usize) -> Option<(Quote, usize)> {
    match bytes.get(at)? {
        b'&' => ENTITIES
            .iter()
            .find(|entity| starts(bytes, at, entity))
            .map(|entity| (Quote::Entity(entity.len()), at + entity.len())),
        b'\'' | b'`' => Some((Quote::Single, at + 1)),
        b'"' => Some((Quote::Double(0), at + 1)),
        b'\\' => {
            let slashes = bytes[at..]
                .iter()
                .take(40)
                .take_while(|b| **b == b'\\')
                .count();
            let level = (slashes + 1).ilog2();
            (bytes.get(at + slashes) == Some(&b'"'))
                .then_some((Quote::Double(level), at + slashes + 1))
        }
        _ => None,
    }
}

/// The quoted text that begins at `at`. A missing closing quote means: to the end.
pub(crate) fn quoted(bytes: &[u8], at: usize, memo: &mut Memo) -> Option<Quoted> {
    let (quote, start) = quote(bytes, at)?;
    let found = match quote {
        Quote::Double(level) => close_double(bytes, start, level),
        Quote::Single => memo.close_single(bytes, start, bytes[at]),
        Quote::Entity(length) if is_apostrophe(&bytes[at..start]) => memo
            .close_entity(bytes, start, length)
            .map(|close| (close, close + length)),
        Quote::Entity(length) => bytes[start..]
            .windows(length)
            .position(|part| part.eq_ignore_ascii_case(&bytes[at..at + length]))
            .map(|offset| (start + offset, start + offset + length)),
    };
    let (close, end) = found.unwrap_or((bytes.len(), bytes.len()));
    Some(Quoted {
        quote,
        inside: start..close,
        end,
        closed: found.is_some(),
    })
}

/// What follows a key that ends at `end`: its closing quote, a separator, and the place where the value begins.
pub(crate) fn separator(bytes: &[u8], end: usize) -> Option<(Separator, usize)> {
    let mut at = end;
    let mut quoted = false;
    if let Some((_, next)) = quote(bytes, at) {
        at = next;
        quoted = true;
    }
    at = if quoted {
        spaces(bytes, at)
    } else {
        blanks(bytes, at)
    };
    let (separator, next) = match mark(bytes, at) {
        Some(found) => found,
        None => (Separator::Equals, apart(bytes, at, quoted)?),
    };
    let value = if quoted {
        spaces(bytes, next)
    } else {
        value_start(bytes, next, separator)
    };
    Some((separator, behind_letter(bytes, value)))
}

/// A value that is named apart from its key: `name="error" value="…"` in a form, `Key: error, Value: …` in a log.
fn apart(bytes: &[u8], at: usize, quoted: bool) -> Option<usize> {
    const FORM: &[u8] = b"value=";
    const LOG: &[u8] = b", value: ";
    if quoted && starts(bytes, at, FORM) {
        Some(at + FORM.len())
    } else if !quoted && starts(bytes, at, LOG) {
        Some(spaces(bytes, at + LOG.len()))
    } else {
        None
    }
}

/// Python 2 writes a letter before its quotes: `u'error'`.
fn behind_letter(bytes: &[u8], at: usize) -> usize {
    let lettered = matches!(bytes.get(at), Some(b'u' | b'b'));
    let quoted = matches!(bytes.get(at + 1), Some(b'\'' | b'"'));
    at + usize::from(lettered && quoted)
}

/// A plus sign behind `=` may be part of the value; anywhere else blanks are skipped.
fn value_start(bytes: &[u8], at: usize, separator: Separator) -> usize {
    match separator {
        // The value may stand on the next line if it is quoted.
        Separator::Colon => Some(spaces(bytes, at))
            .filter(|next| quote(bytes, *next).is_some())
            .unwrap_or_else(|| blanks(bytes, at)),
        Separator::Equals => at + bytes[at..].iter().take_while(|b| **b == b' ').count(),
        Separator::Encoded => at,
    }
}

fn mark(bytes: &[u8], at: usize) -> Option<(Separator, usize)> {
    if starts(bytes, at, "：".as_bytes()) || starts(bytes, at, "＝".as_bytes()) {
        return Some((Separator::Colon, at + 3));
    }
    if starts(bytes, at, b"=>") {
        return Some((Separator::Colon, at + 2));
    }
    match bytes.get(at)? {
        b':' => Some((Separator::Colon, at + 1)),
        b'=' => Some((Separator::Equals, at + 1)),
        b'%' => {
            let mut i = at + 1;
            while starts(bytes, i, b"25") {
                i += 2;
            }
            if starts(bytes, i, b"3D") {
                Some((Separator::Encoded, i + 2))
            } else if starts(bytes, i, b"3A") {
                Some((Separator::Colon, i + 2))
            } else {
                None
            }
        }
        _ => None,
    }
}

/// Where a value without quotes ends, by what stands before it: a query value at `&`, a line value at the line's end;
/// and before whatever else `stops` it.
pub(crate) fn bare_end(
    bytes: &[u8],
    at: usize,
    separator: Separator,
    stops: impl Fn(&u8) -> bool,
) -> usize {
    let mut i = at;
    while let Some(&b) = bytes.get(i) {
        let over = match separator {
            Separator::Colon => matches!(b, b'\r' | b'\n'),
            Separator::Equals => {
                b.is_ascii_whitespace() || matches!(b, b'&' | b'"' | b'<' | b'>' | b'#')
            }
            Separator::Encoded => {
                b.is_ascii_whitespace()
                    || matches!(b, b'&' | b'"' | b'<' | b'>' | b'#')
                    || (b == b'%' && encoded_ampersand(bytes, i))
            }
        };
        if over || stops(&b) {
            break;
        }
        i += 1;
    }
    i
}

/// Whether `%26`, `%2526` … begins at `at`.
fn encoded_ampersand(bytes: &[u8], at: usize) -> bool {
    let mut i = at + 1;
    while starts(bytes, i, b"25") {
        i += 2;
    }
    starts(bytes, i, b"26") || starts(bytes, i, b"23")
}

/// A quoted text with its escapes resolved.
pub(crate) fn plain(text: &str, quoted: &Quoted) -> String {
    let inside = text.get(quoted.inside.clone()).unwrap_or_default();
    match quoted.quote {
        Quote::Double(level) => (0..=level.min(6)).fold(inside.to_owned(), |text, _| {
            if text.contains('\\') {
                unescape::json(&text)
            } else {
                text
            }
        }),
        Quote::Single => unescape::json(inside),
        Quote::Entity(_) => unescape::entities(inside),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str, key: &str) -> String {
        let end = text.find(key).unwrap() + key.len();
        let (separator, at) = separator(text.as_bytes(), end).unwrap();
        quoted(text.as_bytes(), at, &mut Memo::default()).map_or_else(
            || text[at..bare_end(text.as_bytes(), at, separator, |_| false)].to_owned(),
            |q| plain(text, &q),
        )
    }

    #[test]
    fn a_value_is_found_at_every_level_of_escaping() {
        let mut text = r#"{"key": "a \"b\" \\ c", "other": 1}"#.to_owned();
        for _ in 0..4 {
            assert_eq!(value(&text, "key"), r#"a "b" \ c"#, "{text}");
            text = format!("{{\"log\":{}}}", serde_json::to_string(&text).unwrap());
        }
    }

    #[test]
    fn a_string_ends_where_an_outer_one_ends() {
        assert_eq!(value(r#""{\"key\":\"cut" and more"#, "key"), "cut");
    }

    #[test]
    fn apostrophes_inside_words_do_not_close() {
        assert_eq!(
            value("{ 'key': 'the user's session', 'x': 1 }", "key"),
            "the user's session"
        );
    }

    #[test]
    fn queries_end_at_the_ampersand_of_their_level() {
        assert_eq!(value("?key=a+b&c=d", "key"), "a+b");
        assert_eq!(value("?to=x%3Fkey%3Da%2Bb%26c%3Dd", "key"), "a%2Bb");
        assert_eq!(value("?to=x%253Fkey%253Da%2526c", "key"), "a");
    }

    #[test]
    fn other_separators_count_too() {
        assert_eq!(value("key：value", "key"), "value");
        assert_eq!(value(r#""key"=>"value""#, "key"), "value");
        assert_eq!(
            value("&quot;key&quot;:&quot;a &amp; b&quot;", "key"),
            "a & b"
        );
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "[\"'\\\\:=%2536DA&;a-f +é\\n]{0,50}") {
            let bytes = text.as_bytes();
            let mut memo = Memo::default();
            for at in 0..bytes.len() {
                let _ = (begins(bytes, at), separator(bytes, at), spaces(bytes, at));
                if let Some(found) = quoted(bytes, at, &mut memo) {
                    prop_assert!(found.inside.start <= found.inside.end && found.end <= bytes.len());
                    let _ = plain(&text, &found);
                }
            }
        }
    }
}
