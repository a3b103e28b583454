//! Faults, odd replies, outages, the device loop, metadata and managed identity (clients page 2.1, 2.3, 2.4; protocol
//! page A8 and C).

use super::given::{by, check};

#[test]
fn an_outage_is_raised_repeated_or_refused_locally() {
    let words = "503 error=temporarily_unavailable flow=client-credentials";
    check("msal-python", &[(words, &["raised MsalServiceError"])]);
    check("msal-js", &[(words, &["raised ServerError"])]);
    check(
        "msal-dotnet",
        &[(
            words,
            &["raised MsalServiceException service_not_available ×2 +1s"],
        )],
    );
    check(
        "azure-identity",
        &[(words, &["raised ClientAuthenticationError ×4 +5s"])],
    );
    let waited = format!("{words} retry=2");
    check(
        "msal-dotnet",
        &[(
            &waited,
            &["raised MsalServiceException service_not_available"],
        )],
    );
    check(
        "azure-identity",
        &[(&waited, &["raised ClientAuthenticationError ×4 +6s"])],
    );
    let grant = "503 error=invalid_grant flow=client-credentials";
    check(
        "msal-dotnet",
        &[(grant, &["raised MsalUiRequiredException ×2 +1s"])],
    );
    check(
        "msal-js",
        &[("503 html", &["raised AuthError token_parsing_error"])],
    );
}

#[test]
fn a_body_that_is_no_json_is_a_parsing_error_of_some_kind() {
    for words in ["400 html", "200 html", "200 empty"] {
        check("msal-python", &[(words, &["raised json.JSONDecodeError"])]);
        check(
            "msal-js",
            &[(words, &["raised AuthError token_parsing_error"])],
        );
        check(
            "azure-identity",
            &[(words, &["raised ClientAuthenticationError"])],
        );
    }
    check(
        "msal-dotnet",
        &[
            (
                "400 html",
                &["raised MsalServiceException non_parsable_oauth_error"],
            ),
            (
                "400 empty",
                &["raised MsalServiceException http_status_not_200"],
            ),
            ("404 empty", &["raised MsalServiceException not_found"]),
            ("200 html", &["raised JsonException"]),
        ],
    );
    let throttled = by("msal-dotnet", "429 html flow=client-credentials");
    assert_eq!(
        throttled[0].kind,
        "MsalThrottledServiceException request_throttled"
    );
    assert_eq!(
        by("msal-python", "429 html retry=2")[0].kind,
        "json.JSONDecodeError"
    );
    assert_eq!(
        by("msal-js", "429 html retry=2")[0].kind,
        "AuthError token_parsing_error"
    );
    assert_eq!(by("azure-identity", "429 html retry=2")[0].requests, 4);
}

#[test]
fn json_that_is_no_object_and_a_success_without_a_token_trip_each_library_differently() {
    check(
        "msal-python",
        &[
            (
                "200 odd",
                &[
                    "raised TypeError if the body is null",
                    "raised AttributeError if the body is an array",
                    "raised TypeError if the body is a single value; the body is a number, true or false",
                    "raised AttributeError if the body is a single value; the body is a string",
                ],
            ),
            (
                "200 scalar",
                &[
                    "raised TypeError if the body is a number, true or false",
                    "raised AttributeError if the body is a string",
                ],
            ),
            (
                "200 flow=silent",
                &[
                    "returned a dict without access_token and error rt stays if the object holds anything at all",
                    "none None rt stays if the object is empty",
                ],
            ),
            ("200", &["returned a dict without access_token and error"]),
        ],
    );
    check(
        "msal-js",
        &[
            (
                "200 odd",
                &[
                    "raised ClientAuthError network_error if the body is null",
                    "returned a result with an empty accessToken if the body is an array",
                    "raised TypeError if the body is a single value",
                ],
            ),
            ("200", &["returned a result with an empty accessToken"]),
        ],
    );
    check(
        "azure-identity",
        &[
            ("200 odd", &["raised ClientAuthenticationError"]),
            ("200", &["raised ClientAuthenticationError"]),
        ],
    );
    check(
        "msal-dotnet",
        &[
            ("200", &["raised MsalClientException token_type_missing"]),
            ("200 null", &["raised NullReferenceException"]),
            ("200 empty", &["raised NullReferenceException"]),
            ("200 array", &["raised JsonException"]),
        ],
    );
    check("msal-go", &[("200", &["raised error"])]);
}

