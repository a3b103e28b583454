//! The lock that msal-extensions puts beside a cache file (`CrossPlatLock`): a file that exists only while somebody
//! reads or writes, and that is locked by the system as well where `portalocker` is installed. Both are honoured here.
//! What a program left behind when it was killed is locked by nobody: after a while it is taken over, as there.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

/// How long a lock is waited for before it is taken for forgotten (msal-extensions: 5 s).
const PATIENCE: Duration = Duration::from_secs(5);

/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// Where the lock of a cache file is.
pub(super) fn beside(cache: &Path) -> PathBuf {
    let mut name = OsString::from(cache);
    name.push(".lockfile");
    PathBuf::from(name)
}

/// Held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: File,
}

impl Lock {
    /// Takes the lock of a cache file. Blocks for some seconds at most.
    ///
    /// # Errors
    /// `WouldBlock` if somebody else holds it all that time; else as the file system says.
    pub fn take(cache: &Path) -> io::Result<Self> {
        let path = beside(cache);
        let mut waited = Duration::ZERO;
        loop {
            let forgotten = waited >= PATIENCE;
            if let Some(file) = attempt(&path, forgotten)? {
                return Ok(Self { path, file });
            }
            if waited >= PATIENCE * 2 {
                return Err(ErrorKind::WouldBlock.into());
            }
            sleep(LOOK);
            waited += LOOK;
        }
    }

    /// The lock's file. Whoever takes the lock has just made it, so that it tells who runs this program.
    pub const fn file(&self) -> &File {
        &self.file
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Gone already: somebody took it for forgotten.
        let _ = fs::remove_file(&self.path);
    }
}

/// `None`: somebody holds it.
fn attempt(path: &Path, forgotten: bool) -> io::Result<Option<File>> {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = match options.clone().create_new(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            if !forgotten || !fs::symlink_metadata(path).is_ok_and(|about| about.is_file()) {
                return Ok(None);
            }
            match options.open(path) {
                Ok(file) => file,
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
                Err(error) => return Err(error),
            }
        }
        Err(error) => return Err(error),
    };
    match made.try_lock() {
        Ok(()) => Ok(is_still_there(&made, path).then_some(made)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Whether the path still names this file: whoever held it may have removed it meanwhile.
#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(own), Ok(there)) => own.ino() == there.ino() && own.dev() == there.dev(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still_there(_: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_is_a_file_beside_the_cache_that_goes_when_it_is_given_back() {
        let folder = tempfile::tempdir().unwrap();
        let cache = folder.path().join("cache.json");
        let beside = folder.path().join("cache.json.lockfile");
        let lock = Lock::take(&cache).unwrap();
        assert!(beside.exists());
        assert!(attempt(&beside, true).unwrap().is_none(), "it is locked");
        drop(lock);
        assert!(!beside.exists());
    }

    #[test]
    fn what_a_killed_program_left_is_taken_over_only_when_it_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let beside = folder.path().join("cache.json.lockfile");
        fs::write(&beside, "4711 killed.py").unwrap();
        assert!(attempt(&beside, false).unwrap().is_none());
        assert!(attempt(&beside, true).unwrap().is_some());
    }

    #[test]
    fn many_who_write_at_once_take_turns() {
        let folder = tempfile::tempdir().unwrap();
        let cache = folder.path().join("count");
        fs::write(&cache, "0").unwrap();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..25 {
                        let _lock = Lock::take(&cache).unwrap();
                        let seen: u32 = fs::read_to_string(&cache).unwrap().parse().unwrap();
                        fs::write(&cache, (seen + 1).to_string()).unwrap();
                    }
                });
            }
        });
        assert_eq!(fs::read_to_string(&cache).unwrap(), "100");
    }
}
