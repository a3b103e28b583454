//! Runs that bind their tokens to a key.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value as Json;

use super::*;
use crate::model::{AuthorityKind, Header};

const ISSUER: &str = r#"{"issuer":"https://issuer.contoso.example","token_endpoint":"https://issuer.contoso.example/token","token_endpoint_auth_methods_supported":["client_secret_post"],"dpop_signing_alg_values_supported":["ES256"]}"#;
const BOUND: &str =
    r#"{"access_token":"at-0123456789abcdefgh","token_type":"DPoP","expires_in":3600}"#;
const WANTED: &str = r#"{"error":"use_dpop_nonce"}"#;

fn bound_daemon() -> RunSpec {
    let mut spec = daemon();
    spec.authority = Authority::parse("https://issuer.contoso.example")
        .unwrap()
        .spoken_as(AuthorityKind::Oidc);
    spec.extensions.dpop = true;
    spec
}

fn claims(headers: &[Header]) -> Json {
    let proof = headers.iter().find(|header| header.name == "DPoP").unwrap();
    let part = proof.value.reveal().split('.').nth(1).unwrap().to_owned();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_request_is_sent_once_more_with_the_nonce_and_never_a_third_time() {
    let rig = Rig::new();
    rig.transport.json(200, ISSUER);
    rig.transport.reply(400, &[("dpop-nonce", "n-1")], WANTED);
    rig.transport.reply(400, &[("dpop-nonce", "n-2")], WANTED);
    let (end, running) = rig.finish(bound_daemon()).await;
    assert!(matches!(end, End::Refused { .. }), "{end:?}");
    let asked = rig.asked();
    assert_eq!(asked.len(), 3);
    let (first, second) = (claims(&asked[1].headers), claims(&asked[2].headers));
    assert_eq!(
        (&first["nonce"], &second["nonce"]),
        (&Json::Null, &"n-1".into())
    );
    assert_ne!(first["jti"], second["jti"]);
    assert_eq!(second["htu"], "https://issuer.contoso.example/token");
    assert_eq!(running.exchanges.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn what_wants_no_nonce_is_not_sent_again() {
    let rig = Rig::new();
    rig.transport.json(200, ISSUER);
    rig.transport.reply(400, &[], WANTED);
    let (end, _) = rig.finish(bound_daemon()).await;
    assert!(matches!(end, End::Refused { .. }), "{end:?}");
    assert_eq!(rig.asked().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_bound_token_is_shown_to_an_api_with_its_hash_and_the_nonce_of_that_api() {
    let rig = Rig::new();
    rig.transport.json(200, ISSUER);
    rig.transport
        .reply(200, &[("dpop-nonce", "of-the-issuer")], BOUND);
    let mut spec = bound_daemon();
    let (end, _) = rig.finish(spec.clone()).await;
    assert!(matches!(end, End::Granted(_)), "{end:?}");
    spec.api = Some("https://api.contoso.example/orders?all=1".into());
    let challenge = [
        ("www-authenticate", r#"DPoP error="use_dpop_nonce""#),
        ("dpop-nonce", "of-the-api"),
    ];
    rig.transport.reply(401, &challenge, "");
    rig.transport.json(200, "{}");
    let exchanges = call_api(&spec, &rig.context).await.unwrap();
    assert_eq!(exchanges.len(), 2);
    let [first, second] = [0, 1].map(|nth: usize| claims(&exchanges[nth].request.headers));
    assert_eq!(
        (&first["nonce"], &second["nonce"]),
        (&Json::Null, &"of-the-api".into())
    );
    assert_eq!(second["htm"], "GET");
    assert_eq!(second["htu"], "https://api.contoso.example/orders");
    assert!(second["ath"].is_string());
    let sent = &exchanges[1].request.headers[0];
    assert_eq!(sent.value.reveal(), "DPoP at-0123456789abcdefgh");
}

#[tokio::test(start_paused = true)]
async fn a_bound_token_whose_key_is_gone_is_shown_to_nobody() {
    let rig = Rig::new();
    rig.transport.json(200, ISSUER);
    rig.transport.json(200, BOUND);
    let mut spec = bound_daemon();
    spec.extensions.dpop = false;
    rig.finish(spec.clone()).await;
    spec.api = Some("https://api.contoso.example".into());
    let problem = call_api(&spec, &rig.context).await.unwrap_err();
    assert_eq!(problem.at, "api");
    assert_eq!(rig.asked().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_came_unbound_is_told() {
    let rig = Rig::new();
    rig.transport.json(200, ISSUER);
    rig.transport.json(
        200,
        r#"{"access_token":"at-0123456789abcdefgh","token_type":"Bearer"}"#,
    );
    let (end, running) = rig.finish(bound_daemon()).await;
    assert!(matches!(end, End::Granted(_)), "{end:?}");
    let events = running.events.join("\n");
    assert!(events.contains("of the type Bearer"), "{events}");
}
