//! Pasted texts, one at least for every shape in which people paste errors.

use crate::decode::paste;
use crate::model::{FactKind, Reading, Shape};

const TAIL: &str = "Trace ID: 11111111-2222-3333-4444-555555555555 Correlation ID: aaaaaaaa-2222-3333-4444-555555555555 Timestamp: 2026-11-22 14:02:11Z";
const CORRELATION: &str = "aaaaaaaa-2222-3333-4444-555555555555";

/// The one reading of a text.
pub(super) fn only(text: &str) -> Reading {
    let mut readings = paste(text);
    assert_eq!(readings.len(), 1, "{text}\n{readings:#?}");
    readings.remove(0)
}

/// Every row: a text, its code, its error.
pub(super) fn check(rows: &[(&str, &str, &str)]) {
    for (text, code, error) in rows {
        let reading = only(text);
        let codes: Vec<&str> = Some(*code)
            .filter(|code| !code.is_empty())
            .into_iter()
            .collect();
        assert_eq!(reading.codes(), codes, "{text}");
        assert_eq!(reading.error().unwrap_or_default(), *error, "{text}");
    }
}

#[test]
fn bare_messages_and_exceptions() {
    check(&[
        ("AADSTS50013: The assertion is too old.", "AADSTS50013", ""),
        (
            "Contoso.Identity.TokenException: AADSTS7000112: Application 'XXX'(XXX) is disabled.",
            "AADSTS7000112",
            "",
        ),
        (
            "Contoso.TokenException: 'AADSTS500131: The audience is 'api://x' and not",
            "AADSTS500131",
            "",
        ),
        (
            "Error: AADSTS7002138: No federated identity matches",
            "AADSTS7002138",
            "",
        ),
        (
            "New-ContosoToken : AADSTS530034: Blocked for risk.",
            "AADSTS530034",
            "",
        ),
        (
            "Exception: ('Could not sign in. It said:', 'AADSTS50126: Wrong name or password.')",
            "AADSTS50126",
            "",
        ),
        (
            "AADSTS501051: Application 'x'(y) \n    is not assigned to a role for 'z'",
            "AADSTS501051",
            "",
        ),
        (
            "MSIS9605: The client may not use this resource.",
            "MSIS9605",
            "",
        ),
        ("it failed with aadsts 50105, they say", "AADSTS50105", ""),
    ]);
}

#[test]
fn errors_named_right_before_their_code() {
    check(&[
        (
            "interaction_required: AADSTS5000225: The tenant sleeps. ($error_uri)",
            "AADSTS5000225",
            "interaction_required",
        ),
        (
            "\"invalid_client: AADSTS501051: programmet saknar roll \"",
            "AADSTS501051",
            "invalid_client",
        ),
        (
            "(invalid_client) AADSTS7000222: The secret is too old.",
            "AADSTS7000222",
            "invalid_client",
        ),
        (
            "oauth2: \"invalid_grant\" \"AADSTS700082: Too long unused.\"",
            "AADSTS700082",
            "invalid_grant",
        ),
        (
            "tenant x: SubError: basic_action V2Error: invalid_grant AADSTS50076: A second factor. Time",
            "AADSTS50076",
            "invalid_grant",
        ),
        (
            "V2Error: invalid_grant AADSTS500341: アカウント {ID} が {TENANT_ID} にありません。",
            "AADSTS500341",
            "invalid_grant",
        ),
        (
            "Auth error\nError: Bad Request,\nerror: invalid_request,\ndescription: AADSTS9002326: Only for 'Single-Page Application'.",
            "AADSTS9002326",
            "invalid_request",
        ),
        (
            "TokenException - AADB2C90273: Odd answer : 'Error: access_denied,Error Description: No permission'.",
            "AADB2C90273",
            "access_denied",
        ),
    ]);
    assert_eq!(
        only("SubError: basic_action V2Error: invalid_grant AADSTS50076: x").suberror(),
        Some("basic_action")
    );
}

