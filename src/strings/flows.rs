//! What `flows` says: the lines of a run's log, the page of the loopback listener, what is malformed.

use crate::model::{Clean, Purpose};

/// What is being sent.
pub const fn sending(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Discovery => "asking for the metadata",
        Purpose::Keys => "asking for the signing keys",
        Purpose::Token => "asking for the token",
        Purpose::PushedAuthorization => "handing over the authorization request",
        Purpose::DeviceStart => "starting the device sign-in",
        Purpose::BackchannelStart => "having the person asked on their device",
        Purpose::UserRealm => "asking where the user's password is checked",
        Purpose::Api => "calling the API",
        Purpose::Introspection => "asking whether the token is good",
        Purpose::Revocation => "taking the token back",
        Purpose::UserInfo => "asking for claims about the user",
        Purpose::ClientAssertion => "asking the other issuer for its token",
    }
}

/// The run's name at the server.
pub fn correlation(id: &str) -> String {
    format!("correlation id of this run: {id}")
}

/// The certificate that signs, by its thumbprint.
pub fn certificate(thumbprint: &str) -> String {
    format!("the client proves itself with the certificate whose thumbprint is {thumbprint}")
}

/// The certificate that is shown in the handshake.
pub fn tls_certificate(subject: &str, thumbprint: &str) -> String {
    format!(
        "the client shows its certificate in the TLS handshake: {subject}, x5t#S256 {thumbprint}"
    )
}

/// A certificate whose time is over.
pub fn certificate_over(at: &str) -> String {
    format!("that certificate expired at {at}; the server will hardly accept it")
}

/// The key did not sign.
pub const NOT_SIGNED: &str =
    "the key cannot sign with this algorithm; the request goes without an assertion";

/// A token of another issuer stands for the client.
pub const ASSERTION: &str = "the client proves itself with the token of another issuer";

/// As [`ASSERTION`], with one whose time is over.
pub fn assertion_over(at: &str) -> String {
    format!("{ASSERTION}; that token expired at {at}")
}

/// What a registration compares, character by character.
pub fn assertion(issuer: &str, subject: &str, audience: &str) -> String {
    format!("issuer {issuer}, subject {subject}, audience {audience}")
}

/// No assertion.
pub const NOT_AN_ASSERTION: &str = "this is not a signed token (JWT)";

/// What an assertion should be.
pub const ASSERTION_EXPECTED: &str =
    "one JWT and nothing else: three parts with dots between them, as the other issuer gives it";

/// Where the key of a run comes from.
pub const DPOP_KEY_MADE: &str = "the run made a key of its own (ES256)";

/// As [`DPOP_KEY_MADE`], where a refresh token is bound already.
pub const DPOP_KEY_HELD: &str = "the refresh token is bound to a key that is held (ES256)";

/// The key, by its thumbprint.
pub fn dpop_key(what: &str, thumbprint: &str) -> String {
    format!("{what}; tokens are asked for that are bound to it by DPoP (thumbprint {thumbprint})")
}

/// No proof.
pub const DPOP_NO_KEY: &str =
    "no key could be made or it cannot sign; the request goes without a DPoP proof";

/// The server has a nonce.
pub const DPOP_NONCE_WANTED: &str = "the server did not process the request: it wants its nonce in the DPoP proof (use_dpop_nonce); the same request goes once more with it";

/// The token is not bound.
pub fn dpop_not_bound(token_type: &str) -> String {
    format!(
        "a token that is bound by DPoP was asked for, and the server issued one of the type {token_type}, which anybody who holds it can use"
    )
}

/// A bound token without its key.
pub const DPOP_KEY_GONE: &str = "the token is bound to a key that is not held (token_type DPoP)";

/// What is needed then.
pub const DPOP_KEY_EXPECTED: &str = "a token that this session acquired itself with --dpop";

/// No address of keys.
pub const NO_JWKS_URI: &str = "the metadata names no keys (jwks_uri)";

/// The request was signed.
pub fn request_signed(algorithm: &str, parameters: usize) -> String {
    format!(
        "the authorization request was signed as a JWT ({algorithm}) with its {parameters} parameters (RFC 9101)"
    )
}

