//! Whole visits, walked by the lab's user.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::super::handle::Walk;
use super::super::testing::{BASE, Bench};
use super::super::walk::Jar;
use crate::model::UserAct;

mod api;
mod device;
mod known;
mod people;

const ADA: &str = "ada@contoso.example";
const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters";
const BACK: &str = "http://localhost:5000";

fn url(bench: &Bench, more: &[(&str, &str)]) -> String {
    url_at(bench, "/contoso.example/oauth2/v2.0/authorize", more)
}

fn url_at(bench: &Bench, path: &str, more: &[(&str, &str)]) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let (id, _) = bench.client("contoso-desktop");
    let usual = [
        ("client_id", id.as_str()),
        ("response_type", "code"),
        ("redirect_uri", BACK),
        ("scope", "User.Read openid profile offline_access"),
        ("state", "s&1"),
        ("nonce", "n1"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
        ("client_info", "1"),
    ];
    let kept = usual
        .iter()
        .filter(|(name, _)| !more.iter().any(|(n, _)| n == name));
    let mut url = url::Url::parse(&format!("{BASE}{path}")).unwrap();
    url.query_pairs_mut()
        .extend_pairs(kept)
        .extend_pairs(more.iter().filter(|(_, v)| !v.is_empty()));
    url.into()
}

fn parameters(walk: &Walk) -> HashMap<String, String> {
    let Walk::Redirect(to) = walk else {
        panic!("not back at the program: {walk:?}")
    };
    assert!(to.starts_with(BACK), "{to}");
    let url = url::Url::parse(to).unwrap();
    let text = url.query().or(url.fragment()).unwrap();
    url::form_urlencoded::parse(text.as_bytes())
        .into_owned()
        .collect()
}

fn shown(walk: &Walk) -> &str {
    let Walk::Page { text, .. } = walk else {
        panic!("not on a page: {walk:?}")
    };
    text
}

fn redeem(bench: &mut Bench, code: &str, verifier: &str) -> (u16, serde_json::Value) {
    let (id, _) = bench.client("contoso-desktop");
    bench.token(&[
        ("grant_type", "authorization_code"),
        ("client_id", &id),
        ("code", code),
        ("redirect_uri", BACK),
        ("code_verifier", verifier),
    ])
}

