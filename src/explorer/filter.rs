//! What lists are narrowed to: the scenarios, the world of the lab, the requests that reach it.

use super::pane::Pane;

/// One text for each list that can be narrowed.
#[derive(Default)]
pub struct Filters {
    scenarios: String,
    world: String,
    requests: String,
}

impl Filters {
    /// Whether a pane's list can be narrowed.
    pub const fn narrows(pane: Pane) -> bool {
        matches!(pane, Pane::Picker | Pane::Lab | Pane::Requests)
    }

    /// What a pane's list is narrowed to; empty: not at all.
    pub fn get(&self, pane: Pane) -> &str {
        match pane {
            Pane::Picker => &self.scenarios,
            Pane::Lab => &self.world,
            Pane::Requests => &self.requests,
            _ => "",
        }
    }

    /// Narrows a pane's list.
    pub fn set(&mut self, pane: Pane, text: &str) {
        let filter = match pane {
            Pane::Picker => &mut self.scenarios,
            Pane::Lab => &mut self.world,
            Pane::Requests => &mut self.requests,
            _ => return,
        };
        text.clone_into(filter);
    }
}
