//! Searching within a pane: what was typed, and the way from hit to hit.

use tui_input::{Input, InputRequest};

use crate::strings::explorer as s;

use super::filter::Filters;
use super::key::{Code, Key};
use super::message::Effects;
use super::pane::Pane;
use super::rows::{Content, Role, Tie};
use super::state::State;
use super::{history, runs};

/// What the line below the screen is typed for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// To find a place in the pane.
    #[default]
    Find,
    /// To narrow the pane's list.
    Narrow,
    /// To change the lab's world.
    Order,
    /// To call another API.
    Call,
}

/// What is being looked for.
#[derive(Default)]
pub struct Search {
    /// Whether it is being typed.
    pub editing: bool,
    purpose: Purpose,
    input: Input,
    query: String,
    /// While typing: which of the places that hold it the cursor is on, from 1, and how many there are.
    place: Option<(usize, usize)>,
}

impl Search {
    /// What to mark on screen.
    pub fn shown(&self) -> Option<&str> {
        let text = if self.editing {
            self.input.value()
        } else {
            &self.query
        };
        (!text.is_empty() && self.purpose == Purpose::Find).then_some(text)
    }

    /// What is being typed here, and for what.
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// While typing: which of the places that hold it the cursor is on, in words; empty where nothing is looked for.
    pub fn place(&self) -> String {
        match self.place {
            Some((_, 0)) => s::NO_HIT.to_owned(),
            Some((at, of)) => s::hit_of(at, of, None),
            None => String::new(),
        }
    }

    /// What was typed so far and the column of the cursor in it.
    pub fn prompt(&self) -> (&str, usize) {
        (self.input.value(), self.input.visual_cursor())
    }
}

/// Begins a search.
pub fn open(state: &mut State) {
    let pane = state.pane();
    let narrows = Filters::narrows(pane);
    let begun = if narrows {
        Input::from(state.filters.get(pane))
    } else {
        Input::default()
    };
    state.search.editing = true;
    state.search.place = None;
    state.search.input = begun;
    state.search.purpose = if narrows {
        Purpose::Narrow
    } else {
        Purpose::Find
    };
}

/// Begins a change of the lab's world in words.
pub fn order(state: &mut State, start: String) {
    state.search.editing = true;
    state.search.input = Input::from(start);
    state.search.purpose = Purpose::Order;
}

/// Begins the address of an API.
pub fn call(state: &mut State, start: String) {
    state.search.editing = true;
    state.search.input = Input::from(start);
    state.search.purpose = Purpose::Call;
}

/// Leaves it; nothing is looked for any more.
pub fn leave(state: &mut State) -> Effects {
    let narrowed = state.search.purpose == Purpose::Narrow;
    state.search = Search::default();
    if narrowed { widen(state) } else { Vec::new() }
}

/// A key while typing: the cursor goes to the first hit from where it is.
pub fn typed(state: &mut State, key: Key) {
    edit(&mut state.search.input, key);
    follow(state);
}

/// What follows each letter.
fn follow(state: &mut State) {
    match state.search.purpose {
        Purpose::Find => {
            state.search.place = None;
            if let Some(found) = seek(state, Way::Here) {
                state.search.place = Some((found.at, found.of));
            }
        }
        Purpose::Narrow => {
            let text = state.search.input.value().to_owned();
            narrow(state, &text);
        }
        Purpose::Order | Purpose::Call => {}
    }
}

/// Whether the list of the pane is narrowed.
pub fn narrowed(state: &State) -> bool {
    !state.filters.get(state.pane()).is_empty()
}

/// Narrows the list of the pane.
fn narrow(state: &mut State, text: &str) {
    let pane = state.pane();
    state.filters.set(pane, text);
    state.views.forget(pane);
    state.touch();
    if pane == Pane::Runs {
        runs::stay_within(state);
    }
}

/// Shows all of the pane's list again.
pub fn widen(state: &mut State) -> Effects {
    narrow(state, "");
    if state.pane() == Pane::History {
        return history::ask(state);
    }
    Vec::new()
}

/// Pasted text.
pub fn pasted(state: &mut State, text: &str) {
    for c in text.lines().next().unwrap_or_default().chars() {
        state.search.input.handle(InputRequest::InsertChar(c));
    }
    follow(state);
}

/// Accepts what was typed. The list of past runs is asked for anew with it.
pub fn submit(state: &mut State) -> Effects {
    state.search.editing = false;
    let words = state.search.input.value().to_owned();
    match state.search.purpose {
        Purpose::Find => {
            state.search.query = words;
            state.touch();
            step(state, Way::Here);
            Vec::new()
        }
        Purpose::Narrow if state.pane() == Pane::History => history::ask(state),
        Purpose::Narrow => Vec::new(),
        Purpose::Order => super::lab::give(state, &words),
        Purpose::Call => super::api::submit(state, &words),
    }
}

/// Where the search goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Nowhere, if the cursor is on a place already; otherwise as [`On`](Self::On).
    Here,
    /// To the next place.
    On,
    /// To the place before.
    Back,
}

/// The place that was gone to, from 1, of how many; and whether the end of the pane was passed on the way, or its
/// beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Found {
    at: usize,
    of: usize,
    wrapped: Option<bool>,
}

/// To the next or the previous place, and says which one it is.
pub fn step(state: &mut State, way: Way) {
    match seek(state, way) {
        Some(Found { of: 0, .. }) => state.say(s::NOT_FOUND),
        Some(found) => state.say(s::hit_of(found.at, found.of, found.wrapped)),
        None => {}
    }
}

