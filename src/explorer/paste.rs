//! The box for a paste: a redirect address, the text of a page, an error from anywhere. Secrets in it are hidden as
//! soon as they stand there.

use unicode_width::UnicodeWidthStr;

use crate::model::RunId;
use crate::session::Command;
use crate::strings::explorer as s;

use super::act::plain_char;
use super::key::{Code, Key};
use super::message::{Effect, Effects};
use super::pane::Pane;
use super::rows::{Content, Role, Tie};
use super::state::State;

/// More than this is not laid out while typing; it is decoded all the same.
const SHOWN: usize = 16 * 1024;

/// What is in the box.
#[derive(Default)]
pub struct PasteBox {
    text: String,
    run: Option<RunId>,
    /// The name of a file is wanted, not its text.
    file: bool,
}

/// Opens the box: for the selected run if that waits for a page, for decoding otherwise.
pub fn open(state: &mut State) {
    let waiting = state.runs.selected().filter(|entry| entry.on_a_page());
    let page = waiting.and_then(|entry| entry.page.clone());
    state.paste = PasteBox {
        text: page.unwrap_or_default(),
        run: waiting.map(|entry| entry.run.id),
        file: false,
    };
    state.push(Pane::Paste);
}

/// Opens the box for the name of a file.
pub fn open_file(state: &mut State) {
    state.paste = PasteBox {
        file: true,
        ..PasteBox::default()
    };
    state.push(Pane::Paste);
    state.touch();
}

/// A key while typing.
pub fn typed(state: &mut State, key: Key) -> Effects {
    if state.paste.file && key.code == Code::Enter {
        return submit(state);
    }
    match key.code {
        Code::Backspace => {
            state.paste.text.pop();
        }
        Code::Enter => state.paste.text.push('\n'),
        Code::Tab => state.paste.text.push('\t'),
        Code::Char('u') if key.ctrl => state.paste.text.clear(),
        _ => {
            if let Some(c) = plain_char(key) {
                state.paste.text.push(c);
            }
        }
    }
    state.touch();
    Vec::new()
}

/// Pasted text.
pub fn pasted(state: &mut State, text: &str) {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    state.paste.text.push_str(&text);
    state.touch();
}

/// Hands it to the run that waits, or has it explained.
pub fn submit(state: &mut State) -> Effects {
    let text = state.paste.text.trim().to_owned();
    if text.is_empty() {
        state.say(s::NOTHING_TYPED);
        return Vec::new();
    }
    let command = match state.paste.run {
        _ if state.paste.file => Command::OpenFile(text),
        Some(run) => Command::Paste(run, text),
        None => Command::Explain(text),
    };
    state.paste = PasteBox::default();
    state.close(Pane::Paste);
    state.touch();
    vec![Effect::Ask(command)]
}

/// What the box shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    let hint = if state.paste.file {
        s::NAME_A_FILE
    } else if state.paste.run.is_some() {
        s::PASTE_FOR_RUN
    } else {
        s::PASTE_FOR_DECODING
    };
    out.line(0, &[(Role::Dim, hint)]);
    out.gap();
    let text = &state.paste.text;
    let mut from = text.len().saturating_sub(SHOWN);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    if from > 0 {
        out.line(0, &[(Role::Dim, &s::more_above(from))]);
    }
    let safe = state.redactor.text(&text[from..]);
    out.item(String::new(), Tie::Nothing);
    out.block(0, Role::Plain, safe.get());
    let ends_open = safe.get().is_empty() || safe.get().ends_with('\n');
    if ends_open {
        out.line(0, &[]);
    }
    let last = out.rows.len() - 1;
    let column = out.row_text(last).width();
    out.caret = Some((last, column.min(width)));
    out
}
