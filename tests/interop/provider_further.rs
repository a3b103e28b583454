//! What is done with a token afterwards, against the real provider: introspection, user information, revocation.

use serde_json::Value;

use crate::harness::acquire::{Acquire, Acquired};
use crate::harness::provider::{DAEMON, DAEMON_SECRET, DESKTOP, Provider, approve_device};

/// The daemon's token, and then these.
fn daemon(provider: &Provider, scope: &str, then: &[&str]) -> Acquired {
    let acquire = Acquire::new(&provider.issuer, DAEMON, "client-credentials")
        .scopes(&[scope])
        .secret("--client-secret-env", DAEMON_SECRET);
    let flags: Vec<&str> = then.iter().flat_map(|what| ["--then", what]).collect();
    acquire.with(&flags).run()
}

/// A person's token by device code, and then these.
fn person(provider: &mut Provider, scopes: &[&str], then: &[&str]) -> Acquired {
    person_at(DESKTOP, provider, scopes, then)
}

/// As [`person`], by another client.
fn person_at(client: &str, provider: &mut Provider, scopes: &[&str], then: &[&str]) -> Acquired {
    let flags: Vec<&str> = then.iter().flat_map(|what| ["--then", what]).collect();
    let mut acquiring = Acquire::new(&provider.issuer, client, "device-code")
        .scopes(scopes)
        .with(&flags)
        .start();
    let code = acquiring.wait_for("user code", |line| {
        let words = line.split(|c: char| !c.is_ascii_uppercase() && c != '-');
        words
            .map(str::to_owned)
            .find(|word| word.len() == 9 && word.find('-') == Some(4))
    });
    let address = format!("{}/device?user_code={code}", provider.issuer);
    approve_device(&mut provider.visitor(), &address);
    acquiring.finish()
}

fn nth(acquired: &Acquired, nth: usize) -> &Value {
    &acquired.said["further"][nth]
}

fn first_sentence(done: &Value) -> &str {
    done["said"][0].as_str().unwrap_or_default()
}

#[test]
fn a_token_that_was_taken_back_is_good_before_and_not_after() {
    let provider = Provider::over_http();
    let done = daemon(
        &provider,
        "api:opaque",
        &["introspect", "revoke", "introspect"],
    );
    done.assert_granted();
    assert!(
        first_sentence(nth(&done, 0)).contains("good now"),
        "{done:?}"
    );
    assert_eq!(nth(&done, 1)["exchange"]["status"], 200, "{done:?}");
    assert!(
        first_sentence(nth(&done, 2)).contains("active: false"),
        "{done:?}"
    );
    let form = nth(&done, 0)["exchange"]["request"]["form"].to_string();
    assert!(
        form.contains("token_type_hint") && form.contains("‹"),
        "{form}"
    );
}

#[test]
fn a_token_that_is_a_jwt_cannot_be_taken_back_and_that_is_explained() {
    let provider = Provider::over_http();
    let done = daemon(&provider, "api:read", &["revoke"]);
    assert_eq!(
        (done.code, &done.said["outcome"]),
        (1, &"granted".into()),
        "{done:?}"
    );
    let revoked = nth(&done, 0);
    assert_eq!(
        revoked["diagnosis"]["error"], "unsupported_token_type",
        "{done:?}"
    );
    assert!(first_sentence(revoked).contains("JWT"), "{done:?}");
}

#[test]
fn user_information_is_that_of_the_person_who_signed_in() {
    let mut provider = Provider::over_http();
    let done = person(&mut provider, &["openid", "profile"], &["userinfo"]);
    done.assert_granted();
    let told = nth(&done, 0);
    assert_eq!(told["exchange"]["status"], 200, "{done:?}");
    assert!(
        first_sentence(told).contains("that of the ID token"),
        "{done:?}"
    );
    assert!(told["said"].to_string().contains("sub: ada"), "{done:?}");
}

