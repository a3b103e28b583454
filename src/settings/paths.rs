//! Where files are: the platform's directories, or those named on the command line.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The directories of this installation. Nothing is created before it is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// Profiles, own catalogue entries, key and theme overrides.
    pub config: PathBuf,
    /// History, the lab's keys.
    pub data: PathBuf,
    /// State that protects accounts (password guard) and the fingerprint key: always the platform's own directory,
    /// whatever `--data` and `--config` say.
    pub state: PathBuf,
}

impl Paths {
    /// The platform's directories, overridden by what was named. `None` if the platform names no home.
    pub fn find(config: Option<&Path>, data: Option<&Path>) -> Option<Self> {
        let own = ProjectDirs::from("", "", "tokenscope");
        let config = config
            .map(Path::to_path_buf)
            .or_else(|| Some(own.as_ref()?.config_dir().to_path_buf()))?;
        let data = data
            .map(Path::to_path_buf)
            .or_else(|| Some(own.as_ref()?.data_dir().to_path_buf()))?;
        let state = own.as_ref().map_or_else(
            || data.clone(),
            |own| {
                own.state_dir()
                    .unwrap_or_else(|| own.data_local_dir())
                    .to_path_buf()
            },
        );
        Some(Self {
            config,
            data,
            state,
        })
    }

    /// The profiles file.
    pub fn profiles(&self) -> PathBuf {
        self.config.join("profiles.toml")
    }

    /// The settings file.
    pub fn settings(&self) -> PathBuf {
        self.config.join("settings.toml")
    }

    /// The certificate that a client of the lab must trust.
    pub fn lab_ca(&self) -> PathBuf {
        self.lab().join("ca.pem")
    }

    /// The history's database.
    pub fn history(&self) -> PathBuf {
        self.data.join("history.db")
    }

    /// The lab's keys and certificates.
    pub fn lab(&self) -> PathBuf {
        self.data.join("lab")
    }

    /// Own catalogue entries: every `.toml` in here.
    pub fn own_entries(&self) -> PathBuf {
        self.config.join("catalog")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_directories_win_but_the_guard_stays_where_it_is() {
        let named = Paths::find(Some(Path::new("/c")), Some(Path::new("/d")));
        let own = Paths::find(None, None);
        if let (Some(named), Some(own)) = (named, own) {
            assert_eq!(named.profiles(), Path::new("/c/profiles.toml"));
            assert_eq!(named.lab(), Path::new("/d/lab"));
            assert_eq!(named.state, own.state);
        }
    }
}
