//! Where the tokens are: files, standard input, variables, the prompt.

use std::io::IsTerminal as _;
use std::path::Path;

use super::super::{explain, prompt};
use crate::decode::jwt;
use crate::model::{Problem, Secret, SecretKind};
use crate::settings::credentials::{self, Places, Source};
use crate::strings::cli as say;

/// Two tokens can be compared, and no more.
const MOST: usize = 2;

/// The tokens that are meant, in order: one or two.
pub(super) fn tokens(
    paths: &[String],
    variables: &[String],
    places: Places<'_>,
) -> Result<Vec<Secret>, Problem> {
    let inputs = paths.iter().filter(|path| *path == "-").count();
    if paths.len() + variables.len() > MOST || inputs > 1 {
        return Err(Problem::new(
            say::TOO_MANY_TOKENS,
            "PATH",
            say::EXPECTED_TOKENS,
        ));
    }
    // What is no file may be the token itself: it is never repeated.
    let literal = |path: &&String| *path != "-" && !Path::new(path.as_str()).is_file();
    if let Some(text) = paths.iter().find(literal) {
        return Err(if jwt::looks_like_one(text) {
            Problem::new(
                say::TOKEN_IN_ARGUMENT,
                "PATH",
                say::EXPECTED_TOKEN_ELSEWHERE,
            )
        } else {
            Problem::new(say::NO_TOKEN_FILE, "PATH", say::EXPECTED_TOKEN_ELSEWHERE)
        });
    }
    let mut found = Vec::new();
    for path in paths {
        found.push(secret(&explain::from_named(Path::new(path))?, path)?);
    }
    for name in variables {
        let kind = SecretKind::AccessToken;
        let value =
            credentials::fetch(Source::Env(name), kind, places).map_err(|problem| Problem {
                at: format!("--env {}", problem.at).trim_end().to_owned(),
                ..problem
            })?;
        found.push(secret(value.reveal(), name)?);
    }
    if found.is_empty() {
        found.push(asked()?);
    }
    Ok(found)
}

fn asked() -> Result<Secret, Problem> {
    if !std::io::stdin().is_terminal() {
        return secret(&explain::from_stdin(false)?, "-");
    }
    let typed = prompt::secret(
        SecretKind::AccessToken,
        say::ASK_TOKEN,
        say::EXPECTED_TOKENS,
    )?;
    secret(typed.reveal(), "-")
}

/// The token of a text: the text itself, or the first token that stands in it.
fn secret(text: &str, at: &str) -> Result<Secret, Problem> {
    let whole = jwt::bare(text);
    if whole.is_empty() {
        return Err(Problem::new(say::NO_TOKEN, at, say::EXPECTED_TOKENS));
    }
    let inside = jwt::find(text, 1).first().copied();
    let token = if jwt::looks_like_one(whole) {
        whole
    } else {
        inside.unwrap_or(whole)
    };
    Ok(Secret::new(SecretKind::AccessToken, token))
}
