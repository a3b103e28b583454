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
    all(&[text.as_str()]);
}

/// Writes what the program made of itself and another program reads: as it is.
pub(super) fn own(bytes: &[u8]) {
    bytes_of(&[bytes]);
}

fn all(pieces: &[&str]) {
    let pieces: Vec<&[u8]> = pieces.iter().map(|piece| piece.as_bytes()).collect();
    bytes_of(&pieces);
}

fn bytes_of(pieces: &[&[u8]]) {
    let mut stdout = io::stdout().lock();
    let wrote = pieces.iter().try_for_each(|piece| stdout.write_all(piece));
    if wrote.and_then(|()| stdout.flush()).is_err() {
        std::process::exit(0);
    }
}

/// A line on stdout.
pub(super) fn line(text: &str) {
    print(&format!("{text}\n"));
}

/// A JSON document on stdout; nothing in it acts on a terminal.
pub(super) fn document(value: &impl serde::Serialize) {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    write(&Clean::json(&(text + "\n")));
}

/// One element of the list of a document, made safe and set in.
pub(super) fn element(value: &impl serde::Serialize) -> Clean {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    Clean::json(&text.replace('\n', "\n    "))
}

/// A JSON document on stdout whose list is empty in `frame`, with these elements in it.
pub(super) fn with_elements(frame: &Json, elements: &[Clean]) {
    let text = serde_json::to_string_pretty(frame).unwrap_or_default();
    let Some((before, after)) = text.split_once("[]").filter(|_| !elements.is_empty()) else {
        return document(frame);
    };
    let mut pieces = vec![before, "[\n    "];
    for (index, element) in elements.iter().enumerate() {
        if index > 0 {
            pieces.push(",\n    ");
        }
        pieces.push(element.as_str());
    }
    pieces.extend(["\n  ]", after, "\n"]);
    all(&pieces);
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

/// The exit code of a verb that was done, or whose problem is told here.
pub(super) fn ended(done: Result<(), Problem>) -> u8 {
    match done {
        Ok(()) => 0,
        Err(found) => {
            problem(&found);
            2
        }
    }
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
