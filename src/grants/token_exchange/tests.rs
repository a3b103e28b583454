use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::grants::testing::{at, form, metadata, reply, spec};
use crate::model::{Flow, SecretKind};

fn secret(text: &str) -> Secret {
    Secret::new(SecretKind::AccessToken, text)
}

fn token(claims: &Json) -> String {
    let part = |json: &Json| URL_SAFE_NO_PAD.encode(json.to_string());
    format!("{}.{}.c2ln", part(&json!({ "alg": "RS256" })), part(claims))
}

fn grant(change: impl FnOnce(&mut Presented)) -> TokenExchange {
    let mut spec = spec(Flow::TokenExchange);
    spec.scopes = vec!["api:read".into()];
    spec.presented.token = Some(secret("opaque-subject"));
    change(&mut spec.presented);
    let mut metadata = metadata();
    metadata.kind = crate::model::AuthorityKind::Oidc;
    TokenExchange::new(&spec, &metadata).unwrap()
}

fn started(change: impl FnOnce(&mut Presented)) -> (Next, Vec<Event>) {
    grant(change).resume(Input::Start, at(0))
}

#[test]
fn the_least_request_has_a_token_and_its_type() {
    let (Next::Send(request), _) = started(|_| {}) else {
        panic!("nothing is sent");
    };
    assert_eq!(
        form(&request),
        format!(
            "grant_type={TOKEN_EXCHANGE} subject_token=opaque-subject subject_token_type={} client_id=app1 scope=api:read",
            TokenType::access_token().uri()
        )
    );
}

#[test]
fn everything_that_can_be_asked_for_stands_in_its_parameter() {
    let kind = |word| Some(TokenType::parse(word, "").unwrap());
    let (Next::Send(request), _) = started(|given| {
        given.token = Some(secret(&token(&json!({ "sub": "ada" }))));
        given.token_type = kind("id_token");
        given.actor = Some(secret("opaque-actor"));
        given.wanted_type = kind("jwt");
        given.audiences = vec!["orders".into(), "stock".into()];
        given.resources = vec!["https://api.contoso.example".into()];
    }) else {
        panic!("nothing is sent");
    };
    let form = form(&request);
    for part in [
        "subject_token_type=urn:ietf:params:oauth:token-type:id_token",
        "actor_token=opaque-actor actor_token_type=urn:ietf:params:oauth:token-type:access_token",
        "requested_token_type=urn:ietf:params:oauth:token-type:jwt",
        "audience=orders audience=stock resource=https://api.contoso.example",
    ] {
        assert!(form.contains(part), "{form}");
    }
}

#[test]
fn tokens_that_are_missing_are_asked_for_one_after_the_other() {
    let mut grant = grant(|given| {
        given.token = None;
        given.actor_type = Some(TokenType::access_token());
    });
    let (next, _) = grant.resume(Input::Start, at(0));
    assert!(matches!(next, Next::Ask(Question::SubjectToken)));
    let (next, _) = grant.resume(Input::Answer(secret("s")), at(0));
    assert!(matches!(next, Next::Ask(Question::ActorToken)));
    let (next, _) = grant.resume(Input::Answer(secret("a")), at(0));
    assert!(matches!(next, Next::Send(_)));
}

#[test]
fn a_token_that_is_not_what_its_type_says_stays_unsent() {
    let (next, _) = started(|given| given.token_type = TokenType::parse("jwt", "").ok());
    let Next::Ended(Ended::Invalid(problems)) = next else {
        panic!("{next:?}");
    };
    assert_eq!(problems[0].at, "subject_token");
    assert!(!format!("{problems:?}").contains("opaque-subject"));
}

#[test]
fn what_was_issued_is_told_and_what_opens_no_api_is_named() {
    let mut grant = grant(|given| given.wanted_type = TokenType::parse("access_token", "").ok());
    let _ = grant.resume(Input::Start, at(0));
    let body = r#"{"access_token":"t","issued_token_type":"urn:ietf:params:oauth:token-type:id_token","token_type":"N_A"}"#;
    let (next, events) = grant.resume(Input::Exchange(&reply(200, body)), at(1));
    let Next::Ended(Ended::Granted(tokens)) = next else {
        panic!("{next:?}");
    };
    assert!(tokens.opens_nothing());
    let told: Vec<_> = events.iter().map(|event| event.what.as_str()).collect();
    assert!(told.len() == 3 && told[0].contains("id_token"), "{told:?}");
    assert!(told[1].contains("access_token"), "{told:?}");
}

proptest! {
    #[test]
    fn no_token_makes_it_panic(text in "\\PC*", kind in 0..6_usize) {
        let _ = started(|given| {
            given.token = Some(secret(&text));
            given.token_type = TokenType::parse(TokenType::KNOWN[kind], "").ok();
        });
    }
}
