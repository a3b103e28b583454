//! An entry read out whole: labels with the texts behind them, in the order in which they answer. A shell lays them
//! out; what is said and in which order is decided here, once for all of them.

use super::{Catalog, Entry, Origin, Pairing, Range, Variant, link, places};
use crate::model::plan::By;
use crate::strings::{codes as say, report, words};

/// What the texts behind a label are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Ordinary text.
    Text,
    /// How the verdict differs with the situation, or a doubt about it.
    Caution,
    /// Addresses that can be opened.
    Links,
    /// Where the knowledge is from.
    Source,
}

/// A label and the texts that belong to it; there is at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What the texts are about.
    pub label: String,
    /// One or several texts, each a line or a paragraph.
    pub texts: Vec<String>,
    /// What they are.
    pub part: Part,
}

/// Gathers what is not empty.
#[derive(Default)]
struct Teller(Vec<Told>);

impl Teller {
    fn list(&mut self, part: Part, label: &str, mut texts: Vec<String>) {
        texts.retain(|text| !text.is_empty());
        if !texts.is_empty() {
            self.0.push(Told {
                label: label.to_owned(),
                texts,
                part,
            });
        }
    }

    fn line(&mut self, label: &str, text: impl Into<String>) {
        self.list(Part::Text, label, vec![text.into()]);
    }

    fn source(&mut self, label: &str, text: impl Into<String>) {
        self.list(Part::Source, label, vec![text.into()]);
    }
}

impl Entry<'_> {
    /// What it is looked up by, and whose it is: `AADSTS50076`, `invalid_grant · entra`, `basic_action · suberror`.
    pub fn row_label(self) -> String {
        match self {
            Self::Code(code) => code.code.clone(),
            Self::Error(error) => format!("{} · {}", error.name, error.source),
            Self::SubError(suberror) => format!("{} · {}", suberror.name, say::SUBERROR),
        }
    }

    /// The line above a whole entry: what it is looked up by, and its symbolic name or whose error it is.
    pub fn heading(self) -> String {
        let beside = match self {
            Self::Code(code) => code.name.clone(),
            Self::Error(error) => say::family(&error.source),
            Self::SubError(_) => say::SUBERROR.to_owned(),
        };
        if beside.is_empty() {
            self.label().to_owned()
        } else {
            format!("{} · {beside}", self.label())
        }
    }

    /// Everything that is known besides heading and title.
    pub fn told(self, catalog: &Catalog) -> Vec<Told> {
        let mut out = Teller::default();
        out.line(say::MEANING, self.meaning());
        out.list(Part::Text, say::CHECK, self.causes().to_vec());
        out.line(say::SURFACES, places(self.places()));
        out.line(say::CLASS, say::class(self.class()));
        out.line(report::WHO_ACTS, say::actors(self.acts()));
        out.line(report::SIGNING_IN, words::login(self.login()));
        let rows = self.when().iter();
        let rows = rows.map(|row| say::row(&row.condition(), &row.change(catalog)));
        out.list(Part::Caution, say::BUT, rows.collect());
        for variant in self.variants() {
            out.list(Part::Text, say::OR_ELSE, variant_told(variant, catalog));
        }
        let pairings = self.pairings().iter().map(Pairing::spoken);
        out.list(Part::Text, say::COMES_WITH, pairings.collect());
        out.list(Part::Text, say::WAYS_OUT, self.ways_out(catalog));
        let links = self.links().into_iter().map(|link| link.url);
        out.list(Part::Links, report::READ_MORE, links.collect());
        self.told_of_sources(&mut out);
        out.0
    }

    /// Where the entry is from and how sure it is.
    fn told_of_sources(self, out: &mut Teller) {
        out.source(say::SPEC, self.spec());
        out.list(Part::Source, say::SOURCES, self.sources().to_vec());
        let unsure = say::unsure(self.confidence()).unwrap_or_default();
        out.list(Part::Caution, say::CONFIDENCE, vec![unsure.to_owned()]);
        out.source(say::REVIEWED, self.reviewed());
        out.source(say::FROM, self.origin().spoken());
    }

    fn ways_out(self, catalog: &Catalog) -> Vec<String> {
        let spoken = |(place, id): (usize, &String)| {
            let said = match catalog.remedy(id) {
                Some(remedy) if remedy.by == By::Program => say::by_program(&remedy.title),
                Some(remedy) => say::by_person(&remedy.title, remedy.to),
                None => id.clone(),
            };
            say::numbered(place + 1, &said)
        };
        self.remedies().iter().enumerate().map(spoken).collect()
    }
}

fn variant_told(variant: &Variant, catalog: &Catalog) -> Vec<String> {
    let mut parts = vec![say::row(&say::said(&variant.pattern), &variant.meaning)];
    let causes = variant.causes.iter();
    parts.extend(causes.map(|cause| format!("{}: {cause}", say::CHECK)));
    parts.push(variant.change(catalog));
    parts
}

impl Range {
    /// What is said of a code of this neighbourhood that has no entry of its own.
    pub fn told(&self, code: &str) -> Vec<Told> {
        let mut out = Teller::default();
        out.line(&self.prefix, self.title.as_str());
        out.line(say::CLASS, say::class(self.class));
        out.line(report::WHO_ACTS, say::actors(&self.acts));
        out.line(report::SIGNING_IN, words::login(self.login));
        let looked_up = link::lookup(code, link::PUBLIC).unwrap_or_default();
        out.list(Part::Links, report::READ_MORE, vec![looked_up]);
        out.source(say::FROM, self.origin.spoken());
        out.0
    }
}

impl Origin {
    /// In words: what is built in, or the person's own file.
    pub fn spoken(&self) -> String {
        match self {
            Self::Builtin => say::BUILT_IN.to_owned(),
            Self::Own(file) => say::own(file),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_an_entry_holds_is_told_and_nothing_is_told_empty() {
        let catalog = Catalog::builtin();
        for entry in catalog.entries() {
            let told = entry.told(&catalog);
            let empty = |told: &Told| told.texts.is_empty() || told.texts.contains(&String::new());
            assert!(!told.iter().any(empty), "{}", entry.label());
            let of = |label: &str| told.iter().filter(|told| told.label == label).count();
            assert_eq!(
                of(say::OR_ELSE),
                entry.variants().len(),
                "{}",
                entry.label()
            );
            for (label, held) in [
                (say::CHECK, !entry.causes().is_empty()),
                (say::BUT, !entry.when().is_empty()),
                (say::WAYS_OUT, !entry.remedies().is_empty()),
                (say::COMES_WITH, !entry.pairings().is_empty()),
                (say::SOURCES, !entry.sources().is_empty()),
                (say::FROM, true),
            ] {
                assert_eq!(of(label) == 1, held, "{label} of {}", entry.label());
            }
        }
    }

    #[test]
    fn an_error_is_told_with_whose_it_is() {
        let catalog = Catalog::builtin();
        let error = catalog
            .error("invalid_grant")
            .map(Entry::Error)
            .expect("is known");
        assert_eq!(error.row_label(), "invalid_grant · standard");
        assert_eq!(error.heading(), "invalid_grant · error of a standard");
    }
}
