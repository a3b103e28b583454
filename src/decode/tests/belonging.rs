//! Which ids, times and errors belong to which code.

use crate::decode::paste;
use crate::model::FactKind;

use super::pasted::only;

const TRACE: &str = "11111111-2222-3333-4444-555555555555";
const CORRELATION: &str = "aaaaaaaa-2222-3333-4444-555555555555";
const OTHER: &str = "99999999-2222-3333-4444-555555555555";
const SECOND: &str = "22222222-2222-3333-4444-555555555555";
const TIME: &str = "2026-11-22T14:02:11Z";

fn sentence() -> String {
    format!(
        "AADSTS50076: A second factor. Trace ID: {TRACE} Correlation ID: {CORRELATION} Timestamp: 2026-11-22 14:02:11Z"
    )
}

fn body() -> String {
    format!(
        r#"{{"error":"invalid_grant","error_description":"AADSTS50076: A second factor.\r\nTrace ID: {TRACE}\r\nCorrelation ID: {CORRELATION}\r\nTimestamp: 2026-11-22 14:02:11Z","error_codes":[50076],"trace_id":"{TRACE}","correlation_id":"{CORRELATION}"}}"#
    )
}

/// Code and error of every reading.
fn told(text: &str) -> Vec<(String, String)> {
    paste(text)
        .iter()
        .map(|reading| {
            let error = reading.error().unwrap_or_default();
            (reading.codes().join("+"), error.to_owned())
        })
        .collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(code, error)| ((*code).to_owned(), (*error).to_owned()))
        .collect()
}

#[test]
fn the_ids_of_the_servers_own_sentence_count_before_all_around_it() {
    let (said, body) = (sentence(), body());
    for text in [
        format!("x-ms-request-id: {OTHER}\n\n{said}"),
        format!("client-request-id: {OTHER}\n\n{said}"),
        format!("client-request-id: {OTHER}\n\n{body}"),
        format!("Correlation ID: {OTHER}\n{said}"),
        format!("[Correlation ID: {OTHER}] Sent.\n{said}"),
        format!("{said}\ncorrelation_id={OTHER}"),
        format!("telemetry: new correlation_id: {OTHER}\n{said}"),
        format!("{said}\ntelemetry: new correlation_id: {OTHER}\n{said}"),
        format!("timestamp=2020-01-01T00:00:00Z level=error msg=\"{said}\""),
        serde_json::json!({ "timestamp": "2020-01-01T00:00:00Z", "correlationId": OTHER, "message": said }).to_string(),
        format!("[2020-01-01 00:00:00Z - {OTHER}] {said}"),
    ] {
        let reading = only(&text);
        assert_eq!(reading.value(FactKind::TraceId), Some(TRACE), "{text}");
        assert_eq!(reading.value(FactKind::CorrelationId), Some(CORRELATION), "{text}");
        assert_eq!(reading.value(FactKind::Timestamp), Some(TIME), "{text}");
    }
}

#[test]
fn what_a_log_writes_before_an_error_counts_where_the_error_has_none_of_its_own() {
    for text in [
        format!("[2026-11-22 14:02:11Z - {OTHER}] AADSTS50076: A second factor."),
        format!("[11/22/2026 14:02:11 - {OTHER}] ErrorCode: invalid_grant"),
        format!("Correlation ID: {OTHER}\nAADSTS50076: A second factor."),
    ] {
        let reading = only(&text);
        assert_eq!(
            reading.value(FactKind::CorrelationId),
            Some(OTHER),
            "{text}"
        );
    }
    let node = only(
        "ServerError: invalid_client: 7000215 - [2026-11-22 14:02:11Z]: AADSTS7000215: Wrong.",
    );
    assert_eq!(node.value(FactKind::Timestamp), Some(TIME));
}

#[test]
fn ids_go_to_the_message_that_they_are_listed_with() {
    let ids = |text: &str| -> Vec<(Option<String>, Option<String>)> {
        let value =
            |kind| move |reading: &crate::model::Reading| reading.value(kind).map(str::to_owned);
        let readings = paste(text);
        readings
            .iter()
            .map(|r| {
                (
                    value(FactKind::TraceId)(r),
                    value(FactKind::CorrelationId)(r),
                )
            })
            .collect()
    };
    let some = |id: &str| Some(id.to_owned());
    let pages = format!(
        "Correlation Id: {CORRELATION}\nTimestamp: 2026-11-22T14:02:11Z\nMessage: AADSTS50020: One.\nRequest Id: {SECOND}\nCorrelation Id: {OTHER}\nTimestamp: 2026-11-22T14:05:11Z\nMessage: AADSTS50105: Two."
    );
    assert_eq!(
        ids(&pages),
        [(None, some(CORRELATION)), (some(SECOND), some(OTHER))]
    );
    let again = pages.replace("50105", "50020").replace(OTHER, CORRELATION);
    assert_eq!(ids(&again).len(), 2);
    let before =
        format!("Trace ID: {TRACE}\nAADSTS50076: One.\n\nTrace ID: {SECOND}\nAADSTS50079: Two.");
    let behind =
        format!("AADSTS50076: One.\nTrace ID: {TRACE}\n\nAADSTS50079: Two.\nTrace ID: {SECOND}");
    for text in [before, behind] {
        assert_eq!(
            ids(&text),
            [(some(TRACE), None), (some(SECOND), None)],
            "{text}"
        );
    }
    let (first, second) = (
        sentence(),
        sentence()
            .replace("50076", "65001")
            .replace(TRACE, SECOND)
            .replace(CORRELATION, OTHER),
    );
    let chain = format!(
        "AuthenticationRequiredError: {first} - Correlation ID: {CORRELATION} - Trace ID: {TRACE}\nAuthenticationError: {second} - Correlation ID: {OTHER} - Trace ID: {SECOND}"
    );
    assert_eq!(
        ids(&chain),
        [
            (some(TRACE), some(CORRELATION)),
            (some(SECOND), some(OTHER))
        ]
    );
}

