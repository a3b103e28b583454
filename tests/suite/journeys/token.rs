//! A token looked into by keys alone: its signature checked against the lab's keys, that of a run and that of a paste.

use super::Journey;
use crate::cli::lab::Lab;
use crate::cli::place::Place;

#[test]
fn the_token_of_a_run_is_checked_against_the_labs_keys_and_the_check_is_recorded() {
    let mut journey = Journey::demo("device-granted", (120, 36));
    let terminal = &mut journey.terminal;
    terminal.press("Enter");
    terminal.shows("and type this code:");
    terminal.press("u");
    terminal.shows("✓ A token was granted.");
    terminal.shows("Lifetime");
    terminal.press("V");
    terminal.shows("✓ Verified");
    terminal.shows("The signature is good (RS256");
    terminal.shows("\"kty\": \"RSA\"");
    terminal.press("l");
    terminal.shows("Checked the access token: verified.");
    terminal.press("Esc");
    terminal.hides("┌ Log");
    journey.ends_well();
}

#[test]
fn a_pasted_token_is_checked_in_memory_and_shown_nowhere() {
    let lab = Lab::start();
    let place = Place::new().with("LAB_SECRET", lab.secret());
    let http = lab.text("http");
    let secret = ["--client-secret-env", "LAB_SECRET", "--output", "token"];
    let scope = "https://graph.microsoft.com/.default";
    let mut words = vec![
        "acquire",
        "--authority",
        http,
        "--client-id",
        lab.id("daemon"),
    ];
    words.extend(["--flow", "client-credentials", "--scope", scope]);
    words.extend(secret);
    let token = place.run(&words).ended(0).stdout;
    let token = token.trim_end();

    let mut journey = Journey::begin(&[], (120, 36), &[]);
    let terminal = &mut journey.terminal;
    terminal.shows("Paste");
    terminal.press("p");
    terminal.shows("Ctrl-D explains it");
    terminal.press(&format!("\x1b[200~{token}\x1b[201~"));
    terminal.shows("‹access token");
    terminal.press("Ctrl-D");
    terminal.shows("An app itself: there is no person.");
    terminal.shows("V check the token");
    terminal.press("V");
    terminal.shows("✓ Verified");
    let signature = token.rsplit('.').next().expect("a signature");
    assert!(!terminal.raw().contains(&signature[..20]));
    terminal.press("Esc");
    terminal.hides("┌ Explained");
    journey.ends_well();
}

#[test]
fn a_token_that_a_newer_one_replaced_is_not_checked_and_said_to_be_gone() {
    let mut journey = Journey::demo("mfa-on-silent", (120, 36));
    let terminal = &mut journey.terminal;
    terminal.press("Enter");
    terminal.shows("Multifactor authentication is required.");
    terminal.press("Enter");
    terminal.shows("Gives up in");
    terminal.press("u");
    terminal.shows("✓ 1 Sign in in the browser");
    terminal.press("Enter");
    terminal.shows("✓ 2 Repeat silently");
    terminal.press("Tab");
    terminal.shows("▶✓");
    terminal.press("j");
    terminal.shows("▶✓");
    terminal.press("V");
    terminal.shows("? Not checked");
    terminal.shows("The token itself is no");
    journey.ends_well();
}

#[test]
fn an_api_is_called_at_an_address_that_is_typed_and_called_again_by_one_key() {
    let mut journey = Journey::demo("device-granted", (120, 36));
    let terminal = &mut journey.terminal;
    terminal.press("Enter");
    terminal.shows("and type this code:");
    terminal.press("u");
    terminal.shows("✓ A token was granted.");
    terminal.press("A");
    terminal.shows("call GET https://");
    terminal.press("Ctrl-U");
    terminal.press("http://contoso.example/");
    terminal.press("Enter");
    terminal.shows("is no address that a token may go to");
    terminal.press("A");
    terminal.press("Ctrl-U");
    terminal.press("https://127.0.0.1:9/nothing");
    terminal.press("Enter");
    terminal.shows("4 of 4");
    terminal.press("a");
    terminal.shows("5 of 5");
    journey.ends_well();
}
