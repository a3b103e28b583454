//! What is known about codes, errors, suberrors and ways out. The built-in knowledge is packed from
//! `assets/catalog/*.toml` at compile time; a person's own entries are laid over it at run time, read by the same
//! strict reader. Lookup and search only: what an entry means in a situation is `guide`'s to decide. Pure.

mod asked;
mod check;
mod entry;
mod find;
mod known;
pub mod link;
mod query;
mod spelling;
mod spoken;
mod told;
mod unpack;
mod when;
mod word;

#[cfg(test)]
mod tests;

use crate::model::Problem;
use crate::strings::catalog as say;

pub use known::{Code, ErrorEntry, Origin, Pairing, Range, Remedy, SubError, Variant, Verdict};
pub use query::{Entry, Query};
pub use spoken::places;
pub use told::{Part, Told};
pub use when::{Endpoint, Situation, When};

use check::Collector;
use entry::Bundle;

const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/catalog.bin"));

/// Digits that follow the prefix of a neighbourhood.
const BLOCK: usize = 3;

/// The knowledge, looked up by name.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// In the order of prefix and number.
    codes: Vec<Code>,
    errors: Vec<ErrorEntry>,
    suberrors: Vec<SubError>,
    remedies: Vec<Remedy>,
    ranges: Vec<Range>,
}

impl Catalog {
    /// The knowledge that the program carries.
    pub fn builtin() -> Self {
        // A test reads every built-in entry; a blob that cannot be read never leaves the build.
        let bundle: Bundle = postcard::from_bytes(PACKED).unwrap_or_default();
        let mut catalog = Self::default();
        catalog.lay_over(bundle, &Origin::Builtin);
        catalog
    }

    /// Lays a person's own entries over what is known; an entry of the same name is replaced. `file` is what the
    /// entries remember as their origin.
    ///
    /// # Errors
    /// The first flaw of the text, with file, line and key; nothing is laid over then.
    pub fn overlay(&mut self, file: &str, toml: &str) -> Result<(), Problem> {
        let mut collector =
            Collector::knowing(self.remedies.iter().map(|remedy| remedy.id.as_str()));
        let mut flaws = collector.add(file, toml);
        flaws.extend(collector.finish());
        if let Some((file, flaw)) = flaws.into_iter().next() {
            let at = format!("{file}:{} {}", flaw.line, flaw.key);
            return Err(Problem::new(flaw.what, at, say::EXPECTED_ENTRY));
        }
        self.lay_over(collector.bundle, &Origin::Own(file.to_owned()));
        Ok(())
    }

    /// A code, with its prefix (`AADSTS50076`), in any case.
    pub fn code(&self, code: &str) -> Option<&Code> {
        let code = code.to_ascii_uppercase();
        let (prefix, digits) = known::split(&code);
        let number: u64 = digits.parse().ok()?;
        let place = self
            .codes
            .binary_search_by(|held| (held.prefix(), held.number()).cmp(&(prefix, number)));
        self.codes.get(place.ok()?).filter(|held| held.code == code)
    }

    /// An OAuth error: as the standards define it, else as Entra does, else as the library that makes it.
    pub fn error(&self, name: &str) -> Option<&ErrorEntry> {
        let rank = |source: &str| {
            ["standard", "entra"]
                .iter()
                .position(|s| *s == source)
                .unwrap_or(2)
        };
        self.errors
            .iter()
            .filter(|error| error.name == name)
            .min_by_key(|error| rank(&error.source))
    }

    /// Every source's entry of an OAuth error.
    pub fn error_by_source(&self, name: &str, source: &str) -> Option<&ErrorEntry> {
        self.errors
            .iter()
            .find(|error| error.name == name && error.source == source)
    }

    /// A suberror.
    pub fn suberror(&self, name: &str) -> Option<&SubError> {
        self.suberrors.iter().find(|suberror| suberror.name == name)
    }