#[test]
fn json_whole_cut_wrapped_and_embedded() {
    let whole = format!(
        "{{\n \"error\": \"invalid_client\",\n \"error_description\": \"AADSTS500112: The reply address 'https://x/?code=XXXX' differs. {TAIL}\",\n \"error_codes\": [\n  500112\n ]\n}}"
    );
    let cut = &whole[..whole.find("Correlation").unwrap()];
    let quoted = format!("400 Bad Request\n\n> {}", whole.replace("\n ", ""));
    let wrapped = " {\"error\":\"invalid_client\",\"error_description\":\"AADSTS700024: Not in its time. It is valid from\n1970-01-01T00:00:00.0Z until .....\" }";
    let java = "java.io.IOException: {\"error_description\":\"AADSTS7000222: Too old.\\r\\nTrace ID: 11111111-2222-3333-4444-555555555555\",\"error\":\"invalid_client\"}\n\tat a.B.c(D.java:5)";
    let python = "Failed '{'id': '/tenants/XXX'}' due to 'Get Token returned http error: 400 and: {\"error\":\"interaction_required\",\"error_description\":\"AADSTS50076: A second factor.\\r\\nTrace ID: XXX\",\"error_codes\":[50076],\"correlation_id\":\"XXX\",\"suberror\":\"basic_action\"}'\nNothing found for 'None'.";
    let head = "is too old or not valid. Trace ID: 11111111-2222-3333-4444-555555555555 Timestamp: 2026-11-22 14:02:11Z\",\"error_codes\":[70043],\"suberror\":\"token_expired\"}";
    let http = "HTTP/1.1 400 Bad Request\nContent-Type: application/json\n\n{  \n \"error\": \"invalid_grant\",\n \"error_description\": \"AADSTS50181: No.\",  \n \"timestamp\": \"yyyy-mm-dd 10:15:00Z\",";
    let go = format!(
        "http call(https://login.contoso.example/***/token)(POST) error: reply status code was 401:\n {}",
        whole.replace('\n', "")
    );
    check(&[
        (&whole, "AADSTS500112", "invalid_client"),
        (cut, "AADSTS500112", "invalid_client"),
        (&quoted, "AADSTS500112", "invalid_client"),
        (wrapped, "AADSTS700024", "invalid_client"),
        (java, "AADSTS7000222", "invalid_client"),
        (python, "AADSTS50076", "interaction_required"),
        (head, "AADSTS70043", ""),
        (http, "AADSTS50181", "invalid_grant"),
        (&go, "AADSTS500112", "invalid_client"),
    ]);
    assert_eq!(
        only(&whole)
            .first(FactKind::Code)
            .map(|fact| fact.from.word())
            .as_deref(),
        Some("/error_codes/0")
    );
    assert_eq!(only(python).value(FactKind::CorrelationId), None);
    assert_eq!(only(&go).value(FactKind::Status), Some("401"));
    assert!(
        only(head)
            .value(FactKind::Message)
            .is_some_and(|m| m.starts_with("is too old"))
    );
}

#[test]
fn json_inside_json_at_any_depth() {
    let mut text = r#"{"error":"unauthorized_client","error_description":"AADSTS700016: \"x\" is unknown.","error_codes":[700016],"correlation_id":"aaaaaaaa-2222-3333-4444-555555555555"}"#.to_owned();
    for _ in 0..4 {
        let reading = only(&text);
        assert_eq!(
            (reading.codes(), reading.error()),
            (vec!["AADSTS700016"], Some("unauthorized_client")),
            "{text}"
        );
        assert_eq!(
            reading.value(FactKind::Description),
            Some("AADSTS700016: \"x\" is unknown.")
        );
        assert_eq!(reading.value(FactKind::CorrelationId), Some(CORRELATION));
        text = serde_json::json!({ "level": "error", "message": text }).to_string();
    }
}

#[test]
fn objects_as_programs_print_them() {
    check(&[
        (
            "{ error: 'invalid_client',\n  error_description:\n   'AADSTS7000215: The secret of \\'x\\' is wrong.\\r\\nTrace ID: 1',\n  error_codes: [ 7000215 ] }",
            "AADSTS7000215",
            "invalid_client",
        ),
        (
            "{'error': 'invalid_grant', 'error_description': 'AADSTS65001: No consent.', 'error_codes': [65001]}",
            "AADSTS65001",
            "invalid_grant",
        ),
        (
            "map[error:invalid_grant error_description:AADSTS65001: No consent.]",
            "AADSTS65001",
            "invalid_grant",
        ),
        (
            "{\"error\"=>\"invalid_grant\", \"error_description\"=>\"AADSTS65001: No consent.\"}",
            "AADSTS65001",
            "invalid_grant",
        ),
        (
            "  errorCode: 'invalid_grant',\n  errorMessage: '50126',\n  errorNo: '50126',\n  subError: ''",
            "AADSTS50126",
            "invalid_grant",
        ),
    ]);
}

