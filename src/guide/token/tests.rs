use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::model::SecretKind;

fn token(header: &Json, claims: &Json) -> Secret {
    let part = |json: &Json| URL_SAFE_NO_PAD.encode(json.to_string());
    let text = format!("{}.{}.c2lnbmF0dXJl", part(header), part(claims));
    Secret::new(SecretKind::AccessToken, text)
}

fn at(seconds: i64) -> Moment {
    Moment::from_seconds(seconds)
}

fn of<'a>(view: &'a [ClaimView], name: &str) -> &'a ClaimView {
    let found = view.iter().find(|claim| claim.name == name);
    found.unwrap_or_else(|| panic!("no {name} in {view:?}"))
}

#[test]
fn every_scope_role_and_way_to_prove_oneself_is_explained() {
    let claims = json!({
        "scp": "User.Read api://x/Files.Read Own.Scope", "amr": ["pwd", "mfa"], "appidacr": "1",
        "wids": ["62e90394-69f5-4237-9190-012177145e10", "00000000-0000-0000-0000-000000000000"],
    });
    let view = open(
        &token(&json!({ "alg": "RS256", "kid": "k" }), &claims),
        at(0),
    );
    let notes = |name: &str| of(&view.claims, name).notes.clone();
    assert_eq!(notes("scp").len(), 2, "an unknown scope is not made up");
    assert!(notes("scp")[1].starts_with("api://x/Files.Read: "));
    assert_eq!(notes("amr").len(), 2);
    assert_eq!(
        notes("wids"),
        ["62e90394-69f5-4237-9190-012177145e10: Global Administrator"]
    );
    assert_eq!(notes("appidacr"), ["It sent its client secret."]);
    assert_eq!(of(&view.claims, "amr").value, "pwd mfa");
    assert!(of(&view.header, "alg").notes[0].contains("PKCS"));
}

#[test]
fn times_are_dates_seen_from_now() {
    let view = claims(
        &json!({ "exp": 7200, "iat": 3600, "odd": { "a": 1 } }),
        at(5400),
    );
    assert_eq!(of(&view, "exp").notes, ["1970-01-01T02:00:00Z, in 30 min"]);
    assert_eq!(of(&view, "iat").notes, ["1970-01-01T01:00:00Z, 30 min ago"]);
    assert_eq!(of(&view, "odd").value, r#"{"a":1}"#);
    assert!(!of(&view, "odd").telling && of(&view, "odd").meaning.is_empty());
}

#[test]
fn an_encrypted_token_shows_its_header_and_an_opaque_one_nothing() {
    let head = URL_SAFE_NO_PAD.encode(r#"{"alg":"dir","enc":"A256GCM"}"#);
    let encrypted = Secret::new(SecretKind::AccessToken, format!("{head}.a.b.c.d"));
    let view = open(&encrypted, at(0));
    assert_eq!(
        (view.form, view.header.len(), view.claims.len()),
        (Form::Encrypted, 2, 0)
    );
    let opaque = open(
        &Secret::new(SecretKind::AccessToken, "EwAoA8l6BAAUO-nothing"),
        at(0),
    );
    assert_eq!((opaque.form, opaque.header.len()), (Form::Opaque, 0));
}

#[test]
fn what_kind_of_token_it_is_is_noted() {
    let notes = |claims: Json| open(&token(&json!({}), &claims), at(0)).notes;
    assert_eq!(notes(json!({ "nonce": "x" })), [say::IS_ID_TOKEN]);
    assert_eq!(notes(json!({ "appid": "x" })), [say::NO_RIGHTS]);
    assert!(notes(json!({ "appid": "x", "roles": ["A"] })).is_empty());
    assert_eq!(notes(json!({ "scp": "A", "cnf": {} })), [say::IS_BOUND]);
}

#[test]
fn the_claims_speak_against_a_token_that_is_late_early_or_somebody_elses() {
    let words = |claims: Json, audience: Option<&str>, issuers: &[&str]| {
        let issuers: Vec<String> = issuers.iter().map(|&text| text.into()).collect();
        let expected = Expected {
            audience,
            issuers: &issuers,
        };
        let found = against(&claims, at(100), expected);
        found.iter().map(Failure::word).collect::<Vec<_>>()
    };
    assert!(words(json!({ "exp": 101, "nbf": 100 }), None, &[]).is_empty());
    assert_eq!(words(json!({ "exp": 100 }), None, &[]), ["expired"]);
    assert_eq!(words(json!({ "nbf": 101 }), None, &[]), ["not-yet-valid"]);
    assert_eq!(
        words(json!({ "exp": "soon" }), None, &[]),
        ["malformed-time"]
    );
    assert!(words(json!({ "aud": ["a", "b"] }), Some("b"), &[]).is_empty());
    assert_eq!(
        words(json!({ "aud": "a" }), Some("b"), &[]),
        ["wrong-audience"]
    );
    assert_eq!(words(json!({}), Some("b"), &[]), ["wrong-audience"]);
    assert!(
        words(
            json!({ "iss": "https://i/t1/", "tid": "t1" }),
            None,
            &["x", "https://i/{tenantid}/"]
        )
        .is_empty()
    );
    assert_eq!(
        words(
            json!({ "iss": "https://i/t2/", "tid": "t1" }),
            None,
            &["https://i/{tenantid}/"]
        ),
        ["wrong-issuer"]
    );
    assert_eq!(words(json!({}), None, &[""]), ["wrong-issuer"]);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC*", name in "(exp|nbf|scp|amr|wids|aud|iss|tid)", number in any::<f64>(), now in any::<i64>()) {
        let _ = open(&Secret::new(SecretKind::AccessToken, text.clone()), Moment::from_millis(now));
        for value in [json!(text), json!(number), json!([text, number]), json!({ "a": text })] {
            let mut members = serde_json::Map::new();
            members.insert(name.clone(), value);
            let made = Json::Object(members);
            let _ = claims(&made, Moment::from_millis(now));
            let _ = against(&made, Moment::from_millis(now), Expected { audience: Some(&text), issuers: std::slice::from_ref(&text) });
        }
    }
}
