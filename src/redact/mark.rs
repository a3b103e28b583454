//! The marks that stand for secrets, `‹refresh token 5f2a91c0›`, and how they are known again.

use std::ops::Range;

use sha2::{Digest as _, Sha256};

use crate::model::SecretKind;

/// Shorter values are not taken for machine-made, whatever they are called: 20 letters of base64 are 120 bits, and a
/// fingerprint of less could be tried out.
const LEAST: usize = 20;

const KINDS: [SecretKind; 15] = [
    SecretKind::ClientSecret,
    SecretKind::Password,
    SecretKind::OneTimeCode,
    SecretKind::RefreshToken,
    SecretKind::AccessToken,
    SecretKind::IdToken,
    SecretKind::AuthorizationCode,
    SecretKind::DeviceCode,
    SecretKind::UserCode,
    SecretKind::CodeVerifier,
    SecretKind::Assertion,
    SecretKind::Cookie,
    SecretKind::PrivateKey,
    SecretKind::DpopProof,
    SecretKind::Other,
];

/// The mark for a value. Client secrets are hashed with the installation's key before them.
pub(super) fn of(key: [u8; 16], kind: SecretKind, value: &str) -> String {
    let word = kind.word();
    let mut hash = Sha256::new();
    if kind == SecretKind::ClientSecret {
        hash.update(key);
    } else if !kind.machine_made() || value.len() < LEAST {
        return format!("‹{word}›");
    }
    hash.update(value.as_bytes());
    let mut mark = format!("‹{word} ");
    for byte in hash.finalize().iter().take(4) {
        for digit in [byte >> 4, byte & 15] {
            mark.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
    }
    mark.push('›');
    mark
}

/// The length of the mark that a text begins with.
pub(super) fn length_at(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('‹')?;
    let word = KINDS
        .iter()
        .map(|kind| kind.word())
        .filter(|word| inside.starts_with(word))
        .max_by_key(|word| word.len())?;
    let rest = &inside[word.len()..];
    let digits = rest.strip_prefix(' ').map_or(0, |digits| {
        let hex = |b: &u8| b.is_ascii_digit() || matches!(b, b'a'..=b'f');
        if digits.len() >= 8 && digits.as_bytes()[..8].iter().all(hex) {
            9
        } else {
            0
        }
    });
    let closed = rest.get(digits..)?.starts_with('›');
    closed.then_some('‹'.len_utf8() + word.len() + digits + '›'.len_utf8())
}

/// Where a text goes on after the marks it begins with.
pub(super) fn skip(text: &str) -> usize {
    let mut at = 0;
    while let Some(length) = text.get(at..).and_then(length_at) {
        at += length;
    }
    at
}

/// Where the marks of a text stand, in order.
pub(super) fn all(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find('‹').map(|found| at + found) {
        let length = length_at(&text[next..]);
        out.extend(length.map(|length| next..next + length));
        at = next + length.unwrap_or('‹'.len_utf8());
    }
    out
}

/// Widens a range so that it cuts no mark in two. `None` if it holds marks and otherwise only punctuation.
pub(super) fn around(text: &str, marks: &[Range<usize>], at: Range<usize>) -> Option<Range<usize>> {
    let first = marks.partition_point(|mark| mark.end <= at.start);
    let touched = marks[first..].iter().take_while(|mark| mark.start < at.end);
    let mut wide = at.clone();
    let mut rest = at.start;
    let mut said = false;
    let speaks = |range: Range<usize>| {
        text.get(range)
            .is_some_and(|part| part.contains(char::is_alphanumeric))
    };
    let mut any = false;
    for mark in touched {
        any = true;
        said |= rest < mark.start && speaks(rest..mark.start);
        rest = mark.end;
        wide = wide.start.min(mark.start)..wide.end.max(mark.end);
    }
    said |= rest < at.end && speaks(rest..at.end);
    (!any || said).then_some(wide)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_is_known_again() {
        for kind in KINDS {
            for value in ["short", "a value that is long enough to be hashed"] {
                let mark = of([7; 16], kind, value);
                assert_eq!(length_at(&mark), Some(mark.len()), "{mark}");
            }
        }
        assert_eq!(skip("‹code›‹password›rest"), "‹code›‹password›".len());
        assert_eq!(length_at("‹anything›"), None);
        assert_eq!(length_at("‹secret 5f2a91c›"), None);
    }

    #[test]
    fn client_secrets_depend_on_the_key_and_tokens_do_not() {
        let token = "0.AXkA-a-token-of-some-length";
        let mark = |key, kind| of([key; 16], kind, token);
        assert_ne!(
            mark(1, SecretKind::ClientSecret),
            mark(2, SecretKind::ClientSecret)
        );
        assert_eq!(
            mark(1, SecretKind::RefreshToken),
            mark(2, SecretKind::RefreshToken)
        );
        assert_eq!(mark(1, SecretKind::Password), "‹password›");
    }
}
