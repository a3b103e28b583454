//! What the pane of next steps looks like.

use crate::model::{Doing, Step};
use crate::strings::explorer as s;

use super::super::rows::{Content, Role, Tie};
use super::super::state::State;
use super::walk::{Walked, spared, walked, words};
use super::{Offer, current, offers};

/// What the pane shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::list(width);
    let here = current(state);
    for (nth, offer) in offers(state).iter().enumerate() {
        let number = format!("{} ", nth + 1);
        match offer {
            Offer::Plan(run, step_nth, step) => {
                let how = walked(state, *run, *step_nth);
                let way = (here == Some(nth)).then_some(state.steps.way);
                let how = if spared(state, *run, *step_nth, step) {
                    None
                } else {
                    Some(how)
                };
                let stands = words(state, *run, *step_nth, step);
                plan_step(&mut out, (nth, &number, &stands), step, (how, way));
            }
            Offer::Scenario(step, text) => {
                out.item(*text, Tie::Nth(nth));
                let words = s::scenario_step(step + 1, text);
                out.line(
                    4,
                    &[
                        (Role::Plain, "  "),
                        (Role::Plain, &number),
                        (Role::Plain, &words),
                    ],
                );
            }
            Offer::Act(action, text) => {
                out.item(*text, Tie::Nth(nth));
                let key = state
                    .keymap
                    .key_of(*action)
                    .map(|key| format!("  {key}"))
                    .unwrap_or_default();
                let pieces = [
                    (Role::Plain, "  "),
                    (Role::Plain, &number),
                    (Role::Plain, text),
                    (Role::Key, &key),
                ];
                out.line(4, &pieces);
            }
        }
    }
    if out.items.is_empty() {
        out.list = false;
        out.line(0, &[(Role::Dim, s::NO_STEPS)]);
    }
    out
}

/// A step; why it is taken and the ways of doing it only where the cursor is.
fn plan_step(
    out: &mut Content,
    at: (usize, &str, &str),
    step: &Step,
    (how, way): (Option<Walked>, Option<usize>),
) {
    let theirs = matches!(step.doing, Doing::HandOver { .. });
    let (role, mark) = match how {
        None => (Role::Dim, "  "),
        Some(Walked::Not) if theirs => (Role::Plain, "→ "),
        Some(Walked::Not) => (Role::Plain, "· "),
        Some(Walked::Under) => (Role::Waiting, "◌ "),
        Some(Walked::Well) => (Role::Granted, "✓ "),
        Some(Walked::Badly) => (Role::Refused, "✗ "),
        Some(Walked::Handed) => (Role::Waiting, "→ "),
        Some(Walked::Skipped) => (Role::Dim, "– "),
    };
    let stands = s::step_stands(at.2);
    out.item(step.title.clone(), Tie::Nth(at.0));
    out.line(
        4,
        &[
            (role, mark),
            (Role::Plain, at.1),
            (Role::Strong, &step.title),
            (Role::Dim, &stands),
        ],
    );
    let Some(way) = way else { return };
    if !step.why.is_empty() {
        out.line(4, &[(Role::Plain, "    "), (Role::Dim, &step.why)]);
    }
    if theirs {
        out.line(4, &[(Role::Plain, "    "), (Role::Dim, s::STEP_MESSAGE)]);
    }
    ways(out, step, way);
}

/// The ways of doing a step; the chosen one marked, the barred ones with the reason.
fn ways(out: &mut Content, step: &Step, chosen: usize) {
    if step.ways.len() < 2 {
        return;
    }
    for (nth, way) in step.ways.iter().enumerate() {
        let mark = if nth == chosen.min(step.ways.len() - 1) {
            "    (•) "
        } else {
            "    ( ) "
        };
        match &way.barred {
            Some(why) => out.line(
                8,
                &[
                    (Role::Plain, mark),
                    (Role::Dim, &way.title),
                    (Role::Warning, s::BARRED),
                    (Role::Dim, why),
                ],
            ),
            None => out.line(8, &[(Role::Plain, mark), (Role::Plain, &way.title)]),
        }
    }
}
