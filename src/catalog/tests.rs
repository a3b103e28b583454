//! The catalogue over the texts it carries, and over a few of its own.

mod finding;
mod quality;

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;

use super::word::{
    ActorWord, ByWord, ClassWord, ClientWord, ConfidenceWord, EndpointWord, FlowWord, LoginWord,
    PlaceWord, Word as _,
};

use super::*;
use crate::model::plan::By;
use crate::model::{Actor, Class, ClientKind, Confidence, Flow, Login, Place};

#[test]
fn the_word_lists_are_those_of_the_model() {
    fn same(words: &[&str], model: impl Iterator<Item = &'static str>) {
        assert_eq!(words, model.collect::<Vec<_>>());
    }
    same(ClassWord::WORDS, Class::ALL.iter().map(|w| w.word()));
    same(ActorWord::WORDS, Actor::ALL.iter().map(|w| w.word()));
    same(LoginWord::WORDS, Login::ALL.iter().map(|w| w.word()));
    same(PlaceWord::WORDS, Place::ALL.iter().map(|w| w.word()));
    same(
        ConfidenceWord::WORDS,
        Confidence::ALL.iter().map(|w| w.word()),
    );
    same(
        ByWord::WORDS,
        [By::Program, By::Person].into_iter().map(By::word),
    );
    assert!(
        Flow::ALL
            .iter()
            .all(|flow| FlowWord::WORDS.contains(&flow.word()))
    );
    same(
        ClientWord::WORDS,
        [
            ClientKind::Desktop,
            ClientKind::Web,
            ClientKind::Spa,
            ClientKind::Daemon,
            ClientKind::Api,
        ]
        .into_iter()
        .map(ClientKind::word),
    );
    assert_eq!(EndpointWord::WORDS, ["v1", "v2"]);
}

/// The texts the program carries, by name.
fn texts() -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/catalog");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut texts: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                std::fs::read_to_string(&path).unwrap(),
            )
        })
        .collect();
    texts.sort();
    texts
}

/// Two codes and a remedy of our own.
const OWN: &str = r#"
[[remedy]]
id = "ask-the-lab"
by = "person"
title = "Ask whoever runs the lab"
to = "admin"

[[code]]
code = "AADSTS50076"
title = "Our own words for it"
meaning = "Here it means something else."
causes = ["our proxy"]
class = "policy"
acts = ["admin"]
login = "no"
remedies = ["ask-the-lab"]
when = [
  { flow = ["silent", "refresh-token"], login = "yes" },
  { client = "daemon", login = "not-applicable", acts = ["developer"] },
]
sources = ["own"]
confidence = "observed"
reviewed = 2026-01-02

[[code.variant]]
match = "Second Meaning"
meaning = "The other one."
acts = ["microsoft"]

[[code]]
code = "MSIS7777"
title = "Only here"
class = "unknown"
sources = ["own"]
confidence = "observed"
"#;

#[test]
fn every_built_in_entry_is_packed_exactly_once() {
    let catalog = Catalog::builtin();
    let all: String = texts().into_iter().map(|(_, text)| text + "\n").collect();
    let count = |head: &str| all.lines().filter(|line| line.trim() == head).count();
    assert_eq!(catalog.codes().count(), count("[[code]]"));
    assert_eq!(catalog.errors().count(), count("[[error]]"));
    assert_eq!(catalog.suberrors().count(), count("[[suberror]]"));
    assert_eq!(catalog.remedies().count(), count("[[remedy]]"));
    assert_eq!(catalog.ranges().count(), count("[[range]]"));
    let distinct: HashSet<&str> = catalog.codes().map(|code| code.code.as_str()).collect();
    assert_eq!(distinct.len(), catalog.codes().count());
    assert!(distinct.len() >= 607, "{} codes", distinct.len());
    assert!(
        catalog
            .codes()
            .all(|code| catalog.code(&code.code) == Some(code) && code.origin == Origin::Builtin)
    );
}

