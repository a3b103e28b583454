//! What the lab says: the sentences after its codes, its pages, its start-up errors and its request log. Our own
//! words throughout; `{name}` is filled in by the lab.

pub mod apps;
pub mod demand;
mod policies;
pub mod surfaces;

pub use policies::*;

// ---------------------------------------------------------------- start-up and the world file

/// What a world file must look like.
pub const EXPECTED_WORLD: &str = "the keys of the built-in world file, nothing else";
/// What an id must look like.
pub const EXPECTED_GUID: &str = "a GUID such as 6d1c0e5a-7a3f-4c52-9b1e-2f8a4c9d7e10";
/// Names must differ.
pub const EXPECTED_UNIQUE: &str =
    "a value that is not empty and that no other entry of its kind has";
/// A reference to a resource.
pub const EXPECTED_RESOURCE: &str = "the uri of a [[resource]]";
/// A reference to a client.
pub const EXPECTED_CLIENT: &str = "the name of a [[client]]";
/// A reference to a scope.
pub const EXPECTED_SCOPE: &str = "the name of a scope of that [[resource]]";
/// A reference to a role.
pub const EXPECTED_ROLE: &str = "a role of that [[resource]]";
/// A sign-in frequency needs a length.
pub const EXPECTED_HOURS: &str = "hours = N beside kind = \"sign-in-frequency\", at least 1";
/// An API demand needs a context.
pub const EXPECTED_CONTEXT: &str = "context = \"c1\" beside kind = \"api-context\"";
/// A change of the world that is not known.
pub const EXPECTED_CHANGE: &str = "a change such as \"policy require-mfa on\", \"set user ada@contoso.example locked yes\", \"per-user-mfa on\", \"grant-consent\", \"revoke-consent\", \"revoke-consent contoso-desktop ada@contoso.example\", \"user-consent off\", \"consent-requests on\", \"approve-request\", \"revoke-sessions\", \"expire-secret\", \"renew-secret\", \"expire-password\", \"reset-password\", \"lock-account\", \"unlock-account\", \"throttle 5s\", \"outage on\", \"slow-down on\", \"loop-rule on\", \"use-refresh-tokens\", \"rotate-keys\", \"identity-fault 410 3\", \"advance 61m\" or \"reset\"";
/// A thing or a setting that is not there.
pub const EXPECTED_ONE_OF: &str = "one of: {names}";
/// The values of a display name.
pub const EXPECTED_DISPLAY: &str = "the name that pages show";
/// A policy that is not there.
pub const EXPECTED_POLICY: &str = "one of the world's policies: {names}";

/// The lab listens on this machine alone.
pub const NOT_LOOPBACK: &str =
    "the lab listens on this machine only (127.0.0.1, ::1), and nothing can change that";
/// A port is taken.
pub const PORT_BUSY: &str =
    "is in use by another program; name another port, or 0 for any free one";
/// What the certificate authority is called.
pub const CA_NAME: &str = "tokenscope lab CA (simulated, this machine only)";
/// What is done when a file cannot be read or written.
pub const READ: &str = "read";
/// What is done when a file cannot be written.
pub const WRITE: &str = "write";

// ---------------------------------------------------------------- refusals

/// 90002.
pub const TENANT_UNKNOWN: &str = "There is no tenant '{tenant}' here. Check the name or id, and whether it belongs to another cloud.";
/// 50049.
pub const INSTANCE_UNKNOWN: &str = "'{field}' is not an authority host this service knows.";
/// 900144.
pub const PARAMETER_MISSING: &str = "The request lacks the parameter '{field}'.";
/// 90014.
pub const CREDENTIAL_PART_MISSING: &str =
    "The credential of the request lacks the field '{field}'.";
/// 90023.
pub const BAD_REQUEST: &str = "The value of '{field}' cannot be used.";
/// 700016.
pub const CLIENT_UNKNOWN: &str = "No application '{app}' is registered in the tenant '{tenant}'.";
/// 70003.
pub const GRANT_UNSUPPORTED: &str = "The grant type '{field}' is not one this service supports.";
/// 70005.
pub const RESPONSE_TYPE_UNSUPPORTED: &str =
    "The response type '{field}' is not one this service supports.";
/// 700054.
pub const IMPLICIT_OFF: &str =
    "The application '{app}' may not be given an ID token by the authorization endpoint.";
