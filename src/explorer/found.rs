//! What a paste means: one diagnosis for each error found in it.

use crate::model::{Diagnosis, Doing, Step};
use crate::strings::explorer as s;

use super::diagnosis;
use super::pane::Pane;
use super::rows::{Content, Role, Tie};
use super::state::State;

/// The diagnoses of the last paste.
#[derive(Default)]
pub struct Found {
    /// What was pasted, without secrets.
    pub text: String,
    /// What was found.
    pub diagnoses: Vec<Diagnosis>,
    at: usize,
}

impl Found {
    /// The one that is looked at.
    pub fn current(&self) -> Option<&Diagnosis> {
        self.diagnoses.get(self.at)
    }

    /// Which one it is, from 1.
    pub const fn place(&self) -> usize {
        self.at + 1
    }
}

/// Shows what was found.
pub fn show(state: &mut State, text: String, diagnoses: Vec<Diagnosis>) {
    state.found = Found {
        text,
        diagnoses,
        at: 0,
    };
    state.push(Pane::Found);
}

/// To the next or the previous one.
pub fn turn(state: &mut State, on: bool) {
    let count = state.found.diagnoses.len().max(1);
    let by = if on { 1 } else { count - 1 };
    state.found.at = (state.found.at + by) % count;
    state.views.forget(Pane::Found);
}

/// What the box shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    match state.found.current() {
        Some(found) => {
            diagnosis::lay_out(found, state.details, &mut out);
            plan(found, &mut out);
        }
        None => out.line(0, &[(Role::Strong, s::NOTHING_FOUND)]),
    }
    out.gap();
    out.line(0, &[(Role::Label, s::PASTED)]);
    let safe = state.redactor.text(&state.found.text);
    for line in safe.get().lines() {
        out.item(line, Tie::Nothing);
        out.line(2, &[(Role::Dim, line)]);
    }
    out
}

fn plan(found: &Diagnosis, out: &mut Content) {
    let plan = &found.plan;
    if plan.steps.is_empty() {
        return;
    }
    out.gap();
    out.line(0, &[(Role::Label, s::WAY_OUT)]);
    walk(&plan.steps, out);
}

/// The steps; a message to hand over stands under its step and is what is copied there.
fn walk(steps: &[Step], out: &mut Content) {
    for (nth, step) in steps.iter().enumerate() {
        let message = match &step.doing {
            Doing::HandOver { text, .. } => Some(text),
            _ => None,
        };
        out.item(message.unwrap_or(&step.title).clone(), Tie::Nothing);
        let number = format!("{:>2}  ", nth + 1);
        out.line(4, &[(Role::Plain, &number), (Role::Plain, &step.title)]);
        if !step.why.is_empty() {
            out.line(4, &[(Role::Plain, "    "), (Role::Dim, &step.why)]);
        }
        if let Some(text) = message {
            out.block(4, Role::Text, text);
        }
    }
}
