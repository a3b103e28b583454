//! Proofs of who somebody is.

/// Expired.
pub const PASSWORD_EXPIRED: &str = "The user's password has expired.";
/// Wrong.
pub const WRONG_PASSWORD: &str = "The server did not accept the user name and password.";
/// What happens next.
pub const LOCKING: &str =
    "Repeated wrong passwords lock accounts; look at what is typed before it is sent again.";
/// Time.
pub const ASSERTION_TIME: &str = "A signed proof was presented outside the time it is good for.";
/// The client.
pub const CLIENT: &str = "The server did not accept the application's own credential.";