/// It could not be.
pub const REQUEST_NOT_SIGNED: &str =
    "the client's key or secret cannot sign the authorization request";

/// What can.
pub const REQUEST_KEY_EXPECTED: &str =
    "a key of at least 2048 bits (RSA) or of the curve P-256, or a client secret";

/// Details that are none.
pub fn not_details(why: &str) -> String {
    format!("the authorization details cannot be used: {why}")
}

/// They are too long.
pub const DETAILS_TOO_LONG: &str = "the file is longer than 64 KiB";

/// They are no list.
pub const DETAILS_NO_LIST: &str = "the file holds no JSON array";

/// One of them is of no type.
pub fn details_without_type(nth: usize) -> String {
    format!("element {nth} is no object with a `type`")
}

/// What they are.
pub const DETAILS_EXPECTED: &str = "a JSON array of objects, each with a `type` (RFC 9396 section 2), e.g. [{\"type\":\"account_information\"}]";

/// The browser was opened.
pub const BROWSER_OPENED: &str = "the browser was opened; waiting for it to come back";

/// No browser was opened.
pub const BROWSER_NOT_OPENED: &str =
    "no browser was opened; open the address yourself and sign in there";

/// The redirect goes elsewhere.
pub const PASTE_REDIRECT: &str = "the redirect URI does not lead to this machine: sign in, then paste the address the browser ends at";

/// What a redirect URI should be.
pub const REDIRECT_EXPECTED: &str =
    "a registered redirect URI such as http://localhost, with a port only if that port is free";

/// The listener could not be opened.
pub fn no_listener(uri: &str, detail: &str) -> String {
    format!("cannot listen for `{uri}`: {detail}")
}

/// The port is taken.
pub fn port_busy(uri: &str) -> String {
    format!("cannot listen for `{uri}`: another program on this machine has that port")
}

/// The port is not for everybody.
pub fn port_closed(uri: &str) -> String {
    format!("cannot listen for `{uri}`: this machine lets only its administrator have that port")
}

/// What helps.
pub const PORT_EXPECTED: &str = "end that program, or register and use another port; Entra takes any port for http://localhost, so that none has to stand there";

/// The cache was searched.
pub fn looked(environment: &str, client_id: &str) -> String {
    format!("looked for a held token of client {client_id} at {environment}")
}

/// An access token was found.
pub const FOUND_ACCESS: &str = "a held access token will do; nothing is sent";

/// Only a refresh token was found.
pub const FOUND_REFRESH: &str = "a refresh token is held; asking for a new access token with it";

/// No account.
pub const MISS_NO_ACCOUNT: &str = "nobody has signed in to this client there yet";

/// Another account.
pub const MISS_OTHER_ACCOUNT: &str = "other people have signed in there, but not this user";

/// Other clients.
pub fn other_clients(held: &str) -> String {
    format!("tokens are held there, but for other clients: {held}")
}

/// Other authorities.
pub fn other_environments(held: &str) -> String {
    format!("tokens are held for this client, but of another authority: {held}")
}

/// Several tenants.
pub const MISS_SEVERAL_TENANTS: &str = "access tokens of several tenants are held and the tenant's name does not tell which of them is meant; its id would";

/// Renewing failed, and an aging token is held.
pub const FELL_BACK: &str =
    "the renewal failed; the held access token still works and is used, as MSAL does";

/// Forced.
pub const MISS_FORCED: &str = "a held access token is passed over: a refresh was asked for";

/// Claims.
pub const MISS_CLAIMS: &str =
    "a held access token is passed over: it cannot carry the claims that are asked for";

/// Aging.
pub const MISS_AGING: &str =
    "the held access token still works, but the server asked to renew it ahead of time";

/// No access token.
pub const MISS_NO_ACCESS: &str = "no access token is held for this account and tenant";

/// No refresh token.
pub const MISS_NO_REFRESH: &str = "no refresh token is held either";

/// Expired.
pub fn expired(seconds: u64) -> String {
    format!("the held access token expired {} ago", span(seconds))
}

