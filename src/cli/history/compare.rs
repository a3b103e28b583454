//! Two runs beside each other, from the history or from files.

use std::path::Path;

use serde_json::json;

use super::super::{Common, Output, differing, explain, out, setup};
use crate::compare;
use crate::model::{Clean, Problem, Run};
use crate::redact::Redactor;
use crate::report;
use crate::session::{self, Past};
use crate::strings::{cli as say, compare as words};

/// Where runs are found: in the history, by number, and in files.
pub(super) struct Shelf<'a> {
    pub past: &'a Past,
    pub common: &'a Common,
}

impl Shelf<'_> {
    /// The run of a number, or of a file.
    ///
    /// # Errors
    /// If there is none, or the file holds none.
    pub(super) fn run(&self, named: &str) -> Result<Run, Problem> {
        match named.parse() {
            Ok(key) if !Path::new(named).is_file() => self.kept(key),
            _ => self.read(named),
        }
    }

    /// A run of the history.
    ///
    /// # Errors
    /// If there is none of this number.
    pub(super) fn kept(&self, key: i64) -> Result<Run, Problem> {
        let found = self.past.run(key, &setup::catalog(self.common));
        let found = found.map_err(|e| super::failed(&e))?;
        found.ok_or_else(|| Problem::new(key.to_string(), "KEY", say::EXPECTED_KEY))
    }

    /// A run of a file, or of standard input.
    ///
    /// # Errors
    /// If it cannot be read, or holds no run.
    pub(super) fn read(&self, path: &str) -> Result<Run, Problem> {
        let text = explain::from_named(Path::new(path))?;
        let (run, place) = report::read::run(&text, path)?;
        Ok(session::judged(run, place, &setup::catalog(self.common)))
    }
}

/// Tells how two runs differ.
///
/// # Errors
/// If one of them cannot be had.
pub(super) fn perform(
    shelf: &Shelf<'_>,
    named: [&str; 2],
    output: Output,
    redactor: &Redactor,
) -> Result<(), Problem> {
    let [left, right] = named;
    if left == "-" && right == "-" {
        return Err(Problem::new("-", "RIGHT", say::EXPECTED_ONE_INPUT));
    }
    let (first, second) = (shelf.run(left)?, shelf.run(right)?);
    let mut found = compare::runs(&first, &second);
    let clue = compare::clue(&first, &second, &found);
    differing::redact(&mut found, redactor);
    match output {
        Output::Json => out::document(&json!({
            "schema": 1,
            "runs": [side(&first), side(&second)],
            "points_to": clue,
            "differences": differing::json(&found),
        })),
        Output::Text => {
            let mut text = String::new();
            for (label, run) in [(words::FIRST, &first), (words::SECOND, &second)] {
                text.push_str(&words::run(label, &line(run)));
            }
            if !clue.is_empty() {
                text.push_str(&words::points_to(&clue));
            }
            text.push('\n');
            text.push_str(&differing::text(&found));
            out::print(&text);
        }
    }
    Ok(())
}

fn side(run: &Run) -> serde_json::Value {
    json!({
        "started": run.started.iso(), "flow": run.flow().word(), "outcome": run.outcome().map(crate::model::Outcome::word),
        "authority": run.spec.authority.as_str(), "client_id": run.spec.client_id, "simulated": run.simulated,
    })
}

/// When, how and what came of it.
fn line(run: &Run) -> String {
    let outcome = run.outcome();
    let code = run.diagnosis().and_then(|diagnosis| {
        let code = diagnosis.codes.first().map(|view| view.code.as_str());
        code.or(diagnosis.error.as_deref())
    });
    let words = [
        run.started.iso(),
        run.flow().word().to_owned(),
        outcome.map_or("", crate::model::Outcome::word).to_owned(),
        code.unwrap_or_default().to_owned(),
        if run.simulated { say::SIMULATED } else { "" }.to_owned(),
    ];
    let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
    Clean::line(&words.join(" ")).to_string()
}
