//! What `compare` says: why a difference between two runs matters. "Now" and "this time" mean the second run.

/// A run that has not ended.
pub const UNDER_WAY: &str = "under way";
/// It is so.
pub const YES: &str = "yes";
/// Something secret was sent.
pub const SENT: &str = "sent";
/// Stands for the first run's client secret.
pub const FIRST_SECRET: &str = "one secret";
/// Stands for the second run's client secret.
pub const OTHER_SECRET: &str = "another secret";
/// Stands for the first run's password.
pub const FIRST_PASSWORD: &str = "one password";
/// Stands for the second run's password.
pub const OTHER_PASSWORD: &str = "another password";
/// Another password.
pub const PASSWORD_CHANGED: &str = "Another password was typed.";
/// Where a token came from.
pub const CACHE: &str = "the cache";
/// Where a token came from.
pub const SERVER: &str = "the server";
/// How long a token lives.
pub const LIFETIME: &str = "lifetime";

/// The second run was granted.
pub const NOW_GRANTED: &str = "A token came this time.";
/// The second run was refused.
pub const NOW_REFUSED: &str = "What was granted before is refused now.";
/// The second run got no reply.
pub const NOW_UNREACHABLE: &str = "The first run got an answer; this time none came at all.";
/// The second run got a reply, though a refusal.
pub const NOW_ANSWERED: &str = "The server can be reached now; it says no.";
/// Another `error`.
pub const OTHER_ERROR: &str = "The refusal is of another kind.";
/// Another suberror.
pub const OTHER_SUBERROR: &str = "The server gives another reason, so another way out applies.";
/// Other codes.
pub const OTHER_CODES: &str =
    "Something else is in the way now: one obstacle may have been cleared.";
/// Another place.
pub const OTHER_PLACE: &str = "The refusal comes from another stage.";
/// Another claims challenge.
pub const OTHER_CHALLENGE: &str = "The server asks for other claims; pass the newest ones.";
/// Other policies.
pub const OTHER_POLICIES: &str = "Other policies are named.";

/// Claims went along.
pub const CLAIMS_SENT: &str = "Claims were sent this time.";
/// Claims did not go along.
pub const CLAIMS_NOT_SENT: &str = "Claims were sent before and not this time.";
/// Other claims went along.
pub const CLAIMS_OTHER: &str = "Other claims were sent.";
/// The refresh was forced.
pub const FORCED: &str = "The refresh was forced: the cached token was not used.";
/// The refresh was not forced.
pub const NOT_FORCED: &str =
    "The refresh was not forced this time: a cached token may have been used.";
/// Another flow.
pub const FLOW: &str = "The token was asked for in another way.";
/// Another authority.
pub const AUTHORITY: &str = "Another authority was asked.";
/// Another kind of authority.
pub const AUTHORITY_KIND: &str = "The authority was spoken to in another way.";
/// Another client.
pub const CLIENT: &str = "It is another application.";
/// Another client kind.
pub const CLIENT_KIND: &str = "The application was taken for another kind.";
/// Another way for the client to prove itself, as the token tells it.
pub const CLIENT_PROOF: &str = "The application proved who it is in another way.";
/// Another kind of credential.
pub const CREDENTIAL_CHANGED: &str = "The client proved itself in another way.";
/// Another certificate in the handshake, or none, or nobody asked for it.
pub const CERTIFICATE_CHANGED: &str = "The TLS handshake went otherwise: the server saw another certificate, or saw it in one run alone.";
/// Proven by a secret.
pub const SECRET: &str = "a secret";
/// Proven by a certificate.
pub const CERTIFICATE: &str = "a certificate";
/// Proven by a certificate in the handshake.
pub const TLS_CERTIFICATE: &str = "a certificate in the TLS handshake";
/// Proven by somebody else's token.
pub const FEDERATED: &str = "the token of another issuer";
/// Another secret.
pub const SECRET_CHANGED: &str = "Another client secret was sent.";
/// A client secret where there was none.
pub const SECRET_ADDED: &str = "A client secret was sent this time.";
/// No client secret where there was one.
pub const SECRET_REMOVED: &str = "No client secret was sent this time.";
/// Other scopes asked for.
pub const SCOPES_ASKED: &str = "Other permissions were asked for.";
/// Another prompt.
pub const PROMPT: &str = "The page was asked to behave differently.";
/// Another response type.
pub const RESPONSE_TYPE: &str = "Something else was to come back from the page.";
/// Another proof key.
pub const PKCE: &str = "The code was bound to the run in another way.";
/// Signed or not.
pub const REQUEST_OBJECT: &str = "The request was signed, or no longer.";
/// Other details.
pub const AUTHORIZATION_DETAILS: &str = "Other authorization details were asked for.";
/// Another response mode.
pub const RESPONSE_MODE: &str = "The answer was to come back in another way.";
/// Other further parameters.
pub const FURTHER_PARAMETERS: &str = "The page was asked for something else beside the scopes.";
/// Other client capabilities.
pub const CAPABILITIES: &str = "The client declared other capabilities: cp1 makes APIs send claims challenges and lets tokens live longer.";
/// Another redirect URI.
pub const REDIRECT_URI: &str = "The browser was to come back to another address.";
/// Another API.
pub const API_ASKED: &str = "Another API was called.";
/// Only one of the two is simulated.
pub const LAB: &str = "One of the two is simulated: the lab answered, not a real server.";

