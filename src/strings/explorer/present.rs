//! Presenting: playing on by one key, and what the audience is told.

use std::time::Duration;

use super::tell::span;

macro_rules! say {
    ($($name:ident = $text:literal;)+) => { $(#[doc = $text] pub const $name: &str = $text;)+ };
}

say! {
    KEY_PLAY = "play what comes next";
    KEY_PRESENT = "presenter mode, for an audience";
    PLAY_UNDER_WAY = "under way …";
    PLAY_LIST = "to the list of scenarios";
    PLAY_CLOSE = "close this, and go on";
    PLAY_AGREE = "agree, and open the page";
    PRESENT_MODE = "Presenter mode";
    PRESENT_ON = "Presenter mode: larger, with the story and the keys below. S ends it.";
    PRESENT_OFF = "Presenter mode is off.";
    PRESENT_WAITS = "the lab's waits are shortened";
    PRESENT_SEEN = "Seen  ";
    PRESENT_NEXT = "Next  ";
    PRESENT_KEYS = "Keys  ";
    PRESENT_SET_UP = "set up, nothing has happened yet";
    PRESENT_NO_KEYS = "none pressed yet";
    PRESENT_MORE = "h: all of it";
    PRESENT_TYPED = "typed";
    PRESENT_PASTED = "pasted";
    PRESENT_NOTHING = "does nothing here";
}

/// A scenario that is set up when it is chosen.
pub fn play_set_up(title: &str) -> String {
    format!("set up “{title}”")
}

/// What the key plays next, in the lower border of a pane.
pub fn plays(key: &str, words: &str) -> String {
    format!("{key}: {words}")
}

/// A wait of a run that asked the lab was shortened.
pub fn shortened(wait: Duration) -> String {
    format!("  (its wait of {} was shortened)", span(wait))
}

/// A key that was pressed several times in a row.
pub fn times(key: &str, times: usize) -> String {
    format!("{key} ×{times}")
}
