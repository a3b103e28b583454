//! Two runs, or two tokens: what differs and matters, with a word on why. What matters comes first, in the order in
//! which a person asks; noise (ids, times, fingerprints) is at the end. Pure; knows no screen.

mod asked;
mod came;
mod claims;
mod clue;
mod exchange;

#[cfg(test)]
mod tests;

pub use clue::clue;

use crate::decode::jwt::Jwt;
use crate::model::{Exchange, Run};

/// One difference between two runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What differs, e.g. `outcome`, `claim amr`, `request parameter claims`, `suberror`.
    pub what: String,
    /// The first run's value; `None` where it has none.
    pub left: Option<String>,
    /// The second run's value.
    pub right: Option<String>,
    /// Whether it matters: ids and times are noise.
    pub matters: bool,
    /// Why it matters, in a sentence; may be empty.
    pub why: String,
}

/// What differs between two runs; what matters first. Values are as received: not yet safe for a terminal. Secrets
/// appear as their marks only.
pub fn runs(left: &Run, right: &Run) -> Vec<Difference> {
    let mut found = Findings::default();
    came::outcome(left, right, &mut found);
    came::refusal(left, right, &mut found);
    asked::spec(left, right, &mut found);
    asked::parameters(left, right, &mut found);
    came::token(left, right, &mut found);
    came::api(left, right, &mut found);
    came::wire(left, right, &mut found);
    found.sorted()
}

/// What differs between two exchanges: what was asked and what came back; what matters first. Secrets that were sent
/// appear as their marks; what came back stands as it is in the exchanges given, which are to be redacted ones.
pub fn exchanges(left: &Exchange, right: &Exchange) -> Vec<Difference> {
    let mut found = Findings::default();
    exchange::reply(left, right, &mut found);
    exchange::request(left, right, &mut found);
    found.sorted()
}

/// What differs between two tokens, claim by claim, and between their headers; what matters first.
pub fn tokens(left: &Jwt, right: &Jwt) -> Vec<Difference> {
    let mut found = Findings::default();
    claims::differ("claim", Some(&left.claims), Some(&right.claims), &mut found);
    claims::headers(&left.header, &right.header, &mut found);
    found.sorted()
}

/// One part of a thing: what it is called, how it is shown, why a difference in it matters.
type Part<T> = (&'static str, fn(&T) -> Option<String>, &'static str);

/// Differences as they are found.
#[derive(Default)]
struct Findings {
    list: Vec<Difference>,
}

impl Findings {
    /// Notes a difference, if it is one. An empty text counts as nothing there.
    fn note(
        &mut self,
        what: impl Into<String>,
        left: Option<String>,
        right: Option<String>,
        why: impl Into<String>,
    ) {
        self.add(what.into(), left, right, true, why.into());
    }

    /// Notes the differences in the parts of two alike things.
    fn parts<T>(&mut self, left: &T, right: &T, parts: &[Part<T>]) {
        for (what, part, why) in parts {
            self.note(*what, part(left), part(right), *why);
        }
    }

    /// Notes a difference that does not matter.
    fn noise(&mut self, what: impl Into<String>, left: Option<String>, right: Option<String>) {
        self.add(what.into(), left, right, false, String::new());
    }

    fn add(
        &mut self,
        what: String,
        left: Option<String>,
        right: Option<String>,
        matters: bool,
        why: String,
    ) {
        let left = left.filter(|text| !text.is_empty());
        let right = right.filter(|text| !text.is_empty());
        let known = self.list.iter().any(|difference| difference.what == what);
        if left != right && !known {
            self.list.push(Difference {
                what,
                left,
                right,
                matters,
                why,
            });
        }
    }

    /// What matters first, otherwise in the order in which it was found.
    fn sorted(mut self) -> Vec<Difference> {
        self.list.sort_by_key(|difference| !difference.matters);
        self.list
    }
}

/// Words joined as a person reads them; nothing where there are none.
fn joined<T: AsRef<str>>(words: &[T]) -> Option<String> {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Words that only the second list holds.
fn gained<'a>(left: &[&'a str], right: &[&'a str]) -> Vec<&'a str> {
    right
        .iter()
        .filter(|word| !left.contains(word))
        .copied()
        .collect()
}
