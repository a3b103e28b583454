//! What is told in other languages, by other libraries and by other systems.

use super::pasted::{check, only};
use crate::decode::paste;
use crate::model::{FactKind, Place};

const TRACE: &str = "11111111-2222-3333-4444-555555555555";
const CORRELATION: &str = "aaaaaaaa-2222-3333-4444-555555555555";

#[test]
fn translated_names_keep_the_order_of_the_english_ones() {
    for (trace, correlation, time) in [
        (
            "Ablaufverfolgungs-ID:",
            "Korrelations-ID:",
            "Timestamp: 2026-11-22 14:02:11Z",
        ),
        (
            "ID de suivi :",
            "ID de corrélation :",
            "Timestamp : 2026-11-22 14:02:11Z",
        ),
        (
            "Tracerings-id:",
            "Correlatie-id:",
            "tijdstempel: 22-11-2026 14:02:11Z",
        ),
        ("跟踪 ID：", "相关 ID：", "时间戳：2026-11-22 14：02：11Z"),
        (
            "\\u8ddf\\u8e2a ID\\uff1a",
            "\\u76f8\\u5173 ID\\uff1a",
            "\\u65f6\\u95f4\\u6233\\uff1a2026-11-22 14:02:11Z",
        ),
        (
            "Trace ID:",
            "Correlation ID:",
            "Timestamp: 2026-11-22 14-02-11Z",
        ),
        (
            "Trace ID:",
            "Correlation ID:",
            "Timestamp: 11/22/2026 2:02:11 PM",
        ),
        (
            "Trace ID:",
            "Correlation ID:",
            "Timestamp: Sun, 22 Nov 2026 14:02:11 GMT",
        ),
    ] {
        let text = format!("AADSTS50126: x. {trace} {TRACE} {correlation} {CORRELATION} {time}");
        let reading = only(&text);
        assert_eq!(reading.value(FactKind::TraceId), Some(TRACE), "{text}");
        assert_eq!(
            reading.value(FactKind::CorrelationId),
            Some(CORRELATION),
            "{text}"
        );
        assert_eq!(
            reading.value(FactKind::Timestamp),
            Some("2026-11-22T14:02:11Z"),
            "{text}"
        );
    }
}

#[test]
fn a_number_is_a_code_where_a_label_in_any_language_says_so() {
    for text in [
        "Fehlercode: 90072",
        "Foutcode: 90072",
        "Código de error: 90072",
        "Código de erro: 90072",
        "Codice errore: 90072",
        "Code d’erreur : 90072",
        "错误代码：90072",
        "エラー コード: 90072",
        "오류 코드: 90072",
        "error code \"90072\"",
        "Error code '90072'",
        "error code (90072)",
        "> Sign-in error code\n> \n> 90072",
        "Error Code: 90072<br>Request Id: x",
        "Error Code: <b>90072</b>",
        "<td>Error Code:</td><td>90072</td>",
        "Error Code: 90072\\r\\nRequest Id: x",
    ] {
        assert_eq!(only(text).codes(), ["AADSTS90072"], "{text}");
    }
}

#[test]
fn errors_as_other_libraries_tell_them() {
    check(&[
        ("oauth2: \"server_error\"", "", "server_error"),
        ("oauth2: \"invalid_grant\" \"Too old\"", "", "invalid_grant"),
        (
            "[invalid_token_response] An error occurred: 401: [no body]",
            "",
            "invalid_token_response",
        ),
        (
            "Error: Error fetching tokens: invalid_grant: The token is too old.",
            "",
            "invalid_grant",
        ),
        (
            "RefreshError: ('invalid_grant: Token is too old.', {",
            "",
            "invalid_grant",
        ),
        (
            "an error with error code -51412, error invalid_grant, suberror bad_token",
            "",
            "invalid_grant",
        ),
        ("errorCode: invalid_grant**", "", "invalid_grant"),
        (
            "AuthenticationError: invalid_client(status code 401).\nMore:\nAADSTS7000215: x",
            "AADSTS7000215",
            "invalid_client",
        ),
        (
            "AADSTS50076 (invalid_grant)",
            "AADSTS50076",
            "invalid_grant",
        ),
        (
            "UserInfo={Key=AADSTS500011: x, MSALOAuthErrorKey=invalid_resource}",
            "AADSTS500011",
            "invalid_resource",
        ),
        (
            "{\"x\":\"y\\\\ninvalid_resource: AADSTS500011: z\"}",
            "AADSTS500011",
            "invalid_resource",
        ),
        (
            "invalid_grant \\u2013 AADSTS70002: z",
            "AADSTS70002",
            "invalid_grant",
        ),
    ]);
    let machine = only(&format!(
        "Invoke-RestMethod : {{\"StatusCode\":400,\"Message\":\"No identity of that name.\",\"CorrelationId\":\"{CORRELATION}\"}}"
    ));
    assert_eq!(machine.value(FactKind::CorrelationId), Some(CORRELATION));
}

