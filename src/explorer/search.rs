//! Searching within a pane: what was typed, and the way from hit to hit.

use tui_input::{Input, InputRequest};

use crate::session::Command;
use crate::strings::explorer as s;

use super::filter::Filters;
use super::key::{Code, Key};
use super::message::{Effect, Effects};
use super::pane::Pane;
use super::state::State;

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
pub fn leave(state: &mut State) {
    if state.search.purpose == Purpose::Narrow {
        narrow(state, "");
    }
    state.search = Search::default();
}

/// A key while typing: the cursor goes to the first hit from where it is.
pub fn typed(state: &mut State, key: Key) {
    edit(&mut state.search.input, key);
    follow(state);
}

/// What follows each letter.
fn follow(state: &mut State) {
    match state.search.purpose {
        Purpose::Find => seek(state, true, true),
        Purpose::Narrow => {
            let text = state.search.input.value().to_owned();
            narrow(state, &text);
        }
        Purpose::Order | Purpose::Call => {}
    }
}

/// Narrows the list of the pane; empty: shows all of it again.
pub fn narrow(state: &mut State, text: &str) {
    let pane = state.pane();
    state.filters.set(pane, text);
    state.views.forget(pane);
    state.touch();
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
    match state.search.purpose {
        Purpose::Find => {}
        Purpose::Narrow => return Vec::new(),
        Purpose::Order => {
            let words = state.search.input.value().to_owned();
            return super::lab::give(state, &words);
        }
        Purpose::Call => {
            let words = state.search.input.value().to_owned();
            return super::api::submit(state, &words);
        }
    }
    state.search.query = state.search.input.value().to_owned();
    state.touch();
    if state.pane() == Pane::History {
        state.past.query.clone_from(&state.search.query);
        return vec![Effect::Ask(Command::History(state.search.query.clone()))];
    }
    Vec::new()
}

/// To the next or the previous hit.
pub fn step(state: &mut State, on: bool) {
    seek(state, on, false);
}

fn seek(state: &mut State, on: bool, from_here: bool) {
    let Some(query) = state.search.shown().map(str::to_lowercase) else {
        return;
    };
    let pane = state.pane();
    let content = state.views.content(pane);
    let count = content.rows.len();
    let here = state.views.scroll(pane).row;
    let hit = (0..count)
        .map(|step| step + usize::from(!from_here))
        .map(|step| {
            if on {
                (here + step) % count
            } else {
                (here + count - step % count) % count
            }
        })
        .find(|row| holds(content, *row, &query));
    match hit {
        Some(row) => state.views.put_row(pane, row),
        None => state.say(s::NOT_FOUND),
    }
}

/// Whether an item that begins at this row holds the text, however it is wrapped; or a row that does.
fn holds(content: &super::rows::Content, row: usize, query: &str) -> bool {
    if content.row_text(row).to_lowercase().contains(query) {
        return true;
    }
    let Some(item) = content.item_at(row) else {
        return false;
    };
    let begins = row == 0 || content.item_at(row - 1) != Some(item);
    begins && content.items[item].source.to_lowercase().contains(query)
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
