//! How the screen stood, kept between two starts in the state directory. A file that is not ours is left alone.

use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::files::write_private;
use crate::model::Saved;
use crate::strings::settings as say;

/// More than this is not ours, in bytes.
const MOST: u64 = 256 * 1024;

/// The file that remembers the screen.
#[derive(Clone, Debug)]
pub struct SavedBook {
    file: PathBuf,
}

impl SavedBook {
    /// The book of a state directory.
    pub fn new(state: &Path) -> Self {
        Self {
            file: state.join("screen.json"),
        }
    }

    /// What is remembered; nothing if there is no file.
    ///
    /// # Errors
    /// A sentence: the file cannot be read, or holds something else.
    pub fn read(&self) -> Result<Saved, String> {
        let file = match fs::File::open(&self.file) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Saved::default()),
            Err(error) => return Err(say::screen_unread(&self.file, &error.to_string())),
        };
        let mut text = String::new();
        file.take(MOST + 1)
            .read_to_string(&mut text)
            .map_err(|error| say::screen_unread(&self.file, &error.to_string()))?;
        let told: Option<Saved> = serde_json::from_str(&text).ok();
        told.filter(|saved| saved.schema == Saved::SCHEMA)
            .ok_or_else(|| say::screen_foreign(&self.file))
    }

    /// Remembers how the screen stands. A file that cannot be read as ours stays as it is.
    ///
    /// # Errors
    /// As the file system says; [`ErrorKind::InvalidData`] if what is there is not ours.
    pub fn write(&self, saved: &Saved) -> io::Result<()> {
        if let Err(sentence) = self.read() {
            return Err(io::Error::new(ErrorKind::InvalidData, sentence));
        }
        let text = serde_json::to_string_pretty(saved).map_err(io::Error::other)?;
        write_private(&self.file, text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Standing;

    fn some() -> Saved {
        let standing = Standing {
            pane: "reply".into(),
            turned: ["/error_codes".to_owned()].into(),
            ..Standing::default()
        };
        Saved {
            last: Some("contoso-desktop".into()),
            screens: [("contoso-desktop".to_owned(), standing)].into(),
            ..Saved::default()
        }
    }

    #[test]
    fn what_was_written_is_read_by_the_next_start() {
        let directory = tempfile::tempdir().unwrap();
        let book = SavedBook::new(directory.path());
        assert_eq!(book.read(), Ok(Saved::default()));
        book.write(&some()).unwrap();
        assert_eq!(SavedBook::new(directory.path()).read(), Ok(some()));
    }

    #[test]
    fn a_file_that_is_not_ours_is_told_and_stays_as_it_is() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("screen.json");
        let book = SavedBook::new(directory.path());
        for foreign in [
            "",
            "{\"schema\":1",
            "{\"schema\":2}",
            "{\"schema\":1,\"windows\":[]}",
            "[1, 2]",
        ] {
            fs::write(&file, foreign).unwrap();
            let sentence = book.read().unwrap_err();
            assert!(sentence.contains("screen.json"), "{sentence}");
            assert!(book.write(&some()).is_err(), "{foreign}");
            assert_eq!(fs::read_to_string(&file).unwrap(), foreign);
        }
        fs::write(&file, [0xff, 0xfe]).unwrap();
        assert!(book.read().is_err());
    }
}
