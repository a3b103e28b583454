//! The link between a line of the reply and the lines of the diagnosis it fed, both ways.

use crate::model::{Diagnosis, Line, Spot};

use super::pane::Pane;
use super::reply;
use super::rows::Tie;
use super::state::State;

/// Whether an item of `pane` is tied to what the cursor of the other pane is on.
pub fn linked(state: &State, pane: Pane, item: usize) -> bool {
    if pane == Pane::Found {
        return in_found(state, item);
    }
    let Some(diagnosis) = state.runs.shown().and_then(|run| run.diagnosis()) else {
        return false;
    };
    if !reply::is_deciding(state) {
        return false;
    }
    let Some(tie) = state.content(pane).items.get(item).map(|item| &item.tie) else {
        return false;
    };
    match (pane, state.pane(), tie) {
        (Pane::Diagnosis, Pane::Reply, Tie::Line(line)) => under_cursor(state, Pane::Reply)
            .is_some_and(|tie| match tie {
                Tie::Spot(spot) => feeds(diagnosis, spot, *line),
                Tie::Nothing | Tie::Line(_) | Tie::Nth(_) | Tie::Named(_) => false,
            }),
        (Pane::Reply, Pane::Diagnosis, Tie::Spot(spot)) => under_cursor(state, Pane::Diagnosis)
            .is_some_and(|tie| match tie {
                Tie::Line(line) => feeds(diagnosis, spot, *line),
                Tie::Nothing | Tie::Spot(_) | Tie::Nth(_) | Tie::Named(_) => false,
            }),
        _ => false,
    }
}

/// Within one pane: a piece of the pasted text, what was read there, and the lines of the diagnosis that it feeds.
fn in_found(state: &State, item: usize) -> bool {
    let items = &state.content(Pane::Found).items;
    let (Some(cursor), Some(tie)) = (
        under_cursor(state, Pane::Found),
        items.get(item).map(|item| &item.tie),
    ) else {
        return false;
    };
    match (cursor, tie) {
        (Tie::Spot(Spot::Bytes(a, b)), Tie::Spot(Spot::Bytes(c, d))) => {
            (a, b) != (c, d) && a < d && c < b
        }
        (Tie::Line(line), Tie::Spot(spot)) | (Tie::Spot(spot), Tie::Line(line)) => {
            let in_tree = matches!(spot, Spot::Pointer(_));
            let current = state.found.current().filter(|_| in_tree);
            current.is_some_and(|found| feeds(found, spot, *line)) || state.found.feeds(spot, *line)
        }
        _ => false,
    }
}

/// What the item under the cursor of a pane stands for.
pub fn under_cursor(state: &State, pane: Pane) -> Option<&Tie> {
    let content = state.content(pane);
    let item = content.item_at(state.scroll(pane).row)?;
    content.items.get(item).map(|item| &item.tie)
}

fn feeds(diagnosis: &Diagnosis, spot: &Spot, line: Line) -> bool {
    diagnosis
        .facts
        .iter()
        .any(|fact| stands_at(&fact.from, spot) && Line::fed_by(fact.kind).contains(&line))
}

/// Whether a fact was read at a spot. A short array stands on one line: its entries count as read there.
pub fn stands_at(from: &Spot, spot: &Spot) -> bool {
    if from == spot {
        return true;
    }
    let (Spot::Pointer(entry), Spot::Pointer(array)) = (from, spot) else {
        return false;
    };
    entry.strip_prefix(&**array).is_some_and(|rest| {
        rest.strip_prefix('/')
            .is_some_and(|index| !index.is_empty() && index.bytes().all(|b| b.is_ascii_digit()))
    })
}
