//! Consent.

/// Declined.
pub const DECLINED: &str = "The consent page was answered with no.";
/// Left.
pub const LEFT: &str = "The sign-in page was left before it was finished.";
/// Missing.
pub const MISSING: &str = "Nobody has yet agreed that the application may have what it asks for.";
