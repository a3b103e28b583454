//! The whole lab against anything: metadata, its own endpoints, and bytes that mean nothing.

use proptest::prelude::*;

use super::super::ask::Ask;
use super::super::testing::{BASE, Bench, json};

mod surfaces;

const TENANT: &str = "6d1c0e5a-7a3f-4c52-9b1e-2f8a4c9d7e10";

#[test]
fn metadata_is_of_the_address_it_was_asked_at_however_often_and_in_what_order() {
    let mut bench = Bench::new();
    let mut document = |base: &str, path: &str| {
        let ask = Ask {
            method: "GET".into(),
            base: base.into(),
            path: format!("{path}/.well-known/openid-configuration"),
            ..Ask::default()
        };
        json(&bench.ask(&ask))
    };
    let bases = ["https://localhost:1", "http://127.0.0.1:2"];
    let paths = [
        "/contoso.example/v2.0",
        "/contoso.example",
        "/common/v2.0",
        "/adfs",
        "/oidc",
    ];
    let mut seen = Vec::new();
    for _ in 0..2 {
        for base in bases {
            for path in paths {
                let document = document(base, path);
                let at = document["token_endpoint"].as_str().unwrap_or_default();
                assert!(at.starts_with(base), "{base}{path}: {document}");
                seen.push(document);
            }
        }
    }
    let (first, second) = seen.split_at(bases.len() * paths.len());
    assert_eq!(first, second);
    for (at, document) in first.iter().enumerate() {
        assert!(!first[..at].contains(document), "{document} stands twice");
    }
}

#[test]
fn metadata_names_endpoints_that_answer() {
    let mut bench = Bench::new();
    for tenant in ["contoso.example", TENANT, "common", "organizations"] {
        let body = json(&bench.get(&format!("/{tenant}/v2.0/.well-known/openid-configuration")));
        for name in [
            "token_endpoint",
            "device_authorization_endpoint",
            "authorization_endpoint",
            "jwks_uri",
        ] {
            let url = body[name].as_str().unwrap();
            let path = url.strip_prefix(BASE).unwrap();
            assert!(matches!(bench.get(path).status, 200 | 400 | 405), "{url}");
        }
        let own = tenant == TENANT || tenant == "contoso.example";
        let issuer = if own { TENANT } else { "{tenantid}" };
        assert_eq!(body["issuer"], format!("{BASE}/{issuer}/v2.0"));
    }
    let v1 = json(&bench.get("/contoso.example/.well-known/openid-configuration"));
    assert_eq!(
        v1["token_endpoint"],
        format!("{BASE}/{TENANT}/oauth2/token")
    );
    assert_eq!(v1["issuer"], format!("{BASE}/{TENANT}/"));
}

#[test]
fn an_unknown_tenant_or_instance_is_refused_by_discovery() {
    let mut bench = Bench::new();
    let answer = bench.get("/nowhere.example/v2.0/.well-known/openid-configuration");
    let body = json(&answer);
    assert_eq!(
        (answer.status, &body["error"], &body["error_codes"][0]),
        (400, &"invalid_tenant".into(), &90002.into())
    );
    let instance = "/common/discovery/instance?api-version=1.1&authorization_endpoint=";
    let good = json(&bench.get(&format!(
        "{instance}https://localhost/contoso.example/oauth2/v2.0/authorize"
    )));
    let expected = format!("{BASE}/contoso.example/v2.0/.well-known/openid-configuration");
    assert_eq!(good["tenant_discovery_endpoint"], expected);
    let bad = json(&bench.get(&format!(
        "{instance}https://login.evil.example/x/oauth2/v2.0/authorize"
    )));
    assert_eq!(
        (&bad["error"], &bad["error_codes"][0]),
        (&"invalid_instance".into(), &50049.into())
    );
    let realm = json(&bench.get("/common/userrealm/ada%40contoso.example?api-version=1.0"));
    assert_eq!(realm["account_type"], "Managed");
}

