//! The values that a server's sentence quotes: the application, the tenant, the resource, the user it speaks of. The
//! words before a quoted value say what it is; what they do not say is a placeholder.

use std::ops::Range;

use super::code::{GUID, guid_at};
use crate::model::FactKind;

/// At most this many values are read out of one sentence, and only of its beginning.
const MOST: usize = 24;
const LONGEST: usize = 4 << 10;

/// A name that nothing quotes is not longer than this.
const NAME: usize = 60;

/// A quoted value is not longer than this.
const VALUE: usize = 200;

/// What the words before a value say it is. Longer ones stand before those that end them.
const BEFORE: &[(&str, FactKind)] = &[
    ("principal named", FactKind::Resource),
    ("resource app id", FactKind::Resource),
    ("tenant named", FactKind::Tenant),
    ("directory named", FactKind::Tenant),
    ("tenant identifier", FactKind::Tenant),
    ("tenant id", FactKind::Tenant),
    ("tenant", FactKind::Tenant),
    ("directory", FactKind::Tenant),
    ("organization", FactKind::Tenant),
    ("application with identifier", FactKind::AppId),
    ("application with id", FactKind::AppId),
    ("application id", FactKind::AppId),
    ("app id", FactKind::AppId),
    ("client id", FactKind::AppId),
    ("identifier", FactKind::AppId),
    ("application", FactKind::AppId),
    ("client", FactKind::AppId),
    ("app", FactKind::AppId),
    ("named", FactKind::AppName),
    ("application named", FactKind::AppName),
    ("resource", FactKind::Resource),
    ("access", FactKind::Resource),
    ("service (", FactKind::Resource),
    ("token for", FactKind::Resource),
    ("scopes", FactKind::Scope),
    ("scope", FactKind::Scope),
    ("user account", FactKind::User),
    ("account", FactKind::User),
    ("user", FactKind::User),
];

/// One value: what it is, and where it stands in the sentence.
pub(crate) type Quoted = (FactKind, Range<usize>);

/// Every value that a sentence quotes, in order.
pub(crate) fn values(sentence: &str) -> Vec<Quoted> {
    let mut limit = sentence.len().min(LONGEST);
    while !sentence.is_char_boundary(limit) {
        limit -= 1;
    }
    let (text, mut out, mut at) = (&sentence[..limit], Vec::new(), 0);
    let sign = |b: &u8| matches!(b, b'\'' | b' ' | b'\n');
    while let Some(found) = text.as_bytes()[at..].iter().position(sign) {
        let next = at + found;
        if out.len() >= MOST {
            break;
        }
        at = if text.as_bytes()[next] == b'\'' {
            quoted(text, next, &mut out)
        } else if text[next + 1..].starts_with(NAMED) {
            named(text, next + 1, &mut out)
        } else {
            bare(text, next + 1, &mut out)
        };
    }
    out
}

/// A value that nothing quotes: an id or a user that the words before it tell, and a domain before `directory`.
fn bare(text: &str, start: usize, out: &mut Vec<Quoted>) -> usize {
    let rest = &text[start..];
    // Most words are none of these; an id, a domain and a user have one of three signs in them.
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    if matches!(
        rest.as_bytes().get(letters),
        None | Some(b' ' | b',' | b'\'')
    ) {
        return start;
    }
    let length = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '\'' | ',' | '(' | ')'))
        .unwrap_or(rest.len());
    let value = rest[..length].trim_end_matches(['.', ':', ';']);
    if !value.contains(['-', '.', '@']) {
        return start;
    }
    let guid = value.len() == GUID && guid_at(value.as_bytes(), 0).is_some();
    let domain = value.contains('.')
        && !value.contains(['@', '/', ':'])
        && [" directory", " tenant"]
            .iter()
            .any(|word| rest[length..].starts_with(word));
    let kind = match kind_of(&text[..start], value) {
        FactKind::Placeholder if domain => FactKind::Tenant,
        kind @ (FactKind::AppId | FactKind::Tenant | FactKind::Resource) if guid => kind,
        kind @ FactKind::User => kind,
        _ => return start,
    };
    let end = start + value.len();
    out.push((kind, start..end));
    if kind == FactKind::AppId {
        in_brackets(text, end, out);
    }
    end
}

