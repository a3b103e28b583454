//! What `grants` says: the lines of a run's log, and what cannot be sent.

use std::time::Duration;

/// Client credentials begin.
pub const ASKING_FOR_APP: &str = "asking for a token for the application itself";

/// Throttled.
pub const THROTTLED: &str = "the server asks for fewer requests";

/// A server error.
pub fn unwell(status: u16) -> String {
    format!("the server is unwell ({status})")
}

/// No reply came.
pub const NO_ANSWER: &str = "no reply came";

/// A request is going to be repeated.
pub fn will_repeat(why: &str, (next, of): (u32, u32), wait: Duration, named: bool) -> String {
    let whose = if named {
        "as the server asked by Retry-After"
    } else {
        "our own back-off"
    };
    let wait = wait.as_secs_f64();
    let wait = (wait * 10.0).round() / 10.0;
    format!("{why}; the same request again: attempt {next} of {of} in {wait} s ({whose})")
}

/// No time is left for another attempt.
pub fn budget_spent(wait: Duration, budget: Duration) -> String {
    format!(
        "not sent again: the wait of {} s would go beyond the {} s that all attempts may take together",
        wait.as_secs(),
        budget.as_secs()
    )
}

/// A single-use request is not repeated.
pub const NOT_SENT_AGAIN: &str =
    "not sent again: it carried something that works only once, and the server may have seen it";

/// The claims are not an object.
pub const CLAIMS_NOT_JSON: &str = "the claims are not a JSON object";

/// What claims should be.
pub const CLAIMS_EXPECTED: &str = "the decoded challenge, such as {\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}; not base64";

/// A member of the metadata is no address.
pub fn metadata_not_an_address(name: &str, url: &str) -> String {
    format!("the metadata's {name} is not an address: {url}")
}

/// A member of the metadata is not secure.
pub fn metadata_not_secure(name: &str, url: &str) -> String {
    format!("the metadata's {name} is neither https nor on this machine: {url}")
}

/// What an endpoint should be.
pub const EXPECTED_HTTPS: &str = "an https address (http on this machine only)";

/// The metadata names another host.
pub fn other_host(name: &str, host: &str, typed: &str) -> String {
    format!(
        "the metadata of {typed} names another host as its {name}: {host}; nothing was sent there"
    )
}

/// How to trust it.
pub fn trust_host(host: &str) -> String {
    format!("if you know that {host} belongs to this authority: --trust-host {host}")
}

/// The next place to look for metadata.
pub const TRY_NEXT_METADATA: &str = "no metadata there; trying the next usual place";

/// The metadata is known.
pub fn known(kind: &str, issuer: &str) -> String {
    if issuer.is_empty() {
        format!("metadata found; it speaks {kind}")
    } else {
        format!("metadata found; it speaks {kind}, issuer {issuer}")
    }
}

/// The issuer differs from what was typed.
pub const OTHER_ISSUER: &str = "the issuer in the metadata is not spelled as the authority was typed (OpenID Connect Discovery 4.3 wants them equal)";

/// Metadata without a token endpoint.
pub const NO_TOKEN_ENDPOINT: &str = "the metadata names no token_endpoint";

/// A refresh token is being redeemed.
pub const REDEEMING_REFRESH: &str = "redeeming the refresh token";

/// No device endpoint.
pub const NO_DEVICE_ENDPOINT: &str = "the metadata names no device_authorization_endpoint";

/// What to do about it.
pub const NO_DEVICE_EXPECTED: &str =
    "a server that supports device sign-in (RFC 8628), or another flow";

/// A device sign-in began.
pub fn device_started(interval: u64, expires: u64) -> String {
    format!("device sign-in started: polling every {interval} s, the code is good for {expires} s")
}

/// The last poll.
pub const LAST_POLL: &str = "the code has run out; asking one last time";

/// The code ran out.
pub const DEVICE_RAN_OUT: &str = "the code ran out before anybody finished the sign-in";

