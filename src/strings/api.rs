//! Calling a protected API: what may be sent, and what its answer means.

/// No address.
pub fn bad_address(text: &str) -> String {
    let shown = text.split_once('@').map_or(text, |(_, host)| host);
    format!("`{shown}` is no address that a token may go to")
}
/// What an address looks like.
pub const ADDRESS_EXPECTED: &str = "an https address, or http on this machine";
/// A secret in the address.
pub const SECRET_IN_ADDRESS: &str = "the address holds a user name or password";
/// No method.
pub fn not_a_method(word: &str) -> String {
    format!("`{word}` is no method that is sent")
}
/// Methods.
pub const METHOD_EXPECTED: &str = "GET, HEAD, POST, PUT, PATCH or DELETE";
/// No body.
pub fn takes_no_body(method: &str) -> String {
    format!("a {method} takes no body")
}
/// Methods with a body.
pub const METHOD_WITH_BODY: &str = "POST, PUT, PATCH or DELETE, or no body";
/// No header.
pub const NOT_A_HEADER: &str = "this is no header";
/// A header.
pub const HEADER_EXPECTED: &str = "Name: value, in visible ASCII";
/// A header whose value cannot be sent.
pub fn header_value(name: &str) -> String {
    format!("the value of {name} cannot be sent")
}
/// A header that is not theirs to set.
pub fn header_refused(name: &str) -> String {
    format!("{name} is set by the program or by the connection")
}
/// A header that would carry a secret.
pub fn header_is_secret(name: &str) -> String {
    format!(
        "{name} looks like a header that carries a secret; a command line and a profile are no place for one"
    )
}
/// Another header.
pub const OTHER_HEADER_EXPECTED: &str = "any other header, for example ConsistencyLevel: eventual";
/// The file of the body.
pub fn body_unreadable(path: &str, why: &str) -> String {
    format!("the body's file {path} cannot be read: {why}")
}
/// Too long.
pub fn body_too_long(path: &str, most: u64) -> String {
    format!("the body's file {path} is longer than {most} bytes")
}
/// Not text.
pub fn body_not_text(path: &str) -> String {
    format!("the body's file {path} is not UTF-8 text")
}
/// A file.
pub const BODY_EXPECTED: &str = "a readable text file of at most 1 MiB";

/// Sent elsewhere.
pub fn redirected(to: &str, other: bool) -> String {
    let host = if other { ", another host" } else { "" };
    format!(
        "The API answers at {to}{host}. That was not followed: the token went to the address that was named and nowhere else."
    )
}
/// Sent elsewhere without saying where.
pub const REDIRECTED_NOWHERE: &str =
    "The API answers somewhere else and does not say where; nothing was followed.";
/// Another method.
pub fn other_method(method: &str, allowed: Option<&str>) -> String {
    let takes = allowed.map_or_else(String::new, |list| format!("; it takes {list}"));
    format!("The API does not take {method} at this address{takes}. The token is not in question.")
}
/// No claims to look at.
pub const OPAQUE: &str = "The token is no JWT, so its audience and scopes cannot be seen here; only the API and its issuer can read it.";
/// A challenge with claims.
pub const WANTS_CLAIMS: &str = "The API believes this token and wants another one, with the claims of its challenge: neither the audience nor a scope is what is wrong.";
/// The audience fits.
pub fn audience_fits(aud: &str) -> String {
    format!("The token is for this API (aud {aud}): the audience is not what is wrong.")
}
/// The API asks for another audience.
pub fn audience_asked(aud: &str, resource: &str) -> String {
    let resource = resource.trim_end_matches('/');
    format!(
        "The token is for {aud}, and this API takes tokens for {resource}: ask for a scope of that, for example {resource}/.default."
    )
}
/// The audience is another host.
pub fn audience_elsewhere(aud: &str, host: &str) -> String {
    format!(
        "The token is for {aud}, and the API is at {host}: ask for a scope of the API that is called."
    )
}
/// The audience is a name that only the API knows.
pub fn audience_is(aud: &str) -> String {
    format!(
        "The token is for {aud}. The API has to take exactly this audience: its client id or its application ID URI, as its registration and its code say."
    )
}
/// It was over.
pub fn was_over(at: &str) -> String {
    format!("The token had expired ({at}) when the call was made: acquire silently and call again.")
}
/// It was not good yet.
pub fn not_yet(at: &str) -> String {
    format!("The token was not good yet (nbf {at}) when the call was made: compare the clocks.")
}
/// Scopes that the token has.
pub fn scopes_held(scopes: &str) -> String {
    format!("The API asks for {scopes}, and the token holds it: what is missing is no scope.")
}
/// Scopes that the token lacks.
pub fn scopes_missing(scopes: &str) -> String {
    format!(
        "The token lacks {scopes}, which the API asks for: ask for it and consent to it, then call again."
    )
}
/// Scopes alone.
pub fn holds_scopes(scopes: &str) -> String {
    format!(
        "The token allows {scopes} in the user's name (scp) and no app role (roles). What the user may not do, the app may not do for them."
    )
}
/// Roles alone.
pub fn holds_roles(roles: &str) -> String {
    format!("The token allows {roles} in the app's own name (roles), with no user (scp).")
}
/// Both.
pub fn holds_both(scopes: &str, roles: &str) -> String {
    format!("The token allows {scopes} in the user's name (scp); the user's roles are {roles}.")
}
/// Nothing.
pub const NO_PERMISSIONS: &str = "The token carries no scope (scp) and no role (roles): it was issued without any permission. An app without a user needs an application permission with admin consent.";
/// Another tenant.
pub fn other_tenant(of: &str, named: &str) -> String {
    format!("The token is of tenant {of}, and the API points to tenant {named}: sign in there.")
}
/// Another version of token.
pub fn version(ver: &str, issuer: &str) -> String {
    let other = if ver == "1.0" { "2.0" } else { "1.0" };
    format!(
        "The token is of version {ver}, from {issuer}. An API that expects version {other} refuses its issuer; which one is issued for it says requestedAccessTokenVersion in the API's own manifest, not the endpoint that was asked."
    )
}