/// A value between apostrophes; returns where to go on.
fn quoted(text: &str, open: usize, out: &mut Vec<Quoted>) -> usize {
    let bytes = text.as_bytes();
    let opens = open
        .checked_sub(1)
        .is_none_or(|before| !bytes[before].is_ascii_alphanumeric());
    let start = open + 1;
    let close = bytes[start..]
        .iter()
        .take(VALUE)
        .position(|b| *b == b'\'' || *b == b'\n')
        .map(|found| start + found)
        .filter(|at| bytes[*at] == b'\'' && *at > start);
    let (true, Some(close)) = (opens, close) else {
        return start;
    };
    if bytes.get(close + 1).is_some_and(u8::is_ascii_alphanumeric) {
        return start;
    }
    let value = &text[start..close];
    if let Some(name) = name_before(text, open, value) {
        out.push((FactKind::AppName, name));
        out.push((FactKind::AppId, start..close));
    } else if value.bytes().any(|b| b.is_ascii_alphanumeric()) {
        let kind = kind_of(&text[..open], value);
        out.push((kind, start..close));
        if kind == FactKind::AppId {
            in_brackets(text, close + 1, out);
        }
    }
    close + 1
}

/// The name of an application whose id stands in brackets behind it: `the application Contoso Web ('…')`.
fn name_before(text: &str, open: usize, value: &str) -> Option<Range<usize>> {
    const WORD: &str = "application ";
    let before = text[..open].strip_suffix('(')?.trim_end();
    let guid = value.len() == GUID && guid_at(value.as_bytes(), 0).is_some();
    let near = before.ceil_char_boundary(before.len().saturating_sub(NAME));
    let start = near + before[near..].rfind(WORD)? + WORD.len();
    let plain = !before[start..].contains(['\'', '.', '\n', '(']);
    (guid && plain && start < before.len()).then_some(start..before.len())
}

/// The name of an application in brackets behind its id: `'…'(Contoso Desktop)`.
fn in_brackets(text: &str, at: usize, out: &mut Vec<Quoted>) {
    let Some(inside) = text[at..].strip_prefix('(') else {
        return;
    };
    let end = inside.find(')').filter(|end| (1..VALUE).contains(end));
    if let Some(end) = end.filter(|end| !inside[..*end].contains(['\'', '\n'])) {
        out.push((FactKind::AppName, at + 1..at + 1 + end));
    }
}

/// The word before a name that nothing quotes.
const NAMED: &str = "named ";

/// A value without quotes behind `named`: `the tenant named contoso.example`, `the tenant named Contoso Ltd.`.
fn named(text: &str, at: usize, out: &mut Vec<Quoted>) -> usize {
    let start = at + NAMED.len();
    let length = text[start..]
        .find(|c: char| c.is_whitespace() || c == '\'' || c == ',')
        .unwrap_or(text.len() - start);
    let value = text[start..start + length].trim_end_matches('.');
    let kind = kind_of(&text[..start], value);
    let shaped = value.contains(['.', ':', '/', '-']) && value.len() > 3;
    if shaped && matches!(kind, FactKind::Tenant | FactKind::Resource) {
        out.push((kind, start..start + value.len()));
        return start + value.len();
    }
    if kind == FactKind::Tenant {
        // A name of several words ends with its sentence.
        let rest = &text[start..text.floor_char_boundary(start + NAME)];
        let stop = rest.find(['\n', '\'', '(', ',', ':']).unwrap_or(rest.len());
        let end = rest[..stop]
            .find(". ")
            .or_else(|| rest[..stop].strip_suffix('.').map(str::len));
        if let Some(end) = end.filter(|end| *end > 0) {
            out.push((kind, start..start + end));
            return start + end;
        }
    }
    start
}

