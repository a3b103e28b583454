//! The password guard: two wrong passwords for an authority off this machine within ten minutes stop password sends
//! for ten minutes, across processes and with no override. Kept in the platform's own state directory. A password
//! that is under way counts as wrong until it is known not to be, so that several processes at once gain nothing;
//! where nothing can be remembered, nothing is sent.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

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

/// Why no password may be sent.
#[derive(Debug)]
pub enum Stopped {
    /// Two were wrong, or are under way; until then.
    Until(Moment),
    /// It could not be remembered that one is sent.
    Unkept(io::Error),
}

type Book = BTreeMap<String, Vec<Moment>>;

impl PasswordGuard {
    /// The guard of a state directory.
    pub fn new(state: &Path) -> Self {
        Self {
            file: state.join("password-guard.json"),
        }
    }

    /// Asks whether a password may be sent to these hosts, and remembers that it is.
    ///
    /// # Errors
    /// [`Stopped`]: then none may be sent to any of them.
    pub fn reserve(&self, hosts: &[String], now: Moment) -> Result<(), Stopped> {
        let mut stopped = None;
        let kept = self.change(|book| {
            for moments in book.values_mut() {
                moments.retain(|at| now.since(*at) < WINDOW);
            }
            book.retain(|_, moments| !moments.is_empty());
            let last = |host: &String| {
                let recent = book.get(host).filter(|recent| recent.len() >= LIMIT)?;
                recent.iter().max().copied()
            };
            stopped = hosts.iter().filter_map(last).max();
            if stopped.is_none() {
                for host in hosts {
                    book.entry(host.clone()).or_default().push(now);
                }
            }
        });
        match (stopped, kept) {
            (Some(last), _) => Err(Stopped::Until(last.plus(WINDOW))),
            (None, Err(error)) => Err(Stopped::Unkept(error)),
            (None, Ok(())) => Ok(()),
        }
    }

    /// Forgets what was reserved at `at`: the password was not wrong, or was never sent.
    ///
    /// # Errors
    /// As the file system says: then it goes on counting.
    pub fn release(&self, hosts: &[String], at: Moment) -> io::Result<()> {
        self.change(|book| {
            for host in hosts {
                if let Some(moments) = book.get_mut(host)
                    && let Some(index) = moments.iter().position(|moment| *moment == at)
                {
                    moments.remove(index);
                }
            }
        })
    }

    /// Reads, changes and writes while no other process does.
    fn change(&self, change: impl FnOnce(&mut Book)) -> io::Result<()> {
        super::files::change(&self.file, change)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn hosts() -> Vec<String> {
        vec!["login.contoso.example".to_owned()]
    }

    fn until(guard: &PasswordGuard, hosts: &[String], now: Moment) -> Option<Moment> {
        match guard.reserve(hosts, now) {
            Ok(()) => None,
            Err(Stopped::Until(until)) => Some(until),
            Err(Stopped::Unkept(error)) => panic!("{error}"),
        }
    }

    #[test]
    fn two_wrong_passwords_stop_the_third_for_ten_minutes() {
        let directory = tempfile::tempdir().unwrap();
        let guard = PasswordGuard::new(directory.path());
        let start = Moment::from_seconds(1_800_000_000);
        let after = |seconds| start.plus(Duration::from_secs(seconds));
        assert_eq!(until(&guard, &hosts(), start), None);
        assert_eq!(until(&guard, &hosts(), after(60)), None);
        assert_eq!(until(&guard, &hosts(), after(61)), Some(after(660)));
        let again = PasswordGuard::new(directory.path());
        assert_eq!(
            until(&again, &["other.contoso.example".into()], after(62)),
            None
        );
        let both = ["another.contoso.example".into(), hosts().remove(0)];
        assert_eq!(until(&again, &both, after(62)), Some(after(660)));
        assert_eq!(until(&again, &both, after(660)), None);
    }

    #[test]
    fn a_password_that_was_right_does_not_count() {
        let directory = tempfile::tempdir().unwrap();
        let guard = PasswordGuard::new(directory.path());
        for second in 0..5 {
            let now = Moment::from_seconds(1_800_000_000 + second);
            assert_eq!(until(&guard, &hosts(), now), None);
            guard.release(&hosts(), now).unwrap();
        }
    }

    #[test]
    fn where_nothing_can_be_remembered_nothing_is_sent() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("file"), "").unwrap();
        let guard = PasswordGuard::new(&directory.path().join("file/state"));
        let answer = guard.reserve(&hosts(), Moment::from_seconds(1));
        assert!(matches!(answer, Err(Stopped::Unkept(_))), "{answer:?}");
    }
}