/// 50011.
pub const REDIRECT_UNKNOWN: &str = "The redirect URI '{field}' of the request is not among those registered for the application '{app}'.";
/// 70011.
pub const SCOPE_UNKNOWN: &str = "The scope '{field}' is not one that can be asked for.";
/// 70011, several resources.
pub const SCOPE_MIXED: &str =
    "The scopes '{field}' belong to more than one API; ask for one at a time.";
/// 1002012.
pub const SCOPE_NOT_DEFAULT: &str =
    "The scope '{field}' does not end in /.default, as that of an application without a user must.";
/// 500011.
pub const RESOURCE_UNKNOWN: &str = "The tenant '{tenant}' knows no API named '{resource}'.";
/// 7000218.
pub const SECRET_MISSING: &str =
    "The request for '{app}' must contain client_secret or client_assertion.";
/// 7000216.
pub const APP_SECRET_MISSING: &str =
    "'{app}' asked for a token of its own without a secret or assertion.";
/// 7000215.
pub const SECRET_WRONG: &str = "The client secret that was sent for '{app}' is not one of its secrets. Send the value of the secret, not its id.";
/// 7000222.
pub const SECRET_EXPIRED: &str = "The client secret that '{app}' presents is past its end date.";
/// 700025.
pub const SECRET_ON_PUBLIC: &str =
    "'{app}' is a public client and may send neither client_secret nor client_assertion.";
/// 9001023.
pub const TENANT_TOO_BROAD: &str = "This grant type cannot be used at '{tenant}'; name the tenant.";
/// 50034.
pub const USER_UNKNOWN: &str = "No account '{user}' exists in '{tenant}'.";
/// 50126.
pub const PASSWORD_WRONG: &str = "The user name or the password of '{user}' is not right.";
/// 50055.
pub const PASSWORD_EXPIRED: &str = "The password of '{user}' has expired and must be changed.";
/// 50053.
pub const ACCOUNT_LOCKED: &str =
    "'{user}' is locked for now: a wrong user name or password was tried too many times.";
/// 50076.
pub const MFA_NEEDED: &str =
    "A second factor is needed before a token for '{resource}' can be issued.";
/// 50079.
pub const MFA_NOT_REGISTERED: &str =
    "'{user}' must register a second factor before '{resource}' can be reached.";
/// 500121.
pub const MFA_DECLINED: &str = "The second factor of '{user}' was refused or not answered in time.";
/// 65001.
pub const CONSENT_MISSING: &str =
    "Neither '{user}' nor an administrator has consented to '{app}' using '{resource}'.";
/// 65004.
pub const CONSENT_DECLINED: &str =
    "'{user}' declined to give '{app}' the permissions it asked for.";
/// 90094.
pub const CONSENT_NEEDS_ADMIN: &str =
    "Only an administrator can give '{app}' the permission '{field}'.";
/// 53003.
pub const BLOCKED: &str =
    "A policy of '{tenant}' does not allow '{user}' to reach '{resource}' from here.";
/// 70043.
pub const TOO_LONG_AGO: &str = "The refresh token, issued on {issued}, is older than the sign-in frequency of '{tenant}' allows.";
/// 70044.
pub const SESSION_TOO_OLD: &str =
    "The session of '{user}' is older than the sign-in frequency of '{tenant}' allows.";
/// 50058.
pub const NOT_SIGNED_IN: &str =
    "A sign-in without a page was asked for, but no session of a user was sent along.";
/// 50173.
pub const GRANT_REVOKED: &str =
    "The grant of '{user}' was revoked after it was issued on {issued}; a new sign-in is needed.";
/// 700082.
pub const TOKEN_INACTIVE: &str =
    "The refresh token, issued on {issued}, was not used for too long and has expired.";
/// 9002313.
pub const TOKEN_MALFORMED: &str =
    "What was sent as '{field}' is not something this service issued.";
/// 70000.
pub const GRANT_UNKNOWN: &str = "The grant presented by '{app}' is not valid.";
/// AADB2C90088.
pub const GRANT_ELSEWHERE: &str =
    "The grant was issued by '{issued}' and cannot be used at '{field}'.";
/// An address that is no policy of B2C.
pub const NO_FLOW: &str = "an address without a policy";
/// 70008.
pub const CODE_EXPIRED: &str = "The code presented by '{app}' has expired or was withdrawn.";
/// 500112.
pub const REDIRECT_DIFFERS: &str =
    "The redirect URI is not the one that the code of '{app}' was asked for with.";