fn seek(state: &mut State, way: Way) -> Option<Found> {
    let query = state.search.shown()?.to_lowercase();
    let pane = state.pane();
    let hits = hits(state.views.content(pane), &query);
    let here = state.views.scroll(pane).row;
    let (nth, wrapped) = choose(&hits, here, way);
    if let Some(row) = hits.get(nth) {
        state.views.put_row(pane, *row);
    }
    Some(Found {
        at: nth + 1,
        of: hits.len(),
        wrapped,
    })
}

/// Which of the places to go to, and whether that passes the end (`true`) or the beginning.
fn choose(hits: &[usize], here: usize, way: Way) -> (usize, Option<bool>) {
    let found = match way {
        Way::Here => hits.iter().position(|row| *row >= here),
        Way::On => hits.iter().position(|row| *row > here),
        Way::Back => hits.iter().rposition(|row| *row < here),
    };
    match (found, way) {
        (Some(nth), _) => (nth, None),
        (None, Way::Back) => (hits.len().saturating_sub(1), Some(false)),
        (None, Way::Here | Way::On) => (0, Some(true)),
    }
}

/// The rows that hold a text, however its item is wrapped: of a list the first rows of the entries that do.
fn hits(content: &Content, query: &str) -> Vec<usize> {
    let shows = |row: usize| content.row_text(row).to_lowercase().contains(query);
    let mut hits = Vec::new();
    let mut row = 0;
    while row < content.rows.len() {
        let (_, rows) = content.span(row);
        let within = row..row + rows;
        let before = hits.len();
        if let Some(item) = content.item_at(row) {
            hits.extend(within.clone().filter(|row| shows(*row)));
            let source = || content.items[item].source.to_lowercase().contains(query);
            // One place an entry; and one where the text is broken over two rows.
            if content.list && hits.len() > before {
                hits.truncate(before);
                hits.push(row);
            } else if hits.len() == before && source() {
                hits.push(row);
            }
        } else if !content.list && shows(row) {
            hits.push(row);
        }
        row = within.end;
    }
    hits
}

/// A line that is typed in, with its cursor; what it is for, where nothing was typed yet.
pub fn line(input: &Input, empty: &str, width: usize) -> Content {
    let mut out = Content::text(width);
    let room = out.width().saturating_sub(3);
    let from = input.visual_scroll(room);
    let shown: String = input.value().chars().skip(from).collect();
    out.caret = Some((0, 2 + input.visual_cursor().saturating_sub(from)));
    out.item(input.value(), Tie::Nothing);
    let typed = if shown.is_empty() {
        (Role::Dim, empty)
    } else {
        (Role::Strong, shown.as_str())
    };
    out.cut(&[(Role::Label, "> "), typed]);
    out
}

/// One editing key on a line of text.
pub fn edit(input: &mut Input, key: Key) {
    let request = match (key.code, key.ctrl, key.alt) {
        (Code::Char('u'), true, _) => InputRequest::DeleteFromStart,
        (Code::Char('k'), true, _) => InputRequest::DeleteTillEnd,
        (Code::Char('w'), true, _) => InputRequest::DeletePrevWord,
        (Code::Char('a'), true, _) | (Code::Home, ..) => InputRequest::GoToStart,
        (Code::Char('e'), true, _) | (Code::End, ..) => InputRequest::GoToEnd,
        (Code::Char(c), false, false) => InputRequest::InsertChar(c),
        (Code::Backspace, ..) => InputRequest::DeletePrevChar,
        (Code::Delete, ..) => InputRequest::DeleteNextChar,
        (Code::Left, true, _) => InputRequest::GoToPrevWord,
        (Code::Right, true, _) => InputRequest::GoToNextWord,
        (Code::Left, ..) => InputRequest::GoToPrevChar,
        (Code::Right, ..) => InputRequest::GoToNextChar,
        _ => return,
    };
    input.handle(request);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::rows::{Role, Tie};

    #[test]
    fn a_text_that_is_broken_over_two_rows_is_one_place_and_so_is_an_entry_that_holds_it_twice() {
        let mut text = Content::text(12);
        text.item("a second factor", Tie::Nothing);
        text.line(0, &[(Role::Plain, "a second factor")]);
        text.item("factor, factor", Tie::Nothing);
        text.line(0, &[(Role::Plain, "factor,")]);
        text.line(0, &[(Role::Plain, "factor")]);
        assert_eq!(hits(&text, "second factor"), [0]);
        assert_eq!(hits(&text, "factor"), [1, 2, 3]);
        let mut list = Content::list(12);
        list.line(0, &[(Role::Label, "factor")]);
        list.item("one", Tie::Nth(0));
        list.line(0, &[(Role::Plain, "factor")]);
        list.line(0, &[(Role::Plain, "factor")]);
        assert_eq!(hits(&list, "factor"), [1]);
    }

    #[test]
    fn the_search_goes_round_and_tells() {
        let hits = [2, 5, 9];
        assert_eq!(choose(&hits, 5, Way::Here), (1, None));
        assert_eq!(choose(&hits, 5, Way::On), (2, None));
        assert_eq!(choose(&hits, 9, Way::On), (0, Some(true)));
        assert_eq!(choose(&hits, 2, Way::Back), (2, Some(false)));
        assert_eq!(choose(&hits, 7, Way::Back), (1, None));
    }
}
