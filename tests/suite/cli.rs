//! The command line as scripts see it: the real program, its exit codes, its documents, and what it never says.

mod acquire;
mod api;
mod cache;
mod claims;
mod codes;
mod explain;
mod history;
mod keyring;
pub mod lab;
mod lab_verb;
mod packager;
pub mod place;
mod profile;
mod secrets;
mod token;
mod usage;

use std::process::Stdio;

use place::Place;

#[test]
fn it_says_its_version_and_nothing_else() {
    let done = Place::new().say("--version").ended(0);
    assert_eq!(
        done.stdout,
        format!("tokenscope {}\n", env!("CARGO_PKG_VERSION"))
    );
    assert!(done.stderr.is_empty());
}

#[test]
fn help_names_every_verb_and_none_that_does_not_work() {
    let done = Place::new().say("--help").ended(0);
    for verb in [
        "demo",
        "acquire",
        "explain",
        "codes",
        "lab",
        "cache",
        "profile",
        "keyring",
        "history",
        "token",
        "keys",
        "paths",
        "completions",
        "man",
    ] {
        assert!(
            done.stdout.contains(&format!("\n  {verb} ")),
            "no {verb} in {}",
            done.stdout
        );
        let help = Place::new().run([verb, "--help"]).ended(0).stdout;
        assert!(help.contains("Usage:"), "{help}");
    }
    for verb in ["scan", "case"] {
        assert!(
            !done.stdout.contains(&format!("\n  {verb} ")),
            "{verb} is promised"
        );
    }
}

#[test]
fn every_verb_takes_the_common_flags() {
    for verb in [
        "demo",
        "acquire",
        "explain",
        "codes",
        "lab",
        "cache",
        "profile",
        "keyring",
        "history",
        "token",
        "keys",
        "paths",
        "completions",
        "man",
    ] {
        let help = Place::new().run([verb, "--help"]).ended(0).stdout;
        for flag in [
            "--no-history",
            "--log-level",
            "--log-file",
            "--color",
            "--config",
            "--data",
        ] {
            assert!(help.contains(flag), "{verb} does not know {flag}");
        }
    }
}

#[test]
fn help_does_not_name_flags_that_take_a_secret() {
    let help = Place::new().say("acquire --help").ended(0).stdout;
    for flag in ["--client-secret ", "--password ", "--refresh-token "] {
        assert!(!help.contains(flag), "{flag} is offered");
    }
}

#[test]
fn answering_without_a_network_writes_no_files() {
    let place = Place::new();
    for line in [
        "--version",
        "--help",
        "codes 50076",
        "profile list --output json",
        "profile path",
    ] {
        place.say(line).ended(0);
    }
    place.run(["explain", "AADSTS50076: x"]).ended(0);
    assert!(place.everything().is_empty(), "{:?}", place.everything());
}

#[test]
fn the_path_of_the_profiles_follows_the_configuration_directory() {
    let place = Place::new();
    let said = place.say("profile path").ended(0).stdout;
    assert_eq!(
        said.trim_end(),
        place.path("config/profiles.toml").display().to_string()
    );
}

#[test]
fn a_closed_stdout_ends_the_program_without_a_word() {
    for line in [
        "codes",
        "codes --output json",
        "--help",
        "explain AADSTS50076",
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = Place::new().command(line.split_whitespace());
        let child = command
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        // The command holds an end of the pipe until it goes.
        drop(command);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{line}");
        assert_eq!(output.status.code(), Some(0), "{line}");
    }
}

#[test]
fn without_a_terminal_the_explorer_says_what_to_do_instead_of_drawing() {
    for line in ["", "demo"] {
        let done = Place::new().say(line).ended(2);
        assert!(
            done.stdout.is_empty() && !done.stderr.is_empty(),
            "{line}: {}",
            done.stdout
        );
    }
}
