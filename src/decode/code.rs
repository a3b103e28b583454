//! Recognising what stands in replies: codes, ids, and words that look like an OAuth `error`.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::known;
use super::member::{begins, is_word};

/// Codes that say only that something is wrong, the least telling first; never the primary one when another is there.
const GENERIC: [&str; 4] = ["AADSTS70002", "AADB2C90273", "AADSTS50000", "AADSTS70000"];

/// Whether a code is one that others explain.
pub(crate) fn is_generic(code: &str) -> bool {
    GENERIC.contains(&code)
}

/// Whether a word is a known OAuth error.
pub(crate) fn is_known_error(word: &str) -> bool {
    known::is_oauth(word)
}

/// Whether a word could be an OAuth error: lower-case letters, digits, underscores; a letter first.
pub(crate) fn is_error_shaped(word: &str) -> bool {
    word.len() <= 64
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && word
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// The prefixes of codes.
const PREFIXES: [&str; 3] = ["AADSTS", "AADB2C", "MSIS"];

/// The first of them, as it is often mistyped.
const MISTYPED: &str = "ADSTS";

/// A code at `at`, as it is written everywhere (`AADSTS50076`), and where it ends. A blank, hyphen or colon between
/// prefix and number is accepted, and so are full-width letters and digits.
pub(crate) fn code_at(bytes: &[u8], at: usize) -> Option<(String, usize)> {
    let rest = bytes.get(at..)?;
    if rest
        .first()
        .is_none_or(|b| !matches!(*b, b'A' | b'a' | b'M' | b'm' | WIDE))
    {
        return None;
    }
    // The second letter of every prefix, and of none that is worth a closer look.
    let second = matches!(*rest.get(1)?, b'A' | b'a' | b'D' | b'S' | b's' | WIDE);
    if !second && rest[0] != WIDE {
        return None;
    }
    let narrow = PREFIXES.into_iter().find(|prefix| {
        rest.get(..prefix.len())
            .is_some_and(|part| part.eq_ignore_ascii_case(prefix.as_bytes()))
    });
    let Some(prefix) = narrow else {
        return mistyped_at(bytes, at).or_else(|| wide_code_at(bytes, at));
    };
    if wide(bytes, at + prefix.len()).is_some_and(|b| b.is_ascii_digit()) {
        return wide_code_at(bytes, at);
    }
    let least = if prefix == "MSIS" {
        if !begins(bytes, at) {
            return None;
        }
        3
    } else if bytes.get(at + 10) == Some(&b':') {
        4
    } else {
        5
    };
    let mut start = at + prefix.len();
    let mut digits = digits_at(bytes, start);
    if digits == 0 {
        let gap = match bytes.get(start..start + 2) {
            Some(b": ") => 2,
            Some([b' ' | b'-' | b'_' | b':' | b'+', _]) => 1,
            _ => return None,
        };
        start += gap;
        digits = digits_at(bytes, start);
        if digits < 5 && prefix != "MSIS" {
            return None;
        }
    }
    if digits < least || digits > 9 {
        return None;
    }
    let end = start + digits;
    if bytes
        .get(end)
        .is_some_and(|b| is_word(*b) && !b.is_ascii_uppercase() && *b != b'_')
    {
        return None;
    }
    let number = std::str::from_utf8(&bytes[start..end]).ok()?;
    Some((format!("{prefix}{number}"), end))
}

/// A code whose prefix lacks its first letter.
fn mistyped_at(bytes: &[u8], at: usize) -> Option<(String, usize)> {
    let start = at + MISTYPED.len();
    if bytes.get(at..start) != Some(MISTYPED.as_bytes()) {
        return None;
    }
    let digits = digits_at(bytes, start);
    let end = start + digits;
    let alone = begins(bytes, at) && !bytes.get(end).is_some_and(|b| is_word(*b));
    let number = std::str::from_utf8(bytes.get(start..end)?).ok()?;
    (alone && (5..=9).contains(&digits)).then(|| (format!("AADSTS{number}"), end))
}

/// What every full-width letter, digit and sign begins with in UTF-8.
pub(crate) const WIDE: u8 = 0xef;

/// The ASCII letter, digit or sign that the full-width character at `at` stands for (U+FF01 to U+FF5E).
fn wide(bytes: &[u8], at: usize) -> Option<u8> {
    match bytes.get(at..at + 3)? {
        [WIDE, 0xbc, low @ 0x81..=0xbf] => Some(low - 0x60),
        [WIDE, 0xbd, low @ 0x80..=0x9e] => Some(low - 0x20),
        _ => None,
    }
}

/// A code with its prefix has no more letters and digits than this.
const MOST_WIDE: usize = 16;

/// A code some of whose letters or digits are full-width.
fn wide_code_at(bytes: &[u8], at: usize) -> Option<(String, usize)> {
    let near = &bytes[at..bytes.len().min(at + MOST_WIDE)];
    if !near.contains(&WIDE) {
        return None;
    }
    let mut code = String::with_capacity(MOST_WIDE);
    let mut end = at;
    while code.len() < MOST_WIDE {
        let (b, length) = match (wide(bytes, end), bytes.get(end)) {
            (Some(b), _) => (b, 3),
            (None, Some(b)) => (*b, 1),
            (None, None) => break,
        };
        if !b.is_ascii_alphanumeric() {
            break;
        }
        code.push(char::from(b.to_ascii_uppercase()));
        end += length;
    }
    let prefix = PREFIXES
        .into_iter()
        .find(|prefix| code.starts_with(prefix))?;
    let digits = &code[prefix.len()..];
    let number = (4..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    number.then_some((code, end))
}

/// How many digits begin at `at`.
pub(crate) fn digits_at(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).map_or(0, |rest| {
        rest.iter().take_while(|b| b.is_ascii_digit()).count()
    })
}

/// Whether a number that is called an error code can be a code of Entra. Smaller numbers are HTTP statuses and exit
/// codes; those of 10004 to 12999 are socket and HTTP errors of Windows; longer ones are results of Windows.
pub(crate) fn is_code_number(digits: &str) -> bool {
    (5..=7).contains(&digits.len())
        && digits
            .parse::<u32>()
            .is_ok_and(|n| n >= 10_000 && !(10_000..13_000).contains(&n))
}

/// A result of Windows that is called an error code, as it is written everywhere: in decimal digits (`3399614476`,
/// `-895352829`) or in hexadecimal ones without a prefix (`80043490`).
pub(crate) fn windows_result(digits: &str, negative: bool) -> Option<String> {
    let number = match (digits.len(), negative) {
        (8, false) if digits.starts_with("80") => u32::from_str_radix(digits, 16).ok()?,
        (10, false) => digits.parse::<u32>().ok()?,
        (9 | 10, true) => digits.parse::<u32>().ok()?.wrapping_neg(),
        _ => return None,
    };
    (number >= 0x8000_0000).then(|| format!("HRESULT 0x{number:08X}"))
}

/// The length of a GUID.
pub(crate) const GUID: usize = 36;

/// Whether a GUID begins at `at`.
pub(crate) fn is_guid_at(bytes: &[u8], at: usize) -> bool {
    bytes.get(at..at + GUID).is_some_and(|part| {
        part[8] == b'-'
            && part.iter().enumerate().all(|(i, b)| match i {
                8 | 13 | 18 | 23 => *b == b'-',
                _ => b.is_ascii_hexdigit(),
            })
    })
}

/// Whether a text is a GUID and nothing else.
pub fn is_guid(text: &str) -> bool {
    text.len() == GUID && is_guid_at(text.as_bytes(), 0)
}

/// The GUID that begins at `at`, in lower case.
pub(crate) fn guid_at(bytes: &[u8], at: usize) -> Option<String> {
    if !is_guid_at(bytes, at) {
        return None;
    }
    let mut guid = bytes[at..at + GUID].to_vec();
    guid.make_ascii_lowercase();
    String::from_utf8(guid).ok()
}

/// A whole text as a GUID, braces allowed.
pub(crate) fn guid(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('{').trim_end_matches('}');
    guid_at(text.as_bytes(), 0).filter(|guid| guid.len() == text.len())
}

/// How many codes of one error are looked at. No server means more; who sends thousands means to keep us busy.
pub(crate) const MOST_CODES: usize = 64;

/// Puts codes in order: the most specific first, the generic ones last, each once, no more than [`MOST_CODES`].
pub(crate) fn order(codes: &mut Vec<(String, usize)>) {
    if codes.len() < 2 {
        return;
    }
    if codes.len() == 2 {
        if codes[0].0 == codes[1].0 {
            codes.pop();
        }
    } else {
        let mut seen: HashSet<String> = HashSet::new();
        codes.retain(|(code, _)| seen.insert(code.clone()));
    }
    let rank = |code: &str| GENERIC.iter().position(|generic| *generic == code);
    codes.sort_by_key(|(code, _)| Reverse(rank(code).unwrap_or(GENERIC.len())));
    codes.truncate(MOST_CODES);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn codes_are_recognised_with_their_prefix() {
        let code = |text: &str| code_at(text.as_bytes(), 0).map(|(code, _)| code);
        assert_eq!(code("AADSTS50076: x").as_deref(), Some("AADSTS50076"));
        assert_eq!(code("aadsts 50076").as_deref(), Some("AADSTS50076"));
        assert_eq!(code("AADB2C90118").as_deref(), Some("AADB2C90118"));
        assert_eq!(code("MSIS9605: x").as_deref(), Some("MSIS9605"));
        assert_eq!(code("AADSTS５００７６：x").as_deref(), Some("AADSTS50076"));
        assert_eq!(code("ＡＡＤＳＴＳ50076").as_deref(), Some("AADSTS50076"));
        for text in [
            "AADSTSxxxxx",
            "AADSTS",
            "AADSTS12",
            "AADSTS 12",
            "AADSTS5007",
            "AADSTS50076000000",
            "MSISABC",
            "50076",
        ] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn results_of_windows_are_told_from_codes() {
        let result = |digits: &str, negative| windows_result(digits, negative);
        let expected = Some("HRESULT 0xCAA2000C");
        assert_eq!(result("3399614476", false).as_deref(), expected);
        assert_eq!(result("895352820", true).as_deref(), expected);
        assert_eq!(
            result("80043490", false).as_deref(),
            Some("HRESULT 0x80043490")
        );
        for (digits, negative) in [("50076", false), ("1399614476", false), ("50076", true)] {
            assert_eq!(result(digits, negative), None, "{digits}");
        }
    }

    #[test]
    fn the_generic_codes_come_last() {
        let codes = |list: &[&str]| {
            let mut codes = list.iter().map(|c| ((*c).to_owned(), 0)).collect();
            order(&mut codes);
            codes.into_iter().map(|(code, _)| code).collect::<Vec<_>>()
        };
        assert_eq!(
            codes(&["AADSTS70002", "AADSTS500133", "AADSTS70002"]),
            ["AADSTS500133", "AADSTS70002"]
        );
        assert_eq!(codes(&["AADSTS70000"]), ["AADSTS70000"]);
        assert_eq!(
            codes(&["AADSTS70002", "AADSTS70000"]),
            ["AADSTS70000", "AADSTS70002"]
        );
        assert_eq!(
            codes(&["AADB2C90273", "AADSTS16000"]),
            ["AADSTS16000", "AADB2C90273"]
        );
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC*", shaped in "[AaDSTSB2C0-9:% TZ+-]{0,50}") {
            for text in [text, shaped] {
                for (at, _) in text.char_indices() {
                    let _ = (code_at(text.as_bytes(), at), guid_at(text.as_bytes(), at));
                }
            }
        }
    }
}
