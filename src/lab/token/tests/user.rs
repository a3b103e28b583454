//! The token endpoint by tables: what a person's grants become, and why not.

use super::super::super::testing::{BASE, Bench, json};
use super::{Short, V1, V2, members, refused};
use crate::model::Moment;

const ADA: &str = "grant_type=password&client_id={desktop}&username=ada@contoso.example&password=simulated-Ada-1&scope=User.Read+openid+offline_access&client_info=1";

fn changed(changes: &[&str]) -> Bench {
    let mut bench = Bench::new();
    for change in changes {
        bench.change(change);
    }
    bench
}

#[test]
fn a_password_becomes_all_tokens_in_the_usual_order() {
    let mut bench = Bench::new();
    let answer = bench.told(V2, ADA);
    let expected = [
        "token_type",
        "scope",
        "expires_in",
        "ext_expires_in",
        "access_token",
        "refresh_token",
        "id_token",
        "client_info",
    ];
    assert_eq!(members(&answer), expected);
    assert_eq!(json(&answer)["scope"], "User.Read openid");
    let plain = bench.told(
        V2,
        &ADA.replace("+openid+offline_access", "")
            .replace("&client_info=1", ""),
    );
    assert_eq!(members(&plain), &expected[..5]);
}

const OF_A_PASSWORD: [(&[&str], &str, &str, Short); 12] = [
    (
        &[],
        "simulated-Ada-1",
        "wrong",
        (400, "invalid_grant", 50126, "", false),
    ),
    (
        &[],
        "ada@",
        "eve@",
        (400, "invalid_grant", 50034, "bad_token", false),
    ),
    (
        &[],
        "simulated-Ada-1",
        "",
        (400, "invalid_request", 90014, "", false),
    ),
    (
        &[],
        "User.Read",
        "User.Fly",
        (400, "invalid_scope", 70011, "", false),
    ),
    (
        &[],
        "{desktop}",
        "{daemon}",
        (401, "invalid_client", 7_000_218, "", false),
    ),
    (
        &["policy require-mfa on"],
        "",
        "",
        (400, "invalid_grant", 50076, "basic_action", true),
    ),
    (
        &["per-user-mfa on"],
        "username=ada@contoso.example&password=simulated-Ada-1",
        "username=cy@contoso.example&password=simulated-Cy-1",
        (400, "invalid_grant", 50079, "basic_action", false),
    ),
    (
        &["policy block on"],
        "",
        "",
        (400, "invalid_grant", 53003, "message_only", true),
    ),
    (
        &["policy block-on-page on", "lock-account"],
        "",
        "",
        (400, "invalid_grant", 50053, "", false),
    ),
    (
        &["expire-password"],
        "",
        "",
        (400, "invalid_grant", 50055, "user_password_expired", false),
    ),
    (
        &["revoke-consent"],
        "",
        "",
        (400, "invalid_grant", 65001, "consent_required", false),
    ),
    (
        &["reset-password"],
        "",
        "",
        (400, "invalid_grant", 50126, "", false),
    ),
];

#[test]
fn each_trouble_of_a_password_has_its_own_refusal() {
    for (changes, from, to, expected) in OF_A_PASSWORD {
        let form = if from.is_empty() {
            ADA.to_owned()
        } else {
            ADA.replace(from, to)
        };
        refused(&mut changed(changes), V2, &form, expected);
    }
    let common = "/common/oauth2/v2.0/token";
    refused(
        &mut Bench::new(),
        common,
        ADA,
        (400, "invalid_request", 9_001_023, "", false),
    );
    let body = json(&changed(&["expire-password"]).told(V2, ADA));
    assert!(body["password_change_url"].is_string());
}

#[test]
fn ten_wrong_passwords_lock_the_account_for_a_minute() {
    let mut bench = Bench::new();
    let wrong = ADA.replace("simulated-Ada-1", "wrong");
    for _ in 0..10 {
        refused(
            &mut bench,
            V2,
            &wrong,
            (400, "invalid_grant", 50126, "", false),
        );
    }
    refused(
        &mut bench,
        V2,
        ADA,
        (400, "invalid_grant", 50053, "", false),
    );
    bench.change("advance 61s");
    assert_eq!(bench.told(V2, ADA).status, 200);
}

/// A refresh token got by the password grant, as a form.
fn refresh(bench: &mut Bench, path: &str) -> String {
    let body = json(&bench.told(path, ADA));
    let token = body["refresh_token"].as_str().unwrap();
    format!("grant_type=refresh_token&client_id={{desktop}}&refresh_token={token}")
}

#[test]
fn a_refresh_token_is_replaced_and_the_old_one_stays_good() {
    let mut bench = Bench::new();
    let form = refresh(&mut bench, V2);
    let first = json(&bench.told(V2, &form));
    assert!(!form.contains(first["refresh_token"].as_str().unwrap()));
    let again = json(&bench.told(V2, &form));
    assert_eq!(again["scope"], "User.Read openid");
    let api = format!("{form}&scope=api://contoso-api/.default+openid");
    let api = json(&bench.told(V2, &api));
    assert_eq!(
        api["scope"],
        "api://contoso-api/access_as_user api://contoso-api/.default openid"
    );
}

