//! Calls of an API that are not carried out, as `acquire --api` tells them: why, in words, and what to do.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value as Json;

use super::lab::Lab;
use super::place::{Done, Place};
use crate::hostile::server::{Server, json, reply};
use crate::hostile::trial;

/// Ada's token, taken to the lab's API.
fn called(lab: &Lab, scope: &str) -> Done {
    let (name, password) = lab.ada();
    let place = Place::new().with("ADA", password);
    let mut words = lab.desktop("password");
    let at = words.iter().position(|word| word == "User.Read");
    scope.clone_into(&mut words[at.expect("a scope is asked for")]);
    let flags = ["--username", name, "--password-env", "ADA", "--yes"];
    let call = ["--api", lab.text("api"), "--output", "json"];
    words.extend(flags.iter().chain(&call).map(|&word| word.to_owned()));
    place.run(&words)
}

/// Everything that is said of the call.
fn said(document: &Json) -> String {
    let said = document["api"]["said"].as_array().expect("a list");
    let said = said.iter().filter_map(Json::as_str);
    said.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_challenge_with_claims_is_told_as_one_and_no_doubt_is_cast_on_the_audience() {
    let lab = Lab::start();
    lab.change("policy api-claims on");
    let document = called(&lab, "User.Read").ended(1).json();
    assert_eq!(document["outcome"], "granted");
    assert_eq!(document["api"]["exchange"]["status"], 401);
    let said = said(&document);
    assert!(said.contains("with the claims of its challenge"), "{said}");
    assert!(!said.contains("ask for a scope"), "{said}");
    let claims = &document["api"]["diagnosis"]["claims"];
    assert!(claims.to_string().contains("acrs"), "{document}");
}

#[test]
fn a_scope_that_is_missing_is_named() {
    let lab = Lab::start();
    let document = called(&lab, "openid").json();
    assert_eq!(document["api"]["exchange"]["status"], 403, "{document}");
    let said = said(&document);
    assert!(said.contains("The token lacks"), "{said}");
    assert!(said.contains("the audience is not what is wrong"), "{said}");
}

/// A server that gives out a token for an API of its own, and answers calls of the API so.
fn api(status: u16, headers: &'static str) -> Server {
    Server::issuer(move |asked| {
        if asked.path.starts_with("/api") {
            return reply(status, headers, b"{}");
        }
        let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
        let claims = r#"{"aud":"https://one.example","scp":"Read","exp":4102444800}"#;
        let token = format!("{}.{}.c2ln", part(r#"{"alg":"RS256"}"#), part(claims));
        let body = format!(r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":99}}"#);
        json(200, body.as_bytes())
    })
}

fn call(server: &Server) -> (Done, Json) {
    let mut words = trial::daemon(server);
    words.extend(["--api".to_owned(), format!("{}/api", server.base)]);
    trial::document(&trial::place(), &words)
}

#[test]
fn a_token_for_another_api_is_told_with_both_audiences() {
    let server = api(
        401,
        "WWW-Authenticate: Bearer error=\"invalid_token\", resource=\"https://two.example\"\r\n",
    );
    let (done, document) = call(&server);
    assert_eq!(done.code, Some(1), "{document}");
    let said = said(&document);
    let words =
        "The token is for https://one.example, and this API takes tokens for https://two.example";
    assert!(said.contains(words), "{said}");
}

#[test]
fn an_api_that_answers_elsewhere_is_not_followed_and_not_taken_for_success() {
    let server = api(302, "Location: https://elsewhere.example/api\r\n");
    let (done, document) = call(&server);
    assert_eq!(done.code, Some(1), "{document}");
    assert_eq!(document["outcome"], "granted", "{document}");
    let said = said(&document);
    assert!(
        said.contains("elsewhere.example/api, another host"),
        "{said}"
    );
    let summary = document["api"]["diagnosis"]["summary"].as_str();
    assert!(
        summary.is_some_and(|text| text.contains("sends the call elsewhere (HTTP 302)")),
        "{document}"
    );
    let calls = server.asked();
    let calls = calls.iter().filter(|asked| asked.path == "/api").count();
    assert_eq!(calls, 1);
}

#[test]
fn an_answer_that_nothing_changed_is_a_success() {
    let (done, document) = call(&api(304, ""));
    assert_eq!(done.code, Some(0), "{document}");
    assert_eq!(document["api"]["said"], serde_json::json!([]));
}
