//! What people meet on the pages: terms, registration, risk, approval, and what the log says of it.

use super::super::super::ask::{Answer, Ask};
use super::super::super::handle::Walk;
use super::super::super::testing::Bench;
use super::super::super::walk::{Jar, Person, walk};
use super::{ADA, parameters, shown, url};
use crate::model::UserAct;

const CY: &str = "cy@contoso.example";

fn changed(changes: &[&str]) -> Bench {
    let mut bench = Bench::new();
    for change in changes {
        bench.change(change);
    }
    bench
}

fn walked(bench: &mut Bench, name: &str, act: UserAct) -> Walk {
    let start = url(bench, &[]);
    bench.walk(name, &mut Jar::default(), &start, act)
}

#[test]
fn terms_are_accepted_once_and_for_all_and_may_be_declined() {
    let mut bench = changed(&["policy terms-of-use on"]);
    let declined = walked(&mut bench, ADA, UserAct::DeclinesTerms);
    assert!(shown(&declined).contains("Terms of use"), "{declined:?}");
    assert!(parameters(&walked(&mut bench, ADA, UserAct::Completes)).contains_key("code"));
    assert!(parameters(&walked(&mut bench, ADA, UserAct::DeclinesTerms)).contains_key("code"));
    assert_eq!(
        bench.world.user(ADA).unwrap().standing.terms,
        ["terms-of-use"]
    );
}

#[test]
fn security_information_is_registered_where_it_must_be() {
    let mut bench = changed(&["set user cy@contoso.example must-register yes"]);
    assert!(parameters(&walked(&mut bench, CY, UserAct::Completes)).contains_key("code"));
    let cy = bench.world.user(CY).unwrap();
    assert!(cy.mfa && !cy.standing.must_register);
}

#[test]
fn a_new_password_ends_the_risk_after_the_second_factor() {
    let mut bench = changed(&[
        "policy risky-user on",
        "set user ada@contoso.example user-risk high",
    ]);
    let denied = walked(&mut bench, ADA, UserAct::DeclinesMfa);
    assert!(shown(&denied).contains("AADSTS500121"), "{denied:?}");
    let before = bench.world.user(ADA).unwrap().password.clone();
    assert!(parameters(&walked(&mut bench, ADA, UserAct::Completes)).contains_key("code"));
    let ada = bench.world.user(ADA).unwrap();
    assert_eq!(ada.standing.user_risk.word(), "none");
    assert_ne!(ada.password, before);
}

#[test]
fn approval_is_asked_for_denied_asked_for_again_and_given() {
    let mut bench = changed(&["user-consent off", "consent-requests on", "revoke-consent"]);
    let back = parameters(&walked(&mut bench, ADA, UserAct::ReturnsToProgram));
    assert_eq!(back["error"], "access_denied");
    assert!(back["error_description"].starts_with("AADSTS90094: "));
    for (answer, granted) in [("deny-request", false), ("approve-request", true)] {
        let asked = walked(&mut bench, ADA, UserAct::AsksForApproval);
        assert!(shown(&asked).contains("The request was sent"), "{asked:?}");
        assert_eq!(bench.world.approval.asked.len(), 1);
        bench.change(answer);
        let walked = walked(&mut bench, ADA, UserAct::ReturnsToProgram);
        assert_eq!(
            parameters(&walked).contains_key("code"),
            granted,
            "{answer}"
        );
    }
    assert!(bench.world.approval.asked.is_empty());
    bench.change("set user bo@contoso.example roles global-administrator");
    bench.change("revoke-consent contoso-desktop");
    let own = walked(&mut bench, "bo@contoso.example", UserAct::Completes);
    assert!(
        parameters(&own).contains_key("code"),
        "an administrator consents on the page"
    );
}

#[test]
fn consent_of_one_user_is_taken_back_and_that_of_others_stays() {
    let mut bench = changed(&["revoke-consent"]);
    for name in [ADA, "bo@contoso.example"] {
        assert!(parameters(&walked(&mut bench, name, UserAct::Completes)).contains_key("code"));
    }
    bench.change("revoke-consent contoso-desktop ada@contoso.example");
    let given = bench.world.consents.iter();
    let left: Vec<String> = given.filter_map(|consent| consent.user.clone()).collect();
    let bo = bench.world.user("bo@contoso.example").unwrap();
    assert_eq!(left, [bo.id.as_str()]);
}

#[test]
fn the_log_says_which_policy_asked_for_a_page() {
    let mut bench = changed(&["policy require-mfa on", "policy block-abroad on"]);
    let start = url(&bench, &[]);
    let person = Person {
        name: ADA.into(),
        password: bench.world.user(ADA).unwrap().password.clone(),
        new_password: String::new(),
    };
    let mut log: Vec<String> = Vec::new();
    let mut site = |ask: &Ask| -> Answer {
        let answer = bench.ask(ask);
        log.push(answer.because.clone());
        answer
    };
    walk(
        &mut site,
        &person,
        &mut Jar::default(),
        &start,
        UserAct::Completes,
    );
    let page = log.iter().find(|line| line.contains("Approve the sign-in"));
    let page = page.unwrap_or_else(|| panic!("{log:?}"));
    assert!(
        page.contains("policy require-mfa applied because of this"),
        "{page}"
    );
    assert!(
        page.contains("policy block-abroad did not apply: place unknown"),
        "{page}"
    );
}

#[test]
fn too_many_wrong_passwords_lock_an_account_for_as_long_as_the_world_says() {
    let mut bench = Bench::new();
    bench.world.lockout = (2, std::time::Duration::from_mins(5));
    let ask = "grant_type=password&client_id={desktop}&username=ada@contoso.example&password=wrong&scope=User.Read";
    let code = |bench: &mut Bench, form: &str| {
        let answer = bench.told("/contoso.example/oauth2/v2.0/token", form);
        super::super::super::testing::json(&answer)["error_codes"][0].as_u64()
    };
    let right = ask.replace("wrong", "simulated-Ada-1");
    assert_eq!(code(&mut bench, ask), Some(50126));
    assert_eq!(code(&mut bench, ask), Some(50126));
    assert_eq!(code(&mut bench, &right), Some(50053));
    bench.change("advance 4m");
    assert_eq!(code(&mut bench, &right), Some(50053));
    bench.change("advance 2m");
    assert_eq!(code(&mut bench, &right), None);
}
