//! What an authorization request asks for: what is wrong with it, and what came of it.

use crate::model::SignInAge;

/// What a further parameter should be.
pub const EXTRA_EXPECTED: &str = "NAME=VALUE, a parameter that this program does not set itself and that is no secret: it stands in an address that the browser shows and keeps";

/// No name.
pub const NO_NAME: &str = "a further parameter has no name, or one that no parameter has";

/// A value that cannot be one.
pub fn extra_control(name: &str) -> String {
    format!("the value of `{name}` holds control characters")
}

/// The flow sets it.
pub fn set_by_flow(name: &str) -> String {
    format!(
        "the flow sets `{name}` itself, anew for every run; another value would break its checks"
    )
}

/// A flag sets it.
pub fn set_by_flag(name: &str) -> String {
    format!("`{name}` has a flag of its own")
}

/// It is a secret.
pub fn is_secret(name: &str) -> String {
    format!("`{name}` carries a secret, and the address of a sign-in is shown, kept and logged")
}

/// What a prompt is.
pub const PROMPT_EXPECTED: &str = "login, none, consent or select_account";

/// What a mode is.
pub const MODE_EXPECTED: &str =
    "query, fragment or form_post; signed: jwt, query.jwt, fragment.jwt or form_post.jwt";

/// What an age is.
pub const AGE_EXPECTED: &str = "a number of seconds, 0 or more";

/// A domain hint that is none.
pub fn domain_hint(text: &str) -> String {
    format!("`{text}` is no domain")
}

/// What it is.
pub const DOMAIN_EXPECTED: &str =
    "the domain of the organisation, e.g. contoso.example; consumers or organizations at Entra";

/// Without a browser nothing of this is sent.
pub fn asked_of_nobody(flow: &str) -> String {
    format!("the flow {flow} opens no sign-in page: nothing of this would be sent")
}

/// What opens one.
pub const BROWSER_FLOW: &str = "the flow interactive";

/// A hint elsewhere.
pub const DOMAIN_HINT_ELSEWHERE: &str =
    "domain_hint is Microsoft's parameter; another issuer will hardly know it";

/// What is common.
pub const LOGIN_HINT: &str = "the user name (login_hint), which every OpenID Connect issuer knows";

/// What a type is.
pub const TYPE_EXPECTED: &str = "code, id_token, token, \"id_token token\", \"code id_token\", \"code token\" or \"code id_token token\"";

/// What a method is.
pub const PKCE_EXPECTED: &str = "S256, plain or none";

/// Tokens in an address.
pub fn legacy(kind: &str) -> String {
    format!(
        "the response type `{kind}` is legacy: tokens that come with the answer of the page stand in addresses and in the browser's history, and nothing binds them to this program (RFC 9700 section 2.1.2)"
    )
}

/// What is used in its place.
pub const CODE_INSTEAD: &str =
    "code with PKCE; the others are for looking at what an older program gets";

/// Tokens in the query.
pub const TOKENS_IN_QUERY: &str = "tokens may not come back in the query: servers and proxies log it, and a server has to refuse it (OAuth 2.0 Multiple Response Types 3)";

/// What carries them.
pub const TOKEN_MODES: &str = "fragment or form_post";

/// A weak binding.
pub const PKCE_PLAIN: &str = "with plain the verifier itself stands in the address of the sign-in: whoever sees it can redeem the code";

/// No binding.
pub const PKCE_NONE: &str = "without PKCE a code that somebody else gets hold of can be redeemed, or one of theirs be slipped in (RFC 7636 section 1, RFC 9700 section 2.1.1)";

/// What is strong.
pub const S256: &str = "S256";

/// Nothing to sign with.
pub const NO_REQUEST_KEY: &str = "the client has nothing that could sign its authorization request";

/// What signs.
pub const REQUEST_KEY: &str =
    "a certificate with its key (PS256, RS256 or ES256) or a client secret (HS256)";

/// A service without request objects.
pub const NO_REQUEST_OBJECT: &str = "Microsoft's services do not read signed authorization requests (RFC 9101): they would miss every parameter that stands in it";

/// What they read.
pub const PLAIN_REQUEST: &str = "the request as plain parameters";

/// A service without signed answers.
pub const NO_JARM: &str = "Microsoft's services have no signed answers (JARM): they refuse the response mode on the page and send nothing back";

/// What they have.
pub const PLAIN_MODES: &str = "query, fragment or form_post";

/// A service without details.
pub const NO_DETAILS: &str =
    "Microsoft's services know no authorization_details (RFC 9396) and will hardly look at them";

/// What they have.
pub const SCOPES_INSTEAD: &str = "scopes, app roles and claims";

/// How old the sign-in is, against the age that was asked for.
pub fn of_sign_in(age: SignInAge) -> String {
    match age {
        SignInAge::Fits { most } => {
            format!(
                "the ID token says (auth_time) that the sign-in is no older than asked for (max_age {most} s)"
            )
        }
        SignInAge::TooOld { at, most } => format!(
            "the person signed in at {} (auth_time), longer ago than max_age allows ({most} s): the server did not ask for a new sign-in, and a program must not take this one for one (OpenID Connect Core 3.1.3.7)",
            at.iso()
        ),
        SignInAge::Untold => UNTOLD_AGE.to_owned(),
    }
}

/// Nothing says how old it is.
const UNTOLD_AGE: &str = "max_age was asked for, and no ID token says when the person signed in (auth_time): a program cannot know how old the sign-in is and must not take it for a new one (OpenID Connect Core 3.1.2.1)";
