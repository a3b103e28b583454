//! Secrets that are known by their looks, wherever they stand and whatever is before them.

use std::ops::Range;

use super::find::Hit;
use super::mark;
use crate::decode::{jwt, unescape};
use crate::model::SecretKind;

/// Runs shorter than this are not looked at.
const SHORTEST: usize = 20;
/// A run of mixed letters and digits of this length is hidden even if nothing else is known about it.
const SUSPICIOUS: usize = 100;

/// Letters of tokens in compact form.
const fn is_token(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'~')
}

/// Everything in a text that looks like a token, a client secret, a key or a password in an address.
pub(super) fn hits(text: &str, out: &mut Vec<Hit>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !is_token(bytes[at]) {
            userinfo(text, at, out);
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|b| is_token(**b)).count();
        if end - at >= SHORTEST {
            run(text, at..end, out);
        }
        user_code(text, at..end, out);
        at = end;
    }
    keys(text, out);
}

fn run(text: &str, at: Range<usize>, out: &mut Vec<Hit>) {
    // A sentence may end behind a token.
    let trimmed = text[at.clone()].trim_end_matches('.');
    let at = at.start..at.start + trimmed.len();
    let word = trimmed;
    let found = web_token(word, at.start)
        .or_else(|| entra(text, &at))
        .or_else(|| client_secret(word, at.start))
        .or_else(|| suspicious(text, &at));
    if let Some((at, kind)) = found {
        let value = text[at.clone()].to_owned();
        out.push(Hit::new(at, kind, value));
    }
}

/// A JSON web token, whole, cut at its end, or cut at its start so that a later part is left.
fn web_token(word: &str, start: usize) -> Option<(Range<usize>, SecretKind)> {
    let starts = word.match_indices("eyJ").map(|(at, _)| at).take(4);
    for at in starts {
        let rest = &word[at..];
        let first = rest.split('.').next().unwrap_or(rest);
        let headed = jwt::base64_start(first).is_some_and(|json| {
            ["\"alg\"", "\"typ\"", "\"kid\"", "\"enc\"", "\"x5t\""]
                .iter()
                .any(|name| holds(&json, name.as_bytes()))
        });
        let parted = rest.len() > first.len() + 8 || (at > 0 && word.as_bytes()[at - 1] == b'.');
        if headed || parted {
            // What sticks to it before is taken along: nothing tells where it ends.
            return Some((start..start + word.len(), token_kind(rest)));
        }
    }
    None
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// What a JSON web token is for, as far as its claims tell.
fn token_kind(token: &str) -> SecretKind {
    let Some(jwt) = jwt::parse(token) else {
        return SecretKind::AccessToken;
    };
    let has = |name: &str| jwt.claims.get(name).is_some();
    if has("htm") && has("htu") {
        SecretKind::DpopProof
    } else if has("iss") && jwt.claims.get("iss") == jwt.claims.get("sub") {
        SecretKind::Assertion
    } else if has("scp") || has("roles") || has("appid") || has("scope") {
        SecretKind::AccessToken
    } else if has("nonce") || has("at_hash") || has("c_hash") || has("preferred_username") {
        SecretKind::IdToken
    } else {
        SecretKind::AccessToken
    }
}

/// Refresh tokens and codes of Microsoft Entra (`0.A…`, `1.A…`) and of personal accounts (`M.C…`).
fn entra(text: &str, at: &Range<usize>) -> Option<(Range<usize>, SecretKind)> {
    let word = &text[at.clone()];
    let workplace = ["0.A", "1.A", "2.A"]
        .iter()
        .any(|start| word.starts_with(start))
        && word.len() >= 30;
    if workplace {
        return Some((at.clone(), SecretKind::RefreshToken));
    }
    let personal = ["M.C", "M.R"].iter().any(|start| word.starts_with(start))
        && word.as_bytes().get(3).is_some_and(u8::is_ascii_digit);
    if !personal {
        return None;
    }
    let more = |b: &u8| is_token(*b) || matches!(b, b'!' | b'*' | b'$' | b'%');
    let tail = text.as_bytes()[at.end..]
        .iter()
        .take_while(|b| more(b))
        .count();
    (word.len() + tail >= 30).then_some((at.start..at.end + tail, SecretKind::RefreshToken))
}

/// A client secret of Microsoft Entra: three letters, a digit, `Q~`, and 31 letters or more.
fn client_secret(word: &str, start: usize) -> Option<(Range<usize>, SecretKind)> {
    let tilde = word.find("Q~").filter(|at| *at >= 4)?;
    let after = word.len() - tilde - 2;
    let from = if tilde - 4 < SHORTEST { tilde - 4 } else { 0 };
    let digit = word.as_bytes()[tilde - 1].is_ascii_digit();
    (digit && after >= 20).then_some((start + from..start + word.len(), SecretKind::ClientSecret))
}

/// Long and random: the middle of something whose beginning is missing. Public keys, certificates, claims and other
/// JSON in base64 stay.
fn suspicious(text: &str, at: &Range<usize>) -> Option<(Range<usize>, SecretKind)> {
    let word = &text[at.clone()];
    if word.len() < SUSPICIOUS {
        return None;
    }
    let share = |wanted: fn(&u8) -> bool| word.bytes().filter(wanted).count() * 12 > word.len();
    let mixed =
        share(u8::is_ascii_lowercase) && share(u8::is_ascii_uppercase) && share(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    let joined = |b: Option<&u8>| matches!(b, Some(b'+' | b'/'));
    let standard = joined(bytes.get(at.end))
        || at
            .start
            .checked_sub(1)
            .is_some_and(|before| joined(bytes.get(before)));
    let json = jwt::base64_start(word).is_some_and(|json| json.starts_with(b"{"));
    (mixed && !standard && !json && !is_public(text, at.start))
        .then_some((at.clone(), SecretKind::Other))
}

/// Whether the member whose value begins at `at` holds something public.
fn is_public(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(['"', '\\', '[', ' ', '\n', '\r', ':', '=', '\'']);
    let name: String = before
        .chars()
        .rev()
        .take(24)
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '#'))
        .collect();
    let name: String = name.chars().rev().collect();
    [
        "n",
        "x",
        "y",
        "e",
        "x5c",
        "x5t",
        "state",
        "nonce",
        "sctx",
        "ctx",
        "code_challenge",
        "session_state",
        "client_info",
    ]
    .contains(&name.as_str())
}

