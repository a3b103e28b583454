//! A single-page program with `@azure/msal-browser` in Chromium: it may redeem its code from the page because its
//! redirect URI is registered for that, and no other app may.

use serde_json::json;

use crate::harness::browser::{Browser, Seen};
use crate::harness::kit;
use crate::harness::lab::Lab;
use crate::harness::program::{Output, Program};

/// The program, served at a port of its own.
fn served(lab: &Lab, client: &str) -> (Program, String) {
    let options =
        json!({ "authority": lab.authority(), "client_id": client, "api": lab.text("api") });
    let mut command = kit::node("single-page.mjs");
    command.arg(options.to_string());
    let mut program = Program::start(&mut command);
    let address = program.wait_for("address", |output, line| {
        let told: serde_json::Value = serde_json::from_str(line).ok()?;
        (output == Output::Stdout).then(|| told["address"].as_str().unwrap_or_default().to_owned())
    });
    (program, address)
}

fn signed_in(lab: &Lab, client: &str, until: &str) -> Seen {
    let (_program, address) = served(lab, client);
    let mut browser = Browser::start();
    browser.open(&address);
    browser.wait_for("Simulated accounts");
    let (name, password) = lab.ada();
    browser.fill("User name", name);
    browser.press("Next");
    browser.fill("Simulated password", password);
    browser.press("Sign in");
    if client == lab.client_id("spa") {
        browser.wait_for("Permissions asked for");
        browser.press("Accept");
    }
    browser.wait_for(until)
}

#[test]
fn a_single_page_program_signs_in_refreshes_and_calls_the_api() {
    let lab = Lab::start();
    let seen = signed_in(&lab, lab.client_id("spa"), "the API knows");
    for expected in [
        format!("signed in as {}", lab.ada().0),
        "refreshed: by the lab".to_owned(),
        format!("the API knows {}", lab.ada().0),
    ] {
        assert!(seen.text.contains(&expected), "{expected}: {}", seen.text);
    }
}

#[test]
fn an_app_that_is_registered_for_the_desktop_gets_nothing_from_a_page() {
    let lab = Lab::start();
    let seen = signed_in(&lab, lab.client_id("desktop"), "failed:");
    assert!(!seen.text.contains("signed in as"), "{}", seen.text);
}
