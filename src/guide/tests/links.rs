//! Links lead to the cloud that answered, and nowhere that a server chose but the page of a password change.

use crate::guide::samples::{CLIENT, OF_POLICY, Scene, Wire, daemon, spec};
use crate::model::{Authority, Diagnosis, FactKind, Flow, LinkKind, Place};

fn link(diagnosis: &Diagnosis, kind: LinkKind) -> Option<&str> {
    diagnosis
        .links
        .iter()
        .find(|link| link.kind == kind)
        .map(|link| link.url.as_str())
}

#[test]
fn the_lookup_page_is_that_of_the_cloud() {
    let lookup = |authority: &str| {
        let mut scene = Scene::refused(spec(Flow::Silent), "invalid_grant", &["AADSTS50076"]);
        scene.exchange = None;
        let scene = scene.with(|spec| spec.authority = Authority::parse(authority).unwrap());
        link(&scene.diagnose(), LinkKind::Lookup).map(str::to_owned)
    };
    let page = |host: &str| Some(format!("https://{host}/error?code=50076"));
    assert_eq!(
        lookup("https://login.windows.net/contoso.example"),
        page("login.microsoftonline.com")
    );
    assert_eq!(
        lookup("https://login.microsoftonline.us/contoso.example"),
        page("login.microsoftonline.us")
    );
    assert_eq!(
        lookup("https://login.chinacloudapi.cn/contoso.example"),
        page("login.partner.microsoftonline.cn")
    );
    assert_eq!(
        lookup("https://127.0.0.1:8443/contoso.example"),
        page("login.microsoftonline.com")
    );
}

#[test]
fn a_paste_takes_the_cloud_from_the_errors_own_link_if_it_is_a_known_one() {
    let lookup = |uri: &str| {
        let scene = Scene::pasted("invalid_grant", &["AADSTS50076"]).fact(
            FactKind::ErrorUri,
            uri,
            "/error_uri",
        );
        link(&scene.diagnose(), LinkKind::Lookup).map(str::to_owned)
    };
    assert_eq!(
        lookup("https://login.microsoftonline.us/error?code=50076").as_deref(),
        Some("https://login.microsoftonline.us/error?code=50076")
    );
    assert_eq!(
        lookup("https://mallory.example/error?code=50076").as_deref(),
        Some("https://login.microsoftonline.com/error?code=50076")
    );
}

#[test]
fn other_systems_numbers_have_no_lookup_page() {
    for code in ["AADB2C90118", "MSIS9605"] {
        let diagnosis = Scene::pasted("", &[code]).diagnose();
        assert_eq!(link(&diagnosis, LinkKind::Lookup), None, "{code}");
        assert_eq!(link(&diagnosis, LinkKind::Reference), None, "{code}");
    }
}

#[test]
fn the_page_for_admin_consent_is_built_for_the_client_and_its_scopes() {
    let diagnosis = Wire::new(400, "invalid_grant", "65001")
        .suberror("consent_required")
        .diagnose(&spec(Flow::Silent));
    assert_eq!(
        link(&diagnosis, LinkKind::AdminConsent),
        Some(
            "https://login.microsoftonline.com/contoso.example/v2.0/adminconsent?client_id=5d7f2a10-9f3c-4a37-b1de-3b6a1c20e4f8&scope=User.Read"
        )
    );
    let app = Wire::new(400, "invalid_grant", "65001").diagnose(&daemon());
    assert!(
        link(&app, LinkKind::AdminConsent)
            .is_some_and(|url| url.ends_with("scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"))
    );
}

#[test]
fn there_is_no_admin_consent_without_a_tenant_or_without_a_question_of_consent() {
    let mut common = spec(Flow::Silent);
    common.authority = Authority::parse("https://login.microsoftonline.com/common").unwrap();
    let shared = Wire::new(400, "invalid_grant", "65001")
        .suberror("consent_required")
        .diagnose(&common);
    assert_eq!(link(&shared, LinkKind::AdminConsent), None);
    let mfa = Wire::new(400, "invalid_grant", "50076").diagnose(&spec(Flow::Silent));
    assert_eq!(link(&mfa, LinkKind::AdminConsent), None);
}

#[test]
fn the_page_of_a_password_change_is_taken_over_only_if_it_is_safe() {
    let change = |url: &str| {
        let wire =
            Wire::new(400, "invalid_grant", "50055").member("password_change_url", url.into());
        link(
            &wire.diagnose(&spec(Flow::Password)),
            LinkKind::PasswordChange,
        )
        .map(str::to_owned)
    };
    assert_eq!(
        change("https://account.contoso.example/change").as_deref(),
        Some("https://account.contoso.example/change")
    );
    assert_eq!(change("http://account.contoso.example/change"), None);
    assert_eq!(change("https://ada:x@account.contoso.example/"), None);
    assert_eq!(change("javascript:alert(1)"), None);
}

