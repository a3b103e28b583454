//! The circumstances that stand around an error: tenant, application, resource, scope, user, and the library that
//! wrote the text.

use std::ops::Range;

use super::begin::Begin;
use super::mark::Form;
use super::scan::Scan;
use super::value::{Named, start};
use crate::decode::code::{GUID, guid_at};
use crate::decode::member::{self, Separator};
use crate::decode::{sentence, unescape};
use crate::model::FactKind;

/// A name or a list of scopes is not longer than this.
const LONGEST: usize = 300;

/// Reads the value of a member that names a circumstance; returns where to go on.
pub(super) fn read(scan: &mut Scan<'_>, kind: FactKind, named: &Named) -> usize {
    let at = start(scan, named.value);
    let found = match kind {
        FactKind::AppId => guid(scan, at),
        FactKind::Tenant => guid(scan, at).or_else(|| domain(scan, at)),
        FactKind::User => user(scan, at),
        FactKind::Resource => guid(scan, at).or_else(|| uri(scan, at)),
        FactKind::AppName => text(scan, named).filter(|at| member_like(scan, named, at)),
        _ => text(scan, named).filter(|at| is_scope(&scan.text[at.clone()])),
    };
    let Some(at) = found else {
        return named.value;
    };
    let encoded = named.separator != Separator::Colon;
    let value = if encoded {
        unescape::percent(&scan.text[at.clone()], true)
    } else {
        scan.text[at.clone()].to_owned()
    };
    let end = at.end;
    scan.push(kind, Form::Member, value.trim().to_owned(), at);
    end
}

fn guid(scan: &Scan<'_>, at: usize) -> Option<Range<usize>> {
    guid_at(scan.bytes, at).map(|_| at..at + GUID)
}

fn run(scan: &Scan<'_>, at: usize, more: impl Fn(u8) -> bool) -> Range<usize> {
    let length = scan.bytes[at.min(scan.bytes.len())..]
        .iter()
        .take(LONGEST)
        .take_while(|b| more(**b))
        .count();
    at..at + length
}

fn domain(scan: &Scan<'_>, at: usize) -> Option<Range<usize>> {
    let found = run(scan, at, |b| {
        b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')
    });
    is_domain(&scan.text[found.clone()]).then_some(found)
}

/// Letters, digits and hyphens in parts between dots, the last one of letters.
fn is_domain(text: &str) -> bool {
    let last = text.rsplit('.').next().unwrap_or_default();
    (4..=100).contains(&text.len())
        && text.contains('.')
        && text.split('.').all(|part| !part.is_empty())
        && last.bytes().all(|b| b.is_ascii_alphabetic())
}

fn user(scan: &Scan<'_>, at: usize) -> Option<Range<usize>> {
    let more =
        |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+' | b'@' | b'#');
    let found = run(scan, at, more);
    let text = scan.text[found.clone()].trim_end_matches('.');
    sentence::is_user(text).then(|| at..at + text.len())
}

fn uri(scan: &Scan<'_>, at: usize) -> Option<Range<usize>> {
    let more = |b: u8| {
        b.is_ascii_graphic()
            && !matches!(b, b'"' | b'\'' | b'\\' | b'&' | b',' | b'<' | b'>' | b')')
    };
    let found = run(scan, at, more);
    let text = &scan.text[found.clone()];
    let starts = [
        "api://",
        "https://",
        "urn:",
        "https%3A%2F%2F",
        "https%3a%2f%2f",
        "api%3A%2F%2F",
    ];
    starts
        .iter()
        .any(|start| text.starts_with(start))
        .then_some(found)
}

/// A value as a whole, on one line.
fn text(scan: &mut Scan<'_>, named: &Named) -> Option<Range<usize>> {
    let at = if let Some(quoted) = member::quoted(scan.bytes, named.value, &mut scan.memo) {
        quoted.inside
    } else {
        let stop = |b: &u8| matches!(b, b',' | b';' | b'\r' | b'\n' | b'|' | b'}' | b']');
        named.value..member::bare_end(scan.bytes, named.value, named.separator, stop)
    };
    let text = scan.text.get(at.clone())?;
    ((1..LONGEST).contains(&text.len()) && !text.contains('\n')).then_some(at)
}

/// A name must be written as a program writes it: running text says "app name" too.
fn member_like(scan: &Scan<'_>, named: &Named, at: &Range<usize>) -> bool {
    scan.is_member(&named.name, named.separator) && !scan.text[at.clone()].trim().is_empty()
}

/// Words of letters, digits and the signs that scopes hold.
fn is_scope(text: &str) -> bool {
    let sign = |b: u8| {
        b.is_ascii_alphanumeric()
            || matches!(b, b'.' | b'_' | b'-' | b':' | b'/' | b'%' | b'+' | b' ')
    };
    let known = [
        "openid",
        "profile",
        "offline_access",
        "email",
        "default",
        "User.Read",
        "user_impersonation",
    ];
    text.bytes().all(sign)
        && (known.iter().any(|word| text.contains(word))
            || text.contains("://")
            || text.contains("%3A%2F"))
}

/// Where tokens are asked for: the tenant follows.
const HOSTS: [&str; 8] = [
    "login.microsoftonline.com/",
    "login.windows.net/",
    "login.microsoft.com/",
    "login.microsoftonline.us/",
    "login.partner.microsoftonline.cn/",
    "login.chinacloudapi.cn/",
    "login.microsoftonline.de/",
    "sts.windows.net/",
];

/// The tenant in an address of the token service: `https://login.…/contoso.example/oauth2/…`.
pub(super) fn authority(scan: &mut Scan<'_>, at: usize) -> Option<usize> {
    static BEGIN: Begin = Begin::of(&HOSTS);
    if !BEGIN.at(scan.bytes, at) {
        return None;
    }
    let rest = scan.text.get(at..)?;
    let host = HOSTS.iter().find(|host| rest.starts_with(**host))?;
    let from = at + host.len();
    let found = guid(scan, from).or_else(|| domain(scan, from))?;
    let end = found.end;
    let value = scan.text[found.clone()].to_owned();
    scan.push(FactKind::Tenant, Form::Member, value, found);
    Some(end)
}