#[test]
fn faults_of_the_network_are_passed_on_wrapped_or_repeated() {
    check(
        "msal-python",
        &[
            (
                "nothing fault=dns",
                &["raised requests.exceptions.ConnectionError ×2"],
            ),
            (
                "nothing fault=tls",
                &["raised requests.exceptions.ConnectionError ×2"],
            ),
            (
                "nothing fault=cut",
                &["raised requests.exceptions.ConnectionError"],
            ),
            (
                "200 fault=cut",
                &["raised requests.exceptions.ChunkedEncodingError"],
            ),
            (
                "nothing fault=late",
                &[
                    "token if the server answers after all",
                    "raised requests.exceptions.ReadTimeout if the program set the timeout option",
                ],
            ),
        ],
    );
    check(
        "msal-js",
        &[
            ("nothing fault=tcp", &["raised AuthError network_error"]),
            ("200 fault=cut", &["raised AuthError token_parsing_error"]),
        ],
    );
    check(
        "msal-dotnet",
        &[
            ("nothing fault=dns", &["raised HttpRequestException"]),
            (
                "nothing fault=late",
                &["raised MsalServiceException request_timeout ×2 +1s"],
            ),
            (
                "nothing fault=connect-timeout",
                &["raised MsalServiceException request_timeout ×2 +1s"],
            ),
        ],
    );
    check(
        "azure-identity",
        &[(
            "nothing fault=cut",
            &["raised ClientAuthenticationError ×4 +5s"],
        )],
    );
    check("msal-go", &[("nothing fault=dns", &["raised error"])]);
}

#[test]
fn redirects_are_followed_with_the_secret_by_some() {
    let nobody = "if no connection can be made to the other address";
    let token = "token ×2 if the other address answers the repeated form with a token";
    let page = "×2 if the other address answers with a page";
    let cases = [
        (
            "msal-python",
            "requests.exceptions.ConnectionError",
            "json.JSONDecodeError",
        ),
        (
            "msal-js",
            "AuthError network_error",
            "AuthError token_parsing_error",
        ),
    ];
    for (library, unreachable, unreadable) in cases {
        let unreachable = format!("raised {unreachable} {nobody}");
        check(library, &[("307 location", &[token, &unreachable])]);
        let unreadable = format!("raised {unreadable} {page}");
        check(library, &[("302 location", &[&unreadable, &unreachable])]);
        assert!(by(library, "307 location")[0].why.contains("secret"));
    }
    let stays = &["raised ClientAuthenticationError"];
    check(
        "azure-identity",
        &[("307 location", stays), ("302 empty", stays)],
    );
    check(
        "msal-python",
        &[("302 empty", &["raised json.JSONDecodeError"])],
    );
}

#[test]
fn tokens_that_come_with_something_odd_are_taken_by_some() {
    let rows: &[(&str, [&str; 5])] = &[
        (
            "200 token odd-expiry",
            [
                "raised ValueError",
                "raised JsonException",
                "token",
                "raised errors.InvalidJsonErr",
                "raised ClientAuthenticationError",
            ],
        ),
        (
            "200 token no-expiry",
            [
                "token",
                "token",
                "token",
                "token",
                "raised ClientAuthenticationError",
            ],
        ),
        (
            "200 token no-type",
            [
                "token",
                "raised MsalClientException token_type_missing",
                "token",
                "token",
                "token",
            ],
        ),
    ];
    for (words, wanted) in rows {
        for (library, line) in super::super::LIBRARIES.iter().zip(wanted) {
            check(library.name, &[(words, &[line])]);
        }
    }
    check(
        "msal-python",
        &[(
            "200 empty-token",
            &["returned a dict with an empty access_token"],
        )],
    );
    check(
        "azure-identity",
        &[(
            "200 empty-token",
            &["returned an AccessToken with an empty token"],
        )],
    );
}

#[test]
fn the_device_loop_ends_where_each_library_says() {
    let dev = |words: &str| format!("flow=device-code {words}");
    let open = [
        "token ×2 +5s if the person finishes before the code runs out (here: by the next poll, 5 s later)",
    ];
    let ends = "if nobody finishes before the code runs out (here: 900 s, polled every 5 s)";
    let over = |what: &str| format!("{what} ×180 +900s {ends}");
    let late = |what: &str| format!("{what} ×181 +900s {ends}");
    let pending = dev("400 error=authorization_pending");
    check(
        "msal-python",
        &[(
            &pending,
            &[open[0], &late("returned authorization_pending")],
        )],
    );
    check(
        "azure-identity",
        &[(
            &pending,
            &[open[0], &late("raised ClientAuthenticationError")],
        )],
    );
    check(
        "msal-js",
        &[(
            &pending,
            &[
                open[0],
                &format!("raised ClientAuthError device_code_expired ×181 +900s {ends}"),
            ],
        )],
    );
    check(
        "msal-dotnet",
        &[(
            &pending,
            &[open[0], &over("raised MsalClientException code_expired")],
        )],
    );
    check("msal-go", &[(&pending, &[open[0], &over("raised error")])]);
    let slow = dev("400 error=slow_down");
    check(
        "msal-js",
        &[(&slow, &["raised AuthError post_request_failed"])],
    );
    check("msal-dotnet", &[(&slow, &["raised MsalServiceException"])]);
    assert_eq!(by("msal-python", &slow)[0].waits_s, 10);
    assert_eq!(by("azure-identity", &slow)[0].outcome, "token");
    assert_eq!(by("msal-go", &slow)[0].outcome, "token");
}

