//! What libraries, shells, pages and machines print, in made-up words.

use super::pasted::{check, only};
use crate::decode::paste;
use crate::model::{FactKind, Shape};

#[test]
fn exceptions_of_every_library() {
    check(&[
        (
            "ServerError: invalid_grant: undefined - [undefined]: AADB2C90085: Something inside went wrong.\n    at e.createError (main.js:1:2)",
            "AADB2C90085",
            "invalid_grant",
        ),
        (
            "ServerError: invalid_client: 700024 - [2026-11-22 14:02:11Z]: AADSTS700024: Not in its time.",
            "AADSTS700024",
            "invalid_client",
        ),
        (
            "ServerError: invalid_client: Error(s): 7000215 - Timestamp: 2026-11-22 14:02:11Z - Description: AADSTS7000215: Wrong secret.",
            "AADSTS7000215",
            "invalid_client",
        ),
        (
            "BrowserAuthError: interaction_in_progress: One is open already.\n    at app.js:3",
            "",
            "interaction_in_progress",
        ),
        (
            "ClientAuthError: some_new_trouble: A sentence.",
            "",
            "some_new_trouble",
        ),
        (
            "MSAL.NetCore.4.69.1.0.MsalServiceException:\n\tErrorCode: managed_identity_request_failed\nMicrosoft.Identity.Client.MsalServiceException: No reply.",
            "",
            "managed_identity_request_failed",
        ),
        (
            "{u'error': u'invalid_grant', u'error_codes': [9002313], u'error_description': u'AADSTS9002313: Not well formed.'}",
            "AADSTS9002313",
            "invalid_grant",
        ),
        (
            "errorCode: 'invalid_client_credential',\n  errorMessage: 'The secret must not be empty'",
            "",
            "invalid_client_credential",
        ),
        (
            "com.contoso.msal.MsalServiceException: AADSTS50049: No such instance.\nTrace ID: 11111111-2222-3333-4444-555555555555\n\tat java.base/java.util.concurrent.CompletableFuture.get(CompletableFuture.java:2070)",
            "AADSTS50049",
            "",
        ),
        (
            "Fehler beim Anmelden: invalid\\_grant - AADSTS70043: Zu alt.",
            "AADSTS70043",
            "invalid_grant",
        ),
        (
            "ErrorMessage: server_error\nErrorDescription:\nNo more is said.",
            "",
            "server_error",
        ),
    ]);
}

#[test]
fn errors_of_apis_in_objects_and_in_lines() {
    check(&[
        (
            "request failed: 401 {\"error\": {\"code\": \"InvalidAuthenticationToken\", \"message\": \"Too old.\"}}",
            "",
            "InvalidAuthenticationToken",
        ),
        (
            "call failed: {\"error\":{\"code\":\"SecretHeaderNotFound\",\"message\":\"No header.\",\"correlationId\":\"aaaaaaaa-2222-3333-4444-555555555555\"}}",
            "",
            "SecretHeaderNotFound",
        ),
        (
            "Get-ContosoThing : It failed\nCode: Authentication_Unauthorized\nMessage: Not found.\nHttpStatusCode: Forbidden",
            "",
            "Authentication_Unauthorized",
        ),
        (
            "Get-ContosoUser : The token is too old.\n\nStatus: 401 (Unauthorized)\nErrorCode: InvalidAuthenticationToken",
            "",
            "InvalidAuthenticationToken",
        ),
        (
            "Error: 0xCAA2000C Somebody must act.\nCode: interaction_required\nDescription: AADSTS50076: A second factor.",
            "AADSTS50076",
            "interaction_required",
        ),
    ]);
    for text in [
        "Code: banana",
        "{\"code\":\"ERR_BAD_REQUEST\"}",
        "exit code: invalid",
        "error: network_error",
    ] {
        assert_eq!(paste(text), [], "{text}");
    }
}

#[test]
fn a_form_that_posts_itself_is_read() {
    let form = "<html><head><title>Working...</title></head><body><form method=\"POST\" name=\"hiddenform\" action=\"https://app.contoso.example/signin\"><input type=\"hidden\" name=\"error\" value=\"access_denied\" /><input type=\"hidden\" name=\"error_description\" value=\"AADSTS65004: The person said no.&#xD;&#xA;Trace ID: 11111111-2222-3333-4444-555555555555\" /><input type=\"hidden\" name=\"state\" value=\"7\" /><noscript><input type=\"submit\" value=\"Submit\" /></noscript></form></body></html>";
    let reading = only(form);
    assert_eq!(reading.shape, Shape::Html);
    assert_eq!(reading.error(), Some("access_denied"));
    assert_eq!(reading.codes(), ["AADSTS65004"]);
    let piece = &form[form.find("<input").unwrap()..form.find("<noscript").unwrap()];
    let reading = only(piece);
    assert_eq!(
        (reading.error(), reading.codes()),
        (Some("access_denied"), vec!["AADSTS65004"])
    );
    let posted =
        "error=access_denied&error_description=AADSTS65004%3a+The+person+said+no.%0d%0a&state=7";
    assert_eq!(only(posted).shape, Shape::Form);
    assert_eq!(only(posted).codes(), ["AADSTS65004"]);
}

