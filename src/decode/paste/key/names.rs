//! The table of names, by first letter.

use super::super::begin::Begin;
use super::Key;
use crate::model::FactKind;

/// Words that may be joined by nothing, a blank, `_` or `-`, and what they introduce.
type Name = (&'static [&'static str], Key);

/// The names that begin with a letter. Longer ones stand before those that begin them.
pub(super) fn of(first: u8) -> &'static [Name] {
    let index = usize::from(first.to_ascii_lowercase().wrapping_sub(b'a'));
    NAMES.get(index).copied().unwrap_or_default()
}

/// Whether a name may begin at `at`.
pub(super) fn may_begin(bytes: &[u8], at: usize) -> bool {
    BEGIN.at(bytes, at)
}

static BEGIN: Begin = {
    let mut begin = Begin::NONE;
    let mut row = 0;
    while row < NAMES.len() {
        let mut next = 0;
        while next < NAMES[row].len() {
            begin = begin.with(NAMES[row][next].0[0]);
            next += 1;
        }
        row += 1;
    }
    begin
};

const NAMES: [&[Name]; 26] = [
    // a
    &[
        (&["app", "id"], Key::Around(FactKind::AppId)),
        (&["application", "id"], Key::Around(FactKind::AppId)),
        (&["app", "display", "name"], Key::Around(FactKind::AppName)),
        (&["account"], Key::Around(FactKind::User)),
    ],
    // b
    &[],
    // c
    &[
        (&["correlation", "id"], Key::CorrelationId),
        (&["client", "request", "id"], Key::CorrelationId),
        (&["codice", "errore"], Key::ErrorCode),
        (&["codice", "di", "errore"], Key::ErrorCode),
        (&["código", "de", "error"], Key::ErrorCode),
        (&["código", "de", "erro"], Key::ErrorCode),
        (&["código", "do", "erro"], Key::ErrorCode),
        (&["code", "d’erreur"], Key::ErrorCode),
        (&["code", "d'erreur"], Key::ErrorCode),
        (&["claims", "challenge"], Key::Claims),
        (&["claims"], Key::Claims),
        (&["client", "id"], Key::Around(FactKind::AppId)),
        (&["code"], Key::ApiCode),
    ],
    // d
    &[(&["description"], Key::Description)],
    // e
    &[
        (&["error", "description"], Key::Description),
        (&["error", "codes"], Key::Codes),
        (&["error", "code"], Key::ErrorCode),
        (&["error", "no"], Key::Codes),
        (&["error", "uri"], Key::ErrorUri),
        (&["error", "subcode"], Key::Subcode),
        (&["error", "message"], Key::ErrorMessage),
        (&["error", "type"], Key::Error),
        (&["error"], Key::Error),
    ],
    // f
    &[
        (&["fehlercode"], Key::ErrorCode),
        (&["foutcode"], Key::ErrorCode),
        (&["felkod"], Key::ErrorCode),
        (&["fejlkode"], Key::ErrorCode),
        (&["feilkode"], Key::ErrorCode),
    ],
    // g
    &[],
    // h
    &[
        (&["hibakód"], Key::ErrorCode),
        (&["hata", "kodu"], Key::ErrorCode),
        (&["http", "error"], Key::Status),
        (&["http", "status"], Key::Status),
    ],
    // i
    &[],
    // j
    &[],
    // k
    &[
        (&["kod", "błędu"], Key::ErrorCode),
        (&["kód", "chyby"], Key::ErrorCode),
    ],
    // l
    &[(&["login", "hint"], Key::Around(FactKind::User))],
    // m
    &[
        (&["msalo", "auth", "error", "key"], Key::Error),
        (&["msalo", "auth", "sub", "error", "key"], Key::SubError),
        (&["message"], Key::Message),
    ],
    // n
    &[],
    // o
    &[(&["o", "auth", "error"], Key::Error)],
    // p
    &[(&["password", "change", "url"], Key::PasswordChangeUrl)],
    // q
    &[],
    // r
    &[
        (&["request", "id"], Key::RequestId),
        (&["result", "type"], Key::ErrorCode),
        (&["retry", "after"], Key::RetryAfter),
        (&["resource", "id"], Key::Around(FactKind::Resource)),
        (&["resource"], Key::Around(FactKind::Resource)),
    ],
    // s
    &[
        (&["server", "error", "code"], Key::ErrorCode),
        (&["server", "suberror", "code"], Key::SubError),
        (&["server", "sub", "code"], Key::SubError),
        (&["sub", "error"], Key::SubError),
        (&["status", "code"], Key::Status),
        (&["scopes"], Key::Around(FactKind::Scope)),
        (&["scope"], Key::Around(FactKind::Scope)),
    ],
    // t
    &[
        (&["trace", "id"], Key::TraceId),
        (&["timestamp"], Key::Timestamp),
        (&["time", "stamp"], Key::Timestamp),
        (&["tenant", "id"], Key::Around(FactKind::Tenant)),
        (&["tenant"], Key::Around(FactKind::Tenant)),
        (&["tid"], Key::Around(FactKind::Tenant)),
    ],
    // u
    &[
        (&["user", "principal", "name"], Key::Around(FactKind::User)),
        (&["user", "name"], Key::Around(FactKind::User)),
        (&["user"], Key::Around(FactKind::User)),
        (&["upn"], Key::Around(FactKind::User)),
    ],
    // v
    &[
        (&["v2", "error"], Key::Error),
        (&["virhekoodi"], Key::ErrorCode),
    ],
    // w
    &[(&["www", "authenticate"], Key::Challenge)],
    // x
    &[
        (&["x", "ms", "clitelem"], Key::Telemetry),
        (&["x", "ms", "request", "id"], Key::TraceId),
        (&["x", "client", "sku"], Key::Sku),
        (&["x", "client", "ver"], Key::Ver),
    ],
    // y
    &[],
    // z
    &[],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_stands_under_its_letter() {
        for first in b'a'..=b'z' {
            assert!(
                of(first)
                    .iter()
                    .all(|(words, _)| words[0].as_bytes()[0] == first)
            );
        }
        assert!(of(b'!').is_empty() && !of(b'E').is_empty());
    }
}
