//! Going straight to a pane and an entry of it, for shells in which things are named rather than walked to.

use super::pane::{Pane, Scene};
use super::state::State;
use super::{act, catalogue, form, lab};

/// Sends keys to a pane that is at hand, and puts its cursor on an entry. A pane that is covered stays as it is.
pub fn point(state: &mut State, pane: Pane, item: Option<usize>) {
    let top = state.over.last().copied();
    let at_hand = state
        .areas()
        .iter()
        .any(|(there, _)| *there == pane && top.is_none_or(|top| top == pane.lid()));
    // Where one pane stands in for the others, all of them are at hand.
    let tabbed = pane.is_main() && top.is_none() && state.scene() == Scene::Main;
    if !(at_hand || tabbed) {
        return;
    }
    state.status = None;
    focus(state, pane);
    if let Some(item) = item {
        if pane == Pane::Form {
            form::stand_at(state, item);
        } else {
            state.views.put(pane, item);
            act::after_moving(state, pane);
        }
    }
    state.touch();
}

/// Sends keys to a pane that stands beside others.
pub fn focus(state: &mut State, pane: Pane) {
    if pane.is_main() {
        state.focus_on(pane);
    } else if pane.is_catalogue() {
        catalogue::go(state, pane);
    } else if pane.is_lab() {
        lab::go(state, pane);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Message, State, update};
    use super::*;
    use crate::explorer::{Keys, Opened};
    use crate::model::{Moment, Opening};
    use crate::redact::Redactor;

    fn at_the_start() -> State {
        State::new(Opened {
            opening: Opening::Start,
            redactor: Redactor::new([1; 16]),
            now: Moment::default(),
            size: (120, 36),
            profiles: Vec::new(),
            keys: Keys::default(),
        })
    }

    #[test]
    fn a_pane_that_is_not_on_screen_is_not_pointed_at() {
        let mut state = at_the_start();
        update(&mut state, Message::Point(Pane::Steps, Some(0)));
        assert_eq!((state.pane(), state.scene()), (Pane::Start, Scene::Start));
    }

    #[test]
    fn a_door_is_pointed_at_by_its_place() {
        let mut state = at_the_start();
        update(&mut state, Message::Point(Pane::Start, Some(2)));
        assert_eq!(state.views.item(Pane::Start), Some(2));
    }
}
