//! Past runs for the command line: no actor, no thread.

use std::path::Path;

use super::PastRun;
use super::verdict;
use crate::catalog::Catalog;
use crate::history::{HistoryError, Store};
use crate::model::{Place, Redacted, Run};

/// The history of a file.
pub struct Past {
    store: Store,
    /// What was said when it was opened: that a file was set aside.
    pub warning: Option<String>,
}

impl Past {
    /// Opens it.
    ///
    /// # Errors
    /// When neither the file nor a new one in its place can be used.
    pub fn open(path: &Path, keep: usize) -> Result<Self, HistoryError> {
        let (store, warning) = Store::open(path, keep)?;
        Ok(Self { store, warning })
    }

    /// Runs that hold the query, newest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn list(&self, query: &str) -> Result<Vec<PastRun>, HistoryError> {
        self.store.list(query)
    }

    /// One run, judged by what is known today.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn run(&self, key: i64, catalog: &Catalog) -> Result<Option<Run>, HistoryError> {
        let loaded = self.store.load(key)?;
        Ok(loaded.map(|(run, place)| judged(run, place, catalog)))
    }

    /// Keeps a run that was made elsewhere; its key.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn keep(&self, run: &Redacted<Run>) -> Result<i64, HistoryError> {
        self.store.save(run, None)
    }

    /// Removes every run.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn clear(&self) -> Result<(), HistoryError> {
        self.store.clear()
    }
}

/// A run of the past or of elsewhere, judged by what is known today; `place`: where its error surfaced.
pub fn judged(mut run: Run, place: Option<Place>, catalog: &Catalog) -> Run {
    verdict::judge_again(catalog, &mut run, place);
    run
}