#[test]
fn user_information_is_refused_to_a_token_for_an_api_and_that_is_explained() {
    let mut provider = Provider::over_http();
    let done = person(&mut provider, &["openid", "api:read"], &["userinfo"]);
    assert_ne!(done.code, 0, "{done:?}");
    let told = nth(&done, 0);
    assert_eq!(told["exchange"]["status"], 401, "{done:?}");
    assert_eq!(told["diagnosis"]["error"], "invalid_token", "{done:?}");
    assert_eq!(told["diagnosis"]["where"], "resource", "{done:?}");
    assert!(first_sentence(told).contains("urn:example:api"), "{done:?}");
}

#[test]
fn a_refresh_token_that_was_taken_back_is_refused_afterwards() {
    let provider = Provider::over_http();
    let token = provider.refresh_token();
    let redeem = |then: &[&str]| {
        Acquire::new(&provider.issuer, DESKTOP, "refresh-token")
            .scopes(&["openid", "offline_access", "api:read"])
            .secret("--refresh-token-env", &token)
            .with(then)
            .run()
    };
    let done = redeem(&["--then", "revoke-refresh"]);
    done.assert_granted();
    assert_eq!(nth(&done, 0)["exchange"]["status"], 200, "{done:?}");
    redeem(&[]).assert_refused(3, "invalid_grant");
}

#[test]
fn what_was_not_granted_has_no_token_to_do_anything_with() {
    let provider = Provider::over_http();
    let refused = Acquire::new(&provider.issuer, DAEMON, "client-credentials")
        .secret("--client-secret-env", "not-the-secret-0123456789")
        .with(&["--then", "introspect"])
        .run();
    refused.assert_refused(1, "invalid_client");
    assert_eq!(
        refused.said["further"],
        serde_json::json!([]),
        "{refused:?}"
    );
    let none = daemon(&provider, "api:read", &["revoke-refresh"]);
    assert_eq!(none.code, 1, "{none:?}");
    assert!(none.stderr.contains("no refresh token"), "{none:?}");
}

fn last_sentence(done: &Value) -> &str {
    let said = done["said"].as_array().and_then(|said| said.last());
    said.and_then(Value::as_str).unwrap_or_default()
}

#[test]
fn user_information_that_is_signed_is_believed_for_its_signature() {
    let mut provider = Provider::that_signs_answers();
    let done = person_at("listener", &mut provider, &["openid"], &["userinfo"]);
    done.assert_granted();
    let told = nth(&done, 0);
    let headers = told["exchange"]["response"]["headers"].to_string();
    assert!(headers.contains("application/jwt"), "{done:?}");
    assert!(
        first_sentence(told).contains("that of the ID token"),
        "{done:?}"
    );
    assert!(told["said"].to_string().contains("sub: ada"), "{done:?}");
    assert!(
        last_sentence(told).contains("signature is good"),
        "{done:?}"
    );
    let keys = done.exchanges();
    assert!(keys.iter().any(|(_, path, _)| path == "/jwks"), "{done:?}");
}

#[test]
fn introspection_is_asked_to_be_signed_where_the_provider_does_that() {
    let provider = Provider::that_signs_answers();
    let then = ["introspect", "revoke", "introspect"];
    let done = daemon(&provider, "api:opaque", &then);
    done.assert_granted();
    for (which, word) in [(0, "good now"), (2, "active: false")] {
        let told = nth(&done, which);
        let headers = told["exchange"]["response"]["headers"].to_string();
        assert!(
            headers.contains("application/token-introspection+jwt"),
            "{done:?}"
        );
        assert!(first_sentence(told).contains(word), "{done:?}");
        assert!(
            last_sentence(told).contains("signature is good"),
            "{done:?}"
        );
    }
}

#[test]
fn what_is_encrypted_is_said_to_be_for_the_holder_of_the_key() {
    let mut provider = Provider::that_signs_answers();
    let done = person_at("sealed", &mut provider, &["openid"], &["userinfo"]);
    done.assert_granted();
    assert!(
        first_sentence(nth(&done, 0)).contains("encrypted (JWE"),
        "{done:?}"
    );
    let claims = &done.said["token"]["claims"]["id_token"];
    assert!(claims.is_null(), "{done:?}");
    let events = done.said["events"].to_string();
    assert!(events.contains("ID token is encrypted"), "{done:?}");
}
