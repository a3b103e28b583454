//! Signing out at the server (OpenID Connect RP-Initiated Logout 1.0), and what that does not do.

/// The page that hands the ID token on.
pub const PAGE_TITLE: &str = "Signing out";
/// Its text.
pub const PAGE_TEXT: &str = "This page tells the server who signs out. It goes on by itself; if it does not, use the button.";
/// Its button.
pub const PAGE_BUTTON: &str = "Sign out";
/// The page the browser ends at: title.
pub const PAGE_LEFT_TITLE: &str = "Back from the server";
/// Its text.
pub const PAGE_LEFT: &str =
    "The server's page for signing out has sent the browser back. You can close this tab.";
/// The metadata names no such page.
pub const NO_ENDPOINT: &str = "the server's metadata names no end_session_endpoint";
/// What it should be.
pub const ENDPOINT_EXPECTED: &str =
    "a server that can sign a person out (OpenID Connect RP-Initiated Logout 1.0)";
/// Nobody signed in.
pub const NO_USER: &str =
    "nobody signed in: the application's own token has no session at the server";
/// What it should be.
pub const USER_EXPECTED: &str = "a token of a user, of a run of this session";
/// The endpoint is not an address.
pub const NOT_AN_ADDRESS: &str = "an https address, or one on this machine";
/// Nothing can be listened for.
pub fn no_door(error: &str) -> String {
    format!("nothing can be listened for on this machine: {error}")
}
/// What is listened for should be.
pub const DOOR_EXPECTED: &str = "a loopback redirect URI whose port is free";
/// Told to whoever has to open it.
pub fn open(address: &str, opened: bool) -> String {
    if opened {
        format!("the browser was asked to open {address} (good once)")
    } else {
        format!("open this in the browser on this machine, it is good once: {address}")
    }
}
/// The person stopped it.
pub const CANCELLED: &str = "stopped while the browser was at the server's page";
/// It came back.
pub const CAME_BACK: &str = "The browser came back from the server's page for signing out, with the state of this request: the session there is over.";
/// It did not.
pub const NOT_BACK: &str = "Nothing came back in time. Whether the session at the server is over is not known: it sends the browser back only to an address that is registered for signing out, and some servers answer no posted form here, although they have to (OpenID Connect RP-Initiated Logout 1.0 section 2).";
/// No way back.
pub const NO_WAY_BACK: &str = "The redirect URI is not on this machine, so that the browser was not asked to come back: the page tells whether the session is over.";
/// An ID token went along.
pub const HINTED: &str =
    "The ID token went along as id_token_hint, in a form and not in an address.";
/// The form came from another site.
pub const OTHER_SITE: &str = "A server whose session cookie stays on its own site (SameSite=Lax) does not see its session with a form from here; it may have asked, or done nothing.";
/// No ID token.
pub const NOT_HINTED: &str = "No ID token is held, so that the server may have asked who signs out (ask for the scope openid).";
/// Access tokens live on.
pub const ACCESS_LIVES: &str =
    "The access token stays good until it expires: APIs do not hear of it.";
/// Refresh tokens at Entra.
pub const REFRESH_AT_ENTRA: &str = "The refresh token stays good too: at Entra only revoking the user's sessions, or a new password, ends it.";
/// Refresh tokens elsewhere.
pub const REFRESH_ELSEWHERE: &str = "A refresh token for offline access mostly stays good too; taking it back is a request of its own (revocation).";
/// Other applications.
pub const OTHER_APPS: &str =
    "Other applications keep their own sessions, unless the server tells them and they listen.";
/// What is held here.
pub const HELD_HERE: &str = "Nothing that tokenscope holds was thrown away.";
/// What the use is called.
pub const NAME: &str = "Sign out";
/// What the box offers.
pub const USE: &str = "Sign the user out at the server, in the browser (logout)";