fn claims(token: &serde_json::Value) -> serde_json::Value {
    let part = token.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[test]
fn a_sign_in_gives_a_code_that_works_once_with_its_verifier() {
    let mut bench = Bench::new();
    let start = url(&bench, &[]);
    let back = parameters(&bench.walk(ADA, &mut Jar::default(), &start, UserAct::Completes));
    assert_eq!(back["state"], "s&1");
    assert_eq!(
        redeem(&mut bench, &back["code"], "another-verifier").1["error_codes"][0],
        501_481
    );
    assert_eq!(
        redeem(&mut bench, &back["code"], "").1["error_codes"][0],
        90014
    );
    let (status, body) = redeem(&mut bench, &back["code"], VERIFIER);
    assert_eq!(status, 200, "{body}");
    let id = claims(&body["id_token"]);
    assert_eq!(
        (&id["nonce"], &id["amr"]),
        (&"n1".into(), &serde_json::json!(["pwd"]))
    );
    assert_eq!(
        claims(&body["access_token"])["scp"],
        "User.Read openid profile"
    );
    assert_eq!(
        redeem(&mut bench, &back["code"], VERIFIER).1["error_codes"][0],
        54005
    );
    assert_eq!(
        redeem(&mut bench, "nonsense", VERIFIER).1["error_codes"][0],
        9_002_313
    );
}

#[test]
fn a_code_runs_out_after_ten_minutes() {
    let mut bench = Bench::new();
    let start = url(&bench, &[]);
    let back = parameters(&bench.walk(ADA, &mut Jar::default(), &start, UserAct::Completes));
    bench.change("advance 11m");
    assert_eq!(
        redeem(&mut bench, &back["code"], VERIFIER).1["error_codes"][0],
        70008
    );
}

#[test]
fn the_second_factor_goes_into_session_and_token() {
    let mut bench = Bench::new();
    let mut jar = Jar::default();
    let start = url(&bench, &[]);
    bench.walk(ADA, &mut jar, &start, UserAct::Completes);
    bench.change("policy require-mfa on");
    let silent = url(&bench, &[("prompt", "none")]);
    let refused = parameters(&bench.walk(ADA, &mut jar, &silent, UserAct::Completes));
    assert_eq!(
        (refused["error"].as_str(), refused["suberror"].as_str()),
        ("interaction_required", "basic_action")
    );
    assert!(refused["claims"].contains("capolids"));
    let denied = bench.walk(ADA, &mut jar, &start, UserAct::DeclinesMfa);
    assert!(shown(&denied).contains("AADSTS500121"), "{denied:?}");
    let back = parameters(&bench.walk(ADA, &mut jar, &start, UserAct::Completes));
    let (_, body) = redeem(&mut bench, &back["code"], VERIFIER);
    assert_eq!(
        claims(&body["access_token"])["amr"],
        serde_json::json!(["pwd", "mfa"])
    );
    let back = parameters(&bench.walk(ADA, &mut jar, &silent, UserAct::Completes));
    assert!(back.contains_key("code"));
}

#[test]
fn without_a_session_nothing_is_granted_silently() {
    let mut bench = Bench::new();
    let silent = url(&bench, &[("prompt", "none")]);
    let refused = parameters(&bench.walk(ADA, &mut Jar::default(), &silent, UserAct::Completes));
    assert_eq!(refused["error"], "login_required");
    assert!(refused["error_description"].starts_with("AADSTS50058: "));
    assert!(refused["error_uri"].ends_with("/error?code=50058"));
}

#[test]
fn consent_is_asked_for_declined_and_given() {
    let mut bench = Bench::new();
    let mut jar = Jar::default();
    bench.change("revoke-consent");
    let start = url(&bench, &[]);
    let declined = parameters(&bench.walk(ADA, &mut jar, &start, UserAct::DeclinesConsent));
    assert_eq!(
        (
            declined["error"].as_str(),
            declined["error_subcode"].as_str()
        ),
        ("access_denied", "cancel")
    );
    assert!(declined["error_description"].starts_with("AADSTS65004: "));
    let silent = url(&bench, &[("prompt", "none")]);
    assert_eq!(
        parameters(&bench.walk(ADA, &mut jar, &silent, UserAct::Completes))["error"],
        "interaction_required"
    );
    assert!(
        parameters(&bench.walk(ADA, &mut jar, &start, UserAct::Completes)).contains_key("code")
    );
    assert!(
        parameters(&bench.walk(ADA, &mut jar, &silent, UserAct::Completes)).contains_key("code")
    );
    let admins = url(&bench, &[("scope", "Directory.Read.All openid")]);
    assert!(shown(&bench.walk(ADA, &mut jar, &admins, UserAct::Completes)).contains("AADSTS90094"));
}

#[test]
fn what_is_wrong_with_the_client_stays_on_the_page() {
    let mut bench = Bench::new();
    let cases = [
        ("redirect_uri", "https://evil.example/", "AADSTS50011"),
        (
            "client_id",
            "00000000-0000-4000-8000-000000000000",
            "AADSTS700016",
        ),
        ("client_id", "", "AADSTS900144"),
    ];
    for (name, value, code) in cases {
        let start = url(&bench, &[(name, value)]);
        let walked = bench.walk(ADA, &mut Jar::default(), &start, UserAct::Completes);
        assert!(shown(&walked).contains(code), "{name}: {walked:?}");
    }
    bench.change("policy block-on-page on");
    let start = url(&bench, &[]);
    let walked = bench.walk(ADA, &mut Jar::default(), &start, UserAct::Completes);
    assert!(shown(&walked).contains("AADSTS53003") && shown(&walked).contains("Error code: 53003"));
}

#[test]
fn what_is_wrong_with_the_request_goes_back_to_the_program() {
    let mut bench = Bench::new();
    let cases = [
        ("response_type", "id_token", "unsupported_response_type"),
        ("response_type", "magic", "unsupported_response_type"),
        ("response_mode", "pigeon", "invalid_request"),
        ("scope", "Nothing.Like.It", "invalid_scope"),
        ("scope", "api://nobody/x", "invalid_resource"),
        ("scope", "", "invalid_request"),
        ("prompt", "whatever", "invalid_request"),
        ("claims", "{", "invalid_request"),
        ("code_challenge", "short", "invalid_request"),
    ];
    for (name, value, error) in cases {
        let start = url(&bench, &[(name, value)]);
        let back = parameters(&bench.walk(ADA, &mut Jar::default(), &start, UserAct::Completes));
        assert_eq!(
            (back["error"].as_str(), back["state"].as_str()),
            (error, "s&1"),
            "{name}={value}"
        );
    }
}

#[test]
fn passwords_can_be_mistyped_expire_and_be_renewed_on_the_page() {
    let mut bench = Bench::new();
    let start = url(&bench, &[]);
    let walked = bench.walk(ADA, &mut Jar::default(), &start, UserAct::MistypesPassword);
    assert!(parameters(&walked).contains_key("code"));
    bench.change("expire-password");
    let walked = bench.walk(ADA, &mut Jar::default(), &start, UserAct::Completes);
    assert!(parameters(&walked).contains_key("code"));
    assert_eq!(bench.world.user(ADA).unwrap().password, "simulated-renewed");
    bench.change("lock-account");
    let walked = bench.walk(ADA, &mut Jar::default(), &start, UserAct::Completes);
    assert!(shown(&walked).contains("AADSTS50053"), "{walked:?}");
    let nobody = bench.walk(
        "eve@contoso.example",
        &mut Jar::default(),
        &start,
        UserAct::Completes,
    );
    assert!(shown(&nobody).contains("AADSTS50034"));
}

#[test]
fn an_old_session_must_be_renewed_when_a_policy_says_so() {
    let mut bench = Bench::new();
    let mut jar = Jar::default();
    let start = url(&bench, &[]);
    bench.walk(ADA, &mut jar, &start, UserAct::Completes);
    bench.change("policy sign-in-frequency on");
    bench.change("advance 13h");
    let silent = url(&bench, &[("prompt", "none")]);
    let refused = parameters(&bench.walk(ADA, &mut jar, &silent, UserAct::Completes));
    assert!(refused["error_description"].starts_with("AADSTS70044"));
    let back = parameters(&bench.walk(ADA, &mut jar, &start, UserAct::Completes));
    let (status, body) = redeem(&mut bench, &back["code"], VERIFIER);
    assert_eq!(
        (status, claims(&body["id_token"])["auth_time"].as_i64()),
        (200, Some(bench.at.seconds()))
    );
}

#[test]
fn every_prompt_and_response_mode_works() {
    let mut bench = Bench::new();
    let mut jar = Jar::default();
    for (name, value) in [
        ("prompt", "login"),
        ("prompt", "select_account"),
        ("prompt", "consent"),
        ("response_mode", "fragment"),
        ("response_mode", "form_post"),
        ("login_hint", ADA),
        ("login_hint", "BO@contoso.example"),
    ] {
        let start = url(&bench, &[(name, value)]);
        let person = if value.starts_with("BO") {
            "bo@contoso.example"
        } else {
            ADA
        };
        let walked = bench.walk(person, &mut jar, &start, UserAct::Completes);
        assert!(parameters(&walked).contains_key("code"), "{name}={value}");
    }
    let v1 = url_at(
        &bench,
        "/contoso.example/oauth2/authorize",
        &[("resource", "https://graph.microsoft.com")],
    );
    assert!(parameters(&bench.walk(ADA, &mut jar, &v1, UserAct::Completes)).contains_key("code"));
    let closed = bench.walk(ADA, &mut jar, &v1, UserAct::ClosesBrowser);
    assert_eq!(shown(&closed), "");
}

#[test]
fn claims_of_a_request_reach_the_token() {
    let mut bench = Bench::new();
    let wanted =
        r#"{"access_token":{"acrs":{"essential":true,"value":"c1"},"xms_cc":{"values":["cp1"]}}}"#;
    let start = url(&bench, &[("claims", wanted)]);
    let back = parameters(&bench.walk(ADA, &mut Jar::default(), &start, UserAct::Completes));
    let (_, body) = redeem(&mut bench, &back["code"], VERIFIER);
    let access = claims(&body["access_token"]);
    assert_eq!(access["acrs"], serde_json::json!(["c1"]));
    assert_eq!(access["xms_cc"], serde_json::json!(["cp1"]));
    assert_eq!(access["amr"], serde_json::json!(["pwd", "mfa"]));
}
