//! What is known about codes, errors, suberrors and ways out. The built-in knowledge is packed from
//! `assets/catalog/*.toml` at compile time; a person's own entries are laid over it at run time, read by the same
//! strict reader. Lookup and search only: what an entry means in a situation is `guide`'s to decide. Pure.

mod asked;
mod check;
mod entry;
mod find;
mod held;
mod known;
pub mod link;
mod query;
mod similar;
mod spelling;
mod spoken;
mod told;
mod unpack;
mod when;
mod word;
mod worth;

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
use entry::{Bundle, Packed};
use held::{Card, Held, Holdable};

const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/catalog.bin"));

/// Digits that follow the prefix of a neighbourhood.
const BLOCK: usize = 3;

/// The knowledge, looked up by name.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// In the order of prefix and number.
    codes: Vec<Held<Code>>,
    errors: Vec<Held<ErrorEntry>>,
    suberrors: Vec<Held<SubError>>,
    remedies: Vec<Held<Remedy>>,
    ranges: Vec<Held<Range>>,
}

impl Catalog {
    /// The knowledge that the program carries. Each entry is read when it is asked for.
    pub fn builtin() -> Self {
        // A test reads every built-in entry; a blob that cannot be read never leaves the build.
        let packed: Packed<'static> = postcard::from_bytes(PACKED).unwrap_or_default();
        Self {
            codes: packed.codes.iter().map(Held::packed).collect(),
            errors: packed.errors.iter().map(Held::packed).collect(),
            suberrors: packed.suberrors.iter().map(Held::packed).collect(),
            remedies: packed.remedies.iter().map(Held::packed).collect(),
            ranges: packed.ranges.iter().map(Held::packed).collect(),
        }
    }

    /// Lays a person's own entries over what is known; an entry of the same name is replaced. `file` is what the
    /// entries remember as their origin.
    ///
    /// # Errors
    /// The first flaw of the text, with file, line and key; nothing is laid over then.
    pub fn overlay(&mut self, file: &str, toml: &str) -> Result<(), Problem> {
        let mut collector =
            Collector::knowing(self.remedies.iter().map(|remedy| remedy.label.as_ref()));
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
        let (prefix, digits) = entry::split(&code);
        let number: u64 = digits.parse().ok()?;
        let place = self
            .codes
            .binary_search_by(|held| (held.prefix(), held.number()).cmp(&(prefix, number)));
        let held = self.codes.get(place.ok()?);
        held.filter(|held| held.label == code)?.get()
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
            .filter(|error| error.label == name)
            .min_by_key(|error| rank(&error.second))?
            .get()
    }

    /// Every source's entry of an OAuth error.
    pub fn error_by_source(&self, name: &str, source: &str) -> Option<&ErrorEntry> {
        self.errors
            .iter()
            .find(|error| error.label == name && error.second == source)?
            .get()
    }

    /// A suberror.
    pub fn suberror(&self, name: &str) -> Option<&SubError> {
        let mut held = self.suberrors.iter();
        held.find(|suberror| suberror.label == name)?.get()
    }

    /// A way out.
    pub fn remedy(&self, id: &str) -> Option<&Remedy> {
        let mut held = self.remedies.iter();
        held.find(|remedy| remedy.label == id)?.get()
    }

    /// The neighbourhood of a code that is not listed: the longest prefix that fits. A prefix names a block of a
    /// thousand numbers or more, so at least three digits follow it: `AADSTS7000` speaks of 7000215 and not of 70000
    /// or 700016, which are blocks of their own.
    pub fn range(&self, code: &str) -> Option<&Range> {
        let code = code.to_ascii_uppercase();
        let digits = entry::split(&code).1.len();
        let fits = |range: &&Held<Range>| {
            let rest = code.strip_prefix(range.label.as_ref());
            rest.is_some_and(|rest| digits < BLOCK || rest.len() >= BLOCK)
        };
        let fitting = self.ranges.iter().filter(fits);
        fitting.max_by_key(|range| range.label.len())?.get()
    }

    /// Every code, in the order of prefix and number.
    pub fn codes(&self) -> impl Iterator<Item = &Code> {
        self.codes.iter().filter_map(Held::get)
    }

    /// Every OAuth error of every source.
    pub fn errors(&self) -> impl Iterator<Item = &ErrorEntry> {
        self.errors.iter().filter_map(Held::get)
    }

    /// Every suberror.
    pub fn suberrors(&self) -> impl Iterator<Item = &SubError> {
        self.suberrors.iter().filter_map(Held::get)
    }

    /// Every way out.
    pub fn remedies(&self) -> impl Iterator<Item = &Remedy> {
        self.remedies.iter().filter_map(Held::get)
    }

    /// Every neighbourhood.
    #[cfg(test)]
    fn ranges(&self) -> impl Iterator<Item = &Range> {
        self.ranges.iter().filter_map(Held::get)
    }

    /// Every entry that can be looked up: codes (those of the sign-in service first) in the order of their numbers,
    /// then errors, then suberrors.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.cards().filter_map(Card::entry)
    }

    /// The same, not read yet.
    fn cards(&self) -> impl Iterator<Item = Card<'_>> {
        let of = |prefix: &'static str| {
            let codes = self.codes.iter();
            codes.filter(move |code| code.prefix() == prefix)
        };
        let codes = asked::PREFIXES.into_iter().flat_map(of).map(Card::Code);
        codes
            .chain(self.errors.iter().map(Card::Error))
            .chain(self.suberrors.iter().map(Card::SubError))
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
        let (same, same_label) = (|_: &str, _: &str| true, |a: &str, b: &str| a == b);
        let codes = bundle.codes.into_iter();
        replace(
            &mut self.codes,
            codes.map(|it| unpack::code(it, origin)),
            same,
        );
        let errors = bundle.errors.into_iter();
        replace(
            &mut self.errors,
            errors.map(|it| unpack::error(it, origin)),
            same_label,
        );
        let suberrors = bundle.suberrors.into_iter();
        replace(
            &mut self.suberrors,
            suberrors.map(|it| unpack::error(it, origin)),
            same,
        );
        let remedies = bundle.remedies.into_iter();
        replace(
            &mut self.remedies,
            remedies.map(|it| unpack::remedy(it, origin)),
            same,
        );
        let ranges = bundle.ranges.into_iter();
        replace(
            &mut self.ranges,
            ranges.map(|it| unpack::range(it, origin)),
            same,
        );
        self.codes
            .sort_by_cached_key(|code| (code.prefix().to_owned(), code.number()));
    }
}

/// Puts each new entry where one of the same label is held whose second name is the same too, or at the end.
fn replace<T: Holdable>(
    held: &mut Vec<Held<T>>,
    new: impl Iterator<Item = T>,
    same: impl Fn(&str, &str) -> bool,
) {
    for item in new.map(Held::of) {
        let fits = |old: &&mut Held<T>| old.label == item.label && same(&old.second, &item.second);
        match held.iter_mut().find(fits) {
            Some(old) => *old = item,
            None => held.push(item),
        }
    }
}
