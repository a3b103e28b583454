//! The message that is handed over: what stands in a hole that nobody can fill, and the labels of its details.

/// Not known.
pub const NOT_KNOWN: &str = "not known";
/// The user.
pub const THE_USER: &str = "the user";
/// The tenant.
pub const THE_TENANT: &str = "the tenant";
/// The application.
pub const THE_APP: &str = "the application";
/// Its id.
pub const CLIENT_NOT_KNOWN: &str = "client ID not known";
/// The API.
pub const THE_API: &str = "the API";
/// The permissions.
pub const THE_PERMISSIONS: &str = "the permissions it asks for";
/// The redirect URI.
pub const THE_REDIRECT: &str = "the redirect URI of the request";
/// No error.
pub const NO_ERROR: &str = "no error name";
/// No code.
pub const NO_CODE: &str = "no code";
/// No policy.
pub const NO_POLICY: &str = "none";
/// Label.
pub const CODES: &str = "Codes";
/// Label.
pub const ERROR: &str = "Error";
/// Label.
pub const CORRELATION_ID: &str = "Correlation ID";
/// Label.
pub const TRACE_ID: &str = "Trace ID";
/// Label.
pub const TIME: &str = "Time (UTC)";
/// Label.
pub const CLIENT_ID: &str = "Client ID";
/// Label.
pub const AUTHORITY: &str = "Authority";
/// Label.
pub const USER: &str = "User";
/// Label.
pub const SCOPES: &str = "Scopes";
/// Label.
pub const API: &str = "API";
/// Label.
pub const POLICIES: &str = "Policies named by the server";
/// Label.
pub const TRIED: &str = "Tried";

/// Error and suberror.
pub fn error_and_suberror(error: &str, suberror: &str) -> String {
    format!("{error} (suberror {suberror})")
}

/// What was tried.
pub fn tried(flow: &str, place: &str, status: Option<u16>) -> String {
    match status {
        Some(status) => format!("flow {flow}; refused at {place} with HTTP {status}"),
        None => format!("flow {flow}; refused at {place}"),
    }
}