#[test]
fn an_error_named_before_a_code_is_that_codes() {
    for named in [
        "invalid_grant: AADSTS700016: Two.",
        "(invalid_grant) AADSTS700016: Two.",
        "[invalid_grant] AADSTS700016: Two.",
        "oauth2: \"invalid_grant\" \"AADSTS700016: Two.\"",
        "ServerError: invalid_grant: AADSTS700016: Two.",
        "ErrorCode: invalid_grant AADSTS700016: Two.",
        "told error: 'invalid_grant', error_description: 'AADSTS700016: Two.'",
        "error_code: invalid_grant, error_description: AADSTS700016: Two.",
        "GET /cb?error=invalid_grant&error_description=AADSTS700016%3a+Two",
    ] {
        let text = format!("A: AADSTS7000215: One.\nB: {named}");
        let expected = pairs(&[("AADSTS7000215", ""), ("AADSTS700016", "invalid_grant")]);
        assert_eq!(told(&text), expected, "{text}");
    }
    assert_eq!(
        told(
            "AADSTS7000215: One.\nErrorCode: invalid_client\nAADSTS700016: Two.\nErrorCode: invalid_grant"
        ),
        pairs(&[
            ("AADSTS7000215", "invalid_client"),
            ("AADSTS700016", "invalid_grant")
        ])
    );
}

#[test]
fn errors_of_one_text_are_not_merged() {
    for (text, expected) in [
        (
            "{\"error\":\"invalid_request\",\"error_description\":\"Identity not found\"}\nCli: AADSTS70043: Too old.",
            pairs(&[("", "invalid_request"), ("AADSTS70043", "")]),
        ),
        (
            "WWW-Authenticate: Bearer error=\"invalid_token\"\n\nAADSTS50076: A second factor.",
            pairs(&[("", "invalid_token"), ("AADSTS50076", "")]),
        ),
        (
            "It said \"AADSTS50076: One.\" then \"AADSTS50126: Two.\"",
            pairs(&[("AADSTS50076", ""), ("AADSTS50126", "")]),
        ),
        (
            "\"It said AADSTS50076: One.\\n\\nthen AADSTS50126: Two.\"",
            pairs(&[("AADSTS50076", ""), ("AADSTS50126", "")]),
        ),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
    let portal = format!(
        "{}\n\nFrom the portal:\n\nSign-in error code\n\n50199",
        sentence()
    );
    assert_eq!(
        told(&portal),
        pairs(&[("AADSTS50076", ""), ("AADSTS50199", "")])
    );
}

#[test]
fn one_error_told_in_pieces_is_not_split() {
    for (text, expected) in [
        (
            "StatusCode : 400\nClaims : {\"access_token\":{\"nbf\":{\"essential\":true}}}\nResponseBody : {\"error\":\"invalid_grant\",\"error_description\":\"AADSTS50076: x\",\"error_codes\":[50076],\"suberror\":\"basic_action\"}\nErrorCode : invalid_grant",
            ("AADSTS50076", "invalid_grant"),
        ),
        (
            "Error type: invalid_grant\nError Message: invalid_grant: AADSTS50076: A second factor.",
            ("AADSTS50076", "invalid_grant"),
        ),
        (
            "Code: generalException\nMessage: It failed.\n AADSTS65001: No consent.\nErrorCode: invalid_grant",
            ("AADSTS65001", "invalid_grant"),
        ),
        (
            "invalid_grant - AADSTS70002: Not valid.\nAADSTS70008: Too old.",
            ("AADSTS70008+AADSTS70002", "invalid_grant"),
        ),
        (
            "{\"log\":\"{\\n\"}\n{\"log\":\" \\\"error\\\": \\\"invalid_grant\\\",\\n\"}\n{\"log\":\" \\\"error_description\\\": \\\"AADSTS50173: x\\\"\\n\"}",
            ("AADSTS50173", "invalid_grant"),
        ),
    ] {
        assert_eq!(told(text), pairs(&[expected]), "{text}");
    }
    let exception = only(
        "Claims : {\"access_token\":{\"nbf\":{\"essential\":true}}}\nResponseBody : {\"error\":\"invalid_grant\",\"error_codes\":[50076]}",
    );
    assert!(exception.claims().is_some());
}

#[test]
fn an_error_inside_the_message_of_an_api_is_the_one_that_counts() {
    let inner = serde_json::to_string(&body()).unwrap();
    let text = format!(
        r#"{{"error":{{"code":"UnknownError","message":{inner},"innerError":{{"date":"2020-01-01T00:00:00","request-id":"{SECOND}","client-request-id":"{OTHER}"}}}}}}"#
    );
    let reading = only(&text);
    assert_eq!(reading.error(), Some("invalid_grant"));
    assert_eq!(reading.value(FactKind::CorrelationId), Some(CORRELATION));
    assert_eq!(reading.value(FactKind::Timestamp), Some(TIME));
}

#[test]
fn a_code_that_only_wraps_another_is_never_first() {
    for (text, codes) in [
        (
            "AADSTS70002: Not valid. AADSTS70000: Malformed.",
            ["AADSTS70000", "AADSTS70002"],
        ),
        (
            "AADB2C90273: Odd answer : 'Error: interaction_required,Error Description: AADSTS16000: Choose.'",
            ["AADSTS16000", "AADB2C90273"],
        ),
    ] {
        assert_eq!(only(text).codes(), codes, "{text}");
    }
}
