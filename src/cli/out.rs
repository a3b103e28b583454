//! Everything the command line prints. A closed stdout ends the program quietly.

use std::io::{self, Write};

use serde_json::Value as Json;

use crate::model::{Clean, Problem};

/// Writes text for people to stdout, made safe for the terminal.
pub(super) fn print(text: &str) {
    write(&Clean::block(text));
}

/// Writes to stdout; when nobody reads any more the program ends without a word.
fn write(text: &Clean) {
    let text = text.as_str();
    let mut stdout = io::stdout().lock();
    if stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
        .is_err()
    {
        std::process::exit(0);
    }
}

/// A line on stdout.
pub(super) fn line(text: &str) {
    print(&format!("{text}\n"));
}

/// A JSON document on stdout; nothing in it acts on a terminal.
pub(super) fn document(json: &Json) {
    serialized(json);
}

/// A JSON document on stdout, from what can be serialised; nothing in it acts on a terminal.
pub(super) fn serialized(value: &impl serde::Serialize) {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    write(&Clean::json(&(text + "\n")));
}

/// A JSON document in one line on stdout.
pub(super) fn compact(value: &impl serde::Serialize) {
    let text = serde_json::to_string(value).unwrap_or_default();
    write(&Clean::json(&format!("{text}\n")));
}

/// A line on stderr, made safe for the terminal.
pub(super) fn note(text: &str) {
    let mut stderr = io::stderr().lock();
    // Where stderr is closed there is nobody to tell.
    let _ = writeln!(stderr, "{}", Clean::block(text));
}

/// A problem on stderr: what, where, what was expected.
pub(super) fn problem(problem: &Problem) {
    note(&crate::strings::cli::problem(
        &problem.at,
        &problem.what,
        &problem.expected,
    ));
}

/// Clap's own help, version or complaint, to the stream it belongs on.
pub(super) fn clap_message(error: &clap::Error) {
    let text = error.render().to_string();
    if error.use_stderr() {
        note(text.trim_end());
    } else {
        print(&text);
    }
}