#[test]
fn every_named_remedy_exists_and_no_sentence_is_empty() {
    let catalog = Catalog::builtin();
    let said = |text: &str| !text.trim().is_empty();
    for code in catalog.codes() {
        let rows = code.when.iter().flat_map(|row| &row.remedies);
        let variants = code.variants.iter().flat_map(|variant| &variant.remedies);
        for remedy in code.remedies.iter().chain(rows).chain(variants) {
            assert!(
                catalog.remedy(remedy).is_some(),
                "{} names {remedy}",
                code.code
            );
        }
        assert!(said(&code.title), "{}", code.code);
        assert!(code.causes.iter().all(|cause| said(cause)), "{}", code.code);
        assert!(
            code.variants
                .iter()
                .all(|variant| said(&variant.meaning) && said(&variant.pattern))
        );
        if code.is_full() {
            assert!(
                said(&code.meaning) && !code.acts.is_empty() && !code.causes.is_empty(),
                "{}",
                code.code
            );
            assert!(code.class != Class::Unknown, "{}", code.code);
        }
    }
    assert!(
        catalog
            .errors()
            .chain(catalog.suberrors())
            .all(|error| said(&error.meaning))
    );
    assert!(catalog.remedies().all(|remedy| said(&remedy.title)));
    assert!(catalog.ranges().all(|range| said(&range.title)));
}

#[test]
fn no_two_full_entries_share_a_meaning() {
    let catalog = Catalog::builtin();
    let mut meanings: HashMap<&str, &str> = HashMap::new();
    for code in catalog.codes().filter(|code| code.is_full()) {
        if let Some(other) = meanings.insert(&code.meaning, &code.code) {
            panic!("{} and {other} share a meaning", code.code);
        }
    }
}

#[test]
fn articles_are_paths_or_https_addresses() {
    for code in Catalog::builtin()
        .codes()
        .filter(|code| !code.article.is_empty())
    {
        let base = url::Url::parse("https://learn.microsoft.com/").unwrap();
        let link = base.join(&code.article).unwrap();
        assert_eq!(link.scheme(), "https", "{}", code.code);
        assert!(link.path().len() > 1, "{}", code.code);
    }
}

#[test]
fn a_code_is_found_in_any_case_and_a_stranger_by_its_longest_range() {
    let catalog = Catalog::builtin();
    assert_eq!(catalog.code("aadsts50076").unwrap().number(), 50076);
    assert_eq!(catalog.code("AADB2C90118").unwrap().prefix(), "AADB2C");
    assert!(catalog.code("50076").is_none());
    let mut catalog = Catalog::default();
    let ranges = "[[range]]\nprefix = \"AADSTS5\"\ntitle = \"five\"\n[[range]]\nprefix = \"AADSTS53\"\ntitle = \"fifty-three\"\n";
    catalog.overlay("own.toml", ranges).unwrap();
    assert_eq!(catalog.range("AADSTS53999").unwrap().title, "fifty-three");
    assert_eq!(catalog.range("AADSTS5").unwrap().title, "five");
    assert!(catalog.range("AADB2C5").is_none());
}