/// Expires soon.
pub fn expires_soon(seconds: u64) -> String {
    format!(
        "the held access token expires in {}; less than five minutes counts as expired",
        span(seconds)
    )
}

/// Other scopes.
pub fn other_scopes(held: &str) -> String {
    format!("a held access token is for other scopes: {held}")
}

fn span(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// Nothing is held.
pub const NOTHING_HELD: &str =
    "there is nothing to be silent with: no token that will do and no refresh token";

/// What to do about it.
pub const NOTHING_HELD_EXPECTED: &str =
    "sign in first (interactive or device-code), or give a refresh token";

/// Nothing to call.
pub const NO_API: &str = "no API is named";

/// Not an access token.
pub const NOT_A_BEARER: &str = "what was issued is not an access token (its token_type is N_A)";

/// What opens an API.
pub const BEARER_EXPECTED: &str =
    "a token of the type access_token: ask for it with --requested-token-type access_token";

/// Nothing is held.
pub const NO_TOKEN_FOR_API: &str = "no access token is held for this account and these scopes";

/// What to do about it.
pub const NO_TOKEN_EXPECTED: &str = "acquire a token first";

/// The redirect was taken: title.
pub const PAGE_DONE_TITLE: &str = "Signed in as far as the browser is concerned";

/// The redirect was taken.
pub const PAGE_DONE: &str =
    "tokenscope has what it needs and goes on in the terminal. You can close this tab.";

/// The redirect carried an error: title.
pub const PAGE_REFUSED_TITLE: &str = "The sign-in was refused";

/// The redirect carried an error.
pub const PAGE_REFUSED: &str =
    "tokenscope shows in the terminal what happened and what to do. You can close this tab.";

/// The redirect belongs to another run: title.
pub const PAGE_OTHER_TITLE: &str = "This is not the answer tokenscope is waiting for";

/// The redirect belongs to another run.
pub const PAGE_OTHER: &str = "It belongs to another sign-in, perhaps an older one. Go on in the tab that was opened last. You can close this one.";

/// The answer stands in the fragment: title.
pub const PAGE_RELAY_TITLE: &str = "One moment";

/// The answer stands in the fragment.
pub const PAGE_RELAY: &str = "The answer of the sign-in stands in the address of this page, behind the number sign, and a script hands it to tokenscope. Should nothing happen, paste the address into tokenscope.";

/// A form of a page that has no business here.
pub fn stranger(origin: &str) -> String {
    format!(
        "a page of {origin} posted a form to this run, and that is not the authority; it was not taken (--trust-host takes it)"
    )
}

/// Nothing here: title.
pub const PAGE_NONE_TITLE: &str = "Nothing here";

/// Nothing here.
pub const PAGE_NONE: &str =
    "tokenscope waits here for a sign-in to come back, and for nothing else.";

/// A key file of an Arc machine that is none.
pub const KEY_ODD: &str = "it is not a file of at most 4096 bytes";

/// What an Arc machine's key file needs.
pub const KEY_EXPECTED: &str = "a file that this user can read: the user must be in the group himds (Linux) or run as an administrator (Windows)";

/// No reply from an issuer.
pub fn no_reply(url: &str, fault: &str) -> String {
    format!("no reply from {url} ({fault})")
}

/// An address that holds no metadata.
pub fn no_metadata(url: &str, status: u16) -> String {
    format!("{url} answered {status} without metadata that names keys")
}

/// An address that holds no keys.
pub fn no_key_set(url: &str) -> String {
    format!("{url} answered with something else than a key set")
}
/// The metadata did not come.
pub const NO_METADATA: &str =
    "the authority's metadata could not be read, and it names where this is done";

/// What to do.
pub const NO_METADATA_EXPECTED: &str =
    "an authority that answers; the exchanges show what came back";

/// An ID token that is encrypted.
pub fn id_token_encrypted(alg: &str, enc: &str) -> String {
    let (alg, enc) = (Clean::line(alg), Clean::line(enc));
    format!(
        "the ID token is encrypted ({alg}, {enc}; JWE, RFC 7516): only who holds the client's private key can read it, and nothing of it is told here"
    )
}
