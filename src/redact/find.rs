//! Finding secrets: by name, by looks, and by having been seen elsewhere in the same text.

use std::ops::Range;

use super::{disguise, mark, shape, walk};
use crate::decode::member;
use crate::model::SecretKind;

/// How many different values are looked for in the rest of the text.
const MOST_KNOWN: usize = 64;
/// Shorter values are not looked for: they would be found in the middle of everything.
const LEAST_FOUND: usize = 6;
/// Longer values are not looked for: no token is as long, and who sends one means to keep us busy.
const LONGEST_FOUND: usize = 64 << 10;
/// A value that is known to be a secret may be this short, where it stands alone.
const LEAST_GIVEN: usize = 4;

/// A secret in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// Where it stands.
    pub at: Range<usize>,
    pub kind: SecretKind,
    /// The secret itself, escapes resolved.
    pub value: String,
    /// What goes before and after the mark: quotes, where the value had none and needs them.
    pub wrap: String,
}

impl Hit {
    /// A secret that stands there as it is.
    pub fn new(at: Range<usize>, kind: SecretKind, value: String) -> Self {
        Self {
            at,
            kind,
            value,
            wrap: String::new(),
        }
    }
}

/// Every secret in a text, in order, without overlaps. `known`: secrets that are looked for besides.
pub(super) fn hits(text: &str, known: &[(SecretKind, String)]) -> Vec<Hit> {
    let mut found = walk::hits(text);
    shape::hits(text, &mut found);
    let hits = merged(text, found);
    let again = elsewhere(text, &hits, known);
    merged(text, hits.into_iter().chain(again).collect())
}

/// The known secrets in a text and nothing else.
pub(super) fn known(text: &str, known: &[(SecretKind, String)]) -> Vec<Hit> {
    merged(text, elsewhere(text, &[], known))
}

/// Joins what overlaps; the kind is that of the first that says one.
fn merged(text: &str, mut hits: Vec<Hit>) -> Vec<Hit> {
    let marks = mark::all(text);
    hits.retain_mut(|hit| {
        let whole = hit.at.start < hit.at.end && text.get(hit.at.clone()).is_some();
        let wide = mark::around(text, &marks, hit.at.clone()).filter(|_| whole);
        wide.is_some_and(|wide| {
            if wide != hit.at {
                text[wide.clone()].clone_into(&mut hit.value);
                hit.at = wide;
            }
            true
        })
    });
    hits.sort_by_key(|hit| hit.at.start);
    let mut out: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits {
        match out.last_mut() {
            Some(last) if hit.at.start < last.at.end => {
                if last.kind == SecretKind::Other {
                    last.kind = hit.kind;
                }
                if hit.at.end > last.at.end {
                    last.at.end = hit.at.end;
                    text[last.at.clone()].clone_into(&mut last.value);
                }
            }
            _ => out.push(hit),
        }
    }
    out
}

/// Other places where the secrets stand that are known by now.
fn elsewhere(text: &str, hits: &[Hit], known: &[(SecretKind, String)]) -> Vec<Hit> {
    let mut values: Vec<(SecretKind, &str)> = Vec::new();
    let found = hits
        .iter()
        .map(|hit| (hit.kind, hit.value.as_str(), LEAST_FOUND));
    let given = known
        .iter()
        .map(|(kind, value)| (*kind, value.as_str(), LEAST_GIVEN));
    for (kind, value, least) in given.chain(found) {
        let new = !values.iter().any(|(_, seen)| *seen == value);
        let fits = (least..=LONGEST_FOUND).contains(&value.len());
        if fits && new && values.len() < MOST_KNOWN {
            values.push((kind, value));
        }
    }
    let mut out = Vec::new();
    let given: Vec<(SecretKind, &str)> = known
        .iter()
        .take(MOST_KNOWN)
        .map(|(kind, value)| (*kind, value.as_str()))
        .filter(|(_, value)| (LEAST_FOUND..=LONGEST_FOUND).contains(&value.len()))
        .collect();
    disguise::hits(text, &given, &mut out);
    out.retain(|hit| !in_mark(text, hit.at.start));
    for (kind, value) in values {
        let encoded = url::form_urlencoded::byte_serialize(value.as_bytes()).collect::<String>();
        let quoted = serde_json::to_string(value).unwrap_or_default();
        let inside = quoted.trim_matches('"').to_owned();
        let mut forms = vec![value.to_owned(), encoded, inside];
        forms.dedup();
        for form in forms.iter().filter(|form| form.len() >= LEAST_GIVEN) {
            for (at, _) in text.match_indices(form.as_str()) {
                let range = at..at + form.len();
                if (form.len() >= 16 || stands_alone(text.as_bytes(), &range)) && !in_mark(text, at)
                {
                    out.push(Hit::new(range, kind, value.to_owned()));
                }
            }
        }
    }
    out
}

fn stands_alone(bytes: &[u8], at: &Range<usize>) -> bool {
    let before = at.start.checked_sub(1).and_then(|i| bytes.get(i));
    let after = bytes.get(at.end);
    let word = |b: Option<&u8>| b.is_some_and(|b| member::is_word(*b));
    !word(before) && !word(after)
}

/// Whether `at` lies inside a mark.
fn in_mark(text: &str, at: usize) -> bool {
    let near = text[..at]
        .char_indices()
        .rev()
        .take(32)
        .find(|(_, c)| matches!(c, '‹' | '›'));
    near.is_some_and(|(start, c)| {
        c == '‹' && mark::length_at(&text[start..]).is_some_and(|length| start + length > at)
    })
}
