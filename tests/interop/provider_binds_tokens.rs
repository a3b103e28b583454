//! Tokens that are bound to a key (DPoP), against the real provider, which checks every proof.

use serde_json::Value;

use crate::harness::acquire::{Acquire, Acquired};
use crate::harness::provider::{
    BINDER, BINDER_SECRET, DAEMON, DAEMON_SECRET, DESKTOP, Provider, approve_device, sign_in,
};

fn binder(provider: &Provider) -> Acquire {
    Acquire::new(&provider.issuer, BINDER, "client-credentials")
        .scopes(&["api:read"])
        .secret("--client-secret-env", BINDER_SECRET)
}

fn said(acquired: &Acquired, part: &str) -> bool {
    let events = acquired.said["events"].as_array().expect("a log");
    let mut whats = events.iter().filter_map(|event| event["what"].as_str());
    whats.any(|what| what.contains(part))
}

/// No proof is shown anywhere: each is a JWT.
fn assert_no_proof_is_shown(acquired: &Acquired) {
    let all = format!("{}{}", acquired.said, acquired.stderr);
    assert!(!all.contains("eyJ"), "{acquired:?}");
    assert!(all.contains("‹DPoP proof"), "{acquired:?}");
}

#[test]
fn a_token_is_bound_to_the_key_of_the_run() {
    let provider = Provider::over_http();
    let bound = binder(&provider).with(&["--dpop"]).run();
    bound.assert_granted();
    assert_eq!(bound.said["token"]["type"], "DPoP", "{bound:?}");
    let thumbprint = bound.said["token"]["claims"]["cnf"]["jkt"].as_str();
    let events = bound.said["events"].to_string();
    if let Some(thumbprint) = thumbprint {
        assert!(events.contains(thumbprint), "{bound:?}");
    }
    assert!(said(&bound, "key of its own"), "{bound:?}");
    assert_no_proof_is_shown(&bound);
}

#[test]
fn a_client_that_must_bind_its_tokens_is_refused_without_a_proof() {
    let provider = Provider::over_http();
    let refused = binder(&provider).run();
    assert_eq!(refused.said["outcome"], "refused", "{refused:?}");
    assert_eq!(refused.statuses_of("/token"), [400], "{refused:?}");
}

#[test]
fn the_nonce_that_the_provider_wants_goes_along_the_second_time() {
    let provider = Provider::with_dpop("nonce");
    let bound = binder(&provider).with(&["--dpop"]).run();
    bound.assert_granted();
    assert_eq!(bound.statuses_of("/token"), [400, 200], "{bound:?}");
    assert!(said(&bound, "use_dpop_nonce"), "{bound:?}");
    assert_no_proof_is_shown(&bound);
}

/// A person signs in with such a run; what came of it.
fn person(provider: &Provider, more: &[&str]) -> Acquired {
    let mut acquiring = Acquire::new(&provider.issuer, DESKTOP, "interactive")
        .scopes(&["openid", "profile"])
        .with(&["--no-browser", "--dpop"])
        .with(more)
        .start();
    let address = acquiring.address(&format!("{}/auth", provider.issuer));
    assert!(address.contains("dpop_jkt="), "{address}");
    let mut visitor = provider.visitor();
    let login = visitor.open(&address);
    sign_in(&mut visitor, &login);
    acquiring.finish()
}

#[test]
fn a_code_is_redeemed_again_for_the_nonce_and_for_nothing_else() {
    let provider = Provider::with_dpop("nonce");
    let bound = person(&provider, &[]);
    bound.assert_granted();
    assert_eq!(bound.statuses_of("/token"), [400, 200], "{bound:?}");
    assert_eq!(bound.said["token"]["type"], "DPoP", "{bound:?}");
}

#[test]
fn an_api_that_checks_proofs_is_called_with_one_and_with_its_nonce() {
    for (how, statuses) in [("on", &[200][..]), ("nonce", &[401, 200])] {
        let provider = Provider::with_dpop(how);
        let api = format!("{}/me", provider.issuer);
        let bound = person(&provider, &["--api", &api, "--then", "userinfo"]);
        bound.assert_granted();
        let calls = bound.exchanges().into_iter();
        let calls = calls.filter(|(_, path, _)| path == "/me");
        let seen: Vec<u64> = calls.filter_map(|(_, _, status)| status).collect();
        assert_eq!(seen[..statuses.len()], *statuses, "{bound:?}");
        assert_eq!(seen.last(), Some(&200), "{bound:?}");
        assert_eq!(bound.said["api"]["exchange"]["status"], 200, "{bound:?}");
        assert_no_proof_is_shown(&bound);
    }
}

#[test]
fn a_device_run_proves_its_key_at_every_poll() {
    let mut provider = Provider::over_http();
    let mut acquiring = Acquire::new(&provider.issuer, DESKTOP, "device-code")
        .scopes(&["openid"])
        .with(&["--dpop"])
        .start();
    let code = acquiring.wait_for("user code", |line| {
        let words = line.split(|c: char| !c.is_ascii_uppercase() && c != '-');
        words
            .map(str::to_owned)
            .find(|word| word.len() == 9 && word.find('-') == Some(4))
    });
    provider.wait_for_answer("POST", "/token", 400);
    let address = format!("{}/device?user_code={code}", provider.issuer);
    approve_device(&mut provider.visitor(), &address);
    let bound = acquiring.finish();
    bound.assert_granted();
    assert_eq!(bound.said["token"]["type"], "DPoP", "{bound:?}");
}

#[test]
fn a_provider_without_dpop_is_warned_of_and_the_unbound_token_is_told() {
    let provider = Provider::with_dpop("off");
    let unbound = Acquire::new(&provider.issuer, DAEMON, "client-credentials")
        .scopes(&["api:read"])
        .secret("--client-secret-env", DAEMON_SECRET)
        .with(&["--dpop"])
        .run();
    unbound.assert_granted();
    assert_eq!(unbound.said["token"]["type"], "Bearer", "{unbound:?}");
    assert!(said(&unbound, "does not list DPoP"), "{unbound:?}");
    assert!(
        said(&unbound, "issued one of the type Bearer"),
        "{unbound:?}"
    );
}

#[test]
fn a_proof_by_an_algorithm_that_the_provider_does_not_take_is_refused_and_decoded() {
    let provider = Provider::with_dpop("other");
    let refused = binder(&provider).with(&["--dpop"]).run();
    refused.assert_refused(1, "invalid_dpop_proof");
    assert!(said(&refused, "does not list DPoP"), "{refused:?}");
    let expected = Value::from("token");
    assert_eq!(refused.said["diagnosis"]["where"], expected, "{refused:?}");
}
