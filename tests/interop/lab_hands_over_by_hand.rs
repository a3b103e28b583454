//! A machine without a browser: a person signs in at the lab elsewhere and brings the address where the browser ended,
//! typed at a terminal or by a pipe. An address of another sign-in is not taken, and the wait goes on.

use url::Url;

use crate::harness::acquire::Acquire;
use crate::harness::kit;
use crate::harness::lab::{Lab, Person};
use crate::terminal::Terminal;

/// Where the browser would end: an address of the program, at which nothing listens for the person's browser.
const BACK: &str = "http://localhost";

/// Said of an address of another sign-in.
const ANOTHER: &str = "another state than this run's";

/// Where Ada's browser ends, after she signed in at this address.
fn ended_at(lab: &Lab, address: &str) -> Url {
    let mut visitor = lab.visitor().stopping_at(BACK);
    Person::ada(lab).sign_in(&mut visitor, address).url
}

/// The same address with the state of another sign-in.
fn of_another(ended: &Url) -> Url {
    let mut other = ended.clone();
    let pairs: Vec<_> = ended.query_pairs().into_owned().collect();
    other.query_pairs_mut().clear();
    for (name, value) in pairs {
        let value = if name == "state" { "other" } else { &value };
        other.query_pairs_mut().append_pair(&name, value);
    }
    other
}

#[test]
fn by_a_pipe() {
    let lab = Lab::start();
    let acquire = Acquire::new(lab.authority(), lab.client_id("desktop"), "interactive");
    let mut acquiring = acquire
        .scopes(&["openid", "User.Read"])
        .trusting(Some(&lab.ca()))
        .with(&["--no-browser"])
        .start();
    let ended = ended_at(&lab, &acquiring.address(&lab.origin()));
    acquiring.say(of_another(&ended).as_str());
    acquiring.wait_for("refusal of the other state", |line| {
        line.contains(ANOTHER).then_some(())
    });
    acquiring.say(ended.as_str());
    let acquired = acquiring.finish();
    acquired.assert_granted();
    let posts = acquired.exchanges().into_iter();
    let posts = posts.filter(|(method, _, _)| method == "POST");
    assert_eq!(posts.count(), 1, "{acquired:?}");
}

#[test]
fn at_a_terminal() {
    let lab = Lab::start();
    let home = kit::folder();
    let (data, config) = (home.path().join("data"), home.path().join("config"));
    let (data, config, ca) = (
        data.display().to_string(),
        config.display().to_string(),
        lab.ca().display().to_string(),
    );
    let words = [
        "acquire",
        "--authority",
        lab.authority(),
        "--client-id",
        lab.client_id("desktop"),
        "--flow",
        "interactive",
        "--scope",
        "User.Read",
        "--ca-file",
        &ca,
        "--no-browser",
        "--data",
        &data,
        "--config",
        &config,
    ];
    // So wide that no address is wrapped.
    let program = env!("CARGO_BIN_EXE_tokenscope");
    let mut terminal = Terminal::run(program, &words, (4000, 40), &[]);
    terminal.shows("Then paste here the address");
    let text = terminal.text();
    let from = text.find(&lab.origin()).expect("the address is shown");
    let address = text[from..].split_whitespace().next().expect("an address");
    let ended = ended_at(&lab, address);
    terminal.press(&format!("{} Enter", of_another(&ended)));
    terminal.shows(ANOTHER);
    terminal.press(&format!("{ended} Enter"));
    assert!(terminal.ends().success(), "{}", terminal.text());
    assert!(terminal.text().contains("✓ Granted"), "{}", terminal.text());
}