/// No backchannel endpoint.
pub const NO_BACKCHANNEL: &str = "the metadata names no backchannel_authentication_endpoint";

/// What to do about it.
pub const NO_BACKCHANNEL_EXPECTED: &str =
    "a server that asks people on their own device (OpenID Connect CIBA), or another flow";

/// Somebody is asked.
pub fn backchannel_started(interval: u64, expires: u64) -> String {
    format!(
        "the server has the person asked: polling every {interval} s, the request is good for {expires} s"
    )
}

/// Who is asked.
pub const ASKED_ON_DEVICE: &str = "who is asked on their own device";

/// The last poll.
pub const LAST_POLL_OF_REQUEST: &str = "the request has run out; asking one last time";

/// The request ran out.
pub const REQUEST_RAN_OUT: &str = "the request ran out before the person answered on their device";

/// Polls become rarer.
pub fn slowing_down(interval: u64) -> String {
    format!("polling more slowly: every {interval} s from now on")
}

/// A poll met a server in trouble.
pub fn poll_survives(status: u16) -> String {
    format!("the poll was answered with {status}; that ends nothing, polling goes on")
}

/// A poll was lost.
pub const POLL_LOST: &str = "the poll got no reply; that ends nothing, polling goes on";

/// A paste held nothing.
pub const PASTE_HELD_NOTHING: &str =
    "the pasted text holds no redirect of this run, no error and no code; still waiting";

/// No user name.
pub const NO_USERNAME: &str = "the password flow needs a user name";

/// What a user name should be.
pub const USERNAME_EXPECTED: &str = "the user's sign-in name, such as ada@contoso.example";

/// The realm is looked up.
pub const LOOKING_UP_REALM: &str = "looking up where this user's password is checked";

/// The password is sent.
pub const SENDING_PASSWORD: &str = "sending the password, once";

/// The realm.
pub fn realm(kind: &str) -> String {
    let kind: String = kind
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(24)
        .collect();
    format!("the user's realm is {kind}")
}

/// No realm.
pub const NO_REALM: &str =
    "the realm lookup said nothing useful; going on as if the password were checked here";

/// A federated user.
pub const FEDERATED: &str = "this user is federated: the password is checked by the organisation's own identity provider, so the password flow cannot be used here; the password was not sent";

/// No authorization endpoint.
pub const NO_AUTHORIZE_ENDPOINT: &str = "the metadata names no usable authorization_endpoint";

/// What to do about it.
pub const NO_AUTHORIZE_EXPECTED: &str = "a server where people can sign in, or another flow";

/// A redirect of another run.
pub const OTHER_STATE: &str =
    "a redirect came with another state than this run's; it was not used, still waiting";

/// The code came.
pub const CODE_CAME: &str = "the browser came back with a code; redeeming it, once";

/// `iss` is missing.
pub const ISSUER_MISSING: &str = "the redirect carries no iss although the server always sends it (RFC 9207); the code was not used";

/// `iss` differs.
pub const ISSUER_DIFFERS: &str = "the redirect names another issuer than the one that was asked (RFC 9207); the code was not used";

/// The nonce differs.
pub const OTHER_NONCE: &str =
    "the ID token does not carry the nonce of this run; the tokens were not used";

/// The browser never came back.
pub const BROWSER_SILENT: &str = "nothing came back from the browser in time";

/// An address in the metadata carries a user name or password.
pub fn metadata_with_credentials(name: &str) -> String {
    format!("the server's metadata puts a user name or password into its {name}")
}

/// The exchange of a caller's token begins.
pub const EXCHANGING: &str = "the incoming token is for this application; exchanging it";

/// As [`EXCHANGING`], where the audience is an address that only the server can compare.
pub const EXCHANGING_UNSURE: &str = "the incoming token's audience is an App ID URI; whether it is this application's, the server will say; exchanging it";

