//! Secrets of a person that the system's keyring keeps.

use clap::Args;

use crate::settings::credentials::Source;

/// The names they are kept under.
#[derive(Debug, Args)]
pub(super) struct Kept {
    /// What the keyring keeps the password as (`tokenscope keyring set NAME`)
    #[arg(long, value_name = "NAME", conflicts_with_all = ["password_env", "password_file"])]
    password_keyring: Option<String>,
    /// What the keyring keeps the refresh token as
    #[arg(long, value_name = "NAME", conflicts_with_all = ["refresh_token_env", "refresh_token_file"])]
    refresh_token_keyring: Option<String>,
}

impl Kept {
    /// Where the password is kept.
    pub(super) fn password(&self) -> Option<Source<'_>> {
        self.password_keyring.as_deref().map(Source::Keyring)
    }

    /// Where the refresh token is kept.
    pub(super) fn refresh_token(&self) -> Option<Source<'_>> {
        self.refresh_token_keyring.as_deref().map(Source::Keyring)
    }
}
