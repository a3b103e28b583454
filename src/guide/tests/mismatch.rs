//! What an issuer compares character by character is shown with the difference marked, and a refused request is
//! looked at again.

use crate::guide::samples::{Scene, daemon, spec};
use crate::model::{
    Credential, Diagnosis, FactKind, Field, Flow, RunSpec, Secret, SecretKind, Value,
};

fn noted(diagnosis: &Diagnosis, words: &str) -> bool {
    diagnosis.notes.iter().any(|note| note.contains(words))
}

fn described(scene: Scene, text: &str) -> Diagnosis {
    scene
        .fact(FactKind::Description, text, "/error_description")
        .diagnose()
}

fn interactive(redirect: &str) -> RunSpec {
    let mut spec = spec(Flow::Interactive);
    spec.redirect_uri = Some(redirect.into());
    spec
}

#[test]
fn two_redirect_uris_in_a_description_are_compared() {
    let diagnosis = described(
        Scene::pasted("invalid_client", &["AADSTS500112"]),
        "AADSTS500112: The reply address 'https://app.contoso.example/in/' does not match the reply address 'https://app.contoso.example/in' given before.",
    );
    assert!(
        noted(&diagnosis, "https://app.contoso.example/in»/«`"),
        "{:?}",
        diagnosis.notes
    );
    assert!(noted(&diagnosis, "ends with a slash"));
}

#[test]
fn the_redirect_uri_that_the_server_got_is_compared_with_the_profiles() {
    let text =
        "AADSTS50011: The redirect URI 'http://localhost/Auth' is not one of the application's.";
    let other = described(
        Scene::refused(
            interactive("http://localhost/auth"),
            "invalid_request",
            &["AADSTS50011"],
        ),
        text,
    );
    assert!(
        noted(&other, "http://localhost/»A«uth"),
        "{:?}",
        other.notes
    );
    assert!(noted(&other, "upper and lower case"));
    let same = described(
        Scene::refused(
            interactive("http://localhost/Auth"),
            "invalid_request",
            &["AADSTS50011"],
        ),
        text,
    );
    assert!(noted(&same, "it has capital letters"), "{:?}", same.notes);
    assert!(!same.notes.iter().any(|note| note.contains('»')));
}

#[test]
fn a_subject_that_only_differs_in_case_is_given_back_to_copy() {
    let subject = "repo:Contoso/orders:environment:production";
    let diagnosis = described(
        Scene::pasted("invalid_client", &["AADSTS7002138"]),
        &format!("AADSTS7002138: No record for presented assertion subject '{subject}'."),
    );
    assert!(noted(&diagnosis, subject) && noted(&diagnosis, "Copy it from here"));
    assert!(noted(&diagnosis, "GitHub job with an environment"));
}

#[test]
fn an_issuers_slash_and_an_unusual_audience_are_pointed_at() {
    let diagnosis = described(
        Scene::pasted("invalid_client", &["AADSTS70021"]),
        "AADSTS70021: No record. Assertion Issuer: 'https://issuer.contoso.example/'. Assertion Subject: 'system:serviceaccount:orders:worker'. Assertion Audience: 'api://azureadtokenexchange'.",
    );
    assert!(noted(&diagnosis, "with a slash at the end"));
    assert!(noted(&diagnosis, "Kubernetes service account"));
    assert!(
        noted(&diagnosis, "api://»azureadtokene«xchange"),
        "{:?}",
        diagnosis.notes
    );
}

#[test]
fn the_times_of_a_refused_assertion_are_worked_out() {
    let text = |from: &str, until: &str| {
        format!(
            "AADSTS700024: Client assertion is not within its valid time range. Current time: 2026-11-22T12:00:00.1234567Z, assertion valid from {from}, expiry time of assertion {until}."
        )
    };
    let refused = |from, until| {
        described(
            Scene::pasted("invalid_client", &["AADSTS700024"]),
            &text(from, until),
        )
    };
    let late = refused(
        "1970-01-01T00:00:00.0000000Z",
        "2026-11-22T11:05:00.0000000Z",
    );
    assert!(noted(&late, "had run out 55 min"), "{:?}", late.notes);
    assert!(!noted(&late, "made to live"));
    let early = refused(
        "2026-11-22T12:10:00.0000000Z",
        "2026-11-22T12:20:00.0000000Z",
    );
    assert!(noted(&early, "the clock that made it is fast"));
    let long = refused("2026-11-22T02:00:00Z", "2026-11-22T11:59:00Z");
    assert!(noted(&long, "made to live"), "{:?}", long.notes);
}

#[test]
fn a_refused_request_is_looked_at_again() {
    let mut given = daemon();
    given.credential = Credential::Secret(Secret::new(
        SecretKind::ClientSecret,
        "0d0e9c1a-5a5c-4a75-9d9b-1f2a3b4c5d6e",
    ));
    let diagnosis = Scene::refused(given, "invalid_client", &["AADSTS7000215"]).diagnose();
    assert!(
        noted(&diagnosis, "that is the secret's id"),
        "{:?}",
        diagnosis.notes
    );
    let other = Scene::refused(daemon(), "invalid_client", &["AADSTS7000215"]).diagnose();
    assert!(!noted(&other, "Look at the request"), "{:?}", other.notes);
}

#[test]
fn a_secret_that_was_typed_is_looked_at_as_it_was_sent() {
    let mut asked = daemon();
    asked.credential = Credential::Ask;
    let mut scene = Scene::refused(asked, "invalid_client", &["AADSTS7000215"]);
    let secret = Secret::new(
        SecretKind::ClientSecret,
        "0d0e9c1a-5a5c-4a75-9d9b-1f2a3b4c5d6e",
    );
    let exchange = scene.exchange.as_mut().unwrap();
    exchange
        .request
        .form
        .push(Field::new("client_secret", Value::Secret(secret)));
    let diagnosis = scene.diagnose();
    assert!(
        noted(&diagnosis, "that is the secret's id"),
        "{:?}",
        diagnosis.notes
    );
    assert!(
        !format!("{:?}", diagnosis.notes).contains("0d0e9c1a"),
        "the value is never repeated"
    );
}
