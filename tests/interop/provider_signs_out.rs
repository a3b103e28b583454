//! Signing a person out at the real provider (OpenID Connect RP-Initiated Logout 1.0): the ID token goes along in a form,
//! from a page that the program serves once, and the browser comes back.

use crate::harness::acquire::{Acquire, Acquired, Acquiring};
use crate::harness::browser::Browser;
use crate::harness::provider::{DESKTOP, Provider, sign_in};
use crate::harness::visitor::{Page, Visitor};

const YES: &str = "Yes, sign me out";
const NO: &str = "No, stay signed in";

/// Somebody who signs in, and is then to sign out.
fn leaving(provider: &Provider) -> Acquiring {
    Acquire::new(&provider.issuer, DESKTOP, "interactive")
        .scopes(&["openid"])
        .with(&["--no-browser", "--then", "logout"])
        .trusting(provider.ca())
        .start()
}

fn sign_in_page(provider: &Provider, acquiring: &mut Acquiring) -> String {
    acquiring.address(&format!("{}/auth", provider.issuer))
}

/// The page that the program serves, which hands the ID token on.
fn leave_page(acquiring: &mut Acquiring) -> String {
    let page = acquiring.address("http://127.0.0.1:");
    assert!(page.contains("/leave/"), "{page}");
    page
}

fn assert_signed_out(acquired: &Acquired) {
    acquired.assert_granted();
    let told = &acquired.said["signed_out"];
    assert_eq!(
        (&told["came_back"], &told["hinted"]),
        (&true.into(), &true.into()),
        "{acquired:?}"
    );
    let last = acquired.stderr.lines().last().unwrap_or_default();
    assert!(!last.contains("eyJ"), "a token is on stderr: {acquired:?}");
}

/// Whether the provider asks this visitor to sign in again.
fn is_asked_again(provider: &Provider, visitor: &mut Visitor) -> bool {
    let page = visitor.open(&format!(
        "{}/auth?client_id={DESKTOP}&response_type=code&scope=openid&redirect_uri=http://localhost/&\
         code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256",
        provider.issuer
    ));
    page.body.contains("name=\"login\"")
}

/// Signs in, opens the page of the program and answers the provider's question with a button.
fn answered(provider: &Provider, button: &str) -> (Acquired, Page, Visitor) {
    let mut acquiring = leaving(provider);
    let mut visitor = provider.visitor();
    let login = visitor.open(&sign_in_page(provider, &mut acquiring));
    sign_in(&mut visitor, &login);
    let handing = visitor.open(&leave_page(&mut acquiring));
    let question = visitor.submit(&handing, &[]);
    assert!(
        question.words().contains("Do you want to sign-out"),
        "{} {}",
        question.status,
        question.words()
    );
    let back = visitor.press(&question, button);
    (acquiring.finish(), back, visitor)
}

#[test]
fn the_provider_takes_the_posted_hint_signs_the_person_out_and_sends_the_browser_back() {
    let provider = Provider::with_posted_logout();
    let (acquired, back, mut visitor) = answered(&provider, YES);
    assert_signed_out(&acquired);
    assert!(back.url.as_str().contains("state="), "{}", back.url);
    assert!(
        back.words().contains("Back from the server"),
        "{}",
        back.words()
    );
    assert!(is_asked_again(&provider, &mut visitor));
}

#[test]
fn a_page_that_was_handed_on_once_is_not_served_again() {
    let provider = Provider::with_posted_logout();
    let mut acquiring = leaving(&provider);
    let mut visitor = provider.visitor();
    let login = visitor.open(&sign_in_page(&provider, &mut acquiring));
    sign_in(&mut visitor, &login);
    let page = leave_page(&mut acquiring);
    let handing = visitor.open(&page);
    let again = provider.visitor().open(&page);
    assert!(!again.body.contains("id_token_hint"), "{}", again.body);
    let question = visitor.submit(&handing, &[]);
    visitor.press(&question, YES);
    assert_signed_out(&acquiring.finish());
}

#[test]
fn who_stays_signed_in_at_the_provider_comes_back_all_the_same() {
    let provider = Provider::with_posted_logout();
    let (acquired, back, mut visitor) = answered(&provider, NO);
    assert_signed_out(&acquired);
    assert!(back.url.as_str().contains("state="), "{}", back.url);
    assert!(!is_asked_again(&provider, &mut visitor));
}

#[test]
fn a_browser_keeps_its_session_on_the_way_from_the_programs_page_and_back() {
    let provider = Provider::with_posted_logout();
    let mut acquiring = leaving(&provider);
    let mut browser = Browser::start();
    browser.open(&sign_in_page(&provider, &mut acquiring));
    browser.keys(&["=ada", "Tab", "=any", "Enter"]);
    browser.wait_for("Authorize");
    browser.press("Continue");
    browser.open(&leave_page(&mut acquiring));
    browser.wait_for("Do you want to sign-out");
    browser.press(YES);
    assert_signed_out(&acquiring.finish());
}
