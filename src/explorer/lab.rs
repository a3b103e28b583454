//! The lab's screen: what can be switched, the requests that reach the lab, one of them beside the client's view of
//! the same exchange, and the scenario's narration below.
//!
//! ```text
//! ┌ Lab ──────────┬ Requests ─────┐        ┌ What the lab saw ┬ What the client saw ┐
//! │ policies …    │ ✗ 14:02 token │ Enter  │                  │                     │
//! ├ Scenario ─────┴───────────────┤ ─────► ├ Scenario ────────┴─────────────────────┤
//! └───────────────────────────────┘  Esc   └────────────────────────────────────────┘
//! ```

mod offer;
mod order;
mod record;
mod requests;
mod story;
mod world;

use std::collections::{BTreeSet, VecDeque};

use crate::model::{Flow, LabRequestRecord, RunId, RunSpec};
use crate::session::Command;
use crate::strings::explorer as s;

use super::message::{Effect, Effects};
use super::pane::Pane;
use super::state::State;

pub use order::{code_at_hand, give, propose, propose_force};
pub use record::{record, seen};
pub use requests::list as requests;
pub use story::story;
pub use world::{list as world, sign_in_beforehand};

/// How many requests are listed.
const LISTED: usize = 500;

/// What the screen knows and where it stands.
pub struct Lab {
    /// Which of its panes keys go to.
    at: Pane,
    /// What reached the lab, oldest first.
    requests: VecDeque<LabRequestRecord>,
    /// How many did since the start, and since the list was set back.
    count: usize,
    /// The request that is opened.
    opened: Option<u64>,
    /// The things whose settings are shown, by kind and name.
    unfolded: BTreeSet<String>,
    /// Changes with the requests.
    edition: u64,
}

impl Default for Lab {
    fn default() -> Self {
        Self {
            at: Pane::Lab,
            requests: VecDeque::new(),
            count: 0,
            opened: None,
            unfolded: BTreeSet::new(),
            edition: 0,
        }
    }
}

impl Lab {
    /// The pane that keys go to while the screen is open.
    pub const fn at(&self) -> Pane {
        self.at
    }

    /// The request that is looked at.
    pub fn request(&self) -> Option<u64> {
        self.opened.filter(|_| is_opened(self.at))
    }

    /// A number that changes with the requests.
    pub const fn edition(&self) -> u64 {
        self.edition
    }

    /// Takes requests in, oldest first.
    pub fn take(&mut self, requests: Vec<LabRequestRecord>) {
        self.count += requests.len();
        self.edition += 1;
        self.requests.extend(requests);
        let surplus = self.requests.len().saturating_sub(LISTED);
        self.requests.drain(..surplus);
    }

    /// Forgets them, as a fresh start does.
    pub fn forget(&mut self) {
        let edition = self.edition + 1;
        let unfolded = std::mem::take(&mut self.unfolded);
        *self = Self {
            at: if is_opened(self.at) {
                Pane::Requests
            } else {
                self.at
            },
            unfolded,
            edition,
            ..Self::default()
        };
    }

    /// The request that is opened.
    fn opened(&self) -> Option<&LabRequestRecord> {
        let id = self.opened?;
        self.requests.iter().find(|request| request.id == id)
    }
}

const fn is_opened(pane: Pane) -> bool {
    matches!(pane, Pane::Record | Pane::Seen)
}

/// Opens the screen.
pub fn open(state: &mut State) -> Effects {
    state.lab_screen.at = Pane::Lab;
    state.push(Pane::Lab);
    state.touch();
    if state.scenarios.lab_asked {
        return Vec::new();
    }
    state.scenarios.lab_asked = true;
    vec![Effect::Ask(Command::StartLab)]
}

/// Whether it is open.
pub fn is_open(state: &State) -> bool {
    state.over.contains(&Pane::Lab)
}

/// Goes to one of its panes.
pub fn go(state: &mut State, pane: Pane) {
    if pane != Pane::Story {
        state.lab_screen.at = pane;
    }
}

/// To the other pane.
pub fn next_pane(state: &mut State) {
    let other = match state.lab_screen.at {
        Pane::Lab => Pane::Requests,
        Pane::Record => Pane::Seen,
        Pane::Seen => Pane::Record,
        _ => Pane::Lab,
    };
    go(state, other);
    state.touch();
}

