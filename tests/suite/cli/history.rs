//! What is kept of a run, found again, set aside and removed.

use super::lab::Lab;
use super::place::Place;

/// A place in which the daemon was refused once, and the lab that refused it.
fn with_a_refusal() -> (Lab, Place) {
    let lab = Lab::start();
    let place = Place::new().with("LAB_SECRET", "Wr0ng~secret-of-nobody-at-all");
    place.run(lab.daemon()).ended(1);
    (lab, place)
}

#[test]
fn a_run_is_found_by_its_code_its_error_and_its_flow() {
    let (_lab, place) = with_a_refusal();
    for query in [
        "7000215",
        "AADSTS7000215",
        "invalid_client",
        "client-credentials",
    ] {
        let document = place
            .run(["history", "list", query, "--output", "json"])
            .ended(0)
            .json();
        assert_eq!(document["schema"], 1);
        assert_eq!(
            document["runs"].as_array().map(Vec::len),
            Some(1),
            "{query}: {document}"
        );
        assert_eq!(document["runs"][0]["outcome"], "refused");
    }
    let document = place
        .say("history list 50076 --output json")
        .ended(0)
        .json();
    assert_eq!(document["runs"], serde_json::json!([]));
    let said = place.say("history").ended(0).stdout;
    assert!(
        said.contains("7000215") && said.lines().count() == 1,
        "{said}"
    );
}

#[test]
fn a_run_is_shown_with_its_diagnosis() {
    let (_lab, place) = with_a_refusal();
    let document = place.say("history show 1 --output json").ended(0).json();
    assert_eq!(
        (&document["schema"], &document["outcome"]),
        (&1.into(), &"refused".into())
    );
    assert_eq!(document["diagnosis"]["codes"][0]["code"], "AADSTS7000215");
    assert!(
        document["exchanges"]
            .as_array()
            .is_some_and(|list| !list.is_empty())
    );
    let said = place.say("history show 1").ended(0).stdout;
    assert!(said.contains("AADSTS7000215"), "{said}");
    let said = place.say("history show 99").ended(2).stderr;
    assert!(said.contains("99"), "{said}");
}

#[test]
fn cleared_it_is_empty() {
    let (_lab, place) = with_a_refusal();
    place.say("history clear").ended(0);
    assert_eq!(
        place.say("history --output json").ended(0).json()["runs"],
        serde_json::json!([])
    );
    place.holds_no("7000215", &[]);
}

#[test]
fn with_no_history_nothing_is_written() {
    let lab = Lab::start();
    let place = Place::new().with("LAB_SECRET", lab.secret());
    place
        .run(
            lab.daemon()
                .iter()
                .map(String::as_str)
                .chain(["--no-history"]),
        )
        .ended(0);
    assert!(!place.path("data").exists(), "{:?}", place.everything());
}

#[test]
fn switched_off_in_the_settings_nothing_is_kept() {
    let lab = Lab::start();
    let place = Place::new().with("LAB_SECRET", lab.secret());
    place.file("config/settings.toml", "history = false\n");
    place.run(lab.daemon()).ended(0);
    assert!(!place.path("data/history.db").exists());
}

#[test]
fn a_corrupt_history_is_set_aside_and_a_new_one_begun() {
    let (lab, place) = with_a_refusal();
    // Whoever closes it last puts everything into the one file.
    place.say("history").ended(0);
    let whole = std::fs::read(place.path("data/history.db")).expect("there is one");
    let mut overwritten = whole.clone();
    overwritten[4096..].fill(0xa5);
    for garbage in [
        &b"this is no database, and has never been one"[..],
        b"SQLite format 3\0 but not for long",
        &whole[..whole.len() / 2],
        &overwritten,
    ] {
        place.say("history").ended(0);
        place.file("data/history.db", garbage);
        let done = place.run(lab.daemon()).ended(1);
        assert!(done.stderr.contains("set aside"), "{}", done.stderr);
        assert!(
            place.everything().iter().any(|(_, bytes)| bytes == garbage),
            "what was there is gone"
        );
        let document = place.say("history --output json").ended(0).json();
        assert_eq!(document["runs"].as_array().map(Vec::len), Some(1));
    }
}

#[test]
fn a_history_that_cannot_be_written_is_told_and_the_run_still_answers() {
    let lab = Lab::start();
    let place = Place::new().with("LAB_SECRET", lab.secret());
    place.file("data", "a file where the directory should be");
    let done = place
        .run(
            lab.daemon()
                .iter()
                .map(String::as_str)
                .chain(["--output", "token"]),
        )
        .ended(0);
    assert!(
        done.stdout.starts_with("eyJ") && !done.stderr.is_empty(),
        "{}",
        done.stderr
    );
}
