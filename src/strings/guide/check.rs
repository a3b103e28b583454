//! What closes a plan: what to run again and what it should show.

use crate::model::Flow;

/// A chain of credentials: which one the program finds depends on where it runs.
pub const PROGRAM_AGAIN: &str = "The program itself, where it runs and as the user it runs as.";
/// A hole.
pub const CLIENT_ID: &str = "<client-id>";
/// A hole.
pub const TENANT: &str = "<tenant>";
/// A hole.
pub const SCOPE: &str = "<scope>";
/// A hole.
pub const APP_SCOPE: &str = "<api>/.default";
/// A hole.
pub const USER: &str = "<user>";
/// A hole.
pub const API: &str = "<address of the API>";
/// A hole.
pub const B2C_AUTHORITY: &str = "https://<tenant>.b2clogin.com/<tenant>.onmicrosoft.com/<policy>";
/// A hole.
pub const ADFS_AUTHORITY: &str = "https://<host>/adfs";

/// It will never work.
pub const NEVER: &str =
    "Nothing: this will not be allowed, whoever tries. Stop, and take another way to the same end.";
/// The device flow goes on.
pub const KEEP_POLLING: &str =
    "Nothing anew: let the program go on asking while the person finishes on the page.";
/// An API.
pub const CALL_AGAIN: &str = "Call the API again, with the new token.";
/// A web API.
pub const CALLER_AGAIN: &str =
    "Let the caller sign its user in and call the web API again with the token it gets.";
/// Throttled, or the service is unwell.
pub const AFTER_WAIT: &str = "The same request, once, when the wait is over.";
/// Silently.
pub const SILENT_AGAIN: &str =
    "The silent flow again, forcing a refresh, so that no cached token hides the answer.";

/// A flow.
pub const fn flow_again(flow: Flow) -> &'static str {
    match flow {
        Flow::Silent => "The silent flow again, forcing a refresh.",
        Flow::Interactive => "The sign-in in the browser, from the start.",
        Flow::DeviceCode => "The device sign-in, with a new code.",
        Flow::Ciba => "The same request; the person agrees on their device.",
        Flow::ClientCredentials => "The request for the app's own token.",
        Flow::Password => "The password flow, once and not in a loop.",
        Flow::RefreshToken => "The refresh token flow, with the newest refresh token.",
        Flow::ManagedIdentity => "The request of the machine's identity, on that machine.",
        Flow::AdminConsent => "The consent page, with an administrator of the tenant.",
        Flow::OnBehalfOf => "The exchange, with the token of the caller's next call.",
        Flow::TokenExchange => "The exchange, with a subject token that is good at that time.",
        Flow::UserFic => "The same request, with a new federated credential of the user.",
        Flow::JwtBearer | Flow::SamlBearer => "The same grant, with a new assertion.",
    }
}

/// Somebody else acts first.
pub fn after_answer(who: &str) -> String {
    format!("Nothing until {who} has answered; then the same request, once.")
}

/// What the same refusal means.
pub const SAME_FOR_EVER: &str = "The same refusal every time; no run tells anything new.";
/// What the same refusal means.
pub const STILL_THEIRS: &str = "it is still theirs to mend, and another try tells nothing new";
/// What the same refusal means.
pub const LONGER: &str = "wait twice as long before the next try";
/// What the same refusal means.
pub const TO_THE_OPERATOR: &str =
    "after three tries with growing pauses it is for the service's operators";
/// What the same refusal means.
pub const OLD_CREDENTIAL: &str = "the program still sends the old credential, or the change has not reached every server yet: that can take some minutes";
/// What the same refusal means.
pub const NOT_SAVED: &str = "the change is not saved, was made to another application or tenant, or has not reached every server yet: that can take some minutes";
/// What the same refusal means.
pub const OLD_REQUEST: &str = "the program still sends what it sent before";
/// What the same refusal means.
pub const POLICY_STANDS: &str =
    "the policy still applies: another try from the same place tells nothing new";
/// What the same refusal means.
pub const NO_CONSENT: &str = "the consent does not cover this application and these permissions";
/// What the same refusal means.
pub const ANOTHER_CAUSE: &str =
    "the cause is another: compare the new reply with this one, line by line";

/// The device flow.
pub const UNTIL_DONE: &str =
    "authorization_pending until the person is done on the page, and then a token.";

/// A token, and what the same refusal would mean.
pub fn token(gone: Option<&str>, again: &str) -> String {
    match gone {
        Some(code) => format!("A token. If {code} comes again: {again}."),
        None => format!("A token. If the same comes again: {again}."),
    }
}

/// The API answers.
pub fn api_answers(again: &str) -> String {
    format!("The API's own answer (HTTP 200) and no new challenge. If it refuses again: {again}.")
}

/// A tenant of a cloud.
pub fn authority(host: &str, tenant: &str) -> String {
    format!("https://{host}/{tenant}")
}
