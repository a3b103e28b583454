//! Recognising what stands in replies: codes, ids, times, and words that look like an OAuth `error`.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::member::{begins, is_word};
use crate::model::Moment;

/// Codes that say only that something is wrong; never the primary one when another is there.
const GENERIC: [&str; 3] = ["AADSTS70002", "AADSTS70000", "AADSTS50000"];

/// Values of `error` that count even without anything beside them: RFC 6749, 6750, 8628, 8693, 8707, 9126, 9449, 9470,
/// OpenID Connect Core and CIBA, and what Microsoft Entra and its libraries say in its place.
const KNOWN_ERRORS: [&str; 72] = [
    "access_denied",
    "account_selection_required",
    "authentication_failed",
    "authorization_declined",
    "authorization_pending",
    "bad_token",
    "bad_verification_code",
    "code_expired",
    "consent_required",
    "credential_required",
    "endpoints_resolution_error",
    "expired_login_hint_token",
    "expired_token",
    "insufficient_claims",
    "insufficient_scope",
    "insufficient_user_authentication",
    "interaction_required",
    "interrupted_user",
    "invalid_authorization_details",
    "invalid_binding_message",
    "invalid_client",
    "invalid_client_metadata",
    "invalid_continuation_token",
    "invalid_dpop_proof",
    "invalid_grant",
    "invalid_instance",
    "invalid_issuer",
    "invalid_metadata",
    "invalid_redirect_uri",
    "invalid_request",
    "invalid_request_object",
    "invalid_request_uri",
    "invalid_resource",
    "invalid_scope",
    "invalid_software_statement",
    "invalid_subject",
    "invalid_target",
    "invalid_tenant",
    "invalid_token",
    "invalid_trust_anchor",
    "invalid_trust_chain",
    "invalid_user_code",
    "login_required",
    "managed_identity_request_failed",
    "mfa_required",
    "missing_user_code",
    "native_account_unavailable",
    "no_account_found",
    "no_tokens_found",
    "redirect_uri_mismatch",
    "registration_not_supported",
    "registration_required",
    "request_not_supported",
    "request_uri_not_supported",
    "server_error",
    "slow_down",
    "temporarily_unavailable",
    "transaction_failed",
    "unapproved_software_statement",
    "unauthorized_client",
    "unknown_user_id",
    "unmet_authentication_requirements",
    "unsupported_auth_method",
    "unsupported_challenge_type",
    "unsupported_grant_type",
    "unsupported_response_mode",
    "unsupported_response_type",
    "unsupported_token_type",
    "use_dpop_nonce",
    "user_cancelled",
    "user_password_expired",
    "wrong_tenant",
];

/// Whether a word is a known OAuth error.
pub(crate) fn is_known_error(word: &str) -> bool {
    KNOWN_ERRORS.binary_search(&word).is_ok()
}

