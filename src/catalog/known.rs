//! The catalogue's entries as the program holds them. Serialised with the keys of DESIGN section 8.

use serde::{Serialize, Serializer};

use super::entry::split;
use super::{Endpoint, Situation, When};
use crate::model::plan::By;
use crate::model::{Actor, Class, Confidence, Login, Place};

/// Where an entry came from. Serialised as one text: `builtin`, or the path of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The program carries it.
    Builtin,
    /// A person's own file.
    Own(String),
}

impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Builtin => "builtin",
            Self::Own(file) => file,
        })
    }
}

/// One code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Code {
    /// With its prefix: `AADSTS50076`.
    pub code: String,
    /// Symbolic name; may be empty.
    pub name: String,
    /// A short sentence.
    pub title: String,
    /// What it means; empty in a short entry.
    pub meaning: String,
    /// Usual causes.
    pub causes: Vec<String>,
    /// Where it surfaces.
    #[serde(rename = "where")]
    pub places: Vec<Place>,
    /// The class.
    pub class: Class,
    /// Who acts, in order.
    pub acts: Vec<Actor>,
    /// Whether signing in again helps; unknown in a short entry.
    pub login: Login,
    /// What changes with the situation.
    pub when: Vec<When>,
    /// What it comes together with on the wire.
    pub pairings: Vec<Pairing>,
    /// What the lab says, in our own words; holes in braces.
    pub text: String,
    /// Ids of remedies, in order.
    pub remedies: Vec<String>,
    /// Path of a dedicated article; may be empty.
    pub article: String,
    /// Where the knowledge is from.
    pub sources: Vec<String>,
    /// How sure it is.
    pub confidence: Confidence,
    /// The day somebody last looked at it; may be empty.
    pub reviewed: String,
    /// Other meanings of the same number.
    #[serde(rename = "variant")]
    pub variants: Vec<Variant>,
    /// Where the entry came from.
    pub origin: Origin,
}

/// A verdict: an entry's own, or what a situation makes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The class.
    pub class: Class,
    /// Who acts, in order.
    pub acts: Vec<Actor>,
    /// Whether signing in again helps.
    pub login: Login,
    /// Ids of remedies, in order.
    pub remedies: Vec<String>,
}

impl Verdict {
    /// Applies every matching row in order; what a later row says wins.
    fn amended(mut self, when: &[When], situation: &Situation<'_>) -> Self {
        for row in when.iter().filter(|row| row.matches(situation)) {
            self.class = row.class.unwrap_or(self.class);
            self.login = row.login.unwrap_or(self.login);
            if !row.acts.is_empty() {
                self.acts.clone_from(&row.acts);
            }
            if !row.remedies.is_empty() {
                self.remedies.clone_from(&row.remedies);
            }
        }
        self
    }
}

impl Code {
    /// Whether it says more than a title.
    pub const fn is_full(&self) -> bool {
        !self.meaning.is_empty()
    }

    /// `AADSTS`, `AADB2C` or `MSIS`.
    pub fn prefix(&self) -> &str {
        split(&self.code).0
    }

    /// The number, e.g. 50076.
    pub fn number(&self) -> u64 {
        self.digits().parse().unwrap_or_default()
    }

    /// The number's digits.
    pub fn digits(&self) -> &str {
        split(&self.code).1
    }

    /// The variant whose words the description holds.
    pub fn variant(&self, description: &str) -> Option<&Variant> {
        let description = description.to_lowercase();
        self.variants
            .iter()
            .find(|variant| description.contains(&variant.pattern.to_lowercase()))
    }

    /// What the entry says in a situation: its defaults, then the variant that the description tells, then every
    /// matching row of `when` in order, the later one winning.
    pub fn verdict(&self, situation: &Situation<'_>) -> Verdict {
        let mut verdict = Verdict {
            class: self.class,
            acts: self.acts.clone(),
            login: self.login,
            remedies: self.remedies.clone(),
        };
        if let Some(variant) = situation.description.and_then(|text| self.variant(text)) {
            verdict.class = variant.class.unwrap_or(verdict.class);
            verdict.login = variant.login.unwrap_or(verdict.login);
            if !variant.acts.is_empty() {
                verdict.acts.clone_from(&variant.acts);
            }
            if !variant.remedies.is_empty() {
                verdict.remedies.clone_from(&variant.remedies);
            }
        }
        verdict.amended(&self.when, situation)
    }

