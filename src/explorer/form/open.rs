//! Opening the form, with what is known filled in.

use crate::explorer::pane::Pane;
use crate::explorer::state::State;
use crate::model::RunSpec;

use super::super::saved;
use super::field::Field;
use super::{Form, judge, spec};

/// Opens the form: from a spec with one parameter to mend, from the last one used here, from the scenario's, or empty.
pub fn open(state: &mut State, from: Option<(RunSpec, String)>) {
    let selected = || state.runs.selected().map(|entry| entry.run.spec.clone());
    let (spec, parameter) = match from {
        Some((spec, parameter)) => (Some(spec), Some(parameter)),
        None => (selected().or_else(|| state.scenarios.spec().cloned()), None),
    };
    state.form = Form::default();
    if let Some(spec) = spec {
        spec::fill(&mut state.form, &spec);
    } else if let Some(last) = saved::last(state) {
        state.form.start = last + 1;
        spec::start_from(state);
    }
    if let Some(field) = parameter.as_deref().and_then(Field::of_parameter) {
        state.form.at = field as usize;
        state.form.tried = true;
    }
    state.push(Pane::Form);
    judge(state);
}

/// Opens the form with the n-th profile filled in.
pub fn open_profile(state: &mut State, nth: usize) {
    state.form = Form {
        start: nth + 1,
        ..Form::default()
    };
    spec::start_from(state);
    state.push(Pane::Form);
    judge(state);
}
