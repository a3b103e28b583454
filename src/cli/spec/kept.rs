//! What of a person's secrets the system's keyring keeps.

use clap::Args;

use crate::model::{Problem, RunSpec};
use crate::settings::credentials::Source;
use crate::strings::cache as say;

/// The names they are kept under.
#[derive(Debug, Args)]
pub(super) struct Kept {
    /// What the keyring keeps the password as (`tokenscope keyring set NAME`)
    #[arg(long, value_name = "NAME", conflicts_with_all = ["password_env", "password_file"])]
    password_keyring: Option<String>,
    /// What the keyring keeps the refresh token as
    #[arg(long, value_name = "NAME", conflicts_with_all = ["refresh_token_env", "refresh_token_file"])]
    refresh_token_keyring: Option<String>,
    /// Keep the cache file encrypted, with a key in the system's keyring; other programs cannot read it then
    #[arg(long)]
    encrypt_cache: bool,
}

impl Kept {
    /// Whether the cache file is encrypted.
    pub(super) const fn encrypts_cache(&self) -> bool {
        self.encrypt_cache
    }

    /// Encryption needs a cache file.
    ///
    /// # Errors
    /// There is none.
    pub(super) fn refuse_lonely_seal(&self, spec: &RunSpec) -> Result<(), Problem> {
        if self.encrypt_cache && spec.cache_file.is_none() {
            let (flag, expected) = ("--encrypt-cache", "--cache-file PATH");
            return Err(Problem::new(say::SEAL_WITHOUT_FILE, flag, expected));
        }
        Ok(())
    }

    /// Where the password is kept.
    pub(super) fn password(&self) -> Option<Source<'_>> {
        self.password_keyring.as_deref().map(Source::Keyring)
    }

    /// Where the refresh token is kept.
    pub(super) fn refresh_token(&self) -> Option<Source<'_>> {
        self.refresh_token_keyring.as_deref().map(Source::Keyring)
    }
}
