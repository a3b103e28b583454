//! Secrets that come back in disguise: percent-encoded, escaped as in JSON or HTML, in base64 or in hexadecimal
//! digits, and one of these inside another. What looks for them knows the secrets; nothing is guessed.

use std::ops::Range;

use super::find::Hit;
use crate::decode::jwt;
use crate::model::SecretKind;

/// How many disguises may lie over each other.
const LAYERS: usize = 3;
/// Shorter runs of base64 hide nothing that is looked for.
const LEAST_RUN: usize = 8;
/// Longer runs are not decoded: nobody's secret is as long.
const LONGEST_RUN: usize = 64 << 10;

/// A text with one layer of escapes resolved, and for each of its bytes where that came from in the source.
struct View {
    text: String,
    /// One entry a byte, and one for the end.
    from: Vec<usize>,
}

/// Everything in `text` that is one of the secrets in disguise.
pub(super) fn hits(text: &str, known: &[(SecretKind, &str)], out: &mut Vec<Hit>) {
    if known.is_empty() {
        return;
    }
    encoded(text, known, |range| range, out);
    let mut view = View::of(text, &|at| at);
    for _ in 0..LAYERS {
        let Some(this) = view.take() else { return };
        let source = |range: Range<usize>| this.from[range.start]..this.from[range.end];
        for (kind, value) in known {
            let plus = value.replace(' ', "+");
            for form in [*value, plus.as_str()] {
                for (at, _) in this.text.match_indices(form) {
                    let at = source(at..at + form.len());
                    out.push(Hit::new(at, *kind, (*value).to_owned()));
                }
            }
        }
        encoded(&this.text, known, source, out);
        view = View::of(&this.text, &|at| this.from[at]);
    }
}

/// Runs of base64 or of hexadecimal digits that hold a secret.
fn encoded(
    text: &str,
    known: &[(SecretKind, &str)],
    source: impl Fn(Range<usize>) -> Range<usize>,
    out: &mut Vec<Hit>,
) {
    let bytes = text.as_bytes();
    let letter = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_');
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..].iter().take_while(|b| letter(b)).count();
        if (LEAST_RUN..LONGEST_RUN).contains(&length) {
            let word = &text[at..at + length];
            let shorter = &word[..length - usize::from(length % 4 == 1)];
            let plain = [jwt::base64(shorter), hexadecimal(word)];
            let held = plain.iter().flatten().find_map(|plain| {
                let holds = |value: &str| plain.windows(value.len()).any(|w| w == value.as_bytes());
                known.iter().find(|(_, value)| holds(value))
            });
            if let Some((kind, value)) = held {
                out.push(Hit::new(
                    source(at..at + length),
                    *kind,
                    (*value).to_owned(),
                ));
            }
        }
        at += length.max(1);
    }
}

fn hexadecimal(word: &str) -> Option<Vec<u8>> {
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let digits = word.bytes().all(|b| b.is_ascii_hexdigit());
    (digits && word.len().is_multiple_of(2))
        .then(|| word.as_bytes().chunks_exact(2).filter_map(pair).collect())
}

impl View {
    /// Resolves one layer; `None` if there is none.
    fn of(text: &str, source: &dyn Fn(usize) -> usize) -> Option<Self> {
        if !text.bytes().any(|b| matches!(b, b'%' | b'\\' | b'&')) {
            return None;
        }
        let mut bytes = Vec::with_capacity(text.len());
        let mut from = Vec::with_capacity(text.len() + 1);
        let (mut at, mut changed) = (0, false);
        while at < text.len() {
            let start = source(at);
            let mut put = |b: &[u8]| {
                bytes.extend_from_slice(b);
                from.extend(std::iter::repeat_n(start, b.len()));
            };
            let length = if let Some((unit, length)) = escape(&text.as_bytes()[at..]) {
                changed = true;
                match unit {
                    Unit::Byte(byte) => put(&[byte]),
                    Unit::Char(c) => put(c.encode_utf8(&mut [0; 4]).as_bytes()),
                }
                length
            } else {
                put(&text.as_bytes()[at..=at]);
                1
            };
            at += length;
        }
        from.push(source(text.len()));
        // Percent-encoded bytes need not be UTF-8: then each broken part is one byte that no secret holds.
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(broken) => {
                let mut bytes = broken.into_bytes();
                bytes
                    .iter_mut()
                    .filter(|b| !b.is_ascii())
                    .for_each(|b| *b = 0);
                String::from_utf8(bytes).ok()?
            }
        };
        changed.then_some(Self { text, from })
    }
}

