//! The names under which replies, logs, pages and programs write the parts of an error.

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

/// Words that may be joined by nothing, a blank, `_` or `-`. Longer names stand before those that begin them.
const NAMES: &[(&[&str], Key)] = &[
    (&["error", "description"], Key::Description),
    (&["error", "codes"], Key::Codes),
    (&["error", "code"], Key::ErrorCode),
    (&["error", "no"], Key::Codes),
    (&["error", "uri"], Key::ErrorUri),
    (&["error", "subcode"], Key::Subcode),
    (&["error", "message"], Key::ErrorMessage),
    (&["server", "error", "code"], Key::ErrorCode),
    (&["server", "suberror", "code"], Key::SubError),
    (&["server", "sub", "code"], Key::SubError),
    (&["x", "ms", "clitelem"], Key::Telemetry),
    (&["error", "type"], Key::Error),
    (&["error"], Key::Error),
    (&["v2", "error"], Key::Error),
    (&["o", "auth", "error"], Key::Error),
    (&["description"], Key::Description),
    (&["sub", "error"], Key::SubError),
    (&["status", "code"], Key::Status),
    (&["trace", "id"], Key::TraceId),
    (&["request", "id"], Key::RequestId),
    (&["x", "ms", "request", "id"], Key::TraceId),
    (&["correlation", "id"], Key::CorrelationId),
    (&["client", "request", "id"], Key::CorrelationId),
    (&["timestamp"], Key::Timestamp),
    (&["time", "stamp"], Key::Timestamp),
    (&["password", "change", "url"], Key::PasswordChangeUrl),
    (&["result", "type"], Key::ErrorCode),
    (&["fehlercode"], Key::ErrorCode),
    (&["foutcode"], Key::ErrorCode),
    (&["felkod"], Key::ErrorCode),
    (&["fejlkode"], Key::ErrorCode),
    (&["feilkode"], Key::ErrorCode),
    (&["hibakód"], Key::ErrorCode),
    (&["hata", "kodu"], Key::ErrorCode),
    (&["virhekoodi"], Key::ErrorCode),
    (&["kod", "błędu"], Key::ErrorCode),
    (&["kód", "chyby"], Key::ErrorCode),
    (&["codice", "errore"], Key::ErrorCode),
    (&["codice", "di", "errore"], Key::ErrorCode),
    (&["código", "de", "error"], Key::ErrorCode),
    (&["código", "de", "erro"], Key::ErrorCode),
    (&["código", "do", "erro"], Key::ErrorCode),
    (&["code", "d’erreur"], Key::ErrorCode),
    (&["code", "d'erreur"], Key::ErrorCode),
    (&["msalo", "auth", "error", "key"], Key::Error),
    (&["msalo", "auth", "sub", "error", "key"], Key::SubError),
    (&["claims", "challenge"], Key::Claims),
    (&["claims"], Key::Claims),
    (&["retry", "after"], Key::RetryAfter),
    (&["message"], Key::Message),
    (&["http", "error"], Key::Status),
    (&["http", "status"], Key::Status),
    (&["www", "authenticate"], Key::Challenge),
    (&["x", "client", "sku"], Key::Sku),
    (&["x", "client", "ver"], Key::Ver),
    (&["tenant", "id"], Key::Around(FactKind::Tenant)),
    (&["tenant"], Key::Around(FactKind::Tenant)),
    (&["tid"], Key::Around(FactKind::Tenant)),
    (&["client", "id"], Key::Around(FactKind::AppId)),
    (&["app", "id"], Key::Around(FactKind::AppId)),
    (&["application", "id"], Key::Around(FactKind::AppId)),
    (&["app", "display", "name"], Key::Around(FactKind::AppName)),
    (&["resource", "id"], Key::Around(FactKind::Resource)),
    (&["resource"], Key::Around(FactKind::Resource)),
    (&["scopes"], Key::Around(FactKind::Scope)),
    (&["scope"], Key::Around(FactKind::Scope)),
    (&["user", "principal", "name"], Key::Around(FactKind::User)),
    (&["user", "name"], Key::Around(FactKind::User)),
    (&["user"], Key::Around(FactKind::User)),
    (&["upn"], Key::Around(FactKind::User)),
    (&["login", "hint"], Key::Around(FactKind::User)),
    (&["account"], Key::Around(FactKind::User)),
    (&["code"], Key::ApiCode),
];

/// The name at `at` and where it ends. `sticks`: it may follow a word without a gap.
pub(super) fn key_at(bytes: &[u8], at: usize, sticks: bool) -> Option<(Key, usize)> {
    if !sticks && !begins(bytes, at) {
        return None;
    }
    let first = bytes.get(at)?.to_ascii_lowercase();
    NAMES
        .iter()
        .filter(|(words, _)| words[0].as_bytes()[0] == first)
        .find_map(|(words, key)| {
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
