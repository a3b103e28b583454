//! Every page of the lab as Chromium and axe-core judge it, small and wide, in light and in dark, walked without a
//! mouse: who cannot see well, or not at all, gets as far as anybody.

use url::Url;
use url::form_urlencoded::byte_serialize;

use super::by_keyboard::{answer, approve};
use super::sign_in_begun;
use crate::harness::browser::Browser;
use crate::harness::lab::Lab;
use crate::harness::receiver::Receiver;

/// Where a program would be, for pages that lead to none.
const PROGRAM: &str = "http://localhost:5000";

/// A browser at an address of the lab.
pub(super) fn at(address: &str) -> Browser {
    let mut browser = Browser::start();
    browser.open(address);
    browser
}

/// An address of a tenant or policy of the lab, with the desktop program's parameters and these.
fn request(lab: &Lab, path: &str, more: &[(&str, &str)]) -> String {
    let mut url = Url::parse(&format!("{}{path}", lab.origin())).expect("an address");
    url.query_pairs_mut()
        .append_pair("client_id", lab.client_id("desktop"))
        .append_pair("redirect_uri", PROGRAM)
        .append_pair("response_type", "code")
        .extend_pairs(more);
    url.into()
}

pub(super) fn authorize(lab: &Lab, scope: &str, more: &[(&str, &str)]) -> String {
    let path = "/contoso.example/oauth2/v2.0/authorize";
    let more = [&[("scope", scope)], more].concat();
    request(lab, path, &more)
}

/// The same request, with the result going to this program.
pub(super) fn returning_to(program: &Receiver, address: &str) -> String {
    let encoded = |origin: &str| byte_serialize(origin.as_bytes()).collect::<String>();
    address.replace(&encoded(PROGRAM), &encoded(&program.origin))
}

/// Account and password, judging nothing.
pub(super) fn identify(browser: &mut Browser, (name, password): (&str, &str)) {
    browser.wait_for("Simulated accounts");
    answer(browser, name);
    browser.wait_for("Simulated password");
    answer(browser, password);
}

#[test]
fn a_sign_in_with_every_mistake_on_the_way() {
    let lab = Lab::start();
    for policy in ["require-mfa", "terms-of-use", "external-check"] {
        lab.change(&format!("policy {policy} on"));
    }
    let (name, password) = lab.user("cy@");
    let address = authorize(&lab, "openid offline_access Mail.Read", &[]);
    let mut browser = at(&address);
    browser.judge("Simulated accounts");
    answer(&mut browser, "nobody@contoso.example");
    browser.judge("No account");
    browser.keys(&["Control+A"]);
    answer(&mut browser, name);
    browser.judge("Simulated password");
    answer(&mut browser, "wrong");
    browser.judge("is not right");
    answer(&mut browser, password);
    browser.judge("Register a second factor");
    browser.keys(&["Tab", "Enter"]);
    browser.judge("Approve the sign-in");
    answer(&mut browser, "100");
    browser.judge("not the number shown");
    approve(&mut browser);
    browser.judge("A further check");
    browser.keys(&["Tab", "Enter"]);
    browser.judge("Terms of use");
    browser.keys(&["Tab", "Tab", "Enter"]);
    browser.judge("have to be accepted");
    browser.keys(&["Tab", "Enter"]);
    browser.judge("Permissions asked for");
    browser.open(&format!("{address}&prompt=select_account"));
    browser.judge("Choose an account");
}

#[test]
fn a_new_password_and_a_declined_second_factor() {
    let lab = Lab::start();
    lab.change("policy risky-user on");
    lab.change("set user ada@contoso.example user-risk high");
    let address = authorize(&lab, "openid User.Read", &[]);
    let mut browser = at(&address);
    identify(&mut browser, lab.ada());
    approve(&mut browser);
    browser.judge("The account is at risk");
    browser.keys(&["=simulated-Ada-2", "Tab", "=simulated-Ada-3", "Enter"]);
    browser.judge("not the same");
    let mut browser = at(&address);
    identify(&mut browser, lab.ada());
    browser.wait_for("Approve the sign-in");
    browser.keys(&["Tab", "Tab", "Enter"]);
    browser.judge("The sign-in was denied");
}

