//! Signing out, in every way a program may ask for it.

use serde_json::Value as Json;

use super::super::ask::{Answer, Ask};
use super::super::authorize::COOKIE;
use super::super::handle::Walk;
use super::super::testing::{BASE, Bench, json};
use super::super::walk::Jar;
use crate::model::UserAct;

const OUT: &str = "/contoso.example/oauth2/v2.0/logout";
const BACK: &str = "post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A5000%2F";

/// Ada signs in to an app: the ID token that it gets.
fn signed_in(bench: &mut Bench, jar: &mut Jar, app: &str) -> String {
    let (id, secret) = bench.client(app);
    let back = "http%3A%2F%2Flocalhost%3A5000";
    let url = format!(
        "{BASE}/contoso.example/oauth2/v2.0/authorize?client_id={id}&response_type=code&redirect_uri={back}&scope=openid+User.Read"
    );
    let walked = bench.walk("ada@contoso.example", jar, &url, UserAct::Completes);
    let Walk::Redirect(to) = walked else {
        panic!("{walked:?}")
    };
    let to = url::Url::parse(&to).unwrap();
    let code = to.query_pairs().find(|(name, _)| name == "code").unwrap().1;
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("client_id", &id),
        ("redirect_uri", "http://localhost:5000"),
        ("code", &code),
    ];
    if !secret.is_empty() {
        form.push(("client_secret", &secret));
    }
    let (_, body) = bench.token(&form);
    body["id_token"]
        .as_str()
        .unwrap_or_else(|| panic!("{body}"))
        .to_owned()
}

fn claims(token: &str) -> Json {
    use base64::Engine;
    let part = token.split('.').nth(1).unwrap();
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part);
    serde_json::from_slice(&bytes.unwrap()).unwrap()
}

/// Signing out in the browser whose session is the only one.
fn out(bench: &mut Bench, query: &str) -> Answer {
    let key = bench.world.sessions.find(|_| true).unwrap_or_default();
    bench.ask(&Ask {
        method: "GET".into(),
        base: BASE.into(),
        path: OUT.into(),
        query: query.into(),
        headers: vec![("cookie".into(), format!("{COOKIE}={key}"))],
        ..Ask::default()
    })
}

fn goes_on(session: &Bench) -> bool {
    session.world.sessions.find(|_| true).is_some()
}

#[test]
fn every_app_of_the_session_that_wants_to_know_is_told_its_issuer_and_sid() {
    let mut bench = Bench::new();
    for app in ["contoso-desktop", "contoso-mobile"] {
        let address = format!("http://localhost:5001/{app}?a=b");
        bench.change(&format!("set app {app} frontchannel-logout {address}"));
    }
    bench.change("policy require-mfa on");
    let mut jar = Jar::default();
    let desktop = claims(&signed_in(&mut bench, &mut jar, "contoso-desktop"));
    let web = claims(&signed_in(&mut bench, &mut jar, "contoso-web"));
    signed_in(&mut bench, &mut jar, "contoso-desktop");
    let sid = desktop["sid"].as_str().unwrap();
    assert!(web["sid"].is_null(), "{web}");
    let answer = out(&mut bench, &format!("{BACK}&state=s%201"));
    let policy = answer.header("content-security-policy").unwrap().to_owned();
    assert!(
        policy.contains("frame-src http://localhost:5001;"),
        "{policy}"
    );
    assert!(policy.contains("script-src 'sha256-"), "{policy}");
    assert_eq!(answer.because, "signed out; told so: Contoso Desktop");
    let html = String::from_utf8(answer.body.clone()).unwrap();
    assert!(!html.contains(&format!("{COOKIE}=")));
    let page = answer.page.unwrap();
    let [frame] = page.frames.as_slice() else {
        panic!("{:?}", page.frames)
    };
    let issuer = desktop["iss"].as_str().unwrap();
    let expected = url::Url::parse_with_params(
        "http://localhost:5001/contoso-desktop?a=b",
        [("iss", issuer), ("sid", sid)],
    );
    assert_eq!(frame.address, expected.unwrap().as_str());
    let onward = page.onward.unwrap();
    assert_eq!(onward.address, "http://localhost:5000/?state=s+1");
    assert!(!goes_on(&bench));
}

#[test]
fn without_an_app_to_tell_it_goes_straight_to_an_address_that_is_registered() {
    for (query, to) in [
        (BACK, Some("http://localhost:5000/")),
        ("state=s", None),
        (
            "post_logout_redirect_uri=https%3A%2F%2Fevil.example%2F",
            None,
        ),
        ("post_logout_redirect_uri=nonsense", None),
    ] {
        let mut bench = Bench::new();
        signed_in(&mut bench, &mut Jar::default(), "contoso-desktop");
        let answer = out(&mut bench, query);
        assert_eq!(answer.header("location"), to, "{query}");
        assert!(to.is_some() || answer.page.unwrap().title == "Signed out");
        assert!(!goes_on(&bench), "{query}");
    }
}

#[test]
fn an_id_token_names_the_client_whose_address_it_must_be() {
    let mut bench = Bench::new();
    let token = signed_in(&mut bench, &mut Jar::default(), "contoso-desktop");
    let (desktop, _) = bench.client("contoso-desktop");
    let (daemon, _) = bench.client("contoso-daemon");
    bench.change("advance 26h");
    let elsewhere = token.replacen("ey", "fy", 1);
    for (more, leads) in [
        (format!("id_token_hint={token}"), true),
        (format!("id_token_hint={token}&client_id={desktop}"), true),
        (format!("id_token_hint={token}&client_id={daemon}"), false),
        (format!("client_id={daemon}"), false),
        (format!("id_token_hint={elsewhere}"), false),
        ("id_token_hint=nonsense".to_owned(), false),
    ] {
        let answer = out(&mut bench, &format!("{BACK}&{more}"));
        assert_eq!(answer.header("location").is_some(), leads, "{more}");
    }
}

#[test]
fn the_session_of_somebody_else_goes_on() {
    let mut bench = Bench::new();
    signed_in(&mut bench, &mut Jar::default(), "contoso-desktop");
    let answer = out(&mut bench, "logout_hint=bo%40contoso.example");
    assert!(answer.header("set-cookie").is_none() && goes_on(&bench));
    let answer = out(&mut bench, "logout_hint=ADA%40contoso.example");
    assert!(answer.header("set-cookie").is_some() && !goes_on(&bench));
}

#[test]
fn metadata_say_who_tells_apps_what() {
    let mut bench = Bench::new();
    for (path, session) in [
        ("/contoso.example/v2.0", false),
        ("/adfs", true),
        ("/oidc", true),
    ] {
        let body = json(&bench.get(&format!("{path}/.well-known/openid-configuration")));
        assert_eq!(body["frontchannel_logout_supported"], true, "{path}");
        let said = &body["frontchannel_logout_session_supported"];
        assert_eq!(*said == true, session, "{path}: {said}");
    }
}
