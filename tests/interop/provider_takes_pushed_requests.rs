//! Authorization requests that are pushed to the server first (RFC 9126), against the real provider.

use crate::harness::acquire::{Acquire, Acquired};
use crate::harness::provider::{DESKTOP, PUSHER, PUSHER_SECRET, Provider, sign_in};

fn desktop(provider: &Provider, more: &[&str]) -> Acquire {
    Acquire::new(&provider.issuer, DESKTOP, "interactive")
        .scopes(&["openid", "api:read"])
        .with(&["--no-browser"])
        .with(more)
}

fn pusher(provider: &Provider, secret: &str, more: &[&str]) -> Acquire {
    Acquire::new(&provider.issuer, PUSHER, "interactive")
        .scopes(&["openid"])
        .secret("--client-secret-env", secret)
        .with(&["--no-browser"])
        .with(more)
}

/// Signs a person in on the page that the run asks for, which carries nothing but the request's name.
fn signed_in(provider: &Provider, acquire: Acquire) -> Acquired {
    let mut acquiring = acquire.start();
    let address = acquiring.address(&format!("{}/auth", provider.issuer));
    assert!(address.contains("request_uri=urn"), "{address}");
    assert!(!address.contains("code_challenge"), "{address}");
    let mut visitor = provider.visitor();
    let login = visitor.open(&address);
    sign_in(&mut visitor, &login);
    acquiring.finish()
}

#[test]
fn a_request_that_is_pushed_is_granted() {
    let provider = Provider::over_http();
    let acquired = signed_in(&provider, desktop(&provider, &["--par"]));
    acquired.assert_granted();
    assert_eq!(acquired.statuses_of("/request"), [201], "{acquired:?}");
    let events = acquired.said["events"].to_string();
    assert!(
        events.contains("keeps the request for 60 s"),
        "{acquired:?}"
    );
}

#[test]
fn a_provider_that_wants_it_so_gets_it_pushed_without_being_told() {
    let provider = Provider::with_par("must");
    let acquired = signed_in(&provider, desktop(&provider, &[]));
    acquired.assert_granted();
    assert_eq!(acquired.statuses_of("/request"), [201], "{acquired:?}");
}

#[test]
fn a_client_proves_itself_when_it_pushes_and_binds_what_it_will_get() {
    let provider = Provider::over_http();
    let acquired = signed_in(
        &provider,
        pusher(&provider, PUSHER_SECRET, &["--par", "--dpop"]),
    );
    acquired.assert_granted();
    assert_eq!(acquired.said["token"]["type"], "DPoP", "{acquired:?}");
}

#[test]
fn a_client_with_a_wrong_secret_is_refused_before_any_page() {
    let provider = Provider::over_http();
    let refused = pusher(&provider, "not-the-secret-0123456789abcdef", &["--par"]).run();
    refused.assert_refused(1, "invalid_client");
    assert_eq!(refused.statuses_of("/request"), [401], "{refused:?}");
    assert_eq!(
        refused.said["diagnosis"]["where"], "authorize",
        "{refused:?}"
    );
}

#[test]
fn a_redirect_that_is_not_registered_is_refused_before_any_page() {
    let provider = Provider::over_http();
    let other = ["--par", "--redirect-uri", "http://localhost/elsewhere"];
    let refused = desktop(&provider, &other).run();
    assert_eq!(refused.said["outcome"], "refused", "{refused:?}");
    assert_eq!(refused.statuses_of("/request"), [400], "{refused:?}");
}

#[test]
fn a_client_that_must_push_and_does_not_sees_the_refusal_on_the_page() {
    let provider = Provider::over_http();
    let mut acquiring = pusher(&provider, PUSHER_SECRET, &[]).start();
    let address = acquiring.address(&format!("{}/auth", provider.issuer));
    let page = provider.visitor().open(&address);
    let said = format!("{} {} {}", page.url, page.body, page.words());
    assert!(said.contains("Pushed") || page.status >= 400, "{said}");
}

#[test]
fn where_nothing_can_be_pushed_nothing_is_sent_and_why_is_said() {
    let provider = Provider::with_par("off");
    let unsent = desktop(&provider, &["--par"]).run();
    assert_eq!(
        (unsent.code, &unsent.said["outcome"]),
        (2, &"invalid".into()),
        "{unsent:?}"
    );
    let problems = unsent.said["problems"].to_string();
    assert!(
        problems.contains("pushed_authorization_request_endpoint"),
        "{unsent:?}"
    );
}
