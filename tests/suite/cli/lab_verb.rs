//! `lab`: its start line, where it listens, how it ends.

use super::lab::{Lab, Watch};
use super::place::Place;

#[test]
fn its_start_line_names_everything_a_client_needs() {
    let lab = Lab::start();
    assert_eq!(lab.line["schema"], 1);
    for member in ["authority", "issuer", "ca", "tenant", "api"] {
        assert!(!lab.text(member).is_empty(), "{member}");
    }
    assert!(lab.text("authority").starts_with("https://127.0.0.1:"));
    assert!(std::path::Path::new(lab.text("ca")).starts_with(lab.place().path("data")));
    assert_eq!(lab.client("daemon")["public"], false);
    assert_eq!(lab.client("desktop")["public"], true);
    for client in lab.line["clients"].as_array().expect("a list") {
        assert_eq!(
            client.get("secret").is_some_and(|s| !s.is_null()),
            client["kind"] == "daemon",
            "{client}"
        );
    }
    assert!(!lab.ada().1.is_empty());
}

#[test]
fn interrupted_or_told_to_end_it_ends_with_nought() {
    for signal in ["INT", "TERM"] {
        let done = Lab::start().end_by(signal).ended(0);
        assert_eq!(done.stdout, "", "one line is all it prints");
    }
}

#[test]
fn a_named_port_that_is_busy_ends_with_two() {
    let taken = Watch::new();
    let done = Place::new()
        .run(["lab", "--listen", &taken.address()])
        .ended(2);
    let port = taken
        .address()
        .rsplit(':')
        .next()
        .expect("a port")
        .to_owned();
    assert!(done.stderr.contains(&port), "{}", done.stderr);
}

#[test]
fn it_listens_on_this_machine_only() {
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.7:8443"] {
        let done = Place::new().run(["lab", "--listen", address]).ended(2);
        assert!(
            done.stderr.contains(address) && done.stderr.contains("127.0.0.1"),
            "{}",
            done.stderr
        );
    }
}

#[test]
fn a_scenario_nobody_knows_is_named_with_those_there_are() {
    let done = Place::new()
        .say("lab --listen 127.0.0.1:0 --scenario nonsense")
        .ended(2);
    assert!(
        done.stderr.contains("nonsense") && done.stderr.contains("mfa-on-silent"),
        "{}",
        done.stderr
    );
}

#[test]
fn a_scenario_sets_its_world_up() {
    let lab = Lab::with(&["--scenario", "expired-client-secret"]);
    let place = Place::new().with("LAB_SECRET", lab.secret());
    let document = place
        .run(
            lab.daemon()
                .iter()
                .map(String::as_str)
                .chain(["--output", "json"]),
        )
        .ended(1)
        .json();
    assert_eq!(document["diagnosis"]["codes"][0]["code"], "AADSTS7000222");
}

#[test]
fn a_mistake_in_a_world_file_is_named_with_its_line() {
    let place = Place::new();
    let world = place.file(
        "world.toml",
        "[tenant]\ndomain = 'contoso.example'\nnonsense = 1\n",
    );
    let world = world.to_str().expect("UTF-8");
    let done = place
        .run(["lab", "--listen", "127.0.0.1:0", "--world", world])
        .ended(2);
    assert!(
        done.stderr.contains(world) && done.stderr.contains("nonsense"),
        "{}",
        done.stderr
    );
    place
        .run([
            "lab",
            "--listen",
            "127.0.0.1:0",
            "--world",
            "/nowhere/world.toml",
        ])
        .ended(2);
}
