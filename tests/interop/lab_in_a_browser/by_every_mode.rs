//! How the answer comes back, in Chromium: in the fragment, which a script of the program's own page hands on, and by
//! a form that the lab's page posts to the program.

use super::{identify, sign_in_asking};
use crate::harness::acquire::Acquired;
use crate::harness::browser::{Browser, Seen};
use crate::harness::lab::Lab;

const SCOPES: &[&str] = &["openid", "User.Read"];

/// Ada signs in; what she sees at the end, and what came of the run.
fn signed_in(lab: &Lab, more: &[&str]) -> (Acquired, Seen) {
    let (acquiring, mut browser) = sign_in_asking(lab, SCOPES, more);
    identify(&mut browser, lab);
    let last = browser.wait_for("You can close this");
    (acquiring.finish(), last)
}

/// Nothing of the answer stands in the address that the browser keeps.
fn assert_clean(last: &Seen) {
    assert!(last.address.starts_with("http://localhost:"), "{last:?}");
    assert!(
        !last.address.contains(['#', '?']),
        "the answer stays in the address: {last:?}"
    );
}

#[test]
fn a_code_in_the_fragment_is_handed_on_by_the_page_of_the_program() {
    let lab = Lab::start();
    let (acquired, last) = signed_in(&lab, &["--response-mode", "fragment"]);
    acquired.assert_granted();
    assert_clean(&last);
}

#[test]
fn a_code_that_a_form_of_the_lab_brings_is_taken() {
    let lab = Lab::start();
    let (acquired, last) = signed_in(&lab, &["--response-mode", "form_post"]);
    acquired.assert_granted();
    assert_clean(&last);
}

#[test]
fn an_id_token_beside_the_code_is_verified_whichever_way_it_comes() {
    let lab = Lab::start();
    lab.change("set app contoso-desktop implicit-id-token yes");
    for mode in ["fragment", "form_post"] {
        let asked = ["--response-type", "code id_token", "--response-mode", mode];
        let (acquired, last) = signed_in(&lab, &asked);
        acquired.assert_granted();
        assert_clean(&last);
        let events = acquired.said["events"].to_string();
        assert!(events.contains("good signature"), "{mode}: {acquired:?}");
    }
}

#[test]
fn a_person_who_declines_is_heard_whichever_way_the_refusal_comes() {
    let lab = Lab::start();
    for mode in ["fragment", "form_post"] {
        let scopes = ["openid", "Mail.Read"];
        let (acquiring, mut browser) = sign_in_asking(&lab, &scopes, &["--response-mode", mode]);
        identify(&mut browser, &lab);
        browser.wait_for("Permissions asked for");
        browser.press("Cancel");
        let refused = acquiring.finish();
        refused.assert_refused(3, "access_denied");
        assert_eq!(
            refused.said["diagnosis"]["where"], "authorize",
            "{mode}: {refused:?}"
        );
    }
}

#[test]
fn the_page_that_hands_on_a_fragment_is_for_everybody() {
    let lab = Lab::start();
    let more = ["--response-mode", "fragment"];
    let (acquiring, mut browser) = sign_in_asking(&lab, SCOPES, &more);
    let at = redirect_uri(&browser.wait_for("SIMULATED"));
    let mut visitor = Browser::start();
    visitor.open(&at);
    visitor.judge("a script hands it");
    // The program still waits for the answer itself.
    identify(&mut browser, &lab);
    browser.judge("You can close this");
    acquiring.finish().assert_granted();
}

/// The redirect URI of the request that stands in the address.
fn redirect_uri(seen: &Seen) -> String {
    let address = url::Url::parse(&seen.address).expect("an address");
    let mut pairs = address.query_pairs();
    let found = pairs.find(|(name, _)| name == "redirect_uri");
    found.expect("a redirect URI is sent").1.into_owned()
}
