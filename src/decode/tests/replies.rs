//! Replies and redirects, whole and odd.

use crate::decode::{redirect, reply};
use crate::model::{FactKind, Purpose, Reading, Reply, Shape, Spot};
use crate::strings::decode as strings;

const TRACE: &str = "11111111-2222-3333-4444-555555555555";
const CORRELATION: &str = "aaaaaaaa-2222-3333-4444-555555555555";

fn made(status: u16, headers: &[(&str, &str)], body: &str) -> Reply {
    Reply {
        status,
        headers: headers
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect(),
        body: body.as_bytes().to_vec(),
        cut: None,
    }
}

fn token(status: u16, body: &str) -> Reading {
    reply(&made(status, &[], body), Purpose::Token)
}

fn troubles(reading: &Reading) -> Vec<&str> {
    reading
        .all(FactKind::Trouble)
        .map(|fact| fact.value.as_str())
        .collect()
}

fn refusal() -> String {
    let claims = r#"{\"access_token\":{\"capolids\":{\"essential\":true,\"values\":[\"99999999-2222-3333-4444-555555555555\"]}}}"#;
    format!(
        r#"{{"error":"invalid_grant","error_description":"AADSTS50076: A second factor is needed.\r\nTrace ID: {TRACE}\r\nCorrelation ID: {CORRELATION}\r\nTimestamp: 2026-11-22 14:02:11Z","error_codes":[50076],"timestamp":"2026-11-22 14:02:11Z","trace_id":"{TRACE}","correlation_id":"{CORRELATION}","error_uri":"https://login.contoso.example/error?code=50076","suberror":"basic_action","claims":"{claims}"}}"#
    )
}

#[test]
fn a_refusal_gives_every_fact_with_its_pointer() {
    let reading = token(400, &refusal());
    let from = |kind| reading.first(kind).map(|fact| fact.from.word());
    assert_eq!(reading.shape, Shape::Json);
    assert_eq!(reading.error(), Some("invalid_grant"));
    assert_eq!(reading.suberror(), Some("basic_action"));
    assert_eq!(reading.codes(), ["AADSTS50076"]);
    assert_eq!(from(FactKind::Code).as_deref(), Some("/error_codes/0"));
    assert_eq!(from(FactKind::TraceId).as_deref(), Some("/trace_id"));
    assert_eq!(reading.value(FactKind::CorrelationId), Some(CORRELATION));
    assert_eq!(
        reading.value(FactKind::Timestamp),
        Some("2026-11-22T14:02:11Z")
    );
    assert_eq!(
        reading.value(FactKind::PolicyId),
        Some("99999999-2222-3333-4444-555555555555")
    );
    assert!(
        reading
            .claims()
            .is_some_and(|claims| claims["access_token"]["capolids"]["essential"] == true)
    );
    assert_eq!(
        reading
            .first(FactKind::Status)
            .map(|fact| fact.from.clone()),
        Some(Spot::Status)
    );
    assert!(troubles(&reading).is_empty());
}

#[test]
fn ids_come_from_the_description_where_the_members_are_missing() {
    let body = format!(
        r#"{{"error":"invalid_client","error_description":"AADSTS7000222: Too old.\r\nTrace ID: {TRACE}\r\nCorrelation ID: {CORRELATION}\r\nTimestamp: 2026-11-22 14:02:11Z"}}"#
    );
    let reading = token(401, &body);
    assert_eq!(reading.codes(), ["AADSTS7000222"]);
    assert_eq!(reading.value(FactKind::TraceId), Some(TRACE));
    assert_eq!(
        reading
            .first(FactKind::Code)
            .map(|fact| fact.from.word())
            .as_deref(),
        Some("/error_description")
    );
}

