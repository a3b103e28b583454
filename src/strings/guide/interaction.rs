//! The person must do something on a page.

/// Not by a password.
pub const LOGIN_NOT_BY_PASSWORD: &str = "helps in the browser, not by sending a password";
/// Why.
pub const PASSWORD_FLOW: &str = "A user name and password sent by a program can answer no question of the sign-in page, so this flow cannot get past it, whatever is typed.";
/// A simple action.
pub const SIMPLE_ACTION: &str = "The person has to do something simple on the sign-in page.";
/// Nothing came back.
pub const BROWSER_SILENT: &str = "Nothing came back from the browser in time.";
/// Why that may be.
pub const REFUSALS_STAY_ON_THE_PAGE: &str = "The page may have been closed, or it showed an error that is never sent to the program: run it again and paste what the page shows.";
/// Federated.
pub const FEDERATED: &str =
    "This user's password is checked by the organisation's own identity provider; it was not sent.";
