//! What comes in and what goes out.

use crate::model::Redacted;
use crate::session::{Command, Notice};

use super::key::Key;
use super::pane::Pane;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted into the terminal.
    Pasted(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// Keys go to this pane, and its cursor to this entry.
    Point(Pane, Option<usize>),
    /// The screen has these many columns and rows now.
    Resize(u16, u16),
    /// So many characters were copied, or not.
    Copied(usize, Carrier),
    /// The session tells something.
    Notice(Box<Notice>),
    /// Time passed while a countdown is on screen.
    Tick,
}

/// The way a copied text went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// To the system's clipboard.
    System,
    /// To the terminal, which was asked to put it on its clipboard (OSC 52) and does not answer.
    Terminal,
    /// As before, through tmux.
    Tmux,
    /// Nowhere: it is longer than terminals take.
    TooLong {
        /// How long it is, in bytes.
        bytes: usize,
        /// How long it may be, in bytes.
        most: usize,
    },
}

/// What the mouse did, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// Column.
    pub x: u16,
    /// Row.
    pub y: u16,
    /// What.
    pub deed: MouseDeed,
}

/// What the mouse can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseDeed {
    /// The left button.
    Click,
    /// The wheel, up.
    WheelUp,
    /// The wheel, down.
    WheelDown,
}

/// Something that must happen outside.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Ask the session.
    Ask(Command),
    /// Put text on the clipboard.
    Copy(Redacted<String>),
    /// Catch the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Draw everything anew.
    Redraw,
    /// Give the terminal back and stop until continued.
    Suspend,
    /// End.
    Quit,
}

/// Why the explorer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// The person quit.
    Asked,
    /// A signal ended it; its number.
    Signal(i32),
}

/// Effects, in the order in which they must happen.
pub type Effects = Vec<Effect>;
