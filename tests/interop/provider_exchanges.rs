//! The flows that present a token or an assertion, against the real provider with both grants registered in it.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::harness::acquire::{Acquire, Acquired};
use crate::harness::pair::Pair;
use crate::harness::provider::{
    ASSERTER, DAEMON, DAEMON_SECRET, EXCHANGER, EXCHANGER_SECRET, Provider,
};

/// A token of the daemon: what is exchanged here.
fn token_of_the_daemon(provider: &Provider) -> String {
    let finished = Acquire::new(&provider.issuer, DAEMON, "client-credentials")
        .scopes(&["api:read"])
        .secret("--client-secret-env", DAEMON_SECRET)
        .run_for_the_token();
    finished.stdout.trim().to_owned()
}

fn exchange(provider: &Provider, token: &str) -> Acquire {
    Acquire::new(&provider.issuer, EXCHANGER, "token-exchange")
        .scopes(&["api:read"])
        .secret("--client-secret-env", EXCHANGER_SECRET)
        .secret("--subject-token-env", token)
}

fn present(provider: &Provider, assertion: &str) -> Acquired {
    Acquire::new(&provider.issuer, EXCHANGER, "jwt-bearer")
        .scopes(&["api:read"])
        .secret("--client-secret-env", EXCHANGER_SECRET)
        .secret("--assertion-env", assertion)
        .run()
}

fn statement(provider: &Provider) -> Value {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.expect("a clock after 1970").as_secs();
    json!({
        "iss": ASSERTER, "sub": "job-7", "aud": provider.issuer, "iat": now, "exp": now + 300, "jti": format!("{now}-7"),
    })
}

fn said(acquired: &Acquired, part: &str) -> bool {
    let events = acquired.said["events"].as_array().expect("a log");
    events.iter().any(|event| {
        event["what"]
            .as_str()
            .is_some_and(|what| what.contains(part))
    })
}

#[test]
fn a_token_is_exchanged_and_what_was_issued_is_told() {
    let provider = Provider::over_http();
    let token = token_of_the_daemon(&provider);
    let acquired = exchange(&provider, &token)
        .with(&[
            "--audience",
            "urn:example:orders",
            "--audience",
            "urn:example:stock",
        ])
        .run();
    acquired.assert_granted();
    let issued = "urn:ietf:params:oauth:token-type:access_token";
    assert_eq!(
        acquired.said["token"]["issued_type"], issued,
        "{acquired:?}"
    );
    assert_eq!(acquired.said["token"]["type"], "Bearer", "{acquired:?}");
    assert!(said(&acquired, "of the type access_token"), "{acquired:?}");
    assert!(!said(&acquired, "does not list"), "{acquired:?}");
}

#[test]
fn an_actor_goes_along_and_a_type_that_opens_no_api_is_named() {
    let provider = Provider::over_http();
    let token = token_of_the_daemon(&provider);
    let acquired = exchange(&provider, &token)
        .secret("--actor-token-env", &token)
        .with(&["--requested-token-type", "jwt"])
        .run();
    acquired.assert_granted();
    assert_eq!(acquired.said["token"]["type"], "N_A", "{acquired:?}");
    assert!(said(&acquired, "no API can be called"), "{acquired:?}");
}

#[test]
fn an_exchange_is_refused_in_each_way_that_the_standard_names() {
    let provider = Provider::over_http();
    let token = token_of_the_daemon(&provider);
    let no_audience = exchange(&provider, &token).with(&["--audience", "urn:example:nobody"]);
    no_audience.run().assert_refused(1, "invalid_target");
    let other_type = exchange(&provider, &token).with(&["--subject-token-type", "saml2"]);
    other_type.run().assert_refused(1, "invalid_request");
    let unknown = exchange(&provider, "opaque-token-that-nobody-issued").run();
    assert_eq!(
        unknown.said["diagnosis"]["error"], "invalid_grant",
        "{unknown:?}"
    );
    assert!(said(&unknown, "opaque"), "{unknown:?}");
    let wrong_secret = Acquire::new(&provider.issuer, EXCHANGER, "token-exchange")
        .secret("--client-secret-env", "not-the-secret-0123456789")
        .secret("--subject-token-env", &token);
    wrong_secret.run().assert_refused(1, "invalid_client");
    let not_allowed = Acquire::new(&provider.issuer, DAEMON, "token-exchange")
        .secret("--client-secret-env", DAEMON_SECRET)
        .secret("--subject-token-env", &token);
    // RFC 6749 section 5.2 has unauthorized_client for it; this provider says otherwise.
    not_allowed.run().assert_refused(1, "invalid_request");
}

#[test]
fn a_grant_that_the_metadata_does_not_list_is_told_and_refused() {
    let provider = Provider::over_http();
    let files = crate::harness::kit::folder();
    let xml = files.path().join("assertion.xml");
    let text = "<Assertion xmlns='urn:oasis:names:tc:SAML:2.0:assertion'><Issuer>https://idp.contoso.example</Issuer></Assertion>";
    std::fs::write(&xml, text).expect("the folder can be written");
    let acquired = Acquire::new(&provider.issuer, EXCHANGER, "saml-bearer")
        .secret("--client-secret-env", EXCHANGER_SECRET)
        .with(&["--assertion-file", &xml.display().to_string()])
        .run();
    acquired.assert_refused(1, "unsupported_grant_type");
    assert!(said(&acquired, "does not list the grant"), "{acquired:?}");
    assert!(!acquired.said.to_string().contains("PEFzc2VydGlvbi"));
}

#[test]
fn an_assertion_is_granted_once_and_told_before() {
    let pair = Pair::make();
    let provider = Provider::with_asserter(&pair.certificate);
    let assertion = pair.sign(&statement(&provider));
    let acquired = present(&provider, &assertion);
    acquired.assert_granted();
    assert!(said(&acquired, ASSERTER), "{acquired:?}");
    let replayed = present(&provider, &assertion);
    assert_eq!(
        replayed.said["diagnosis"]["error"], "invalid_grant",
        "{replayed:?}"
    );
}

#[test]
fn an_assertion_for_another_audience_or_of_another_key_is_refused() {
    let pair = Pair::make();
    let provider = Provider::with_asserter(&pair.certificate);
    let mut other = statement(&provider);
    other["aud"] = "https://issuer.contoso.example".into();
    for assertion in [pair.sign(&other), Pair::make().sign(&statement(&provider))] {
        let refused = present(&provider, &assertion);
        assert_eq!(
            refused.said["diagnosis"]["error"], "invalid_grant",
            "{refused:?}"
        );
        assert_eq!(refused.statuses_of("/token"), [400], "{refused:?}");
    }
}
