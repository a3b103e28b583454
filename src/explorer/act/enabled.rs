//! Whether an action does something as things stand.

use crate::explorer::action::Action;
use crate::explorer::pane::{Pane, Scene};
use crate::explorer::state::State;
use crate::explorer::{
    api, catalogue, compare, copy, lab, mark, play, qr, reply, runs, search, steps, token, trail,
    uses,
};

/// Whether an action does something as things stand; the footer names no other.
pub fn enabled(state: &State, action: Action) -> bool {
    let selected = state.runs.selected();
    match action {
        Action::LabUser | Action::LabActs => {
            selected.is_some_and(|entry| entry.run.simulated && entry.waits_for_a_person())
        }
        Action::CutWait => steps::can_cut(state),
        Action::CancelRun => selected.is_some_and(runs::Entry::running) || search::narrowed(state),
        Action::Repeat => selected
            .is_some_and(|entry| entry.unsent() || !entry.running() && !entry.run.from_history),
        Action::CallApi => api::can_call(state),
        Action::CallOther => api::can_call_other(state),
        Action::Qr => qr::can_open(state),
        Action::Unfold => reply::can_open(state),
        Action::Verify => token::can_verify(state),
        Action::Uses => uses::can_open(state),
        Action::NextScenarioStep => state.scenarios.next_step().is_some(),
        Action::Guide => state.scenarios.chosen(),
        Action::Play => play::can(state),
        Action::Lab | Action::SignInBeforehand => state.scenarios.lab_asked,
        Action::StartOver | Action::Order => state.world.is_some(),
        Action::Force => state.world.is_some() && lab::code_at_hand(state).is_some(),
        Action::NextRequest | Action::PreviousRequest => {
            matches!(state.pane(), Pane::Record | Pane::Seen)
        }
        Action::OpenRun => lab::has_run(state),
        Action::Scenarios => state.scene != Scene::Picker,
        Action::Compare => compare::can_compare(state),
        Action::Mark => mark::can_mark(state),
        Action::Code => selected.is_some(),
        Action::NextWay | Action::PreviousWay => steps::has_ways(state),
        Action::SkipStep => steps::can_skip(state),
        Action::AsWritten => steps::is_edited(state),
        Action::OpenLink => copy::link(state).is_some(),
        Action::CopyIds => copy::ids(state).is_some(),
        Action::LookUp => catalogue::target(state).is_some(),
        Action::ClearFilters => state.catalogue.filters() > 0,
        Action::NextHit | Action::PreviousHit => state.search.shown().is_some(),
        Action::NextValue | Action::PreviousValue if state.pane() == Pane::Found => {
            state.found.diagnoses.len() > 1
        }
        Action::GoBack => trail::can_go(state, true),
        Action::GoForward => trail::can_go(state, false),
        Action::Do => steps::current(state).is_some(),
        _ => true,
    }
}
