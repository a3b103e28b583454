//! Past runs: the list, looking through it, reopening one.

use crate::session::Command;
use crate::session::protocol::PastRun;
use crate::strings::explorer as s;

use super::message::{Effect, Effects};
use super::pane::Pane;
use super::rows::{Content, Role, Tie};
use super::state::State;

/// The list as the session gave it.
#[derive(Default)]
pub struct Past {
    list: Option<Vec<PastRun>>,
    /// What it was asked for with.
    pub query: String,
    sure: bool,
}

impl Past {
    /// Takes the list in.
    pub fn take(&mut self, list: Vec<PastRun>) {
        self.list = Some(list);
        self.sure = false;
    }
}

/// Asks for the list and opens it.
pub fn open(state: &mut State) -> Effects {
    state.past = Past::default();
    state.push(Pane::History);
    state.touch();
    vec![Effect::Ask(Command::History(String::new()))]
}

/// Asks for the list again, where it is open.
pub fn again(state: &State) -> Effects {
    if !state.over.contains(&Pane::History) {
        return Vec::new();
    }
    vec![Effect::Ask(Command::History(state.past.query.clone()))]
}

/// Reopens the chosen run.
pub fn choose(state: &State, item: Option<usize>) -> Effects {
    item.and_then(|item| state.past.list.as_ref()?.get(item))
        .map_or_else(Vec::new, |past| {
            vec![Effect::Ask(Command::Reopen(past.key))]
        })
}

/// Removes all of them, at the second press.
pub fn clear(state: &mut State) -> Effects {
    if !state.past.sure {
        state.past.sure = true;
        state.warn(s::CLEAR_SURE.to_owned());
        return Vec::new();
    }
    state.past.sure = false;
    vec![
        Effect::Ask(Command::ClearHistory),
        Effect::Ask(Command::History(String::new())),
    ]
}

/// What the box shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::list(width);
    let empty = match &state.past.list {
        None => Some(s::HISTORY_LOADS),
        Some(list) if list.is_empty() && !state.past.query.is_empty() => Some(s::HISTORY_NO_HIT),
        Some(list) if list.is_empty() => Some(s::HISTORY_EMPTY),
        Some(_) => None,
    };
    if let Some(words) = empty {
        out.list = false;
        out.line(0, &[(Role::Dim, words)]);
        return out;
    }
    for (nth, past) in state.past.list.iter().flatten().enumerate() {
        let (role, mark) = mark(&past.outcome);
        out.item(past.correlation_id.clone(), Tie::Nth(nth));
        let simulated = if past.simulated {
            s::SIMULATED_SHORT
        } else {
            ""
        };
        let when = past
            .started
            .get(..19)
            .unwrap_or(&past.started)
            .replace('T', " ");
        out.cut(&[
            (role, mark),
            (Role::Plain, " "),
            (Role::Dim, &when),
            (Role::Plain, &format!("  {:<18} ", past.flow)),
            (Role::Strong, &past.profile),
            (Role::Plain, "  "),
            (role, &past.error),
            (Role::Dim, simulated),
        ]);
    }
    out
}

fn mark(outcome: &str) -> (Role, &'static str) {
    use crate::model::Outcome;
    match Outcome::from_word(outcome) {
        Some(Outcome::Granted) => (Role::Granted, Outcome::Granted.mark()),
        Some(other) => (Role::Refused, other.mark()),
        None => (Role::Dim, " "),
    }
}