/// Does what the cursor is on.
pub fn choose(state: &mut State, item: Option<usize>) -> Effects {
    match state.lab_screen.at {
        Pane::Lab => world::choose(state, item),
        Pane::Requests => {
            let nth = item.and_then(|item| requests::nth(state, item));
            if let Some(id) = nth {
                show(state, id);
            }
            Vec::new()
        }
        _ => {
            to_the_run(state);
            Vec::new()
        }
    }
}

fn show(state: &mut State, id: u64) {
    state.lab_screen.opened = Some(id);
    if !is_opened(state.lab_screen.at) {
        state.lab_screen.at = Pane::Record;
    }
    state.views.forget(Pane::Record);
    state.views.forget(Pane::Seen);
    state.touch();
}

/// Puts the screen, which is open, back to one of its panes or to a request.
pub fn return_to(state: &mut State, at: Pane, request: Option<u64>) {
    if let Some(id) = request {
        show(state, id);
    }
    go(state, at);
}

/// Opens the next request, or the one before.
pub fn step(state: &mut State, newer: bool) {
    let shown = requests::shown(state);
    let at = shown
        .iter()
        .position(|request| Some(request.id) == state.lab_screen.opened);
    let next = at.and_then(|at| {
        if newer {
            at.checked_sub(1)
        } else {
            Some(at + 1)
        }
    });
    if let Some(id) = next.and_then(|next| shown.get(next)).map(|it| it.id) {
        show(state, id);
        if let Some(place) = next {
            state.views.put(Pane::Requests, place);
        }
    }
}

/// Whether the opened request came from a run of this program.
pub fn has_run(state: &State) -> bool {
    is_opened(state.lab_screen.at)
        && state
            .lab_screen
            .opened()
            .is_some_and(|request| record::exchange_of(state, request).is_some())
}

/// Leaves the lab for the run whose exchange is looked at.
fn to_the_run(state: &mut State) {
    let found = state
        .lab_screen
        .opened()
        .and_then(|request| record::exchange_of(state, request))
        .map(|(entry, nth)| (entry.run.id, nth));
    let Some((run, nth)) = found else {
        return state.say(s::NO_RUN_OF_OURS);
    };
    state.close(Pane::Lab);
    state.runs.look_at_id(run);
    state.reply.reset();
    state.reply.exchange = Some(nth);
    state.focus_on(Pane::Reply);
    for beside in [Pane::Diagnosis, Pane::Reply, Pane::Exchanges, Pane::Runs] {
        state.views.forget(beside);
    }
    super::steps::settle(state);
    state.touch();
}

/// Runs a run again so that the lab is asked: past the cache, where it may answer from there.
pub fn repeat(state: &State, run: RunId) -> Command {
    match state.runs.get(run).map(|entry| &entry.run.spec) {
        Some(spec) if spec.flow == Flow::Silent => Command::Begin(Box::new(RunSpec {
            force_refresh: true,
            ..spec.clone()
        })),
        _ => Command::Repeat(run),
    }
}

/// One step back: from a request to the list, otherwise to where one was before.
pub fn back(state: &mut State) {
    if is_opened(state.lab_screen.at) {
        state.lab_screen.at = Pane::Requests;
        state.touch();
    } else {
        state.close(Pane::Lab);
    }
}

/// What its panes are called.
pub fn title(state: &State, pane: Pane) -> String {
    let lab = &state.lab_screen;
    match pane {
        Pane::Lab => s::lab_title(state.filters.get(pane), other(state)),
        Pane::Requests => {
            let shown = requests::shown(state).len();
            s::requests_title(shown, lab.count, state.filters.get(pane))
        }
        Pane::Record if !state.wide() => s::beside(s::PANE_RECORD, s::PANE_SEEN),
        Pane::Record => s::PANE_RECORD.to_owned(),
        Pane::Seen if !state.wide() => s::beside(s::PANE_SEEN, s::PANE_RECORD),
        Pane::Seen => s::PANE_SEEN.to_owned(),
        _ => story::title(state),
    }
}

/// On a small screen: how many requests the pane holds that is not on screen.
fn other(state: &State) -> Option<usize> {
    (!state.wide()).then_some(state.lab_screen.count)
}
