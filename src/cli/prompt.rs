//! Asking at the terminal. Nothing typed here is echoed or kept.

use std::io::{self, IsTerminal, Write};

use crate::model::{Problem, Secret, SecretKind};
use crate::strings::cli as say;

/// Asks for a secret without echo.
///
/// # Errors
/// A problem when there is no terminal to ask at.
pub(super) fn secret(kind: SecretKind, question: &str, instead: &str) -> Result<Secret, Problem> {
    let missing = || {
        Problem::new(
            say::no_terminal(kind.word()),
            instead.split(' ').next().unwrap_or_default(),
            instead,
        )
    };
    if !io::stdin().is_terminal() {
        return Err(missing());
    }
    let typed = rpassword::prompt_password(format!("{question}: ")).map_err(|_| missing())?;
    Ok(Secret::new(kind, typed))
}

/// Whether there is a terminal to ask at.
pub(super) fn is_possible() -> bool {
    io::stdin().is_terminal()
}

/// Asks yes or no; no terminal means no.
pub(super) fn confirm(question: &str) -> bool {
    if !io::stdin().is_terminal() {
        return false;
    }
    let mut stderr = io::stderr().lock();
    let _ = write!(stderr, "{question} [y/N] ");
    let _ = stderr.flush();
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).is_ok() && answer.trim().eq_ignore_ascii_case("y")
}