#[test]
fn addresses_with_schemes_of_their_own() {
    for start in [
        "msauth://com.contoso.app/c2lnbg%3D%3D?",
        "msauth.com.contoso.app://auth?",
        "myapp://callback#",
        "ms-appx-web://Microsoft.AAD.BrokerPlugin/1?",
        "http://localhost:53682/?state=1&",
    ] {
        let url = format!(
            "{start}error=access_denied&error_subcode=cancel&error_description=AADSTS65004%3a+No."
        );
        let reading = only(&url);
        assert_eq!(reading.shape, Shape::Redirect, "{url}");
        assert_eq!(reading.error(), Some("access_denied"), "{url}");
        assert_eq!(reading.codes(), ["AADSTS65004"], "{url}");
        assert_eq!(reading.value(FactKind::ErrorSubcode), Some("cancel"));
    }
}

#[test]
fn what_the_token_service_of_a_machine_answers() {
    let service = only(
        "{\"statusCode\":400,\"message\":\"No identity of that name.\",\"correlationId\":\"aaaaaaaa-2222-3333-4444-555555555555\"}",
    );
    assert_eq!(service.value(FactKind::Status), Some("400"));
    assert_eq!(
        service.value(FactKind::Message),
        Some("No identity of that name.")
    );
    check(&[(
        "Status: BadRequest\nContent:\n{\"error\":\"invalid_request\",\"error_description\":\"Identity not found\"}\nHeaders:\nServer: IMDS/150",
        "",
        "invalid_request",
    )]);
    assert_eq!(paste("{\"statusCode\":404,\"message\":\"Not here.\"}"), []);
}

#[test]
fn results_of_windows_and_brokers_are_facts_and_no_codes() {
    let text = "SubError: basic_action V2Error: invalid_grant AADSTS50076: A second factor. Status: Response_Status.Status_InteractionRequired, Error code: 3399614476, Tag: 557973645";
    let reading = only(text);
    assert_eq!(reading.codes(), ["AADSTS50076"]);
    let numbers: Vec<&str> = reading
        .all(FactKind::OtherNumber)
        .map(|fact| fact.value.as_str())
        .collect();
    assert_eq!(numbers, ["HRESULT 0xCAA2000C", "tag 557973645"]);
    let teams = only("CAA20004 AADSTS53003: Blocked.");
    assert_eq!(
        teams.value(FactKind::OtherNumber),
        Some("HRESULT 0xCAA20004")
    );
    for text in [
        "Error Code: 80043490\nTimestamp: 2026-11-22T14:02:11.067Z",
        "Error code: 3400073293",
        "(0xcaa20003/-895352829)",
        "Something went wrong. CAA50021",
    ] {
        assert_eq!(paste(text), [], "{text}");
    }
}

#[test]
fn logs_of_brokers_and_of_sign_ins() {
    check(&[
        (
            "INFO LogTelemetryData:340 Key: server_suberror_code, Value: basic_action\nINFO LogTelemetryData:340 Key: wam_telemetry, Value: {\"x_ms_clitelem\":\"1,50076,0,3514.5787,\",\"server_error_code\":50076,\"ui_visible\":false}",
            "AADSTS50076",
            "",
        ),
        (
            "\"status\": {\n \"errorCode\": 50126,\n \"failureReason\": \"Wrong name or password.\"\n }",
            "AADSTS50126",
            "",
        ),
        ("Sign-in error code 50126", "AADSTS50126", ""),
        ("Error Code: 700003", "AADSTS700003", ""),
    ]);
    assert_eq!(
        only(
            "Key: server_suberror_code, Value: basic_action\nKey: x_ms_clitelem, Value: 1,50076,0,,"
        )
        .suberror(),
        Some("basic_action")
    );
}

#[test]
fn full_width_letters_digits_and_signs() {
    check(&[
        ("AADSTS５０１２６：密码错误。", "AADSTS50126", ""),
        ("错误：ＡＡＤＳＴＳ50126：密码错误。", "AADSTS50126", ""),
        (
            "error＝invalid_grant AADSTS50126：x",
            "AADSTS50126",
            "invalid_grant",
        ),
    ]);
}

#[test]
fn numbers_in_sight_are_no_codes() {
    for text in [
        "listening on 127.0.0.1:50076 (pid 65001)",
        "File \"app.py\", line 50126, in main",
        "HTTP/1.1 500 Internal Server Error",
        "id 50076000-5007-6500-7008-500760000000",
        "on 2026-11-22 at 50:07:60",
        "AADSTS",
        "see reference-error-codes#aadsts-error-codes",
        "AADSTS5007",
        "error_codes: []",
        "errorCode: 0",
        "errorCode: 401",
        "Google Sign-In error code: 12501",
        "errno 50076",
        "x_ms_clitelem: 1,0,0,,",
        "Internal Error Code: 557973641",
        "MSIS",
        "ERRORCODES 50076",
    ] {
        assert_eq!(paste(text), [], "{text}");
    }
}
