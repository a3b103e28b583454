//! The doors.

use crate::strings::explorer as s;

use super::message::Effects;
use super::rows::{Content, Role, Tie};
use super::state::State;
use super::{form, history, paste, scenarios};

/// What the screen shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::list(width);
    let _ = state;
    out.line(0, &[(Role::Strong, s::START_HEADING)]);
    out.line(0, &[(Role::Dim, s::START_WORDS)]);
    out.gap();
    for (nth, (title, words)) in s::DOORS.iter().enumerate() {
        out.item(*title, Tie::Nth(nth));
        out.line(4, &[(Role::Plain, "  "), (Role::Strong, title)]);
        out.line(4, &[(Role::Plain, "    "), (Role::Dim, words)]);
        out.gap();
    }
    out
}

/// Goes through a door.
pub fn choose(state: &mut State, item: Option<usize>) -> Effects {
    match item {
        Some(0) => scenarios::open(state),
        Some(1) => {
            form::open(state, None);
            Vec::new()
        }
        Some(2) => {
            paste::open(state);
            state.touch();
            Vec::new()
        }
        Some(3) => {
            paste::open_file(state);
            Vec::new()
        }
        Some(_) => history::open(state),
        None => Vec::new(),
    }
}
