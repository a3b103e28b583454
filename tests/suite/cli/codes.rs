//! `codes`: the catalogue by number, name, words and filters, and a person's own entries laid over it.

use serde_json::Value as Json;

use super::lab::Lab;
use super::place::Place;

/// What a query finds, as JSON.
fn found(place: &Place, words: &[&str]) -> Json {
    let arguments = ["codes"].iter().chain(words).chain(&["--output", "json"]);
    place.run(arguments).ended(0).json()
}

/// What entries of one kind are looked up by.
fn labels(document: &Json, kind: &str, key: &str) -> Vec<String> {
    let list = document[kind].as_array().expect("a list").iter();
    list.map(|entry| entry[key].as_str().expect("a text").to_owned())
        .collect()
}

/// What a query says to people in a terminal of this width.
fn said(width: &str, words: &[&str]) -> String {
    let place = Place::new().with("COLUMNS", width);
    place.run(["codes"].iter().chain(words)).ended(0).stdout
}

#[test]
fn a_number_that_exists_twice_is_shown_in_full_under_both_prefixes() {
    let text = said("100", &["90027"]);
    let (service, b2c) = (text.find("AADSTS90027"), text.find("AADB2C90027"));
    assert!(service.is_some() && service < b2c, "{text}");
    assert_eq!(text.matches("  Class ").count(), 2, "{text}");
    let text = said("100", &["AADB2C90027"]);
    assert!(!text.contains("AADSTS90027"), "{text}");
}

#[test]
fn a_whole_entry_says_everything_that_is_known() {
    let text = said("100", &["aadsts50076:"]);
    for part in [
        "AADSTS50076 · UserStrongAuthClientAuthNRequired",
        "Meaning",
        "Check",
        "Surfaces",
        "the token endpoint's reply",
        "Class       interaction",
        "Who acts    the user",
        "Signing in  helps",
        "for a daemon — signing in does not apply",
        "invalid_grant, with suberror basic_action, at the v2.0 endpoint",
        "(seen)",
        "1 Sign in in the browser, passing the claims the server asked for (tokenscope can do",
        "https://login.microsoftonline.com/error?code=50076",
        "https://learn.microsoft.com/entra/identity-platform/reference-error-codes",
        "Sources",
        "Reviewed    2026-11-22",
        "Comes from  the catalogue that is built in",
    ] {
        assert!(text.contains(part), "{part} is missing:\n{text}");
    }
    assert!(
        !text.contains("Confidence"),
        "published needs no word:\n{text}"
    );
    let variants = said("100", &["50053"]);
    assert!(
        variants.contains("Or else     where the description says “malicious activity” —"),
        "{variants}"
    );
    let of_b2c = said("100", &["AADB2C90118"]);
    assert!(
        !of_b2c.contains("/error?code="),
        "the lookup page does not know it:\n{of_b2c}"
    );
}

#[test]
fn what_is_not_published_says_how_sure_it_is() {
    let place = Place::new();
    let all = found(&place, &[]);
    let unsure = all["codes"].as_array().expect("a list").iter();
    let mut unsure = unsure.filter(|code| code["confidence"] == "observed");
    let code = unsure.next().expect("a code that was only observed");
    let text = said("100", &[code["code"].as_str().expect("a text")]);
    assert!(text.contains("Confidence  seen in real replies"), "{text}");
}

#[test]
fn text_keeps_to_the_width_of_the_terminal() {
    for width in ["48", "80", "100"] {
        let most: usize = width.parse().expect("a number");
        for words in [&["50076"][..], &["--class", "policy"], &["5001"]] {
            let text = said(width, words);
            let long = text.lines().filter(|line| {
                // An address is never broken.
                line.chars().count() > most && !line.contains("https://")
            });
            // A name longer than its column keeps a line of its own.
            let long: Vec<&str> = long.filter(|line| line.contains(' ')).collect();
            assert!(long.is_empty(), "{width}: {long:#?}");
        }
    }
}

