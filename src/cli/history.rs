//! `history`: past runs.

mod compare;

use std::fmt::Write as _;

use clap::{Args, Subcommand};
use serde_json::{Value as Json, json};

use compare::Shelf;

use super::{Common, Output, out, setup};
use crate::model::{Clean, Problem, Redacted, Run};
use crate::ports::Ports;
use crate::redact::Redactor;
use crate::report;
use crate::report::code::{self, Language};
use crate::session::{Past, PastRun};
use crate::settings::Preferences;
use crate::settings::preferences::fingerprint_key;
use crate::strings::cli as say;

/// Arguments of `history`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
    /// How the answer is printed
    #[arg(long, value_name = "HOW", default_value = "text", global = true)]
    output: Output,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List runs that hold the words: a code, an error, a correlation id, a profile, a flow
    List {
        /// The words
        query: Vec<String>,
    },
    /// Show one run
    Show {
        /// Its number in the list
        key: i64,
        /// Name people (user names) in the event log
        #[arg(long)]
        personal: bool,
        /// Print it as the call that would have made it, secrets as variables: curl, msal-python, msal-dotnet, msal-js,
        /// msal-go or azure-cli
        #[arg(long, value_name = "LANGUAGE")]
        code: Option<String>,
    },
    /// Tell how two runs differ, what that points to, and what matters first
    Compare {
        /// The first: its number in the list, or a file that `acquire --output json` wrote, here or elsewhere
        left: String,
        /// The second; `-`: standard input
        right: String,
    },
    /// Keep a run that was made elsewhere, from the file that `acquire --output json` wrote
    Import {
        /// The file; `-`: standard input
        path: String,
    },
    /// Remove every run
    Clear,
}

/// Runs the verb; the exit code.
pub(super) fn run(common: &Common, arguments: &Arguments, ports: &Ports) -> u8 {
    out::ended(perform(common, arguments, ports))
}

fn failed(error: &dyn std::error::Error) -> Problem {
    Problem::new(error.to_string(), "history", say::EXPECTED_HISTORY)
}

fn perform(common: &Common, arguments: &Arguments, ports: &Ports) -> Result<(), Problem> {
    let paths = setup::paths(common)?;
    let limit = Preferences::load(&paths.config)?.history_limit;
    let past = Past::open(&paths.history(), limit).map_err(|e| failed(&e))?;
    if let Some(warning) = &past.warning {
        out::note(warning);
    }
    let listed = |query: &str| past.list(query).map_err(|e| failed(&e));
    let redactor = || Redactor::new(fingerprint_key(&paths.state, ports.entropy.as_ref()));
    let shelf = Shelf {
        past: &past,
        common,
    };
    match &arguments.what {
        None => list(&listed("")?, arguments.output),
        Some(What::List { query }) => list(&listed(&query.join(" "))?, arguments.output),
        Some(What::Clear) => {
            past.clear().map_err(|e| failed(&e))?;
            out::note(say::HISTORY_CLEARED);
        }
        Some(What::Compare { left, right }) => {
            compare::perform(&shelf, [left, right], arguments.output, &redactor())?;
        }
        Some(What::Import { path }) => {
            let run = redactor().run(&shelf.read(path)?);
            out::line(&say::imported(past.keep(&run).map_err(|e| failed(&e))?));
        }
        Some(What::Show {
            key,
            personal,
            code,
        }) => {
            let redacted = redactor().run(&shelf.kept(*key)?);
            if let Some(word) = code {
                return as_code(&redacted, word);
            }
            match arguments.output {
                Output::Json => out::document(&report::json::run(&redacted, *personal)),
                Output::Text => out::print(&report::text::ending(redacted.get())),
            }
        }
    }
    Ok(())
}

/// Prints a run as a call.
fn as_code(run: &Redacted<Run>, word: &str) -> Result<(), Problem> {
    let wrong = |what: &str, expected: &str| Problem::new(what, "--code", expected);
    let language = Language::from_word(word).ok_or_else(|| {
        let words = Language::ALL.map(Language::word).join(", ");
        wrong(&format!("`{word}`"), &words)
    })?;
    let code = code::code(run, language).map_err(|why| wrong(why, say::EXPECTED_OTHER_CODE))?;
    out::print(code.get());
    Ok(())
}

fn list(runs: &[PastRun], output: Output) {
    match output {
        Output::Json => {
            out::document(
                &json!({ "schema": 1, "runs": runs.iter().map(row).collect::<Vec<_>>() }),
            );
        }
        Output::Text => {
            let mut text = String::new();
            for run in runs {
                let mark = if run.simulated { say::SIMULATED } else { "" };
                let _ = writeln!(
                    text,
                    "{:>5}  {}  {:<20} {:<18} {:<11} {} {} {mark}",
                    run.key,
                    run.started,
                    Clean::line(&run.profile),
                    run.flow,
                    run.outcome,
                    Clean::line(&run.error),
                    Clean::line(&run.correlation_id)
                );
            }
            out::print(&text);
        }
    }
}

fn row(run: &PastRun) -> Json {
    json!({
        "key": run.key, "started": run.started, "profile": run.profile, "flow": run.flow, "outcome": run.outcome,
        "error": run.error, "correlation_id": run.correlation_id, "simulated": run.simulated,
    })
}
