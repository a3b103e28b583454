//! Two runs, exchanges or tokens side by side: what differs and matters first, the noise folded away.

use std::sync::Arc;

use unicode_width::UnicodeWidthStr;

use crate::compare::Difference;
use crate::model::{Outcome, RunId};
use crate::session::Command;
use crate::strings::compare::POINTS_TO;
use crate::strings::explorer as s;

use super::mark::{self, Side};
use super::message::{Effect, Effects};
use super::pane::Pane;
use super::rows::{Content, Role, Tie};
use super::runs;
use super::state::State;
use super::steps;

/// Two things and how they differ.
pub struct Compared {
    of: Of,
    differences: Vec<Difference>,
    clue: Vec<String>,
}

impl Compared {
    /// The two runs; `None` where something else is compared.
    pub const fn pair(&self) -> Option<[RunId; 2]> {
        match self.of {
            Of::Runs(both) => Some(both),
            Of::Others(_) => None,
        }
    }
}

/// What is compared.
enum Of {
    Runs([RunId; 2]),
    /// Two exchanges or tokens, in words.
    Others([Side; 2]),
}

/// Whether `=` compares something here.
pub fn can_compare(state: &State) -> bool {
    if state.pane() == Pane::Found {
        return mark::compared(state).is_some();
    }
    state.marked.is_some() && mark::compared(state).is_some() || pair(state).is_some()
}

/// The two runs that `=` compares, the older first: the marked one and the selected, or the selected and the nearest
/// that ended the other way.
pub fn pair(state: &State) -> Option<(RunId, RunId)> {
    let selected = state.runs.selected()?;
    let id = selected.run.id;
    let other = match state.runs.marked.filter(|marked| *marked != id) {
        Some(marked) => Some(marked),
        None => match selected.run.outcome()? {
            Outcome::Granted => state.runs.refused_near(id),
            _ => state.runs.granted_near(id),
        },
    }?;
    let place = |id: RunId| state.runs.all().iter().position(|entry| entry.run.id == id);
    Some(if place(other)? < place(id)? {
        (other, id)
    } else {
        (id, other)
    })
}

/// Asks for the comparison of two runs, or shows that of two exchanges or tokens.
pub fn ask(state: &mut State) -> Effects {
    if let Some((sides, differences)) = mark::compared(state) {
        open(state, Of::Others(sides), differences, Vec::new());
        return Vec::new();
    }
    if state.pane() == Pane::Found {
        return Vec::new();
    }
    pair(state).map_or_else(Vec::new, |(left, right)| {
        vec![Effect::Ask(Command::Compare(left, right))]
    })
}

/// Shows it.
pub fn show(
    state: &mut State,
    [left, right]: [RunId; 2],
    differences: Vec<Difference>,
    clue: Vec<String>,
) {
    open(state, Of::Runs([left, right]), differences, clue);
}

fn open(state: &mut State, of: Of, differences: Vec<Difference>, clue: Vec<String>) {
    state.compared = Some(Arc::new(Compared {
        of,
        differences,
        clue,
    }));
    state.details = false;
    steps::settle(state);
    state.push(Pane::Compare);
}

/// What the box shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    let Some(compared) = &state.compared else {
        return out;
    };
    match &compared.of {
        Of::Runs(both) => of_runs(state, *both, &mut out),
        Of::Others(sides) => {
            for side in sides {
                out.item(side.words.clone(), Tie::Nothing);
                out.line(10, &[(Role::Label, side.label), (side.role, &side.words)]);
            }
        }
    }
    points_to(&compared.clue, &mut out);
    out.gap();
    let (matter, noise): (Vec<_>, Vec<_>) = compared
        .differences
        .iter()
        .partition(|difference| difference.matters);
    if matter.is_empty() {
        out.line(0, &[(Role::Strong, s::NO_DIFFERENCE)]);
    }
    let (refusal, rest): (Vec<_>, Vec<_>) = matter
        .into_iter()
        .partition(|difference| of_one_refusal(difference));
    for (nth, difference) in rest.into_iter().enumerate() {
        one(difference, Role::Strong, &mut out);
        if nth == 0
            && let Some(refusal) = folded(&refusal)
        {
            one(&refusal, Role::Strong, &mut out);
        }
    }
    if noise.is_empty() {
        return out;
    }
    out.gap();
    out.line(0, &[(Role::Dim, &s::noise(noise.len(), state.details))]);
    if state.details {
        for difference in noise {
            one(difference, Role::Dim, &mut out);
        }
    }
    out
}

