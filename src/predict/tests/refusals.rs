//! OAuth errors: the tables of the protocol page (B) and the clients page (2.3, 2.5).

use super::given::{by, check};

#[test]
fn msal_python_returns_every_oauth_error_below_500() {
    check(
        "msal-python",
        &[
            (
                "400 error=invalid_grant sub=basic_action claims flow=interactive",
                &["returned invalid_grant claims kept"],
            ),
            (
                "400 error=interaction_required flow=password",
                &["returned interaction_required"],
            ),
            (
                "401 error=invalid_client flow=client-credentials",
                &["returned invalid_client"],
            ),
            (
                "400 error=unauthorized_client",
                &["returned unauthorized_client"],
            ),
            (
                "200 error=invalid_grant flow=password",
                &["returned invalid_grant"],
            ),
            (
                "429 error=temporarily_unavailable retry=2 flow=client-credentials",
                &["returned temporarily_unavailable"],
            ),
            (
                "429 error=temporarily_unavailable retry=date flow=client-credentials",
                &["returned temporarily_unavailable"],
            ),
            (
                "429 error=temporarily_unavailable client=desktop",
                &["returned temporarily_unavailable"],
            ),
        ],
    );
}

#[test]
fn msal_python_hides_silent_errors_and_withholds_some_classifications() {
    let wanted = [
        "none None claims lost rt stays if acquire_token_silent is called",
        "returned invalid_grant claims kept rt stays if acquire_token_silent_with_error is called",
    ];
    check(
        "msal-python",
        &[(
            "400 error=invalid_grant sub=basic_action claims flow=silent",
            &wanted,
        )],
    );
    let look_at = |suberror: &str| {
        let words = format!("400 error=invalid_grant {suberror} flow=silent");
        by("msal-python", &words)[1].look_at.clone()
    };
    assert!(look_at("sub=basic_action").contains("here \"basic_action\""));
    let withheld = [
        "bad_token",
        "token_expired",
        "protection_policy_required",
        "client_mismatch",
        "device_authentication_failed",
    ];
    for suberror in withheld {
        assert!(
            look_at(&format!("sub={suberror}")).contains("\"\" on purpose"),
            "{suberror}"
        );
    }
    assert!(look_at("").contains("only with a suberror"));
}

#[test]
fn msal_js_classifies_by_error_suberror_and_wording() {
    let ui = |error: &str, suberror: &str, said: &str| {
        let words = format!("400 error={error} {suberror} {said} flow=client-credentials");
        let found = by("msal-js", &words);
        assert_eq!(found.len(), 1);
        found[0].kind == "InteractionRequiredAuthError"
    };
    for error in [
        "interaction_required",
        "consent_required",
        "login_required",
        "bad_token",
        "ui_not_allowed",
        "interrupted_user",
    ] {
        assert!(ui(error, "", ""), "{error}");
        assert!(
            ui("invalid_request", "", &format!("said=AADSTS1:{error}.")),
            "{error} in the description"
        );
    }
    for suberror in [
        "message_only",
        "additional_action",
        "basic_action",
        "user_password_expired",
        "consent_required",
        "bad_token",
        "ui_not_allowed",
        "interrupted_user",
    ] {
        assert!(
            ui("invalid_grant", &format!("sub={suberror}"), ""),
            "{suberror}"
        );
    }
    for suberror in [
        "token_expired",
        "device_authentication_failed",
        "client_mismatch",
        "protection_policy_required",
    ] {
        assert!(
            !ui("invalid_grant", &format!("sub={suberror}"), ""),
            "{suberror}"
        );
    }
    for error in [
        "invalid_grant",
        "invalid_client",
        "unauthorized_client",
        "access_denied",
        "user_password_expired",
    ] {
        assert!(!ui(error, "", ""), "{error}");
    }
}