/// For whom; the person's name belongs to it.
pub const EXCHANGING_FOR: &str = "on behalf of the user of that token";

/// An opaque token.
pub const INCOMING_NOT_JWT: &str =
    "the incoming token is not a JWT: it cannot be one that was issued for this API";

/// A token of an application.
pub const INCOMING_APP_ONLY: &str = "the incoming token is an application's own (it has roles and no scope): there is no user to act for. Ask with client credentials instead";

/// An ID token.
pub const INCOMING_ID_TOKEN: &str = "the incoming token holds no scope (scp): it looks like an ID token, which says who signed in and is not for calling APIs";

/// What an incoming token should be.
pub const INCOMING_EXPECTED: &str = "the access token that a user's client called this API with, as it stands in its Authorization header";

/// A token for another API.
pub fn incoming_audience(audience: &str) -> String {
    format!("the incoming token is for `{audience}`, not for this application")
}

/// Whom it should be for.
pub fn incoming_for(client_id: &str) -> String {
    format!(
        "a token whose audience is this application ({client_id} or its App ID URI); the client that calls must ask for one of its scopes"
    )
}

/// A token whose time is over.
pub fn incoming_over(at: &str) -> String {
    format!("the incoming token expired at {at}")
}

/// A newer token.
pub const INCOMING_FRESH: &str = "the token of the caller's newest call";

/// Which machine is asked.
pub fn machine(kind: &str, endpoint: &str, guessed: bool) -> String {
    if guessed {
        format!(
            "no variable names a machine's identity endpoint; supposing a {kind} and asking {endpoint}"
        )
    } else {
        format!("asking the identity endpoint of a {kind}: {endpoint}")
    }
}

/// Nothing answered, and nothing said that there is something.
pub const NO_MACHINE: &str = "nothing answered: this does not seem to be a machine of Azure. A managed identity works only on the machine or service that it was given to; elsewhere use another flow, or set the variables that `/machine` of the lab shows";

/// An Arc machine asks for its key.
pub const ARC_KEY: &str =
    "the machine asks for the content of a key file that its own programs can read";

/// An Arc machine names another file.
pub fn arc_path(path: &str) -> String {
    format!(
        "the machine asks for the content of `{path}`, which is not one of its key files; it was not read"
    )
}

/// Where an Arc machine's key files are.
pub fn arc_folder(folder: &str) -> String {
    format!("a file that ends in .key directly in {folder}")
}

/// A variable without an address.
pub const MACHINE_ADDRESS: &str =
    "the http address of the machine's identity endpoint, as the machine sets it";

/// A named machine elsewhere.
pub const MACHINE_NEAR: &str =
    "an address of this machine: loopback, or link-local such as http://169.254.169.254";

/// A user-assigned identity where there is none.
pub const OWN_ONLY: &str = "this kind of machine has one identity, its own; none can be named";

/// The way out.
pub const OWN_EXPECTED: &str = "no identity";

/// A claim that is not there.
pub const NOT_SAID: &str = "nobody that it names";

/// What an assertion or token says of itself.
pub fn statement(what: &str, issuer: &str, audience: &str, expires: &str) -> String {
    format!("{what}: made by {issuer}, for {audience}, good until {expires}")
}

/// Of whom; the name belongs to the person.
pub const STATEMENT_OF: &str = "it speaks of the subject";

/// An assertion as the grant.
pub const THE_ASSERTION: &str = "the assertion is a JWT";

/// The federated credential of a user.
pub const THE_USER_CREDENTIAL: &str = "the user's federated credential is a JWT";

/// Whom the application acts for.
pub const ACTING_FOR: &str = "the application asks for this user";

/// Nobody is named.
pub const NO_USER: &str = "it is not said for which user the token is to be";

/// Two ways to name them.
pub const TWO_USERS: &str = "the user is named twice: by user name and by object id";