/// A password in an address: `https://user:password@host`.
fn userinfo(text: &str, at: usize, out: &mut Vec<Hit>) {
    let bytes = text.as_bytes();
    if bytes.get(at..at + 3) != Some(b"://") {
        return;
    }
    let rest = &bytes[at + 3..];
    let end = rest.iter().take(300).position(|b| {
        matches!(b, b'@' | b'/' | b'?' | b'#' | b'"' | b'\'' | b'<' | b'>')
            || b.is_ascii_whitespace()
    });
    let Some(end) = end.filter(|end| rest[*end] == b'@') else {
        return;
    };
    let Some(colon) = rest[..end]
        .iter()
        .position(|b| *b == b':')
        .filter(|colon| colon + 1 < end)
    else {
        return;
    };
    let range = at + 3 + colon + 1..at + 3 + end;
    let value = text
        .get(range.clone())
        .filter(|value| mark::skip(value) < value.len());
    if let Some(value) = value {
        let value = unescape::percent(value, false);
        out.push(Hit::new(range, SecretKind::Password, value));
    }
}

/// The sentence of a device flow that tells the person what to type.
fn user_code(text: &str, at: Range<usize>, out: &mut Vec<Hit>) {
    let word = text[at.clone()].trim_end_matches('.');
    let typed = (6..=12).contains(&word.len())
        && word
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
    if typed && text[..at.start].ends_with("the code ") {
        out.push(Hit::new(
            at.start..at.start + word.len(),
            SecretKind::UserCode,
            word.to_owned(),
        ));
    }
}

/// Private keys in PEM, to their end line or the end of the text.
fn keys(text: &str, out: &mut Vec<Hit>) {
    let mut from = 0;
    while let Some(at) = text[from..].find("-----BEGIN ").map(|at| from + at) {
        from = at + 11;
        let Some(label) = text[from..]
            .split("-----")
            .next()
            .filter(|label| label.len() < 60)
        else {
            continue;
        };
        if !label.ends_with("PRIVATE KEY") {
            continue;
        }
        let start = from + label.len() + 5;
        if start > text.len() {
            return;
        }
        let end = text[start..]
            .find("-----END")
            .map_or(text.len(), |end| start + end);
        let value = text[start..end].trim();
        if mark::skip(value) < value.len() {
            out.push(Hit::new(
                start..end,
                SecretKind::PrivateKey,
                value.to_owned(),
            ));
        }
        from = end;
    }
}
