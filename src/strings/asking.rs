//! What an authorization request asks for: what is wrong with it.

/// What a further parameter should be.
pub const EXTRA_EXPECTED: &str = "NAME=VALUE, a parameter that this program does not set itself and that is no secret: it stands in an address that the browser shows and keeps";

/// No name.
pub const NO_NAME: &str = "a further parameter has no name, or one that no parameter has";

/// A value that cannot be one.
pub fn extra_control(name: &str) -> String {
    format!("the value of `{name}` holds control characters")
}

/// The flow sets it.
pub fn set_by_flow(name: &str) -> String {
    format!(
        "the flow sets `{name}` itself, anew for every run; another value would break its checks"
    )
}

/// A flag sets it.
pub fn set_by_flag(name: &str) -> String {
    format!("`{name}` has a flag of its own")
}

/// It is a secret.
pub fn is_secret(name: &str) -> String {
    format!("`{name}` carries a secret, and the address of a sign-in is shown, kept and logged")
}

/// What a prompt is.
pub const PROMPT_EXPECTED: &str = "login, none, consent or select_account";

/// What a mode is.
pub const MODE_EXPECTED: &str = "query, fragment or form_post";

/// What an age is.
pub const AGE_EXPECTED: &str = "a number of seconds, 0 or more";

/// A domain hint that is none.
pub fn domain_hint(text: &str) -> String {
    format!("`{text}` is no domain")
}

/// What it is.
pub const DOMAIN_EXPECTED: &str =
    "the domain of the organisation, e.g. contoso.example; consumers or organizations at Entra";

/// Without a browser nothing of this is sent.
pub fn asked_of_nobody(flow: &str) -> String {
    format!("the flow {flow} opens no sign-in page: nothing of this would be sent")
}

/// What opens one.
pub const BROWSER_FLOW: &str = "the flow interactive";

/// A hint elsewhere.
pub const DOMAIN_HINT_ELSEWHERE: &str =
    "domain_hint is Microsoft's parameter; another issuer will hardly know it";

/// What is common.
pub const LOGIN_HINT: &str = "the user name (login_hint), which every OpenID Connect issuer knows";
