//! The person must do something on a page.

/// Not by a password.
pub const LOGIN_NOT_BY_PASSWORD: &str = "helps in the browser, not by sending a password";
/// Why.
pub const PASSWORD_FLOW: &str = "A user name and password sent by a program can answer no question of the sign-in page, so this flow cannot get past it, whatever is typed.";
/// A simple action.
pub const SIMPLE_ACTION: &str = "The person has to do something simple on the sign-in page.";
