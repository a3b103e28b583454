//! Which servers asked to be left alone, for which requests and until when: remembered across processes, so that a
//! second program does not run into the same refusal. Nothing in it is secret; what cannot be kept is forgotten.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::model::{Moment, Throttled};

/// How many windows are kept.
const MOST: usize = 100;

/// The file of windows.
#[derive(Clone, Debug)]
pub struct ThrottleBook {
    file: PathBuf,
}

type Book = BTreeMap<String, Throttled>;

impl ThrottleBook {
    /// The book of a state directory.
    pub fn new(state: &Path) -> Self {
        Self {
            file: state.join("throttle.json"),
        }
    }

    /// The window of a request, if it is still open.
    pub fn window(&self, request: &str, now: Moment) -> Option<Throttled> {
        let text = fs::read_to_string(&self.file).ok()?;
        let book: Book = serde_json::from_str(&text).ok()?;
        book.get(request)
            .copied()
            .filter(|window| window.until > now)
    }

    /// Remembers a window, and forgets those that are over.
    ///
    /// # Errors
    /// As the file system says.
    pub fn note(&self, request: &str, window: Throttled, now: Moment) -> io::Result<()> {
        super::files::change(&self.file, |book: &mut Book| {
            book.retain(|_, window| window.until > now);
            while book.len() >= MOST {
                book.pop_first();
            }
            book.insert(request.to_owned(), window);
        })
    }

    /// Forgets a window: the server answers again.
    ///
    /// # Errors
    /// As the file system says.
    pub fn forget(&self, request: &str) -> io::Result<()> {
        super::files::change(&self.file, |book: &mut Book| {
            book.remove(request);
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(until: i64) -> Throttled {
        Throttled {
            until: Moment::from_seconds(until),
            status: 429,
            named: true,
        }
    }

    #[test]
    fn a_window_is_known_to_other_processes_until_it_is_over() {
        let directory = tempfile::tempdir().unwrap();
        let at = Moment::from_seconds;
        let book = ThrottleBook::new(directory.path());
        assert_eq!(book.window("a", at(0)), None);
        book.note("a", window(60), at(0)).unwrap();
        let other = ThrottleBook::new(directory.path());
        assert_eq!(other.window("a", at(59)), Some(window(60)));
        assert_eq!(other.window("a", at(60)), None);
        assert_eq!(other.window("b", at(0)), None);
        other.forget("a").unwrap();
        assert_eq!(book.window("a", at(0)), None);
    }

    #[test]
    fn what_is_over_is_forgotten_and_a_broken_file_is_begun_anew() {
        let directory = tempfile::tempdir().unwrap();
        let at = Moment::from_seconds;
        let file = directory.path().join("throttle.json");
        fs::write(&file, "no JSON").unwrap();
        let book = ThrottleBook::new(directory.path());
        assert_eq!(book.window("a", at(0)), None);
        book.note("a", window(60), at(0)).unwrap();
        book.note("b", window(90), at(61)).unwrap();
        let kept = fs::read_to_string(&file).unwrap();
        assert!(!kept.contains("\"a\"") && kept.contains("\"b\""), "{kept}");
    }
}
