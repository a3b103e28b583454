//! The explorer without a screen: what a person sees and can do, as plain state. A message comes in, effects go out;
//! [`update`] is synchronous, total and knows no clock, network, file or terminal. A shell draws [`State`] and performs
//! the effects. What it asks of the rest goes through [`session::Command`](crate::session::Command) alone.

mod act;
mod action;
mod activity;
mod api;
mod ask;
mod catalogue;
mod challenge;
mod code;
mod compare;
mod consent;
mod copy;
mod crumbs;
mod diagnosis;
mod draft;
mod exchanges;
mod filter;
mod form;
mod found;
mod help;
mod history;
mod key;
mod keymap;
mod lab;
mod layout;
mod link;
mod log;
mod mark;
mod message;
mod notice;
mod palette;
mod pane;
mod paste;
mod picker;
mod play;
mod point;
mod present;
mod qr;
mod reply;
mod rows;
mod runs;
mod saved;
mod scenarios;
mod scroll;
mod search;
mod start;
mod state;
mod steps;
mod title;
mod token;
mod trail;
mod uses;
mod views;
mod world;

pub use action::Action;
pub use key::{Code, Key};
pub use keymap::{BINDINGS, Binding, KeyLine, Keymap, Keys, Scope};
pub use layout::{Area, SMALLEST, too_small, wide};
pub use message::{Carrier, Effect, Effects, Left, Message, Mouse, MouseDeed};
pub use pane::{Mode, Pane, Scene};
pub use play::Coming;
pub use rows::{Content, Item, Pieces, Role, Row, Tie, fit};
pub use scroll::Scroll;
pub use state::{Opened, State};
pub use title::Footer;

// What a shell hands in and passes on: it knows these by the explorer's door alone.
pub use crate::ports::{Clipboard, Clock};
pub use crate::redact::Redactor;
pub use crate::session::{Command, Notice};

/// The whole behaviour of the explorer: what a message changes and what must happen outside because of it.
pub fn update(state: &mut State, message: Message) -> Effects {
    let effects = match message {
        Message::Key(key) => act::key(state, key),
        Message::Pasted(text) => act::pasted(state, &text),
        Message::Mouse(mouse) => act::mouse(state, mouse),
        Message::Point(pane, item) => {
            point::point(state, pane, item);
            Vec::new()
        }
        Message::Resize(width, height) => {
            state.size = (width, height);
            Vec::new()
        }
        Message::Copied(chars, carrier) => {
            copy::copied(state, chars, carrier);
            Vec::new()
        }
        Message::Notice(notice) => notice::take(state, *notice),
        Message::Tick => Vec::new(),
    };
    views::refresh(state);
    trail::note(state);
    effects
}
