//! Past runs: the list, looking through it, reopening one.

use crate::session::Command;
use crate::session::protocol::PastRun;
use crate::strings::explorer as s;

use super::message::{Effect, Effects};
use super::pane::Pane;
use super::rows::{Content, Role, Tie};
use super::state::State;

/// So many columns hold a run in one row.
const IN_ONE_ROW: usize = 100;

/// The list as the session gave it.
#[derive(Default)]
pub struct Past {
    list: Option<Vec<PastRun>>,
    /// What it was asked for with.
    query: String,
    sure: bool,
}

impl Past {
    /// Takes the list in.
    pub fn take(&mut self, list: Vec<PastRun>) {
        self.list = Some(list);
        self.sure = false;
    }

    /// What there is, whatever the list is narrowed to.
    pub fn all(&self) -> &[PastRun] {
        self.list.as_deref().unwrap_or_default()
    }
}

/// Those that are listed.
fn listed(state: &State) -> Vec<&PastRun> {
    let fits = |past: &&PastRun| state.filters.fits(Pane::History, &text(past));
    state.past.all().iter().filter(fits).collect()
}

/// Everything a past run is found by.
fn text(past: &PastRun) -> String {
    let parts = [
        past.started.as_str(),
        &past.flow,
        &past.profile,
        &past.error,
        &past.outcome,
        &past.correlation_id,
    ];
    parts.join(" ")
}

/// When it began, for people: `2026-11-22 14:02:11`.
pub fn when(past: &PastRun) -> String {
    let when = past.started.get(..19).unwrap_or(&past.started);
    when.replace('T', " ")
}

/// What the list is called: how many there are of how many, where it is narrowed.
pub fn title(state: &State) -> String {
    let filter = state.filters.get(Pane::History);
    if filter.is_empty() {
        return s::PANE_HISTORY.to_owned();
    }
    let shown = listed(state).len();
    s::narrowed_title(s::PANE_HISTORY, (shown, state.past.all().len()), filter)
}

/// Asks the store for what the list is narrowed to: it holds more than it lists.
pub fn ask(state: &mut State) -> Effects {
    let wanted = state.filters.get(Pane::History).to_owned();
    if state.past.query == wanted {
        return Vec::new();
    }
    state.past.query.clone_from(&wanted);
    vec![Effect::Ask(Command::History(wanted))]
}

/// Asks for the list and opens it.
pub fn open(state: &mut State) -> Effects {
    state.past = Past::default();
    state.filters.set(Pane::History, "");
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
    item.and_then(|item| listed(state).get(item).copied())
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
    state.past.query.clear();
    state.filters.set(Pane::History, "");
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
        Some(_) if !listed(state).is_empty() => None,
        Some(_) if !state.filters.get(Pane::History).is_empty() => Some(s::HISTORY_NO_HIT),
        Some(_) => Some(s::HISTORY_EMPTY),
    };
    if let Some(words) = empty {
        out.list = false;
        out.line(0, &[(Role::Dim, words)]);
        return out;
    }
    for (nth, past) in listed(state).into_iter().enumerate() {
        let (role, mark) = mark(&past.outcome);
        out.item(past.correlation_id.clone(), Tie::Nth(nth));
        let simulated = if past.simulated {
            s::SIMULATED_SHORT
        } else {
            ""
        };
        let when = when(past);
        let flow = format!("  {:<18} ", past.flow);
        let first = [
            (role, mark),
            (Role::Plain, " "),
            (Role::Dim, when.as_str()),
            (Role::Plain, &flow),
            (Role::Strong, &past.profile),
        ];
        let then = [
            (Role::Plain, "  "),
            (role, past.error.as_str()),
            (Role::Dim, simulated),
        ];
        if width < IN_ONE_ROW {
            // What a run came to must not be what is cut.
            out.cut(&first);
            out.cut(&then);
        } else {
            out.cut(&[&first[..], &then[..]].concat());
        }
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
