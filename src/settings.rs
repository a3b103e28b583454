//! This installation: where its files are, the profiles, the state it must remember. Owns the files under the config
//! and state directories; the history and the lab's keys have owners of their own. Knows nothing of runs.

pub mod credentials;
pub mod files;
pub mod guard;
pub mod keys;
pub mod paths;
pub mod preferences;
pub mod profiles;
pub mod retry;
pub mod saved;
pub mod themes;
pub mod throttle;

pub use paths::Paths;
pub use preferences::Preferences;
