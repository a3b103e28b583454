//! From a diagnosis to the entry it rests on: what the cursor is on, or the most specific thing there is.

use crate::model::{Diagnosis, FactKind, Line, Spot};

use super::super::copy;
use super::super::link;
use super::super::pane::Pane;
use super::super::rows::Tie;
use super::super::state::State;
use super::Name;

/// The entry to open.
pub fn target(state: &State) -> Option<Name> {
    let diagnosis = copy::diagnosis(state)?;
    let here = match link::under_cursor(state, state.pane()) {
        Some(Tie::Line(Line::Codes)) => nth_code(state, diagnosis),
        Some(Tie::Line(Line::Because)) => because(diagnosis),
        Some(Tie::Spot(spot)) if state.pane() == Pane::Found => state
            .found
            .read_at(spot)
            .find_map(|(kind, value)| named(kind, value)),
        Some(Tie::Spot(spot)) => read_at(diagnosis, spot),
        Some(Tie::Line(_) | Tie::Nothing | Tie::Nth(_) | Tie::Named(_)) | None => None,
    };
    here.or_else(|| most_specific(diagnosis))
}

/// The code whose line the cursor is on: the lines stand in the order of the codes.
fn nth_code(state: &State, diagnosis: &Diagnosis) -> Option<Name> {
    let pane = state.pane();
    let item = state.views.item(pane)?;
    let before = state.content(pane).items.iter().take(item);
    let nth = before
        .filter(|item| item.tie == Tie::Line(Line::Codes))
        .count();
    diagnosis
        .codes
        .get(nth)
        .map(|code| Name::Code(code.code.clone()))
}

/// What the verdict rests on, where that is a suberror or an error.
fn because(diagnosis: &Diagnosis) -> Option<Name> {
    let rests = |word: &str| diagnosis.because.iter().any(|because| because == word);
    let suberror = diagnosis.suberror.as_ref().filter(|_| rests("suberror"));
    let error = diagnosis.error.as_ref().filter(|_| rests("error"));
    suberror
        .map(|name| Name::SubError(name.clone()))
        .or_else(|| error.map(|name| Name::Error(name.clone(), None)))
}

/// What was read out of a line of the reply.
fn read_at(diagnosis: &Diagnosis, spot: &Spot) -> Option<Name> {
    let facts = diagnosis.facts.iter();
    facts
        .filter(|fact| link::stands_at(&fact.from, spot))
        .find_map(|fact| named(fact.kind, &fact.value))
}

/// The entry that a fact names.
fn named(kind: FactKind, value: &str) -> Option<Name> {
    match kind {
        FactKind::Code => Some(Name::Code(value.to_owned())),
        FactKind::Error => Some(Name::Error(value.to_owned(), None)),
        FactKind::SubError => Some(Name::SubError(value.to_owned())),
        _ => None,
    }
}

fn most_specific(diagnosis: &Diagnosis) -> Option<Name> {
    let code = diagnosis.codes.first();
    code.map(|code| Name::Code(code.code.clone()))
        .or_else(|| diagnosis.suberror.clone().map(Name::SubError))
        .or_else(|| diagnosis.error.clone().map(|name| Name::Error(name, None)))
}
