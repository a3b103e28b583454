//! The token endpoint by tables.

use super::super::testing::{BASE, Bench, json};
use crate::model::Moment;

const GRAPH: &str = "https://graph.microsoft.com/.default";

/// `error`, code, suberror, whether claims came; of a reply that was checked for contradictions.
fn told(reply: &(u16, serde_json::Value)) -> (u16, String, u64, String, bool) {
    let (status, body) = reply;
    let code = body["error_codes"][0].as_u64().unwrap_or_default();
    let description = body["error_description"].as_str().unwrap();
    if code != 0 {
        assert!(
            description.starts_with(&format!("AADSTS{code}: ")),
            "{description}"
        );
        assert_eq!(body["error_uri"], format!("{BASE}/error?code={code}"));
    }
    let lines: Vec<&str> = description.split("\r\n").collect();
    let trace = body["trace_id"].as_str().unwrap();
    assert_eq!(lines[1], format!("Trace ID: {trace}"));
    assert_eq!(
        lines[3],
        format!("Timestamp: {}", body["timestamp"].as_str().unwrap())
    );
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    (
        *status,
        text("error"),
        code,
        text("suberror"),
        body["claims"].is_string(),
    )
}

#[test]
fn a_daemon_gets_a_token_and_nothing_else() {
    let mut bench = Bench::new();
    let (id, secret) = bench.client("contoso-daemon");
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", &id),
        ("client_secret", &secret),
        ("scope", GRAPH),
    ];
    let answer = bench.post(
        "/contoso.example/oauth2/v2.0/token?client-request-id=1",
        &form,
    );
    let body = json(&answer);
    let members: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(
        members,
        ["token_type", "expires_in", "ext_expires_in", "access_token"]
    );
    assert_eq!(body["expires_in"], 3599);
    assert_eq!(answer.header("cache-control"), Some("no-store, no-cache"));
}

#[test]
fn each_wrong_request_of_a_daemon_has_its_own_refusal() {
    let mut bench = Bench::new();
    let (id, secret) = bench.client("contoso-daemon");
    let (desktop, _) = bench.client("contoso-desktop");
    let nobody = "00000000-0000-4000-8000-000000000000";
    let ok = [
        ("grant_type", "client_credentials"),
        ("client_id", id.as_str()),
        ("client_secret", secret.as_str()),
        ("scope", GRAPH),
    ];
    let with = |name: &'static str, value: &'static str| {
        ok.map(|(n, v)| if n == name { (n, value) } else { (n, v) })
    };
    let cases: Vec<(Vec<(&str, &str)>, u16, &str, u64)> = vec![
        (
            with("client_secret", "wrong").into(),
            401,
            "invalid_client",
            7_000_215,
        ),
        (
            with("client_id", nobody).into(),
            400,
            "unauthorized_client",
            700_016,
        ),
        (
            with("grant_type", "magic").into(),
            400,
            "unsupported_grant_type",
            70003,
        ),
        (
            with("scope", "User.Read").into(),
            400,
            "invalid_scope",
            1_002_012,
        ),
        (
            with("scope", "api://nothing/.default").into(),
            400,
            "invalid_resource",
            500_011,
        ),
        (with("scope", "").into(), 400, "invalid_request", 900_144),
        (
            with("grant_type", "").into(),
            400,
            "invalid_request",
            900_144,
        ),
        (
            with("client_secret", "").into(),
            401,
            "invalid_client",
            7_000_216,
        ),
        (
            vec![ok[0], ("client_id", &desktop), ok[3]],
            401,
            "invalid_client",
            7_000_216,
        ),
        (
            vec![ok[0], ("client_id", &desktop), ok[2], ok[3]],
            401,
            "invalid_client",
            700_025,
        ),
    ];
    for (form, status, error, code) in cases {
        let reply = bench.token(&form);
        assert_eq!(
            told(&reply),
            (status, error.into(), code, String::new(), false),
            "{form:?}"
        );
    }
    bench.change("expire-secret");
    assert_eq!(told(&bench.token(&ok)).2, 7_000_222);
    bench.change("renew-secret");
    let (_, renewed) = bench.client("contoso-daemon");
    assert_ne!(renewed, secret);
    assert_eq!(
        bench
            .token(&[ok[0], ok[1], ("client_secret", &renewed), ok[3]])
            .0,
        200
    );
}