/// One.
pub const ONE_USER: &str = "a user name or an object id, and not both";

/// A credential that is none.
pub const USER_CREDENTIAL_NOT_JWT: &str = "the user's federated credential is not a JWT";

/// What it should be.
pub const USER_CREDENTIAL_EXPECTED: &str =
    "the token that stands for the user: three parts with dots between them";

/// A credential whose time is over.
pub fn user_credential_over(at: &str) -> String {
    format!("the user's federated credential expired at {at}")
}

/// What helps.
pub const USER_CREDENTIAL_FRESH: &str = "a new one from whoever issues it";

/// A SAML assertion as the grant.
pub const fn saml_assertion(is_version_2: bool) -> &'static str {
    if is_version_2 {
        "the assertion is SAML 2.0"
    } else {
        "the assertion is SAML 1.1, for which no standard grant exists; Entra's name for it is sent"
    }
}

/// A claim that is demanded.
pub fn assertion_lacks(name: &str) -> String {
    format!(
        "the assertion has no `{name}`, which RFC 7523 section 3 demands; it is sent all the same"
    )
}

/// Not good yet.
pub fn assertion_early(at: &str) -> String {
    format!("the assertion is good from {at} on, which is still to come; it is sent all the same")
}

/// Over.
pub fn assertion_over(at: &str) -> String {
    format!("the assertion expired at {at}")
}

/// A newer one.
pub const ASSERTION_FRESH: &str = "a new assertion: most live for minutes";

/// Not a JWT.
pub const ASSERTION_NOT_JWT: &str = "the assertion is not a JWT";

/// What it should be.
pub const ASSERTION_EXPECTED: &str =
    "one signed JWT that an issuer made which the authority trusts, and nothing else";

/// Not SAML.
pub const NOT_SAML: &str = "this is no SAML assertion";

/// Not readable.
pub const SAML_UNREADABLE: &str = "the assertion is no XML that can be read";

/// A response around it.
pub const SAML_RESPONSE: &str =
    "this is a SAML response; the assertion is inside it, and that alone is the grant";

/// Encrypted.
pub const SAML_ENCRYPTED: &str = "the assertion is encrypted";

/// What it should be.
pub const SAML_EXPECTED: &str =
    "the XML of one signed `Assertion` element, as it stands or in base64";

/// The tokens of an exchange in words.
pub fn presented(name: &str) -> &'static str {
    if name == "actor_token" {
        "the actor's token"
    } else {
        "the subject token"
    }
}

/// What a token of an exchange should be.
pub fn presented_expected(name: &str) -> String {
    format!("a JWT, or the type that it has in {name}_type")
}

/// Not what its type says.
pub fn presented_not_jwt(what: &str, kind: &str) -> String {
    format!("{what} is called a `{kind}` and is not a JWT")
}

/// Over.
pub fn presented_over(what: &str, at: &str) -> String {
    format!(
        "{what} expired at {at}; it is sent all the same, and the server says what it makes of that"
    )
}

/// Not readable by anybody but its maker.
pub fn presented_opaque(what: &str) -> String {
    format!("{what} is opaque: whose it is and how long it lives, only its maker can tell")
}

/// SAML.
pub fn presented_saml(what: &str, readable: bool) -> String {
    if readable {
        format!("{what} is a SAML assertion")
    } else {
        format!("{what} is called SAML and cannot be read as such; it is sent all the same")
    }
}

/// What was issued.
pub fn issued(kind: &str) -> String {
    format!("what was issued is of the type {kind}")
}

/// The reply does not say.
pub const ISSUED_UNSAID: &str = "the reply does not say what was issued (issued_token_type), which RFC 8693 section 2.2.1 demands";

/// Something else.
pub fn issued_other(wanted: &str) -> String {
    format!("asked for was {wanted}")
}

/// It opens nothing.
pub const ISSUED_NO_BEARER: &str =
    "its token_type is N_A: it is not an access token, and no API can be called with it";

