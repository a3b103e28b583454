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

/// Two runs of the daemon at one lab: one with its own secret, one with a wrong one.
fn a_pair() -> (Lab, Place) {
    let lab = Lab::start();
    let place = Place::new().with("LAB_SECRET", lab.secret());
    place.run(lab.daemon()).ended(0);
    let place = place.with("LAB_SECRET", "Wr0ng~secret-of-nobody-at-all");
    place.run(lab.daemon()).ended(1);
    (lab, place)
}

#[test]
fn a_pair_of_runs_says_what_is_different_and_what_that_points_to() {
    let (_lab, place) = a_pair();
    let told = place
        .say("history compare 1 2 --output json")
        .ended(0)
        .json();
    let clue = told["points_to"].to_string();
    assert!(clue.contains("only this differs: client secret"), "{told}");
    assert_eq!(told["differences"][0]["what"], "outcome", "{told}");
    let text = place.say("history compare 1 2").ended(0).stdout;
    assert!(
        text.contains("What this points to: Of all that was asked"),
        "{text}"
    );
    assert!(text.starts_with("First"), "{text}");
    let wrong = place.say("history compare 1 99").ended(2).stderr;
    assert!(wrong.contains("99"), "{wrong}");
}

#[test]
fn a_run_from_another_machine_is_compared_and_kept_as_if_it_were_from_here() {
    let (_lab, place) = a_pair();
    for key in ["1", "2"] {
        let shown = place.run(["history", "show", key, "--output", "json"]);
        place.file("elsewhere.json", shown.ended(0).stdout);
        let file = place.path("elsewhere.json").display().to_string();
        let told = place.run(["history", "compare", key, &file, "--output", "json"]);
        let told = told.ended(0).json();
        let all = told["differences"].as_array().expect("a list");
        let matter: Vec<_> = all.iter().filter(|one| one["matters"] == true).collect();
        assert!(matter.is_empty(), "{key}: {matter:#?}");
    }
    let file = place.path("elsewhere.json").display().to_string();
    let said = place.run(["history", "import", &file]).ended(0).stdout;
    assert!(said.contains("Kept as run 3"), "{said}");
    let shown = place.say("history show 3").ended(0).stdout;
    assert!(shown.contains("AADSTS7000215"), "{shown}");
    place.file("broken.json", "{ \"outcome\": \"granted\" }");
    let broken = place.path("broken.json").display().to_string();
    let wrong = place.run(["history", "import", &broken]).ended(2).stderr;
    assert!(
        wrong.contains("broken.json") && wrong.contains("flow"),
        "{wrong}"
    );
}
