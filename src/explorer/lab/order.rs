//! A change in words, typed below the screen: everything the lab's control takes can be said here too.

use crate::explorer::message::{Effect, Effects};
use crate::explorer::search;
use crate::explorer::state::State;
use crate::model::WorldChange;
use crate::session::Command;
use crate::strings::explorer as s;

/// Opens the line with a beginning.
pub fn propose(state: &mut State, start: &str) {
    let start = if start.is_empty() || start.ends_with(' ') || start.starts_with("set ") {
        start.to_owned()
    } else {
        format!("{start} ")
    };
    search::order(state, start);
}

/// Makes the change that was typed.
pub fn give(state: &mut State, words: &str) -> Effects {
    state.touch();
    if words.trim().is_empty() {
        return Vec::new();
    }
    if let Some(change) = WorldChange::parse(words) {
        return vec![Effect::Ask(Command::World(change))];
    }
    state.warn(s::no_such_change(words));
    Vec::new()
}