/// A grant that the metadata does not list.
pub fn grant_unlisted(name: &str) -> String {
    format!("the authority's metadata does not list the grant `{name}`; it is asked all the same")
}

/// A client's proof that the metadata does not list.
pub fn method_unlisted(name: &str) -> String {
    format!("the authority's metadata does not list `{name}`; it is sent all the same")
}

/// What is listed.
pub fn listed(under: &str, words: &[String]) -> String {
    let words = if words.is_empty() {
        NOTHING.to_owned()
    } else {
        words.join(", ")
    };
    format!("one of those under {under}: {words}")
}

/// An empty list.
const NOTHING: &str = "none at all";

/// An endpoint that the metadata does not name.
pub fn no_endpoint(name: &str) -> String {
    format!("the authority's metadata names no {name}")
}

/// What there would have to be.
pub fn metadata_that_names(name: &str) -> String {
    format!("an authority whose metadata has {name}")
}

/// No refresh token.
pub const NO_REFRESH_TOKEN: &str = "no refresh token came with this token";

/// One.
pub const A_REFRESH_TOKEN: &str = "a sign-in that asks for offline_access";

/// What opens an API.
pub const AN_ACCESS_TOKEN: &str = "a token of the type access_token";

/// DPoP that the metadata does not list.
pub const DPOP_UNLISTED: &str = "the authority's metadata does not list DPoP with ES256; the proof is sent all the same, and the token may come unbound";

/// The request is pushed.
pub const PUSHING: &str = "the authorization request goes to the server first; the browser gets only its name (PAR, RFC 9126)";

/// The server keeps it.
pub fn pushed(seconds: Option<u64>) -> String {
    match seconds {
        Some(seconds) => format!(
            "the server keeps the request for {seconds} s; until then the browser has to open its page"
        ),
        None => {
            "the server keeps the request; it does not say for how long (expires_in)".to_owned()
        }
    }
}

/// No code in an answer.
pub const NO_CODE: &str = "the answer carries no code although one was asked for";

/// No ID token in an answer.
pub const NO_ID_TOKEN: &str = "the answer carries no ID token although one was asked for";

/// No access token in an answer.
pub const NO_TOKEN: &str = "the answer carries no access token although one was asked for";

/// An ID token that is none.
pub const ID_TOKEN_UNREADABLE: &str =
    "the ID token that came with the answer is not a signed JWT that can be read";

/// The checks without a key.
pub const ID_TOKEN_FITS: &str = "the ID token came with the answer and is of this sign-in, of this issuer and for this client; looking at its signature";

/// A code without its digest.
pub const C_HASH_MISSING: &str = "the ID token does not say which code it came with (c_hash): the code may have been exchanged for another on the way (OpenID Connect Core 3.3.2.11)";

/// A code with another digest.
pub const C_HASH_WRONG: &str = "the ID token came with another code (c_hash differs): the code was exchanged on the way and is not redeemed (OpenID Connect Core 3.3.2.10)";

/// An access token without its digest.
pub const AT_HASH_MISSING: &str = "the ID token does not say which access token it came with (at_hash): that token may have been exchanged for another on the way (OpenID Connect Core 3.2.2.10)";

/// An access token with another digest.
pub const AT_HASH_WRONG: &str = "the ID token came with another access token (at_hash differs): that token was exchanged on the way (OpenID Connect Core 3.2.2.9)";

/// Tokens that came with the answer itself.
pub fn tokens_came(kind: &str) -> String {
    format!(
        "the answer of the page carried what `{kind}` stands for; tokens in an answer are legacy (RFC 9700 section 2.1.2)"
    )
}

/// Two users.
pub const OTHER_SUBJECT: &str = "the ID token of the token endpoint is of another user (sub) than the one that came with the code (OpenID Connect Core 3.3.3.6)";

