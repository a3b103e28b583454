//! What makes an entry worth reading, as far as a machine can tell. Each test lists every offender by what it is
//! looked up by.

mod coherence;
mod copies;

use std::collections::{BTreeSet, HashSet};

use crate::catalog::{Catalog, Entry, spelling};
use crate::model::{Class, Confidence, Login};

/// Words that say nothing.
const EMPTY_WORDS: [&str; 13] = [
    "an error occurred",
    "an error has occurred",
    "error occurred",
    "something went wrong",
    "the request failed",
    "the operation failed",
    "unexpected error",
    "unknown error",
    "for some reason",
    "please",
    "try again later",
    "see the documentation",
    "contact support",
];

/// Every built-in entry that says more than a title.
fn full(catalog: &Catalog) -> Vec<Entry<'_>> {
    let full = |entry: &Entry<'_>| !entry.meaning().is_empty();
    catalog.entries().filter(full).collect()
}

/// Whether it comes in a reply that a client of ours could get: libraries make their own errors, and the endpoint
/// where clients register themselves is not asked here.
fn is_replied(entry: Entry<'_>) -> bool {
    !entry.family().starts_with("msal-") && !entry.spec().starts_with("RFC 7591")
}

/// An entry and who it is, for a list of offenders.
fn who(entry: Entry<'_>) -> String {
    match entry.family() {
        "" => entry.label().to_owned(),
        family => format!("{} ({family})", entry.label()),
    }
}

/// Fails with every offence, a line each.
#[track_caller]
fn none(offences: impl IntoIterator<Item = String>) {
    let offences: Vec<String> = offences.into_iter().collect();
    assert!(
        offences.is_empty(),
        "{} offences\n{}",
        offences.len(),
        offences.join("\n")
    );
}

