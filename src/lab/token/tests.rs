//! The token endpoint by tables: what an application gets, and why not.

use super::super::testing::{BASE, Bench, Counting, json, signer};
use crate::model::Moment;

mod agent;
mod apps;
mod behalf;
mod user;

const V2: &str = "/contoso.example/oauth2/v2.0/token";
const V1: &str = "/contoso.example/oauth2/token";
const DAEMON: &str = "grant_type=client_credentials&client_id={daemon}&client_secret={secret}&scope={graph}/.default";

/// A refusal in short: status, `error`, code, suberror, whether claims came.
type Short = (u16, &'static str, u64, &'static str, bool);

/// Asks, checks that the reply does not contradict itself, and compares it.
fn refused(bench: &mut Bench, path: &str, form: &str, expected: Short) {
    let answer = bench.told(path, form);
    let body = json(&answer);
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
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    assert_eq!(lines[1], format!("Trace ID: {}", text("trace_id")));
    assert_eq!(
        lines[2],
        format!("Correlation ID: {}", text("correlation_id"))
    );
    assert_eq!(lines[3], format!("Timestamp: {}", text("timestamp")));
    assert_eq!(
        answer.header("x-ms-request-id"),
        Some(text("trace_id").as_str())
    );
    let (error, suberror) = (text("error"), text("suberror"));
    let found = (
        answer.status,
        error.as_str(),
        code,
        suberror.as_str(),
        body["claims"].is_string(),
    );
    assert_eq!(found, expected, "{form}");
}

fn members(answer: &super::Answer) -> Vec<String> {
    json(answer).as_object().unwrap().keys().cloned().collect()
}

#[test]
fn a_daemon_gets_a_token_and_nothing_else() {
    let mut bench = Bench::new();
    let answer = bench.told(&format!("{V2}?client-request-id=1"), DAEMON);
    assert_eq!(
        members(&answer),
        ["token_type", "expires_in", "ext_expires_in", "access_token"]
    );
    let life = json(&answer)["expires_in"].as_i64().unwrap();
    assert!((3_599..=5_399).contains(&life), "{life}");
    assert_eq!(answer.header("cache-control"), Some("no-store, no-cache"));
}

#[test]
fn a_daemon_may_send_its_secret_in_the_header() {
    use base64::Engine;
    let mut bench = Bench::new();
    let (id, secret) = bench.client("contoso-daemon");
    let pair = base64::engine::general_purpose::STANDARD
        .encode(format!("{id}:{}", secret.replace('~', "%7E")));
    let mut ask = super::super::ask::Ask {
        method: "POST".into(),
        base: BASE.into(),
        path: V2.into(),
        headers: vec![("authorization".into(), format!("Basic {pair}"))],
        body: b"grant_type=client_credentials&scope=https://graph.microsoft.com/.default".to_vec(),
        ..Default::default()
    };
    assert_eq!(bench.ask(&ask).status, 200);
    ask.headers[0].1.insert(8, 'x');
    assert!(matches!(bench.ask(&ask).status, 400 | 401));
}

const WRONG: [(&str, &str, Short); 10] = [
    (
        "{secret}",
        "wrong",
        (401, "invalid_client", 7_000_215, "", false),
    ),
    (
        "{daemon}",
        "nobody",
        (400, "unauthorized_client", 700_016, "", false),
    ),
    (
        "client_credentials",
        "magic",
        (400, "unsupported_grant_type", 70003, "", false),
    ),
    (
        "{graph}/.default",
        "User.Read",
        (400, "invalid_scope", 1_002_012, "", false),
    ),
    (
        "{graph}",
        "api://nothing",
        (400, "invalid_resource", 500_011, "", false),
    ),
    (
        "{graph}/.default",
        "",
        (400, "invalid_request", 900_144, "", false),
    ),
    (
        "client_credentials",
        "",
        (400, "invalid_request", 900_144, "", false),
    ),
    (
        "{secret}",
        "",
        (401, "invalid_client", 7_000_216, "", false),
    ),
    (
        "{daemon}",
        "{desktop}",
        (401, "invalid_client", 700_025, "", false),
    ),
    (
        "client_secret=",
        "client_assertion=",
        (400, "invalid_request", 900_144, "", false),
    ),
];

