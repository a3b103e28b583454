//! What the lab says about applications and their proofs: the sentences after its codes, its world file and its log.

/// An address of an application.
pub const EXPECTED_ADDRESS: &str =
    "an address that begins with http:// or https://, without a fragment; or none";
/// A point in time in the world file.
pub const EXPECTED_TIME: &str = "a time such as \"2027-01-31T00:00:00Z\"";
/// A certificate in the world file.
pub const EXPECTED_CERTIFICATE: &str = "for each of its certificates a pem, or a thumbprint of 40 or 64 hexadecimal digits, or a subject (common name) and an issuer in PEM";
/// A key set in the world file.
pub const EXPECTED_KEYS: &str =
    "keys = a key set in JSON, {\"keys\": […]}, or a keys-file that holds one";
/// An issuer that the lab can sign for.
pub const EXPECTED_ISSUER: &str =
    "a subject, and the name or uri of an [[issuer]] without keys of its own";
/// What can be registered with whom.
pub const EXPECTED_TO_REGISTER: &str =
    "a client of the world, and a certificate that its program was given before";
/// The values of `secret-ends`.
pub const EXPECTED_END: &str = "a time such as 2027-01-31T00:00:00Z, or never";
/// The values of `assigned`.
pub const EXPECTED_NAMES: &str = "names of users or groups, separated by commas, or nobody";
/// The values of `roles`.
pub const EXPECTED_ROLES: &str = "RESOURCE ROLE …, or RESOURCE none";
/// The values of a federated credential's parts.
pub const EXPECTED_OF_FEDERATED: &str = "text, for an app that has a federated credential";

/// 7000112.
pub const CLIENT_DISABLED: &str = "The application '{app}' is switched off in '{tenant}'.";
/// 50194.
pub const SINGLE_TENANT: &str =
    "'{app}' serves one tenant alone; call it through the address of '{tenant}'.";
/// 50105.
pub const NOT_ASSIGNED: &str = "'{user}' is not assigned to '{app}', which requires an assignment.";
/// 501051.
pub const CALLER_WITHOUT_ROLE: &str =
    "'{app}' holds no role of '{resource}', which gives tokens only to applications that hold one.";
/// 9002327.
pub const ORIGIN_NEEDED: &str = "Tokens of '{app}' came through a redirect URI of the single-page type and may be redeemed only across origins, from a page in the browser.";
/// 9002326.
pub const ORIGIN_UNWANTED: &str = "The request for '{app}' comes across origins, from a page in the browser; that is for redirect URIs of the single-page type alone.";
/// 700084.
pub const BROWSER_TOKEN_OVER: &str = "The refresh token of the single-page application '{app}', issued on {issued}, has reached its fixed end.";
/// 70000 with `client_mismatch`.
pub const FAMILY_MISMATCH: &str =
    "The refresh token belongs to a family of applications, and '{app}' is not one of it.";
/// 50196.
pub const LOOP_DETECTED: &str =
    "'{app}' has sent the same request too often and is held back for a few minutes.";
/// 50027.
pub const ASSERTION_MALFORMED: &str =
    "What '{app}' sent as '{field}' is not a complete, readable JWT.";
/// 5002738.
pub const ASSERTION_ALGORITHM: &str =
    "The assertion of '{app}' is signed with '{value}', which is not accepted.";
/// 5002723.
pub const ASSERTION_KEYLESS: &str =
    "The header of the assertion of '{app}' names neither a certificate nor a key.";
/// 700027.
pub const ASSERTION_UNKNOWN: &str = "The assertion of '{app}' is signed with a key that is not registered for it. Thumbprint in the header: '{value}'.";
/// 7000274.
pub const ASSERTION_SIGNATURE: &str = "The signature of the assertion for '{app}' is not valid.";
/// 700024.
pub const ASSERTION_TIME: &str =
    "The assertion of '{app}' is outside its validity period; it is {time} here.";
/// 700021.
pub const ASSERTION_CLIENT: &str = "The assertion names '{issuer}' as its issuer and subject, which is not the client ID of '{app}'.";
/// 50048.
pub const ASSERTION_PARTIES: &str = "The issuer '{issuer}' and the subject '{subject}' of the assertion of '{app}' must both be its client ID.";
/// 700023.
pub const ASSERTION_AUDIENCE: &str =
    "The audience '{audience}' of the assertion of '{app}' is not this token endpoint.";
