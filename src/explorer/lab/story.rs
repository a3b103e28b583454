//! The narration: what the scenario teaches, how the last run went, and the next step in words.

use crate::explorer::rows::{Content, Role, Tie};
use crate::explorer::state::State;
use crate::explorer::{Action, runs, world};
use crate::strings::explorer as s;

/// What the pane is called.
pub fn title(state: &State) -> String {
    match (state.scenarios.current(), state.scenarios.next_step()) {
        (Some(view), Some(step)) => s::story_title(&view.title, step + 1, view.steps.len()),
        (Some(view), None) => s::story_title(&view.title, view.steps.len(), view.steps.len()),
        (None, _) => s::PANE_STORY.to_owned(),
    }
}

/// What it shows.
pub fn story(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    if let Some(view) = state.scenarios.current() {
        out.item(view.teaches.clone(), Tie::Nothing);
        out.line(0, &[(Role::Plain, &view.teaches)]);
    }
    last_run(state, &mut out);
    next(state, &mut out);
    out
}

fn last_run(state: &State, out: &mut Content) {
    let Some(entry) = state.runs.selected() else {
        return;
    };
    let (role, mark) = runs::mark_of(&entry.run);
    let flow = format!(" {}  ", entry.run.flow().word());
    let came = runs::summary(&entry.run, state);
    out.item(came.clone(), Tie::Nothing);
    out.cut(&[
        (Role::Label, s::STORY_RUN),
        (role, mark),
        (Role::Plain, &flow),
        (role, &came),
    ]);
}

fn next(state: &State, out: &mut Content) {
    let waits = state
        .runs
        .selected()
        .is_some_and(|entry| entry.run.simulated && entry.waits_for_a_person());
    let (words, action) = if waits {
        (world::next_act_words(state).to_owned(), Action::LabUser)
    } else if let Some(words) = state.scenarios.next_words() {
        (words.to_owned(), Action::NextScenarioStep)
    } else if state.scenarios.over() {
        (s::STORY_OVER.to_owned(), Action::StartOver)
    } else {
        (s::STORY_NONE.to_owned(), Action::Scenarios)
    };
    let key = state
        .keymap
        .key_of(action)
        .map_or_else(String::new, |key| format!("  {key}"));
    out.item(words.clone(), Tie::Nothing);
    out.line(
        6,
        &[
            (Role::Label, s::STORY_NEXT),
            (Role::Strong, &words),
            (Role::Key, &key),
        ],
    );
}