    /// A way out.
    pub fn remedy(&self, id: &str) -> Option<&Remedy> {
        self.remedies.iter().find(|remedy| remedy.id == id)
    }

    /// The neighbourhood of a code that is not listed: the longest prefix that fits. A prefix names a block of a
    /// thousand numbers or more, so at least three digits follow it: `AADSTS7000` speaks of 7000215 and not of 70000
    /// or 700016, which are blocks of their own.
    pub fn range(&self, code: &str) -> Option<&Range> {
        let code = code.to_ascii_uppercase();
        let digits = known::split(&code).1.len();
        let fits = |range: &&Range| {
            let rest = code.strip_prefix(&range.prefix);
            rest.is_some_and(|rest| digits < BLOCK || rest.len() >= BLOCK)
        };
        let fitting = self.ranges.iter().filter(fits);
        fitting.max_by_key(|range| range.prefix.len())
    }

    /// Every code, in the order of prefix and number.
    pub fn codes(&self) -> impl Iterator<Item = &Code> {
        self.codes.iter()
    }

    /// Every OAuth error of every source.
    pub fn errors(&self) -> impl Iterator<Item = &ErrorEntry> {
        self.errors.iter()
    }

    /// Every suberror.
    pub fn suberrors(&self) -> impl Iterator<Item = &SubError> {
        self.suberrors.iter()
    }

    /// Every way out.
    pub fn remedies(&self) -> impl Iterator<Item = &Remedy> {
        self.remedies.iter()
    }

    /// Every entry that can be looked up: codes (those of the sign-in service first) in the order of their numbers,
    /// then errors, then suberrors.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        let of = |prefix: &'static str| {
            self.codes
                .iter()
                .filter(move |code| code.prefix() == prefix)
        };
        let codes = asked::PREFIXES.into_iter().flat_map(of).map(Entry::Code);
        codes
            .chain(self.errors.iter().map(Entry::Error))
            .chain(self.suberrors.iter().map(Entry::SubError))
    }

    /// Entries that fit a query, the obvious first: what the text names (a number under every prefix it exists
    /// under), what begins so, what holds every word, and, where nothing does, what is spelled similarly. Without a
    /// text everything that the filters let through, in the order of [`Catalog::entries`].
    pub fn find(&self, query: &Query) -> Vec<Entry<'_>> {
        find::find(self, query)
    }

    /// The entries that a text names exactly: by number (under every prefix) or by name (of every source).
    pub fn named(&self, text: &str) -> Vec<Entry<'_>> {
        find::named(self, text)
    }

    /// What may have been meant where [`Catalog::find`] finds nothing, likeliest first: numbers a slip away, entries
    /// that hold some of the words. At most `most`.
    pub fn nearest(&self, query: &Query, most: usize) -> Vec<Entry<'_>> {
        find::nearest(self, query, most)
    }

    fn lay_over(&mut self, bundle: Bundle, origin: &Origin) {
        let known = unpack::bundle(bundle, origin);
        replace(&mut self.errors, known.errors, |a, b| {
            a.name == b.name && a.source == b.source
        });
        replace(&mut self.suberrors, known.suberrors, |a, b| {
            a.name == b.name
        });
        replace(&mut self.remedies, known.remedies, |a, b| a.id == b.id);
        replace(&mut self.ranges, known.ranges, |a, b| a.prefix == b.prefix);
        replace(&mut self.codes, known.codes, |a, b| a.code == b.code);
        self.codes
            .sort_by_cached_key(|code| (code.prefix().to_owned(), code.number()));
    }
}

/// Puts `new` where something of the same name is held, or at the end.
fn replace<T>(held: &mut Vec<T>, new: Vec<T>, same: impl Fn(&T, &T) -> bool) {
    if held.is_empty() {
        *held = new;
        return;
    }
    for item in new {
        match held.iter_mut().find(|old| same(old, &item)) {
            Some(old) => *old = item,
            None => held.push(item),
        }
    }
}
