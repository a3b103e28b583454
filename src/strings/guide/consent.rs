//! Consent.

/// Declined.
pub const DECLINED: &str = "The sign-in or the consent was turned down on the page.";
/// Left.
pub const LEFT: &str = "The sign-in page was left before it was finished.";
/// Missing.
pub const MISSING: &str = "Nobody has yet agreed that the application may have what it asks for.";