/// What a value is, by the words before it and by its looks.
fn kind_of(before: &str, value: &str) -> FactKind {
    let before = before.trim_end_matches([' ', '\'', ':']).as_bytes();
    let last = before.last().map_or(0, u8::to_ascii_lowercase);
    let said = BEFORE.iter().find(|(words, _)| {
        let words = words.as_bytes();
        words.ends_with(&[last]) && before.len() >= words.len() && {
            let (head, tail) = before.split_at(before.len() - words.len());
            let apart = head.last().is_none_or(|b| !b.is_ascii_alphanumeric());
            apart && tail.eq_ignore_ascii_case(words)
        }
    });
    let guid = value.len() == GUID && guid_at(value.as_bytes(), 0).is_some();
    match said.map(|(_, kind)| *kind) {
        _ if is_user(value) => FactKind::User,
        Some(FactKind::User) => FactKind::Placeholder,
        Some(
            kind @ (FactKind::Tenant | FactKind::AppName | FactKind::Resource | FactKind::Scope),
        ) => kind,
        Some(FactKind::AppId) if guid => FactKind::AppId,
        _ if value.starts_with("api://") => FactKind::Resource,
        _ => FactKind::Placeholder,
    }
}

/// Whether a value is the name of a user: one `@`, with a dot behind it.
pub(crate) fn is_user(value: &str) -> bool {
    value.split_once('@').is_some_and(|(name, domain)| {
        let letters = |part: &str| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '#'))
        };
        letters(name) && letters(domain) && domain.contains('.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<(FactKind, &str)> {
        values(text)
            .into_iter()
            .map(|(kind, at)| (kind, &text[at]))
            .collect()
    }

    #[test]
    fn the_words_before_a_value_say_what_it_is() {
        let id = "00000003-0000-0000-c000-000000000000";
        assert_eq!(
            read(&format!(
                "AADSTS65001: Nobody consented to the application with ID '{id}' named 'Contoso Desktop'."
            )),
            [
                (FactKind::AppId, id),
                (FactKind::AppName, "Contoso Desktop")
            ]
        );
        assert_eq!(
            read(&format!(
                "User account 'ada@contoso.example' from 'live.example' is not in tenant 'Contoso' and cannot use the application '{id}'(Contoso Web)."
            )),
            [
                (FactKind::User, "ada@contoso.example"),
                (FactKind::Placeholder, "live.example"),
                (FactKind::Tenant, "Contoso"),
                (FactKind::AppId, id),
                (FactKind::AppName, "Contoso Web"),
            ]
        );
        assert_eq!(
            read(&format!("A second factor is needed to access '{id}'.")),
            [(FactKind::Resource, id)]
        );
        assert_eq!(
            read(
                "The resource principal named https://graph.contoso.example was not found in the tenant named contoso.example."
            ),
            [
                (FactKind::Resource, "https://graph.contoso.example"),
                (FactKind::Tenant, "contoso.example"),
            ]
        );
        assert_eq!(
            read("Send 'client_assertion' or 'client_secret'. The user's session isn't there."),
            [
                (FactKind::Placeholder, "client_assertion"),
                (FactKind::Placeholder, "client_secret"),
            ]
        );
    }

    #[test]
    fn values_that_nothing_quotes_are_told_by_their_looks_and_the_words_around() {
        let id = "00000003-0000-0000-c000-000000000000";
        assert_eq!(
            read(&format!(
                "The client application {id} has no principal in the tenant {id}. The application Contoso Web ('{id}') is shut. Resource app ID: {id}."
            )),
            [
                (FactKind::AppId, id),
                (FactKind::Tenant, id),
                (FactKind::AppName, "Contoso Web"),
                (FactKind::AppId, id),
                (FactKind::Resource, id),
            ]
        );
        assert_eq!(
            read(
                "The user account ada@contoso.example is not in the contoso.example directory, nor in the tenant named Contoso Ltd. Ask."
            ),
            [
                (FactKind::User, "ada@contoso.example"),
                (FactKind::Tenant, "contoso.example"),
                (FactKind::Tenant, "Contoso Ltd"),
            ]
        );
    }

    #[test]
    fn apostrophes_and_empty_quotes_are_no_values() {
        for text in [
            "the user's own",
            "''",
            "'",
            "can't and won't",
            "'***'",
            "named x",
            "",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }

    proptest! {
        #[test]
        fn every_value_is_a_piece_of_the_sentence(text in "(named |tenant |'|é|[a-z@.(){}:]{1,4}| ){0,60}") {
            for (_, at) in values(&text) {
                prop_assert!(text.get(at).is_some());
            }
        }
    }
}
