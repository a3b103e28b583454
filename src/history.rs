//! Past runs in `SQLite`, redacted before they come here. The file is 0600 in a directory of 0700, in WAL mode; a busy
//! one is waited for; a corrupt or newer one is set aside, never deleted. Knows nothing of screens and sessions.

mod record;
mod store;

pub use record::PastRun;
pub use store::{HistoryError, Store};
