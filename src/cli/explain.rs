//! `explain`: decode anything pasted.

use std::io::{IsTerminal, Read};
use std::path::Path;

use clap::Args;

use super::{Common, Output, out, setup};
use crate::decode::jwt;
use crate::model::{Diagnosis, Problem};
use crate::ports::Ports;
use crate::redact::Redactor;
use crate::report;
use crate::session;
use crate::strings::{cli as say, report as report_say, session as session_say};

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The text, a file that holds it, or - for standard input
    text: Vec<String>,
    /// How the answer is printed
    #[arg(long, value_name = "HOW", default_value = "text")]
    output: Output,
}

/// Runs the verb; the exit code.
pub(super) fn run(common: &Common, arguments: &Arguments, ports: &Ports) -> u8 {
    let text = match read(&arguments.text) {
        Ok(text) => text,
        Err(problem) => {
            out::problem(&problem);
            return 2;
        }
    };
    let catalog = setup::catalog(common);
    if !jwt::find(&text, 1).is_empty() {
        out::note(say::HOLDS_A_TOKEN);
    }
    let text = Redactor::new([0; 16]).text(&text).into_inner();
    let now = ports.clock.now();
    match arguments.output {
        Output::Json => {
            let told = |found: Diagnosis| out::element(&report::json::explained_one(&found));
            let elements = session::explain(&text, &catalog, now, told);
            out::with_elements(&report::json::explained(), &elements);
        }
        Output::Text => {
            let told = |found: Diagnosis| report::text::diagnosis(&found);
            let texts = session::explain(&text, &catalog, now, told);
            if texts.is_empty() {
                out::line(report_say::NOTHING_FOUND);
                out::note(report_say::NOTHING_FOUND_HINT);
            } else {
                out::print(&texts.join("\n"));
            }
        }
    }
    0
}

pub(super) fn read(given: &[String]) -> Result<String, Problem> {
    let joined = given.join(" ");
    match given {
        [] => from_stdin(true),
        [dash] if dash == "-" => from_stdin(false),
        [one] if Path::new(one).is_file() => session::text_file(Path::new(one)),
        _ => Ok(joined),
    }
}

/// The text of what is named: a file, or standard input for `-`.
pub(super) fn from_named(path: &Path) -> Result<String, Problem> {
    if path == Path::new("-") {
        from_stdin(false)
    } else {
        session::text_file(path)
    }
}

pub(super) fn from_stdin(prompt: bool) -> Result<String, Problem> {
    let stdin = std::io::stdin();
    if prompt && stdin.is_terminal() {
        out::note(say::PASTE_NOW);
    }
    let mut bytes = Vec::new();
    let read = stdin.lock().take(session::LIMIT).read_to_end(&mut bytes);
    read.map_err(|error| Problem::new(error.to_string(), "-", session_say::EXPECTED_TEXT_FILE))?;
    Ok(session::text_of(&bytes))
}
