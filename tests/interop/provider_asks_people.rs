//! People who are asked on a device of their own by the real provider (OpenID Connect CIBA Core, poll mode): who is asked
//! decides what comes of it, see `npm/ciba.mjs`.

use crate::harness::acquire::{Acquire, Acquired};
use crate::harness::provider::{CALLER, CALLER_SECRET, Provider};

fn asking(provider: &Provider, user: &str) -> Acquire {
    Acquire::new(&provider.issuer, CALLER, "ciba")
        .scopes(&["openid", "api:read"])
        .secret("--client-secret-env", CALLER_SECRET)
        .with(&["--username", user])
}

/// What was asked of the endpoint that has people asked.
fn form(acquired: &Acquired) -> String {
    let exchanges = acquired.said["exchanges"].as_array().expect("a list");
    let mut all = exchanges.iter();
    let asked = all.find(|one| {
        let url = one["url"].as_str().unwrap_or_default();
        url.ends_with("/backchannel")
    });
    asked.map_or_else(String::new, |one| one["request"]["form"].to_string())
}

#[test]
fn a_person_who_agrees_is_granted_a_token_and_the_request_stays_secret() {
    let provider = Provider::over_http();
    let acquired = asking(&provider, "ada")
        .with(&["--binding-message", "W4-7"])
        .run();
    acquired.assert_granted();
    assert_eq!(acquired.statuses_of("/token"), [400, 200], "{acquired:?}");
    let form = form(&acquired);
    assert!(form.contains("[\"login_hint\",\"ada\"]"), "{form}");
    assert!(form.contains("[\"binding_message\",\"W4-7\"]"), "{form}");
    let claims = &acquired.said["token"]["claims"]["id_token"];
    assert_eq!(claims["sub"], "ada", "{acquired:?}");
    let told = acquired.stderr.contains("ada asked on their own device");
    assert!(told && acquired.stderr.contains("W4-7"), "{acquired:?}");
    let started = acquired.said["exchanges"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| one["response"]["body"].as_str().unwrap_or_default())
        .find(|body| body.contains("auth_req_id"));
    let started: serde_json::Value =
        serde_json::from_str(started.expect("an answer")).expect("JSON");
    let id = started["auth_req_id"].as_str().unwrap_or_default();
    assert!(id.starts_with('‹'), "the request is told: {started}");
}

#[test]
fn polls_become_rarer_when_the_provider_wants_it() {
    let provider = Provider::over_http();
    let acquired = asking(&provider, "max").run();
    acquired.assert_granted();
    let events = acquired.said["events"].to_string();
    assert!(events.contains("polling more slowly"), "{acquired:?}");
    assert_eq!(acquired.statuses_of("/token"), [400, 400, 200]);
}

#[test]
fn whoever_says_no_and_whoever_does_not_answer_are_told_apart() {
    let provider = Provider::with_requests_of(3);
    let declined = asking(&provider, "eve").run();
    declined.assert_refused(3, "access_denied");
    let summary = declined.said["diagnosis"]["summary"].to_string();
    assert!(summary.contains("said no"), "{declined:?}");
    let late = asking(&provider, "bo").run();
    late.assert_refused(3, "expired_token");
    let summary = late.said["diagnosis"]["summary"].to_string();
    assert!(summary.contains("ran out"), "{late:?}");
    let polls = late.statuses_of("/token");
    assert!(polls.iter().all(|status| *status == 400), "{late:?}");
}

#[test]
fn what_the_provider_refuses_at_once_keeps_its_own_name() {
    let provider = Provider::over_http();
    for (user, more, error) in [
        ("nobody", &[][..], "unknown_user_id"),
        ("kim", &[], "missing_user_code"),
        (
            "ada",
            &["--binding-message", "W4 7?"],
            "invalid_binding_message",
        ),
    ] {
        let refused = asking(&provider, user).with(more).run();
        assert_eq!(refused.said["diagnosis"]["error"], error, "{refused:?}");
        assert_eq!(refused.said["outcome"], "refused", "{refused:?}");
        assert!(refused.statuses_of("/token").is_empty(), "{refused:?}");
    }
    let failed = asking(&provider, "ken").run();
    assert_eq!(failed.said["diagnosis"]["error"], "transaction_failed");
    let stranger = Acquire::new(&provider.issuer, CALLER, "ciba")
        .scopes(&["openid"])
        .secret("--client-secret-env", "not-the-secret-0123456789abcdef")
        .with(&["--username", "ada"])
        .run();
    stranger.assert_refused(1, "invalid_client");
}

#[test]
fn nobody_a_list_and_a_provider_without_it_are_not_asked() {
    let provider = Provider::over_http();
    let nobody = Acquire::new(&provider.issuer, CALLER, "ciba")
        .scopes(&["openid"])
        .secret("--client-secret-env", CALLER_SECRET)
        .run();
    let several = asking(&provider, "ada, bo").run();
    for unsent in [&nobody, &several] {
        assert_eq!(
            (unsent.code, &unsent.said["outcome"]),
            (2, &"invalid".into()),
            "{unsent:?}"
        );
        assert!(unsent.exchanges().is_empty(), "{unsent:?}");
    }
    let without = Provider::without("ciba");
    let unasked = asking(&without, "ada").run();
    assert_eq!(unasked.said["outcome"], "invalid", "{unasked:?}");
    let problems = unasked.said["problems"].to_string();
    assert!(
        problems.contains("backchannel_authentication_endpoint"),
        "{unasked:?}"
    );
}
