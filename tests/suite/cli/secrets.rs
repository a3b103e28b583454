//! Nothing that is written anywhere holds a secret or a token.

use super::lab::Lab;
use super::place::{Done, Place, holds};

/// Flags that make the program write as much as it can.
fn loud(place: &Place) -> Vec<String> {
    let log = place.path("run.log").display().to_string();
    ["--log-level", "trace", "--log-personal", "--log-file", &log]
        .map(str::to_owned)
        .to_vec()
}

#[track_caller]
fn keeps_quiet(place: &Place, done: &Done, secret: &str) {
    for text in [&done.stdout, &done.stderr] {
        assert!(!holds(text.as_bytes(), secret), "{text}");
    }
    place.holds_no(secret, &[]);
}

#[track_caller]
fn holds_no_token(place: &Place, done: &Done) {
    for text in [&done.stdout, &done.stderr] {
        assert!(!text.contains(".eyJ"), "{text}");
    }
    // The middle of every JWT begins with the base64 of `{"`.
    place.holds_no(".eyJ", &[]);
}

#[test]
fn a_client_secret_is_written_nowhere_whatever_comes_of_it() {
    let lab = Lab::start();
    let secret = lab.secret().to_owned();
    for (value, code) in [
        (secret.as_str(), 0),
        ("Wr0ng~secret/with+marks=& spaces", 1),
    ] {
        for output in ["text", "json"] {
            let place = Place::new().with("LAB_SECRET", value);
            let mut words = lab.daemon();
            words.extend(loud(&place));
            words.extend(["--output", output].map(str::to_owned));
            let done = place.run(&words).ended(code);
            keeps_quiet(&place, &done, value);
            holds_no_token(&place, &done);
            assert!(place.path("run.log").exists() && place.path("data/history.db").exists());
        }
    }
}

#[test]
fn a_token_that_is_printed_is_written_nowhere_else() {
    let lab = Lab::start();
    let place = Place::new().with("LAB_SECRET", lab.secret());
    let mut words = lab.daemon();
    words.extend(loud(&place));
    words.extend(["--output", "token"].map(str::to_owned));
    let done = place.run(&words).ended(0);
    let token = done.stdout.trim_end();
    for part in token.split('.') {
        place.holds_no(part, &[]);
    }
    assert!(!done.stderr.contains(".eyJ"));
}

#[test]
fn a_password_and_the_tokens_it_brings_are_written_nowhere() {
    let lab = Lab::start();
    let (name, password) = lab.ada();
    for (value, code) in [(password, 0), ("Wr0ng+pass word%41", 1)] {
        let place = Place::new().with("ADA", value);
        let mut words = lab.desktop("password");
        words.extend(
            [
                "--username",
                name,
                "--password-env",
                "ADA",
                "--yes",
                "--output",
                "json",
            ]
            .map(str::to_owned),
        );
        words.extend(loud(&place));
        let done = place.run(&words);
        assert!(
            done.code == Some(code) || (code == 1 && done.code == Some(3)),
            "{}",
            done.stderr
        );
        keeps_quiet(&place, &done, value);
        holds_no_token(&place, &done);
    }
}

#[test]
fn a_refresh_token_is_written_nowhere() {
    let lab = Lab::start();
    let value = "0.AXoAnobodysRefreshTokenThatIsLongEnoughToLookLikeOne_0123456789abcdef";
    let place = Place::new().with("RT", value);
    let mut words = lab.desktop("refresh-token");
    words.extend(["--refresh-token-env", "RT", "--output", "json"].map(str::to_owned));
    words.extend(loud(&place));
    let done = place.run(&words);
    assert!(
        matches!(done.code, Some(1 | 3)),
        "{}{}",
        done.stdout,
        done.stderr
    );
    keeps_quiet(&place, &done, value);
}

#[test]
fn the_device_flow_keeps_its_codes_to_itself_once_it_is_over() {
    let lab = Lab::start();
    let place = Place::new();
    let mut words = lab.desktop("device-code");
    words.extend(loud(&place));
    words.extend(["--output", "json"].map(str::to_owned));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = place
        .begin(&words, "only if you started this yourself")
        .end_by("INT")
        .ended(130);
    let shown = done
        .stderr
        .split("enter ")
        .nth(1)
        .and_then(|rest| rest.split_whitespace().next())
        .expect("a code is shown")
        .to_owned();
    assert!(shown.len() >= 6, "{}", done.stderr);
    assert!(!done.stdout.contains(&shown), "{}", done.stdout);
    place.holds_no(&shown, &[]);
}

#[test]
fn history_shows_no_secret_either() {
    let lab = Lab::start();
    let place = Place::new().with("LAB_SECRET", lab.secret());
    place.run(lab.daemon()).ended(0);
    for line in [
        "history",
        "history show 1",
        "history show 1 --output json --personal",
        "history list granted --output json",
    ] {
        let done = place.say(line).ended(0);
        keeps_quiet(&place, &done, lab.secret());
        holds_no_token(&place, &done);
    }
}

#[cfg(unix)]
#[test]
fn what_is_kept_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let lab = Lab::start();
    let place = Place::new().with("LAB_SECRET", lab.secret());
    let mut words = lab.daemon();
    words.extend(loud(&place));
    place.run(&words).ended(0);
    for (path, _) in place
        .everything()
        .into_iter()
        .chain(lab.place().everything())
    {
        let mode = std::fs::metadata(&path)
            .expect("it is there")
            .permissions()
            .mode();
        let public = path.extension().is_some_and(|e| e == "pem" || e == "crt");
        assert!(
            public || mode.trailing_zeros() >= 6,
            "{}: {mode:o}",
            path.display()
        );
    }
}
