//! What `settings` says.

/// What the profiles file should be.
pub const EXPECTED_PROFILES: &str = "a TOML file with tables [profile.NAME] holding authority, client-id, kind, secret-env, secret-file, secret-prompt, secret-keyring, certificate-file, certificate-password-env, certificate-password-file, certificate-password-keyring, key-file, certificate-thumbprint, send-chain, signing-algorithm, assertion-env, assertion-file, federated-token, scopes, redirect-uri, flow, username, api, api-method, api-headers, api-body, ca-file, cache-file, encrypt-cache, protocol";
/// What `client-id` should be.
pub const EXPECTED_CLIENT_ID: &str = "the application (client) id of the registration";
/// What `secret-env` holds by mistake.
pub const NOT_A_VARIABLE: &str =
    "this is not a variable's name; if it is the secret itself, take it out of the file";
/// What `secret-env` should be.
pub const EXPECTED_VARIABLE: &str = "the name of an environment variable, e.g. CONTOSO_SECRET";
/// Two references.
pub const TWO_SECRETS: &str = "more than one credential";
/// One reference.
pub const EXPECTED_ONE_SECRET: &str = "one of secret-env, secret-file, secret-prompt = true, secret-keyring, certificate-file, key-file with certificate-thumbprint, assertion-env, assertion-file or federated-token";
/// What belongs to a certificate stands alone.
pub const WITHOUT_CERTIFICATE: &str = "this belongs to a certificate, and none is named";
/// What it belongs to.
pub const EXPECTED_WITH_CERTIFICATE: &str = "certificate-file (or key-file with certificate-thumbprint) beside send-chain, signing-algorithm, certificate-password-env, -file or -keyring";
/// Two passwords.
pub const TWO_PASSWORDS: &str = "more than one password";
/// One password.
pub const EXPECTED_ONE_PASSWORD: &str =
    "one of certificate-password-env, certificate-password-file and certificate-password-keyring";
/// A certificate file.
pub const EXPECTED_CERTIFICATE: &str = "a readable PEM file or PFX with the client's certificate";
/// A key file.
pub const EXPECTED_KEY: &str = "a readable PEM file or PFX with the private key of the certificate";
/// A binary file of another kind.
pub const NEITHER_PEM_NOR_PFX: &str = "this is neither PEM nor a PFX";
/// The variable that names a token's file.
pub const EXPECTED_TOKEN_FILE: &str = "the path of the file that holds the token, as workload identity sets it; or name the file itself";
/// What the settings file should be.
pub const EXPECTED_SETTINGS: &str = "a TOML file with history = true|false, history-limit = NUMBER, mouse = true|false, theme = NAME, links = \"auto|always|never\", reduced-motion = true|false, and a table [keys] holding ACTION = \"KEY\" or a list of keys";
/// What a theme's file should be.
pub const EXPECTED_THEME: &str = "a TOML file with base = NAME, own = { fg, bg }, ground = [COLOUR, …] and a table [style] of PART = { fg, bg, bold, dim, italic, underline, reverse, ansi }; a colour is \"#rrggbb\", 0 to 255, \"default\" or a name such as \"bright-red\"";

/// Something that is not a colour.
pub fn not_a_color(value: &str) -> String {
    format!("{value} is no colour")
}

/// A theme that is not there.
pub fn no_such_theme(name: &str) -> String {
    format!("there is no theme `{name}`")
}

/// The themes there are.
pub fn expected_theme_name(names: &[String]) -> String {
    format!("one of {}", names.join(", "))
}

/// What a theme can be based on.
pub fn expected_base(names: &[&str]) -> String {
    format!("one of the built-in themes: {}", names.join(", "))
}

/// A variable that is not there.
pub const UNSET: &str = "this environment variable is not set";
/// A secret that is empty.
pub const EMPTY: &str = "there is nothing in it";
/// Where a secret is expected.
pub const EXPECTED_SECRET: &str =
    "an environment variable or a readable file that holds the secret";

/// A profile of that name is there already.
pub fn profile_is_there(name: &str) -> String {
    format!("there is a profile `{name}` already")
}

/// What to do then.
pub const EXPECTED_OTHER_NAME: &str = "another name (--name)";
/// A profiles file that cannot be written.
pub const EXPECTED_WRITABLE: &str = "a file that can be written";

/// What a time should be.
pub const EXPECTED_SECONDS: &str = "seconds from 0 to 86400; a fraction is fine";
/// What a status should be.
pub const EXPECTED_STATUS: &str = "statuses from 400 to 599, such as 429 and 503";

/// Keys of a call without its address.
pub const CALL_WITHOUT_API: &str =
    "api-method, api-headers and api-body say how an API is called, and api is missing";

/// The file that remembers the screen cannot be read.
pub fn screen_unread(file: &std::path::Path, why: &str) -> String {
    format!(
        "How the screen stood last time cannot be read, so it starts afresh and nothing is remembered: {}: {why}.",
        file.display()
    )
}

/// The file that remembers the screen holds something else.
pub fn screen_foreign(file: &std::path::Path) -> String {
    format!(
        "{} does not hold what this program writes there. It is left as it is, and the screen is not remembered until it is removed.",
        file.display()
    )
}
