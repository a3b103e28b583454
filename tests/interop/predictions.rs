//! What `predict` says, against what MSAL Python, azure-identity and MSAL Node do: every row of the table is served to
//! all three, byte for byte, and each thing that they did is compared with the prediction for those bytes.

mod answers;
mod reading;
mod row;
mod rows;

use std::collections::HashMap;
use std::process::Command;

use serde_json::{Value, json};

use crate::harness::endpoint::Endpoint;
use crate::harness::kit;
use crate::harness::program::Program;
use crate::judge::Observed;
use row::Row;

/// What is read where no reply came.
pub use reading::fault as no_reply;

/// The libraries that can be run, and in which of their calls.
const LIBRARIES: [(&str, &[&str]); 3] = [
    (
        "msal-python",
        &[
            "client-credentials",
            "silent",
            "silent-with-error",
            "interactive",
            "refresh-token",
            "password",
            "device-code",
            "redirect",
        ],
    ),
    (
        "azure-identity",
        &[
            "client-credentials",
            "silent",
            "silent-prompting",
            "interactive",
            "code",
            "password",
            "device-code",
            "redirect",
        ],
    ),
    (
        "msal-js",
        &[
            "client-credentials",
            "silent",
            "interactive",
            "refresh-token",
            "password",
            "device-code",
            "redirect",
        ],
    ),
];

/// How many jobs a process has in hand at a time.
const SIDE_BY_SIDE: usize = 24;

/// One row, asked for by one library in one of its calls.
struct Job<'a> {
    id: String,
    library: &'static str,
    flow: &'static str,
    row: &'a Row,
}

impl Job<'_> {
    fn line(&self) -> Value {
        json!({
            "id": self.id, "library": self.library, "flow": self.flow, "redirect": self.row.redirect,
            "calls": if self.row.terms.once { 1 } else { 2 },
        })
    }
}

fn jobs(rows: &[Row]) -> Vec<Job<'_>> {
    let mut jobs = Vec::new();
    for row in rows {
        for (library, flows) in LIBRARIES {
            for flow in flows
                .iter()
                .copied()
                .filter(|flow| row.calls(library, flow))
            {
                let id = format!("app-{}", jobs.len());
                jobs.push(Job {
                    id,
                    library,
                    flow,
                    row,
                });
            }
        }
    }
    jobs
}

/// What one process has to say about all its jobs.
fn observe(mut program: Program, jobs: &[&Job<'_>]) -> HashMap<String, Value> {
    for job in jobs {
        program.say(&job.line().to_string());
    }
    let finished = program.finish();
    assert_eq!(finished.code, 0, "{}", finished.stderr);
    let lines = finished.stdout.lines();
    let said = lines.map(|line| {
        let said: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        (said["id"].as_str().unwrap_or_default().to_owned(), said)
    });
    said.collect()
}

/// Serves every job of one kind of process.
fn play(endpoint: &Endpoint, mut command: Command, jobs: &[&Job<'_>]) -> HashMap<String, Value> {
    let argument =
        json!({ "ca": endpoint.ca(), "host": endpoint.host, "side_by_side": SIDE_BY_SIDE });
    command
        .arg(argument.to_string())
        .env("NODE_EXTRA_CA_CERTS", endpoint.ca());
    observe(Program::start(&mut command), jobs)
}

#[test]
fn every_prediction_is_what_the_library_does() {
    let endpoint = Endpoint::start();
    let rows = rows::all(&endpoint.other);
    let jobs = jobs(&rows);
    for job in &jobs {
        endpoint.stage(&job.id, job.row.play(job.flow));
    }
    let (js, python): (Vec<_>, Vec<_>) = jobs.iter().partition(|job| job.library == "msal-js");
    let seen = std::thread::scope(|scope| {
        let node = scope.spawn(|| play(&endpoint, kit::node("outcomes.mjs"), &js));
        let mut seen = play(&endpoint, kit::python("outcomes.py"), &python);
        seen.extend(node.join().expect("Node's jobs end"));
        seen
    });
    let mut wrong = Vec::new();
    for job in &jobs {
        let predicted = reading::predicted(job.row, job.library, job.flow);
        let differences =
            Observed::of(&seen[&job.id]).differences(&predicted, &job.row.terms, job.flow);
        let named = |difference| {
            let Job {
                library, flow, row, ..
            } = job;
            format!("{} · {library} · {flow}: {difference}", row.name)
        };
        wrong.extend(differences.into_iter().map(named));
    }
    let of = jobs.len();
    assert!(
        wrong.is_empty(),
        "{} differences in {of} jobs:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
