//! What an application is decides what it may ask for.

use super::super::super::testing::{BASE, Bench, json};
use super::super::super::walk::Jar;
use super::{DAEMON, Short, V2, refused};
use crate::lab::ask::{Answer, Ask};
use crate::lab::handle::Walk;
use crate::model::UserAct;

const ADA: &str = "grant_type=password&client_id={desktop}&username=ada@contoso.example&password=simulated-Ada-1&scope=User.Read+offline_access";

/// A form as a page in the browser sends it.
fn across_origins(bench: &mut Bench, form: &str) -> Answer {
    bench.ask(&Ask {
        method: "POST".into(),
        base: BASE.into(),
        path: V2.into(),
        headers: vec![("origin".into(), "http://localhost".into())],
        body: form.as_bytes().to_vec(),
        ..Ask::default()
    })
}

/// The form that redeems a code which Ada got for an app.
fn redemption(bench: &mut Bench, app: &str) -> String {
    let (id, _) = bench.client(app);
    let verifier = "v".repeat(43);
    let url = format!(
        "{BASE}/contoso.example/oauth2/v2.0/authorize?client_id={id}&response_type=code&redirect_uri=http://localhost&scope=User.Read+offline_access&code_challenge={verifier}"
    );
    let code = bench.code(&url);
    format!(
        "grant_type=authorization_code&client_id={id}&redirect_uri=http://localhost&code_verifier={verifier}&code={code}"
    )
}

fn code_of(answer: &Answer) -> u64 {
    json(answer)["error_codes"][0].as_u64().unwrap_or_default()
}

#[test]
fn a_browser_program_redeems_across_origins_and_only_so() {
    let mut bench = Bench::new();
    let form = redemption(&mut bench, "contoso-spa");
    let needed = (400, "invalid_request", 9_002_327, "", false);
    refused(&mut bench, V2, &form, needed);
    let with_secret = across_origins(&mut bench, &format!("{form}&client_secret=x"));
    assert_eq!(code_of(&with_secret), 700_025);
    let answer = across_origins(&mut bench, &form);
    let body = json(&answer);
    assert_eq!(body["refresh_token_expires_in"], 86_400, "{body}");
}

#[test]
fn nobody_else_redeems_across_origins() {
    let mut bench = Bench::new();
    let form = redemption(&mut bench, "contoso-desktop");
    assert_eq!(code_of(&across_origins(&mut bench, &form)), 9_002_326);
    let (id, secret) = bench.client("contoso-daemon");
    let form = format!(
        "grant_type=client_credentials&client_id={id}&client_secret={secret}&scope=https://graph.microsoft.com/.default"
    );
    assert_eq!(code_of(&across_origins(&mut bench, &form)), 9_002_326);
}

#[test]
fn the_refresh_token_of_a_browser_program_ends_after_a_day_however_often_it_is_used() {
    let mut bench = Bench::new();
    let form = redemption(&mut bench, "contoso-spa");
    let (id, _) = bench.client("contoso-spa");
    let mut body = json(&across_origins(&mut bench, &form));
    for _ in 0..3 {
        bench.change("advance 7h");
        let token = body["refresh_token"].as_str().unwrap().to_owned();
        let form = format!("grant_type=refresh_token&client_id={id}&refresh_token={token}");
        assert_eq!(code_of(&bench.told(V2, &form)), 9_002_327);
        body = json(&across_origins(&mut bench, &form));
        assert!(body["access_token"].is_string(), "{body}");
    }
    let token = body["refresh_token"].as_str().unwrap().to_owned();
    let form = format!("grant_type=refresh_token&client_id={id}&refresh_token={token}");
    bench.change("advance 3h");
    assert_eq!(code_of(&across_origins(&mut bench, &form)), 700_084);
}

#[test]
fn a_web_redirect_needs_a_credential_and_a_native_one_takes_none() {
    let mut bench = Bench::new();
    let form = redemption(&mut bench, "contoso-web");
    refused(
        &mut bench,
        V2,
        &form,
        (401, "invalid_client", 7_000_218, "", false),
    );
    let (_, secret) = bench.client("contoso-web");
    let proven = format!("{form}&client_secret={}", secret.replace('~', "%7E"));
    assert_eq!(bench.told(V2, &proven).status, 200);
    let form = redemption(&mut bench, "contoso-desktop");
    let proven = format!("{form}&client_secret=x");
    refused(
        &mut bench,
        V2,
        &proven,
        (401, "invalid_client", 700_025, "", false),
    );
    assert_eq!(bench.told(V2, &form).status, 200);
    refused(
        &mut bench,
        V2,
        &form,
        (400, "invalid_grant", 54005, "", false),
    );
}

/// Changes, a form, and the refusal.
const OF_SETTINGS: &[(&[&str], &str, Short)] = &[
    (
        &["set app contoso-daemon disabled yes"],
        DAEMON,
        (400, "unauthorized_client", 7_000_112, "", false),
    ),
    (
        &["set app contoso-daemon removed yes"],
        DAEMON,
        (400, "unauthorized_client", 700_016, "", false),
    ),
    (
        &["set app contoso-daemon kind desktop"],
        DAEMON,
        (401, "invalid_client", 700_025, "", false),
    ),
    (
        &["set app contoso-desktop public-flows no"],
        ADA,
        (401, "invalid_client", 7_000_218, "", false),
    ),
    (
        &["set app contoso-desktop assignment-required yes"],
        ADA,
        (400, "invalid_grant", 50105, "", false),
    ),
];

