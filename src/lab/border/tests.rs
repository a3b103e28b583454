//! Borders, met by signing in and by asking.

use serde_json::Value as Json;

use super::*;
use crate::lab::file::{self, BUILT_IN};
use crate::lab::handle::Walk;
use crate::lab::testing::{BASE, Bench, json};
use crate::lab::walk::Jar;
use crate::model::UserAct;

const FAY: &str = "fay@fabrikam.example";
const EVE: &str = "eve@fabrikam.example";
const FABRIKAM: &str = "7b2e1d40-3c9a-4f58-8e61-0d5c7a9f2b34";

fn start(bench: &Bench, tenant: &str, app: &str) -> String {
    let (id, _) = bench.client(app);
    format!(
        "{BASE}/{tenant}/oauth2/v2.0/authorize?client_id={id}&response_type=code&redirect_uri=http%3A%2F%2Flocalhost%3A5000&scope=User.Read+openid+offline_access"
    )
}

/// Signs in at a tenant and redeems the code at the same address: what the token endpoint says.
fn signed_in(bench: &mut Bench, tenant: &str, user: &str) -> Json {
    let url = start(bench, tenant, "contoso-desktop");
    let walked = bench.walk(user, &mut Jar::default(), &url, UserAct::Completes);
    let Walk::Redirect(to) = &walked else {
        panic!("{walked:?}")
    };
    let to = url::Url::parse(to).unwrap();
    let code = to.query_pairs().find(|(name, _)| name == "code").unwrap().1;
    let form = format!(
        "grant_type=authorization_code&client_id={{desktop}}&redirect_uri=http%3A%2F%2Flocalhost%3A5000&code={code}"
    );
    json(&bench.told(&format!("/{tenant}/oauth2/v2.0/token"), &form))
}

fn page_at(bench: &mut Bench, tenant: &str, user: &str) -> String {
    let url = start(bench, tenant, "contoso-desktop");
    match bench.walk(user, &mut Jar::default(), &url, UserAct::Completes) {
        Walk::Page { text, .. } => text,
        Walk::Redirect(to) => panic!("back at the program: {to}"),
    }
}

fn tenant_in(body: &Json) -> String {
    use base64::Engine;
    let part = body["access_token"]
        .as_str()
        .unwrap_or_else(|| panic!("{body}"));
    let part = part.split('.').nth(1).unwrap();
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(part)
        .unwrap();
    let claims: Json = serde_json::from_slice(&bytes).unwrap();
    claims["tid"].as_str().unwrap().to_owned()
}

#[test]
fn a_person_signs_in_at_home_and_where_they_are_a_guest() {
    let mut bench = Bench::new();
    for (tenant, user, expected) in [
        ("fabrikam.example", EVE, FABRIKAM),
        (FABRIKAM, FAY, FABRIKAM),
        ("common", EVE, FABRIKAM),
        ("organizations", FAY, FABRIKAM),
    ] {
        assert_eq!(
            tenant_in(&signed_in(&mut bench, tenant, user)),
            expected,
            "{tenant} {user}"
        );
    }
    let own = bench.world.tenant.clone();
    for tenant in ["contoso.example", "common"] {
        let user = if tenant == "common" {
            "ada@contoso.example"
        } else {
            FAY
        };
        assert_eq!(
            tenant_in(&signed_in(&mut bench, tenant, user)),
            own,
            "{tenant}"
        );
    }
    assert_eq!(
        (bench.world.domain.as_str(), bench.world.is_home()),
        ("contoso.example", true)
    );
}

#[test]
fn a_refresh_token_of_an_open_address_stays_with_its_tenant() {
    let mut bench = Bench::new();
    let body = signed_in(&mut bench, "common", EVE);
    let token = body["refresh_token"].as_str().unwrap();
    let form = format!("grant_type=refresh_token&client_id={{desktop}}&refresh_token={token}");
    let again = json(&bench.told("/common/oauth2/v2.0/token", &form));
    assert_eq!(tenant_in(&again), FABRIKAM);
    let elsewhere = json(&bench.told("/contoso.example/oauth2/v2.0/token", &form));
    assert_eq!(elsewhere["error_codes"][0], 90072, "{elsewhere}");
    let v1 = json(&bench.told("/contoso.example/oauth2/token", &form));
    assert_eq!(v1["error"], "interaction_required", "{v1}");
}

#[test]
fn each_border_is_told_by_its_own_number() {
    let mut bench = Bench::new();
    assert!(page_at(&mut bench, "contoso.example", EVE).contains("AADSTS50020"));
    assert!(page_at(&mut bench, "fabrikam.example", "ada@contoso.example").contains("AADSTS50020"));
    for (key, code) in [("lets-out", "AADSTS500212"), ("lets-in", "AADSTS500213")] {
        bench.change(&format!("set tenant fabrikam.example {key} no"));
        assert!(
            page_at(&mut bench, "contoso.example", FAY).contains(code),
            "{key}"
        );
        bench.change(&format!("set tenant fabrikam.example {key} yes"));
    }
    bench.change("set user fay@fabrikam.example address 192.0.2.9");
    assert!(page_at(&mut bench, "contoso.example", FAY).contains("AADSTS500021"));
    assert_eq!(
        tenant_in(&signed_in(&mut bench, "fabrikam.example", FAY)),
        FABRIKAM
    );
}

#[test]
fn an_app_of_one_tenant_is_not_known_in_another() {
    let mut bench = Bench::new();
    let url = start(&bench, "fabrikam.example", "contoso-web");
    let walked = bench.walk(EVE, &mut Jar::default(), &url, UserAct::Completes);
    assert!(format!("{walked:?}").contains("AADSTS700016"), "{walked:?}");
}

#[test]
fn policies_of_one_tenant_are_not_for_another() {
    let mut bench = Bench::new();
    bench.change("policy block on");
    assert!(page_at(&mut bench, "contoso.example", FAY).contains("AADSTS53003"));
    assert_eq!(
        tenant_in(&signed_in(&mut bench, "fabrikam.example", FAY)),
        FABRIKAM
    );
}

#[test]
fn the_headers_of_a_network_restrict_which_tenants_are_reached() {
    let bench = Bench::new();
    let own = bench.world.tenant.clone();
    let asked = |name: &str, value: &str| {
        let ask = Ask {
            headers: vec![(name.to_owned(), value.to_owned())],
            ..Ask::default()
        };
        allowed_by_network(&bench.world, &ask).map_err(|refusal| refusal.cause)
    };
    let (list, policy) = (
        "restrict-access-to-tenants",
        "sec-restrict-tenant-access-policy",
    );
    assert_eq!(asked(list, "fabrikam.example, contoso.example"), Ok(()));
    assert_eq!(asked(list, "fabrikam.example"), Err(Cause::NetworkBars));
    assert_eq!(
        asked(
            policy,
            &format!("{own}:00000000-0000-4000-8000-000000000000")
        ),
        Ok(())
    );
    assert_eq!(
        asked(policy, &format!("{FABRIKAM}:x")),
        Err(Cause::RestrictionBars)
    );
}

#[test]
fn a_tenant_that_is_not_there_is_named_with_its_line() {
    let wrong = BUILT_IN
        .1
        .replacen("home = \"fabrikam.example\"", "home = \"x.example\"", 1);
    let problem = file::read("w.toml", &wrong).unwrap_err();
    assert!(
        problem.at.starts_with("w.toml:") && problem.at.ends_with("home"),
        "{problem:?}"
    );
}
