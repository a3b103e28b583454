//! Steps whose words depend on the moment, the ways of signing in and why one is barred.

use std::time::Duration;

use super::span;

/// A way.
pub const BROWSER: &str = "in the browser";
/// A way.
pub const DEVICE_CODE: &str = "by device code";
/// Barred: the client.
pub const NOT_FOR_THIS_CLIENT: &str =
    "only public clients outside a browser may sign in by device code";
/// Barred: the policy.
pub const POLICY_FORBIDS: &str = "policy refused the device code just now";
/// Barred: the device.
pub const NO_DEVICE_STATE: &str = "a device code cannot carry the state of a device";
/// Barred: the claims.
pub const NO_CLAIMS: &str = "a device sign-in cannot pass the claims on";
/// Barred for another reason.
pub const NOT_BY_DEVICE_CODE: &str = "this cannot be asked for by device code";

/// Wait.
pub fn wait_title(wait: Duration) -> String {
    format!("Wait {}, then repeat the same request", span(wait))
}

/// Change a parameter.
pub fn fix_title(parameter: &str) -> String {
    match parameter {
        "ca_file" => "Name the certificate to trust (--ca-file) and run it again".to_owned(),
        "proxy" => "Check the proxy settings and run it again".to_owned(),
        "authority" => "Check the authority and run it again".to_owned(),
        "flow" => "Choose another flow and run it again".to_owned(),
        other => format!("Correct {other} in the request and run it again"),
    }
}

/// Hand over.
pub fn tell(to: &str) -> String {
    format!("Send the details to {to}")
}

/// The title of a step that the catalogue does not word.
pub fn title(id: &str) -> &'static str {
    match id {
        "silent-with-claims" => "Acquire silently, passing the claims the API asked for",
        "sign-in-with-claims" => "Sign in in the browser, passing the claims the server asked for",
        "sign-in-fresh" => "Sign in again, with the credentials asked for anew",
        "sign-in-other-account" => "Sign in with another account",
        "sign-in-consent" => "Sign in and read the consent page",
        "sign-in" => "Sign in",
        "device-code" => "Begin a new device sign-in",
        "repeat-silent" => "Repeat silently, forcing a refresh",
        "enter-password" => "Enter the password again",
        "enter-secret" => "Enter the client secret again",
        "get-app-token-with-claims" => "Get a new app token, passing the claims",
        "call-api" => "Call the API again",
        "compare" => "Compare with the failed run",
        "paste-page" => "Paste what the browser shows",
        _ => "Repeat the request",
    }
}

/// Why, for a step that the catalogue does not word.
pub fn why(id: &str) -> &'static str {
    match id {
        "silent-with-claims" => {
            "The refresh token may be enough; the claims make the server issue a new token instead of the cached one."
        }
        _ => "",
    }
}
