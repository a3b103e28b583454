//! An application that acts for a user by federated credential.

use super::super::super::ask::Ask;
use super::super::super::testing::{BASE, Bench, json};
use super::{V2, refused};

const GRANT: &str = "grant_type=user_fic&client_id={daemon}&client_secret={secret}&scope=User.Read+openid&client_info=1&user_federated_identity_credential=";
const SUBJECT: &str = "repo:contoso/daemon:ref:refs/heads/main";
const ADA: &str = "b2f0a6d4-0d1a-4c8e-8f37-5a4f1c2e9b01";

/// The application's form, with what the lab's own issuer gives, for whom.
fn asking(bench: &mut Bench, whom: &str) -> String {
    bench.world.open_control("the-control-token".into());
    let answer = bench.ask(&Ask {
        method: "POST".into(),
        base: BASE.into(),
        path: "/lab/assertion".into(),
        headers: vec![("authorization".into(), "Bearer the-control-token".into())],
        body: format!("subject={SUBJECT}").into_bytes(),
        ..Ask::default()
    });
    let credential = json(&answer)["value"].as_str().unwrap().to_owned();
    format!("{GRANT}{credential}{whom}")
}

#[test]
fn a_user_is_named_by_name_or_by_object_id_and_the_token_is_theirs() {
    let mut bench = Bench::new();
    bench.change("grant-consent");
    for whom in ["username=ada@contoso.example", &format!("user_id={ADA}")] {
        let form = asking(&mut bench, &format!("&{whom}"));
        let answer = bench.told(V2, &form);
        let body = json(&answer);
        assert_eq!(answer.status, 200, "{body}");
        assert!(body["id_token"].is_string() && body["client_info"].is_string());
        assert!(answer.because.contains("ada@contoso.example"));
    }
}

#[test]
fn nobody_two_names_a_stranger_and_an_unread_credential_are_refused() {
    let mut bench = Bench::new();
    bench.change("grant-consent");
    let both = format!("&username=ada@contoso.example&user_id={ADA}");
    for (whom, expected) in [
        ("", (400, "invalid_request", 900_144, "", false)),
        (both.as_str(), (400, "invalid_request", 90023, "", false)),
        (
            "&username=nobody@contoso.example",
            (400, "invalid_grant", 50034, "bad_token", false),
        ),
        (
            "x&username=ada@contoso.example",
            (401, "invalid_client", 7_000_274, "", false),
        ),
    ] {
        let form = asking(&mut bench, whom);
        refused(&mut bench, V2, &form, expected);
    }
    let none = format!("{GRANT}none&username=ada@contoso.example");
    let malformed = (400, "invalid_request", 50027, "", false);
    refused(&mut bench, V2, &none, malformed);
}

#[test]
fn consent_to_the_application_and_the_users_policies_count() {
    let mut bench = Bench::new();
    let form = asking(&mut bench, "&username=ada@contoso.example");
    let missing = (400, "invalid_grant", 65001, "consent_required", false);
    refused(&mut bench, V2, &form, missing);
    bench.change("grant-consent");
    bench.change("policy require-mfa on");
    let factor = (400, "invalid_grant", 50076, "basic_action", true);
    refused(&mut bench, V2, &form, factor);
}
