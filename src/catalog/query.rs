//! What a person asks the catalogue, and one shape for whatever it answers with.

use super::asked::{Asked, PREFIXES};
use super::{
    Catalog, Code, ErrorEntry, Origin, Pairing, Situation, SubError, Variant, Verdict, When,
};
use crate::model::{Actor, Class, Confidence, Login, Place};

/// What is asked of the catalogue. Each list lets through an entry that fits one of its values; an empty list lets
/// everything through. The filters look at what an entry says by itself, not at its variations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// A number (with or without prefix), a name or words; empty: everything.
    pub text: String,
    /// These classes.
    pub class: Vec<Class>,
    /// One of these acts, at any place in the order; where it acts first, the entry comes first.
    pub acts: Vec<Actor>,
    /// Signing in again helps so.
    pub login: Vec<Login>,
}

impl Query {
    /// A query without filters.
    pub fn of(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Whether a filter is set.
    pub const fn is_filtered(&self) -> bool {
        !(self.class.is_empty() && self.acts.is_empty() && self.login.is_empty())
    }

    /// The number that was typed, as a code, if the catalogue does not list it: with its prefix, or with that of the
    /// sign-in service where none was typed.
    pub fn unlisted(&self, catalog: &Catalog) -> Option<String> {
        let asked = Asked::new(&self.text);
        let number = asked.numbers().first().copied()?;
        let long_enough = number.prefix.is_some() || number.digits.len() >= 4;
        let usual = PREFIXES.first().copied().unwrap_or_default();
        let code = format!("{}{}", number.prefix.unwrap_or(usual), number.digits);
        (long_enough && catalog.code(&code).is_none()).then_some(code)
    }

    /// Whether the filters let an entry through.
    pub fn admits(&self, entry: Entry<'_>) -> bool {
        (self.class.is_empty() || self.class.contains(&entry.class()))
            && (self.login.is_empty() || self.login.contains(&entry.login()))
            && (self.acts.is_empty() || self.acting(entry).is_some())
    }

    /// How early one of the wanted people acts: 0 is first.
    pub(super) fn acting(&self, entry: Entry<'_>) -> Option<usize> {
        entry
            .acts()
            .iter()
            .position(|actor| self.acts.contains(actor))
    }
}

/// An entry that can be looked up: a code, an OAuth error of one source, or a suberror.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry<'a> {
    /// A code.
    Code(&'a Code),
    /// An OAuth error, or an error that a library makes itself.
    Error(&'a ErrorEntry),
    /// A suberror.
    SubError(&'a SubError),
}

/// The same field of either shape.
macro_rules! field {
    ($self:ident, $entry:ident => $value:expr) => {
        match $self {
            Entry::Code($entry) => $value,
            Entry::Error($entry) | Entry::SubError($entry) => $value,
        }
    };
}

impl<'a> Entry<'a> {
    /// What it is looked up by: `AADSTS50076`, `invalid_grant`, `basic_action`.
    pub fn label(self) -> &'a str {
        match self {
            Self::Code(code) => &code.code,
            Self::Error(error) | Self::SubError(error) => &error.name,
        }
    }

    /// The symbolic name: of a code its own, which may be empty; of an error or suberror the value on the wire.
    pub fn name(self) -> &'a str {
        field!(self, entry => &entry.name)
    }

    /// Whose error it is: `standard`, `entra`, `msal-js` …; empty for codes, and for suberrors that name none.
    pub fn family(self) -> &'a str {
        match self {
            Self::Code(_) => "",
            Self::Error(error) | Self::SubError(error) => &error.source,
        }
    }

    /// Where an error is specified; empty for codes.
    pub fn spec(self) -> &'a str {
        match self {
            Self::Code(_) => "",
            Self::Error(error) | Self::SubError(error) => &error.spec,
        }
    }

    /// A short sentence; the meaning where an entry has no title.
    pub fn title(self) -> &'a str {
        let title: &str = field!(self, entry => &entry.title);
        if title.is_empty() {
            self.meaning()
        } else {
            title
        }
    }

    /// What it means; empty in a short entry.
    pub fn meaning(self) -> &'a str {
        field!(self, entry => &entry.meaning)
    }

    /// What to check.
    pub fn causes(self) -> &'a [String] {
        field!(self, entry => &entry.causes)
    }

    /// Where it surfaces.
    pub fn places(self) -> &'a [Place] {
        field!(self, entry => &entry.places)
    }

    /// The class.
    pub fn class(self) -> Class {
        field!(self, entry => entry.class)
    }

    /// Who acts, in order.
    pub fn acts(self) -> &'a [Actor] {
        field!(self, entry => &entry.acts)
    }

    /// Whether signing in again helps.
    pub fn login(self) -> Login {
        field!(self, entry => entry.login)
    }

    /// What changes with the situation.
    pub fn when(self) -> &'a [When] {
        field!(self, entry => &entry.when)
    }

    /// What a code comes together with on the wire; nothing for errors.
    pub fn pairings(self) -> &'a [Pairing] {
        match self {
            Self::Code(code) => &code.pairings,
            Self::Error(_) | Self::SubError(_) => &[],
        }
    }

    /// Other meanings of a number; nothing for errors.
    pub fn variants(self) -> &'a [Variant] {
        match self {
            Self::Code(code) => &code.variants,
            Self::Error(_) | Self::SubError(_) => &[],
        }
    }

    /// Ids of remedies, in order.
    pub fn remedies(self) -> &'a [String] {
        field!(self, entry => &entry.remedies)
    }

    /// Path of a dedicated article, or its address; may be empty.
    pub fn article(self) -> &'a str {
        field!(self, entry => &entry.article)
    }

    /// Where the knowledge is from.
    pub fn sources(self) -> &'a [String] {
        field!(self, entry => &entry.sources)
    }

    /// How sure it is.
    pub fn confidence(self) -> Confidence {
        field!(self, entry => entry.confidence)
    }

    /// The day somebody last looked at it (`2026-11-22`); may be empty.
    pub fn reviewed(self) -> &'a str {
        field!(self, entry => &entry.reviewed)
    }

    /// Where the entry came from.
    pub fn origin(self) -> &'a Origin {
        field!(self, entry => &entry.origin)
    }

    /// What it says in a situation.
    pub fn verdict(self, situation: &Situation<'_>) -> Verdict {
        field!(self, entry => entry.verdict(situation))
    }
}
