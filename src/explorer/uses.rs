//! What can be done with the token of the selected run: a small box, in which what cannot be done stands with why.

use crate::grants::{Metadata, further};
use crate::model::{Further, Problem};
use crate::session::Command;
use crate::strings::explorer as s;

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

/// What the box shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::list(width);
    for (nth, what) in Further::ALL.into_iter().enumerate() {
        let words = s::use_of_token(what);
        out.item(words, Tie::Nth(nth));
        match barred(state, what) {
            None => out.line(4, &[(Role::Plain, words)]),
            Some(problem) => {
                out.line(4, &[(Role::Dim, words)]);
                out.line(4, &[(Role::Plain, "    "), (Role::Warning, &problem.what)]);
            }
        }
    }
    out
}