/// A second factor.
pub const AMR_MFA: &str = "amr now holds mfa: a second factor was used.";
/// No second factor.
pub const AMR_NO_MFA: &str = "amr no longer holds mfa: no second factor was used.";
/// Another way of signing in.
pub const AMR: &str = "The person proved who they are in another way.";
/// An authentication context is gone.
pub const CONTEXT_LOST: &str = "A required authentication context is no longer met.";
/// Another audience.
pub const AUDIENCE: &str = "The token is for another API.";
/// Another tenant.
pub const TENANT: &str = "The token is from another tenant or issuer.";
/// Another person.
pub const PERSON: &str = "It is another account.";
/// User or application.
pub const IDTYP: &str = "One token is a person's, the other an application's own.";
/// A device is known.
pub const DEVICE: &str = "The device was recognised this time.";
/// No device is known.
pub const NO_DEVICE: &str = "The device was not recognised this time.";
/// Another address.
pub const ADDRESS: &str = "The request came from another address; location policies look at this.";
/// Another time of signing in.
pub const AUTH_TIME: &str = "The person signed in at another time: a fresh sign-in moves this.";
/// Another version.
pub const VERSION: &str = "The token has another version; the API's registration decides that.";
/// Another lifetime.
pub const LIFETIME_WHY: &str =
    "The tokens live for different times: policies and continuous access evaluation change that.";

/// Another algorithm.
pub const SIGNED_OTHERWISE: &str = "They are signed in different ways.";
/// A nonce in one header alone.
pub const FOR_GRAPH: &str =
    "One of them is for Microsoft Graph alone: nobody else can check its signature.";

/// The token is from the cache.
pub const FROM_CACHE: &str = "No request was needed: the cached token was still good.";
/// The token is from the server.
pub const FROM_SERVER: &str = "The server was asked this time, so the token is proved to be new.";
/// Another token type.
pub const BINDING_MESSAGE: &str = "The person's device shows another text.";
/// The kind of token.
pub const TOKEN_TYPE: &str = "The token has to be presented in another way.";
/// A refresh token came.
pub const REFRESH_CAME: &str = "There is a refresh token now: silent calls become possible.";
/// No refresh token.
pub const REFRESH_GONE: &str = "There is no refresh token now: silent calls end with this token.";
/// The API answers.
pub const API_NOW_ANSWERS: &str = "The API accepts the token now.";
/// The API refuses.
pub const API_NOW_REFUSES: &str = "The API answers differently.";
/// Another wait.
pub const RETRY_AFTER: &str = "The server asks for another wait.";

/// An authentication context is met.
pub fn context_met(contexts: &str) -> String {
    format!("Authentication context {contexts} is met now.")
}

/// Rights that were gained and lost.
pub fn rights(more: &str, less: &str) -> String {
    match (more.is_empty(), less.is_empty()) {
        (false, true) => format!("The token now also allows {more}."),
        (true, false) => format!("The token no longer allows {less}."),
        (false, false) => format!("The token now allows {more}, and no longer {less}."),
        (true, true) => String::new(),
    }
}

