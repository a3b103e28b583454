//! What the lab says at its other addresses: other dialects, tokens straight from the page, administrators,
//! machines' identities, pages of other sites.

// ---------------------------------------------------------------- refusals

/// 700051.
pub const ACCESS_TOKEN_OFF: &str =
    "The application '{app}' may not be given an access token by the authorization endpoint.";
/// 70007.
pub const QUERY_FOR_TOKENS: &str =
    "Tokens are never sent in a query; ask for the response mode 'fragment' or 'form_post'.";
/// AADB2C90118.
pub const PASSWORD_FORGOTTEN: &str = "The user has forgotten the password and asks for a new one.";
/// AADB2C90091.
pub const CANCELLED: &str = "The user has cancelled the sign-in.";
/// A policy that is not there.
pub const USER_FLOW_UNKNOWN: &str = "There is no user flow '{field}' in '{tenant}'.";
/// 900382.
pub const CLOUD_CONFIDENTIAL: &str =
    "'{app}' has a credential and is registered in another cloud than this address belongs to.";
/// 900432.
pub const CLOUD_CONFIDENTIAL_PAGE: &str =
    "'{app}' is a confidential client of another cloud, and sign-ins do not cross clouds for it.";
/// 900439.
pub const CLOUD_PUBLIC: &str = "'{app}' belongs to another cloud; this address does not serve it. Ask the authority of its own cloud.";
/// 90093.
pub const NOT_ADMINISTRATOR: &str =
    "'{user}' is no administrator of '{tenant}' and cannot consent for everybody to '{app}'.";
/// A refresh token that was used before.
pub const FAMILY_REVOKED: &str =
    "The refresh token was used before; every token that came of the same sign-in is revoked.";

// ---------------------------------------------------------------- request log

/// What decided about a rotated refresh token.
pub const BY_REUSE: &str = "refresh token used twice: its family is revoked";
/// What decided about a cloud.
pub const BY_CLOUD: &str = "cloud of the app '{app}' is {cloud}";
/// An administrator consented.
pub const SAID_ADMIN_CONSENT: &str = "an administrator consented to {app} for everybody";
/// A token was looked into.
pub const SAID_INTROSPECTION: &str = "introspection: {what}";
/// A token was revoked.
pub const SAID_REVOCATION: &str = "revocation: {what}";
/// A page of another site asked whether it may ask.
pub const SAID_PREFLIGHT: &str = "pages of {origin} may ask here";
/// It may not.
pub const SAID_NO_PREFLIGHT: &str =
    "pages of {origin} may not ask here: no single-page application has a redirect URI there";
/// A token for a machine.
pub const SAID_IDENTITY: &str = "token issued to the identity {identity}";
/// Arc's challenge.
pub const SAID_ARC_CHALLENGE: &str = "the content of {path} must come along";
/// The identity endpoint does as it was told.
pub const BY_IDENTITY_FAULT: &str = "identity endpoint answers {status}, as it was told";

// ---------------------------------------------------------------- machines' identities

/// No `Metadata: true`.
pub const IDENTITY_NO_HEADER: &str =
    "The header Metadata: true is missing, or X-Forwarded-For is present.";
/// No such identity.
pub const IDENTITY_UNKNOWN: &str =
    "Identity not found: none of this name is assigned to this machine.";
/// No resource.
pub const IDENTITY_NO_RESOURCE: &str = "The request names no resource.";
/// An unknown resource.
pub const IDENTITY_BAD_RESOURCE: &str = "The tenant knows no API named '{resource}'.";
/// The wrong header value.
pub const IDENTITY_BAD_SECRET: &str =
    "The secret header is missing or not the one of this machine.";
/// The endpoint rests.
pub const IDENTITY_NOT_NOW: &str = "The identity endpoint cannot answer now.";

// ---------------------------------------------------------------- pages

/// Forgot the password.
pub const FORGOT: &str = "Forgot the password?";
/// Title of the page for administrators.
pub const ADMIN_CONSENT_TITLE: &str = "Permissions asked for, for everybody in {tenant}";
/// What it says.
pub const ADMIN_CONSENT_SAYS: &str =
    "{app} asks an administrator for these permissions. They will hold for every user of {tenant}.";
/// Cancel.
pub const CANCEL: &str = "Cancel";

/// Who is told that a person signed out.
pub const OUT_APPS: &str = "These applications are told so:";
/// For the request log.
pub const SAID_OUT: &str = "signed out; told so: {apps}";
/// The title of what tells one of them.
pub const OUT_FRAME: &str = "Signing out of {app}";
/// The foot of a page of the address of personal accounts.
pub const CONSUMERS_NAME: &str = "Personal accounts (simulated)";
/// Who can sign in there.
pub const CONSUMERS_NOBODY: &str =
    "This address is for personal accounts, and the lab's world has none.";
/// A work account there.
pub const CONSUMERS_WORK: &str =
    "{user} is a work or school account. Only a personal account can sign in here.";
/// Another name there.
pub const CONSUMERS_UNKNOWN: &str = "There is no personal account named {user}.";
/// 9002332.
pub const WORK_APP_AT_CONSUMERS: &str =
    "The application '{app}' is for work or school accounts and cannot be used through consumers.";
/// 9002346.
pub const PERSONAL_APP_AT_TENANT: &str = "The application '{app}' is for personal accounts alone and cannot be used through the tenant '{tenant}'. Use consumers.";
/// 9002331.
pub const PERSONAL_APP_ELSEWHERE: &str = "The application '{app}' is for personal accounts alone and can be used through consumers alone.";
/// 90027.
pub const PERSONAL_AT_V1: &str = "Personal accounts are served by the v2.0 endpoint alone.";
/// 90133.
pub const DEVICE_CODE_AT_CONSUMERS: &str =
    "A device sign-in cannot be started through consumers; name the tenant, or organizations.";

// ---------------------------------------------------------------- state of the world

/// The keys were rotated.
pub const IS_ROTATED: &str =
    "Tokens are signed with key {number}; the one before is published until {time}.";
/// The identity endpoint fails.
pub const IS_IDENTITY_FAULT: &str =
    "The identity endpoint answers {status} to the next {times} requests.";
