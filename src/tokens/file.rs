//! A cache file that a person named: read and changed under the lock that other programs respect, replaced whole or not
//! at all. Anything odd about the file is an error that leaves it as it was.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use zeroize::Zeroizing;

use super::document::{CacheError, Document};
use super::lock::Lock;
use super::{Issued, TokenCache, lock, program};
use crate::keys::seal::{self, Seal};
use crate::model::Moment;
use crate::strings::cache as say;

/// Bytes of a cache file that are read at most.
const LIMIT: u64 = 64 << 20;

/// Why a cache file cannot be used. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is none.
    #[error("{}", say::MISSING)]
    Missing,
    /// A link to a file: replacing it would cut the link.
    #[error("{}", say::LINK)]
    Link,
    /// A directory, a device, a pipe …
    #[error("{}", say::NOT_A_FILE)]
    NotAFile,
    /// Somebody else's.
    #[error("{}", say::NOT_YOURS)]
    NotYours,
    /// Too big to be a cache.
    #[error("{}", say::TOO_BIG)]
    TooBig,
    /// Its content is not a cache.
    #[error(transparent)]
    Content(#[from] CacheError),
    /// It belongs to a program of other people.
    #[error("{}", say::other_program(program))]
    OtherProgram {
        /// Which.
        program: &'static str,
    },
    /// It holds tokens, none of them for the client.
    #[error("{}", say::other_client(&clients.join(" ")))]
    OtherClient {
        /// The clients it is of.
        clients: Vec<String>,
    },
    /// It is encrypted, and its key is not at hand.
    #[error("{}", say::no_key(key))]
    NoKey {
        /// What the keyring would keep it as.
        key: String,
    },
    /// It is encrypted, and its key does not open it.
    #[error("{}", say::SEAL_BROKEN)]
    SealBroken,
    /// The key cannot encrypt.
    #[error("{}", say::NO_SEAL)]
    NoSeal,
    /// Somebody else is at it and does not let go.
    #[error("{}", say::LOCKED)]
    Locked,
    /// The file system says no.
    #[error("{}", say::io(operation, &source.to_string()))]
    Io {
        /// What was tried.
        operation: &'static str,
        /// What it says.
        source: io::Error,
    },
}

fn failed(operation: &'static str) -> impl Fn(io::Error) -> FileError {
    move |source| match source.kind() {
        ErrorKind::WouldBlock => FileError::Locked,
        _ => FileError::Io { operation, source },
    }
}

/// What was read, and how the file stands.
#[derive(Debug)]
pub struct Opened {
    /// What the client may use.
    pub cache: TokenCache,
    /// Whether there is no such file yet.
    pub new: bool,
    /// Whether others on this machine may read it.
    pub readable: bool,
    /// Whether it is there and holds tokens in the clear.
    pub plain: bool,
}

/// A cache file of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheFile {
    path: PathBuf,
    client_id: String,
    seal: Option<Seal>,
}

impl CacheFile {
    /// The file at `path`, for one client's tokens.
    pub fn new(path: &Path, client_id: &str) -> Self {
        Self {
            path: path.to_owned(),
            client_id: client_id.to_owned(),
            seal: None,
        }
    }

    /// The same, encrypted with this key whenever it is written.
    #[must_use]
    pub fn sealed(self, seal: Option<Seal>) -> Self {
        Self { seal, ..self }
    }

    /// Reads what the client may use. A missing file is a new cache if `create` is set. Blocks while others are at it.
    ///
    /// # Errors
    /// Anything odd about the file, and that it is another client's.
    pub fn open(&self, create: bool) -> Result<Opened, FileError> {
        if let Some(program) =
            program::of_client(&self.client_id).or_else(|| program::of_place(&self.path))
        {
            return Err(FileError::OtherProgram { program });
        }
        let there = look(&self.path)?;
        if there.is_none() && !create {
            return Err(FileError::Missing);
        }
        let lock = Lock::take(&self.path).map_err(failed(say::LOCKING))?;
        let (document, about, plain) = self.read(&lock)?;
        Ok(Opened {
            plain,
            cache: document.cache_of(&self.client_id),
            new: about.is_none(),
            readable: about.is_some_and(|about| is_readable_by_others(&about)),
        })
    }

    /// Adds what came to the file as it is by now. Blocks while others are at it.
    ///
    /// # Errors
    /// Anything odd about the file; then it is as it was.
    pub fn add(&self, came: &[(Issued, Moment)]) -> Result<(), FileError> {
        let lock = Lock::take(&self.path).map_err(failed(say::LOCKING))?;
        let (mut document, about, _) = self.read(&lock)?;
        for (issued, at) in came {
            document.add(issued, *at);
        }
        let text = document.text();
        let plain = text.reveal().as_bytes();
        let written = match &self.seal {
            Some(seal) => {
                let sealed = seal.close(plain).ok_or(FileError::NoSeal)?;
                replace(&self.path, &sealed, about.as_ref())
            }
            None => replace(&self.path, plain, about.as_ref()),
        };
        written.map_err(failed(say::WRITING))
    }

