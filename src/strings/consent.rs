//! What an administrator is asked to consent to, in words, and what came of it.

/// Asked for scopes by name.
pub const NO_SCOPE: &str = "the page for administrators needs to be told which permissions";
/// What it should be.
pub const SCOPE_EXPECTED: &str =
    "the permissions of one API, or its address with /.default: all that the registration lists";
/// The server has no such page.
pub const NO_PAGE: &str = "this authority has no page where an administrator consents";
/// What it should be.
pub const PAGE_EXPECTED: &str = "a tenant of Microsoft Entra ID; elsewhere the administrator allows the app in the server's own settings";
/// The tenant cannot be `common` or `consumers`.
pub const NO_TENANT: &str = "an administrator consents for one tenant";
/// What it should be.
pub const TENANT_EXPECTED: &str =
    "the tenant's name or id, or `organizations`, in the authority's address";
/// No client.
pub const NO_CLIENT: &str = "the page has to be told which application is meant";
/// What it should be.
pub const CLIENT_EXPECTED: &str = "the application (client) id";

/// Before the page opens: everything that follows is asked for.
pub fn heading(client: &str, tenant: &str) -> String {
    format!("An administrator is asked to allow {client}, for everybody in {tenant}:")
}

/// The v1 page names no permissions.
pub const ALL_REGISTERED: &str =
    "everything that the application's registration lists, also what it does without a user";
/// What consenting for everybody is.
pub const FOR_EVERYBODY: &str = "It holds for every user of the tenant until it is taken back. Agree only if you know who made this application and why it needs this.";
/// Only a few may.
pub const WHO_MAY: &str = "Only a privileged role administrator or, for most permissions, a cloud application administrator may agree.";
/// What the box offers.
pub const OPEN_PAGE: &str = "Open the page in the browser";
/// The run's log: the page is asked for.
pub const ASKING: &str = "the page where an administrator consents is opened; it asks for:";
/// The answer fits.
pub const CONSENTED: &str = "the administrator consented for everybody in the tenant";
/// The redirect has no error and no consent either.
pub const NOT_TOLD: &str = "the answer holds no error and does not say admin_consent=True, so nothing is known to be allowed";
/// The page the browser ends at: title.
pub const PAGE_TITLE: &str = "Consented for everybody";
/// Its text.
pub const PAGE: &str = "tokenscope has the administrator's answer and goes on in the terminal. You can close this tab.";
/// Afterwards.
pub const AFTERWARDS: &str = "Now ask for the token again. If that is still refused, wait some minutes: not every server knows it at once.";
/// The label of the tenant.
pub const TENANT: &str = "Tenant";
/// The label of the permissions.
pub const ALLOWED: &str = "Allowed";
/// What the run is called when it ended well.
pub const BRIEFLY: &str = "consented for everybody";
/// The answer names another tenant than the authority.
pub fn other_tenant(asked: &str, told: &str) -> String {
    format!("the consent is for tenant {told}, and the authority names {asked}")
}

/// A permission in words. What is known is said; the rest is read out of the way in which Microsoft's APIs are named
/// (`Files.ReadWrite.All`).
pub fn permission(scope: &str) -> String {
    let (api, name) = match scope.rsplit_once('/') {
        Some((api, name)) if !api.is_empty() && !name.is_empty() => (Some(api), name),
        _ => (None, scope),
    };
    let words = match name {
        ".default" => ALL_OF_API.to_owned(),
        "openid" => "sign the user in".to_owned(),
        "profile" => "read the user's name and picture".to_owned(),
        "email" => "read the user's e-mail address".to_owned(),
        "offline_access" => "keep access while the user is away (refresh tokens)".to_owned(),
        "User.Read" => "sign the user in and read their profile".to_owned(),
        "user_impersonation" => "do what the user may do".to_owned(),
        other => by_parts(other),
    };
    match api {
        Some(api) => format!("{scope}: {words} ({})", api.trim_end_matches('/')),
        None => format!("{scope}: {words}"),
    }
}

const ALL_OF_API: &str =
    "everything that the registration lists for this API, also what the app does without a user";

/// `Mail.ReadWrite.Shared` → read and change: Mail (also shared).
fn by_parts(name: &str) -> String {
    let mut parts = name.split('.');
    let (thing, deed) = (parts.next().unwrap_or_default(), parts.next());
    let deed = match deed {
        Some("Read") => "read",
        Some("ReadBasic") => "read the basics of",
        Some("ReadWrite") => "read and change",
        Some("Send") => "send",
        Some("Create") => "create",
        Some("Manage") => "manage",
        Some("FullControl") => "control",
        Some("AccessAsUser") => "do what the user may do with",
        _ => return NOT_KNOWN.to_owned(),
    };
    let reach = match parts.next() {
        Some("All") => ", everybody's",
        Some("Shared") => ", also what others share",
        _ => "",
    };
    format!("{deed} {thing}{reach}")
}

const NOT_KNOWN: &str = "a permission of the API's own; its maker says what it opens";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_is_told_in_words_and_one_that_is_not_known_as_that() {
        let all = [
            (
                "User.Read",
                "User.Read: sign the user in and read their profile",
            ),
            (
                "Files.ReadWrite.All",
                "Files.ReadWrite.All: read and change Files, everybody's",
            ),
            (
                "https://graph.microsoft.com/Mail.Send",
                "https://graph.microsoft.com/Mail.Send: send Mail (https://graph.microsoft.com)",
            ),
        ];
        for (scope, words) in all {
            assert_eq!(permission(scope), words);
        }
        assert!(permission("api://orders/.default").contains("registration lists"));
        assert!(permission("orders_tidy").contains("its maker says"));
        assert_eq!(permission("/"), format!("/: {NOT_KNOWN}"));
    }
}
