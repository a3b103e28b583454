//! The scenarios of the lab: those there are, the one that is set up, and its guide.

use std::collections::BTreeSet;

use crate::model::{Deed, RunSpec};
use crate::session::Command;
use crate::session::protocol::{Habits, ScenarioView};
use crate::strings::explorer as s;

use super::message::{Effect, Effects};
use super::pane::Scene;
use super::rows::{Content, Role, Tie};
use super::state::State;
use super::steps;

/// The scenario that is set up.
struct Current {
    name: String,
    next: usize,
    /// Whether that step was asked for and is not told as done yet.
    asked: bool,
}

/// The scenarios there are and the one that is set up.
#[derive(Default)]
pub struct Scenarios {
    /// What the session listed.
    pub list: Vec<ScenarioView>,
    /// The one that is being set up.
    pub setting_up: Option<String>,
    /// Whether the lab was asked to start.
    pub lab_asked: bool,
    /// How the lab's user behaves.
    pub habits: Habits,
    current: Option<Current>,
    spec: Option<RunSpec>,
    /// The names of those that were walked to their end.
    done: BTreeSet<String>,
}

impl Scenarios {
    /// The view of the one that is set up.
    pub fn current(&self) -> Option<&ScenarioView> {
        let current = self.current.as_ref()?;
        self.list.iter().find(|view| view.name == current.name)
    }

    /// Whether one was set up.
    pub const fn chosen(&self) -> bool {
        self.current.is_some()
    }

    /// Whether the one of this name is set up.
    pub fn is_current(&self, name: &str) -> bool {
        self.current
            .as_ref()
            .is_some_and(|current| current.name == name)
    }

    /// The step to do next, from 0, if there is one left.
    pub fn next_step(&self) -> Option<usize> {
        let current = self.current.as_ref()?;
        let steps = self.current().map_or(usize::MAX, |view| view.steps.len());
        (current.next < steps).then_some(current.next)
    }

    /// What that step does, if there is one left.
    pub fn next_deed(&self) -> Option<&Deed> {
        self.current()?.deeds.get(self.next_step()?)
    }

    /// Whether the next step was asked for already.
    pub fn asked(&self) -> bool {
        self.current.as_ref().is_some_and(|current| current.asked)
    }

    /// Whether one is set up and every step of it was done.
    pub fn over(&self) -> bool {
        self.current()
            .is_some_and(|view| !view.steps.is_empty() && self.next_step().is_none())
    }

    /// What the next step is, in words, if it was not asked for already.
    pub fn next_words(&self) -> Option<&str> {
        let step = self.next_step().filter(|_| !self.asked())?;
        self.current()?.steps.get(step).map(String::as_str)
    }

    /// Remembers that the one that is set up was walked to its end, if it was.
    pub fn note_done(&mut self) {
        if let Some(name) = self.current().map(|view| view.name.clone())
            && self.over()
        {
            self.done.insert(name);
        }
    }

    /// How many were walked to their end.
    pub fn done(&self) -> usize {
        self.done.len()
    }

    /// Whether the one of this name was walked to its end.
    pub fn is_done(&self, name: &str) -> bool {
        self.done.contains(name)
    }

    /// The spec its runs use.
    pub const fn spec(&self) -> Option<&RunSpec> {
        self.spec.as_ref()
    }

    /// It is set up.
    pub fn ready(&mut self, name: &str, spec: RunSpec, next: usize) {
        self.current = Some(Current {
            name: name.to_owned(),
            next,
            asked: false,
        });
        self.spec = Some(spec);
        self.setting_up = None;
        self.note_done();
    }
}

/// Opens the list, and the lab with it.
pub fn open(state: &mut State) -> Effects {
    state.show(Scene::Picker);
    state.touch();
    if state.scenarios.lab_asked {
        return Vec::new();
    }
    state.scenarios.lab_asked = true;
    vec![Effect::Ask(Command::StartLab)]
}

/// Sets everything back to the start; a scenario that is set up begins anew.
pub fn start_over(state: &mut State) -> Effects {
    state.scenarios.setting_up = state.scenarios.current().map(|view| view.name.clone());
    state.touch();
    vec![Effect::Ask(Command::StartOver)]
}

/// Does the next step.
pub fn next(state: &mut State) -> Effects {
    if let Some(Deed::Plan(number)) = state.scenarios.next_deed() {
        let nth = number - 1;
        return steps::perform_newest(state, nth);
    }
    take_step(state)
}

/// Has the session do the next step, unless it was asked for it already.
pub fn take_step(state: &mut State) -> Effects {
    let Some(step) = state.scenarios.next_step() else {
        return Vec::new();
    };
    if let Some(current) = &mut state.scenarios.current
        && !std::mem::replace(&mut current.asked, true)
    {
        state.touch();
        return vec![Effect::Ask(Command::ScenarioStep(step))];
    }
    Vec::new()
}

/// Says what to press first.
pub fn greet(state: &mut State) {
    state.say(s::SCENARIO_READY);
}

/// The box that says what the scenario is about, whatever is looked at below it.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    guide(state, &mut out);
    out
}

/// What the scenario is about, and how far it has come.
pub fn guide(state: &State, out: &mut Content) {
    let Some(view) = state.scenarios.current() else {
        out.line(0, &[(Role::Dim, s::NO_RUN_SELECTED)]);
        return;
    };
    out.item(view.title.clone(), Tie::Nothing);
    out.line(0, &[(Role::Strong, &view.title)]);
    out.gap();
    out.item(view.teaches.clone(), Tie::Nothing);
    out.line(0, &[(Role::Plain, &view.teaches)]);
    out.gap();
    if !view.given.is_empty() {
        out.line(0, &[(Role::Label, s::WHAT_WAS_SET_UP)]);
        for given in &view.given {
            out.item(given.clone(), Tie::Nothing);
            out.line(4, &[(Role::Plain, "  • "), (Role::Plain, given)]);
        }
        out.gap();
    }
    out.line(0, &[(Role::Label, s::WHAT_HAPPENS)]);
    let next = state
        .scenarios
        .current
        .as_ref()
        .map_or(0, |current| current.next);
    for (nth, step) in view.steps.iter().enumerate() {
        let (role, mark) = mark(nth, next);
        out.item(step.clone(), Tie::Nothing);
        out.line(
            5,
            &[
                (role, mark),
                (Role::Plain, &format!("{:>2}  ", nth + 1)),
                (Role::Plain, step),
            ],
        );
    }
    out.gap();
    let basis = s::basis(view.basis.as_deref());
    out.line(0, &[(Role::Dim, s::cure(view.cured_here))]);
    out.line(0, &[(Role::Dim, &basis)]);
}

const fn mark(nth: usize, next: usize) -> (Role, &'static str) {
    if nth < next {
        (Role::Granted, "✓")
    } else if nth == next {
        (Role::Waiting, "▶")
    } else {
        (Role::Dim, " ")
    }
}
