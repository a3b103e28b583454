//! What is said in and about the calls that runs are written as.

/// The command.
pub const CURL: &str = "curl";
/// The library for Python.
pub const MSAL_PYTHON: &str = "MSAL Python";
/// The library for .NET.
pub const MSAL_DOTNET: &str = "MSAL.NET";
/// The library for Node.
pub const MSAL_JS: &str = "MSAL Node";
/// The library for Go.
pub const MSAL_GO: &str = "MSAL Go";
/// The command line of Azure.
pub const AZURE_CLI: &str = "Azure CLI";

/// Why `curl` has nothing to write.
pub const NOTHING_SENT: &str = "This run sent nothing, so there is no request to repeat.";
/// Why a library has no call for the v1 endpoint.
pub const V2_ALONE: &str =
    "The libraries speak the v2.0 endpoint alone; this run asked the v1 endpoint. See it as curl.";
/// Why nothing is written where the key is not in plain PEM.
pub const OPEN_PEM_ALONE: &str = "Calls are written for a certificate and an open key in PEM alone, not for a PFX, a locked key or a thumbprint. See it as curl.";
/// Why no library has the call.
pub const NO_SUCH_CALL: &str = "This library has no call for this flow. See it as curl.";
/// Where no reply came.
pub const NO_REPLY: &str = "no reply";
/// Beside switched-off instance discovery.
pub const OWN_HOST: &str = "the authority is not one of Microsoft's hosts";
/// Beside the printed error.
pub const OWN_WORDS: &str = "the server's own words";
/// Before a silent call.
pub const FILLED_CACHE: &str =
    "needs the token cache that an earlier sign-in of this program filled";
/// Asked for after the sign-in in the browser.
pub const ADDRESS_AFTERWARDS: &str = "Address that the browser ended at: ";
/// Asked for after the sign-in in the browser, where the code alone is wanted.
pub const CODE_OF_THE_ADDRESS: &str = "type the `code` of the address that the browser ended at";
/// Where to save JavaScript.
pub const JS_MODULE: &str = "save as call.mjs";
/// Why Go has no call for an OpenID Connect issuer.
pub const GO_KNOWS_NO_OIDC: &str = "MSAL for Go knows Microsoft's authorities alone, not any OpenID Connect issuer. See it as curl.";
/// Why Go has no call for a refresh token.
pub const GO_TAKES_NO_REFRESH_TOKEN: &str =
    "MSAL for Go takes no refresh token from outside its cache. See it as curl.";
/// Why the Azure CLI cannot ask there.
pub const CLI_KNOWS_CLOUDS_ALONE: &str =
    "The Azure CLI asks Microsoft's public, China and US Government clouds alone.";
/// What is different where a person signs in.
pub const CLI_IS_ITS_OWN_APP: &str =
    "the Azure CLI signs people in as its own application: another client id than in this run";
/// Why the Azure CLI has no call for a flow.
pub const CLI_HAS_NO_SUCH_CALL: &str =
    "The Azure CLI has no command for this flow. See it as curl.";

/// Parameters that a library cannot send.
pub fn not_sent(names: &str) -> String {
    format!("this call has no place for these parameters of the run: {names}")
}

/// What a request was answered with, before its `curl`.
pub fn answered(with: &str) -> String {
    format!("answered with {with}")
}

/// How Node is told to trust a file of certificates.
pub fn js_ca(path: &str) -> String {
    format!("start with NODE_EXTRA_CA_CERTS={path}")
}

/// How .NET is told.
pub fn dotnet_ca(path: &str) -> String {
    format!(
        "start with SSL_CERT_FILE={path} (Linux), or add it to the system's trusted certificates"
    )
}

/// How Go is told.
pub fn go_ca(path: &str) -> String {
    format!("start with SSL_CERT_FILE={path}")
}

/// Mutual TLS, which the libraries do not do this way.
pub const NO_MUTUAL_TLS: &str = "The libraries have no call that proves a client in the TLS handshake as RFC 8705 says (MSAL.NET's WithMtlsProofOfPossession is for tokens of Entra's own kind). See it as curl.";