#[test]
fn names_words_and_typing_mistakes_find_what_was_meant() {
    let place = Place::new();
    let first = |words: &[&str]| {
        labels(&found(&place, words), "codes", "code")
            .first()
            .cloned()
    };
    assert_eq!(
        first(&["UserStrongAuthClientAuthN"]).as_deref(),
        Some("AADSTS50076")
    );
    assert_eq!(
        first(&["strong", "auth", "client"]).as_deref(),
        Some("AADSTS50076")
    );
    assert_eq!(
        first(&["client secret expired"]).as_deref(),
        Some("AADSTS7000222")
    );
    assert_eq!(
        first(&["UserStrongAuthClinetAuthN"]).as_deref(),
        Some("AADSTS50076")
    );
    let found = labels(&found(&place, &["conditonal", "acess"]), "codes", "code");
    assert!(found.contains(&"AADSTS53003".to_owned()), "{found:?}");
}

#[test]
fn errors_and_suberrors_are_found_too() {
    let place = Place::new();
    let document = found(&place, &["invalid_grant"]);
    assert_eq!(document["errors"][0]["name"], "invalid_grant");
    assert_eq!(document["errors"][0]["source"], "standard");
    assert_eq!(document["errors"][0]["origin"], "builtin");
    let document = found(&place, &["basic_action"]);
    assert_eq!(document["suberrors"][0]["name"], "basic_action");
    let document = found(&place, &["no_tokens_found"]);
    assert_eq!(document["errors"][0]["source"], "msal-dotnet");
    let text = said("100", &["no_tokens_found"]);
    assert!(
        text.starts_with("no_tokens_found · made by the library msal-dotnet"),
        "{text}"
    );
}

#[test]
fn filters_hold_for_everything_that_is_listed() {
    let place = Place::new();
    let words = [
        "--class",
        "consent",
        "--class",
        "policy",
        "--acts",
        "admin",
        "--login",
        "no,after-fix",
    ];
    let document = found(&place, &words);
    let mut count = 0;
    for kind in ["codes", "errors", "suberrors"] {
        for entry in document[kind].as_array().expect("a list") {
            count += 1;
            assert!(["consent", "policy"].contains(&entry["class"].as_str().expect("a word")));
            assert!(["no", "after-fix"].contains(&entry["login"].as_str().expect("a word")));
            let acts = entry["acts"].as_array().expect("a list");
            assert!(acts.contains(&"admin".into()), "{entry}");
        }
    }
    assert!(count > 5, "{count}");
    let first = document["codes"].as_array().expect("a list").iter();
    let places: Vec<_> = first
        .map(|code| {
            let mut acts = code["acts"].as_array().expect("a list").iter();
            acts.position(|actor| actor == "admin")
        })
        .collect();
    assert!(places.is_sorted(), "who acts first comes first: {places:?}");
    let kept_out = Place::new()
        .say("codes 50076 --class policy")
        .ended(0)
        .stdout;
    assert!(kept_out.contains("the filters keep it out"), "{kept_out}");
}

#[test]
fn help_lists_the_words_of_every_filter_and_another_word_is_refused() {
    let place = Place::new();
    let help = place.say("codes --help").ended(0).stdout;
    let help: Vec<&str> = help.split([' ', ',', ']', '\n']).collect();
    for word in ["app-credential", "resource-owner", "with-claims"] {
        assert!(help.contains(&word), "{word}");
    }
    let refused = place.say("codes --class policies").ended(2).stderr;
    assert!(
        refused.contains("policies") && refused.contains("throttle"),
        "{refused}"
    );
}