fn of_runs(state: &State, both: [RunId; 2], out: &mut Content) {
    for (label, id) in [s::LEFT, s::RIGHT].into_iter().zip(both) {
        let Some(entry) = state.runs.get(id) else {
            continue;
        };
        let (role, mark) = runs::mark_of(&entry.run);
        let words = format!(
            "{} {}  {}",
            entry.run.started.clock(),
            entry.run.flow().word(),
            runs::summary(&entry.run, state)
        );
        out.item(words.clone(), Tie::Nothing);
        out.line(
            10,
            &[
                (Role::Label, label),
                (role, mark),
                (Role::Plain, " "),
                (Role::Plain, &words),
            ],
        );
    }
}

/// Where to look first.
fn points_to(clue: &[String], out: &mut Content) {
    if clue.is_empty() {
        return;
    }
    out.gap();
    out.line(0, &[(Role::Label, POINTS_TO)]);
    for sentence in clue {
        out.item(sentence.clone(), Tie::Nothing);
        out.line(2, &[(Role::Plain, "  "), (Role::Plain, sentence)]);
    }
}

/// What belongs to a refusal, in the words of the comparison.
const REFUSAL: [&str; 7] = [
    "error",
    "suberror",
    "codes",
    "where",
    "class",
    "signing in again",
    "policies",
];

/// Whether it says nothing but that one of the two runs was refused and the other was not.
fn of_one_refusal(difference: &Difference) -> bool {
    REFUSAL.contains(&difference.what.as_str())
        && difference.left.is_some() != difference.right.is_some()
}

/// A refusal that only one of the two runs met, in one place.
fn folded(refusal: &[&Difference]) -> Option<Difference> {
    let first = refusal.first()?;
    let words: Vec<String> = refusal
        .iter()
        .filter_map(|difference| {
            let value = difference.left.as_ref().or(difference.right.as_ref())?;
            Some(format!("{} {value}", difference.what))
        })
        .collect();
    let words = Some(words.join(" · "));
    let none = Some(s::NO_REFUSAL.to_owned());
    let (left, right) = if first.left.is_some() {
        (words, none)
    } else {
        (none, words)
    };
    Some(Difference {
        what: s::REFUSAL.to_owned(),
        left,
        right,
        ..(*first).clone()
    })
}

/// One difference: on one row where both values fit, one below the other where they do not.
fn one(difference: &Difference, role: Role, out: &mut Content) {
    let left = difference.left.as_deref().unwrap_or(s::ABSENT);
    let right = difference.right.as_deref().unwrap_or(s::ABSENT);
    out.item(
        format!("{}: {left} → {right}", difference.what),
        Tie::Nothing,
    );
    let dress = |value: &Option<String>| {
        if value.is_some() {
            Role::Plain
        } else {
            Role::Dim
        }
    };
    let (of_left, of_right) = (dress(&difference.left), dress(&difference.right));
    let label = format!("{:<LABEL$} ", difference.what);
    if label.width() + left.width() + right.width() + 3 <= out.width()
        && difference.what.width() <= LABEL
    {
        let arrow = (Role::Strong, " → ");
        out.line(
            LABEL + 1,
            &[(role, &label), (of_left, left), arrow, (of_right, right)],
        );
    } else {
        out.line(0, &[(role, &difference.what)]);
        out.line(4, &[(Role::Refused, "  - "), (of_left, left)]);
        out.line(4, &[(Role::Granted, "  + "), (of_right, right)]);
    }
    if !difference.why.is_empty() {
        out.line(4, &[(Role::Plain, "    "), (Role::Dim, &difference.why)]);
    }
}

/// Columns for what differs.
const LABEL: usize = 24;