const OF_A_REFRESH: [(&[&str], Short); 10] = [
    (
        &["set user ada@contoso.example per-user-mfa enforced"],
        (400, "invalid_grant", 50074, "basic_action", false),
    ),
    (
        &[
            "set user ada@contoso.example per-user-mfa enforced",
            "set user ada@contoso.example mfa no",
        ],
        (400, "invalid_grant", 50072, "basic_action", false),
    ),
    (
        &["policy require-mfa on"],
        (400, "invalid_grant", 50076, "basic_action", true),
    ),
    (
        &["per-user-mfa on"],
        (400, "invalid_grant", 50076, "basic_action", false),
    ),
    (
        &["policy sign-in-frequency on", "advance 13h"],
        (400, "invalid_grant", 70043, "token_expired", false),
    ),
    (
        &["policy block on"],
        (400, "invalid_grant", 53003, "message_only", true),
    ),
    (
        &["advance 91d"],
        (400, "invalid_grant", 700_082, "bad_token", false),
    ),
    (
        &["revoke-sessions"],
        (400, "invalid_grant", 50173, "bad_token", false),
    ),
    (
        &["reset-password"],
        (400, "invalid_grant", 50173, "bad_token", false),
    ),
    (
        &["revoke-consent"],
        (400, "invalid_grant", 65001, "consent_required", false),
    ),
];

#[test]
fn each_end_of_a_refresh_token_has_its_own_refusal() {
    for (changes, expected) in OF_A_REFRESH {
        let mut bench = Bench::new();
        let form = refresh(&mut bench, V2);
        for change in changes {
            bench.change(change);
        }
        refused(&mut bench, V2, &form, expected);
    }
    let mut bench = Bench::new();
    let form = refresh(&mut bench, V2);
    let reset = (400, "invalid_grant", 70000, "", false);
    bench.change("reset");
    refused(&mut bench, V2, &form, reset);
    let nonsense = "grant_type=refresh_token&client_id={desktop}&refresh_token=nonsense";
    refused(
        &mut bench,
        V2,
        nonsense,
        (400, "invalid_grant", 9_002_313, "", false),
    );
}

#[test]
fn claims_that_a_refresh_token_cannot_meet_ask_for_a_second_factor() {
    let mut bench = Bench::new();
    let form = refresh(&mut bench, V2);
    let claims = "%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%22value%22%3A%22c1%22%7D%7D%7D";
    let form = format!("{form}&claims={claims}");
    refused(
        &mut bench,
        V2,
        &form,
        (400, "invalid_grant", 50076, "basic_action", true),
    );
    assert!(
        json(&bench.told(V2, &form))["claims"]
            .as_str()
            .unwrap()
            .contains("\"acrs\"")
    );
}

#[test]
fn the_v1_endpoint_says_interaction_required_and_writes_numbers_as_text() {
    let mut bench = Bench::new();
    let form = refresh(&mut bench, V1) + "&resource={graph}/";
    let body = json(&bench.told(V1, &form));
    let life: i64 = body["expires_in"].as_str().unwrap().parse().unwrap();
    assert!((3_599..=5_399).contains(&life), "{body}");
    assert_eq!(body["resource"], "https://graph.microsoft.com");
    bench.change("policy require-mfa on");
    refused(
        &mut bench,
        V1,
        &form,
        (400, "interaction_required", 50076, "basic_action", true),
    );
    bench.change("policy sign-in-frequency on");
    bench.change("advance 13h");
    refused(
        &mut bench,
        V1,
        &form,
        (400, "interaction_required", 70043, "token_expired", false),
    );
}

#[test]
fn a_code_of_a_session_that_is_too_old_is_not_called_an_old_refresh_token() {
    let mut bench = Bench::new();
    let (id, _) = bench.client("contoso-desktop");
    let url = format!(
        "{BASE}/contoso.example/oauth2/v2.0/authorize?client_id={id}&response_type=code&redirect_uri=http://localhost&scope=User.Read"
    );
    let code = bench.code(&url);
    bench.change("policy sign-in-frequency on");
    let codes = bench.world.codes.get_mut(&code).unwrap();
    codes.grant.proof.at = Moment::from_seconds(bench.at.seconds() - 13 * 3600);
    let form = format!(
        "grant_type=authorization_code&client_id={{desktop}}&redirect_uri=http://localhost&code={code}"
    );
    let expected = (400, "interaction_required", 70044, "", false);
    let answer = bench.told(V2, &form);
    assert!(answer.mark.assumed && answer.because.contains("assumed"));
    refused(&mut bench, V2, &form, expected);
}

#[test]
fn an_app_that_asks_for_itself_needs_the_permission_to_sign_people_in() {
    let mut bench = Bench::new();
    let (id, secret) = bench.client("contoso-api");
    let secret = secret.replace('~', "%7E");
    let form = format!(
        "grant_type=password&client_id={id}&client_secret={secret}&username=ada@contoso.example&password=simulated-Ada-1&scope=api://contoso-api/.default"
    );
    let expected = (400, "invalid_grant", 90008, "", false);
    refused(&mut bench, V2, &form, expected);
    bench.change("grant-consent");
    assert_eq!(bench.told(V2, &form).status, 200);
}
