//! The lab's files: its certificate authority and its signing key, in one directory that only the owner can read.
//! Files are replaced whole, so that two labs that start together never see half of one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::LabError;
use crate::strings::lab as say;

/// The directory.
#[derive(Clone, Debug)]
pub struct Store {
    dir: PathBuf,
}

impl Store {
    /// The directory, made if it is not there.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn open(dir: &Path) -> Result<Self, LabError> {
        if !dir.is_dir() {
            make_private(dir).map_err(|source| failed(say::WRITE, dir, source))?;
        }
        Ok(Self {
            dir: dir.to_owned(),
        })
    }

    /// Where a file of a name is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// A file's bytes; `None` if it is not there.
    ///
    /// # Errors
    /// It is there and cannot be read.
    pub fn read(&self, name: &str) -> Result<Option<Vec<u8>>, LabError> {
        let path = self.path(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(say::READ, &path, error)),
        }
    }

    /// Replaces a file. A private one can be read by its owner alone from the first byte on.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, name: &str, bytes: &[u8], private: bool) -> Result<(), LabError> {
        let path = self.path(name);
        let draft = self.path(&format!("{name}.{}", std::process::id()));
        let written = write_new(&draft, bytes, private).and_then(|()| fs::rename(&draft, &path));
        written.map_err(|source| {
            // The draft is of no use to anybody; if it cannot be removed, the first error is the one to tell.
            let _ = fs::remove_file(&draft);
            failed(say::WRITE, &path, source)
        })
    }
}

fn failed(operation: &'static str, path: &Path, source: io::Error) -> LabError {
    LabError::File {
        operation,
        path: path.to_owned(),
        source,
    }
}

#[cfg(unix)]
fn make_private(dir: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dir)
}

#[cfg(not(unix))]
fn make_private(dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)
}

fn write_new(path: &Path, bytes: &[u8], private: bool) -> io::Result<()> {
    use std::io::Write as _;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(if private { 0o600 } else { 0o644 });
    }
    #[cfg(not(unix))]
    let _ = private;
    let mut file = options.open(path)?;
    file.write_all(bytes)
}