#[test]
fn the_tenant_the_throttle_and_the_outage_come_before_everything() {
    let mut bench = Bench::new();
    let answer = bench.post(
        "/fabrikam.example/oauth2/v2.0/token",
        &[("grant_type", "x")],
    );
    assert_eq!(told(&(answer.status, json(&answer))).1, "invalid_request");
    bench.change("throttle 5s");
    let answer = bench.post("/contoso.example/oauth2/v2.0/token", &[]);
    assert_eq!(
        (answer.status, answer.header("retry-after")),
        (429, Some("5"))
    );
    assert_eq!(told(&(429, json(&answer))).2, 90055);
    bench.change("advance 5s");
    assert_eq!(bench.token(&[]).0, 400);
    bench.change("outage on");
    assert_eq!(
        told(&bench.token(&[])),
        (
            503,
            "temporarily_unavailable".into(),
            90033,
            String::new(),
            false
        )
    );
}

#[test]
fn a_password_is_checked_and_policies_apply() {
    let mut bench = Bench::new();
    let (id, _) = bench.client("contoso-desktop");
    let form = |user: &'static str, password: &'static str| {
        [
            ("grant_type", "password"),
            ("client_id", id.as_str()),
            ("username", user),
            ("password", password),
            ("scope", "User.Read openid offline_access"),
            ("client_info", "1"),
        ]
    };
    let right = form("ada@contoso.example", "simulated-Ada-1");
    let (status, body) = bench.token(&right);
    assert_eq!(status, 200, "{body}");
    let members: Vec<&String> = body.as_object().unwrap().keys().collect();
    let expected = [
        "token_type",
        "scope",
        "expires_in",
        "ext_expires_in",
        "access_token",
        "refresh_token",
        "id_token",
        "client_info",
    ];
    assert_eq!(members, expected);
    assert_eq!(body["scope"], "User.Read openid");
    let refused = |bench: &mut Bench, form| told(&bench.token(form));
    let wrong = form("ada@contoso.example", "wrong");
    assert_eq!(
        refused(&mut bench, &wrong),
        (400, "invalid_grant".into(), 50126, String::new(), false)
    );
    let nobody = form("eve@contoso.example", "wrong");
    assert_eq!(refused(&mut bench, &nobody).2, 50034);
    bench.change("policy require-mfa on");
    assert_eq!(
        refused(&mut bench, &right),
        (
            400,
            "invalid_grant".into(),
            50076,
            "basic_action".into(),
            true
        )
    );
    let unregistered = form("cy@contoso.example", "simulated-Cy-1");
    assert_eq!(refused(&mut bench, &unregistered).2, 50079);
    bench.change("policy block on");
    assert_eq!(
        refused(&mut bench, &right),
        (
            400,
            "invalid_grant".into(),
            53003,
            "message_only".into(),
            true
        )
    );
    bench.change("lock-account");
    assert_eq!(refused(&mut bench, &right).2, 50053);
    bench.change("reset");
    bench.change("expire-password");
    assert_eq!(
        refused(&mut bench, &right),
        (
            400,
            "invalid_grant".into(),
            50055,
            "user_password_expired".into(),
            false
        )
    );
    bench.change("reset");
    bench.change("revoke-consent");
    assert_eq!(
        refused(&mut bench, &right),
        (
            400,
            "invalid_grant".into(),
            65001,
            "consent_required".into(),
            false
        )
    );
    let answer = bench.post("/common/oauth2/v2.0/token", &right);
    assert_eq!(json(&answer)["error_codes"][0], 9_001_023);
}

#[test]
fn ten_wrong_passwords_lock_the_account_for_a_minute() {
    let mut bench = Bench::new();
    let (id, _) = bench.client("contoso-desktop");
    let form = |password: &'static str| {
        [
            ("grant_type", "password"),
            ("client_id", id.as_str()),
            ("username", "ada@contoso.example"),
            ("password", password),
            ("scope", "openid"),
        ]
    };
    for _ in 0..10 {
        assert_eq!(told(&bench.token(&form("wrong"))).2, 50126);
    }
    assert_eq!(told(&bench.token(&form("simulated-Ada-1"))).2, 50053);
    bench.change("advance 61s");
    assert_eq!(bench.token(&form("simulated-Ada-1")).0, 200);
}

/// A refresh token got by the password grant.
fn signed_in(bench: &mut Bench, endpoint: &str) -> (String, String) {
    let (id, _) = bench.client("contoso-desktop");
    let form = [
        ("grant_type", "password"),
        ("client_id", id.as_str()),
        ("username", "ada@contoso.example"),
        ("password", "simulated-Ada-1"),
        ("scope", "User.Read openid offline_access"),
    ];
    let body = json(&bench.post(endpoint, &form));
    (
        id.clone(),
        body["refresh_token"].as_str().unwrap().to_owned(),
    )
}

