//! A change in words, typed below the screen: everything the lab's control takes can be said here too.

use crate::explorer::message::{Effect, Effects};
use crate::explorer::state::State;
use crate::explorer::{copy, search};
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

/// The code that the lab could be told to answer with: that of the catalogue's entry, or of the diagnosis.
pub fn code_at_hand(state: &State) -> Option<String> {
    if state.pane().is_catalogue() {
        return state.catalogue.code().map(str::to_owned);
    }
    let found = copy::diagnosis(state)?;
    let named = found.codes.first().map(|code| code.code.clone());
    named.or_else(|| found.error.as_ref().map(|error| format!("error {error}")))
}

/// Opens the line with the order to answer with that code once.
pub fn propose_force(state: &mut State) {
    if let Some(code) = code_at_hand(state) {
        search::order(state, format!("force {code} once"));
    }
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