/// 54005.
pub const CODE_SPENT: &str = "The authorization code of '{app}' has been redeemed already.";
/// 501481.
pub const VERIFIER_WRONG: &str =
    "The PKCE verifier does not match the challenge of the sign-in request.";
/// 70016.
pub const DEVICE_PENDING: &str = "The user has not approved the device sign-in yet.";
/// `authorization_declined`.
pub const DEVICE_DECLINED: &str = "The user declined the device sign-in.";
/// 70020.
pub const DEVICE_EXPIRED: &str = "The device code expired before anybody approved it.";
/// 70018.
pub const DEVICE_UNKNOWN: &str = "The code is not one that was issued for a device sign-in.";
/// `slow_down` (RFC 8628 section 3.5).
pub const DEVICE_SLOW_DOWN: &str =
    "The requests for the device sign-in come too fast; wait five seconds longer between them.";
/// 50089.
pub const VISIT_OVER: &str =
    "The page was open for too long or has been used already. Start the sign-in again.";
/// 90055.
pub const THROTTLED: &str =
    "The tenant '{tenant}' has sent too many requests. Wait before the next one.";
/// 90033.
pub const OUTAGE: &str = "A service that sign-ins depend on is unavailable for the moment.";

// ---------------------------------------------------------------- request log

/// The claims of the request decided.
pub const BY_CLAIMS: &str = "the claims of the request";
/// Throttled by a change of the world.
pub const BY_THROTTLE: &str = "throttle is on";
/// Outage by a change of the world.
pub const BY_OUTAGE: &str = "outage is on";
/// Metadata.
pub const SAID_METADATA: &str = "metadata";
/// Keys.
pub const SAID_KEYS: &str = "signing keys";
/// A token was issued to a user.
pub const SAID_USER_TOKEN: &str = "token issued to {app} for {user}";
/// A code was issued.
pub const SAID_CODE: &str = "code issued to {app} for {user}";
/// An error was sent back by redirect.
pub const SAID_REDIRECT_ERROR: &str = "sent back to the program: {why}";
/// A device sign-in was begun.
pub const SAID_DEVICE: &str = "device sign-in begun for {app}";
/// A page was shown.
pub const SAID_PAGE: &str = "page: {title}";
/// The world was changed.
pub const SAID_CHANGED: &str = "changed: {change}";
/// The world was shown.
pub const SAID_VIEW: &str = "state of the world";
/// The API answered.
pub const SAID_API: &str = "the token is good";
/// The API wants something.
pub const SAID_API_POLICY: &str = "the API demands more: policy {name}";
/// An account became riskier.
pub const SAID_API_RISK: &str = "the API demands a newer token: the risk of {user} rose";
/// A place is barred.
pub const SAID_API_PLACE: &str = "the API demands a newer token: policy {name} bars the place";
/// The API got no usable token.
pub const SAID_API_TOKEN: &str = "the API refused the token: {why}";
/// There is nothing at this path.
pub const SAID_NOTHING: &str = "there is nothing at this path";
/// The method is not allowed here.
pub const SAID_METHOD: &str = "this path takes {methods}";
/// A request from a page of somebody else.
pub const SAID_FOREIGN: &str = "the request comes from a page of another site";
/// The name in the Host header is not this machine's.
pub const SAID_HOST: &str = "the Host header does not name this machine";
/// The body is too long.
pub const SAID_TOO_LONG: &str = "the body is longer than the lab accepts";

// ---------------------------------------------------------------- the API

/// No token.
pub const API_NO_TOKEN: &str = "no bearer token was sent";
/// Not a token of this lab.
pub const API_BAD_TOKEN: &str = "not a token signed by this lab";
/// Another audience.
pub const API_AUDIENCE: &str = "the token is meant for another API";
/// More is demanded.
pub const API_CLAIMS: &str = "the token is good, and the API demands more claims";
/// Expired.
pub const API_EXPIRED: &str = "the token has expired";
/// Lacks the permission.
pub const API_SCOPE: &str = "the token holds no permission for this API";
/// A token that was asked for without `openid`.
pub const API_NO_OPENID: &str = "the token was asked for without the scope openid";

// ---------------------------------------------------------------- state of the world

/// What a policy of kind `mfa` does.
pub const DOES_MFA: &str = "Asks every user for a second factor.";
/// What a policy of kind `block` does.
pub const DOES_BLOCK: &str = "Refuses tokens to every user, at the token endpoint and on the page.";
/// What a policy of kind `block-on-page` does.
pub const DOES_BLOCK_ON_PAGE: &str =
    "Stops every sign-in on the page; the program is told nothing.";
