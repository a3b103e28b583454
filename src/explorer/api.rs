//! Calling an API with the token of the selected run: again as before, or at an address that is typed.

use crate::model::{ApiCall, Outcome, Run, RunId};
use crate::session::Command;
use crate::strings::explorer as s;

use super::message::{Effect, Effects};
use super::search;
use super::state::State;

/// The call that was typed last, and for which run.
pub type Typed = Option<(RunId, ApiCall)>;

/// The selected run, if it holds a token that an API can be called with.
fn granted(state: &State) -> Option<&Run> {
    let run = &state.runs.selected()?.run;
    let usable = run.outcome() == Some(Outcome::Granted) && !run.from_history;
    usable.then_some(run)
}

/// The call that was typed last for the selected run.
fn typed(state: &State) -> Option<&ApiCall> {
    let run = granted(state)?;
    let (of, call) = state.typed_call.as_ref()?;
    (*of == run.id).then_some(call)
}

/// Whether there is a token and an API to call with it.
pub fn can_call(state: &State) -> bool {
    granted(state).is_some_and(|run| run.spec.api.is_some()) || typed(state).is_some()
}

/// Whether there is a token that another API can be called with.
pub fn can_call_other(state: &State) -> bool {
    granted(state).is_some()
}

/// Calls again: what was typed last, else what the run names.
pub fn again(state: &State) -> Effects {
    let command = match (granted(state), typed(state)) {
        (Some(run), Some(call)) => Command::CallOther(run.id, Box::new(call.clone())),
        (Some(run), None) => Command::CallApi(run.id),
        (None, _) => return Vec::new(),
    };
    vec![Effect::Ask(command)]
}

/// Opens the line for another address, beginning with the one that was called last.
pub fn propose(state: &mut State) {
    let own = granted(state).and_then(|run| run.spec.api.as_ref());
    let call = typed(state).or(own);
    let start = call.map(|call| format!("{} {}", call.method.word(), call.url));
    search::call(state, start.unwrap_or_else(|| "GET https://".to_owned()));
}

/// Makes the call that was typed; headers and body stay those of the run's own call where it is the same address.
pub fn submit(state: &mut State, words: &str) -> Effects {
    state.touch();
    let Some(run) = granted(state) else {
        return Vec::new();
    };
    let id = run.id;
    let own = run.spec.api.clone();
    match ApiCall::parse(words) {
        Ok(call) => {
            let like = own.filter(|own| own.url == call.url && own.method == call.method);
            let call = like.unwrap_or(call);
            state.typed_call = Some((id, call.clone()));
            state.say(s::CALLING);
            vec![Effect::Ask(Command::CallOther(id, Box::new(call)))]
        }
        Err(problem) => {
            state.warn(format!("{}: {}", problem.what, problem.expected));
            Vec::new()
        }
    }
}
