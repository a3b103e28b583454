//! The catalogue's text form (DESIGN section 8) as plain data, and the strict reader of one TOML text. Included by
//! `assets/build.rs` too, so that a person's own entries obey the same rules as the built-in ones; it therefore
//! names nothing of this crate. Unknown keys and unknown words are errors that name line and key.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::word::{
    ActorWord, ByWord, ClassWord, ClientWord, ConfidenceWord, Day, EndpointWord, FlowWord,
    LoginWord, Many, PlaceWord,
};

/// `[[code]]`: one code.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeEntry {
    /// With its prefix: `AADSTS50076`.
    pub code: String,
    /// Symbolic name.
    #[serde(default)]
    pub name: String,
    /// A short sentence.
    pub title: String,
    /// What it means; makes the entry a full one.
    #[serde(default)]
    pub meaning: String,
    /// Usual causes.
    #[serde(default)]
    pub causes: Vec<String>,
    /// Where it surfaces.
    #[serde(default, rename = "where")]
    pub places: Vec<PlaceWord>,
    /// The class.
    pub class: ClassWord,
    /// Who acts, in order.
    #[serde(default)]
    pub acts: Vec<ActorWord>,
    /// Whether signing in again helps.
    #[serde(default)]
    pub login: Option<LoginWord>,
    /// What changes with the situation.
    #[serde(default)]
    pub when: Vec<WhenEntry>,
    /// What it comes together with on the wire.
    #[serde(default)]
    pub pairings: Vec<PairingEntry>,
    /// What the lab says.
    #[serde(default)]
    pub text: String,
    /// Ids of remedies, in order.
    #[serde(default)]
    pub remedies: Option<Vec<String>>,
    /// Path of a dedicated article.
    #[serde(default)]
    pub article: String,
    /// Where the knowledge is from.
    pub sources: Vec<String>,
    /// How sure it is.
    pub confidence: ConfidenceWord,
    /// When a person last looked at it.
    #[serde(default)]
    pub reviewed: Day,
    /// Other meanings of the same number.
    #[serde(default)]
    pub variant: Vec<VariantEntry>,
}

/// One row of `when`: conditions, and what they override.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WhenEntry {
    /// Whether claims came.
    pub claims: Option<bool>,
    /// One of these flows.
    pub flow: Many<FlowWord>,
    /// One of these kinds of client.
    pub client: Many<ClientWord>,
    /// One of these suberrors; an empty word stands for none.
    pub suberror: Many<String>,
    /// One of these OAuth errors.
    pub error: Many<String>,
    /// One of these places.
    #[serde(rename = "where")]
    pub places: Many<PlaceWord>,
    /// This endpoint.
    pub endpoint: Option<EndpointWord>,
    /// This HTTP status.
    pub status: Option<u16>,
    /// The description contains this.
    #[serde(rename = "match")]
    pub pattern: String,
    /// Overrides the class.
    pub class: Option<ClassWord>,
    /// Overrides who acts.
    pub acts: Vec<ActorWord>,
    /// Overrides whether signing in helps.
    pub login: Option<LoginWord>,
    /// Overrides the remedies.
    pub remedies: Vec<String>,
}

/// One row of `pairings`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairingEntry {
    /// The OAuth error.
    pub error: String,
    /// The suberror.
    #[serde(default)]
    pub suberror: String,
    /// The endpoint it holds for.
    #[serde(default)]
    pub endpoint: Option<EndpointWord>,
    /// The HTTP status.
    #[serde(default)]
    pub status: Option<u16>,
    /// Whether somebody saw it.
    #[serde(default)]
    pub seen: bool,
}

/// `[[code.variant]]`: another meaning of the number, told apart by the description.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VariantEntry {
    /// Words of the description, compared without regard to case.
    #[serde(rename = "match")]
    pub pattern: String,
    /// A title of its own.
    #[serde(default)]
    pub title: String,
    /// What it means.
    pub meaning: String,
    /// Its causes.
    #[serde(default)]
    pub causes: Vec<String>,
    /// Overrides the class.
    #[serde(default)]
    pub class: Option<ClassWord>,
    /// Overrides who acts.
    #[serde(default)]
    pub acts: Vec<ActorWord>,
    /// Overrides whether signing in helps.
    #[serde(default)]
    pub login: Option<LoginWord>,
    /// Overrides the remedies.
    #[serde(default)]
    pub remedies: Vec<String>,
}

/// `[[error]]`, one OAuth error of one source, and `[[suberror]]`, which needs no source.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedEntry {
    /// The value on the wire.
    pub name: String,
    /// `standard`, `entra`, `msal-python` … (an `[[error]]` must have one).
    #[serde(default)]
    pub source: String,
    /// Where it is specified.
    #[serde(default)]
    pub spec: String,
    /// A short sentence.
    #[serde(default)]
    pub title: String,
    /// What it means.
    pub meaning: String,
    /// Usual causes.
    #[serde(default)]
    pub causes: Vec<String>,
    /// The class.
    #[serde(default)]
    pub class: Option<ClassWord>,
    /// Who acts, in order.
    #[serde(default)]
    pub acts: Vec<ActorWord>,
    /// Whether signing in again helps.
    #[serde(default)]
    pub login: Option<LoginWord>,
    /// What changes with the situation.
    #[serde(default)]
    pub when: Vec<WhenEntry>,
    /// Ids of remedies, in order.
    #[serde(default)]
    pub remedies: Vec<String>,
    /// Where it surfaces.
    #[serde(default, rename = "where")]
    pub places: Vec<PlaceWord>,
    /// How sure it is.
    #[serde(default)]
    pub confidence: Option<ConfidenceWord>,
    /// Where the knowledge is from.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Path of a dedicated article.
    #[serde(default)]
    pub article: String,
    /// When a person last looked at it.
    #[serde(default)]
    pub reviewed: Day,
}