#[test]
fn articles_references_and_specifications_are_linked() {
    let diagnosis = Wire::new(400, "invalid_grant", "50173").diagnose(&spec(Flow::Silent));
    assert!(
        link(&diagnosis, LinkKind::Article)
            .is_some_and(|url| url.starts_with("https://learn.microsoft.com/"))
    );
    assert!(link(&diagnosis, LinkKind::Reference).is_some());
    assert_eq!(
        link(&diagnosis, LinkKind::Spec),
        Some("https://www.rfc-editor.org/rfc/rfc6749#section-5.2")
    );
    assert!(
        diagnosis
            .links
            .iter()
            .all(|link| link.url.starts_with("https://"))
    );
}

const BLADE: &str = "/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/";

#[test]
fn registration_errors_lead_to_the_page_of_the_registration_that_mends_them() {
    let at = |diagnosis: &Diagnosis, kind| link(diagnosis, kind).map(str::to_owned);
    let page = |name: &str| {
        Some(format!(
            "https://entra.microsoft.com/contoso.example{BLADE}{name}/appId/{CLIENT}"
        ))
    };
    let secret = Wire::new(401, "invalid_client", "7000222").diagnose(&daemon());
    assert_eq!(at(&secret, LinkKind::AppCredentials), page("Credentials"));
    let public = Wire::new(401, "invalid_client", "7000218").diagnose(&spec(Flow::DeviceCode));
    assert_eq!(
        at(&public, LinkKind::AppAuthentication),
        page("Authentication")
    );
    let redirect = Scene::refused(spec(Flow::Interactive), "", &["AADSTS50011"])
        .at(Place::Page)
        .diagnose();
    assert_eq!(
        at(&redirect, LinkKind::AppAuthentication),
        page("Authentication")
    );
    let consent = Wire::new(400, "invalid_grant", "65001").diagnose(&daemon());
    assert_eq!(at(&consent, LinkKind::AppPermissions), page("CallAnAPI"));
}

#[test]
fn a_policy_error_leads_to_the_policies_that_the_server_named() {
    let named = Wire::new(400, "invalid_grant", "53003")
        .suberror("message_only")
        .claims(OF_POLICY)
        .diagnose(&spec(Flow::Silent));
    assert_eq!(
        link(&named, LinkKind::Policy),
        Some(
            "https://entra.microsoft.com/contoso.example/#view/Microsoft_AAD_ConditionalAccess/PolicyBlade/policyId/2b6f1c1e-0000-4000-8000-00000000c0de"
        )
    );
    assert_eq!(link(&named, LinkKind::Policies), None);
    let unnamed = Wire::new(400, "invalid_grant", "53003").diagnose(&spec(Flow::Silent));
    assert!(link(&unnamed, LinkKind::Policies).is_some_and(|url| url.ends_with("~/Policies")));
    let forged = Wire::new(400, "invalid_grant", "53003")
        .claims(r#"{"access_token":{"capolids":{"values":["../../x"]}}}"#)
        .diagnose(&spec(Flow::Silent));
    assert_eq!(link(&forged, LinkKind::Policy), None);
}

#[test]
fn the_admin_centre_is_that_of_the_cloud_and_of_no_other_issuer() {
    let pages = |authority: &str| {
        let mut scene = Scene::refused(daemon(), "invalid_client", &["AADSTS7000222"]);
        scene.exchange = None;
        let scene = scene.with(|spec| spec.authority = Authority::parse(authority).unwrap());
        let found = scene.diagnose().links;
        let admin = found.into_iter().filter(|link| link.kind.is_admin_page());
        admin.map(|link| link.url).collect::<Vec<String>>()
    };
    let begins = |authority: &str, base: &str| {
        let found = pages(authority);
        assert!(!found.is_empty(), "{authority}");
        assert!(found.iter().all(|url| url.starts_with(base)), "{found:?}");
    };
    begins(
        "https://login.microsoftonline.us/contoso.example",
        "https://entra.microsoft.us/contoso.example/#view/",
    );
    begins(
        "https://login.partner.microsoftonline.cn/contoso.example",
        "https://entra.microsoftonline.cn/contoso.example/#view/",
    );
    begins(
        "https://login.microsoftonline.com/organizations",
        "https://entra.microsoft.com/#view/",
    );
    for other in [
        "https://login.sovcloud-identity.de/contoso.example",
        "https://fs.contoso.example/adfs",
        "https://issuer.contoso.example",
        "https://127.0.0.1:8443/contoso.example/v2.0",
    ] {
        assert_eq!(pages(other), Vec::<String>::new(), "{other}");
    }
}

#[test]
fn an_id_that_is_no_guid_makes_no_address() {
    let scene = Scene::refused(daemon(), "invalid_client", &["AADSTS7000222"])
        .with(|spec| spec.client_id = "my-app/../x".into());
    assert_eq!(link(&scene.diagnose(), LinkKind::AppCredentials), None);
    let user = Scene::refused(spec(Flow::Silent), "invalid_grant", &["AADSTS50057"]);
    assert!(link(&user.diagnose(), LinkKind::Users).is_some());
    let by_id = user.with(|spec| spec.username = Some(CLIENT.into()));
    assert!(link(&by_id.diagnose(), LinkKind::User).is_some_and(|url| url.ends_with(CLIENT)));
}
