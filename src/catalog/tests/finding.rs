//! Finding by what people type.

use crate::catalog::{Catalog, Entry, Query};
use crate::model::{Actor, Class, Login};

fn labels(query: &str) -> Vec<String> {
    let catalog = Catalog::builtin();
    let found = catalog.find(&Query::of(query));
    found.iter().map(|entry| entry.label().to_owned()).collect()
}

fn first(query: &str) -> String {
    labels(query).into_iter().next().unwrap_or_default()
}

#[test]
fn a_number_is_first_however_it_is_typed() {
    for query in [
        "50076",
        " 50076 ",
        "AADSTS50076",
        "AADSTS 50076",
        "aadsts50076:",
        "error 50076",
        "AADSTS50076: a second factor is needed before a token for the API can be issued",
    ] {
        assert_eq!(first(query), "AADSTS50076", "{query}");
    }
    assert_eq!(first("aadb2c90118"), "AADB2C90118");
}

#[test]
fn a_number_that_exists_twice_is_shown_under_both_prefixes_the_usual_one_first() {
    let catalog = Catalog::builtin();
    let twice = catalog.codes().find(|code| {
        code.prefix() == "AADB2C" && catalog.code(&format!("AADSTS{}", code.digits())).is_some()
    });
    let digits = twice.expect("a number that exists twice").digits();
    let found = labels(digits);
    assert_eq!(
        found.get(..2),
        Some(&[format!("AADSTS{digits}"), format!("AADB2C{digits}")][..])
    );
    assert_eq!(
        labels(&format!("aadb2c{digits}")),
        [format!("AADB2C{digits}")]
    );
}

#[test]
fn the_beginning_of_a_number_lists_what_begins_so_and_an_unknown_number_nothing() {
    let found = labels("5007");
    assert!(found.len() > 5, "{found:?}");
    assert!(
        found.iter().all(|label| label.contains("5007")),
        "{found:?}"
    );
    assert!(labels("99999999").is_empty());
    assert!(
        labels("AADSTS")
            .iter()
            .all(|label| label.starts_with("AADSTS"))
    );
}

#[test]
fn names_are_found_whole_begun_by_their_words_and_with_mistakes() {
    for query in [
        "UserStrongAuthClientAuthNRequired",
        "userstrongauthclientauthnrequired",
        "UserStrongAuthClientAuthN",
        "strong auth client",
        "user strong auth client authn required",
        "usrstrongauthclient",
        "UserStrongAuthClinetAuthN",
    ] {
        assert_eq!(first(query), "AADSTS50076", "{query}");
    }
    assert!(
        labels("strong auth")
            .iter()
            .take(6)
            .any(|label| label == "AADSTS50076")
    );
}

#[test]
fn errors_suberrors_and_the_libraries_own_errors_are_found_by_name() {
    for query in [
        "invalid_grant",
        "invalid grant",
        "Invalid-Grant",
        "invalid_grnt",
    ] {
        assert_eq!(first(query), "invalid_grant", "{query}");
    }
    assert_eq!(first("basic_action"), "basic_action");
    assert_eq!(first("no_tokens_found"), "no_tokens_found");
    let catalog = Catalog::builtin();
    let found = catalog.find(&Query::of("invalid_client"));
    assert!(
        matches!(found.first(), Some(Entry::Error(error)) if error.source == "standard"),
        "{:?}",
        found.first()
    );
}

#[test]
fn words_are_found_with_and_without_mistakes_the_obvious_first() {
    let cases = [
        ("client secret expired", "AADSTS7000222"),
        ("the client secret is expired", "AADSTS7000222"),
        ("multifactor required", "AADSTS50076"),
        ("wrong password", "AADSTS50126"),
        ("account locked", "AADSTS50053"),
    ];
    for (query, wanted) in cases {
        let found = labels(query);
        assert!(
            found.iter().take(3).any(|label| label == wanted),
            "{query}: {:?}",
            found.iter().take(5).collect::<Vec<_>>()
        );
    }
    let with_mistakes = labels("conditonal acess");
    let without = labels("conditional access");
    assert!(
        with_mistakes
            .iter()
            .take(10)
            .any(|label| label.starts_with("AADSTS53003"))
    );
    assert!(
        without
            .iter()
            .take(10)
            .any(|label| label.starts_with("AADSTS53003"))
    );
}

#[test]
fn filters_hold_for_every_entry_and_whoever_acts_first_comes_first() {
    let catalog = Catalog::builtin();
    let query = Query {
        class: vec![Class::Consent, Class::Policy],
        acts: vec![Actor::Admin],
        login: vec![Login::No, Login::AfterFix],
        ..Query::default()
    };
    let found = catalog.find(&query);
    assert!(found.len() > 5);
    assert!(found.iter().all(|entry| {
        query.class.contains(&entry.class())
            && entry.acts().contains(&Actor::Admin)
            && query.login.contains(&entry.login())
    }));
    let places = found
        .iter()
        .map(|entry| entry.acts().iter().position(|actor| *actor == Actor::Admin));
    assert!(places.is_sorted());
    let worded = Query {
        text: "policy".into(),
        ..query
    };
    let fewer = catalog.find(&worded);
    assert!(!fewer.is_empty() && fewer.len() < found.len());
}

#[test]
fn nothing_typed_gives_everything_and_codes_of_the_service_come_first() {
    let catalog = Catalog::builtin();
    let all = catalog.find(&Query::default());
    assert_eq!(all.len(), catalog.entries().count());
    assert!(
        all.first()
            .is_some_and(|entry| entry.label().starts_with("AADSTS"))
    );
    assert!(matches!(all.last(), Some(Entry::SubError(_))));
}

#[test]
fn where_nothing_fits_the_nearest_are_a_slip_away_or_hold_some_of_the_words() {
    let catalog = Catalog::builtin();
    let near = |text: &str| -> Vec<String> {
        let found = catalog.nearest(&Query::of(text), 5);
        found.iter().map(|entry| entry.label().to_owned()).collect()
    };
    assert!(labels("50067").is_empty());
    assert_eq!(
        near("50067").first().map(String::as_str),
        Some("AADSTS50076")
    );
    let words = "zebra client secret expired";
    assert!(labels(words).is_empty());
    assert!(
        near(words).contains(&"AADSTS7000222".to_owned()),
        "{:?}",
        near(words)
    );
    assert!(near("zzzzqqqqxxxx").is_empty());
}
