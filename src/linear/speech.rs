//! What a pane shows, as lines that can be heard: no boxes, no bars, and words where the screen has marks.

use crate::explorer::{Content, Pane, Role, Row, State};
use crate::model::Clean;
use crate::strings::linear as s;

/// One line, and the entry that it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The words.
    pub words: String,
    /// The entry of the pane's list that begins here.
    pub begins: Option<usize>,
}

/// A pane's title without what only guides the eye.
pub fn title(state: &State, pane: Pane) -> String {
    heard(&Clean::line(&state.pane_title(pane)).into_string())
}

/// What a pane says.
pub fn pane(state: &State, pane: Pane) -> Vec<Spoken> {
    let content = state.content(pane);
    let exact = is_exact(pane);
    let mut lines: Vec<Spoken> = Vec::new();
    let mut scanned = false;
    for (at, row) in content.rows.iter().enumerate() {
        if row.pieces.iter().any(|(role, _)| *role == Role::Scan) {
            if !scanned {
                lines.push(plain(s::A_PICTURE.to_owned()));
            }
            scanned = true;
            continue;
        }
        let words = if exact {
            content.row_text(at).trim_end().to_owned()
        } else {
            heard(&joined(row))
        };
        if words.trim().is_empty() {
            continue;
        }
        let begins = first_of(content, at).filter(|_| is_chosen_from(content, pane));
        lines.push(Spoken { words, begins });
    }
    lines
}

fn plain(words: String) -> Spoken {
    Spoken {
        words,
        begins: None,
    }
}

/// Whether spaces and signs belong to what is shown: the server's bytes, a program's text, a message.
fn is_exact(pane: Pane) -> bool {
    matches!(pane, Pane::Reply | Pane::Code | Pane::Message | Pane::Seen)
}

/// Whether entries are chosen from it.
fn is_chosen_from(content: &Content, pane: Pane) -> bool {
    content.list || pane == Pane::Form
}

/// The item that begins at a row.
fn first_of(content: &Content, row: usize) -> Option<usize> {
    let item = content.item_at(row)?;
    (row == 0 || content.item_at(row - 1) != Some(item)).then_some(item)
}

/// The pieces of a row, a label parted from its value by a colon instead of by a column.
fn joined(row: &Row) -> String {
    let mut out = String::new();
    for (nth, (role, text)) in row.pieces.iter().enumerate() {
        let bare = text.trim_end();
        let parted = *role == Role::Label && bare.chars().any(char::is_alphanumeric);
        let follows = row.pieces[nth + 1..]
            .iter()
            .any(|(_, text)| !text.trim().is_empty());
        if parted && follows && !bare.ends_with([':', '.', '?']) {
            out.push_str(bare);
            out.push_str(": ");
        } else {
            out.push_str(text);
        }
    }
    out
}

/// Words for marks, nothing for lines and bars, one space for many.
pub fn heard(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // How a step stands is said in words behind it.
    let text = ["· ", "→ ", "– "]
        .iter()
        .find_map(|mark| text.strip_prefix(mark))
        .unwrap_or(text);
    let text = text.replace("(•)", s::TAKEN).replace("( )", s::NOT_TAKEN);
    for c in text.chars() {
        let mark = s::MARKS.iter().find(|(mark, _)| mark.starts_with(c));
        match (mark, c) {
            (Some((_, words)), _) if words.starts_with(',') => {
                while out.ends_with(' ') {
                    out.pop();
                }
                out.push_str(words);
            }
            (Some((_, words)), _) => {
                out.push(' ');
                out.push_str(words);
                out.push(' ');
            }
            // Box drawing, block elements and arrows that point at the cursor.
            (None, '\u{2500}'..='\u{259f}' | '▸' | '▶' | '►' | '•' | '◆') => {
                out.push(' ');
            }
            (None, other) => out.push(other),
        }
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_are_said_in_words_and_bars_not_at_all() {
        assert_eq!(
            heard("✗ 14:02:11  silent ▏▇▇▇▕ invalid_grant · 50076"),
            "failed: 14:02:11 silent invalid_grant, 50076"
        );
        assert_eq!(heard("· 1 Sign in  (to do)"), "1 Sign in (to do)");
    }

    #[test]
    fn a_label_is_parted_from_its_value_by_a_colon() {
        let mut content = Content::text(80);
        content.pair("Do now", Role::Plain, "sign in");
        assert_eq!(heard(&joined(&content.rows[0])), "Do now: sign in");
    }

    proptest! {
        #[test]
        fn letters_and_digits_are_never_lost(text in "[a-z0-9 ✗│▇·]{0,40}") {
            let kept = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
            let said = s::MARKS.iter().fold(heard(&text), |said, (_, words)| {
                if words.len() > 1 { said.replace(words, "") } else { said }
            });
            let own = s::MARKS.iter().any(|(_, words)| words.len() > 1 && text.contains(words));
            prop_assume!(!own);
            prop_assert_eq!(kept(&said), kept(&text));
        }
    }
}
