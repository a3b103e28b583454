//! Signing out in Chromium: the other applications of the session hear of it from the browser, and the program that
//! asked gets its browser back.

use url::form_urlencoded::{self, byte_serialize};

use super::for_everybody::{at, authorize, identify, returning_to};
use crate::harness::browser::Browser;
use crate::harness::lab::Lab;
use crate::harness::receiver::Receiver;

/// Ada is signed in to a program that wants to be told elsewhere when she signs out.
fn signed_in(lab: &Lab, program: &Receiver, told: &Receiver) -> Browser {
    let address = format!("{}/out?from=lab", told.origin);
    lab.change(&format!(
        "set app contoso-desktop frontchannel-logout {address}"
    ));
    let address = authorize(lab, "openid User.Read", &[]);
    let mut browser = at(&returning_to(program, &address));
    identify(&mut browser, lab.ada());
    assert!(program.brought().starts_with("code="));
    browser
}

fn out(lab: &Lab, query: &str) -> String {
    format!("{}/oauth2/v2.0/logout?{query}", lab.authority())
}

fn parameter(query: &str, name: &str) -> String {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let found = pairs.find(|(known, _)| known == name);
    found.map_or_else(String::new, |(_, value)| value.into_owned())
}

#[test]
fn the_apps_of_the_session_are_told_and_the_program_gets_its_browser_back() {
    let (lab, program, told) = (Lab::start(), Receiver::start(), Receiver::start());
    let mut browser = signed_in(&lab, &program, &told);
    let back: String = byte_serialize(format!("{}/", program.origin).as_bytes()).collect();
    browser.open(&out(
        &lab,
        &format!("post_logout_redirect_uri={back}&state=over"),
    ));
    let heard = told.brought();
    assert_eq!(parameter(&heard, "from"), "lab", "{heard}");
    assert!(!parameter(&heard, "sid").is_empty(), "{heard}");
    let issuer = parameter(&heard, "iss");
    assert!(issuer.starts_with(&lab.origin()), "{heard}");
    assert_eq!(program.brought(), "state=over");
    browser.open(&authorize(&lab, "openid User.Read", &[]));
    browser.wait_for("Simulated accounts");
}

#[test]
fn who_signs_out_without_a_program_reads_whom_the_lab_told() {
    let (lab, program, told) = (Lab::start(), Receiver::start(), Receiver::start());
    let mut browser = signed_in(&lab, &program, &told);
    browser.open(&out(&lab, ""));
    let seen = browser.judge("These applications are told so");
    assert!(seen.text.contains("Contoso Desktop"), "{}", seen.text);
    assert!(!parameter(&told.brought(), "sid").is_empty());
}