#[test]
fn a_refresh_token_is_replaced_and_the_old_one_stays_good() {
    let mut bench = Bench::new();
    let (id, token) = signed_in(&mut bench, "/contoso.example/oauth2/v2.0/token");
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", id.as_str()),
        ("refresh_token", token.as_str()),
        ("scope", "User.Read openid profile offline_access"),
    ];
    let (_, first) = bench.token(&form);
    assert_ne!(first["refresh_token"], token);
    assert_eq!(bench.token(&form).0, 200);
    assert_eq!(
        bench.token(&[form[0], form[1], form[2]]).1["scope"],
        "User.Read openid"
    );
}

#[test]
fn each_end_of_a_refresh_token_has_its_own_refusal() {
    let cases: [(&[&str], &str, u64, &str, bool); 8] = [
        (
            &["policy require-mfa on"],
            "invalid_grant",
            50076,
            "basic_action",
            true,
        ),
        (
            &["per-user-mfa on"],
            "invalid_grant",
            50076,
            "basic_action",
            false,
        ),
        (
            &["policy sign-in-frequency on", "advance 13h"],
            "invalid_grant",
            70043,
            "token_expired",
            false,
        ),
        (
            &["policy block on"],
            "invalid_grant",
            53003,
            "message_only",
            true,
        ),
        (
            &["advance 91d"],
            "invalid_grant",
            700_082,
            "bad_token",
            false,
        ),
        (
            &["revoke-sessions"],
            "invalid_grant",
            50173,
            "bad_token",
            false,
        ),
        (
            &["reset-password"],
            "invalid_grant",
            50173,
            "bad_token",
            false,
        ),
        (
            &["revoke-consent"],
            "invalid_grant",
            65001,
            "consent_required",
            false,
        ),
    ];
    for (changes, error, code, suberror, claims) in cases {
        let mut bench = Bench::new();
        let (id, token) = signed_in(&mut bench, "/contoso.example/oauth2/v2.0/token");
        changes.iter().for_each(|change| bench.change(change));
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", id.as_str()),
            ("refresh_token", token.as_str()),
        ];
        assert_eq!(
            told(&bench.token(&form)),
            (400, error.into(), code, suberror.into(), claims),
            "{changes:?}"
        );
    }
}

#[test]
fn the_v1_endpoint_says_interaction_required_and_writes_numbers_as_text() {
    let mut bench = Bench::new();
    let endpoint = "/contoso.example/oauth2/token";
    let (id, token) = signed_in(&mut bench, endpoint);
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", id.as_str()),
        ("refresh_token", token.as_str()),
        ("resource", "https://graph.microsoft.com/"),
    ];
    let body = json(&bench.post(endpoint, &form));
    assert_eq!(
        (&body["expires_in"], &body["resource"]),
        (&"3599".into(), &"https://graph.microsoft.com".into())
    );
    for (change, code) in [
        ("policy require-mfa on", 50076),
        ("policy sign-in-frequency on", 70043),
    ] {
        bench.change("policy require-mfa off");
        bench.change(change);
        bench.change("advance 13h");
        let body = json(&bench.post(endpoint, &form));
        assert_eq!(
            (&body["error"], &body["error_codes"][0]),
            (&"interaction_required".into(), &code.into())
        );
    }
}

#[test]
fn the_correlation_id_is_the_clients_own() {
    let mut bench = Bench::new();
    let own = "3f1c0000-0000-4000-8000-000000000001";
    let (_, body) = bench.token(&[("client-request-id", own)]);
    assert_eq!(body["correlation_id"], own);
    let (_, body) = bench.token(&[("client-request-id", "<script>")]);
    assert_eq!(body["correlation_id"].as_str().unwrap().len(), 36);
}

#[test]
fn a_token_says_when_it_was_issued_by_the_clock_of_the_lab() {
    let mut bench = Bench::new();
    bench.at = Moment::from_seconds(1_900_000_000);
    let (id, secret) = bench.client("contoso-daemon");
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", id.as_str()),
        ("client_secret", secret.as_str()),
        ("scope", GRAPH),
    ];
    let (_, body) = bench.token(&form);
    let entropy = super::super::testing::Counting::default();
    let kit = super::super::kit::Kit {
        entropy: &entropy,
        signer: super::super::testing::signer(),
    };
    let token = body["access_token"].as_str().unwrap();
    let claims = super::mint::verified(&kit, token).unwrap();
    assert_eq!(
        (&claims["iat"], &claims["exp"]),
        (&1_900_000_000_i64.into(), &1_900_003_599_i64.into())
    );
    assert_eq!(claims["roles"][0], "User.Read.All");
    assert_eq!(claims["aud"], "https://graph.microsoft.com");
    let mut forged = token.to_owned();
    forged.insert(20, 'A');
    assert!(super::mint::verified(&kit, &forged).is_none());
}
