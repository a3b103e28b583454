//! The filters: each goes round the values that something fits, and nothing.

use crate::catalog::{Catalog, Query};
use crate::model::{Actor, Class, Login};

use super::super::action::Action;
use super::super::state::State;
use super::search;

/// Turns a filter to its next value, or the one before; past the last one it is off.
pub fn turn(state: &mut State, action: Action) {
    let Some(known) = state.catalogue.known.clone() else {
        return;
    };
    let query = &mut state.catalogue.query;
    match action {
        Action::NextClass | Action::PreviousClass => {
            let on = action == Action::NextClass;
            query.class = next(Class::ALL, &query.class, on, |value| {
                fits(&known, query, |one| one.class = vec![value])
            });
        }
        Action::NextActor | Action::PreviousActor => {
            let on = action == Action::NextActor;
            query.acts = next(Actor::ALL, &query.acts, on, |value| {
                fits(&known, query, |one| one.acts = vec![value])
            });
        }
        _ => {
            let on = action == Action::NextLogin;
            query.login = next(Login::ALL, &query.login, on, |value| {
                fits(&known, query, |one| one.login = vec![value])
            });
        }
    }
    search(state);
}

/// Takes every filter off.
pub fn clear(state: &mut State) {
    let query = &mut state.catalogue.query;
    *query = Query::of(std::mem::take(&mut query.text));
    search(state);
}

fn fits(known: &Catalog, query: &Query, set: impl FnOnce(&mut Query)) -> bool {
    let mut one = query.clone();
    set(&mut one);
    !known.find(&one).is_empty()
}

/// The next value in the ring of nothing and all that something fits.
fn next<T: Copy + PartialEq>(all: &[T], now: &[T], on: bool, fits: impl Fn(T) -> bool) -> Vec<T> {
    let at = now
        .first()
        .and_then(|now| all.iter().position(|value| value == now));
    let fitting = |value: &&T| fits(**value);
    let found = match (on, at) {
        (true, None) => all.iter().find(fitting),
        (true, Some(at)) => all.iter().skip(at + 1).find(fitting),
        (false, None) => all.iter().rev().find(fitting),
        (false, Some(at)) => all.iter().take(at).rev().find(fitting),
    };
    found.copied().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_goes_round_what_something_fits_and_is_off_between_last_and_first() {
        let odd = |n: u8| n % 2 == 1;
        let all = [1, 2, 3, 4];
        assert_eq!(next(&all, &[], true, odd), [1]);
        assert_eq!(next(&all, &[1], true, odd), [3]);
        assert!(next(&all, &[3], true, odd).is_empty());
        assert_eq!(next(&all, &[], false, odd), [3]);
        assert_eq!(next(&all, &[3], false, odd), [1]);
        assert!(next(&all, &[1], false, odd).is_empty());
    }
}
