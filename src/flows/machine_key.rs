//! The key file of an Azure Arc machine: whoever can read it is a program of that machine.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use zeroize::Zeroizing;

use crate::model::{Problem, Secret, SecretKind};
use crate::strings::flows as say;

/// The most that such a file holds, in bytes: what MSAL reads.
const MOST: u64 = 4096;

/// Reads it.
///
/// # Errors
/// It is not there, not to be read by this user, no file, or too large.
pub(super) fn read(path: &Path) -> Result<Secret, Problem> {
    let wrong = |what: String| Problem::new(what, path.display().to_string(), say::KEY_EXPECTED);
    let failed = |error: std::io::Error| wrong(error.to_string());
    let about = std::fs::metadata(path).map_err(failed)?;
    if !about.is_file() || about.len() > MOST {
        return Err(wrong(say::KEY_ODD.to_owned()));
    }
    let mut text = Zeroizing::new(String::with_capacity(4097));
    let file = File::open(path).map_err(failed)?;
    file.take(MOST).read_to_string(&mut text).map_err(failed)?;
    Ok(Secret::new(SecretKind::Other, text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_too_large_or_not_there_is_named() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("x.key");
        assert_eq!(read(&path).unwrap_err().at, path.display().to_string());
        std::fs::write(&path, "k".repeat(4097)).unwrap();
        assert_eq!(read(&path).unwrap_err().what, say::KEY_ODD);
        std::fs::write(&path, "k".repeat(4096)).unwrap();
        assert_eq!(read(&path).unwrap().reveal().len(), 4096);
    }
}