#[test]
fn every_other_error_ends_the_device_loop() {
    let dev = |words: &str| format!("flow=device-code {words}");
    for error in [
        "expired_token",
        "code_expired",
        "authorization_declined",
        "access_denied",
        "bad_verification_code",
    ] {
        let words = dev(&format!("400 error={error}"));
        check("msal-python", &[(&words, &[&format!("returned {error}")])]);
        check(
            "azure-identity",
            &[(&words, &["raised ClientAuthenticationError"])],
        );
        check(
            "msal-js",
            &[(&words, &["raised AuthError post_request_failed"])],
        );
        check("msal-dotnet", &[(&words, &["raised MsalServiceException"])]);
        check("msal-go", &[(&words, &["raised errors.CallErr"])]);
    }
    let refused = dev("400 error=invalid_grant sub=basic_action claims");
    check(
        "msal-python",
        &[(&refused, &["returned invalid_grant claims kept"])],
    );
    check(
        "msal-js",
        &[(
            &refused,
            &["raised AuthError post_request_failed claims lost"],
        )],
    );
    check(
        "azure-identity",
        &[(&refused, &["raised ClientAuthenticationError claims kept"])],
    );
}

#[test]
fn an_outage_kills_the_device_loop_of_some_and_not_of_others() {
    let outage = "flow=device-code 503 html";
    check("msal-python", &[(outage, &["raised MsalServiceError"])]);
    check(
        "msal-js",
        &[(outage, &["raised AuthError token_parsing_error"])],
    );
    check(
        "msal-js",
        &[(
            "flow=device-code 503 error=x",
            &["raised AuthError post_request_failed"],
        )],
    );
    let throttled = "flow=device-code 429 error=temporarily_unavailable retry=2";
    check(
        "msal-python",
        &[(throttled, &["returned temporarily_unavailable"])],
    );
    check(
        "msal-js",
        &[(throttled, &["raised AuthError post_request_failed"])],
    );
    let azure = by("azure-identity", throttled);
    assert_eq!(
        (
            azure[0].outcome.as_str(),
            azure[0].requests,
            azure[0].waits_s
        ),
        ("token", 2, 2)
    );
    assert_eq!(
        (
            azure[1].outcome.as_str(),
            azure[1].requests,
            azure[1].waits_s
        ),
        ("raised", 4, 6)
    );
    let closed = "flow=device-code nothing fault=cut";
    check(
        "msal-python",
        &[(closed, &["raised requests.exceptions.ConnectionError"])],
    );
    check("msal-js", &[(closed, &["raised AuthError network_error"])]);
    assert_eq!(by("azure-identity", closed)[0].outcome, "token");
    let page = "flow=device-code 200 html";
    check("msal-python", &[(page, &["raised json.JSONDecodeError"])]);
    check(
        "azure-identity",
        &[(page, &["raised ClientAuthenticationError"])],
    );
}

#[test]
fn metadata_that_cannot_be_read_fails_before_any_token_is_asked_for() {
    check(
        "msal-python",
        &[
            ("at=discovery 404 html", &["raised ValueError"]),
            (
                "at=discovery 400 error=invalid_tenant",
                &["raised ValueError"],
            ),
            ("at=discovery 503", &["raised MsalServiceError"]),
            ("at=discovery 200 html", &["raised ValueError"]),
            ("at=discovery 200 no-endpoint", &["raised KeyError"]),
        ],
    );
    for words in [
        "at=discovery 404",
        "at=discovery 200 html",
        "at=discovery 200 no-endpoint",
    ] {
        check(
            "msal-js",
            &[(
                words,
                &["raised ClientAuthError endpoints_resolution_error"],
            )],
        );
        check(
            "azure-identity",
            &[(words, &["raised ClientAuthenticationError"])],
        );
    }
}