#[test]
fn pages_and_tables_that_the_browser_shows() {
    let page = "Request Id: 11111111-2222-3333-4444-555555555555\nCorrelation Id: aaaaaaaa-2222-3333-4444-555555555555\nTimestamp: 2026-11-22T14:02:11Z\nMessage: AADSTS165000: Some fields are missing.";
    let chinese = "登录\n抱歉，登录时遇到问题。\n\nAADSTS50001: 找不到应用程序。";
    let table = "Sign-in error code\t50126\nFailure reason\tWrong password\nCorrelation ID\taaaaaaaa-2222-3333-4444-555555555555";
    check(&[
        (page, "AADSTS165000", ""),
        (chinese, "AADSTS50001", ""),
        (table, "AADSTS50126", ""),
    ]);
    for text in [page, table] {
        assert_eq!(only(text).value(FactKind::CorrelationId), Some(CORRELATION));
    }
    assert!(
        only(page)
            .value(FactKind::Message)
            .is_some_and(|m| m == "AADSTS165000: Some fields are missing.")
    );
    let html = "<html><p>AADSTS50011: No &quot;match&quot;.</p><p>Correlation Id: aaaaaaaa-2222-3333-4444-555555555555</p></html>";
    assert_eq!(only(html).shape, Shape::Html);
    assert_eq!(
        only(html).value(FactKind::Message),
        Some("AADSTS50011: No \"match\".")
    );
}

#[test]
fn ids_without_gaps_and_under_translated_names() {
    let glued = "AADSTS7000218: Send 'client_secret'.Trace ID: 11111111-2222-3333-4444-555555555555Correlation ID: aaaaaaaa-2222-3333-4444-555555555555Timestamp: 2026-11-22 14:02:11Z";
    let japanese = "AADSTS50011: 一致しません。\nトレース ID: 11111111-2222-3333-4444-555555555555\n相関 ID: aaaaaaaa-2222-3333-4444-555555555555\nタイムスタンプ: 2026-11-22 14:02:11Z";
    let chinese = "AADSTS50011：地址不匹配。跟踪 ID：11111111-2222-3333-4444-555555555555 相关 ID：aaaaaaaa-2222-3333-4444-555555555555 时间戳：2026-11-22 14:02:11Z";
    let german = "AADSTS50011: Passt nicht. Ablaufverfolgungs-ID: 11111111-2222-3333-4444-555555555555 Korrelations-ID: aaaaaaaa-2222-3333-4444-555555555555 Zeitstempel: 2026-11-22 14:02:11Z";
    let french = "AADSTS50011: Non. ID de suivi : 11111111-2222-3333-4444-555555555555 ID de corrélation : aaaaaaaa-2222-3333-4444-555555555555 Horodatage : 2026-11-22 14:02:11Z";
    for text in [glued, japanese, chinese, german, french] {
        let reading = only(text);
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
        assert!(
            reading
                .value(FactKind::Message)
                .is_some_and(|m| !m.contains("ID")),
            "{reading:?}"
        );
    }
}

#[test]
fn addresses_whole_half_decoded_and_nested() {
    check(&[
        (
            "https://app.contoso.example/_/?error=login_required&error_description=AADSTS50058:+The+user's+session+is+gone.",
            "AADSTS50058",
            "login_required",
        ),
        (
            "error=invalid_grant&error_description=AADSTS50076%3A%20x",
            "AADSTS50076",
            "invalid_grant",
        ),
        (
            "AADB2C90118:+Forgotten. Correlation+ID:+aaaaaaaa-2222-3333-4444-555555555555",
            "AADB2C90118",
            "",
        ),
        (
            "GET /cb?to=https%3A%2F%2Fapp%2F%3Ferror%3Dinteraction_required%26error_description%3DAADSTS50105%253A%2Bno HTTP/1.1",
            "AADSTS50105",
            "interaction_required",
        ),
        (
            "look at https://login.contoso.example/error?code=50105 please",
            "AADSTS50105",
            "",
        ),
    ]);
    assert_eq!(
        only("AADB2C90118:+Forgotten. Correlation+ID:+aaaaaaaa-2222-3333-4444-555555555555")
            .value(FactKind::CorrelationId),
        Some(CORRELATION)
    );
}

