//! An API that asks on behalf of the user who called it.

use super::super::super::testing::{Bench, json};
use super::{V2, refused};

const CALLER: &str = "grant_type=password&client_id={desktop}&username=ada@contoso.example&password=simulated-Ada-1&scope=";
const BEHALF: &str = "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&requested_token_use=on_behalf_of&scope=User.Read+openid+offline_access";

/// A token that Ada's program got for a scope.
fn called_with(bench: &mut Bench, scope: &str) -> String {
    let body = json(&bench.told(V2, &format!("{CALLER}{scope}")));
    body["access_token"].as_str().unwrap().to_owned()
}

/// What the API sends with a token it was called with.
fn asking(bench: &Bench, token: &str) -> String {
    let (id, secret) = bench.client("contoso-api");
    let secret = secret.replace('~', "%7E");
    format!("{BEHALF}&client_id={id}&client_secret={secret}&assertion={token}")
}

fn consented() -> Bench {
    let mut bench = Bench::new();
    bench.change("grant-consent");
    bench
}

#[test]
fn the_api_gets_a_token_for_the_next_api_in_the_users_name() {
    let mut bench = consented();
    let token = called_with(&mut bench, "api://contoso-api/access_as_user");
    let form = asking(&bench, &token);
    let answer = bench.told(V2, &form);
    let body = json(&answer);
    assert_eq!(body["scope"], "User.Read openid", "{body}");
    assert!(body["refresh_token"].is_string() && body["id_token"].is_string());
    assert!(answer.because.contains("ada@contoso.example"));
}

#[test]
fn consent_of_the_api_itself_is_what_counts() {
    let mut bench = Bench::new();
    let token = called_with(&mut bench, "api://contoso-api/access_as_user");
    let form = asking(&bench, &token);
    let missing = (400, "invalid_grant", 65001, "consent_required", false);
    refused(&mut bench, V2, &form, missing);
    bench.change("grant-consent");
    assert_eq!(bench.told(V2, &form).status, 200);
}

#[test]
fn what_stands_in_the_users_way_comes_with_claims_to_relay() {
    for (policy, code, suberror) in [
        ("require-mfa", 50076, "basic_action"),
        ("block", 53003, "message_only"),
    ] {
        let mut bench = consented();
        let token = called_with(&mut bench, "api://contoso-api/access_as_user");
        bench.change(&format!("policy {policy} on"));
        let form = asking(&bench, &token);
        let expected = (400, "invalid_grant", code, suberror, true);
        refused(&mut bench, V2, &form, expected);
    }
}

#[test]
fn only_a_users_access_token_for_this_api_in_its_time_can_be_exchanged() {
    let mut bench = consented();
    let grant = |code| (400, "invalid_grant", code, "", false);
    let good = called_with(&mut bench, "api://contoso-api/access_as_user");
    let elsewhere = called_with(&mut bench, "User.Read");
    let form = asking(&bench, &elsewhere);
    refused(&mut bench, V2, &form, grant(500_131));
    let mut forged = good.clone();
    forged.insert(good.len() - 9, 'A');
    let form = asking(&bench, &forged);
    refused(&mut bench, V2, &form, grant(50013));
    let form = asking(&bench, "nonsense");
    let malformed = (400, "invalid_request", 50027, "", false);
    refused(&mut bench, V2, &form, malformed);
    let app = json(&bench.told(V2, "grant_type=client_credentials&client_id={daemon}&client_secret={secret}&scope=api://contoso-api/.default"));
    let form = asking(&bench, app["access_token"].as_str().unwrap());
    refused(&mut bench, V2, &form, grant(7_000_114));
    let both = json(&bench.told(V2, &format!("{CALLER}User.Read+openid")));
    let form = asking(&bench, both["id_token"].as_str().unwrap());
    refused(
        &mut bench,
        V2,
        &form,
        (400, "invalid_request", 240_002, "", false),
    );
    let form = asking(&bench, &good);
    bench.change("advance 91m");
    refused(&mut bench, V2, &form, grant(500_133));
}

#[test]
fn a_token_from_before_a_revocation_is_dead() {
    let mut bench = consented();
    let token = called_with(&mut bench, "api://contoso-api/access_as_user");
    bench.change("advance 2m");
    bench.change("revoke-sessions");
    let form = asking(&bench, &token);
    let dead = (400, "invalid_grant", 50173, "bad_token", false);
    refused(&mut bench, V2, &form, dead);
}

#[test]
fn the_request_itself_must_be_right() {
    let mut bench = consented();
    let token = called_with(&mut bench, "api://contoso-api/access_as_user");
    let form = asking(&bench, &token);
    let without = form.replace("requested_token_use=on_behalf_of", "");
    refused(
        &mut bench,
        V2,
        &without,
        (400, "invalid_request", 900_144, "", false),
    );
    let wrong = form.replace("on_behalf_of", "on_a_whim");
    refused(
        &mut bench,
        V2,
        &wrong,
        (400, "invalid_request", 90023, "", false),
    );
    let public = format!("{BEHALF}&client_id={{desktop}}&assertion={token}");
    refused(
        &mut bench,
        V2,
        &public,
        (400, "invalid_grant", 7_000_114, "", false),
    );
    let saml = "grant_type=urn:ietf:params:oauth:grant-type:saml2-bearer&client_id={desktop}&assertion=x&scope=User.Read";
    refused(
        &mut bench,
        V2,
        saml,
        (400, "invalid_grant", 50008, "", false),
    );
}