#[test]
fn codes_are_read_however_they_are_written() {
    for codes in [
        "[50076]",
        "[\"50076\"]",
        "\"50076\"",
        "50076",
        "[\"AADSTS50076\"]",
        "[50076, 50076]",
    ] {
        let reading = token(
            400,
            &format!(r#"{{"error":"invalid_grant","error_codes":{codes}}}"#),
        );
        assert_eq!(reading.codes(), ["AADSTS50076"], "{codes}");
    }
    for codes in ["[]", "null", "{}", "true", "[null, {}]", "[\"\"]"] {
        let reading = token(
            400,
            &format!(r#"{{"error":"invalid_grant","error_codes":{codes}}}"#),
        );
        assert!(reading.codes().is_empty(), "{codes}");
    }
}

#[test]
fn the_most_specific_code_comes_first() {
    let reading = token(
        400,
        r#"{"error":"invalid_grant","error_codes":[70002,500133]}"#,
    );
    assert_eq!(reading.codes(), ["AADSTS500133", "AADSTS70002"]);
    assert_eq!(
        reading
            .first(FactKind::Code)
            .map(|fact| fact.from.word())
            .as_deref(),
        Some("/error_codes/1")
    );
}

#[test]
fn the_description_decides_the_prefix() {
    let reading = token(
        400,
        r#"{"error":"access_denied","error_description":"AADB2C90118: Forgotten.","error_codes":[90118]}"#,
    );
    assert_eq!(reading.codes(), ["AADB2C90118"]);
}

#[test]
fn a_granted_reply_names_its_tokens_and_never_shows_them() {
    let reading = token(
        200,
        r#"{"token_type":"Bearer","expires_in":"3599","access_token":"eyJ-made-up","refresh_token":"0.A-made-up"}"#,
    );
    assert!(reading.has_token());
    assert!(troubles(&reading).is_empty());
    assert!(!format!("{reading:?}").contains("made-up"));
}

#[test]
fn successes_that_are_none_are_named() {
    let cases = [
        (
            r#"{"token_type":"Bearer","expires_in":3599}"#,
            strings::NO_ACCESS_TOKEN,
        ),
        (r#"{"access_token":""}"#, strings::EMPTY_ACCESS_TOKEN),
        (r#"{"error":"invalid_grant"}"#, strings::ERROR_WITH_SUCCESS),
        ("[]", strings::ARRAY_BODY),
        ("null", strings::NULL_BODY),
        ("\"text\"", strings::SCALAR_BODY),
        ("", strings::EMPTY_BODY),
        (" \r\n", strings::EMPTY_BODY),
        (
            "<!DOCTYPE html><html><title>Proxy</title></html>",
            strings::HTML_BODY,
        ),
        ("upstream error", strings::NOT_JSON),
        (r#"{"token_type":"Bearer","access_to"#, strings::CUT_JSON),
        (r#"{"a":1} trailing"#, strings::BROKEN_JSON),
    ];
    for (body, sentence) in cases {
        let reading = token(200, body);
        assert!(
            troubles(&reading).contains(&sentence),
            "{body}: {:?}",
            troubles(&reading)
        );
        assert!(!reading.has_token(), "{body}");
    }
    let device = reply(&made(200, &[], "{}"), Purpose::DeviceStart);
    assert_eq!(troubles(&device), [strings::NO_DEVICE_CODE]);
    assert!(troubles(&reply(&made(204, &[], ""), Purpose::Api)).is_empty());
    assert!(troubles(&reply(&made(200, &[], "[]"), Purpose::Api)).is_empty());
}

#[test]
fn wrong_types_are_troubles_and_not_the_end() {
    let reading = token(
        400,
        r#"{"error":["x"],"error_description":null,"suberror":{},"claims":[],"error_codes":[50076]}"#,
    );
    assert_eq!(reading.shape, Shape::OddJson);
    assert_eq!(troubles(&reading).len(), 3);
    assert_eq!(reading.codes(), ["AADSTS50076"]);
    let unreadable = token(400, r#"{"error":"invalid_grant","claims":"not json"}"#);
    assert_eq!(troubles(&unreadable), [strings::UNREADABLE_CLAIMS]);
}

#[test]
fn a_cut_reply_gives_what_is_there_and_no_half_number() {
    let whole = refusal();
    let cut = &whole[..whole.find("50076],").unwrap() + 3];
    let reading = token(400, cut);
    assert_eq!(reading.error(), Some("invalid_grant"));
    assert_eq!(reading.codes(), ["AADSTS50076"]);
    assert_eq!(troubles(&reading), [strings::CUT_JSON]);
    let bare = token(400, r#"{"error":"invalid_grant","error_codes":[5007"#);
    assert!(bare.codes().is_empty());
}

#[test]
fn codes_are_read_from_a_web_page() {
    let page = format!(
        "<!DOCTYPE html><html><head><title>Sign in</title></head><body><p>AADSTS50011: No match.</p><p>Correlation Id: <b>{CORRELATION}</b></p></body></html>"
    );
    let reading = reply(
        &made(400, &[("content-type", "text/html")], &page),
        Purpose::Token,
    );
    assert_eq!(reading.shape, Shape::Html);
    assert_eq!(reading.codes(), ["AADSTS50011"]);
    assert_eq!(reading.value(FactKind::CorrelationId), Some(CORRELATION));
    let silent = reply(
        &made(400, &[("x-ms-clitelem", "1,90102,0,,")], "<html></html>"),
        Purpose::Token,
    );
    assert_eq!(silent.codes(), ["AADSTS90102"]);
}

#[test]
fn headers_add_ids_waiting_times_and_challenges() {
    let claims =
        "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNzYzODIwMTMxIn19fQ";
    let challenge = format!(
        "Bearer realm=\"\", authorization_uri=\"https://login.contoso.example/common\", error=\"insufficient_claims\", claims=\"{claims}\""
    );
    let headers = [
        ("www-authenticate", "Negotiate"),
        ("www-authenticate", challenge.as_str()),
        ("x-ms-request-id", TRACE),
        ("client-request-id", "XXX"),
        ("retry-after", "12"),
    ];
    let body = r#"{"error":{"code":"InvalidAuthenticationToken","message":"Denied.","innerError":{"date":"2026-11-22T14:02:11","client-request-id":"aaaaaaaa-2222-3333-4444-555555555555"}}}"#;
    let reading = reply(&made(401, &headers, body), Purpose::Api);
    assert_eq!(reading.error(), Some("insufficient_claims"));
    assert_eq!(
        reading
            .claims()
            .map(|claims| claims["access_token"]["nbf"]["value"].clone()),
        Some("1763820131".into())
    );
    assert_eq!(reading.value(FactKind::TraceId), Some(TRACE));
    assert_eq!(reading.value(FactKind::CorrelationId), Some(CORRELATION));
    assert_eq!(reading.value(FactKind::RetryAfter), Some("12"));
    assert_eq!(reading.value(FactKind::Message), Some("Denied."));
    assert_eq!(reading.all(FactKind::Error).count(), 2);
    let token = reply(
        &made(401, &headers, r#"{"error":"invalid_client"}"#),
        Purpose::Token,
    );
    assert_eq!(token.error(), Some("invalid_client"));
}

#[test]
fn managed_identity_errors_are_read() {
    let service = r#"{"StatusCode":400,"Message":"No identity found.","CorrelationId":"aaaaaaaa-2222-3333-4444-555555555555"}"#;
    let reading = token(400, service);
    assert_eq!(reading.value(FactKind::Message), Some("No identity found."));
    assert_eq!(reading.value(FactKind::CorrelationId), Some(CORRELATION));
    let fabric = token(
        400,
        r#"{"error":{"correlationId":"aaaaaaaa-2222-3333-4444-555555555555","code":"SecretHeaderNotFound","message":"m"}}"#,
    );
    assert_eq!(fabric.error(), Some("SecretHeaderNotFound"));
    let google = token(
        401,
        r#"{"error":{"code":401,"message":"m","status":"UNAUTHENTICATED"}}"#,
    );
    assert_eq!(
        (google.error(), google.value(FactKind::OtherNumber)),
        (None, Some("401"))
    );
}

#[test]
fn a_redirect_instead_of_an_answer_is_evidence() {
    let headers = [(
        "location",
        "https://other.contoso.example/?error=access_denied",
    )];
    let reading = reply(&made(302, &headers, ""), Purpose::Token);
    assert_eq!(troubles(&reading), [strings::REDIRECTED]);
    assert_eq!(reading.error(), Some("access_denied"));
}

#[test]
fn redirects_are_read_from_query_fragment_and_form() {
    let query = format!(
        "error=interaction_required&error_description=AADSTS50076%3a+A+second+factor.%0d%0aTrace+ID%3a+{TRACE}%0d%0aCorrelation+ID%3a+{CORRELATION}%0d%0aTimestamp%3a+2026-11-22+14%3a02%3a11Z&error_uri=https%3a%2f%2flogin.contoso.example%2ferror%3fcode%3d50076&state=1"
    );
    for (url, shape) in [
        (format!("http://localhost:8400/?{query}"), Shape::Redirect),
        (
            format!("https://app.contoso.example/cb#{query}"),
            Shape::Redirect,
        ),
        (
            format!("https://app.contoso.example/#/cb?{query}"),
            Shape::Redirect,
        ),
        (format!("msalcontoso://auth?{query}"), Shape::Redirect),
        (format!("?{query}"), Shape::Redirect),
        (query.clone(), Shape::Form),
    ] {
        let reading = redirect(&url);
        assert_eq!(reading.shape, shape, "{url}");
        assert_eq!(reading.error(), Some("interaction_required"), "{url}");
        assert_eq!(reading.codes(), ["AADSTS50076"], "{url}");
        assert_eq!(
            reading.value(FactKind::CorrelationId),
            Some(CORRELATION),
            "{url}"
        );
        assert_eq!(
            reading.value(FactKind::Timestamp),
            Some("2026-11-22T14:02:11Z"),
            "{url}"
        );
    }
    let granted = redirect("http://localhost/?code=0.A-made-up&state=1&error_subcode=");
    assert_eq!(granted.value(FactKind::Token), Some("code"));
    assert!(!format!("{granted:?}").contains("made-up"));
    let cancelled = redirect("http://localhost/?error=access_denied&error_subcode=cancel");
    assert_eq!(cancelled.value(FactKind::ErrorSubcode), Some("cancel"));
}
