//! The list of the runs of this session: which of them are listed, how it is drawn, and going to one of them.

use crate::explorer::pane::{Pane, Scene};
use crate::explorer::rows::{Content, Role, Tie};
use crate::explorer::state::State;
use crate::explorer::steps;
use crate::model::RunId;
use crate::strings::explorer as s;

use super::{Entry, mark_of, summary};

/// Those that are listed, newest first.
fn listed(state: &State) -> Vec<&Entry> {
    let all = state.runs.all().iter().rev();
    if state.filters.get(Pane::Runs).is_empty() {
        return all.collect();
    }
    all.filter(|entry| state.filters.fits(Pane::Runs, &text(state, entry)))
        .collect()
}

/// Everything a run is found by.
pub fn text(state: &State, entry: &Entry) -> String {
    let run = &entry.run;
    let diagnosis = run.diagnosis();
    let codes = diagnosis.map(|found| &found.codes[..]).unwrap_or_default();
    let mut parts = vec![
        run.started.clock(),
        run.flow().word().to_owned(),
        summary(run, state),
        run.outcome()
            .map_or_else(String::new, |outcome| outcome.word().to_owned()),
        run.spec.profile.clone().unwrap_or_default(),
        run.spec.username.clone().unwrap_or_default(),
        run.spec.scopes.join(" "),
    ];
    parts.extend(codes.iter().map(|code| code.code.clone()));
    parts.join(" ")
}

/// The name of the n-th that is listed.
pub fn nth(state: &State, nth: usize) -> Option<RunId> {
    listed(state).get(nth).map(|entry| entry.run.id)
}

/// Where the run that is looked at begins in the list.
pub fn row(state: &State, content: &Content) -> Option<usize> {
    let id = state.selected_id()?;
    let place = listed(state).iter().position(|entry| entry.run.id == id)?;
    content.first_row(place)
}

/// What the list is called: how many there are of how many, where it is narrowed.
pub fn title(state: &State) -> String {
    let filter = state.filters.get(Pane::Runs);
    if filter.is_empty() {
        return s::PANE_RUNS.to_owned();
    }
    let (shown, of) = (listed(state).len(), state.runs.all().len());
    s::narrowed_title(s::PANE_RUNS, (shown, of), filter)
}

/// Looks at the first run that is listed, where the one that is looked at is not.
pub fn stay_within(state: &mut State) {
    let listed = listed(state);
    let selected = state.selected_id();
    let within = listed.iter().any(|entry| Some(entry.run.id) == selected);
    let first = listed.first().map(|entry| entry.run.id);
    if let Some(id) = first.filter(|_| !within) {
        look_at(state, id);
    }
}

/// Looks at a run, if it is not looked at already.
pub fn look_at(state: &mut State, id: RunId) {
    if state.selected_id() == Some(id) {
        return;
    }
    state.runs.look_at_id(id);
    state.reply.reset();
    for beside in [Pane::Diagnosis, Pane::Reply, Pane::Exchanges] {
        state.views.forget(beside);
    }
    steps::settle(state);
    state.touch();
}

/// Goes to the main screen and looks at a run there.
pub fn go_to(state: &mut State, id: RunId) {
    if state.runs.get(id).is_none() {
        return;
    }
    state.show(Scene::Main);
    state.close(Pane::Lab);
    look_at(state, id);
    state.touch();
}

/// The list, newest first.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::list(width);
    if state.runs.all().is_empty() {
        out.list = false;
        out.line(0, &[(Role::Dim, s::NO_RUNS)]);
        return out;
    }
    let listed = listed(state);
    if listed.is_empty() {
        out.list = false;
        out.line(0, &[(Role::Dim, s::NOTHING_FITS_HERE)]);
        return out;
    }
    for (nth, entry) in listed.into_iter().enumerate() {
        let run = &entry.run;
        let (role, mark) = mark_of(run);
        let marked = state.runs.marked == Some(run.id);
        let flow = format!(
            "{} {}{}",
            run.started.clock(),
            run.flow().word(),
            if marked { s::MARKED } else { "" }
        );
        let second = summary(run, state);
        out.item(format!("{flow} {second}"), Tie::Nth(nth));
        out.cut(&[(role, mark), (Role::Plain, " "), (Role::Plain, &flow)]);
        out.cut(&[(Role::Plain, "  "), (Role::Dim, &second)]);
    }
    out
}