/// `[[remedy]]`: one way out.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemedyEntry {
    /// Its name.
    pub id: String,
    /// Who does it.
    pub by: ByWord,
    /// The imperative sentence.
    pub title: String,
    /// Why, in one sentence.
    #[serde(default)]
    pub why: String,
    /// Whom the message goes to.
    #[serde(default)]
    pub to: Option<ActorWord>,
    /// Ways of doing it that cannot work.
    #[serde(default)]
    pub barred: Vec<FlowWord>,
    /// The message to hand over.
    #[serde(default)]
    pub text: String,
}

/// `[[range]]`: the neighbourhood of codes that are not listed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RangeEntry {
    /// What the code begins with: `AADSTS53`.
    pub prefix: String,
    /// What it is about.
    pub title: String,
    /// The class.
    #[serde(default)]
    pub class: Option<ClassWord>,
    /// Who acts.
    #[serde(default)]
    pub acts: Vec<ActorWord>,
    /// Whether signing in again helps.
    #[serde(default)]
    pub login: Option<LoginWord>,
}

/// Everything that texts hold.
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    /// The codes.
    pub codes: Vec<CodeEntry>,
    /// The errors.
    pub errors: Vec<NamedEntry>,
    /// The suberrors.
    pub suberrors: Vec<NamedEntry>,
    /// The remedies.
    pub remedies: Vec<RemedyEntry>,
    /// The ranges.
    pub ranges: Vec<RangeEntry>,
}

/// Everything, as it is packed: each entry under what it is looked up by, to be read when it is asked for. Codes are in
/// the order of prefix and number.
#[derive(Default, Serialize, Deserialize)]
pub struct Packed<'a> {
    /// The codes.
    #[serde(borrow)]
    pub codes: Vec<PackedEntry<'a>>,
    /// The errors.
    #[serde(borrow)]
    pub errors: Vec<PackedEntry<'a>>,
    /// The suberrors.
    #[serde(borrow)]
    pub suberrors: Vec<PackedEntry<'a>>,
    /// The remedies.
    #[serde(borrow)]
    pub remedies: Vec<PackedEntry<'a>>,
    /// The ranges.
    #[serde(borrow)]
    pub ranges: Vec<PackedEntry<'a>>,
}

/// One packed entry.
#[derive(Serialize, Deserialize)]
pub struct PackedEntry<'a> {
    /// The code, the name, the id or the prefix.
    pub label: &'a str,
    /// The symbolic name of a code, the source of an error; otherwise empty.
    pub second: &'a str,
    /// The entry.
    pub body: &'a [u8],
}

/// Prefix and digits of a code. The prefix `AADB2C` holds a digit of its own.
pub fn split(code: &str) -> (&str, &str) {
    let from = code.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    code.split_at(from)
}

/// One file as it is written; every entry knows where it stands.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Page {
    /// `[[code]]`
    pub code: Vec<Spanned<CodeEntry>>,
    /// `[[error]]`
    pub error: Vec<Spanned<NamedEntry>>,
    /// `[[suberror]]`
    pub suberror: Vec<Spanned<NamedEntry>>,
    /// `[[remedy]]`
    pub remedy: Vec<Spanned<RemedyEntry>>,
    /// `[[range]]`
    pub range: Vec<Spanned<RangeEntry>>,
}

/// Something wrong in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The line, from 1.
    pub line: usize,
    /// The key, as far as it is known.
    pub key: String,
    /// What is wrong, with the offending value.
    pub what: String,
}

/// Reads one text strictly.
///
/// # Errors
/// The first [`Flaw`]: not TOML, an unknown key, an unknown word, a required key that is missing.
pub fn read(text: &str) -> Result<Page, Flaw> {
    toml::from_str(text).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        Flaw {
            line: line_of(text, &span),
            key: key_at(text, span.start),
            what: error.message().to_owned(),
        }
    })
}

/// The line (from 1) on which a span begins.
pub fn line_of(text: &str, span: &Range<usize>) -> usize {
    let before = text.get(..span.start).unwrap_or_default();
    1 + before.matches('\n').count()
}

/// The key whose value stands at `offset`: the nearest `key =` at or before it.
fn key_at(text: &str, offset: usize) -> String {
    let end = text.as_bytes().get(offset..).map_or(text.len(), |rest| {
        offset
            + rest
                .iter()
                .position(|byte| *byte == b'\n')
                .unwrap_or(rest.len())
    });
    let lines = text.get(..end).unwrap_or(text).lines().rev();
    for line in lines {
        let line = line.trim();
        if line.starts_with("[[") {
            return line.trim_matches(['[', ']']).to_owned();
        }
        if let Some((key, _)) = line.split_once('=') {
            let key = key.trim().trim_matches('"');
            if !key.is_empty()
                && key
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
            {
                return key.to_owned();
            }
        }
    }
    String::new()
}