#[test]
fn a_neighbourhood_is_a_block_of_numbers_and_not_whatever_begins_alike() {
    let catalog = Catalog::builtin();
    let prefix = |code: &str| catalog.range(code).unwrap().prefix.as_str();
    for (code, wanted) in [
        ("AADSTS50999", "AADSTS50"),
        ("AADSTS500999", "AADSTS500"),
        ("AADSTS5000999", "AADSTS5000"),
        ("AADSTS53099", "AADSTS53"),
        ("AADSTS530999", "AADSTS530"),
        ("AADSTS65999", "AADSTS65"),
        ("AADSTS70008", "AADSTS70"),
        ("AADSTS700099", "AADSTS700"),
        ("AADSTS7000999", "AADSTS7000"),
        ("AADSTS7002999", "AADSTS7002"),
        ("AADSTS75999", "AADSTS75"),
        ("AADSTS7500999", "AADSTS750"),
        ("AADSTS80999", "AADSTS80"),
        ("AADSTS81999", "AADSTS81"),
        ("AADSTS90999", "AADSTS90"),
        ("AADSTS9002999", "AADSTS9002"),
        ("AADSTS10009", "AADSTS"),
        ("AADSTS120999", "AADSTS120"),
        ("AADSTS130999", "AADSTS130"),
        ("AADSTS135999", "AADSTS135"),
        ("AADSTS99999999", "AADSTS"),
        ("AADB2C90999", "AADB2C90"),
        ("AADB2C77777", "AADB2C"),
        ("MSIS9699", "MSIS9"),
        ("MSIS7099", "MSIS7"),
        ("MSIS0001", "MSIS"),
    ] {
        assert_eq!(prefix(code), wanted, "{code}");
    }
}

#[test]
fn every_block_of_listed_numbers_has_a_neighbourhood_for_those_that_are_not() {
    let catalog = Catalog::builtin();
    for code in catalog.codes().filter(|code| code.digits().len() >= 5) {
        let range = catalog.range(&code.code).unwrap();
        assert!(range.prefix.len() > code.prefix().len(), "{}", code.code);
        assert!(!range.acts.is_empty(), "{}", range.prefix);
    }
}

#[test]
fn an_own_entry_replaces_the_built_in_one_and_remembers_its_file() {
    let mut catalog = Catalog::builtin();
    let before = catalog.codes().count();
    catalog.overlay("mine.toml", OWN).unwrap();
    assert_eq!(catalog.codes().count(), before + 1);
    let code = catalog.code("AADSTS50076").unwrap();
    assert_eq!(code.origin, Origin::Own("mine.toml".into()));
    assert_eq!(
        (code.title.as_str(), code.reviewed.as_str()),
        ("Our own words for it", "2026-01-02")
    );
    assert!(!catalog.code("MSIS7777").unwrap().is_full());
    assert_eq!(catalog.code("AADSTS50079").unwrap().origin, Origin::Builtin);
    assert_eq!(
        catalog.remedy("ask-the-lab").unwrap().to,
        Some(Actor::Admin)
    );
}

#[test]
fn a_flaw_in_an_own_entry_names_file_line_and_key() {
    let flaw = |text: &str| Catalog::builtin().overlay("mine.toml", text).unwrap_err();
    let unknown_key = flaw(&OWN.replace("acts = [\"admin\"]", "actors = [\"admin\"]"));
    assert_eq!(unknown_key.at, "mine.toml:14 actors");
    let unknown_word = flaw(&OWN.replace("login = \"no\"", "login = \"never\""));
    assert_eq!(unknown_word.at, "mine.toml:15 login");
    assert!(unknown_word.what.contains("never") && unknown_word.what.contains("other-flow"));
    let in_when = flaw(&OWN.replace("client = \"daemon\"", "klient = \"daemon\""));
    assert!(in_when.at.starts_with("mine.toml:19 "), "{in_when:?}");
    let stray_remedy = flaw(&OWN.replace("remedies = [\"ask-the-lab\"]", "remedies = [\"pray\"]"));
    assert_eq!(stray_remedy.at, "mine.toml:8 remedies");
    assert!(stray_remedy.what.contains("`pray`"));
    let missing = flaw(&OWN.replace("causes = [\"our proxy\"]\n", ""));
    assert_eq!(missing.at, "mine.toml:8 causes");
    let twice = flaw(&OWN.replace("MSIS7777", "AADSTS50076"));
    assert_eq!(twice.at, "mine.toml:30 code");
    assert_eq!(flaw("[[code]\n").at.split(' ').next(), Some("mine.toml:1"));
    assert!(
        flaw(&OWN.replace("\"MSIS7777\"", "\"7777\""))
            .what
            .contains("7777")
    );
}

