//! What personal accounts' address says to applications, grants and people.

use super::super::handle::Walk;
use super::super::testing::{BASE, Bench, json};
use super::super::walk::Jar;
use super::TENANT;
use crate::model::UserAct;

const ADA: &str = "ada@contoso.example";

fn address(bench: &Bench, tenant: &str, more: &str) -> String {
    let (id, _) = bench.client("contoso-desktop");
    format!(
        "{BASE}/{tenant}/oauth2/v2.0/authorize?client_id={id}&response_type=code&redirect_uri=http%3A%2F%2Flocalhost%3A5000&scope=openid{more}"
    )
}

fn page(bench: &mut Bench, tenant: &str, who: &str) -> String {
    let url = address(bench, tenant, "");
    match bench.walk(who, &mut Jar::default(), &url, UserAct::Completes) {
        Walk::Page { text, .. } => text,
        Walk::Redirect(to) => panic!("back at the program: {to}"),
    }
}

#[test]
fn an_app_is_turned_away_where_its_accounts_are_not() {
    for (multi_tenant, personal, tenant, code) in [
        ("yes", "no", "consumers", "AADSTS9002332"),
        ("no", "no", TENANT, "AADSTS9002332"),
        ("no", "yes", "contoso.example", "AADSTS9002346"),
        ("no", "yes", "common", "AADSTS9002331"),
        ("no", "yes", "organizations", "AADSTS9002331"),
    ] {
        let mut bench = Bench::new();
        bench.change(&format!(
            "set app contoso-desktop multi-tenant {multi_tenant}"
        ));
        bench.change(&format!(
            "set app contoso-desktop personal-accounts {personal}"
        ));
        let said = page(&mut bench, tenant, ADA);
        assert!(said.contains(code), "{tenant}: {said}");
    }
}

#[test]
fn an_app_for_all_accounts_is_served_everywhere_and_nobody_has_a_personal_one() {
    let mut bench = Bench::new();
    bench.change("set app contoso-desktop personal-accounts yes");
    for tenant in ["common", "organizations", "contoso.example"] {
        let url = address(&bench, tenant, "");
        let walked = bench.walk(ADA, &mut Jar::default(), &url, UserAct::Completes);
        assert!(matches!(walked, Walk::Redirect(_)), "{tenant}: {walked:?}");
    }
    for (who, said) in [
        (ADA, "Only a personal account can sign in"),
        ("someone@elsewhere.example", "no personal account"),
    ] {
        let page = page(&mut bench, "consumers", who);
        assert!(page.contains(said), "{page}");
        assert!(!page.contains("simulated-Ada-1"), "{page}");
    }
    let url = address(&bench, "consumers", "&login_hint=ada%40contoso.example");
    let hinted = bench.get(url.trim_start_matches(BASE)).page.unwrap();
    assert_eq!(hinted.title, "Sign in");
    assert!(hinted.tenant.contains("Personal"), "{}", hinted.tenant);
}

#[test]
fn the_session_of_a_work_account_is_none_there() {
    let mut bench = Bench::new();
    bench.change("set app contoso-desktop personal-accounts yes");
    let mut jar = Jar::default();
    let url = address(&bench, "common", "");
    bench.walk(ADA, &mut jar, &url, UserAct::Completes);
    for (tenant, expected) in [("common", "code="), ("consumers", "error=login_required")] {
        let url = address(&bench, tenant, "&prompt=none");
        let walked = bench.walk(ADA, &mut jar, &url, UserAct::Completes);
        let told = matches!(&walked, Walk::Redirect(to) if to.contains(expected));
        assert!(told, "{tenant}: {walked:?}");
    }
}

#[test]
fn no_grant_is_redeemed_there_and_the_older_endpoint_is_not_there() {
    let mut bench = Bench::new();
    bench.change("set app contoso-desktop personal-accounts yes");
    let token = "oauth2/v2.0/token";
    for (path, form, code) in [
        (
            token,
            "grant_type=password&username=x&password=y",
            9_001_023,
        ),
        (token, "grant_type=client_credentials", 9_001_023),
        (token, "grant_type=authorization_code&code=x", 70000),
        (token, "grant_type=refresh_token&refresh_token=x", 70000),
        (
            "oauth2/token",
            "grant_type=refresh_token&refresh_token=x",
            90027,
        ),
        ("oauth2/v2.0/devicecode", "scope=openid", 90133),
        ("oauth2/devicecode", "resource={graph}", 90027),
    ] {
        let form = format!("client_id={{desktop}}&{form}");
        let answer = bench.told(&format!("/consumers/{path}"), &form);
        let body = json(&answer);
        assert_eq!(body["error_codes"][0], code, "{path} {form}: {body}");
        assert_eq!(answer.status, 400);
    }
    let old = address(&bench, "consumers", "").replace("/v2.0", "");
    let answer = bench.get(old.trim_start_matches(BASE));
    assert!(answer.page.unwrap().text().contains("AADSTS90027"));
}

#[test]
fn its_metadata_name_the_tenant_of_personal_accounts_and_other_clouds_have_none() {
    let mut bench = Bench::new();
    let path = "consumers/v2.0/.well-known/openid-configuration";
    let body = json(&bench.get(&format!("/{path}")));
    assert_eq!(body["issuer"], format!("{BASE}/{TENANT}/v2.0"));
    let token = body["token_endpoint"].as_str().unwrap();
    assert!(token.ends_with("/consumers/oauth2/v2.0/token"), "{token}");
    assert_eq!(bench.get(&format!("/cloud2/{path}")).status, 400);
}