/// 5002741.
pub const ASSERTION_AUDIENCES: &str =
    "The assertion of '{app}' names more audiences than the one that is allowed.";
/// 1000502.
pub const CERTIFICATE_OVER: &str =
    "The certificate that '{app}' signs with is outside its validity period.";
/// 700030.
pub const CERTIFICATE_SUBJECT: &str =
    "The subject of the presented certificate is not among those allowed for '{app}'.";
/// 70021.
pub const FEDERATED_NONE: &str = "'{app}' has no federated credential, so the token with issuer '{issuer}' and subject '{subject}' matches none.";
/// 700211.
pub const FEDERATED_ISSUER: &str = "No federated credential of '{app}' has the issuer '{issuer}'.";
/// 700213.
pub const FEDERATED_SUBJECT: &str =
    "No federated credential of '{app}' has the subject '{subject}'.";
/// 7002138.
pub const FEDERATED_SUBJECT_CASE: &str = "A federated credential of '{app}' matches the subject '{subject}' only when upper and lower case are ignored.";
/// 700212.
pub const FEDERATED_AUDIENCE: &str =
    "No federated credential of '{app}' has the audience '{audience}'.";
/// 700222.
pub const FEDERATED_OWN: &str = "A token issued by '{issuer}', this service itself, cannot be used as a federated credential of '{app}'.";
/// 7000272.
pub const FEDERATED_KEYLESS: &str =
    "The signing key of the presented token is not among the keys of '{issuer}'.";
/// 50013.
pub const ASSERTION_REJECTED: &str = "The assertion that '{app}' presented was not accepted: its signature validation failed, for it was not signed by this service.";
/// 500131.
pub const BEHALF_AUDIENCE: &str =
    "The assertion was issued for '{audience}' and not for '{app}', which presents it.";
/// 500133.
pub const BEHALF_TIME: &str =
    "The assertion that '{app}' presented is outside its validity period.";
/// 7000114, an application's own token.
pub const BEHALF_APP_ONLY: &str =
    "'{app}' may not make calls on behalf of users with a token that stands for an application.";
/// 7000114, a public client.
pub const BEHALF_NOT_ALLOWED: &str =
    "'{app}' may not make calls on behalf of users: it is a public client.";
/// 240002.
pub const BEHALF_ID_TOKEN: &str =
    "An ID token cannot be exchanged by '{app}'; the access token it was called with is needed.";
/// 50008.
pub const FEDERATION_UNKNOWN: &str =
    "'{tenant}' trusts no federated provider, so no SAML assertion can be accepted.";

/// How an app proved itself: not at all.
pub const PROVEN_NOTHING: &str = "which needs no proof";
/// By its secret.
pub const PROVEN_SECRET: &str = "proven by its secret";
/// By a certificate.
pub const PROVEN_CERTIFICATE: &str = "proven by its certificate ({by})";
/// By the token of another issuer.
pub const PROVEN_FEDERATED: &str = "proven by a token of {issuer}";
/// A token was issued.
pub const SAID_TOKEN: &str = "token issued to {app}, {proven}";
/// A token was issued on behalf of a user.
pub const SAID_BEHALF: &str = "token issued to {app} on behalf of {user}, {proven}";
/// A token was issued to an application that acts for a user.
pub const SAID_AGENT: &str =
    "token issued to {app} for {user}, by that user's federated credential; the app: {proven}";
/// The id of a secret was sent.
pub const BY_SECRET_ID: &str = "what was sent is the id of a secret, not its value";
/// A thumbprint without the certificate.
pub const BY_NO_CHAIN: &str =
    "only the thumbprint is registered, and the assertion does not bring the certificate (x5c)";
/// Certificates are trusted by issuer, and none came along.
pub const BY_NO_ISSUED: &str = "certificates are trusted by subject and issuer here, and the assertion does not bring its own (x5c)";
/// Two texts part.
pub const BY_DIFFERENCE: &str =
    "registered is '{expected}', presented was '{presented}': they part at character {at}";
/// An assertion was made.
pub const SAID_ASSERTION: &str = "assertion issued by {issuer} for {subject}";
/// An app's settings were changed.
pub const IS_APP_CHANGED: &str = "The settings of {app} differ from the world file.";
/// The loop rule is on.
pub const IS_LOOP_RULE: &str = "Programs that repeat the same request are held back.";
