//! Before the page opens where an administrator consents for everybody: a box that lists in words what it asks for.

use crate::grants::admin_consent::in_words;
use crate::model::{Flow, RunId, RunSpec};
use crate::session::Command;
use crate::strings::consent as say;

use super::message::{Effect, Effects};
use super::pane::Pane;
use super::rows::{Content, Role, Tie};
use super::state::State;
use super::steps;

/// What is asked for, and what opens the page.
pub struct Asked {
    words: Vec<String>,
    begins: Begins,
}

enum Begins {
    Step(RunId, usize, usize),
    Form(Box<Command>),
}

/// A step of a plan would open it.
pub fn of_step(state: &mut State, at: (RunId, usize, usize)) {
    let spec = state.runs.get(at.0).map(|entry| entry.run.spec.clone());
    if let Some(mut spec) = spec {
        spec.flow = Flow::AdminConsent;
        open(state, &spec, Begins::Step(at.0, at.1, at.2));
    }
}

/// The form would open it.
pub fn of_form(state: &mut State, spec: &RunSpec, command: Command) {
    open(state, spec, Begins::Form(Box::new(command)));
}

fn open(state: &mut State, spec: &RunSpec, begins: Begins) {
    let words = in_words(spec);
    state.consent = Some(Asked { words, begins });
    state.push(Pane::Consent);
    state.touch();
}

/// The person has read it and wants the page.
pub fn agree(state: &mut State) -> Effects {
    let asked = state.consent.take();
    state.close(Pane::Consent);
    state.touch();
    match asked.map(|asked| asked.begins) {
        Some(Begins::Step(run, step, way)) => steps::begin_step(state, (run, step, way)),
        Some(Begins::Form(command)) => vec![Effect::Ask(*command)],
        None => Vec::new(),
    }
}

/// What the box shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::list(width);
    let Some(asked) = &state.consent else {
        return out;
    };
    let mut lines = asked.words.iter();
    if let Some(heading) = lines.next() {
        out.line(0, &[(Role::Strong, heading)]);
    }
    for line in lines {
        out.line(2, &[(Role::Plain, "  "), (Role::Plain, line)]);
    }
    out.gap();
    out.line(0, &[(Role::Warning, say::FOR_EVERYBODY)]);
    out.line(0, &[(Role::Plain, say::WHO_MAY)]);
    out.gap();
    out.item(say::OPEN_PAGE, Tie::Nth(0));
    out.line(4, &[(Role::Plain, say::OPEN_PAGE)]);
    out
}