#[test]
fn an_unlisted_number_gets_its_neighbourhood_and_the_nearest_numbers() {
    let place = Place::new();
    let document = found(&place, &["50067"]);
    assert_eq!(document["codes"], serde_json::json!([]));
    assert_eq!(document["family"]["prefix"], "AADSTS50");
    assert_eq!(document["nearest"][0], "AADSTS50076");
    let text = said("100", &["50067"]);
    for part in [
        "AADSTS50067 is not in the catalogue",
        "assumed",
        "https://login.microsoftonline.com/error?code=50067",
        "AADSTS50076",
    ] {
        assert!(text.contains(part), "{part} is missing:\n{text}");
    }
    let words = said("100", &["zebra", "client", "secret", "expired"]);
    assert!(
        words.contains("Nothing") && words.contains("AADSTS7000222"),
        "{words}"
    );
}

/// One entry of every kind.
const OWN: &str = "\
[[code]]
code = 'AADSTS50076'
title = 'Our second factor is a key card'
meaning = 'The door of the data centre wants the card.'
causes = ['the card lies at home']
class = 'interaction'
acts = ['user']
login = 'yes'
remedies = ['fetch-the-card']
sources = ['runbook 7']
confidence = 'observed'

[[error]]
name = 'gateway_closed'
source = 'our-gateway'
title = 'The gateway is closed at night'
meaning = 'It opens again at six.'

[[suberror]]
name = 'night_shift'
title = 'Only the night shift may do this'
meaning = 'Everybody else waits for the morning.'

[[remedy]]
id = 'fetch-the-card'
by = 'person'
title = 'Fetch the card'
to = 'user'

[[range]]
prefix = 'AADSTS9999'
title = 'Codes of our own gateway'
class = 'service'
";

#[test]
fn own_entries_of_every_kind_are_laid_over_and_say_which_file_they_come_from() {
    let place = Place::new().with("COLUMNS", "500");
    let path = place.file("config/catalog/own.toml", OWN);
    let path = path.to_str().expect("UTF-8");
    let ask = |words: &str| place.run(["codes", words]).ended(0).stdout;
    for (query, part) in [
        ("50076", "Our second factor is a key card"),
        ("50076", "Fetch the card (for the user)"),
        ("gateway_closed", "It opens again at six."),
        ("night_shift", "Everybody else waits for the morning."),
        ("AADSTS9999001", "Codes of our own gateway"),
    ] {
        let text = ask(query);
        assert!(text.contains(part), "{query}: {part} is missing:\n{text}");
        assert!(text.contains("your own file"), "{query}:\n{text}");
    }
    assert_eq!(found(&place, &["50076"])["codes"][0]["origin"], path);
    assert_eq!(found(&place, &["50079"])["codes"][0]["origin"], "builtin");
}

#[test]
fn a_flaw_in_one_own_file_names_file_line_and_key_and_the_rest_still_works() {
    let place = Place::new();
    place.file("config/catalog/good.toml", OWN);
    let bad = place.file(
        "config/catalog/bad.toml",
        OWN.replace("login = 'yes'", "login = 'perhaps'"),
    );
    let unreadable = place.file("config/catalog/other.toml", [0xff, 0xfe, b'x']);
    let done = place.say("codes 50076").ended(0);
    for part in [
        format!("{}:8 login", bad.display()),
        "perhaps".to_owned(),
        unreadable.display().to_string(),
    ] {
        assert!(
            done.stderr.contains(&part),
            "{part} is missing:\n{}",
            done.stderr
        );
    }
    assert!(done.stdout.contains("key card"), "{}", done.stdout);
}

#[test]
fn own_entries_speak_in_explain_and_in_past_runs() {
    let lab = Lab::start();
    let place = Place::new().with("LAB_SECRET", "Wr0ng~secret-of-nobody-at-all");
    place.run(lab.daemon()).ended(1);
    let own = OWN.replace("AADSTS50076", "AADSTS7000215");
    place.file("config/catalog/own.toml", own);
    for line in ["history show 1", "explain AADSTS7000215"] {
        let text = place.say(line).ended(0).stdout;
        assert!(text.contains("key card"), "{line}:\n{text}");
    }
}
