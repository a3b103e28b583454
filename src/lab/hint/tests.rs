//! Hints, as an authorization request brings them.

use super::super::handle::Walk;
use super::super::page::Page;
use super::super::testing::{BASE, Bench};
use super::super::walk::Jar;
use crate::model::UserAct;

const EVE: &str = "eve%40fabrikam.example";

fn address(bench: &Bench, tenant: &str, hints: &str) -> String {
    let (id, _) = bench.client("contoso-desktop");
    format!(
        "/{tenant}/oauth2/v2.0/authorize?client_id={id}&response_type=code&redirect_uri=http%3A%2F%2Flocalhost%3A5000&scope=openid{hints}"
    )
}

fn first(bench: &mut Bench, tenant: &str, hints: &str) -> Page {
    let path = address(bench, tenant, hints);
    bench.get(&path).page.unwrap()
}

#[test]
fn a_domain_leads_to_its_tenant_and_with_a_name_to_the_password() {
    let mut bench = Bench::new();
    for (tenant, hints, title, foot) in [
        ("common", "", "Sign in", "Contoso"),
        (
            "common",
            "&domain_hint=fabrikam.example",
            "Sign in",
            "Fabrikam",
        ),
        (
            "organizations",
            "&domain_hint=FABRIKAM.example",
            "Sign in",
            "Fabrikam",
        ),
        (
            "common",
            "&domain_hint=contoso.example",
            "Sign in",
            "Contoso",
        ),
        (
            "common",
            &format!("&domain_hint=organizations&login_hint={EVE}"),
            "Enter the password",
            "Fabrikam",
        ),
        (
            "common",
            &format!("&domain_hint=fabrikam.example&login_hint={EVE}"),
            "Enter the password",
            "Fabrikam",
        ),
    ] {
        let page = first(&mut bench, tenant, hints);
        assert_eq!(page.title, title, "{hints}");
        assert!(page.tenant.starts_with(foot), "{hints}: {}", page.tenant);
    }
}

#[test]
fn a_domain_that_no_tenant_has_is_ignored_and_so_is_any_at_a_tenant_of_its_own() {
    let mut bench = Bench::new();
    let plain = first(&mut bench, "common", "").text();
    for hints in [
        "&domain_hint=nowhere.example",
        "&domain_hint=",
        "&domain_hint=%22%3E%3Cscript%3E",
        "&domain_hint=consumers",
        "&domain_hint=organizations",
    ] {
        assert_eq!(first(&mut bench, "common", hints).text(), plain, "{hints}");
    }
    let at_home = first(
        &mut bench,
        "contoso.example",
        "&domain_hint=fabrikam.example",
    );
    assert!(at_home.tenant.starts_with("Contoso"));
}

#[test]
fn personal_accounts_are_led_to_their_address_by_an_app_that_takes_them() {
    let mut bench = Bench::new();
    bench.change("set app contoso-desktop personal-accounts yes");
    let page = first(&mut bench, "common", "&domain_hint=consumers");
    assert!(page.tenant.starts_with("Personal"), "{}", page.tenant);
    let page = first(&mut bench, "organizations", "&domain_hint=consumers");
    assert!(page.tenant.starts_with("Contoso"), "{}", page.tenant);
}

#[test]
fn the_domain_holds_to_the_end_of_the_visit() {
    let mut bench = Bench::new();
    let ada = "ada@contoso.example";
    for (domain, granted) in [("contoso.example", true), ("fabrikam.example", false)] {
        let hints = format!("&domain_hint={domain}");
        let url = format!("{BASE}{}", address(&bench, "common", &hints));
        let walked = bench.walk(ada, &mut Jar::default(), &url, UserAct::Completes);
        match walked {
            Walk::Redirect(to) => assert!(granted && to.contains("code="), "{to}"),
            Walk::Page { text, .. } => assert!(!granted && text.contains("AADSTS50020"), "{text}"),
        }
    }
}
