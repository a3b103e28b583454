//! The message that is handed over: what stands in a hole for the person to fill in, and the labels of its details.

/// The user.
pub const THE_USER: &str = "[user name]";
/// The tenant.
pub const THE_TENANT: &str = "[tenant]";
/// Stands for the server.
pub const THE_SERVER: &str = "[server]";
/// The application.
pub const THE_APP: &str = "the application";
/// Its id.
pub const THE_CLIENT_ID: &str = "[client ID]";
/// The API.
pub const THE_API: &str = "[API]";
/// The permissions.
pub const THE_PERMISSIONS: &str = "[permissions]";
/// The redirect URI.
pub const THE_REDIRECT: &str = "[redirect URI]";
/// The correlation id.
pub const THE_CORRELATION_ID: &str = "[correlation ID]";
/// The trace id.
pub const THE_TRACE_ID: &str = "[trace ID]";
/// The time.
pub const THE_TIME: &str = "[time]";
/// The redirect URI of this program.
pub const OWN_REDIRECT: &str = "http://localhost";
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
pub const TENANT: &str = "Tenant";
/// Label.
pub const RESOURCE: &str = "Resource";
/// A hole in a command line.
pub const TENANT_HOLE: &str = "<tenant>";
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

/// How the sentence of a template begins that names the identifiers of the attempt.
pub const IDENTIFIERS: &str = " Correlation ID {correlation_id}";
/// How everything begins that stands for a name that is not known.
pub const THE: &str = "the ";

/// How a sentence goes on that says what to send.
pub fn with_claims(claims: &str) -> String {
    format!(", with the parameter claims={claims} (escaped as in any address)")
}

/// The header for the caller.
pub fn challenge(authorize: &str, claims: &str) -> String {
    format!(
        " The header:\nWWW-Authenticate: Bearer realm=\"\", authorization_uri=\"{authorize}\", error=\"insufficient_claims\", claims=\"{claims}\""
    )
}
