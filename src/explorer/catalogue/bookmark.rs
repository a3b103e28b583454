//! Where the screen stands, to come back to.

use tui_input::Input;

use super::{Catalogue, Name, search};
use crate::catalog::Query;
use crate::explorer::pane::Pane;
use crate::explorer::state::State;

/// Where the screen stands, to come back to.
#[derive(Clone)]
pub struct Bookmark {
    at: Pane,
    input: Input,
    query: Query,
    chosen: Option<Name>,
    direct: bool,
}

impl Bookmark {
    /// The entry that is read, if one is.
    pub fn entry(&self) -> Option<Name> {
        self.chosen.clone().filter(|_| self.at == Pane::Entry)
    }
}

impl Catalogue {
    /// Where it stands.
    pub fn bookmark(&self) -> Bookmark {
        let chosen = self.hit().map(|hit| hit.name.clone());
        Bookmark {
            at: self.at,
            input: self.input.clone(),
            query: self.query.clone(),
            chosen: chosen.or_else(|| self.wanted.clone()),
            direct: self.direct,
        }
    }
}

/// Puts the screen, which is open, back to where it stood.
pub fn return_to(state: &mut State, bookmark: Bookmark) {
    let catalogue = &mut state.catalogue;
    catalogue.at = bookmark.at;
    catalogue.input = bookmark.input;
    catalogue.query = bookmark.query;
    catalogue.direct = bookmark.direct;
    search(state);
    let hits = &state.catalogue.hits;
    let place = hits
        .iter()
        .position(|hit| Some(&hit.name) == bookmark.chosen.as_ref());
    state.catalogue.chosen = place.unwrap_or(0);
}
