//! A question only the person can answer while a run is under way: what is typed is never shown.

use zeroize::Zeroizing;

use crate::model::run::Question;
use crate::model::{Activity, RunId, Secret, SecretKind};
use crate::session::Command;
use crate::strings::explorer as s;

use super::act::plain_char;
use super::key::{Code, Key};
use super::message::{Effect, Effects};
use super::pane::Pane;
use super::rows::{Content, Role, Tie};
use super::state::State;
use super::world;

/// What is being asked and what was typed so far.
#[derive(Default)]
pub struct Ask {
    question: Option<(RunId, Question)>,
    typed: Zeroizing<String>,
}

/// Opens or closes the question as the run's activity says.
pub fn follow(state: &mut State, run: RunId, activity: Option<&Activity>) {
    if let Some(Activity::Asking(question)) = activity {
        state.ask.question = Some((run, *question));
        state.ask.typed = Zeroizing::default();
        // Whoever plays on by one key lets the lab's user answer.
        if !(state.play.leads() && simulated(state)) {
            state.push(Pane::Ask);
        }
    } else if state.ask.question.is_some_and(|(asked, _)| asked == run) {
        state.ask.question = None;
        state.ask.typed = Zeroizing::default();
        state.close(Pane::Ask);
    }
}

/// A key while typing.
pub fn typed(state: &mut State, key: Key) {
    match key.code {
        Code::Backspace => {
            state.ask.typed.pop();
        }
        _ => {
            if let Some(c) = plain_char(key) {
                state.ask.typed.push(c);
            } else if key.ctrl && key.code == Code::Char('u') {
                state.ask.typed = Zeroizing::default();
            }
        }
    }
    state.touch();
}

/// Pasted text: up to the first line end. The XML of an assertion has several lines, and each byte of it counts.
pub fn pasted(state: &mut State, text: &str) {
    let whole = matches!(state.ask.question, Some((_, Question::SamlAssertion)));
    let line = text.lines().next().unwrap_or_default();
    state.ask.typed.push_str(if whole { text } else { line });
    state.touch();
}

/// Sends the answer.
pub fn submit(state: &mut State) -> Effects {
    let Some((run, question)) = state.ask.question else {
        state.close(Pane::Ask);
        return Vec::new();
    };
    if state.ask.typed.is_empty() {
        if state.selected_id() == Some(run) && simulated(state) {
            state.close(Pane::Ask);
            state.touch();
            return world::complete(state);
        }
        state.say(s::NOTHING_TYPED);
        return Vec::new();
    }
    let kind = match question {
        Question::ClientSecret => SecretKind::ClientSecret,
        Question::Password => SecretKind::Password,
        Question::RefreshToken => SecretKind::RefreshToken,
        Question::IncomingToken | Question::SubjectToken | Question::ActorToken => {
            SecretKind::AccessToken
        }
        Question::Assertion | Question::SamlAssertion | Question::UserCredential => {
            SecretKind::Assertion
        }
    };
    let answer = Secret::new(kind, state.ask.typed.as_str());
    state.ask.question = None;
    state.ask.typed = Zeroizing::default();
    state.close(Pane::Ask);
    state.touch();
    vec![Effect::Ask(Command::Answer(run, answer))]
}

/// Closes the question; the run goes on waiting and can be cancelled with Esc, or asked again with Enter.
pub fn cancel(state: &mut State) {
    state.ask.typed = Zeroizing::default();
    state.close(Pane::Ask);
}

/// Shows the question again.
pub fn reopen(state: &mut State) {
    if state.ask.question.is_some() {
        state.push(Pane::Ask);
        state.touch();
    }
}

fn simulated(state: &State) -> bool {
    let run = state.ask.question.and_then(|(run, _)| state.runs.get(run));
    run.is_some_and(|entry| entry.run.simulated)
}

/// What the box shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    let Some((_, question)) = state.ask.question else {
        return out;
    };
    out.item(String::new(), Tie::Nothing);
    out.line(0, &[(Role::Strong, s::question(question))]);
    out.line(0, &[(Role::Dim, s::QUESTION_HIDDEN)]);
    if simulated(state) {
        let words = s::question_in_the_lab(world::next_act_words(state));
        out.line(0, &[(Role::Plain, &words)]);
    }
    out.gap();
    let count = state.ask.typed.chars().count().min(width.saturating_sub(3));
    let dots = "•".repeat(count);
    out.caret = Some((out.rows.len(), 2 + count));
    out.line(0, &[(Role::Label, "> "), (Role::Secret, &dots)]);
    out
}
