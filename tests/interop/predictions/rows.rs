//! The table: what is answered, to whom, and how often.

mod elsewhere;

use std::time::Duration;

use serde_json::{Value, json};

use super::answers::{HTML, JSON, PAGE, grant_with, granted, refused, refused_with, text};
use super::row::Row;
use crate::harness::endpoint::Answer;

/// Every call in which an error of OAuth is told in its own way.
const ALL: &[&str] = &[
    "client-credentials",
    "code",
    "silent",
    "silent-with-error",
    "silent-prompting",
    "interactive",
    "refresh-token",
    "password",
];
const MAIN: &[&str] = &["client-credentials", "silent-with-error", "silent"];
const APPLICATION: &[&str] = &["client-credentials"];

/// Errors of OAuth, by status and words.
const REFUSALS: &[(u16, &str)] = &[
    (400, "invalid_grant 50126"),
    (400, "invalid_grant 50076 sub=basic_action claims"),
    (400, "invalid_grant 50076 sub=basic_action"),
    (400, "invalid_grant 50076 claims"),
    (400, "invalid_grant 50072 sub=additional_action"),
    (400, "invalid_grant 53003 sub=message_only"),
    (400, "invalid_grant 65001 sub=consent_required"),
    (400, "invalid_grant 50055 sub=user_password_expired"),
    (400, "invalid_grant 70008 sub=bad_token"),
    (400, "invalid_grant 70043 sub=token_expired"),
    (400, "invalid_grant 70043 sub=token_expired claims"),
    (400, "invalid_grant 50155 sub=device_authentication_failed"),
    (400, "invalid_grant 70000 sub=client_mismatch"),
    (
        400,
        "invalid_grant 53005 sub=protection_policy_required claims",
    ),
    (400, "invalid_grant 50076 sub=ui_not_allowed"),
    (400, "invalid_grant 50076 sub=interrupted_user"),
    (400, "interaction_required 50079"),
    (400, "interaction_required 50079 claims"),
    (400, "interaction_required 50079 sub=basic_action claims"),
    (400, "interaction_required 50079 sub=bad_token"),
    (400, "consent_required 65001"),
    (400, "login_required 50058"),
    (400, "bad_token 70000"),
    (400, "ui_not_allowed 50000"),
    (400, "interrupted_user 50000"),
    (401, "invalid_client 7000215"),
    (400, "invalid_client 7000218"),
    (400, "invalid_request 900144"),
    (400, "invalid_scope 70011"),
    (400, "invalid_resource 500011"),
    (400, "unauthorized_client 700016"),
    (400, "unsupported_grant_type 70003"),
    (400, "access_denied 65004"),
    (400, "user_password_expired 50055"),
    (400, "temporarily_unavailable 90033"),
    (400, "invalid_grant 50196"),
    (400, "invalid_request 900144 said=login_required"),
    (403, "access_denied 53003 claims"),
    (200, "invalid_grant 50126"),
    (200, "invalid_grant 50076 sub=basic_action claims"),
];

fn refusals() -> Vec<Row> {
    REFUSALS
        .iter()
        .map(|(status, words)| {
            Row::new(
                &format!("{status} {words}"),
                vec![refused(*status, words)],
                ALL,
            )
        })
        .collect()
}

/// Statuses that ask for a pause. azure-identity obeys `Retry-After` itself, so it is served a short one, and only
/// once; whether the other two remember is seen with a long one, so that no busy machine lets it run out.
fn asked_to_wait() -> Vec<Row> {
    let row = |name: &str, wait: &str, answer| {
        Row::new(&format!("{name} Retry-After {wait}"), vec![answer], MAIN)
    };
    let mut rows = Vec::new();
    for wait in ["1", "30"] {
        let header = ("Retry-After", wait);
        let mut these = vec![
            row("429 HTML", wait, text(429, &[HTML, header], PAGE)),
            row("503 HTML", wait, text(503, &[HTML, header], PAGE)),
        ];
        for status in [400, 401, 429, 503] {
            let answer = refused_with(status, "temporarily_unavailable 90055", header);
            these.push(row(&status.to_string(), wait, answer));
        }
        let suited = these.into_iter().map(|row| match wait {
            "1" => row.once(),
            _ => row.only(&["msal-python", "msal-js"]),
        });
        rows.extend(suited);
    }
    rows
}

