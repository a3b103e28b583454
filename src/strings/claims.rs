//! What the members of a claims challenge ask for, and where its forms go.

/// What a claim means that an access token is to carry.
pub fn meaning(name: &str) -> &'static str {
    match name {
        "acrs" => {
            "An authentication context (c1 to c99), or p1 for a second factor: the sign-in has to satisfy the policy that is tied to it."
        }
        "nbf" => {
            "A token issued after this moment: the session was revoked or a policy changed. A cached token does not do."
        }
        "xms_cc" => "What the client can do: cp1 says that it reacts to claims challenges.",
        "xms_rp_ipaddr" => {
            "The address from which the API saw the call: the sign-in service compares it with the one that it sees itself."
        }
        "capolids" | "polids" => {
            "The Conditional Access policies that have to be satisfied, by id. An administrator finds them by these."
        }
        "deviceid" => {
            "A device that is registered: the token must name it, so sign in by its broker."
        }
        "acr" => "How strongly the person signed in.",
        "amr" => "By which methods the person signed in.",
        "auth_time" => "When the person signed in.",
        "wids" => "The person's directory roles.",
        "sub" | "oid" => "Exactly this person.",
        "login_hint" | "signin_state" | "tenant_region_sub_scope" => {
            "What MSAL JS asks the ID token for; no policy is behind it."
        }
        _ => "A claim that this program does not know; pass it on unchanged.",
    }
}

/// A moment beside its number.
pub fn moment(seconds: &str, iso: &str) -> String {
    format!("{seconds} ({iso})")
}

/// MSAL Python.
pub const PYTHON: &str =
    "MSAL Python (to acquire_token_silent first, then to acquire_token_interactive)";
/// MSAL.NET.
pub const DOTNET: &str = "MSAL.NET (on AcquireTokenSilent first, then on AcquireTokenInteractive)";
/// MSAL JS.
pub const JS: &str = "MSAL JS (in the request of acquireTokenSilent, then of acquireTokenPopup)";
/// The Azure CLI.
pub const AZ: &str = "Azure CLI 2.76 or newer (base64)";
/// Azure PowerShell.
pub const POWERSHELL: &str =
    "Azure PowerShell whose Connect-AzAccount has -ClaimsChallenge (base64)";
/// This program.
pub const OWN: &str = "tokenscope";
/// The parameter.
pub const PARAMETER: &str = "Parameter of the authorization and the token request, URL-encoded";
/// The header.
pub const HEADER: &str =
    "Answer of your own API to its client, where it relays the challenge (HTTP 401, public cloud)";

/// Nothing found.
pub const NONE: &str = "No claims request is in this text: neither a WWW-Authenticate header nor a reply with claims, nor claims as JSON or base64.";
/// What is wanted.
pub const EXPECTED: &str = "a WWW-Authenticate header, a recorded call, a reply with `claims`, or the claims themselves as JSON or base64";
/// Several found where one is wanted.
pub const SEVERAL: &str = "several different claims requests are in this text";
/// Two sources.
pub const TWICE: &str = "claims are given twice";
/// One of them.
pub const ONE: &str = "--claims JSON or --claims-from FILE";

/// One claim that is asked for, briefly.
pub fn asks(part: &str, name: &str, values: &str, meaning: &str) -> String {
    format!("{part} {name}: {values}. {meaning}")
}

/// Labels of the text answer.
pub const ASKS: &str = "Asks for";
/// As it is sent.
pub const SENT: &str = "Sent as";
/// Essential.
pub const ESSENTIAL: &str = "essential";
/// Any value.
pub const ANY: &str = "any value";

/// A claims request stands alone in a paste.
pub const FOUND: &str = "A claims request: what an API or a policy wants to see in the next token. Pass it on as it is.";
