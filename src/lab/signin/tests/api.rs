//! The protected API and its challenges, met by signing in.

use base64::Engine;

use super::super::super::testing::{BASE, Bench, json};
use super::super::super::walk::Jar;
use super::{ADA, VERIFIER, parameters, redeem, url};
use crate::model::UserAct;

#[test]
fn the_api_demands_claims_and_is_content_with_them() {
    let mut bench = Bench::new();
    let mut jar = Jar::default();
    let token = |bench: &mut Bench, jar: &mut Jar, more: &[(&str, &str)]| {
        let start = url(bench, more);
        let back = parameters(&bench.walk(ADA, jar, &start, UserAct::Completes));
        redeem(bench, &back["code"], VERIFIER).1["access_token"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let call = |bench: &mut Bench, token: &str| {
        bench.ask(&super::super::super::ask::Ask {
            method: "GET".into(),
            base: BASE.into(),
            path: "/api/me".into(),
            headers: vec![("authorization".into(), format!("Bearer {token}"))],
            ..Default::default()
        })
    };
    let plain = token(&mut bench, &mut jar, &[]);
    assert_eq!(json(&call(&mut bench, &plain))["userPrincipalName"], ADA);
    bench.change("policy api-claims on");
    let answer = call(&mut bench, &plain);
    let header = answer.header("www-authenticate").unwrap();
    assert!(
        answer.status == 401 && header.contains("error=\"insufficient_claims\""),
        "{header}"
    );
    let encoded = header
        .split("claims=\"")
        .nth(1)
        .unwrap()
        .trim_end_matches('"');
    let decoded = base64::engine::general_purpose::STANDARD
        .decode(encoded)
        .unwrap();
    let wanted = String::from_utf8(decoded).unwrap();
    let better = token(&mut bench, &mut jar, &[("claims", &wanted)]);
    assert_eq!(call(&mut bench, &better).status, 200);
    bench.change("policy api-claims off");
    bench.change("advance 1m");
    bench.change("policy api-fresh-token on");
    assert!(
        call(&mut bench, &better)
            .header("www-authenticate")
            .is_some()
    );
    let newer = token(&mut bench, &mut jar, &[]);
    assert_eq!(call(&mut bench, &newer).status, 200);
    bench.change("advance 91m");
    assert!(
        call(&mut bench, &newer)
            .header("www-authenticate")
            .unwrap()
            .contains("invalid_token")
    );
    assert_eq!(bench.get("/api/me").status, 401);
}