fn throttled() -> Vec<Row> {
    let busy = "temporarily_unavailable 90055";
    let down = "temporarily_unavailable 90033";
    let row = |name: &str, answer| Row::new(name, vec![answer], MAIN);
    let until = r#"{"error":"temporarily_unavailable","timestamp":"{now}"}"#;
    let claims = "invalid_grant 50076 sub=basic_action claims";
    vec![
        row(
            "429 Retry-After date",
            text(429, &[JSON, ("Retry-After", "{in 2 s}")], until),
        ),
        row("429 no Retry-After", refused(429, busy)),
        row(
            "429 invalid_grant basic_action claims",
            refused(429, claims),
        ),
        row("503 JSON", refused(503, down)),
        row("503 HTML", text(503, &[HTML], PAGE)),
        row("503 invalid_grant", refused(503, "invalid_grant 50126")),
        row(
            "503 invalid_grant basic_action claims",
            refused(503, claims),
        ),
        row("500 server_error", refused(500, "server_error 90033")),
        row("500 empty", text(500, &[], "")),
        row("500 []", text(500, &[JSON], "[]")),
        row("500 no error", text(500, &[JSON], "{\"message\":\"down\"}")),
        row("502 HTML", text(502, &[HTML], PAGE)),
        row("504 JSON", refused(504, down)),
        row("501 JSON", refused(501, "server_error 90033")),
        row("505 JSON", refused(505, "server_error 90033")),
        row("408 JSON", refused(408, down)),
    ]
}

fn odd() -> Vec<Row> {
    let row = |name: &str, answer| Row::new(name, vec![answer], MAIN);
    let cut = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"token_type\"".to_vec();
    vec![
        row("200 HTML", text(200, &[HTML], PAGE)),
        row("400 HTML", text(400, &[HTML], PAGE)),
        row("403 HTML", text(403, &[HTML], PAGE)),
        row("200 empty", text(200, &[], "")),
        row("400 empty", text(400, &[], "")),
        row("404 empty", text(404, &[], "")),
        row(
            "200 truncated",
            text(
                200,
                &[JSON],
                r#"{"token_type":"Bearer","access_token":"an-access-to"#,
            ),
        ),
        row(
            "400 truncated",
            text(
                400,
                &[JSON],
                r#"{"error":"invalid_grant","error_description":"AADST"#,
            ),
        ),
        row(
            "400 text",
            text(400, &[("Content-Type", "text/plain")], "Bad Request"),
        ),
        row("200 Content-Length too long", Answer::Bytes(cut)),
        row("connection closed", Answer::Hangup),
        row("200 []", text(200, &[JSON], "[]")),
        row("200 null", text(200, &[JSON], "null")),
        row("200 42", text(200, &[JSON], "42")).when("a number"),
        row("200 string", text(200, &[JSON], "\"no\"")).when("a string"),
        row("400 []", text(400, &[JSON], "[]")),
        row("400 null", text(400, &[JSON], "null")),
        row("400 {}", text(400, &[JSON], "{}")).when("object is empty"),
        row("200 {}", text(200, &[JSON], "{}")).when("object is empty"),
        row(
            "200 without access_token",
            text(200, &[JSON], r#"{"token_type":"Bearer","expires_in":3599}"#),
        )
        .when("holds anything"),
        row(
            "200 empty access_token",
            grant_with("access_token", json!("")),
        ),
    ]
}

fn granted_oddly() -> Vec<Row> {
    let row = |name: &str, answer| Row::new(name, vec![answer], MAIN).once();
    vec![
        row("200 granted", granted()),
        row("200 no token_type", grant_with("token_type", Value::Null)),
        row(
            "200 expires_in string",
            grant_with("expires_in", json!("3599")),
        ),
        row(
            "200 expires_in soon",
            grant_with("expires_in", json!("soon")),
        ),
        row("200 no expires_in", grant_with("expires_in", Value::Null)),
        Row::new("late", vec![late()], MAIN)
            .when("answers after all")
            .once(),
    ]
}

fn late() -> Answer {
    let Answer::Bytes(bytes) = granted() else {
        unreachable!("a grant is bytes")
    };
    Answer::Late(Duration::from_millis(1500), bytes)
}

fn redirected(other: &str) -> Vec<Row> {
    let to = |status: u16, host: &str| {
        let address = format!("https://{host}/{{id}}/elsewhere");
        text(status, &[("Location", &address)], "")
    };
    let nowhere = "127.0.0.1:1";
    vec![
        Row::new("302 to nobody", vec![to(302, nowhere)], APPLICATION)
            .when("no connection")
            .once(),
        Row::new("307 to nobody", vec![to(307, nowhere)], APPLICATION)
            .when("no connection")
            .once(),
        Row::new("307 to another host", vec![to(307, other)], APPLICATION)
            .when("with a token")
            .once(),
        Row::new("302 to another host", vec![to(302, other)], APPLICATION)
            .when("with a page")
            .once(),
    ]
}

/// Every row. `other` is the host that redirects lead to.
pub fn all(other: &str) -> Vec<Row> {
    let tables = [
        refusals(),
        asked_to_wait(),
        throttled(),
        odd(),
        granted_oddly(),
        redirected(other),
        elsewhere::all(),
    ];
    tables.into_iter().flatten().collect()
}