#[test]
fn each_setting_that_keeps_an_app_or_its_user_out_has_its_own_refusal() {
    for (changes, form, expected) in OF_SETTINGS {
        let mut bench = Bench::new();
        assert_eq!(bench.told(V2, form).status, 200);
        for change in *changes {
            bench.change(change);
        }
        refused(&mut bench, V2, form, *expected);
        bench.change("reset");
        assert_eq!(bench.told(V2, form).status, 200);
    }
}

#[test]
fn those_who_are_assigned_get_in() {
    let mut bench = Bench::new();
    bench.change("set app contoso-desktop assignment-required yes");
    bench.change("set app contoso-desktop assigned bo@contoso.example, ada@contoso.example");
    assert_eq!(bench.told(V2, ADA).status, 200);
}

#[test]
fn an_api_may_demand_that_users_are_assigned_and_callers_hold_a_role() {
    let mut bench = Bench::new();
    bench.change("set app contoso-api assignment-required yes");
    let ada = ADA.replace("User.Read", "api://contoso-api/access_as_user");
    refused(
        &mut bench,
        V2,
        &ada,
        (400, "invalid_grant", 50105, "", false),
    );
    let daemon = DAEMON.replace("{graph}", "api://contoso-api");
    assert_eq!(bench.told(V2, &daemon).status, 200);
    bench.change("set app contoso-daemon roles api://contoso-api none");
    refused(
        &mut bench,
        V2,
        &daemon,
        (400, "invalid_grant", 501_051, "", false),
    );
    bench.change("set app contoso-api assignment-required no");
    assert_eq!(bench.told(V2, &daemon).status, 200);
}

#[test]
fn a_single_tenant_app_is_reached_by_its_own_address_alone() {
    let mut bench = Bench::new();
    let common = "/common/oauth2/v2.0/token";
    refused(
        &mut bench,
        common,
        DAEMON,
        (400, "invalid_request", 50194, "", false),
    );
    bench.change("set app contoso-daemon multi-tenant yes");
    assert_eq!(bench.told(common, DAEMON).status, 200);
}

#[test]
fn a_page_says_who_is_kept_out_and_a_silent_request_asks_for_interaction() {
    let mut bench = Bench::new();
    let (id, _) = bench.client("contoso-desktop");
    let url = format!(
        "{BASE}/contoso.example/oauth2/v2.0/authorize?client_id={id}&response_type=code&redirect_uri=http://localhost&scope=User.Read"
    );
    let mut jar = Jar::default();
    bench.walk("ada@contoso.example", &mut jar, &url, UserAct::Completes);
    bench.change("set app contoso-desktop assignment-required yes");
    let shown = bench.walk("ada@contoso.example", &mut jar, &url, UserAct::Completes);
    assert!(
        matches!(&shown, Walk::Page { text, .. } if text.contains("AADSTS50105")),
        "{shown:?}"
    );
    let silent = bench.walk(
        "ada@contoso.example",
        &mut jar,
        &format!("{url}&prompt=none"),
        UserAct::Completes,
    );
    assert!(
        matches!(&silent, Walk::Redirect(to) if to.contains("error=interaction_required")),
        "{silent:?}"
    );
}

#[test]
fn apps_of_a_family_share_their_refresh_tokens_and_others_do_not() {
    let mut bench = Bench::new();
    bench.change("set app contoso-desktop family 1");
    let body = json(&bench.told(V2, ADA));
    assert_eq!(body["foci"], "1");
    let token = body["refresh_token"].as_str().unwrap().to_owned();
    let form = |bench: &Bench, app: &str| {
        let (id, _) = bench.client(app);
        format!("grant_type=refresh_token&client_id={id}&refresh_token={token}&scope=User.Read")
    };
    let sibling = form(&bench, "contoso-mobile");
    assert_eq!(bench.told(V2, &sibling).status, 200);
    bench.change("set app contoso-mobile family none");
    let mismatch = (400, "invalid_grant", 70000, "client_mismatch", false);
    refused(&mut bench, V2, &sibling, mismatch);
    let body = json(&bench.told(V2, &sibling));
    assert_eq!(body["error_additional_info"][0], "client_mismatch");
}

#[test]
fn whoever_repeats_a_request_too_often_is_held_back_where_the_rule_is_on() {
    let mut bench = Bench::new();
    for _ in 0..20 {
        assert_eq!(bench.told(V2, DAEMON).status, 200);
    }
    bench.change("loop-rule on");
    for n in 0..15 {
        assert_eq!(
            bench
                .told(V2, &format!("{DAEMON}&client-request-id={n}"))
                .status,
            200
        );
    }
    refused(
        &mut bench,
        V2,
        DAEMON,
        (400, "invalid_grant", 50196, "", false),
    );
    assert_eq!(bench.told(V2, ADA).status, 200, "another request is free");
    bench.change("advance 6m");
    assert_eq!(bench.told(V2, DAEMON).status, 200);
}
