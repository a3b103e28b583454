//! The lab's pages in Chromium, as a person meets them, and the page at the end that the program itself serves.

use crate::harness::acquire::{Acquire, Acquiring};
use crate::harness::browser::Browser;
use crate::harness::lab::{Lab, number_shown};

mod by_every_mode;
mod by_keyboard;
mod for_everybody;
mod signing_out;

/// Starts an interactive run and opens its address in a browser.
fn sign_in_begun(lab: &Lab, scopes: &[&str]) -> (Acquiring, Browser) {
    sign_in_asking(lab, scopes, &[])
}

/// The same, with more flags.
fn sign_in_asking(lab: &Lab, scopes: &[&str], more: &[&str]) -> (Acquiring, Browser) {
    let acquire = Acquire::new(lab.authority(), lab.client_id("desktop"), "interactive");
    let acquire = acquire
        .scopes(scopes)
        .trusting(Some(&lab.ca()))
        .with(&["--no-browser"])
        .with(more);
    let mut acquiring = acquire.start();
    let address = acquiring.address(&lab.origin());
    let mut browser = Browser::start();
    let seen = browser.open(&address);
    assert!(
        seen.text.contains("SIMULATED"),
        "the banner is missing: {}",
        seen.text
    );
    (acquiring, browser)
}

/// The account and the password.
fn identify(browser: &mut Browser, lab: &Lab) {
    let (name, password) = lab.ada();
    browser.fill("User name", name);
    browser.press("Next");
    browser.fill("Simulated password", password);
    browser.press("Sign in");
}

#[test]
fn a_person_walks_account_password_mfa_and_consent_and_the_run_is_granted() {
    let lab = Lab::start();
    lab.change("policy require-mfa on");
    let (acquiring, mut browser) = sign_in_begun(&lab, &["openid", "offline_access", "Mail.Read"]);
    identify(&mut browser, &lab);
    let number = number_shown(&browser.wait_for("Approve the sign-in").text);
    browser.fill("Number typed on the simulated phone", &number);
    browser.press("Approve");
    let consent = browser.wait_for("Permissions asked for");
    assert!(
        consent.text.contains("Read your mail"),
        "the permission is not in words: {}",
        consent.text
    );
    let last = browser.press("Accept");
    assert!(
        last.address.starts_with("http://localhost:"),
        "the sign-in ends elsewhere: {}",
        last.address
    );
    assert!(
        last.text.contains("You can close this"),
        "the last page does not say so: {}",
        last.text
    );
    let acquired = acquiring.finish();
    acquired.assert_granted();
    let scopes = acquired.said["token"]["scopes"].to_string();
    assert!(scopes.contains("Mail.Read"), "{acquired:?}");
}

#[test]
fn a_person_who_declines_the_consent_ends_the_run_with_access_denied() {
    let lab = Lab::start();
    let (acquiring, mut browser) = sign_in_begun(&lab, &["openid", "Mail.Read"]);
    identify(&mut browser, &lab);
    browser.wait_for("Permissions asked for");
    let last = browser.press("Cancel");
    assert!(
        last.address.starts_with("http://localhost:"),
        "the sign-in ends elsewhere: {}",
        last.address
    );
    let acquired = acquiring.finish();
    acquired.assert_refused(3, "access_denied");
    assert_eq!(
        acquired.said["diagnosis"]["where"], "authorize",
        "{acquired:?}"
    );
}
