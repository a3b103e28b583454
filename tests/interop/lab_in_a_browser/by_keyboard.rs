//! The lab's pages in Chromium without a mouse: what is to be typed into has the focus, the rest is a Tab away.

use super::sign_in_begun;
use crate::harness::browser::Browser;
use crate::harness::lab::{Lab, number_shown};

/// Types into the field that has the focus, and sends the form.
pub(super) fn answer(browser: &mut Browser, text: &str) {
    browser.keys(&[&format!("={text}"), "Enter"]);
}

/// Account and password.
fn identify(browser: &mut Browser, (name, password): (&str, &str)) {
    browser.wait_for("User name");
    answer(browser, name);
    browser.wait_for("Simulated password");
    answer(browser, password);
}

/// The second factor.
pub(super) fn approve(browser: &mut Browser) {
    let number = number_shown(&browser.wait_for("Approve the sign-in").text);
    answer(browser, &number);
}

#[test]
fn a_second_factor_is_registered_and_the_terms_are_accepted() {
    let lab = Lab::start();
    lab.change("policy require-mfa on");
    lab.change("policy terms-of-use on");
    let (acquiring, mut browser) = sign_in_begun(&lab, &["openid", "User.Read"]);
    identify(&mut browser, lab.user("cy@"));
    browser.wait_for("Register a second factor");
    browser.keys(&["Tab", "Enter"]);
    approve(&mut browser);
    browser.wait_for("Terms of use");
    browser.keys(&["Tab", "Tab", "Enter"]);
    let declined = browser.wait_for("have to be accepted");
    assert!(declined.text.contains("SIMULATED"), "{}", declined.text);
    browser.keys(&["Tab", "Enter"]);
    browser.wait_for("You can close this");
    acquiring.finish().assert_granted();
}

#[test]
fn a_consent_is_given_and_another_declined() {
    let lab = Lab::start();
    let (acquiring, mut browser) = sign_in_begun(&lab, &["openid", "Mail.Read"]);
    identify(&mut browser, lab.ada());
    browser.wait_for("Permissions asked for");
    browser.keys(&["Tab", "Enter"]);
    browser.wait_for("You can close this");
    acquiring.finish().assert_granted();
    let (acquiring, mut browser) = sign_in_begun(&lab, &["openid", "Files.Read"]);
    identify(&mut browser, lab.ada());
    browser.wait_for("Permissions asked for");
    browser.keys(&["Tab", "Tab", "Enter"]);
    acquiring.finish().assert_refused(3, "access_denied");
}

#[test]
fn an_administrator_is_asked_and_the_approved_sign_in_is_granted() {
    let lab = Lab::start();
    for change in ["user-consent off", "consent-requests on", "revoke-consent"] {
        lab.change(change);
    }
    let (acquiring, mut browser) = sign_in_begun(&lab, &["openid", "User.Read"]);
    let address = browser.keys(&[]).address;
    identify(&mut browser, lab.ada());
    let asked = browser.wait_for("Ask for approval");
    assert!(asked.text.contains("AADSTS90095"), "{}", asked.text);
    answer(&mut browser, "to read my own profile");
    browser.wait_for("The request was sent");
    lab.change("approve-request");
    browser.open(&format!("{address}&prompt=select_account"));
    let chooser = browser.wait_for("Choose an account");
    assert!(chooser.text.contains(lab.ada().0), "{}", chooser.text);
    browser.keys(&["Tab", "Enter"]);
    browser.wait_for("You can close this");
    acquiring.finish().assert_granted();
}

#[test]
fn a_page_that_only_an_administrator_can_help_with_leads_back_to_the_program() {
    let lab = Lab::start();
    lab.change("user-consent off");
    lab.change("revoke-consent");
    let (acquiring, mut browser) = sign_in_begun(&lab, &["openid", "User.Read"]);
    identify(&mut browser, lab.ada());
    let seen = browser.wait_for("An administrator has to approve this");
    assert!(seen.text.contains("AADSTS90094"), "{}", seen.text);
    browser.keys(&["Tab", "Enter"]);
    acquiring.finish().assert_refused(1, "access_denied");
}

#[test]
fn a_risky_account_gets_a_new_password() {
    let lab = Lab::start();
    lab.change("policy risky-user on");
    lab.change("set user ada@contoso.example user-risk high");
    let (acquiring, mut browser) = sign_in_begun(&lab, &["openid", "User.Read"]);
    identify(&mut browser, lab.ada());
    approve(&mut browser);
    browser.wait_for("The account is at risk");
    let new = "=simulated-Ada-2";
    browser.keys(&[new, "Tab", new, "Enter"]);
    browser.wait_for("You can close this");
    acquiring.finish().assert_granted();
}
