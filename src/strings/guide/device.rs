//! The device flow.

/// Pending.
pub const PENDING: &str = "The sign-in on the device page is not finished yet.";
/// Whether signing in helps meanwhile.
pub const LOGIN_PENDING: &str = "is under way: finish it on the device page";
/// Slow down.
pub const SLOW_DOWN: &str = "The program asks more often than the server allows.";
/// By how much.
pub const SLOW_DOWN_NOTE: &str =
    "Each slow_down adds five seconds to the time between two questions (RFC 8628 section 3.5).";
/// Declined.
pub const DECLINED: &str = "The sign-in was declined on the device page.";
/// Begin again on purpose.
pub const LOGIN_DELIBERATE: &str =
    "helps with a new code, if you want it: it is never begun by itself";
/// Only if it was you.
pub const ONLY_IF_YOU: &str = "Begin again only if you yourself wanted this sign-in; if somebody else sent you the code, leave it.";
/// Expired.
pub const EXPIRED: &str = "The device code ran out before the sign-in was finished.";
/// Why it may have.
pub const REFUSALS_STAY_ON_THE_PAGE: &str = "A refusal on the device page is never sent to the program: if the page showed an error, paste it.";
/// A wrong code.
pub const WRONG_CODE: &str =
    "The code that was typed or asked about is not one that the server gave out.";