/// A plain answer.
pub const ANSWER_NOT_SIGNED: &str =
    "the answer is not signed although a signed one was asked for (response_mode with jwt)";

/// No JWT.
pub const ANSWER_UNREADABLE: &str =
    "the signed answer is no JWT that can be read; an encrypted one cannot be opened here";

/// Another issuer.
pub const ANSWER_OF_OTHER: &str =
    "what came back was made by another issuer than the one that was asked (iss)";

/// Another client.
pub const ANSWER_FOR_OTHER: &str = "what came back is meant for another client (aud)";

/// Without a time.
pub const ANSWER_WITHOUT_END: &str = "what came back does not say until when it is good (exp)";

/// Too late.
pub const ANSWER_OVER: &str = "what came back is not good any more: its time is over (exp)";

/// A good signature.
pub fn answer_verified(how: &str) -> String {
    format!("what came back has a good signature: {how}")
}

/// An answer whose signature is not good.
pub fn answer_not_believed(why: &str) -> String {
    format!("the signed answer is not believed, and its code is not redeemed: {why}")
}

/// An ID token whose signature is not good.
pub fn id_token_not_believed(why: &str) -> String {
    format!("the ID token that came with the answer is not believed: {why}")
}

/// A way to bind the code.
pub fn challenge_unlisted(method: &str) -> String {
    format!("the server does not bind codes by `{method}` (RFC 7636)")
}

/// No signed requests.
pub const REQUEST_UNSUPPORTED: &str = "the server takes no signed authorization request: its metadata says request_parameter_supported: false";

/// Signed requests alone.
pub const REQUEST_MUST_BE_SIGNED: &str = "the server takes signed authorization requests alone: its metadata says require_signed_request_object: true";

/// What helps.
pub const SIGN_IT: &str = "--request-object, with the client's certificate or secret";

/// Another algorithm.
pub fn request_algorithm_unlisted(algorithm: &str) -> String {
    format!("the server takes no authorization request that is signed by {algorithm}")
}

/// Details of another type.
pub fn details_type_unlisted(kind: &str) -> String {
    format!("the server knows no authorization details of the type `{kind}` (RFC 9396)")
}

/// A response type or mode that is not listed.
pub fn response_unlisted(name: &str, word: &str) -> String {
    format!("the metadata does not list the {name} `{word}`")
}

/// Nothing said of signed requests.
pub const REQUEST_UNTOLD: &str =
    "the metadata does not say that the server takes signed authorization requests";

/// What that means.
pub const REQUEST_DEFAULT: &str = "request_parameter_supported: true; where it is left out, it counts as false (OpenID Connect Discovery 3)";

/// The authority has no regions.
pub const NO_REGION_THERE: &str = "This authority has no regional endpoints; its own is asked.";
/// No region was found.
pub const REGION_UNKNOWN: &str = "Neither the environment (REGION_NAME) nor this machine tells its region; the global endpoint is asked, as MSAL does.";

/// Where the application asks.
pub fn region(name: &str, endpoint: &str) -> String {
    format!("The token endpoint of region {name} is asked: {endpoint}")
}

/// The address of mutual TLS has no TLS.
pub fn no_tls(url: &str) -> String {
    format!("{url} has no TLS, so no certificate can be shown there")
}

/// What mutual TLS needs.
pub const EXPECTED_TLS: &str = "a token endpoint that is reached by https, or another proof";

/// The endpoints for mutual TLS are used.
pub fn by_alias(token_endpoint: &str) -> String {
    format!(
        "The metadata names endpoints of their own for mutual TLS; tokens are asked for at {token_endpoint}"
    )
}

/// Nothing says that the server binds tokens to certificates.
pub const BINDING_UNLISTED: &str = "the authority's metadata does not say that it binds tokens to certificates; the certificate is shown all the same";

/// What would say so.
pub const BINDING_EXPECTED: &str = "tls_client_certificate_bound_access_tokens: true";