/// Whether a word could be an OAuth error: lower-case letters, digits, underscores; a letter first.
pub(crate) fn is_error_shaped(word: &str) -> bool {
    word.len() <= 64
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && word
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// A code at `at`, as it is written everywhere (`AADSTS50076`), and where it ends. A blank, hyphen or colon between
/// prefix and number is accepted.
pub(crate) fn code_at(bytes: &[u8], at: usize) -> Option<(String, usize)> {
    let rest = bytes.get(at..)?;
    let prefix = ["AADSTS", "AADB2C", "MSIS"].into_iter().find(|prefix| {
        rest.get(..prefix.len())
            .is_some_and(|part| part.eq_ignore_ascii_case(prefix.as_bytes()))
    })?;
    let least = if prefix == "MSIS" {
        if !begins(bytes, at) {
            return None;
        }
        3
    } else {
        4
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

/// How many digits begin at `at`.
pub(crate) fn digits_at(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).map_or(0, |rest| {
        rest.iter().take_while(|b| b.is_ascii_digit()).count()
    })
}

/// Whether a number that is called an error code can be a code of Entra. Smaller numbers are HTTP statuses and exit
/// codes; those of 10004 to 12999 are socket and HTTP errors of Windows.
pub(crate) fn is_code_number(digits: &str) -> bool {
    (5..=8).contains(&digits.len())
        && digits
            .parse::<u32>()
            .is_ok_and(|n| n >= 10_000 && !(10_000..13_000).contains(&n))
}

/// The length of a GUID.
pub(crate) const GUID: usize = 36;

/// The GUID that begins at `at`, in lower case.
pub(crate) fn guid_at(bytes: &[u8], at: usize) -> Option<String> {
    let part = bytes.get(at..at + GUID)?;
    let shaped = part.iter().enumerate().all(|(i, b)| match i {
        8 | 13 | 18 | 23 => *b == b'-',
        _ => b.is_ascii_hexdigit(),
    });
    if !shaped {
        return None;
    }
    std::str::from_utf8(part).ok().map(str::to_ascii_lowercase)
}

/// A whole text as a GUID, braces allowed.
pub(crate) fn guid(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('{').trim_end_matches('}');
    guid_at(text.as_bytes(), 0).filter(|guid| guid.len() == text.len())
}

/// A time as RFC 3339, from the ways in which replies write it. `None` where it is none.
pub(crate) fn time(text: &str) -> Option<String> {
    let text = text.trim();
    if !text.starts_with(|c: char| c.is_ascii_digit()) || text.len() > 48 {
        return None;
    }
    let parsed = Moment::parse(text)
        .or_else(|| Moment::parse(&format!("{text}Z")))
        .or_else(|| Moment::parse(&text.replacen('+', " ", 1)))?;
    Some(parsed.iso())
}

/// The time that begins at `at`, as RFC 3339, and where it ends. `2026-11-22 14:02:11Z`, with `T`, a fraction, an
/// offset, or percent-encoded.
pub(crate) fn time_at(text: &str, at: usize) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    let date = bytes.get(at..at + 10)?;
    let dated = date.iter().enumerate().all(|(i, b)| {
        if matches!(i, 4 | 7) {
            *b == b'-'
        } else {
            b.is_ascii_digit()
        }
    });
    if !dated {
        return None;
    }
    let allowed = |b: &u8| {
        b.is_ascii_digit()
            || matches!(
                b,
                b'-' | b':' | b'.' | b'+' | b'%' | b'T' | b'Z' | b't' | b'z' | b'a' | b'A'
            )
    };
    let mut end = at + 10;
    if matches!(bytes.get(end), Some(b' ')) && digits_at(bytes, end + 1) == 2 {
        end += 1;
    }
    end += bytes[end..]
        .iter()
        .take(32)
        .take_while(|b| allowed(b))
        .count();
    let mut slice = text.get(at..end)?;
    loop {
        let decoded = super::unescape::percent(slice, false);
        if let Some(found) = time(&decoded) {
            return Some((found, at + slice.len()));
        }
        // Something that is not part of the time stuck to its end.
        let shorter = slice.len().checked_sub(1).filter(|length| *length >= 16)?;
        slice = slice.get(..shorter)?;
    }
}

/// How many codes of one error are looked at. No server means more; who sends thousands means to keep us busy.
pub(crate) const MOST_CODES: usize = 64;

/// Puts codes in order: the most specific first, the generic ones last, each once, no more than [`MOST_CODES`].
pub(crate) fn order(codes: &mut Vec<(String, usize)>) {
    let mut seen: HashSet<String> = HashSet::new();
    codes.retain(|(code, _)| seen.insert(code.clone()));
    codes.sort_by_key(|(code, _)| Reverse(!GENERIC.contains(&code.as_str())));
    codes.truncate(MOST_CODES);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_known_errors_are_sorted() {
        assert!(KNOWN_ERRORS.is_sorted());
        assert!(
            KNOWN_ERRORS
                .iter()
                .all(|e| is_error_shaped(e) && is_known_error(e))
        );
    }

    #[test]
    fn codes_are_recognised_with_their_prefix() {
        let code = |text: &str| code_at(text.as_bytes(), 0).map(|(code, _)| code);
        assert_eq!(code("AADSTS50076: x").as_deref(), Some("AADSTS50076"));
        assert_eq!(code("aadsts 50076").as_deref(), Some("AADSTS50076"));
        assert_eq!(code("AADB2C90118").as_deref(), Some("AADB2C90118"));
        assert_eq!(code("MSIS9605: x").as_deref(), Some("MSIS9605"));
        for text in [
            "AADSTSxxxxx",
            "AADSTS",
            "AADSTS12",
            "AADSTS 12",
            "AADSTS50076000000",
            "MSISABC",
            "50076",
        ] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_read_as_replies_write_them() {
        let time = |text: &str| time_at(text, 0).map(|(time, _)| time);
        let expected = Some("2026-11-22T14:02:11Z");
        for text in [
            "2026-11-22 14:02:11Z",
            "2026-11-22T14:02:11Z.",
            "2026-11-22T14:02:11.1234567Z",
            "2026-11-22 14:02:11",
            "2026-11-22+14%3a02%3a11Z&x",
            "2026-11-22T15:02:11+01:00",
            "2026-11-22 14:02:11Zand more",
        ] {
            assert_eq!(time(text).as_deref(), expected, "{text}");
        }
        assert_eq!(time("yyyy-mm-dd 10:15:00Z"), None);
        assert_eq!(time("2026-11-22"), None);
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
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC*", shaped in "[AaDSTSB2C0-9:% TZ+-]{0,50}") {
            for text in [text, shaped] {
                for (at, _) in text.char_indices() {
                    let _ = (code_at(text.as_bytes(), at), guid_at(text.as_bytes(), at), time_at(&text, at));
                }
            }
        }
    }
}
