//! What lists are narrowed to: the runs and their exchanges, past runs, the scenarios, the world of the lab, the
//! requests that reach it.

use std::collections::BTreeMap;

use super::pane::Pane;

/// One text for each list that can be narrowed.
#[derive(Clone, Debug, Default)]
pub struct Filters(BTreeMap<Pane, String>);

impl Filters {
    /// Whether a pane's list can be narrowed.
    pub const fn narrows(pane: Pane) -> bool {
        matches!(
            pane,
            Pane::Runs
                | Pane::Exchanges
                | Pane::History
                | Pane::Picker
                | Pane::Lab
                | Pane::Requests
        )
    }

    /// What a pane's list is narrowed to; empty: not at all.
    pub fn get(&self, pane: Pane) -> &str {
        self.0.get(&pane).map_or("", String::as_str)
    }

    /// Narrows a pane's list.
    pub fn set(&mut self, pane: Pane, text: &str) {
        if Self::narrows(pane) {
            self.0.insert(pane, text.to_owned());
        }
    }

    /// Whether a text holds every word that a pane's list is narrowed to.
    pub fn fits(&self, pane: Pane, text: &str) -> bool {
        let text = text.to_lowercase();
        let filter = self.get(pane).to_lowercase();
        filter.split_whitespace().all(|word| text.contains(word))
    }
}