/// A time in minutes.
pub fn minutes(count: u64) -> String {
    format!("{count} min")
}

/// A time in milliseconds.
pub fn milliseconds(count: u128) -> String {
    format!("{count} ms")
}

/// Heading of where to look first.
pub const POINTS_TO: &str = "What this points to";
/// Nothing differs.
pub const ALIKE: &str = "Both ended alike, and nothing that matters differs.";
/// One of the two was malformed.
pub const ONE_NOT_SENT: &str =
    "One of the two was malformed and never left this program: mend it before comparing.";
/// One of the two was cancelled.
pub const ONE_CANCELLED: &str =
    "One of the two was cancelled: nothing can be concluded from how it ended.";
/// The requests are alike.
pub const ASKED_THE_SAME: &str =
    "Both asked for the same in the same way, so the cause lies outside the request.";
/// One of the two had no reply.
pub const ONE_UNREACHABLE: &str = "One of the two had no reply at all: compare name lookup, proxy and trusted certificates of the two machines, before anything of the identity provider.";
/// Another user, consent.
pub const CONSENT_OF_ONE: &str = "One of the two users has agreed to these permissions, or an administrator has for them; the other has not, or may not.";
/// Consent.
pub const CONSENT_FOR_ONE: &str =
    "The permissions of one of the two are agreed to, those of the other are not.";
/// Assignment.
pub const ASSIGNED_ONE: &str = "The app, its roles or its tenant let in only who is assigned: compare the assignments of the two, groups included (nested groups do not count).";
/// Another user, policies.
pub const POLICY_FOR_ONE: &str = "Conditional Access covers one of the two users and not the other, or only one has met it: compare groups, exclusions, registered methods and devices. The sign-in log names the policies of each.";
/// The same user, policies.
pub const POLICY_AROUND_ONE: &str = "Conditional Access looks at more than the request: the place, the device, the risk, how long ago the sign-in was. The sign-in log names the policies of each of the two.";
/// The account.
pub const ACCOUNT_OF_ONE: &str = "The refusal is about one account: its password, its state, or the tenant where it is looked for.";
/// The client's credential.
pub const CREDENTIAL_OF_ONE: &str = "The refusal is about what the client proves itself with: one of the two has a credential that the registration does not know, no longer knows, or that is over.";
/// The refresh token or code.
pub const GRANT_OF_ONE: &str = "The refusal is about one refresh token or code: it is over, revoked or used. A new sign-in tells whether anything else differs.";
/// It passes.
pub const PASSING: &str = "The refusal is of the moment: the service was busy or out of order. Run it again before you look any further.";
/// The request or the registration.
pub const REQUEST_OF_ONE: &str = "The refusal is about the request or the app's registration: what the two asked differently is what the server does not accept.";
/// The tenant.
pub const TENANT_OF_ONE: &str = "The refusal is about the tenant: compare in which tenant each of the two is looked for, and what that tenant lets in.";

/// One thing was asked for differently.
pub fn only(what: &str) -> String {
    format!("Of all that was asked, only this differs: {what}. It is where to look first.")
}

/// Several things were asked for differently.
pub fn several(what: &str) -> String {
    format!(
        "These differ in what was asked: {what}. Change them one at a time to learn which one decides."
    )
}

/// The first of two.
pub const FIRST: &str = "First";
/// The second of two.
pub const SECOND: &str = "Second";

/// One of two runs in a line.
pub fn run(label: &str, words: &str) -> String {
    format!("{label:<8}{words}\n")
}

/// Where to look first.
pub fn points_to(sentences: &[String]) -> String {
    format!("\n{POINTS_TO}: {}\n", sentences.join(" "))
}

/// A size.
pub fn bytes(size: usize) -> String {
    format!("{size} bytes")
}

/// Another method.
pub const OTHER_METHOD: &str = "The request was of another kind.";
/// Another address.
pub const OTHER_ADDRESS: &str = "Something else was asked.";
/// Another answer.
pub const OTHER_ANSWER: &str = "The answer is another one.";
/// Another body that is no JSON object in both.
pub const OTHER_BODY: &str = "The bodies differ, and are not both JSON objects.";
