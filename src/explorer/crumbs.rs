//! Where one is, for the title bar: what lies under everything, then what lies over it.

use crate::strings::explorer as s;

use super::pane::{Pane, Scene};
use super::state::State;

/// The way from the scene to what lies on top; empty where the scene itself is looked at. A small box that asks or
/// offers something leaves the bar as it is: what the question is about stands there.
pub fn crumbs(state: &State) -> Vec<String> {
    let mut over = Vec::new();
    for pane in &state.over {
        over.extend(of_box(state, *pane));
    }
    if over.is_empty() {
        return over;
    }
    let under = match state.scene {
        Scene::Start => None,
        Scene::Picker => Some(s::CRUMB_SCENARIOS.to_owned()),
        Scene::Main => state.runs.selected().map_or_else(
            || {
                state
                    .scenarios
                    .chosen()
                    .then(|| s::CRUMB_SCENARIO.to_owned())
            },
            |entry| Some(s::crumb_run(&entry.run.started.clock())),
        ),
    };
    // The lab is not about the run below it.
    let under = under.filter(|_| state.over.first() != Some(&Pane::Lab));
    under.into_iter().chain(over).collect()
}

fn of_box(state: &State, pane: Pane) -> Vec<String> {
    let word = match pane {
        Pane::Catalogue => s::CRUMB_CATALOGUE,
        Pane::Lab => s::CRUMB_LAB,
        Pane::Compare => s::CRUMB_COMPARISON,
        Pane::Log => s::CRUMB_LOG,
        Pane::Guide => s::CRUMB_STORY,
        Pane::Code => s::CRUMB_CODE,
        Pane::Found => s::CRUMB_FOUND,
        Pane::History => s::CRUMB_PAST,
        Pane::Form => s::CRUMB_FORM,
        Pane::Paste => s::CRUMB_PASTE,
        Pane::Help => s::CRUMB_HELP,
        Pane::Message => s::CRUMB_MESSAGE,
        Pane::Qr => s::CRUMB_QR,
        _ => return Vec::new(),
    };
    let mut words = vec![word.to_owned()];
    match pane {
        Pane::Catalogue if state.catalogue.at() == Pane::Entry => {
            words.extend(state.catalogue.entry_name());
        }
        Pane::Lab => {
            let request = state.lab_screen.request();
            words.extend(request.map(s::crumb_request));
        }
        _ => {}
    }
    words
}
