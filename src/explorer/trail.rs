//! The way back and forward through what was looked at: the scene, what lies over it, the run, the entry of the
//! catalogue, the request at the lab. A box that asks something is no place: one does not come back to it.
//!
//! Moving along a list of runs is one place, as is what is typed into the catalogue's line.

use std::sync::Arc;

use crate::model::RunId;

use super::catalogue::{self, Bookmark, Name};
use super::compare::Compared;
use super::lab;
use super::pane::{Pane, Scene};
use super::runs;
use super::scroll::Scroll;
use super::state::State;

/// How many places are remembered.
const MOST: usize = 100;

/// Where one was, is, and was before going back.
#[derive(Default)]
pub struct Trail {
    back: Vec<Place>,
    here: Option<Place>,
    forward: Vec<Place>,
    /// The cursor of a list was moved by the key that is being taken in.
    pub moving: bool,
    moved: bool,
}

/// Something that was looked at, and how.
#[derive(Clone)]
struct Place {
    what: What,
    focus: Pane,
    tab: Pane,
    at_lab: Pane,
    bookmark: Option<Bookmark>,
    compared: Option<Arc<Compared>>,
    scrolls: Vec<(Pane, Scroll)>,
}

/// What tells one place from another.
#[derive(Clone, PartialEq, Eq)]
struct What {
    scene: Scene,
    over: Vec<Pane>,
    run: Option<RunId>,
    entry: Option<Name>,
    request: Option<u64>,
    compared: Option<[RunId; 2]>,
}

/// Whether one can come back to a box.
const fn is_place(pane: Pane) -> bool {
    matches!(
        pane,
        Pane::Lab
            | Pane::Catalogue
            | Pane::Compare
            | Pane::Log
            | Pane::Guide
            | Pane::Code
            | Pane::Found
            | Pane::History
    )
}

fn place(state: &State) -> Place {
    let over: Vec<Pane> = state
        .over
        .iter()
        .copied()
        .filter(|it| is_place(*it))
        .collect();
    let open = |pane: Pane| over.contains(&pane);
    let compared = state.compared.as_ref().filter(|_| open(Pane::Compare));
    let bookmark = open(Pane::Catalogue).then(|| state.catalogue.bookmark());
    // On a screen that is too small nothing stands anywhere.
    let shown = if state.too_small() {
        Vec::new()
    } else {
        state.areas()
    };
    let scrolls = shown
        .into_iter()
        .map(|(pane, _)| (pane, state.scroll(pane)))
        .collect();
    Place {
        focus: state.focus,
        tab: state.tab,
        at_lab: state.lab_screen.at(),
        scrolls,
        what: What {
            scene: state.scene,
            run: state.selected_id(),
            entry: bookmark.as_ref().and_then(Bookmark::entry),
            request: state.lab_screen.request().filter(|_| open(Pane::Lab)),
            compared: compared.and_then(|compared| compared.pair()),
            over,
        },
        bookmark,
        compared: compared.cloned(),
    }
}

/// Notes where one is after a message was taken in.
pub fn note(state: &mut State) {
    let now = place(state);
    let trail = &mut state.trail;
    let moving = std::mem::take(&mut trail.moving);
    let Some(here) = trail.here.replace(now) else {
        return;
    };
    let same = trail.here.as_ref().is_some_and(|now| now.what == here.what);
    if same {
        return;
    }
    if !(moving && trail.moved) {
        trail.back.push(here);
        let surplus = trail.back.len().saturating_sub(MOST);
        trail.back.drain(..surplus);
    }
    trail.moved = moving;
    trail.forward.clear();
}

/// Whether there is something to go back to, or forward.
pub fn can_go(state: &State, back: bool) -> bool {
    let places = if back {
        &state.trail.back
    } else {
        &state.trail.forward
    };
    places.iter().any(|place| is_there(state, place))
}

/// Whether what was looked at is still there.
fn is_there(state: &State, place: &Place) -> bool {
    let known = |id: RunId| state.runs.get(id).is_some();
    let pair = place.what.compared.into_iter().flatten();
    place.what.run.into_iter().chain(pair).all(known)
}

/// Goes back to what was looked at before, or forward again.
pub fn go(state: &mut State, back: bool) {
    let here = place(state);
    loop {
        let places = if back {
            &mut state.trail.back
        } else {
            &mut state.trail.forward
        };
        let Some(there) = places.pop() else {
            return;
        };
        if is_there(state, &there) {
            let others = if back {
                &mut state.trail.forward
            } else {
                &mut state.trail.back
            };
            others.push(here);
            show(state, there.clone());
            state.trail.here = Some(there);
            state.trail.moved = false;
            return;
        }
    }
}

fn show(state: &mut State, place: Place) {
    let What {
        scene,
        over,
        run,
        request,
        ..
    } = place.what;
    state.scene = scene;
    state.over = over;
    (state.focus, state.tab) = (place.focus, place.tab);
    match run {
        Some(id) => runs::look_at(state, id),
        None => state.runs.look_away(),
    }
    if place.compared.is_some() {
        state.compared = place.compared;
    }
    if let Some(bookmark) = place.bookmark {
        catalogue::return_to(state, bookmark);
    }
    if state.over.contains(&Pane::Lab) {
        lab::return_to(state, place.at_lab, request);
    }
    for (pane, scroll) in place.scrolls {
        state.views.stand(pane, scroll);
    }
    state.touch();
}