#[test]
fn a_bad_own_file_changes_nothing() {
    let mut catalog = Catalog::builtin();
    assert!(
        catalog
            .overlay("mine.toml", &format!("{OWN}\n[[stray]]\n"))
            .is_err()
    );
    assert!(catalog.code("MSIS7777").is_none());
}

#[test]
fn a_later_row_of_when_wins_and_a_variant_is_told_by_the_description() {
    let mut catalog = Catalog::builtin();
    catalog.overlay("mine.toml", OWN).unwrap();
    let code = catalog.code("AADSTS50076").unwrap();
    let plain = code.verdict(&Situation::default());
    assert_eq!(
        (plain.login, plain.acts.as_slice()),
        (Login::No, &[Actor::Admin][..])
    );
    let mut situation = Situation {
        flow: Some(Flow::Silent),
        ..Situation::default()
    };
    assert_eq!(code.verdict(&situation).login, Login::Yes);
    situation.client = Some(ClientKind::Daemon);
    let daemon = code.verdict(&situation);
    assert_eq!(
        (daemon.login, daemon.acts.as_slice()),
        (Login::NotApplicable, &[Actor::Developer][..])
    );
    let told = Situation {
        description: Some("the SECOND meaning, this time"),
        ..Situation::default()
    };
    assert_eq!(code.verdict(&told).acts, [Actor::Microsoft]);
    assert_eq!(code.variant("nothing of the kind"), None);
}

#[test]
fn a_standard_error_is_preferred_over_a_library_of_the_same_name() {
    let mut catalog = Catalog::default();
    let entry = |source: &str| {
        format!(
            "[[error]]\nname = \"consent_required\"\nsource = \"{source}\"\nmeaning = \"of {source}\"\n"
        )
    };
    catalog
        .overlay(
            "a.toml",
            &(entry("msal-js") + &entry("entra") + &entry("standard")),
        )
        .unwrap();
    assert_eq!(
        catalog.error("consent_required").unwrap().source,
        "standard"
    );
    assert_eq!(
        catalog
            .error_by_source("consent_required", "msal-js")
            .unwrap()
            .meaning,
        "of msal-js"
    );
    assert!(catalog.error("no_such").is_none());
}

#[test]
fn a_pairing_is_seen_assumed_or_not_listed() {
    let mut catalog = Catalog::default();
    let text = OWN.replace(
        "sources = [\"own\"]\nconfidence = \"observed\"\nreviewed",
        "pairings = [ { error = \"invalid_grant\", suberror = \"basic_action\", seen = true }, { error = \"interaction_required\" } ]\nsources = [\"own\"]\nconfidence = \"observed\"\nreviewed",
    );
    catalog.overlay("mine.toml", &text).unwrap();
    let code = catalog.code("AADSTS50076").unwrap();
    assert_eq!(
        code.pairing_seen("invalid_grant", Some("basic_action")),
        Some(true)
    );
    assert_eq!(code.pairing_seen("interaction_required", None), Some(false));
    assert_eq!(code.pairing_seen("invalid_grant", None), None);
}

proptest! {
    #[test]
    fn search_and_lookup_survive_any_text(query in ".{0,40}") {
        let mut catalog = Catalog::default();
        catalog.overlay("mine.toml", OWN).unwrap();
        let found = catalog.find(&Query::of(&query));
        let distinct: HashSet<&str> = found.iter().map(|entry| entry.label()).collect();
        prop_assert_eq!(distinct.len(), found.len());
        prop_assert!(catalog.nearest(&Query::of(&query), 3).len() <= 3);
        let _ = (catalog.code(&query), catalog.error(&query), catalog.range(&query));
    }

    #[test]
    fn overlay_survives_any_text(text in ".{0,120}") {
        let _ = Catalog::default().overlay("mine.toml", &text);
    }
}
