//! What the API says to good tokens that do not do.

use super::super::testing::{BASE, Bench, json};
use crate::lab::ask::{Answer, Ask};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;

const TOKEN: &str = "/contoso.example/oauth2/v2.0/token";
const ADA: &str = "ada@contoso.example";

fn token(bench: &mut Bench, form: &str) -> String {
    let body = json(&bench.told(TOKEN, form));
    body["access_token"].as_str().unwrap().to_owned()
}

/// Ada's token of a program that can (`cp1`) or cannot be told that it counts no more.
fn adas(bench: &mut Bench, able: bool) -> String {
    let claims = if able {
        "&claims=%7B%22access_token%22%3A%7B%22xms_cc%22%3A%7B%22values%22%3A%5B%22cp1%22%5D%7D%7D%7D"
    } else {
        ""
    };
    let form = format!(
        "grant_type=password&client_id={{desktop}}&username=ada%40contoso.example&password=simulated-Ada-1&scope=User.Read{claims}"
    );
    token(bench, &form)
}

fn call(bench: &mut Bench, token: &str) -> Answer {
    bench.ask(&Ask {
        method: "GET".into(),
        base: BASE.into(),
        path: "/api/me".into(),
        headers: vec![("authorization".into(), format!("Bearer {token}"))],
        ..Ask::default()
    })
}

/// The claims that a challenge asks for.
fn asked_for(answer: &Answer) -> Json {
    let header = answer.header("www-authenticate").unwrap();
    assert!(header.contains("error=\"insufficient_claims\""), "{header}");
    let encoded = header.split("claims=\"").nth(1).unwrap();
    let decoded = STANDARD.decode(encoded.trim_end_matches('"')).unwrap();
    serde_json::from_slice::<Json>(&decoded).unwrap()["access_token"].clone()
}

#[test]
fn a_barred_place_ends_the_token_of_a_client_that_can_hear_of_it() {
    let mut bench = Bench::new();
    let (able, unable) = (adas(&mut bench, true), adas(&mut bench, false));
    bench.change("policy block-abroad on");
    assert_eq!(call(&mut bench, &able).status, 200);
    bench.change(&format!("set user {ADA} place abroad"));
    let answer = call(&mut bench, &able);
    let asked = asked_for(&answer);
    assert_eq!(answer.status, 401);
    assert_eq!(asked["xms_rp_ipaddr"]["value"], "198.51.100.0");
    assert_eq!(asked["nbf"]["value"], bench.at.seconds().to_string());
    assert!(
        answer.because.contains("block-abroad"),
        "{}",
        answer.because
    );
    assert_eq!(call(&mut bench, &unable).status, 200);
    bench.change(&format!("set user {ADA} place office"));
    assert_eq!(call(&mut bench, &able).status, 200);
}

#[test]
fn a_risk_that_rises_ends_the_token_and_one_that_falls_does_not() {
    let mut bench = Bench::new();
    let (able, unable) = (adas(&mut bench, true), adas(&mut bench, false));
    bench.change("advance 1m");
    bench.change(&format!("set user {ADA} user-risk medium"));
    let risen = bench.at;
    bench.change("advance 1m");
    bench.change(&format!("set user {ADA} user-risk low"));
    let asked = asked_for(&call(&mut bench, &able));
    assert_eq!(asked["nbf"]["value"], risen.seconds().to_string());
    assert_eq!(asked.get("xms_rp_ipaddr"), None);
    assert_eq!(call(&mut bench, &unable).status, 200);
    let newer = adas(&mut bench, true);
    assert_eq!(call(&mut bench, &newer).status, 200);
}

#[test]
fn a_token_of_a_client_that_can_lives_for_most_of_a_day() {
    let mut bench = Bench::new();
    let (able, unable) = (adas(&mut bench, true), adas(&mut bench, false));
    bench.change("advance 91m");
    assert_eq!(call(&mut bench, &unable).status, 401);
    assert_eq!(call(&mut bench, &able).status, 200);
    bench.change("advance 28h");
    assert_eq!(call(&mut bench, &able).status, 401);
}

#[test]
fn a_good_token_without_the_permission_is_forbidden_and_not_unknown() {
    let password = "grant_type=password&client_id={desktop}&username=ada%40contoso.example&password=simulated-Ada-1&scope=";
    let daemon = "grant_type=client_credentials&client_id={daemon}&client_secret={secret}&scope=api://contoso-api/.default";
    for (form, scope) in [
        (
            format!("{password}openid+profile"),
            Some("https://graph.microsoft.com/User.Read"),
        ),
        (daemon.to_owned(), None),
    ] {
        let mut bench = Bench::new();
        bench.change("set app contoso-daemon roles api://contoso-api none");
        let token = token(&mut bench, &form);
        let answer = call(&mut bench, &token);
        let header = answer.header("www-authenticate").unwrap();
        assert_eq!(answer.status, 403, "{form}");
        assert!(header.contains("error=\"insufficient_scope\""), "{header}");
        let named = header.split("scope=\"").nth(1);
        let named = named.map(|rest| rest.split('"').next().unwrap());
        assert_eq!(named, scope, "{header}");
        assert_eq!(json(&answer)["error"]["code"], "AccessDenied");
    }
}