#[test]
fn pages_outside_a_visit_say_what_they_are() {
    let mut bench = Bench::new();
    for (path, text) in [
        ("/", "contoso.example"),
        ("/error?code=50076", "Multifactor"),
        ("/error?code=1", "AADSTS1 is not"),
        ("/contoso.example/oauth2/v2.0/logout", "ended"),
        ("/devicelogin?user_code=ABC", "ABC"),
    ] {
        let answer = bench.get(path);
        let html = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(
            answer.status == 200 && html.contains(text) && html.contains("SIMULATED"),
            "{path}: {html}"
        );
    }
}

const WORDS: &[&str] = &[
    "contoso.example",
    "common",
    "client_credentials",
    "device_code",
    "refresh_token",
    "authorization_code",
    "3f0a5c1e-94d7-4b62-a0c8-6b1d2e7f48e1",
    "code",
    "http://localhost:1",
    "User.Read openid",
    "{\"access_token\":{\"acrs\":[1,{}]}}",
];

const NAMES: &[&str] = &[
    "grant_type",
    "client_id",
    "scope",
    "code",
    "device_code",
    "refresh_token",
    "claims",
    "redirect_uri",
    "response_type",
    "response_mode",
    "prompt",
    "state",
    "visit",
    "step",
    "user_code",
    "resource",
    "do",
    "change",
    "username",
    "password",
    "code_challenge",
    "authorization_endpoint",
    "login_hint",
];

const PATHS: &[&str] = &[
    "/contoso.example/oauth2/v2.0/token",
    "/contoso.example/oauth2/token",
    "/common/oauth2/v2.0/authorize",
    "/contoso.example/oauth2/authorize",
    "/x/oauth2/v2.0/devicecode",
    "/common/login",
    "/devicelogin",
    "/common/discovery/instance",
    "/common/userrealm/%ff",
    "/api/me",
    "/error",
    "/lab/change",
];

fn pairs() -> impl Strategy<Value = String> {
    let word =
        prop_oneof![4 => prop::sample::select(WORDS).prop_map(str::to_owned), 1 => "\\PC{0,12}"];
    let list = prop::collection::vec((prop::sample::select(NAMES), word), 0..8);
    list.prop_map(|list| {
        url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(list)
            .finish()
    })
}

/// Requests that are nearly right, so that they get past the first check.
fn asks() -> impl Strategy<Value = Ask> {
    let path =
        prop_oneof![4 => prop::sample::select(PATHS).prop_map(str::to_owned), 1 => "/\\PC{0,20}"];
    let method = prop::sample::select(vec!["GET", "POST", "PUT"]);
    let value = "\\PC{0,20}|Bearer [A-Za-z0-9_.-]{0,40}|Basic [A-Za-z0-9=]{0,20}";
    let header = ("(authorization|cookie|client-request-id)", value);
    let noise = prop::collection::vec(any::<u8>(), 0..16);
    (method, path, pairs(), pairs(), header, noise).prop_map(
        |(method, path, query, form, header, noise)| Ask {
            method: method.into(),
            base: BASE.into(),
            path,
            query,
            headers: vec![header],
            body: [form.into_bytes(), noise].concat(),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_request_makes_the_lab_panic_or_contradict_itself(asks in prop::collection::vec(asks(), 1..6)) {
        let mut bench = Bench::new();
        for ask in asks {
            let answer = bench.ask(&ask);
            prop_assert!((200..=503).contains(&answer.status));
            prop_assert!(!answer.because.is_empty());
            if let Ok(body) = serde_json::from_slice::<serde_json::Value>(&answer.body)
                && let Some(code) = body["error_codes"][0].as_u64()
            {
                let start = format!("AADSTS{code}: ");
                prop_assert!(body["error_description"].as_str().unwrap().starts_with(&start));
                prop_assert!(answer.status >= 400);
            }
        }
    }
}
