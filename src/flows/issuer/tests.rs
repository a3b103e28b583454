use serde_json::json;

use super::super::tests::rig::Rig;
use super::*;
use crate::model::FaultKind;
use crate::wire::scripted::Canned;

const KEYS: &str =
    r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;

async fn asked(
    rig: &Rig,
    claims: Json,
    authority: Option<&str>,
    trusted: &[&str],
) -> Result<Published, Unchecked> {
    let options = SendOptions {
        trusted_hosts: trusted.iter().map(|&host| host.into()).collect(),
        ..SendOptions::default()
    };
    let authority = authority.map(|text| Authority::parse(text).unwrap());
    let with = (&*rig.transport, &options);
    published(&claims, authority.as_ref(), with, |_| {}).await
}

fn urls(rig: &Rig) -> Vec<String> {
    rig.transport
        .asked()
        .into_iter()
        .map(|request| request.url)
        .collect()
}

fn metadata_of(issuer: &str, jwks: &str) -> String {
    json!({ "issuer": issuer, "jwks_uri": jwks }).to_string()
}

#[tokio::test]
async fn the_issuer_that_the_token_names_is_asked_for_metadata_and_then_for_keys() {
    let rig = Rig::new();
    let issuer = "https://login.microsoftonline.com/t/v2.0";
    let jwks = "https://login.microsoftonline.com/t/discovery/v2.0/keys";
    rig.transport.json(200, &metadata_of(issuer, jwks));
    let date = [("date", "Thu, 01 Jan 1970 00:00:07 GMT")];
    rig.transport.reply(200, &date, KEYS);
    let found = asked(&rig, json!({ "iss": issuer }), None, &[])
        .await
        .unwrap();
    assert_eq!(
        urls(&rig),
        [
            format!("{issuer}/.well-known/openid-configuration"),
            jwks.to_owned()
        ]
    );
    assert_eq!(
        (found.keys.len(), found.issuers),
        (1, vec![issuer.to_owned()])
    );
    assert_eq!(found.server_time, Some(Moment::from_seconds(7)));
    assert!(
        rig.transport
            .asked()
            .iter()
            .all(|request| request.headers.is_empty() && request.form.is_empty())
    );
}

#[tokio::test]
async fn metadata_that_leads_to_another_host_is_not_followed_until_that_is_trusted() {
    for (trusted, asks) in [(&[][..], 1), (&["keys.contoso.example"][..], 2)] {
        let rig = Rig::new();
        let issuer = "https://issuer.contoso.example";
        rig.transport.json(
            200,
            &metadata_of(issuer, "https://keys.contoso.example/jwks"),
        );
        rig.transport.json(200, KEYS);
        let found = asked(&rig, json!({ "iss": issuer }), None, trusted).await;
        assert_eq!((urls(&rig).len(), found.is_ok()), (asks, asks == 2));
        if asks == 1 {
            let host = "keys.contoso.example".to_owned();
            assert_eq!(found.unwrap_err(), Unchecked::OtherHost { host });
        }
    }
}

#[tokio::test]
async fn nothing_is_asked_of_an_issuer_that_is_no_address_for_it() {
    for issuer in [
        "",
        "contoso",
        "http://issuer.contoso.example",
        "https://me:secret@issuer.contoso.example",
        "https://issuer.contoso.example/?x=1",
        "http://169.254.169.254",
        "file:///etc/passwd",
    ] {
        let rig = Rig::new();
        let named = issuer.to_owned();
        let found = asked(&rig, json!({ "iss": issuer }), None, &[]).await;
        assert_eq!(found.unwrap_err(), Unchecked::NoIssuer { named });
        assert!(urls(&rig).is_empty(), "{issuer}");
    }
}

#[tokio::test]
async fn keys_may_not_be_fetched_over_plain_http() {
    let rig = Rig::new();
    let issuer = "https://issuer.contoso.example";
    rig.transport.json(
        200,
        &metadata_of(issuer, "http://issuer.contoso.example/jwks"),
    );
    let found = asked(&rig, json!({ "iss": issuer }), None, &[]).await;
    assert!(matches!(found, Err(Unchecked::NoKeys { .. })), "{found:?}");
    assert_eq!(urls(&rig).len(), 1);
}

#[tokio::test]
async fn no_reply_no_metadata_and_no_keys_are_told_apart() {
    let issuer = "https://issuer.contoso.example";
    let claims = || json!({ "iss": issuer });
    let rig = Rig::new();
    rig.transport.then(Canned::Fault(FaultKind::Dns));
    let found = asked(&rig, claims(), None, &[]).await;
    assert!(matches!(found, Err(Unchecked::Unreachable { detail }) if detail.contains(issuer)));
    let rig = Rig::new();
    rig.transport.json(404, "{}").json(200, "<html>");
    let found = asked(&rig, claims(), None, &[]).await;
    assert!(matches!(found, Err(Unchecked::NoKeys { .. })), "{found:?}");
    let rig = Rig::new();
    rig.transport.json(
        200,
        &metadata_of(issuer, "https://issuer.contoso.example/jwks"),
    );
    rig.transport.json(200, "{}");
    let found = asked(&rig, claims(), None, &[]).await;
    assert!(matches!(found, Err(Unchecked::NoKeys { detail }) if detail.contains("/jwks")));
}

#[test]
fn the_metadata_is_looked_for_where_each_kind_of_issuer_has_it() {
    let first = |claims: Json, authority: Option<&str>| {
        let authority = authority.map(|text| Authority::parse(text).unwrap());
        whom(&claims, authority.as_ref()).unwrap().1[0].clone()
    };
    let entra = "https://login.microsoftonline.com/t";
    assert_eq!(
        first(json!({ "ver": "1.0" }), Some(entra)),
        format!("{entra}/.well-known/openid-configuration")
    );
    assert_eq!(
        first(json!({ "ver": "2.0" }), Some(entra)),
        format!("{entra}/v2.0/.well-known/openid-configuration")
    );
    assert_eq!(
        first(
            json!({ "iss": "https://x.b2clogin.com/t/v2.0/", "tfp": "B2C_1_signin" }),
            None
        ),
        "https://x.b2clogin.com/t/B2C_1_signin/v2.0/.well-known/openid-configuration"
    );
    assert_eq!(
        first(
            json!({ "iss": "http://fs.contoso.example/adfs/services/trust" }),
            None
        ),
        "https://fs.contoso.example/adfs/.well-known/openid-configuration"
    );
    let odd = json!({ "iss": "https://x.b2clogin.com/t/v2.0/", "tfp": "../../evil" });
    assert!(!first(odd, None).contains("evil"));
}
