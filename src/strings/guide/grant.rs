//! What was presented for a token is spent.

/// Too old.
pub const TOKEN_AGED: &str = "The session is older than a policy allows.";
/// Another family.
pub const OTHER_FAMILY: &str =
    "The refresh token belongs to a family of apps that this one is not part of.";
/// A code.
pub const CODE_SPENT: &str = "The code that the sign-in brought back was not accepted: too old, used before, or not for this client.";
/// Dead.
pub const DEAD: &str = "The refresh token is no longer good for anything.";