    /// What it holds, how it stands, and whether it holds tokens in the clear.
    fn read(&self, lock: &Lock) -> Result<(Document, Option<Metadata>, bool), FileError> {
        let Some(about) = look(&self.path)? else {
            return Ok((Document::default(), None, false));
        };
        if !is_of_the_same_person(&about, lock.file()) {
            return Err(FileError::NotYours);
        }
        let bytes = Zeroizing::new(content(&self.path)?);
        let (document, plain) = match seal::id_of(&bytes) {
            Some(id) => (Document::parse(&self.unsealed(id, &bytes)?)?, false),
            None => (Document::parse(&bytes)?, true),
        };
        let clients = document.clients();
        if !clients.is_empty() && !clients.contains(&self.client_id) {
            return Err(FileError::OtherClient { clients });
        }
        Ok((document, Some(about), plain))
    }

    fn unsealed(&self, id: &str, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, FileError> {
        let own = self.seal.as_ref().filter(|seal| seal.id() == id);
        let own = own.ok_or_else(|| FileError::NoKey { key: key_name(id) })?;
        own.open(bytes).ok_or(FileError::SealBroken)
    }
}

/// What the keyring keeps the key of a file as.
pub fn key_name(id: &str) -> String {
    format!("cache/{id}")
}

/// The name of the key that the file at the path is sealed with, if there is one and it is.
pub fn sealed_with(path: &Path) -> Option<String> {
    let mut beginning = Vec::new();
    let file = File::open(path).ok()?;
    file.take(200).read_to_end(&mut beginning).ok()?;
    seal::id_of(&beginning).map(str::to_owned)
}

/// What is at the path: a plain file, or nothing.
fn look(path: &Path) -> Result<Option<Metadata>, FileError> {
    match fs::symlink_metadata(path) {
        Ok(about) if about.is_symlink() => Err(FileError::Link),
        Ok(about) if !about.is_file() => Err(FileError::NotAFile),
        Ok(about) if about.len() > LIMIT => Err(FileError::TooBig),
        Ok(about) => Ok(Some(about)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(say::READING)(error)),
    }
}

fn content(path: &Path) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed(say::READING))?;
    let read = file.take(LIMIT + 1).read_to_end(&mut bytes);
    read.map_err(failed(say::READING))?;
    if bytes.len() as u64 > LIMIT {
        return Err(FileError::TooBig);
    }
    Ok(bytes)
}

/// The bytes of any cache file, for looking at: no lock is taken, nothing is written, links are followed.
///
/// # Errors
/// If it is not a file, too big or cannot be read.
pub fn peek(path: &Path) -> Result<Vec<u8>, FileError> {
    match fs::metadata(path) {
        Ok(about) if !about.is_file() => Err(FileError::NotAFile),
        Ok(about) if about.len() > LIMIT => Err(FileError::TooBig),
        Ok(_) => content(path),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(FileError::Missing),
        Err(error) => Err(failed(say::READING)(error)),
    }
}

/// Whether another program is at the file just now.
pub fn is_locked(path: &Path) -> bool {
    lock::beside(path).exists()
}

/// Writes beside the file and moves it there. A new file is its owner's alone; an old one keeps its mode.
fn replace(path: &Path, bytes: &[u8], old: Option<&Metadata>) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    let wrote = (|| {
        file.write_all(bytes)?;
        if let Some(old) = old {
            file.set_permissions(old.permissions())?;
        }
        // msal-extensions reads again what is newer than its own last look, told to the microsecond; the time that a
        // file system gives lags behind by some milliseconds.
        file.set_modified(SystemTime::now())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    })();
    if wrote.is_err() {
        let _ = fs::remove_file(&beside);
    }
    wrote
}

#[cfg(unix)]
fn is_readable_by_others(about: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    about.mode() & 0o077 != 0
}

#[cfg(not(unix))]
const fn is_readable_by_others(_: &Metadata) -> bool {
    false
}

/// Whether the file's owner is who made the lock.
#[cfg(unix)]
fn is_of_the_same_person(about: &Metadata, lock: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    lock.metadata().is_ok_and(|own| own.uid() == about.uid())
}

#[cfg(not(unix))]
const fn is_of_the_same_person(_: &Metadata, _: &File) -> bool {
    true
}

#[cfg(test)]
mod tests;