/// Every offence of a rule that looks at one full entry at a time.
#[track_caller]
fn each(rule: impl Fn(Entry<'_>) -> Vec<String>) {
    let catalog = Catalog::builtin();
    none(full(&catalog).into_iter().flat_map(|entry| {
        let name = who(entry);
        rule(entry)
            .into_iter()
            .map(move |offence| format!("{name}: {offence}"))
    }));
}

/// Words in lower case, nothing else: two texts that differ in less say the same.
fn normal(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

#[test]
fn a_full_entry_has_every_field() {
    each(|entry| {
        let replied = is_replied(entry);
        let of_code = matches!(entry, Entry::Code(_));
        let lacks = [
            (
                "causes",
                entry.causes().is_empty() || entry.causes().len() > 4,
            ),
            ("where", replied && entry.places().is_empty()),
            ("class", entry.class() == Class::Unknown),
            ("acts", entry.acts().is_empty()),
            ("login", entry.login() == Login::Unknown && of_code),
            ("remedies", entry.remedies().is_empty()),
            ("sources", entry.sources().is_empty()),
            ("confidence", entry.confidence() == Confidence::Assumed),
            (
                "reviewed",
                entry.reviewed().parse::<jiff::civil::Date>().is_err(),
            ),
            ("title", entry.title() == entry.meaning()),
            ("spec", !of_code && entry.spec().is_empty()),
        ];
        let lacking = lacks.into_iter().filter(|(_, lacking)| *lacking);
        lacking
            .map(|(field, _)| format!("{field} is missing, or more than there should be"))
            .collect()
    });
}

#[test]
fn titles_are_short_sentences_in_plain_words() {
    each(|entry| {
        let title = entry.title();
        let name = spelling::squashed(entry.name());
        let mut offences = Vec::new();
        let mut demand = |holds: bool, what: &str| {
            if !holds {
                offences.push(format!("{what}: {title}"));
            }
        };
        demand(title.chars().count() <= 75, "the title is long");
        demand(!title.ends_with('.'), "the title ends with a full stop");
        demand(
            title.split_whitespace().count() >= 3,
            "the title is no sentence",
        );
        demand(
            begins_a_sentence(title),
            "the title begins with a small letter",
        );
        demand(spelling::squashed(title) != name, "the title is the name");
        demand(
            !["AADSTS", "AADB2C", "MSIS"]
                .iter()
                .any(|it| title.contains(it)),
            "the title holds a code",
        );
        offences
    });
}

#[test]
fn a_meaning_is_whole_sentences_that_say_more_than_the_title() {
    each(|entry| {
        let meaning = entry.meaning();
        let (plain, title) = (normal(meaning), normal(entry.title()));
        let mut offences = Vec::new();
        let mut demand = |holds: bool, what: &str| {
            if !holds {
                offences.push(format!("{what}: {meaning}"));
            }
        };
        demand(
            meaning.ends_with('.'),
            "the meaning ends without a full stop",
        );
        demand(
            meaning.split_whitespace().count() >= 7,
            "the meaning is short",
        );
        demand(
            meaning.split_whitespace().count() <= 60,
            "the meaning is long",
        );
        demand(begins_a_sentence(meaning), "it begins small");
        demand(
            plain != title && !title.contains(&plain),
            "it repeats the title",
        );
        demand(
            alike(&words_of(meaning), &words_of(entry.title())) < 0.8,
            "it says what the title says",
        );
        let name = entry.name();
        let telling = name.len() >= 6 && matches!(entry, Entry::Code(_));
        demand(
            !(telling && meaning.to_lowercase().contains(&name.to_lowercase())),
            "it repeats the symbolic name",
        );
        offences
    });
}

#[test]
fn nothing_is_empty_words() {
    each(|entry| {
        let variants = entry.variants().iter();
        let variants =
            variants.flat_map(|variant| [variant.title.as_str(), variant.meaning.as_str()]);
        let causes = entry.causes().iter().map(String::as_str);
        let texts = [entry.title(), entry.meaning()];
        let texts = texts.into_iter().chain(causes).chain(variants);
        texts
            .flat_map(|text| {
                let plain = text.to_lowercase();
                let said = EMPTY_WORDS
                    .iter()
                    .filter(move |words| plain.contains(**words));
                said.map(move |words| format!("“{words}” says nothing: {text}"))
            })
            .collect()
    });
}

#[test]
fn causes_are_clauses_to_check_and_no_sentences() {
    each(|entry| {
        let mut offences = Vec::new();
        let mut seen = HashSet::new();
        let meaning = normal(entry.meaning());
        for cause in entry.causes() {
            let mut demand = |holds: bool, what: &str| {
                if !holds {
                    offences.push(format!("{what}: {cause}"));
                }
            };
            demand(!cause.ends_with('.'), "a cause ends with a full stop");
            demand(
                cause.split_whitespace().count() >= 2,
                "a cause is no clause",
            );
            demand(begins_small(cause), "a cause begins with a capital");
            demand(normal(cause) != meaning, "a cause repeats the meaning");
            demand(seen.insert(normal(cause)), "a cause is there twice");
        }
        offences
    });
}

/// Whether a sentence begins with a capital, or with a word that is always written as it is, like a parameter's name.
fn begins_a_sentence(text: &str) -> bool {
    let word = text.split([' ', '=', ',']).next().unwrap_or_default();
    let parameter = word.contains(['_', '.', ':', '/', '-'])
        || ["prompt", "nonce", "state", "scope"].contains(&word);
    parameter || word.contains(|c: char| !c.is_lowercase())
}

/// Whether a clause begins with a small letter, a digit, a sign, or a word that is always written otherwise.
fn begins_small(clause: &str) -> bool {
    let word = clause.split([' ', '-']).next().unwrap_or_default();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let ordinary = [
        "A", "An", "The", "This", "That", "These", "It", "There", "They", "You", "Your", "No",
        "Not", "Some", "One", "Another", "Its", "Their", "Check", "Wrong", "Missing", "User",
        "Users", "Policy", "Request", "Client", "Token", "Tokens", "Password", "Program",
        "Someone", "Somebody", "Nobody", "If", "When", "After", "On", "In",
    ];
    !(capitals == 1 && ordinary.contains(&word))
}

#[test]
fn what_is_only_a_name_is_not_told_with_certainty() {
    each(|entry| {
        let hedged = [
            "judging by",
            "suggests",
            "its name",
            "the name",
            "presumably",
            "appears to",
        ];
        let plain = entry.meaning().to_lowercase();
        let certain = entry.confidence() == Confidence::NameOnly
            && !hedged.iter().any(|words| plain.contains(words));
        Vec::from_iter(certain.then(|| format!("it is told with certainty: {}", entry.meaning())))
    });
}

fn words_of(text: &str) -> BTreeSet<String> {
    normal(text).split(' ').map(str::to_owned).collect()
}

/// The share of words that two texts have in common.
fn alike<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> f64 {
    let (small, large) = (one.len().min(other.len()), one.len().max(other.len()));
    if small * 5 < large * 4 {
        return 0.0;
    }
    let common = u32::try_from(one.intersection(other).count()).unwrap();
    let all = u32::try_from(one.union(other).count()).unwrap().max(1);
    f64::from(common) / f64::from(all)
}
