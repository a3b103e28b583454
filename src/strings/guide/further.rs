//! What the answers to introspection, revocation and user information mean.

/// The token is good.
pub const ACTIVE: &str = "The server says that this token is good now.";

/// It is not.
pub const INACTIVE: &str = "The server says that this token is not good (active: false). Whether it is over, was taken back, belongs to somebody else or was never issued there, it must not tell (RFC 7662 section 2.2).";

/// No answer.
pub const NO_ANSWER: &str =
    "The answer does not say whether the token is good: it has no `active` that is true or false.";

/// Taken back.
pub const REVOKED: &str = "The server has taken the token back, or did not know it: it answers both alike (RFC 7009 section 2.2). An API that checks a JWT by itself goes on taking it until it expires.";

/// Not taken back.
pub const NOT_REVOKED: &str = "Servers that issue access tokens as JWTs often cannot take them back; the refresh token they can (revoke-refresh).";

/// The method.
pub const NOT_ALLOWED: &str = "The endpoint is there and does not take this kind of request (405): the metadata names an address that is not for it.";

/// Claims about somebody.
pub const PERSON: &str = "What the server tells about the user of this token:";

/// The same user.
pub const SAME_SUBJECT: &str =
    "What the server tells about the user who signed in (`sub` is that of the ID token):";

/// Another user.
pub const OTHER_SUBJECT: &str = "The `sub` is not that of the ID token: this answer is of somebody else and must not be used (OpenID Connect Core 5.3.2).";

/// Nobody.
pub const NO_SUBJECT: &str =
    "The answer names no `sub`, so that it is no answer about a user (OpenID Connect Core 5.3.2).";

/// A token for another API.
pub fn for_another(audience: &str) -> String {
    format!(
        "The access token is for {audience}. User information wants the token that a sign-in with the scope openid and without another API's scopes gives; at Entra it belongs to Microsoft Graph and takes tokens for that alone."
    )
}

/// Without openid.
pub const NO_OPENID: &str =
    "The scope openid is not among those that were granted: user information needs it.";

/// Encrypted.
pub const ENCRYPTED: &str = "The answer is encrypted (JWE, RFC 7516): only who holds the client's private key can read it, and this program has no such key.";

/// A good signature.
pub fn signed_well(how: &str) -> String {
    format!("The answer is a JWT, and its signature is good: {how}.")
}

/// A bad one.
pub fn not_believed(why: &str) -> String {
    format!("The answer is a JWT that is not to be believed: {why}. What follows must not be used.")
}

/// One that could not be looked at.
pub fn not_checked(why: &str) -> String {
    format!("The answer is a JWT whose signature could not be checked: {why}")
}

/// One that nobody looked at.
pub const SIGNATURE_NOT_LOOKED_AT: &str =
    "The answer is a JWT; its signature was looked at when it came, and not again now.";

/// From or for somebody else.
pub const SIGNED_FOR_OTHERS: &str = "The answer is a JWT with a good signature that is from another issuer (iss) or for another client (aud): it must not be used (OpenID Connect Core 5.3.2).";