/// What a policy of kind `sign-in-frequency` does.
pub const DOES_FREQUENCY: &str = "Wants a new sign-in every {hours} hours.";
/// What a policy of kind `api-context` does.
pub const DOES_CONTEXT: &str =
    "The API demands authentication context {context}, by a claims challenge.";
/// What a policy of kind `api-fresh-token` does.
pub const DOES_FRESH: &str =
    "The API demands a token issued after this was switched on, by a claims challenge.";
/// Per-user MFA.
pub const IS_PER_USER_MFA: &str = "Every user's own setting asks for a second factor.";
/// Consent was changed.
pub const IS_CONSENT: &str = "Consent differs from the world file.";
/// A password expired.
pub const IS_EXPIRED: &str = "The password of {user} has expired.";
/// A password was changed.
pub const IS_NEW_PASSWORD: &str = "The password of {user} was changed.";
/// An account is locked.
pub const IS_LOCKED: &str = "{user} is locked.";
/// Sessions were revoked.
pub const IS_REVOKED: &str = "Sessions of {user} from before {time} are revoked.";
/// A secret expired.
pub const IS_SECRET_EXPIRED: &str = "The secret of {app} has expired.";
/// A secret was renewed.
pub const IS_SECRET_NEW: &str = "{app} has a new secret.";
/// Throttled.
pub const IS_THROTTLED: &str = "Token requests are throttled until {time}.";
/// Outage.
pub const IS_OUTAGE: &str = "The token endpoint is out of service.";
/// Slow down.
pub const IS_SLOW_DOWN: &str = "Device polls that come too fast are told to slow down.";

// ---------------------------------------------------------------- pages

/// The banner of every page.
pub const BANNER: &str =
    "SIMULATED: a page of the tokenscope lab on this machine. Never type a real password here.";
/// The foot of every page.
pub const FOOT: &str = "tokenscope lab · {tenant}";
/// Title of the account page.
pub const ACCOUNT_TITLE: &str = "Sign in";
/// What the account page says.
pub const ACCOUNT_SAYS: &str = "To continue to {app}";
/// Heads the list of simulated accounts.
pub const ACCOUNT_KNOWN: &str = "Simulated accounts and their passwords:";
/// Label of the user name.
pub const ACCOUNT_LABEL: &str = "User name";
/// Continue.
pub const NEXT: &str = "Next";
/// Title of the account picker.
pub const PICK_TITLE: &str = "Choose an account";
/// Use another account.
pub const PICK_OTHER: &str = "Use another account";
/// Title of the password page.
pub const PASSWORD_TITLE: &str = "Enter the password";
/// Label of the password.
pub const PASSWORD_LABEL: &str = "Simulated password of {user}";
/// Sign in.
pub const SIGN_IN: &str = "Sign in";
/// Title of the page that changes a password.
pub const RENEW_TITLE: &str = "The password has expired";
/// What it says.
pub const RENEW_SAYS: &str = "Choose a new simulated password for {user}.";
/// Label of the new password.
pub const RENEW_LABEL: &str = "New simulated password";
/// Label of its repetition.
pub const RENEW_AGAIN: &str = "The same once more";
/// Both must be the same.
pub const RENEW_DIFFERS: &str = "The two are not the same, or shorter than eight characters.";
/// Change the password.
pub const RENEW_DO: &str = "Change it";
/// Title of the second-factor page.
pub const MFA_TITLE: &str = "Approve the sign-in";
/// What it says.
pub const MFA_SAYS: &str = "The simulated phone of {user} asks for the number shown here: {number}";
/// Label of the number.
pub const MFA_LABEL: &str = "Number typed on the simulated phone";
/// The number is wrong.
pub const MFA_WRONG: &str = "That is not the number shown. Try the new one.";
/// Approve.
pub const MFA_APPROVE: &str = "Approve";
/// Deny.
pub const MFA_DENY: &str = "Deny";
/// Title of the page that registers a second factor.
pub const ENROL_TITLE: &str = "Register a second factor";
/// What it says.
pub const ENROL_SAYS: &str = "{user} has none yet. A simulated phone will be registered.";
/// Register.
pub const ENROL_DO: &str = "Register";
/// Title of the consent page.
pub const CONSENT_TITLE: &str = "Permissions asked for";
/// What it says.
pub const CONSENT_SAYS: &str = "{app} would like to do this as {user}:";
/// What `openid` and its companions mean.
pub const CONSENT_OPENID: &str = "Know who you are";
/// What an API may do by itself with what it is called with.
pub const CONSENT_ALONG: &str = "Let {api} do this for you: {what}";
/// `offline_access` in words.
pub const CONSENT_OFFLINE: &str = "Keep the access you give it until you take it back";
/// Accept.
pub const CONSENT_ACCEPT: &str = "Accept";
/// Cancel.
pub const CONSENT_CANCEL: &str = "Cancel";
/// Title of the device page.
pub const DEVICE_TITLE: &str = "Enter the code";
/// What it says.
pub const DEVICE_SAYS: &str =
    "Type the code that the program or device shows. Only if you started this yourself.";