#[test]
fn challenges_with_and_without_their_header() {
    let header = r#"WWW-Authenticate: Bearer realm="", authorization_uri="https://login.contoso.example/common", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZX19fQ==""#;
    let bare = header.trim_start_matches("WWW-Authenticate: ");
    let json = serde_json::json!({ "headers": { "www-authenticate": bare } }).to_string();
    for text in [header, bare, &json] {
        let reading = only(text);
        assert_eq!(reading.error(), Some("insufficient_claims"), "{text}");
        assert!(reading.claims().is_some(), "{text}");
    }
    assert_eq!(only(header).shape, Shape::Challenge);
}

#[test]
fn numbers_count_only_where_something_calls_them_a_code() {
    for text in [
        "error code: 50076",
        "Error Code\n50076",
        "{\"errorCode\":50076,\"x\":1}",
        "{\"resultType\":\"50076\"}",
        "50076",
        " \"50076\" ",
    ] {
        assert_eq!(only(text).codes(), ["AADSTS50076"], "{text}");
    }
    for text in [
        "there are 50076 apples",
        "port 50076",
        "error code: 500",
        "error code: 10060",
        "exit code 50076x",
        "code 50076",
        "?code=50076",
        "AADSTSxxxxx",
        "status 50076",
    ] {
        assert_eq!(paste(text), [], "{text}");
    }
}

#[test]
fn sentences_are_not_errors() {
    for text in [
        "",
        "error: something went wrong",
        "Error: timeout",
        "{\"error\":\"something went wrong\"}",
        "error: file_not_found",
        "an error occurred: see the log",
        "Exception of type 'ClaimsChallengeRequired' was thrown.",
        "Correlation ID: aaaaaaaa-2222-3333-4444-555555555555",
        "{\"access_token\":\"x\",\"expires_in\":3599}",
        "http://localhost/?code=abc&state=1",
    ] {
        assert_eq!(paste(text), [], "{text}");
    }
    check(&[
        ("invalid_grant", "", "invalid_grant"),
        (
            "{\"error\":\"my_own\",\"error_description\":\"x\"}",
            "",
            "my_own",
        ),
    ]);
}

#[test]
fn several_errors_are_told_apart_and_repeats_merged() {
    let first = format!("AADSTS50076: A second factor. {TAIL}");
    let second = first
        .replace("50076", "65001")
        .replace("aaaaaaaa", "bbbbbbbb")
        .replace("11111111", "21111111");
    let log = format!("14:02 ERROR {first}\n14:03 ERROR {second}\n14:04 ERROR {second}\n");
    let codes = |text: &str| {
        paste(text)
            .iter()
            .map(|r| r.codes().join("+"))
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(&log), ["AADSTS50076", "AADSTS65001"]);
    let objects = r#"[{"error":"invalid_grant","error_codes":[50076]},{"error":"invalid_grant","error_codes":[65001]}]"#;
    assert_eq!(codes(objects), ["AADSTS50076", "AADSTS65001"]);
    let lines = "AADSTS50076: one\nAADSTS50079: two\nAADSTS50076: one";
    assert_eq!(codes(lines), ["AADSTS50076", "AADSTS50079"]);
    let same_code = format!(
        "{first}\n{}",
        first
            .replace("aaaaaaaa", "cccccccc")
            .replace("11111111", "31111111")
    );
    assert_eq!(codes(&same_code), ["AADSTS50076", "AADSTS50076"]);
    let nested = "AADSTS70002: No. AADSTS500133: The assertion is too old.";
    assert_eq!(codes(nested), ["AADSTS500133+AADSTS70002"]);
    let with_body = format!(
        "ErrorCode: invalid_grant\nTokenException: {first}\n at x\nResponseBody: {{\"error\":\"invalid_grant\",\"error_description\":\"{first}\",\"error_codes\":[50076],\"suberror\":\"basic_action\"}}"
    );
    let reading = only(&with_body);
    assert_eq!(
        (reading.error(), reading.suberror()),
        (Some("invalid_grant"), Some("basic_action"))
    );
}

#[test]
fn numbers_of_other_systems_are_facts_beside_an_error() {
    let reading =
        only("WAM Error: 0xcaa20003, ACS50012: x. AADSTS70002: No. AADSTS50126: Wrong password.");
    let numbers: Vec<&str> = reading
        .all(FactKind::OtherNumber)
        .map(|fact| fact.value.as_str())
        .collect();
    assert_eq!(numbers, ["HRESULT 0xCAA20003", "ACS50012"]);
    assert_eq!(reading.codes(), ["AADSTS50126", "AADSTS70002"]);
    assert_eq!(paste("it failed with 0x80070005"), []);
}
