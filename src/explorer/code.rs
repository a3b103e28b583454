//! The selected run as the call that would have made it, in the language of one's choice.

use crate::model::Redacted;
use crate::report::code::{Language, code};
use crate::strings::explorer as s;

use super::rows::{Content, Role, Tie};
use super::state::State;

/// The call, or why this language has none.
pub fn written(state: &State) -> Option<Result<Redacted<String>, &'static str>> {
    let run = state.runs.shown()?;
    Some(code(&state.redactor.run(run), state.language))
}

/// The next language or the one before.
pub fn turn(state: &mut State, forward: bool) {
    let all = Language::ALL;
    let at = all.iter().position(|one| *one == state.language);
    let step = if forward { 1 } else { all.len() - 1 };
    state.language = all[(at.unwrap_or_default() + step) % all.len()];
    state.touch();
}

/// What the box shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    let mut names = Vec::new();
    for language in Language::ALL {
        names.push(if language == state.language {
            (Role::Strong, format!("[{}] ", language.title()))
        } else {
            (Role::Dim, format!(" {}  ", language.title()))
        });
    }
    let names: Vec<(Role, &str)> = names.iter().map(|(role, text)| (*role, &**text)).collect();
    out.line(0, &names);
    out.gap();
    match written(state) {
        None => out.line(0, &[(Role::Dim, s::NO_RUNS)]),
        Some(Err(why)) => out.line(0, &[(Role::Warning, why)]),
        Some(Ok(text)) => {
            for line in text.get().lines() {
                let comment = line.trim_start();
                let dim = comment.starts_with('#') || comment.starts_with("//");
                let role = if dim { Role::Dim } else { Role::Plain };
                let line = line.replace('\t', "    ");
                let indent = line.chars().take_while(|c| *c == ' ').count();
                out.item(line.clone(), Tie::Nothing);
                out.line(indent + 4, &[(role, &line)]);
            }
        }
    }
    out
}
