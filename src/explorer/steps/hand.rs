//! The message of a step that somebody else does: laid out to be read, written anew in place, and copied. Nothing
//! secret stays in it, whoever wrote it.

use crate::model::{Actor, RunId};
use crate::redact::Redactor;
use crate::strings::{explorer as s, words};

use super::super::draft::Draft;
use super::super::key::Key;
use super::super::pane::Pane;
use super::super::rows::{Content, Role, Tie};
use super::super::runs;
use super::super::state::State;

/// Most runs that a message lists, the newest of them.
const LISTED: usize = 12;

/// A message to hand over.
pub struct Handed {
    to: &'static str,
    /// The run and the step it belongs to.
    of: (RunId, usize),
    /// As the program wrote it.
    written: String,
    /// As it stands.
    text: String,
    /// While it is edited.
    draft: Option<Draft>,
}

/// Opens the message of a step. What was changed in it before still stands.
pub fn open(state: &mut State, run: RunId, step: usize, (to, text): (Actor, &str)) {
    let written = safe(&state.redactor, &whole(state, run, text));
    let before = state
        .handed
        .take()
        .filter(|handed| handed.of == (run, step));
    let kept = before.filter(|handed| handed.text != handed.written);
    state.handed = Some(Handed {
        to: words::actor(to),
        of: (run, step),
        text: kept.map_or_else(|| written.clone(), |handed| handed.text),
        written,
        draft: None,
    });
    state.push(Pane::Message);
}

/// Without what is secret in it.
fn safe(redactor: &Redactor, text: &str) -> String {
    redactor.text(text).into_inner()
}

/// The text of the plan, and what was tried in this session by the same client.
fn whole(state: &State, run: RunId, text: &str) -> String {
    let Some(of) = state.runs.get(run) else {
        return text.to_owned();
    };
    let spec = &of.run.spec;
    let tried = state.runs.all().iter().filter(|entry| {
        let other = &entry.run.spec;
        other.client_id == spec.client_id
            && other.authority.url() == spec.authority.url()
            && !entry.run.from_history
    });
    let lines: Vec<String> = tried
        .filter_map(|entry| {
            let run = &entry.run;
            let outcome = run.outcome()?.word();
            let why = runs::refusal(run);
            let flow = run.flow().word();
            Some(s::tried_run(&run.started.clock(), flow, outcome, &why))
        })
        .collect();
    if lines.len() < 2 {
        // The plan's own text says what the one run was.
        return text.to_owned();
    }
    let from = lines.len().saturating_sub(LISTED);
    let list = lines[from..].join("\n");
    format!("{}\n\n{}\n{list}", text.trim_end(), s::TRIED_HERE)
}

/// Begins to edit it.
pub fn edit(state: &mut State) {
    if let Some(handed) = &mut state.handed {
        handed.draft = Some(Draft::of(&handed.text));
        state.push(Pane::Draft);
    }
}

/// Ends editing; what was written stays, without what is secret in it.
pub fn keep(state: &mut State) {
    if let Some(handed) = &mut state.handed
        && let Some(draft) = handed.draft.take()
    {
        let text = draft.text();
        let safe = safe(&state.redactor, &text);
        let hidden = safe != text;
        handed.text = safe;
        state.say(if hidden {
            s::MESSAGE_HIDDEN
        } else {
            s::MESSAGE_KEPT
        });
    }
    state.close(Pane::Draft);
    state.views.forget(Pane::Message);
    state.touch();
}

/// Whether it was changed.
pub fn is_edited(state: &State) -> bool {
    let handed = state.handed.as_ref();
    handed.is_some_and(|handed| handed.text != handed.written)
}

/// Takes back every change.
pub fn as_written(state: &mut State) {
    if let Some(handed) = &mut state.handed {
        handed.text.clone_from(&handed.written);
        state.say(s::MESSAGE_AS_WRITTEN);
        state.touch();
    }
}

/// A key while it is edited.
pub fn typed(state: &mut State, key: Key) {
    if let Some(draft) = draft_of(state) {
        draft.typed(key);
    }
    state.touch();
}

/// Pasted text while it is edited. What is secret in it is hidden before it stands there.
pub fn pasted(state: &mut State, text: &str) {
    let text = safe(&state.redactor, text);
    if let Some(draft) = draft_of(state) {
        draft.write(&text);
    }
    state.touch();
}

fn draft_of(state: &mut State) -> Option<&mut Draft> {
    state.handed.as_mut()?.draft.as_mut()
}

/// The message, as a box.
pub fn message(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    if let Some(handed) = &state.handed {
        let words = s::hand_over(handed.to);
        let tail = if is_edited(state) { s::EDITED } else { "" };
        out.line(0, &[(Role::Strong, &words), (Role::Dim, tail)]);
        out.gap();
        for line in handed.text.lines() {
            out.item(line, Tie::Nothing);
            out.line(0, &[(Role::Plain, line)]);
        }
    }
    out
}

/// The message while it is edited.
pub fn draft(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    let draft = state.handed.as_ref().and_then(|it| it.draft.as_ref());
    let Some(draft) = draft else {
        return out;
    };
    let text = draft.text();
    let shown = safe(&state.redactor, &text);
    draft.lay_out(&mut out);
    if shown != text {
        // Something secret was typed: it is not shown, and will not stay.
        let caret = out.caret;
        out = Content::text(width);
        out.block(0, Role::Plain, &shown);
        let last = out.rows.len().saturating_sub(1);
        out.caret = caret.map(|(row, column)| (row.min(last), column));
    }
    out
}

/// Its text.
pub fn message_text(state: &State) -> String {
    let handed = state.handed.as_ref();
    handed.map(|handed| handed.text.clone()).unwrap_or_default()
}
