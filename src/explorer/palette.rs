//! The command palette: whatever can be done from here or gone to, found by a few letters. It opens over whatever was
//! there; what is chosen is done as its own key would do it.
//!
//! ```text
//! ┌ Find anything ───────────┐  a line to type in
//! ├ 12 of 812 ───────────────┤
//! │ Do                       │  what fits, by kind, the kind that fits best first
//! │ ▶ r   run it again …     │
//! └──────────────────────────┘
//! ```

mod find;
mod offer;
mod show;

use tui_input::{Input, InputRequest};

use crate::session::Command;

use super::action::Action;
use super::key::Key;
use super::message::{Effect, Effects};
use super::pane::{Mode, Pane};
use super::search::edit;
use super::state::State;
use super::{act, catalogue, form, picker, runs, steps};

use find::Group;
use offer::{Offer, Target};

pub use show::{line, list, title};

/// What is offered and what of it fits.
#[derive(Default)]
pub struct Palette {
    input: Input,
    /// What could be done in the pane below when it was opened.
    here: Vec<Offer>,
    /// Everything that is offered.
    all: Vec<Offer>,
    /// What the catalogue offers, once it is there: it does not change.
    codes: Vec<Offer>,
    groups: Vec<Group>,
    edition: u64,
}

impl Palette {
    /// Changes whenever something else fits.
    pub const fn edition(&self) -> u64 {
        self.edition
    }

    /// Where the text cursor stands in the line.
    pub fn caret(&self) -> usize {
        self.input.visual_cursor()
    }

    /// What the n-th row stands for.
    fn nth(&self, nth: usize) -> Option<&Target> {
        let mut hits = self.groups.iter().flat_map(|group| &group.hits);
        hits.nth(nth).map(|hit| &self.all[hit.offer].target)
    }
}

/// Opens it. What is not loaded yet comes in while it is open.
pub fn open(state: &mut State) -> Effects {
    let mut here = offer::steps(state);
    here.extend(offer::actions(state));
    let (codes, edition) = (
        std::mem::take(&mut state.palette.codes),
        state.palette.edition,
    );
    *state.palette = Palette {
        here,
        codes,
        edition,
        ..Palette::default()
    };
    state.push(Pane::Palette);
    gather(state);
    search(state);
    state.touch();
    let mut effects = catalogue::ask(state);
    if state.scenarios.list.is_empty() {
        effects.push(Effect::Ask(Command::Scenarios));
    }
    if !state.over.contains(&Pane::History) {
        effects.push(Effect::Ask(Command::History(String::new())));
    }
    effects
}

/// Takes in what came while it is open. The cursor stays on what it is on.
pub fn renew(state: &mut State) {
    if state.over.contains(&Pane::Palette) {
        gather(state);
        fit(state);
    }
}

/// The catalogue is there, or there anew.
pub fn forget_codes(state: &mut State) {
    state.palette.codes.clear();
}

fn gather(state: &mut State) {
    if state.palette.codes.is_empty() {
        state.palette.codes = offer::codes(state);
    }
    let mut all = state.palette.here.clone();
    all.extend(offer::runs(state));
    all.extend(offer::profiles(state));
    all.extend(offer::scenarios(state));
    all.extend(offer::past(state));
    all.extend(state.palette.codes.iter().cloned());
    state.palette.all = all;
}

fn fit(state: &mut State) {
    let palette = &mut state.palette;
    palette.edition += 1;
    palette.groups = find::find(&palette.all, palette.input.value());
}

fn search(state: &mut State) {
    fit(state);
    state.views.forget(Pane::Offers);
}

/// A key in the line.
pub fn typed(state: &mut State, key: Key) {
    let before = state.palette.input.value().to_owned();
    edit(&mut state.palette.input, key);
    if state.palette.input.value() != before {
        search(state);
    }
}

/// Pasted text: one line of it.
pub fn pasted(state: &mut State, text: &str) {
    for c in text.trim().lines().next().unwrap_or_default().chars() {
        state.palette.input.handle(InputRequest::InsertChar(c));
    }
    search(state);
}

/// Does or opens what the cursor is on.
pub fn choose(state: &mut State) -> Effects {
    let item = state.views.item(Pane::Offers);
    let Some(target) = item.and_then(|nth| state.palette.nth(nth)).cloned() else {
        return Vec::new();
    };
    state.close(Pane::Palette);
    state.touch();
    match target {
        Target::Act(action) => act::perform(state, action),
        Target::Step(nth) => steps::perform_nth(state, nth),
        Target::Run(id) => {
            runs::go_to(state, id);
            Vec::new()
        }
        Target::Past(key) => vec![Effect::Ask(Command::Reopen(key))],
        Target::Scenario(name) => picker::set_up(state, name),
        Target::Profile(nth) => {
            form::open_profile(state, nth);
            Vec::new()
        }
        Target::Entry(name) => catalogue::read(state, name),
    }
}

/// Whether the palette leaves an action out: it is open already, or the key says more than the action.
const fn left_out(action: Action) -> bool {
    matches!(
        action,
        Action::Palette | Action::DoNumber | Action::Interrupt
    )
}

/// What keys do in the pane below, in the order of the table and each once.
fn possible(state: &State) -> Vec<(Action, String, &'static str)> {
    let mut seen = Vec::new();
    let mut possible = Vec::new();
    for binding in state.keymap.active(state.pane(), Mode::Normal) {
        let new = !seen.contains(&binding.action) && !left_out(binding.action);
        if new && act::enabled(state, binding.action) {
            seen.push(binding.action);
            let key = binding.keys.first();
            let key = key.map(ToString::to_string).unwrap_or_default();
            possible.push((binding.action, key, binding.hint));
        }
    }
    possible
}
