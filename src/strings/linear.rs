//! What the explorer says where it is read line by line, by a screen reader or on a terminal that cannot draw.

/// Said once, at the start.
pub const WELCOME: [&str; 3] = [
    "Plain lines: what is there is printed, what can be chosen has a number.",
    "Type a number to choose, 0 to hear everything else that can be done here, a key's own letter to press it.",
    "Also: “more”, “again”, “back”, “quit”, and /word to look for a word. Enter alone goes on reading.",
];

/// Before what is typed.
pub const PROMPT: &str = "> ";

/// Before the entries of a pane.
pub fn heading(title: &str, marks: &str) -> String {
    if marks.is_empty() {
        format!("== {title}")
    } else {
        format!("== {title}. {marks}")
    }
}

/// One thing that can be chosen.
pub fn choice(number: usize, words: &str) -> String {
    format!("{number}. {words}")
}

/// One line of the list of everything that can be done.
pub fn deed(number: usize, words: &str, key: &str) -> String {
    format!("{number}. {words}. Key: {key}")
}

/// What stands below a list that goes on.
pub fn rest(lines: usize) -> String {
    match lines {
        1 => "One more line: Enter.".to_owned(),
        lines => format!("{lines} more lines: Enter."),
    }
}

/// What stands below the beginning of a diagnosis.
pub fn read_whole(lines: usize, title: &str) -> String {
    format!("({lines} more lines: 0, then “{}”.)", go_to(title))
}

/// What else can be done.
pub fn others(words: &[&str]) -> String {
    format!("0. Anything else: {} …", words.join(", "))
}

/// Above the list of everything that can be done.
pub const DEEDS: &str = "What can be done here";

/// Going to another pane of the main screen.
pub fn go_to(pane: &str) -> String {
    format!("Go to: {pane}")
}

/// The end of the text.
pub const NOTHING_MORE: &str = "That is all of it. “again” reads it once more.";

/// A number that stands for nothing.
pub fn no_such_number(number: usize) -> String {
    format!("Nothing here has the number {number}.")
}

/// What was typed means nothing here.
pub fn not_understood(typed: &str) -> String {
    format!("“{typed}” means nothing here. Type 0 to hear what can be done.")
}

/// Where nothing can be looked for.
pub const NO_SEARCH: &str = "Nothing can be looked for here.";

/// Where a search stands now.
pub fn found_at(line: usize, text: &str) -> String {
    format!("Line {line}: {text}")
}

/// Before the new value of a field.
pub fn new_value(field: &str) -> String {
    format!("{field}. Type the new value; Enter alone keeps it, a single hyphen empties it.")
}

/// Before a paste.
pub const PASTE: &str =
    "Paste or type the text. A line with a single dot ends it; a dot at once leaves.";

/// Before what is added to a message.
pub const ADD_TO_MESSAGE: &str =
    "Type what to add to the message. A line with a single dot ends it.";

/// Before something that is not shown.
pub const HIDDEN: &str =
    "What you type now is not shown. Enter alone, where nothing is typed, leaves.";

/// Before the answer of a terminal that is reading a shown line already.
pub const ENTER_FIRST: &str = "Press Enter first; then what you type is not shown.";

/// Before a search line that is part of a screen.
pub const LOOK_FOR: &str = "Type what to look for; Enter alone goes to the list.";

/// Before a line that changes the lab, or calls an API.
pub const ONE_LINE: &str = "Type it in one line; Enter alone leaves.";

/// Before text that no clipboard took.
pub const COPIED: &str = "There is no clipboard here. The text:";

/// After text that the clipboard took.
pub const ON_CLIPBOARD: &str = "It is on the clipboard.";

/// In place of a picture for a camera.
pub const A_PICTURE: &str = "(a QR code of this address, for a camera)";

/// Marks of the screen, and how they are said.
pub const MARKS: [(&str, &str); 9] = [
    ("✗", "failed:"),
    ("✓", "done:"),
    ("◌", "waiting:"),
    ("▾", "open:"),
    ("→", "to"),
    ("←", "from"),
    ("×", "by"),
    ("⚡", "fault:"),
    ("·", ","),
];

/// Before the way of doing a step that is taken, and before the others.
pub const TAKEN: &str = "this way:";
/// Before a way of doing a step that is not taken.
pub const NOT_TAKEN: &str = "or:";

/// Said where typing ended.
pub const FAREWELL: &str = "The end.";