#[test]
fn msal_js_keeps_claims_only_where_interaction_is_needed_and_deletes_a_dead_refresh_token() {
    check(
        "msal-js",
        &[
            (
                "400 error=invalid_grant sub=basic_action claims flow=silent",
                &["raised InteractionRequiredAuthError claims kept rt stays"],
            ),
            (
                "400 error=invalid_grant claims flow=silent",
                &["raised ServerError claims lost rt stays"],
            ),
            (
                "400 error=invalid_grant sub=bad_token flow=silent",
                &["raised InteractionRequiredAuthError rt gone"],
            ),
            (
                "400 error=invalid_grant sub=client_mismatch flow=silent",
                &["raised ServerError rt stays"],
            ),
            (
                "401 error=invalid_client flow=client-credentials",
                &["raised ServerError"],
            ),
            (
                "429 error=temporarily_unavailable code=AADSTS90055 retry=2 flow=client-credentials",
                &["raised ServerError"],
            ),
            (
                "429 error=temporarily_unavailable retry=date",
                &["raised ServerError"],
            ),
            (
                "200 error=invalid_grant flow=password",
                &["raised ServerError"],
            ),
        ],
    );
}

#[test]
fn msal_dotnet_knows_two_suberrors_that_need_no_interaction() {
    const UI: &[&str] = &["raised MsalUiRequiredException"];
    const CLAIMS: &[&str] = &["raised MsalClaimsChallengeException claims kept"];
    const SERVICE: &[&str] = &["raised MsalServiceException"];
    let rows: &[(&str, &[&str])] = &[
        ("400 error=invalid_grant", UI),
        ("400 error=INVALID_GRANT", UI),
        ("400 error=invalid_grant sub=bad_token", UI),
        ("400 error=invalid_grant sub=token_expired", UI),
        (
            "400 error=invalid_grant sub=device_authentication_failed",
            UI,
        ),
        ("400 error=invalid_grant sub=client_mismatch", SERVICE),
        (
            "400 error=invalid_grant sub=protection_policy_required",
            SERVICE,
        ),
        ("400 error=interaction_required sub=client_mismatch", UI),
        ("400 error=invalid_grant sub=basic_action claims", CLAIMS),
        ("400 error=interaction_required claims", CLAIMS),
        ("400 error=consent_required", SERVICE),
        ("400 error=login_required", SERVICE),
        ("401 error=invalid_client", SERVICE),
        ("400 error=user_password_expired", SERVICE),
        ("400 error=temporarily_unavailable", SERVICE),
    ];
    for (words, wanted) in rows {
        check(
            "msal-dotnet",
            &[(&format!("{words} flow=client-credentials"), wanted)],
        );
    }
    let confidential = "429 error=temporarily_unavailable flow=client-credentials";
    check("msal-dotnet", &[(confidential, SERVICE)]);
}

#[test]
fn msal_go_has_one_error_for_every_refusal() {
    check(
        "msal-go",
        &[
            (
                "400 error=invalid_grant sub=basic_action claims flow=silent",
                &["raised errors.CallErr claims kept rt stays"],
            ),
            (
                "429 error=temporarily_unavailable retry=2",
                &["raised errors.CallErr"],
            ),
            ("503 html", &["raised errors.CallErr"]),
            ("400 empty", &["raised errors.CallErr"]),
            (
                "200 error=invalid_grant flow=password claims",
                &["raised error claims lost"],
            ),
            ("200", &["raised error"]),
            ("200 html", &["raised errors.InvalidJsonErr"]),
        ],
    );
}

