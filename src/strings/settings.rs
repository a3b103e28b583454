//! What `settings` says.

/// What the profiles file should be.
pub const EXPECTED_PROFILES: &str = "a TOML file with tables [profile.NAME] holding authority, client-id, kind, secret-env, secret-file, secret-prompt, scopes, redirect-uri, flow, username, api, ca-file, protocol";
/// What `client-id` should be.
pub const EXPECTED_CLIENT_ID: &str = "the application (client) id of the registration";
/// What `secret-env` holds by mistake.
pub const NOT_A_VARIABLE: &str =
    "this is not a variable's name; if it is the secret itself, take it out of the file";
/// What `secret-env` should be.
pub const EXPECTED_VARIABLE: &str = "the name of an environment variable, e.g. CONTOSO_SECRET";
/// Two references.
pub const TWO_SECRETS: &str = "more than one place for the secret";
/// One reference.
pub const EXPECTED_ONE_SECRET: &str = "one of secret-env, secret-file or secret-prompt = true";
/// What the settings file should be.
pub const EXPECTED_SETTINGS: &str =
    "a TOML file with history = true|false, history-limit = NUMBER, mouse = true|false";
/// A variable that is not there.
pub const UNSET: &str = "this environment variable is not set";
/// A secret that is empty.
pub const EMPTY: &str = "there is nothing in it";
/// Where a secret is expected.
pub const EXPECTED_SECRET: &str =
    "an environment variable or a readable file that holds the secret";