#[test]
fn an_administrator_is_needed_asked_and_consents() {
    let lab = Lab::start();
    lab.change("user-consent off");
    lab.change("revoke-consent");
    let address = authorize(&lab, "openid User.Read", &[]);
    let mut browser = at(&address);
    identify(&mut browser, lab.ada());
    browser.judge("An administrator has to approve this");
    lab.change("consent-requests on");
    browser.open(&address);
    browser.judge("Ask for approval");
    answer(&mut browser, "to read my own profile");
    browser.judge("The request was sent");
    lab.change("set user ada@contoso.example roles global-administrator");
    let scope = [("scope", "https://graph.microsoft.com/.default")];
    browser.open(&request(&lab, "/contoso.example/v2.0/adminconsent", &scope));
    browser.judge("for everybody in");
}

#[test]
fn a_device_sign_in() {
    let lab = Lab::start();
    let start = format!("{}/oauth2/v2.0/devicecode", lab.authority());
    let client = lab.client_id("desktop");
    let fields = [("client_id", client), ("scope", "openid User.Read")];
    let begun = lab.visitor().post(&start, &fields);
    let begun: serde_json::Value = serde_json::from_str(&begun.body).expect("a device code");
    let mut browser = at(begun["verification_uri"].as_str().expect("a page"));
    browser.judge("Enter the code");
    answer(&mut browser, "WRONG-CODE");
    browser.judge("not one that was issued");
    browser.keys(&["Control+A"]);
    answer(&mut browser, begun["user_code"].as_str().expect("a code"));
    identify(&mut browser, lab.ada());
    browser.judge("Are you signing in to");
    browser.keys(&["Tab", "Enter"]);
    browser.judge("You can close this page");
}

#[test]
fn error_pages_and_pages_outside_a_sign_in() {
    let lab = Lab::start();
    // A redirect URI that is not registered, without a place where a line could be broken.
    let long = format!("localhost%2F{}", "a".repeat(200));
    let unknown = authorize(&lab, "openid", &[]).replace("localhost%3A5000", &long);
    let of_origin = |path: &str| format!("{}{path}", lab.origin());
    let mut browser = at(&of_origin("/"));
    browser.judge("tokenscope lab");
    for (address, text) in [
        (of_origin("/error"), "About an error code"),
        (of_origin("/error?code=50076"), "AADSTS50076"),
        (of_origin("/error?code=53999"), "not in the catalogue"),
        (of_origin("/error?code=what"), "A code is a number"),
        (of_origin("/password"), "Change the password"),
        (
            of_origin("/contoso.example/oauth2/v2.0/logout"),
            "Signed out",
        ),
        (unknown, "AADSTS50011"),
    ] {
        browser.open(&address);
        browser.judge(text);
    }
    lab.change("policy block on");
    browser.open(&authorize(&lab, "openid User.Read", &[]));
    identify(&mut browser, lab.ada());
    browser.judge("You cannot get to this from here");
}

#[test]
fn a_result_that_a_form_hands_over() {
    let lab = Lab::start();
    let program = Receiver::start();
    let mode = [("response_mode", "form_post")];
    let address = authorize(&lab, "openid User.Read", &mode);
    let mut browser = at(&returning_to(&program, &address));
    identify(&mut browser, lab.ada());
    browser.judge("is being handed to the program");
    assert!(program.brought().starts_with("code="));
}

#[test]
fn a_b2c_page_with_its_ways_out() {
    let lab = Lab::start();
    let path = "/contoso.example/b2c_1_signin/oauth2/v2.0/authorize";
    at(&request(&lab, path, &[("scope", "openid")])).judge("Forgot the password?");
}

#[test]
fn a_work_account_is_led_to_its_tenant_and_turned_away_where_personal_ones_sign_in() {
    let lab = Lab::start();
    lab.change("set app contoso-desktop personal-accounts yes");
    let path = "/common/oauth2/v2.0/authorize";
    let of = |hint: &str, name: &str| {
        let hints = [
            ("scope", "openid"),
            ("domain_hint", hint),
            ("login_hint", name),
        ];
        request(&lab, path, &hints)
    };
    let (name, _) = lab.user("eve@");
    let mut browser = at(&of("fabrikam.example", name));
    let seen = browser.judge("Simulated password");
    assert!(seen.text.contains("Fabrikam (simulated)"), "{}", seen.text);
    browser.open(&of("consumers", name));
    browser.judge("the lab's world has none");
    browser.keys(&["Enter"]);
    browser.judge("Only a personal account can sign in here");
}

#[test]
fn the_page_that_the_program_itself_serves() {
    let lab = Lab::start();
    let (acquiring, mut browser) = sign_in_begun(&lab, &["openid", "User.Read"]);
    identify(&mut browser, lab.ada());
    browser.judge("You can close this");
    acquiring.finish().assert_granted();
}
