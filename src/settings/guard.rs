//! The password guard: two wrong passwords for an authority off this machine within ten minutes stop password sends
//! for ten minutes, across processes and with no override. Kept in the platform's own state directory.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::files::write_private;
use crate::model::Moment;

/// How long wrong passwords count, and how long sends stay stopped.
const WINDOW: Duration = Duration::from_mins(10);
/// How many wrong passwords stop them.
const LIMIT: usize = 2;

/// The guard's file.
#[derive(Clone, Debug)]
pub struct PasswordGuard {
    file: PathBuf,
}

impl PasswordGuard {
    /// The guard of a state directory.
    pub fn new(state: &Path) -> Self {
        Self {
            file: state.join("password-guard.json"),
        }
    }

    fn read(&self) -> BTreeMap<String, Vec<Moment>> {
        fs::read_to_string(&self.file)
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default()
    }

    /// Until when no password may be sent to this host; `None`: it may.
    pub fn stopped_until(&self, host: &str, now: Moment) -> Option<Moment> {
        let wrong = self.read().remove(host)?;
        let recent: Vec<Moment> = wrong
            .into_iter()
            .filter(|at| now.since(*at) < WINDOW)
            .collect();
        (recent.len() >= LIMIT).then(|| recent.iter().max().map_or(now, |last| last.plus(WINDOW)))
    }

    /// Remembers a wrong password.
    ///
    /// # Errors
    /// As the file system says: then no further password may be sent either.
    pub fn note_wrong(&self, host: &str, now: Moment) -> std::io::Result<()> {
        let mut all = self.read();
        for moments in all.values_mut() {
            moments.retain(|at| now.since(*at) < WINDOW);
        }
        all.retain(|_, moments| !moments.is_empty());
        all.entry(host.to_owned()).or_default().push(now);
        write_private(
            &self.file,
            serde_json::to_string(&all).unwrap_or_default().as_bytes(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_wrong_passwords_stop_the_third_for_ten_minutes() {
        let directory = tempfile::tempdir().unwrap();
        let guard = PasswordGuard::new(directory.path());
        let start = Moment::from_seconds(1_800_000_000);
        let host = "login.contoso.example";
        guard.note_wrong(host, start).unwrap();
        assert_eq!(guard.stopped_until(host, start), None);
        guard
            .note_wrong(host, start.plus(Duration::from_mins(1)))
            .unwrap();
        let until = start.plus(Duration::from_mins(11));
        assert_eq!(
            guard.stopped_until(host, start.plus(Duration::from_secs(61))),
            Some(until)
        );
        assert_eq!(
            PasswordGuard::new(directory.path()).stopped_until("other.contoso.example", start),
            None
        );
        assert_eq!(guard.stopped_until(host, until), None);
    }
}