#[test]
fn each_wrong_request_of_a_daemon_has_its_own_refusal() {
    let mut bench = Bench::new();
    for (from, to, expected) in WRONG {
        refused(&mut bench, V2, &DAEMON.replace(from, to), expected);
    }
    let public = "grant_type=client_credentials&client_id={desktop}&scope={graph}/.default";
    refused(
        &mut bench,
        V2,
        public,
        (401, "invalid_client", 7_000_216, "", false),
    );
}

#[test]
fn an_expired_secret_is_renewed() {
    let mut bench = Bench::new();
    let (_, old) = bench.client("contoso-daemon");
    bench.change("expire-secret");
    refused(
        &mut bench,
        V2,
        DAEMON,
        (401, "invalid_client", 7_000_222, "", false),
    );
    bench.change("renew-secret");
    assert_ne!(bench.client("contoso-daemon").1, old);
    assert_eq!(bench.told(V2, DAEMON).status, 200);
}

#[test]
fn the_tenant_the_throttle_and_the_outage_come_before_everything() {
    let mut bench = Bench::new();
    let elsewhere = "/nowhere.example/oauth2/v2.0/token";
    refused(
        &mut bench,
        elsewhere,
        DAEMON,
        (400, "invalid_request", 90002, "", false),
    );
    bench.change("throttle 5s");
    refused(
        &mut bench,
        V2,
        DAEMON,
        (429, "temporarily_unavailable", 90055, "", false),
    );
    assert_eq!(bench.told(V2, DAEMON).header("retry-after"), Some("5"));
    bench.change("advance 5s");
    assert_eq!(bench.told(V2, DAEMON).status, 200);
    bench.change("outage on");
    refused(
        &mut bench,
        V2,
        DAEMON,
        (503, "temporarily_unavailable", 90033, "", false),
    );
}

#[test]
fn the_correlation_id_is_the_clients_own() {
    let mut bench = Bench::new();
    let own = "3f1c0000-0000-4000-8000-000000000001";
    let body = json(&bench.told(V2, &format!("client-request-id={own}")));
    assert_eq!(body["correlation_id"], own);
    let body = json(&bench.told(&format!("{V2}?client-request-id={own}"), ""));
    assert_eq!(body["correlation_id"], own);
    let body = json(&bench.told(V2, "client-request-id=%3Cscript%3E"));
    assert_eq!(body["correlation_id"].as_str().unwrap().len(), 36);
}

#[test]
fn a_token_says_when_it_was_issued_by_the_clock_of_the_lab() {
    let mut bench = Bench::new();
    bench.at = Moment::from_seconds(1_900_000_000);
    let body = json(&bench.told(V2, DAEMON));
    let entropy = Counting::default();
    let kit = super::super::kit::Kit::new(&entropy, signer());
    let token = body["access_token"].as_str().unwrap();
    let claims = super::mint::verified(&kit, token).unwrap();
    let life = body["expires_in"].as_i64().unwrap();
    let times = (claims["iat"].as_i64(), claims["exp"].as_i64());
    let end = 1_900_000_000 + life;
    assert_eq!(times, (Some(1_900_000_000), Some(end)));
    assert_eq!(claims["roles"][0], "User.Read.All");
    assert_eq!(claims["aud"], "https://graph.microsoft.com");
    assert_eq!(
        claims["iss"],
        format!("{BASE}/6d1c0e5a-7a3f-4c52-9b1e-2f8a4c9d7e10/v2.0")
    );
    let mut forged = token.to_owned();
    forged.insert(20, 'A');
    assert!(super::mint::verified(&kit, &forged).is_none());
}
