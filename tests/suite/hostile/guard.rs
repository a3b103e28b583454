//! The password guard: guessing ends after two, whatever the directories are called and however many guess at once.

use super::super::cli::place::{Done, Place};
use super::abroad::{Abroad, HOST};
use super::trial;

fn guess(abroad: &Abroad, place: &Place, more: &[&str]) -> Vec<String> {
    let ca = place.file("ca.pem", &abroad.ca).display().to_string();
    let authority = format!("https://{HOST}");
    let words = [
        "acquire",
        "--authority",
        &authority,
        "--client-id",
        "a",
        "--flow",
        "password",
        "--username",
        "ada@contoso.example",
        "--password-env",
        "PW",
        "--yes",
        "--proxy",
        &abroad.proxy,
        "--ca-file",
        &ca,
        "--output",
        "json",
    ];
    words
        .iter()
        .chain(more)
        .map(|word| (*word).to_owned())
        .collect()
}

#[track_caller]
fn outcome(done: &Done) -> String {
    done.json()["outcome"]
        .as_str()
        .expect("an outcome")
        .to_owned()
}

#[test]
fn two_wrong_passwords_stop_the_third_whatever_the_directories_are_called() {
    let abroad = Abroad::start();
    let place = Place::new().with("PW", "Wr0ng-1");
    for expected in ["refused", "refused", "invalid", "invalid"] {
        let done = trial::run(&place, &guess(&abroad, &place, &[]));
        assert_eq!(outcome(&done), expected, "{}", done.stderr);
    }
    // The place names its own directories last on the line; here they are others each time.
    for number in 0..3 {
        let (config, data) = (
            format!("--config={}", place.path(&format!("c{number}")).display()),
            format!("--data={}", place.path(&format!("d{number}")).display()),
        );
        let words = guess(&abroad, &place, &[&config, &data, "--no-history"]);
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_tokenscope"))
            .args(&words)
            .env_clear()
            .env("HOME", place.path(""))
            .env("PW", "Wr0ng-2")
            .output()
            .expect("it starts");
        assert_eq!(
            output.status.code(),
            Some(2),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    assert_eq!(abroad.passwords(), 2);
}

#[test]
fn guessing_at_once_gains_nothing() {
    let abroad = Abroad::start();
    let place = Place::new().with("PW", "Wr0ng-1");
    let words = guess(&abroad, &place, &[]);
    let children: Vec<_> = (0..6).map(|_| trial::start(&place, &words)).collect();
    for child in children {
        trial::sane(&trial::finish(child));
    }
    assert!(abroad.passwords() <= 2, "{} were sent", abroad.passwords());
}

#[test]
fn a_local_authority_that_points_abroad_does_not_go_around_the_guard() {
    let abroad = Abroad::start();
    let place = Place::new().with("PW", "Wr0ng-1");
    let local = super::server::Server::start(|_| {
        super::server::json(
            200,
            format!(r#"{{"issuer":"https://{HOST}","token_endpoint":"https://{HOST}/token"}}"#)
                .as_bytes(),
        )
    });
    for expected in ["refused", "refused", "invalid"] {
        let mut words = guess(&abroad, &place, &["--trust-host", HOST]);
        words[2].clone_from(&local.base);
        let done = trial::run(&place, &words);
        assert_eq!(outcome(&done), expected, "{}", done.stderr);
    }
    assert_eq!(abroad.passwords(), 2);
}

#[test]
fn without_a_place_to_remember_no_password_leaves() {
    let abroad = Abroad::start();
    let place = Place::new()
        .with("PW", "Wr0ng-1")
        .with("XDG_STATE_HOME", "/dev/null/nowhere");
    let done = trial::run(&place, &guess(&abroad, &place, &[]));
    assert_eq!(
        (outcome(&done).as_str(), abroad.passwords()),
        ("invalid", 0),
        "{}",
        done.stderr
    );
}

#[test]
fn a_password_flow_without_a_yes_sends_nothing() {
    let abroad = Abroad::start();
    let place = Place::new().with("PW", "Wr0ng-1");
    let words: Vec<String> = guess(&abroad, &place, &[])
        .into_iter()
        .filter(|word| word != "--yes")
        .collect();
    let done = trial::run(&place, &words);
    assert_eq!(
        (done.code, abroad.passwords()),
        (Some(2), 0),
        "{}",
        done.stderr
    );
}

#[test]
fn a_password_that_cannot_leave_does_not_count() {
    let abroad = Abroad::start();
    let place = Place::new().with("PW", "Wr0ng-1");
    for _ in 0..3 {
        let mut words = guess(&abroad, &place, &[]);
        let proxy = words
            .iter()
            .position(|word| word == "--proxy")
            .expect("it is there");
        "http://127.0.0.1:9".clone_into(&mut words[proxy + 1]);
        assert_eq!(trial::run(&place, &words).code, Some(5));
    }
    assert_eq!(
        outcome(&trial::run(&place, &guess(&abroad, &place, &[]))),
        "refused"
    );
}