/// What an escape stands for.
enum Unit {
    Byte(u8),
    Char(char),
}

/// The escape that the bytes begin with, and its length.
fn escape(bytes: &[u8]) -> Option<(Unit, usize)> {
    let number = |digits: &[u8], base| {
        let text = std::str::from_utf8(digits).ok()?;
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric());
        u32::from_str_radix(text, base)
            .ok()
            .filter(|_| plain && !text.is_empty())
    };
    match *bytes.first()? {
        b'%' => {
            let byte = number(bytes.get(1..3)?, 16)?;
            Some((Unit::Byte(u8::try_from(byte).ok()?), 3))
        }
        b'\\' => match *bytes.get(1)? {
            b'u' => Some((
                Unit::Char(char::from_u32(number(bytes.get(2..6)?, 16)?)?),
                6,
            )),
            b'x' => Some((
                Unit::Char(char::from_u32(number(bytes.get(2..4)?, 16)?)?),
                4,
            )),
            b @ (b'"' | b'\\' | b'/' | b'\'') => Some((Unit::Byte(b), 2)),
            _ => None,
        },
        b'&' => {
            let end = bytes.iter().take(12).position(|b| *b == b';')?;
            let name = &bytes[1..end];
            let c = match name {
                b"amp" => '&',
                b"lt" => '<',
                b"gt" => '>',
                b"quot" => '"',
                b"apos" => '\'',
                b"nbsp" => ' ',
                [b'#', b'x' | b'X', digits @ ..] => char::from_u32(number(digits, 16)?)?,
                [b'#', digits @ ..] => char::from_u32(number(digits, 10)?)?,
                _ => return None,
            };
            Some((Unit::Char(c), end + 1))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECRET: &str = "Qz8~Wb4.kV+7s/T \"n";

    fn found(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        hits(text, &[(SecretKind::ClientSecret, SECRET)], &mut out);
        out.iter()
            .map(|hit| text[hit.at.clone()].to_owned())
            .collect()
    }

    #[test]
    fn every_disguise_is_seen_through() {
        for disguise in [
            "Qz8%7EWb4.kV%2B7s%2FT%20%22n",
            "Qz8%7eWb4.kV%2b7s%2fT+%22n",
            "%51%7a%38%7e%57%62%34%2e%6b%56%2b%37%73%2f%54%20%22%6e",
            "Qz8%257EWb4.kV%252B7s%252FT%2520%2522n",
            r#"Qz8~Wb4.kV+7s\/T \"n"#,
            r"Qz8\u007eWb4.kV\u002B7s/T\u0020\u0022n",
            "Qz8~Wb4.kV+7s&#x2F;T &quot;n",
            "Qz8~Wb4.kV&#43;7s/T&nbsp;&#34;n",
            "UXo4fldiNC5rVis3cy9UICJu",
            "YXBwOlF6OH5XYjQua1YrN3MvVCAibg",
            "517a387e5762342e6b562b37732f5420226e",
        ] {
            assert_eq!(found(&format!("x {disguise} y")), [disguise], "{disguise}");
        }
        assert!(found("%41 \\u0041 &amp; QUJDREVGRw").is_empty());
    }

    proptest! {
        #[test]
        fn nothing_panics_and_every_hit_is_a_piece_of_the_text(text in "([%\\\\&u#x;0-9a-fQz8~]|\\PC)*") {
            let mut out = Vec::new();
            hits(&text, &[(SecretKind::Other, "Qz"), (SecretKind::Other, "é")], &mut out);
            for hit in out {
                prop_assert!(hit.at.start <= hit.at.end && hit.at.end <= text.len());
            }
        }
    }
}
