//! Taking things along: the source text under the cursor, a whole pane, what support asks for; and opening links.

use crate::model::{Diagnosis, Redacted};
use crate::session::Command;
use crate::strings::explorer as s;

use super::action::Action;
use super::message::{Carrier, Effect, Effects};
use super::pane::Pane;
use super::state::State;
use super::{code, reply, steps};

/// Copies or opens.
pub fn act(state: &mut State, action: Action) -> Effects {
    match action {
        Action::Copy | Action::CopyAll if state.pane() == Pane::Code => call(state),
        Action::Copy => copy(state, one(state)),
        Action::CopyAll => copy(state, all(state)),
        Action::CopyIds => {
            let text = ids(state).unwrap_or_default();
            copy(state, text)
        }
        _ => link(state).map_or_else(Vec::new, |url| {
            state.say(s::opening(&url));
            vec![Effect::Ask(Command::OpenPage(url))]
        }),
    }
}

fn copy(state: &mut State, text: String) -> Effects {
    if text.is_empty() {
        state.say(s::NOTHING_TO_COPY);
        return Vec::new();
    }
    let safe: Redacted<String> = if state.revealed {
        state.redactor.asked_for(text)
    } else {
        state.redactor.text(&text)
    };
    vec![Effect::Copy(safe)]
}

/// Says how much was copied, and which way it went.
pub fn copied(state: &mut State, chars: usize, carrier: Carrier) {
    let words = match carrier {
        Carrier::System => s::copied(chars),
        Carrier::Terminal => s::copied_by_terminal(chars),
        Carrier::Tmux => s::copied_by_tmux(chars),
        Carrier::TooLong { bytes, most } => {
            state.warn(s::too_long_to_copy(bytes, most));
            return;
        }
    };
    state.say(words);
}

/// The call that a run is written as, whole: a line of it is of no use.
fn call(state: &mut State) -> Effects {
    let Some(Ok(text)) = code::written(state) else {
        state.say(s::NOTHING_TO_COPY);
        return Vec::new();
    };
    vec![Effect::Copy(text)]
}

/// The source text of the item under the cursor.
fn one(state: &State) -> String {
    let pane = state.pane();
    let content = state.views.content(pane);
    if pane == Pane::Message {
        return steps::message_text(state);
    }
    let item = state
        .views
        .item(pane)
        .and_then(|item| content.items.get(item));
    let source = item
        .map(|item| item.source.trim().to_owned())
        .unwrap_or_default();
    if pane == Pane::Reply {
        member(&source)
    } else {
        source
    }
}

/// A member's line without what belongs to the layout: the comma at its end.
fn member(line: &str) -> String {
    line.strip_suffix(',').unwrap_or(line).to_owned()
}

/// All of a pane, from its source.
fn all(state: &State) -> String {
    let pane = state.pane();
    let is_reply = state
        .runs
        .shown()
        .is_some_and(|run| reply::is_reply(state, run));
    if pane == Pane::Reply && is_reply {
        return state
            .runs
            .shown()
            .and_then(|run| reply::looked_at(state, run))
            .map(|(_, exchange)| reply::source(state, exchange))
            .unwrap_or_default();
    }
    if pane == Pane::Message {
        return steps::message_text(state);
    }
    let content = state.views.content(pane);
    if pane == Pane::Exchanges {
        // Its rows are a picture of the time; what it is about are the exchanges.
        let sources: Vec<&str> = content.items.iter().map(|it| it.source.as_str()).collect();
        return sources.join("\n");
    }
    content.whole()
}

/// The diagnosis that is on screen.
pub fn diagnosis(state: &State) -> Option<&Diagnosis> {
    if state.pane() == Pane::Found {
        return state.found.current();
    }
    state.runs.shown()?.diagnosis()
}

/// What support asks for: correlation id, trace id and the time in UTC.
pub fn ids(state: &State) -> Option<String> {
    let diagnosis = diagnosis(state)?;
    let rows = [
        (s::CORRELATION_ID, diagnosis.correlation_id.clone()),
        (s::TRACE_ID, diagnosis.trace_id.clone()),
        (s::UTC, diagnosis.timestamp.map(crate::model::Moment::iso)),
        (s::ERROR_CODES, codes(diagnosis)),
    ];
    let text: Vec<String> = rows
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| format!("{name}: {value}")))
        .collect();
    (!text.is_empty()).then(|| text.join("\n"))
}

fn codes(diagnosis: &Diagnosis) -> Option<String> {
    let codes: Vec<&str> = diagnosis
        .codes
        .iter()
        .map(|code| code.code.as_str())
        .collect();
    (!codes.is_empty()).then(|| codes.join(", "))
}

/// The address that `o` opens: the one under the cursor, or the first there is.
pub fn link(state: &State) -> Option<String> {
    let pane = state.pane();
    let content = state.views.content(pane);
    let here = state
        .views
        .item(pane)
        .and_then(|item| content.items.get(item))
        .and_then(|item| item.url.clone());
    let on_page = || {
        let shown = state.views.content(Pane::Diagnosis);
        shown.items.iter().find_map(|item| item.url.clone())
    };
    let first = || diagnosis(state)?.links.first().map(|link| link.url.clone());
    if pane.is_catalogue() {
        return here.or_else(|| state.catalogue.link());
    }
    here.or_else(first)
        .or_else(on_page)
        .filter(|url| url.starts_with("https://") || url.starts_with("http://"))
}
