//! HTTP responses pasted whole, and where a pasted error surfaced.

use super::pasted::only;
use crate::decode::{paste, place};
use crate::model::{FactKind, Place, Shape};
use crate::strings::decode as strings;

const REFUSED: &str = r#"{"error":"invalid_grant","error_description":"AADSTS50076: A second factor is needed.\r\nTrace ID: 11111111-2222-3333-4444-555555555555\r\nCorrelation ID: aaaaaaaa-2222-3333-4444-555555555555\r\nTimestamp: 2026-11-22 14:02:11Z","error_codes":[50076],"suberror":"basic_action"}"#;

#[test]
fn status_headers_and_body_of_a_response_count() {
    for (before, behind) in [
        (
            "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nRetry-After: 7\r\n\r\n",
            "",
        ),
        ("HTTP/2 429 \nretry-after: 7\n\n", "\n"),
        (
            "> POST /contoso.example/oauth2/v2.0/token HTTP/1.1\n> Host: login.contoso.example\n>\n* upload completely sent off\n< HTTP/1.1 429 Too Many Requests\n< Retry-After: 7\n<\n",
            "\n* Connection #0 to host login.contoso.example left intact\n",
        ),
        (
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 429 Slow\r\nRetry-After: 7\r\n\r\n",
            "",
        ),
    ] {
        let text = format!("{before}{REFUSED}{behind}");
        let reading = only(&text);
        assert_eq!(reading.value(FactKind::Status), Some("429"), "{text}");
        assert_eq!(reading.value(FactKind::RetryAfter), Some("7"), "{text}");
        assert_eq!(reading.codes(), ["AADSTS50076"]);
        assert_eq!(reading.suberror(), Some("basic_action"));
        assert_eq!(reading.place, Some(Place::Token));
        assert_eq!(reading.first(FactKind::Trouble), None, "{reading:?}");
        for (kind, piece) in [
            (FactKind::Status, "429"),
            (FactKind::RetryAfter, "7"),
            (FactKind::SubError, "\"basic_action\""),
        ] {
            let fact = reading.first(kind).unwrap();
            assert_eq!(&text[place(&text, &fact.from).unwrap()], piece);
        }
    }
}

#[test]
fn a_response_without_an_error_of_oauth_is_odd_in_its_own_way() {
    for (text, shape, trouble) in [
        (
            "HTTP/1.1 503 Service Unavailable\nContent-Type: text/html\n\n<html><title>Down</title></html>",
            Shape::Html,
            strings::HTML_BODY,
        ),
        (
            "HTTP/1.1 400 Bad Request\nContent-Length: 0\n\n",
            Shape::Empty,
            strings::EMPTY_BODY,
        ),
        (
            "POST /common/oauth2/v2.0/token HTTP/1.1\n\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n[]",
            Shape::OddJson,
            strings::ARRAY_BODY,
        ),
        (
            "HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\"token_type\":\"Bearer\",\"expires_in\":3599}",
            Shape::Json,
            strings::NO_ACCESS_TOKEN,
        ),
    ] {
        let reading = only(text);
        assert_eq!(reading.shape, shape, "{text}");
        assert_eq!(reading.value(FactKind::Trouble), Some(trouble), "{text}");
    }
}

#[test]
fn a_success_and_a_mention_of_a_status_are_no_errors() {
    for text in [
        "HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\"value\":[]}",
        "HTTP/1.1 200 OK\nX: y\n\n{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"‹token›\"}",
        "HTTP/1.1 302 Found\nLocation: https://app.contoso.example/?code=‹code›\n\n",
        "it said HTTP/1.1 400 and then stopped",
        "HTTP/1.1 500 Internal Server Error",
    ] {
        assert_eq!(paste(text), [], "{text}");
    }
}

#[test]
fn a_challenge_and_the_body_beside_it_are_one_error() {
    let reading = only(
        "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer realm=\"\", error=\"insufficient_claims\", claims=\"eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwgInZhbHVlIjoiMTc2MzgyMDEzMSJ9fX0=\"\n\n{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"TokenCreatedWithOutdatedPolicies\"}}",
    );
    assert_eq!(reading.error(), Some("insufficient_claims"));
    assert!(reading.claims().is_some());
    assert_eq!(reading.place, Some(Place::Resource));
}

#[test]
fn a_redirect_response_is_read_from_its_address() {
    let reading = only(
        "HTTP/1.1 302 Found\nLocation: https://app.contoso.example/?error=access_denied&error_description=AADSTS65004%3a+No.&state=1\n\n",
    );
    assert_eq!(reading.codes(), ["AADSTS65004"]);
    assert_eq!(reading.place, Some(Place::Authorize));
}

#[test]
fn running_text_around_responses_is_not_lost() {
    let text = format!(
        "14:02 ERROR AADSTS7000215: Wrong secret.\nHTTP/1.1 400 Bad Request\nDate: x\n\n{REFUSED}"
    );
    let codes: Vec<String> = paste(&text)
        .iter()
        .flat_map(|reading| reading.codes().into_iter().map(str::to_owned))
        .collect();
    assert_eq!(codes, ["AADSTS7000215", "AADSTS50076"]);
}

#[test]
fn the_words_around_an_error_say_where_it_surfaced() {
    for (text, expected) in [
        (
            "Sorry, but we're having trouble signing you in.\nAADSTS50105: Not assigned.",
            Some(Place::Page),
        ),
        (
            "GET /signin-oidc?error=access_denied&error_description=AADSTS65004%3a+No HTTP/1.1",
            Some(Place::Authorize),
        ),
        (
            "http://169.254.169.254/metadata/identity/oauth2/token said {\"error\":\"invalid_request\",\"error_description\":\"Identity not found\"}",
            Some(Place::ManagedIdentity),
        ),
        (
            r#"{"error":"invalid_request","error_description":"Identity not found"}"#,
            Some(Place::ManagedIdentity),
        ),
        (
            r#"{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges."}}"#,
            Some(Place::Resource),
        ),
        ("ERROR AADSTS50126: Wrong.", None),
        (REFUSED, None),
    ] {
        assert_eq!(only(text).place, expected, "{text}");
    }
}
