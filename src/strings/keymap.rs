//! What is said of the table of keys: where its lines hold, and what is wrong with a change of it.

macro_rules! say {
    ($($name:ident = $text:literal;)+) => { $(#[doc = $text] pub const $name: &str = $text;)+ };
}

say! {
    EVERYWHERE = "everywhere";
    WHAT_LIES_OVER = "what lies over it";
    EVERY_PANE = "every pane";
    MAIN_SCREEN = "the main screen";
    WHILE_TYPING = ", while typing";
    EXPECTED_OTHER_ACTION = "an action that `tokenscope keys` lists, other than do-number and interrupt";
    EXPECTED_KEY = "a key such as x, X, ctrl-x, alt-left, f5, space, enter, esc, tab, shift-tab, up or page-down; Ctrl with i, m or [ is Tab, Enter or Esc to a terminal";
    EXPECTED_KEY_WHILE_TYPING = "a key with Ctrl or Alt, a function key, Enter, Esc, Tab, an arrow up or down, or a page key";
    EXPECTED_FREE_KEY = "a key that does nothing else there, or another key for the other action as well";
    HEAD_KEY = "Key";
    HEAD_DOES = "What it does";
    HEAD_WHERE = "Where";
    HEAD_ACTION = "Name";
}

/// Everywhere but in some panes.
pub fn everywhere_but(panes: &str) -> String {
    format!("everywhere but {panes}")
}

/// No action has this name.
pub fn no_such_action(name: &str) -> String {
    format!("there is no action `{name}`")
}

/// Which actions there are.
pub fn expected_action(near: &[String]) -> String {
    if near.is_empty() {
        "an action that `tokenscope keys` lists".to_owned()
    } else {
        format!(
            "an action that `tokenscope keys` lists, such as {}",
            near.join(", ")
        )
    }
}

/// An action whose keys stay.
pub fn fixed(name: &str) -> String {
    format!("the keys of `{name}` stay as they are")
}

/// Something that is no key.
pub fn unreadable(text: &str) -> String {
    format!("`{text}` is not a key")
}

/// A key that is text where the action is done.
pub fn is_text_there(action: &str, key: &str) -> String {
    format!("`{action}` is done while text is typed, and {key} belongs to the text")
}

/// Two actions on one key.
pub fn conflict(key: &str, action: &str, other: &str, pane: &str) -> String {
    format!("{key} would do both `{action}` and `{other}` in the pane {pane}")
}

/// What the status line says at the start.
pub fn wrong(first: &str, more: usize) -> String {
    let first = format!("{first} Its usual key holds.");
    match more {
        0 => first,
        1 => format!("{first} One more change of keys does not hold: `tokenscope keys` tells."),
        _ => format!("{first} {more} more changes of keys do not hold: `tokenscope keys` tells."),
    }
}
