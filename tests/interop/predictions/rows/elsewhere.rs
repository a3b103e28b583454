//! Device codes, redirects of the browser, metadata.

use super::super::answers::{HTML, JSON, PAGE, granted, refused, refused_with, text};
use super::super::row::Row;
use crate::harness::endpoint::Answer;

const DEVICE: &[&str] = &["device-code"];
const REDIRECT: &[&str] = &["redirect"];
const APPLICATION: &[&str] = &["client-credentials"];

/// Errors that end the polling of a device code.
const ENDS: &[(u16, &str)] = &[
    (400, "expired_token"),
    (400, "code_expired"),
    (400, "authorization_declined"),
    (400, "access_denied"),
    (400, "bad_verification_code"),
    (400, "invalid_grant"),
    (400, "invalid_grant 50076 sub=basic_action claims"),
    (400, "invalid_grant 70008 sub=bad_token"),
    (400, "interaction_required 50079 claims"),
    (401, "invalid_client 7000218"),
];

/// A device code that is polled for.
fn device(name: &str, answers: Vec<Answer>) -> Row {
    Row::new(&format!("device {name}"), answers, DEVICE)
}

fn polled() -> Vec<Row> {
    let pending = || refused(400, "authorization_pending 70016");
    let slow = refused(400, "slow_down 70016");
    let ended = |(status, words): &(u16, &str)| {
        device(&format!("{status} {words}"), vec![refused(*status, words)])
    };
    let mut rows = vec![
        device("pending, ok", vec![pending(), granted()])
            .device(5, 60)
            .when("the person finishes")
            .once(),
        device("pending for ever", vec![pending()])
            .device(2, 7)
            .when("nobody finishes")
            .once(),
        device("slow_down, ok", vec![slow, granted()])
            .device(5, 60)
            .when("the person finishes")
            .once(),
        device("200 HTML", vec![text(200, &[HTML], PAGE)]),
        device("400 empty", vec![text(400, &[], "")]),
        device("200 {}", vec![text(200, &[JSON], "{}")]),
        device("400 {}", vec![text(400, &[JSON], "{}")]),
        device("200 []", vec![text(200, &[JSON], "[]")]),
        device("200 null", vec![text(200, &[JSON], "null")]),
    ];
    rows.extend(ENDS.iter().map(ended));
    rows
}

fn polled_in_an_outage() -> Vec<Row> {
    let busy = "temporarily_unavailable 90055";
    let wait = |seconds| refused_with(429, busy, ("Retry-After", seconds));
    let page = || text(503, &[HTML], PAGE);
    let json = || refused(503, "temporarily_unavailable 90033");
    vec![
        device("503 HTML, ok", vec![page(), granted()]).when("repetitions succeeds"),
        device("503 JSON, ok", vec![json(), granted()]).when("repetitions succeeds"),
        device("429 Retry-After 2, ok", vec![wait("2"), granted()])
            .when("repetitions succeeds")
            .once(),
        device("429 Retry-After 30", vec![wait("30")]).only(&["msal-python", "msal-js"]),
        device("429 for ever", vec![refused(429, busy)]).when("repetition fails"),
        device("503 HTML for ever", vec![page()]).when("repetition fails"),
        device("closed, ok", vec![Answer::Hangup, granted()]).when("repetitions succeeds"),
        device("closed for ever", vec![Answer::Hangup]).when("repetition fails"),
    ]
}

fn by_redirect() -> Vec<Row> {
    const QUERIES: &[&str] = &[
        "error=access_denied&error_description=AADSTS65004&error_subcode=cancel",
        "error=login_required&error_description=AADSTS50058",
        "error=interaction_required&error_description=AADSTS50076&suberror=basic_action&claims=%7B%22access_token%22%3A%7B%7D%7D",
        "error=consent_required&error_description=AADSTS65001",
        "error=server_error&error_description=AADSTS90033",
        "error=invalid_request&error_description=AADSTS90023",
    ];
    let row = |query: &&'static str| {
        Row::new(&format!("redirect {query}"), vec![granted()], REDIRECT).redirect(query)
    };
    QUERIES.iter().map(row).collect()
}

fn metadata() -> Vec<Row> {
    let row = |name: &str, answer| {
        Row::new(&format!("metadata {name}"), vec![answer], APPLICATION).discovery()
    };
    vec![
        row("404", text(404, &[HTML], PAGE)),
        row("400 invalid_tenant", refused(400, "invalid_tenant 90002")),
        row("503", text(503, &[HTML], PAGE)),
        row("200 HTML", text(200, &[HTML], PAGE)),
        row(
            "200 without token_endpoint",
            text(200, &[JSON], r#"{"issuer":"https://contoso.example/v2.0"}"#),
        ),
    ]
}

/// Every one of these rows.
pub fn all() -> Vec<Row> {
    let tables = [polled(), polled_in_an_outage(), by_redirect(), metadata()];
    tables.into_iter().flatten().collect()
}
