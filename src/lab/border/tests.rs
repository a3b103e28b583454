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

const ADA: &str = "ada@contoso.example";

#[test]
fn a_guest_is_judged_by_the_policies_of_the_visited_tenant() {
    let mut bench = Bench::new();
    bench.change(&format!("set user {ADA} guest-of fabrikam.example"));
    bench.change("policy fabrikam-mfa on");
    let password = |tenant: &str| {
        let form = "grant_type=password&client_id={desktop}&username=ada%40contoso.example&password=simulated-Ada-1&scope=User.Read";
        (format!("/{tenant}/oauth2/v2.0/token"), form)
    };
    let consent = Consent {
        client: bench.client("contoso-desktop").0,
        resource: "https://graph.microsoft.com".into(),
        scopes: vec!["User.Read".into()],
        user: None,
    };
    bench.world.neighbours[0].consents.push(consent);
    let (path, form) = password("fabrikam.example");
    let answer = bench.told(&path, form);
    let body = json(&answer);
    assert_eq!(body["error_codes"][0], 50076, "{body}");
    let named = "e4a7b2c9-6d15-4f83-a0b6-3c9e1d7f5a01";
    assert!(body["claims"].as_str().unwrap().contains(named), "{body}");
    assert!(answer.because.contains("fabrikam-mfa"));
    let (path, form) = password("contoso.example");
    assert_eq!(bench.told(&path, form).status, 200, "at home nobody asks");
    bench.change("policy require-mfa on");
    bench.change("policy fabrikam-mfa off");
    let (path, form) = password("fabrikam.example");
    assert_eq!(bench.told(&path, form).status, 200, "home does not judge");
    let view = crate::lab::change::view(&bench.world, bench.at);
    let there = view.policies.iter().find(|p| p.name == "fabrikam-mfa");
    assert!(there.unwrap().does.contains("fabrikam.example"));
    bench.change("policy fabrikam-mfa on");
    bench.change("reset");
    assert!(bench.world.neighbours[0].policies.iter().all(|p| !p.on));
}

#[test]
fn each_tenant_has_its_own_settings_of_an_app() {
    let mut bench = Bench::new();
    bench.change("set tenant fabrikam.example disabled-apps contoso-desktop");
    let said = |bench: &mut Bench, tenant: &str| {
        let form = "grant_type=refresh_token&client_id={desktop}&refresh_token=x";
        let answer = bench.told(&format!("/{tenant}/oauth2/v2.0/token"), form);
        json(&answer)["error_codes"][0].as_u64().unwrap()
    };
    assert_eq!(said(&mut bench, "fabrikam.example"), 7_000_112);
    assert_eq!(said(&mut bench, "contoso.example"), 9_002_313);
    bench.change("set app contoso-desktop disabled yes");
    bench.change("set tenant fabrikam.example disabled-apps none");
    assert_eq!(said(&mut bench, "fabrikam.example"), 9_002_313);
    assert_eq!(said(&mut bench, "contoso.example"), 7_000_112);
    bench.change("set app contoso-desktop disabled no");
    bench.change("set app contoso-desktop removed yes");
    assert_eq!(said(&mut bench, "fabrikam.example"), 700_016);
    bench.change("set app contoso-desktop removed no");
    bench.change("set tenant fabrikam.example assignment-required-apps contoso-desktop");
    let page = page_at(&mut bench, "fabrikam.example", EVE);
    assert!(page.contains("AADSTS50105"), "{page}");
    let signed = signed_in(&mut bench, "contoso.example", ADA);
    assert!(signed["access_token"].is_string(), "{signed}");
}

#[test]
fn what_a_file_says_of_another_tenant_is_checked_like_the_rest() {
    let put = |from: &str, to: &str| file::read("w.toml", &BUILT_IN.1.replacen(from, to, 1));
    let id = "e4a7b2c9-6d15-4f83-a0b6-3c9e1d7f5a01";
    for (from, to, place) in [
        (id, "x", " id"),
        ("name = \"fabrikam-mfa\"", "name = \"block\"", " name"),
        (
            "client = \"contoso-desktop\"\ndis",
            "client = \"nobody\"\ndis",
            " client",
        ),
        (
            "controls = [\"mfa\"]\n\n[[neighbour.app]]",
            "\n[[neighbour.app]]",
            " name",
        ),
    ] {
        let problem = put(from, to).unwrap_err();
        assert!(problem.at.ends_with(place), "{to}: {problem:?}");
    }
    let set = put("disabled = false", "disabled = true\nassigned = [\"x\"]").unwrap();
    assert!(set.neighbours[0].apps[0].disabled);
}