    /// Whether this error (with this suberror) was seen with the code: `Some(true)` seen, `Some(false)` assumed,
    /// `None` not listed.
    pub fn pairing_seen(&self, error: &str, suberror: Option<&str>) -> Option<bool> {
        let fits = |pairing: &&Pairing| {
            pairing.error == error
                && (pairing.suberror.is_empty() || Some(pairing.suberror.as_str()) == suberror)
        };
        self.pairings
            .iter()
            .filter(fits)
            .map(|pairing| pairing.seen)
            .max()
    }
}

/// What a code comes together with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pairing {
    /// The OAuth error.
    pub error: String,
    /// The suberror; may be empty.
    pub suberror: String,
    /// The endpoint it holds for; `None`: both.
    pub endpoint: Option<Endpoint>,
    /// The HTTP status.
    pub status: Option<u16>,
    /// Whether somebody saw it; otherwise it is assumed.
    pub seen: bool,
}

/// Another meaning of a number, told apart by the description.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Variant {
    /// Words of the description, compared without regard to case.
    #[serde(rename = "match")]
    pub pattern: String,
    /// A title of its own; may be empty.
    pub title: String,
    /// What it means.
    pub meaning: String,
    /// Its causes; may be empty.
    pub causes: Vec<String>,
    /// Overrides the class.
    pub class: Option<Class>,
    /// Overrides who acts; empty: no override.
    pub acts: Vec<Actor>,
    /// Overrides whether signing in helps.
    pub login: Option<Login>,
    /// Overrides the remedies; empty: no override.
    pub remedies: Vec<String>,
}

/// One OAuth error of one source, or one suberror.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorEntry {
    /// The value on the wire.
    pub name: String,
    /// `standard`, `entra`, `msal-python` …; may be empty for a suberror.
    pub source: String,
    /// Where it is specified, e.g. `RFC 6749 5.2`.
    pub spec: String,
    /// A short sentence; may be empty.
    pub title: String,
    /// What it means.
    pub meaning: String,
    /// Usual causes.
    pub causes: Vec<String>,
    /// The class.
    pub class: Class,
    /// Who acts, in order.
    pub acts: Vec<Actor>,
    /// Whether signing in again helps.
    pub login: Login,
    /// What changes with the situation.
    pub when: Vec<When>,
    /// Ids of remedies, in order.
    pub remedies: Vec<String>,
    /// Where it surfaces.
    #[serde(rename = "where")]
    pub places: Vec<Place>,
    /// How sure it is.
    pub confidence: Confidence,
    /// Where the knowledge is from.
    pub sources: Vec<String>,
    /// Path of a dedicated article, or its https address; may be empty.
    pub article: String,
    /// When a person last looked at it (`2026-11-22`); may be empty.
    pub reviewed: String,
    /// Where the entry came from.
    pub origin: Origin,
}

impl ErrorEntry {
    /// Whether a library makes this error inside the program: no server sent it, and no request may have gone out.
    pub fn is_made_by_library(&self) -> bool {
        self.source.starts_with("msal-")
    }

    /// What the entry says in a situation: its defaults, then every matching row of `when` in order.
    pub fn verdict(&self, situation: &Situation<'_>) -> Verdict {
        let own = Verdict {
            class: self.class,
            acts: self.acts.clone(),
            login: self.login,
            remedies: self.remedies.clone(),
        };
        own.amended(&self.when, situation)
    }
}

/// A suberror has the shape of an error.
pub type SubError = ErrorEntry;

/// One way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// Its name, e.g. `sign-in-with-claims`.
    pub id: String,
    /// Who does it.
    pub by: By,
    /// The imperative sentence.
    pub title: String,
    /// Why, in one sentence; may be empty.
    pub why: String,
    /// Whom the message goes to, if a person does it.
    pub to: Option<Actor>,
    /// Flows by which it cannot be done.
    pub barred: Vec<String>,
    /// The message to hand over; holes in braces; may be empty.
    pub text: String,
    /// Where the entry came from.
    pub origin: Origin,
}

/// The neighbourhood of codes that are not listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Range {
    /// What the code begins with: `AADSTS53`.
    pub prefix: String,
    /// What it is about.
    pub title: String,
    /// The class.
    pub class: Class,
    /// Who acts.
    pub acts: Vec<Actor>,
    /// Whether signing in again helps.
    pub login: Login,
    /// Where the entry came from.
    pub origin: Origin,
}