#[test]
fn azure_identity_asks_without_msal_where_the_application_shows_a_token_or_redeems_a_code() {
    const SECRET: &str = "if ClientSecretCredential or CertificateCredential asked";
    const TOKEN: &str = "if ClientAssertionCredential or WorkloadIdentityCredential asked";
    let wrapped = |more: &str| format!("raised ClientAuthenticationError {more}");
    let (lost, kept, closed) = (
        wrapped(&format!("claims lost {SECRET}")),
        wrapped(&format!("claims kept {TOKEN}")),
        wrapped(&format!("×4 +5s {SECRET}")),
    );
    check(
        "azure-identity",
        &[
            (
                "400 error=invalid_grant sub=basic_action claims flow=client-credentials",
                &[&lost, &kept],
            ),
            (
                "nothing fault=cut flow=client-credentials",
                &[
                    &closed,
                    &format!("raised ServiceResponseError ×4 +5s {TOKEN}"),
                ],
            ),
            (
                "nothing fault=cut flow=interactive client=web",
                &["raised ServiceResponseError ×4 +5s"],
            ),
        ],
    );
}

#[test]
fn azure_identity_wraps_everything_and_repeats_what_may_pass() {
    const SILENT: &[&str] = &[
        "raised AuthenticationRequiredError claims kept rt stays if disable_automatic_authentication is set",
        "token ×2 claims lost rt stays prompts if automatic authentication is left on, as it is by default",
    ];
    check(
        "azure-identity",
        &[
            (
                "400 error=invalid_grant sub=basic_action claims flow=password",
                &["raised ClientAuthenticationError claims kept"],
            ),
            (
                "400 error=invalid_grant sub=basic_action claims flow=silent",
                SILENT,
            ),
            ("401 error=invalid_client claims flow=silent", SILENT),
            (
                "200 error=invalid_grant claims flow=password",
                &["raised ClientAuthenticationError claims lost"],
            ),
            (
                "503 error=temporarily_unavailable flow=silent",
                &["raised ClientAuthenticationError ×4 +5s rt stays"],
            ),
            (
                "429 error=temporarily_unavailable retry=2 flow=client-credentials",
                &["raised ClientAuthenticationError ×4 +6s"],
            ),
            (
                "429 error=temporarily_unavailable retry=date flow=client-credentials",
                &["raised ClientAuthenticationError ×4 +9s"],
            ),
            (
                "429 error=temporarily_unavailable",
                &["raised ClientAuthenticationError ×4 +5s"],
            ),
        ],
    );
    let throttled = by(
        "azure-identity",
        "429 error=temporarily_unavailable retry=2 flow=silent",
    );
    assert_eq!(
        (
            throttled[0].kind.as_str(),
            throttled[0].requests,
            throttled[0].waits_s
        ),
        ("AuthenticationRequiredError", 4, 6)
    );
    assert_eq!((throttled[1].requests, throttled[1].prompts), (5, true));
}

#[test]
fn a_redirect_error_loses_what_each_library_does_not_pass_on() {
    let words = "at=authorize error=interaction_required sub=basic_action claims";
    check(
        "msal-python",
        &[(words, &["returned interaction_required ×0 claims lost"])],
    );
    check(
        "msal-js",
        &[(words, &["raised ServerError ×0 claims lost"])],
    );
    check(
        "msal-dotnet",
        &[(words, &["raised MsalServiceException ×0 claims lost"])],
    );
    check("msal-go", &[(words, &["raised error ×0 claims lost"])]);
    check(
        "msal-dotnet",
        &[(
            "at=authorize error=login_required",
            &["raised MsalUiRequiredException no_prompt_failed ×0"],
        )],
    );
    let cancelled = "at=authorize error=access_denied subcode=cancel";
    check(
        "msal-dotnet",
        &[(
            cancelled,
            &["raised MsalClientException authentication_canceled ×0"],
        )],
    );
    check("msal-js", &[(cancelled, &["raised ServerError ×0"])]);
}

#[test]
fn a_page_is_seen_by_no_library() {
    for place in ["page", "device-page", "sign-in-log"] {
        for library in [
            "msal-python",
            "msal-dotnet",
            "msal-js",
            "msal-go",
            "azure-identity",
        ] {
            check(
                library,
                &[(&format!("at={place} code=AADSTS50011"), &["none"])],
            );
        }
    }
}