/// Label of the code.
pub const DEVICE_LABEL: &str = "Code";
/// Title of the page that confirms a device sign-in.
pub const DEVICE_CONFIRM_TITLE: &str = "Are you signing in to {app}?";
/// What it says.
pub const DEVICE_CONFIRM_SAYS: &str = "The program that shows this code will act as {user} in {tenant}. Continue only if you started it yourself.";
/// Continue.
pub const DEVICE_CONTINUE: &str = "Continue";
/// The message of a device sign-in's start.
pub const DEVICE_MESSAGE: &str = "To sign in, open {page} in a browser and type the code {code}.";
/// Title when a device sign-in is done.
pub const DEVICE_DONE_TITLE: &str = "Signed in";
/// What it says.
pub const DEVICE_DONE_SAYS: &str = "{app} goes on by itself. You can close this page.";
/// Title when a device sign-in was declined.
pub const DEVICE_NO_TITLE: &str = "Declined";
/// What it says.
pub const DEVICE_NO_SAYS: &str = "{app} was not signed in. You can close this page.";
/// Title of an error page.
pub const ERROR_TITLE: &str = "Sign-in did not work";
/// Title of the page when a policy blocks.
pub const BLOCKED_TITLE: &str = "You cannot get to this from here";
/// Title of the page when the second factor was denied.
pub const DENIED_TITLE: &str = "The sign-in was denied";
/// Title of the page when only an administrator can consent.
pub const ADMIN_TITLE: &str = "An administrator has to approve this";
/// How an error page names its error code.
pub const ERROR_CODE: &str = "Error code: {code}";
/// How an error page names the trace id.
pub const ERROR_TRACE: &str = "Trace ID: {trace}";
/// How an error page names the correlation id.
pub const ERROR_CORRELATION: &str = "Correlation ID: {correlation}";
/// How an error page names the time.
pub const ERROR_TIME: &str = "Timestamp: {time}";
/// Title of the page that hands the result to the program by form.
pub const POST_TITLE: &str = "Back to {app}";
/// What it says.
pub const POST_SAYS: &str = "The result is being handed to the program.";
/// Title after signing out.
pub const OUT_TITLE: &str = "Signed out";
/// What it says.
pub const OUT_SAYS: &str = "This browser's simulated session has ended.";
/// Title of the page that a reply about an expired password points at.
pub const CHANGE_TITLE: &str = "Change the password";
/// What it says.
pub const CHANGE_SAYS: &str = "Sign in through a program and its browser page: the lab asks for a new simulated password there. Or, where the lab's control API is open, post change=reset-password to /lab/change.";
/// Title of the page about a code.
pub const LOOKUP_TITLE: &str = "About an error code";
/// What it says of a code it knows.
pub const LOOKUP_SAYS: &str = "{code}: {title}.";
/// What it says of a code it does not know.
pub const LOOKUP_UNKNOWN: &str = "{code} is not in the catalogue. {title}";
/// Label of the code to look up.
pub const LOOKUP_LABEL: &str = "Error code";
/// Look up.
pub const LOOKUP_DO: &str = "Look it up";
/// Title of the lab's front page.
pub const FRONT_TITLE: &str = "tokenscope lab";
/// What it says.
pub const FRONT_SAYS: &str =
    "An identity provider that exists on this machine only. Point a client at:";
/// What a browser shows once it is closed.
pub const CLOSED_TITLE: &str = "The browser was closed";
/// What a page says for the browser that gave up.
pub const LOST_TITLE: &str = "The pages led nowhere";
