//! The names under which replies, logs, pages and programs write the parts of an error.

mod names;

use crate::decode::member::{begins, is_word};
use crate::model::FactKind;

/// What a name introduces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Error,
    /// A number, or the OAuth error: programs use the name for both.
    ErrorCode,
    Codes,
    Description,
    /// What a library says: its sentence, or the error where the library puts it there.
    ErrorMessage,
    /// `code` of an API's error.
    ApiCode,
    /// What the client's telemetry header says: `1,50076,0,,`.
    Telemetry,
    SubError,
    Subcode,
    TraceId,
    /// The sign-in page calls the trace id so, an API its own id.
    RequestId,
    CorrelationId,
    Timestamp,
    Claims,
    ErrorUri,
    PasswordChangeUrl,
    Message,
    RetryAfter,
    Challenge,
    Status,
    /// Something that stands around the error.
    Around(FactKind),
    /// `x-client-SKU`.
    Sku,
    /// `x-client-Ver`.
    Ver,
}

/// The name at `at` and where it ends. `sticks`: it may follow a word without a gap.
pub(super) fn key_at(bytes: &[u8], at: usize, sticks: bool) -> Option<(Key, usize)> {
    if !sticks && !begins(bytes, at) {
        return None;
    }
    if !names::may_begin(bytes, at) {
        return None;
    }
    names::of(*bytes.get(at)?).iter().find_map(|(words, key)| {
        let end = matched(bytes, at, words)?;
        (!bytes.get(end).is_some_and(|b| is_word(*b))).then_some((*key, end))
    })
}

fn matched(bytes: &[u8], mut at: usize, words: &[&str]) -> Option<usize> {
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            at += match bytes.get(at) {
                Some(b' ' | b'_' | b'-' | b'+') => 1,
                Some(b'%') if bytes.get(at + 1..at + 3) == Some(b"20") => 3,
                Some(0xc2) if bytes.get(at + 1) == Some(&0xa0) => 2,
                _ => 0,
            };
        }
        let part = bytes.get(at..at + word.len())?;
        if !part.eq_ignore_ascii_case(word.as_bytes()) {
            return None;
        }
        at += word.len();
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_in_every_spelling() {
        for text in [
            "error_description",
            "Error Description",
            "errorDescription",
            "ErrorDescription",
            "error+description",
            "error%20description",
        ] {
            assert_eq!(
                key_at(text.as_bytes(), 0, false),
                Some((Key::Description, text.len())),
                "{text}"
            );
        }
        for (text, key) in [
            ("errorCode", Key::ErrorCode),
            ("suberror", Key::SubError),
            ("Correlation Id", Key::CorrelationId),
            ("x-ms-request-id", Key::TraceId),
            ("V2Error", Key::Error),
        ] {
            assert_eq!(
                key_at(text.as_bytes(), 0, false).map(|(key, _)| key),
                Some(key),
                "{text}"
            );
        }
    }

    #[test]
    fn parts_of_other_words_are_no_names() {
        assert_eq!(key_at(b"errors", 0, false), None);
        assert_eq!(key_at(b"terror", 1, false), None);
        assert_eq!(key_at(b"is_error", 3, false), None);
        assert_eq!(key_at(b"\\nerror", 2, false), Some((Key::Error, 7)));
        assert_eq!(key_at(b"%26error%3D", 3, false), Some((Key::Error, 8)));
    }
}