#[test]
fn errors_of_other_systems_are_none_of_a_token() {
    for text in [
        r#"{"error":{"code":"card_declined","message":"The card was declined."}}"#,
        r#"{"error":{"code":"ResourceNotFound","message":"Not found."}}"#,
        r#"call failed: {"error":{"code":"ResourceNotFound","message":"Not found."}}"#,
        r#"{"error":{"code":"-2147024891, System.UnauthorizedAccessException","message":"x"}}"#,
        r#"{"status":401,"error":"Unauthorized","message":"x","path":"/api"}"#,
        r#"{"errorCode": 50034, "errorMessage": "Invalid postal code"}"#,
        r#"{\"errorCode\": 50034, \"errorMessage\": \"Invalid postal code\"}"#,
        "SQL Error code: 18456",
        "Oracle error code 50076",
        "https://shop.example/error?code=50076",
    ] {
        assert_eq!(paste(text), [], "{text}");
    }
    for error in ["InvalidAuthenticationToken", "Unauthorized"] {
        let text = format!(r#"{{"error":{{"code":"{error}","message":"x"}}}}"#);
        let reading = only(&text);
        assert_eq!(reading.error(), Some(error));
        assert_eq!(reading.place, Some(Place::Resource));
    }
    let refused = only(r#"HttpStatus: 403 {"error":{"code":"LeaseIsGone","message":"x"}}"#);
    assert_eq!(refused.error(), Some("LeaseIsGone"));
}

#[test]
fn claims_that_a_client_asks_for_and_claims_of_a_token_are_no_challenge() {
    for text in [
        "https://login.contoso.example/common/oauth2/v2.0/authorize?client_id=x&response_type=code&claims=%7B%22id_token%22%3A%7B%22groups%22%3Anull%7D%7D",
        r#"{"claims_supported":["sub"],"claims":{"sub":"x"}}"#,
        r#"claims: {"access_token":{"xms_cc":{"values":["cp1"]}}}"#,
    ] {
        assert_eq!(paste(text), [], "{text}");
    }
    let web = only(&format!(
        r#"www-authenticate: Bearer client_id="{CORRELATION}", claims="{{"access_token":{{"nbf":{{"essential":true}}}}}}", error_description="AADSTS65001: x""#
    ));
    assert!(web.claims().is_some());
    assert_eq!(web.value(FactKind::AppId), Some(CORRELATION));
    let named = only(
        "with claims challenge: {\"access_token\":{\"nbf\":{\"essential\":true}}}\nAADSTS50173: x",
    );
    assert!(named.claims().is_some());
}

#[test]
fn values_of_a_wrapped_sentence_are_read() {
    for (text, kind, value) in [
        (
            format!("AADSTS7000215: The secret is none of the app \n'{TRACE}'."),
            FactKind::AppId,
            TRACE,
        ),
        (
            format!("AADSTS50076: A second factor is needed to access\n'{TRACE}'."),
            FactKind::Resource,
            TRACE,
        ),
        (
            format!(
                "AADSTS700016: The application with identifier\n'{TRACE}' is not in the directory\n'Contoso'."
            ),
            FactKind::Tenant,
            "Contoso",
        ),
        (
            format!("AADSTS90002: Tenant {TRACE} not found."),
            FactKind::Tenant,
            TRACE,
        ),
    ] {
        assert_eq!(only(&text).value(kind), Some(value), "{text}");
    }
}
