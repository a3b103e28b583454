//! The API refused the token.

/// An authentication context.
pub const WANTS_CONTEXT: &str =
    "The API wants a sign-in of a stronger kind for this and says which in the claims.";
/// A newer token.
pub const WANTS_NEWER: &str =
    "The API no longer accepts this token and wants one issued after it changed its mind.";
/// Claims.
pub const WANTS_CLAIMS: &str =
    "The API refuses the token and says in the claims what a new one must carry.";
/// Seen from elsewhere.
pub const OTHER_ADDRESS: &str = "The API saw the call come from another network address than the sign-in service did; a proxy or VPN that splits traffic does that.";
/// Not allowed.
pub const NOT_ALLOWED: &str = "The token is good, and what it allows is not enough for this call.";
/// Refused.
pub const TOKEN_REFUSED: &str = "The API does not accept the token.";
/// Whether signing in helps.
pub const LOGIN_TOKEN_REFUSED: &str =
    "helps only if the token was revoked; look at its audience first";
/// The usual cause.
pub const AUDIENCE: &str = "Compare the token's audience (aud) and expiry with what this API expects: a token for another API is refused just so.";

/// The API is elsewhere.
pub fn elsewhere(status: u16) -> String {
    format!(
        "The API sends the call elsewhere (HTTP {status}), and nothing was followed: it was not carried out."
    )
}

/// A reason of the API's own.
pub fn own_reason(status: u16) -> String {
    format!("The API answered HTTP {status} for a reason of its own; the token is not in question.")
}
