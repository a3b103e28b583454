//! Where an attempt is logged.

/// A filter of the sign-in log page, as the page calls it.
pub const CORRELATION_ID: &str = "Correlation ID";
/// A filter of the sign-in log page, as the page calls it: what a reply calls the trace id.
pub const REQUEST_ID: &str = "Request ID";
/// A filter of the sign-in log page, as the page calls it.
pub const ERROR_CODE: &str = "Sign-in error code";
/// How soon, how long.
pub const APPEARS: &str = "It appears after a few minutes (in Log Analytics after about fifteen; how a second factor went, within two hours) and stays 7 days, or 30 with Entra ID P1 or P2.";
/// On a page.
pub const INTERACTIVE: &str = "User sign-ins (interactive): a person was on the sign-in page.";
/// In the browser, without a page.
pub const NO_PAGE: &str = "User sign-ins: the browser was asked without a page (prompt=none), so nobody typed anything. Look under non-interactive first, then under interactive.";
/// For a user, without a page.
pub const NON_INTERACTIVE: &str =
    "User sign-ins (non-interactive): a program asked in the user's name, without a page.";
/// The code came back and was redeemed.
pub const CODE_REDEEMED: &str = "User sign-ins (non-interactive): the code was being redeemed. The visit to the page stands under user sign-ins (interactive).";
/// The device flow.
pub const DEVICE_CODE: &str = "User sign-ins (interactive), where the person typed the code; what came after it under user sign-ins (non-interactive).";
/// A password sent by a program.
pub const PASSWORD: &str = "User sign-ins: a password sent by a program is listed under non-interactive or interactive, so look in both.";
/// An application.
pub const SERVICE_PRINCIPAL: &str = "Service principal sign-ins: the application asked for itself.";
/// A managed identity.
pub const MANAGED_IDENTITY: &str =
    "Managed identity sign-ins: an Azure resource asked with its own identity.";
/// Not told.
pub const OPEN: &str = "User sign-ins (interactive) if a person was on a page; non-interactive if a program redeemed a code or a refresh token; service principal sign-ins if the application asked for itself.";
/// A user, and not told how.
pub const OPEN_FOR_A_USER: &str = "User sign-ins: non-interactive if a program redeemed a code or a refresh token, interactive if a person was on a page.";
/// An application's credential, and not told what for.
pub const OPEN_FOR_AN_APP: &str = "Service principal sign-ins if the application asked for itself; user sign-ins (non-interactive) if it asked in a user's name.";
/// Not in these logs.
pub const PENDING: &str = "None yet: asking before the person is done is not logged. The sign-in on the device page will stand under user sign-ins (interactive).";
/// Not in these logs.
pub const BEFORE_THE_TENANT: &str = "None of the four sign-in logs: it was refused before a tenant was known to log it in. Correlation and trace id are what Microsoft's support can find it by.";
/// Not in these logs.
pub const UNKNOWN_APP: &str = "Most likely none: the tenant knows no such application to log it under. A user who had already signed in may stand under user sign-ins with an empty application name. The tenant that does hold the application has nothing either.";
/// Not in these logs.
pub const MALFORMED: &str = "Most likely none: the request was refused as it was read, before it counted as a sign-in. The request itself, as the program sent it, tells more.";
/// Not in these logs.
pub const THROTTLED: &str = "Most likely none: requests that are held back are not logged as sign-ins. The ones before them are: many in a row from the same application are the cause.";
/// Not in these logs.
pub const OF_THE_API: &str = "None of the four: the API itself refused, so its own log holds it. The sign-in logs hold how the token was issued, for the same user and application.";
/// Not in these logs.
pub const OF_B2C: &str = "None of the four: a B2C tenant writes what its user flows do to its audit log (category B2C). A custom policy's trace is in Application Insights, if that is connected, under the correlation id.";
/// Not in these logs.
pub const OF_ADFS: &str = "None of the four: AD FS writes to the event log of its servers (AD FS/Admin, and Security if auditing is on); search it for the activity id. With Connect Health the sign-ins are also in Entra, and in the table ADFSSignInLogs.";
/// Not in these logs.
pub const OF_THE_AGENT: &str = "The agent's own log on its server holds this; the sign-in that it belongs to stands under user sign-ins (interactive).";
/// Not in these logs.
pub const OF_ANOTHER_ISSUER: &str =
    "Not in an Entra sign-in log: whoever runs this issuer has its log.";
/// Not in these logs.
pub const OF_THE_LOCAL_ENDPOINT: &str = "None of the four: the identity endpoint on the machine refused before the sign-in service was asked.";

/// The lab.
pub fn in_the_lab(words: &str) -> String {
    format!("{words} (The lab keeps no such log; a tenant does.)")
}
