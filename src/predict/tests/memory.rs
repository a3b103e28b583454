//! What the same call comes to again: the libraries' memories of refusals.

use super::given::{by, check_again};

const BUSY: &str = "429 error=temporarily_unavailable code=AADSTS90055";

/// Checks that an application's call is answered from memory.
fn replay(library: &str, words: &str, kind: &str, seconds: &str) {
    // What asks without MSAL has no such memory.
    let asked = if library == "azure-identity" {
        "ClientSecretCredential or CertificateCredential asked; "
    } else {
        ""
    };
    let line =
        format!("replayed {kind} ×0 if {asked}the same request is made again within {seconds}");
    let words = format!("{words} flow=client-credentials");
    check_again(library, &[(&words, &[&line])]);
}

#[test]
fn what_is_remembered_is_said_to_be_answered_from_memory() {
    replay(
        "msal-python",
        "400 error=invalid_grant",
        "invalid_grant",
        "60 s",
    );
    replay("msal-python", "400 html", "json.JSONDecodeError", "60 s");
    replay("msal-python", "503 html", "MsalServiceError", "5 s");
    replay("msal-python", BUSY, "temporarily_unavailable", "5 s");
    replay(
        "msal-python",
        &format!("{BUSY} retry=2"),
        "temporarily_unavailable",
        "2 s",
    );
    replay(
        "msal-python",
        &format!("{BUSY} retry=date"),
        "temporarily_unavailable",
        "5 s",
    );
    replay(
        "azure-identity",
        "400 error=invalid_grant",
        "ClientAuthenticationError",
        "60 s",
    );
    replay(
        "azure-identity",
        "503 html",
        "ClientAuthenticationError",
        "5 s",
    );
    replay("msal-js", BUSY, "ServerError", "60 s");
    replay("msal-js", &format!("{BUSY} retry=2"), "ServerError", "2 s");
    replay(
        "msal-js",
        &format!("{BUSY} retry=date"),
        "ServerError",
        "60 s",
    );
    replay("msal-js", "500 array", "ServerError", "60 s");
    replay(
        "msal-dotnet",
        &format!("{BUSY} retry=date"),
        "MsalThrottledServiceException",
        "3 s",
    );
}

#[test]
fn what_is_not_remembered_is_asked_for_again() {
    for (library, words) in [
        ("msal-python", "401 error=invalid_client"),
        ("msal-python", "400 error=invalid_grant retry=0"),
        ("msal-js", "400 error=invalid_grant"),
        ("msal-js", "503 html"),
        ("msal-dotnet", BUSY),
        ("msal-go", BUSY),
    ] {
        check_again(
            library,
            &[(&format!("{words} flow=client-credentials"), &[])],
        );
    }
}

#[test]
fn msal_js_gives_the_numbers_for_the_error_from_memory() {
    let replayed = &by("msal-js", &format!("{BUSY} flow=client-credentials"))[1];
    assert!(replayed.look_at.contains("90055"), "{}", replayed.look_at);
}

#[test]
fn memory_differs_by_kind_of_client_and_call() {
    let busy = "429 error=temporarily_unavailable";
    check_again(
        "msal-python",
        &[
            (
                &format!("{busy} client=desktop flow=password"),
                &[
                    "replayed temporarily_unavailable ×0 if the same request is made again within 60 s",
                ],
            ),
            (
                busy,
                &[
                    "replayed temporarily_unavailable ×0 if the same request is made again within 60 s (public client) or 5 s (confidential client)",
                ],
            ),
            (
                "400 error=invalid_grant flow=silent",
                &[
                    "replayed None ×0 rt stays if acquire_token_silent is called; the same request is made again within 60 s",
                    "replayed invalid_grant ×0 rt stays if acquire_token_silent_with_error is called; the same request is made again within 60 s",
                ],
            ),
            (
                "error=invalid_scope",
                &[
                    "replayed invalid_scope ×0 if the status was 400 and the same request is made again within 60 s",
                ],
            ),
        ],
    );
    check_again(
        "msal-dotnet",
        &[
            (
                &format!("{busy} client=desktop flow=password"),
                &[
                    "replayed MsalThrottledServiceException ×0 if the same request is made again within 60 s",
                ],
            ),
            (
                "400 error=invalid_grant flow=silent client=desktop",
                &[
                    "replayed MsalThrottledUiRequiredException ×0 rt stays if the same request is made again within 120 s",
                ],
            ),
        ],
    );
    check_again(
        "azure-identity",
        &[
            ("400 error=invalid_grant flow=interactive", &[]),
            ("400 error=invalid_grant flow=device-code", &[]),
        ],
    );
}
