//! Consent to an API and to what it asks for itself, in one go.

use super::super::super::testing::{BASE, Bench};
use super::super::super::walk::Jar;
use super::ADA;
use crate::lab::handle::Walk;
use crate::lab::page::Kind;
use crate::lab::world::Consent;
use crate::model::UserAct;

const SCOPE: &str = "api%3A%2F%2Fcontoso-api%2F.default";

fn start(bench: &Bench, scope: &str) -> String {
    let (id, _) = bench.client("contoso-desktop");
    format!(
        "{BASE}/contoso.example/oauth2/v2.0/authorize?client_id={id}&response_type=code&redirect_uri=http://localhost:5000&scope={scope}"
    )
}

/// What the API itself was given, and to whom it counts.
fn of_the_api(bench: &Bench) -> Vec<&Consent> {
    let (id, _) = bench.client("contoso-api");
    let all = bench.world.consents.iter();
    all.filter(|consent| consent.client == id).collect()
}

#[test]
fn an_api_that_knows_the_client_gets_its_own_consent_along_with_it() {
    for (known, scope, along) in [
        (true, SCOPE, true),
        (false, SCOPE, false),
        (true, "api%3A%2F%2Fcontoso-api%2Faccess_as_user", false),
    ] {
        let mut bench = Bench::new();
        if known {
            bench.change("set app contoso-api known-clients contoso-desktop");
        }
        let url = start(&bench, scope);
        let end = bench.walk(ADA, &mut Jar::default(), &url, UserAct::Completes);
        assert!(matches!(end, Walk::Redirect(_)), "{end:?}");
        let given = of_the_api(&bench);
        assert_eq!(!given.is_empty(), along, "{known} {scope}");
        if along {
            assert_eq!(given[0].scopes, ["User.Read"]);
            assert!(given[0].user.is_some(), "one person's word alone");
        }
    }
}

#[test]
fn the_page_names_both_and_declining_gives_neither() {
    let mut bench = Bench::new();
    bench.change("set app contoso-api known-clients contoso-desktop");
    let url = start(&bench, SCOPE);
    let end = bench.walk(ADA, &mut Jar::default(), &url, UserAct::DeclinesConsent);
    let told = matches!(&end, Walk::Redirect(to) if to.contains("access_denied"));
    assert!(told, "{end:?}");
    assert!(of_the_api(&bench).is_empty());
    let page = consent_page(&mut bench, &url);
    let text = page.text();
    assert!(text.contains("Let Contoso API do this for you"), "{text}");
}

#[test]
fn what_only_an_administrator_may_give_the_api_bars_the_rest() {
    let mut bench = Bench::new();
    bench.change("set app contoso-api known-clients contoso-desktop");
    bench.change("set app contoso-api permissions https://graph.microsoft.com/Directory.Read.All");
    let url = start(&bench, SCOPE);
    let end = bench.walk(ADA, &mut Jar::default(), &url, UserAct::Completes);
    let told = format!("{end:?}").contains("90094");
    assert!(told && of_the_api(&bench).is_empty(), "{end:?}");
    bench.change("set user ada@contoso.example roles global-administrator");
    let (id, _) = bench.client("contoso-desktop");
    let admin = format!(
        "{BASE}/contoso.example/v2.0/adminconsent?client_id={id}&redirect_uri=http://localhost:5000&scope={SCOPE}"
    );
    bench.walk(ADA, &mut Jar::default(), &admin, UserAct::Completes);
    let given = of_the_api(&bench);
    assert!(given.len() == 1 && given[0].user.is_none(), "{given:?}");
}

/// The consent page that Ada meets.
fn consent_page(bench: &mut Bench, url: &str) -> crate::lab::page::Page {
    use crate::lab::world::{By, Proof, Session};
    let session = Session {
        id: "one".into(),
        proof: Proof::of_password(&bench.world.users[0], By::Browser, bench.at),
        apps: Vec::new(),
    };
    bench.world.sessions.put("adas".into(), session);
    let (_, query) = url.split_once('?').unwrap();
    let answer = bench.ask(&crate::lab::ask::Ask {
        method: "GET".into(),
        base: BASE.into(),
        path: "/contoso.example/oauth2/v2.0/authorize".into(),
        query: query.into(),
        headers: vec![("cookie".into(), "lab_session=adas".into())],
        ..Default::default()
    });
    let page = answer.page.unwrap();
    assert!(page.kind == Kind::Consent, "{}", page.text());
    page
}
