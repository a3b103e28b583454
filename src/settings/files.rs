//! Private files and directories: 0700 and 0600 where the platform knows such modes, written whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Makes a directory (and those above it) that only its owner may enter.
///
/// # Errors
/// As the file system says.
pub fn private_directory(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Writes a file that only its owner may read: first beside its place, then moved there.
///
/// # Errors
/// As the file system says.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(directory) = path.parent() {
        private_directory(directory)?;
    }
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    fs::rename(&beside, path)
}

/// Reads a small JSON file, changes what it holds and writes it, while no other process does. What cannot be read is
/// begun anew.
///
/// # Errors
/// As the file system says.
pub fn change<T: Default + Serialize + DeserializeOwned>(
    file: &Path,
    change: impl FnOnce(&mut T),
) -> io::Result<()> {
    private_directory(file.parent().unwrap_or(Path::new(".")))?;
    let mut options = fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let lock = options.open(file.with_extension("lock"))?;
    lock.lock()?;
    let mut held: T = match fs::read_to_string(file) {
        Ok(text) => serde_json::from_str(&text).unwrap_or_default(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => T::default(),
        Err(error) => return Err(error),
    };
    change(&mut held);
    let text = serde_json::to_string(&held).unwrap_or_default();
    write_private(file, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_what_is_written() {
        use std::os::unix::fs::PermissionsExt as _;
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("deep/er/key");
        write_private(&file, b"k").unwrap();
        write_private(&file, b"key").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"key");
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(
            fs::metadata(file.parent().unwrap())
                .unwrap()
                .permissions()
                .mode()
                & 0o777,
            0o700
        );
    }
}
