//! What an API asks for: the challenge of a `WWW-Authenticate` header, and its `claims` wherever they are told. What a
//! client asks for in a request of its own, and what a token says of itself, is no challenge.

use std::ops::Range;

use super::mark::{Form, Mark};
use super::scan::Scan;
use super::value::{Named, whole_value};
use crate::decode::member::{self, Separator};
use crate::decode::{challenge, claims};
use crate::model::FactKind;

/// A challenge is not longer than this.
const LONGEST: usize = 4 << 10;

/// How far behind the error of an address its other parameters may stand.
const ADDRESS: usize = 4 << 10;

/// The claims of a challenge.
pub(super) fn claims(scan: &mut Scan<'_>, named: &Named) -> usize {
    if named.value < scan.claimed {
        return named.value;
    }
    let bare = member::quote(scan.bytes, named.value).is_none();
    if bare && named.separator != Separator::Colon && !in_redirect(scan, named) {
        return named.value;
    }
    let inside = member::quote(scan.bytes, named.value).map_or(named.value, |(_, inside)| inside);
    let object = scan.bytes.get(inside) == Some(&b'{') && scan.bytes.get(inside + 1) == Some(&b'"');
    let (at, text) = if bare && scan.bytes.get(named.value) == Some(&b'{') || object {
        let limit = (inside + LONGEST).min(scan.bytes.len());
        let end = balanced(&scan.bytes[..limit], inside);
        let text = scan.text.get(inside..end).unwrap_or_default().to_owned();
        (inside..end, text)
    } else {
        whole_value(scan, named)
    };
    scan.claimed = at.end;
    let Some(json) = challenge::claims_text(&text).filter(|json| claims::asks(json)) else {
        return named.value;
    };
    for policy in claims::policies(&json) {
        scan.push(FactKind::PolicyId, Form::Member, policy, at.clone());
    }
    let end = at.end;
    scan.push(FactKind::Claims, Form::Member, json, at);
    end
}

/// Whether a parameter stands behind the error of the same address.
fn in_redirect(scan: &Scan<'_>, named: &Named) -> bool {
    let error = scan
        .marks
        .iter()
        .rev()
        .take(20)
        .find(|mark| mark.is(FactKind::Error));
    error.is_some_and(|mark| {
        let between = scan
            .bytes
            .get(mark.at.end..named.name.start)
            .unwrap_or_default();
        between.len() < ADDRESS && !between.iter().any(u8::is_ascii_whitespace)
    })
}

/// Behind the brace that closes the one at `at`; braces inside strings are not expected in claims.
fn balanced(bytes: &[u8], at: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, b) in bytes[at..].iter().enumerate() {
        match b {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + offset + 1;
        }
    }
    bytes.len()
}

/// A header with its name.
pub(super) fn header(scan: &mut Scan<'_>, named: &Named) -> usize {
    let quoted = member::quoted(scan.bytes, named.value, &mut scan.memo);
    let (at, text) = quoted.map_or_else(
        || {
            let end = member::bare_end(scan.bytes, named.value, Separator::Colon, |_| false);
            let text = scan.text.get(named.value..end).unwrap_or_default();
            (named.value..end, text.to_owned())
        },
        |quoted| (quoted.inside.clone(), member::plain(scan.text, &quoted)),
    );
    marks(scan, &text, &at);
    at.end.max(named.value)
}

/// The marks of a challenge that stands at `at`.
pub(super) fn marks(scan: &mut Scan<'_>, text: &str, at: &Range<usize>) {
    let mut refused = false;
    for challenge in challenge::parse(text) {
        for (kind, value) in crate::decode::headers::challenge_facts(&challenge) {
            refused |= kind == FactKind::Error;
            scan.push(kind, Form::Member, value, at.clone());
        }
    }
    // What the API refuses is told; what follows is another error.
    if refused {
        scan.marks
            .push(Mark::boundary(at.end.saturating_sub(1).max(at.start)));
    }
}
