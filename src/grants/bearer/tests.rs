use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::grants::testing::{at, form, metadata, reply, spec};

fn token(claims: &Json) -> String {
    let part = |json: &Json| URL_SAFE_NO_PAD.encode(json.to_string());
    format!("{}.{}.c2ln", part(&json!({ "alg": "RS256" })), part(claims))
}

fn good() -> Json {
    json!({
        "iss": "https://builds.contoso.example", "sub": "job-7",
        "aud": "https://issuer.contoso.example", "exp": 9_999_999_999_i64,
    })
}

fn saml(version: u8, ends: &str) -> String {
    format!(
        "<Assertion xmlns='urn:oasis:names:tc:SAML:{version}.0:assertion'><Conditions NotOnOrAfter='{ends}'/></Assertion>"
    )
}

fn grant(flow: Flow, assertion: Option<&str>) -> Bearer {
    let mut spec = spec(flow);
    spec.authority = crate::model::Authority::parse("https://issuer.contoso.example").unwrap();
    spec.presented.token = assertion.map(|text| Secret::new(SecretKind::Assertion, text));
    spec.presented.resources = vec!["https://api.contoso.example".into()];
    let mut metadata = metadata();
    metadata.kind = crate::model::AuthorityKind::Oidc;
    Bearer::new(&spec, &metadata).unwrap()
}

fn sent(flow: Flow, assertion: &str) -> (String, Vec<Event>) {
    match grant(flow, Some(assertion)).resume(Input::Start, at(0)) {
        (Next::Send(request), events) => (form(&request), events),
        other => panic!("{other:?}"),
    }
}

fn problem(flow: Flow, assertion: &str) -> Problem {
    match grant(flow, Some(assertion)).resume(Input::Start, at(0)).0 {
        Next::Ended(Ended::Invalid(problems)) => problems.into_iter().next().unwrap(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_jwt_is_sent_as_it_stands_and_told_before() {
    let token = token(&good());
    let (form, events) = sent(Flow::JwtBearer, &format!("{token}\n"));
    assert_eq!(
        form,
        format!(
            "grant_type={JWT} assertion={token} client_id=app1 scope=User.Read resource=https://api.contoso.example"
        )
    );
    let told = &events[0].what;
    for part in ["builds.contoso.example", "issuer.contoso.example", "2286"] {
        assert!(told.contains(part), "{told}");
    }
    assert_eq!(events[1].about.as_deref(), Some("job-7"));
    assert!(events.iter().all(|event| !event.what.contains("job-7")));
}

#[test]
fn what_the_standard_demands_and_the_assertion_lacks_is_told() {
    let mut claims = good();
    claims["aud"] = Json::Null;
    claims["nbf"] = json!(9_999_999_998_i64);
    let (_, events) = sent(Flow::JwtBearer, &token(&claims));
    let told: Vec<_> = events.iter().map(|event| event.what.as_str()).collect();
    assert!(told.iter().any(|what| what.contains("`aud`")), "{told:?}");
    assert!(told.iter().any(|what| what.contains("2286")), "{told:?}");
}

#[test]
fn an_assertion_that_is_over_or_none_stays_unsent() {
    let mut claims = good();
    claims["exp"] = json!(at(0).seconds());
    for (flow, assertion, part) in [
        (Flow::JwtBearer, token(&claims), "expired"),
        (Flow::JwtBearer, "opaque".into(), "not a JWT"),
        (
            Flow::JwtBearer,
            saml(2, "2099-01-01T00:00:00Z"),
            "not a JWT",
        ),
        (Flow::SamlBearer, saml(2, "2020-01-01T00:00:00Z"), "expired"),
        (Flow::SamlBearer, token(&good()), "no SAML assertion"),
        (Flow::SamlBearer, "<Response/>".into(), "response"),
    ] {
        let problem = problem(flow, &assertion);
        assert!(problem.what.contains(part), "{problem:?}");
        assert_eq!(problem.at, "assertion");
    }
}

#[test]
fn saml_goes_in_base64url_under_the_name_of_its_version() {
    for (version, name) in [(2, SAML_2), (1, SAML_1)] {
        let xml = saml(version, "2099-01-01T00:00:00Z");
        let encoded = URL_SAFE_NO_PAD.encode(&xml);
        for given in [xml.clone(), encoded.clone()] {
            let (form, _) = sent(Flow::SamlBearer, &given);
            let expected = format!("grant_type={name} assertion={encoded} ");
            assert!(form.starts_with(&expected), "{form}");
        }
    }
}

#[test]
fn a_missing_assertion_is_asked_for() {
    for (flow, question) in [
        (Flow::JwtBearer, Question::Assertion),
        (Flow::SamlBearer, Question::SamlAssertion),
    ] {
        let (next, _) = grant(flow, None).resume(Input::Start, at(0));
        assert!(matches!(next, Next::Ask(asked) if asked == question));
    }
    let mut grant = grant(Flow::JwtBearer, None);
    let answer = Secret::new(SecretKind::Assertion, token(&good()));
    let (next, _) = grant.resume(Input::Answer(answer), at(0));
    assert!(matches!(next, Next::Send(_)));
    let refused = reply(400, r#"{"error":"invalid_grant"}"#);
    let (next, _) = grant.resume(Input::Exchange(&refused), at(1));
    assert!(matches!(next, Next::Ended(Ended::Refused { .. })));
}

proptest! {
    #[test]
    fn no_assertion_makes_it_panic(text in "\\PC*") {
        for flow in [Flow::JwtBearer, Flow::SamlBearer] {
            let _ = grant(flow, Some(&text)).resume(Input::Start, at(0));
        }
    }
}
