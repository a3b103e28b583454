//! Past runs for the command line: no actor, no thread.

use std::path::Path;

use super::PastRun;
use super::verdict;
use crate::catalog::Catalog;
use crate::history::{HistoryError, Store};
use crate::model::Run;

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
        Ok(self.store.load(key)?.map(|(mut run, place)| {
            verdict::judge_again(catalog, &mut run, place);
            run
        }))
    }

    /// Removes every run.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn clear(&self) -> Result<(), HistoryError> {
        self.store.clear()
    }
}
