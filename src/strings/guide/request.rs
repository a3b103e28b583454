//! The bytes that were sent are wrong.

/// The redirect URI.
pub const REDIRECT: &str = "The redirect URI that was sent is not among the registered ones.";
/// The tenant.
pub const TENANT: &str = "The host that was asked does not know this tenant.";
