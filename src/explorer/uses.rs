//! What can be done with the token of the selected run: a small box, in which what cannot be done stands with why.

use crate::grants::{Metadata, further, logout};
use crate::model::{Further, Problem};
use crate::session::Command;
use crate::strings::{explorer as s, logout as words};

use super::message::{Effect, Effects};
use super::pane::Pane;
use super::rows::{Content, Role, Tie};
use super::state::State;

/// Whether there is a token that something could be done with.
pub fn can_open(state: &State) -> bool {
    state.runs.selected().is_some_and(|entry| {
        let asked_server = !entry.run.spec.authority.is_of_machine();
        entry.run.has_token() && !entry.run.from_history && asked_server
    })
}

/// Opens the box.
pub fn open(state: &mut State) {
    if can_open(state) {
        state.push(Pane::Uses);
    }
}

/// Why something cannot be done with the token of the selected run. Without metadata (a token from the cache) that is
/// found out when it is tried.
fn barred(state: &State, what: Further) -> Option<Problem> {
    let run = &state.runs.selected()?.run;
    let token = run.ending()?.token.as_ref()?;
    let metadata: Metadata = further::metadata_of(&run.spec.authority, &run.exchanges)?;
    further::barred(what, token, &metadata, &run.spec)
}

/// Does what the cursor is on, or says why not.
pub fn choose(state: &mut State, item: Option<usize>) -> Effects {
    if item == Some(Further::ALL.len()) {
        return leave(state);
    }
    let what = item.and_then(|item| Further::ALL.get(item).copied());
    let (Some(what), Some(run)) = (what, state.selected_id()) else {
        return Vec::new();
    };
    if let Some(problem) = barred(state, what) {
        state.warn(problem.what);
        return Vec::new();
    }
    state.close(Pane::Uses);
    state.say(s::USING_THE_TOKEN);
    state.touch();
    vec![Effect::Ask(Command::Further(run, what))]
}

/// Why the person of the selected run cannot be signed out.
fn barred_logout(state: &State) -> Option<Problem> {
    let run = &state.runs.selected()?.run;
    let metadata: Metadata = further::metadata_of(&run.spec.authority, &run.exchanges)?;
    logout::endpoint(&run.spec, &metadata).err()
}

fn leave(state: &mut State) -> Effects {
    if let Some(problem) = barred_logout(state) {
        state.warn(problem.what);
        return Vec::new();
    }
    let Some(run) = state.selected_id() else {
        return Vec::new();
    };
    state.close(Pane::Uses);
    state.touch();
    vec![Effect::Ask(Command::Logout(run))]
}

/// What the box shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::list(width);
    let further = Further::ALL.map(|what| (s::use_of_token(what), barred(state, what)));
    let leaving = (words::USE, barred_logout(state));
    for (nth, (words, barred)) in further.into_iter().chain([leaving]).enumerate() {
        out.item(words, Tie::Nth(nth));
        match barred {
            None => out.line(4, &[(Role::Plain, words)]),
            Some(problem) => {
                out.line(4, &[(Role::Dim, words)]);
                out.line(4, &[(Role::Plain, "    "), (Role::Warning, &problem.what)]);
            }
        }
    }
    out
}
