//! `claims`: a claims challenge explained, and written as each library and tool takes it.

use std::path::Path;

use clap::Args;

use super::{Output, explain, out};
use crate::model::Problem;
use crate::report;
use crate::session;
use crate::strings::claims as say;

/// Arguments of `claims`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A file that holds it, the text itself, or - for standard input
    text: Vec<String>,
    /// A capability that the client declares, e.g. cp1; repeat for more
    #[arg(long = "capability", value_name = "NAME")]
    capabilities: Vec<String>,
    /// How the answer is printed
    #[arg(long, value_name = "HOW", default_value = "text")]
    output: Output,
}

/// Runs the verb; the exit code.
pub(super) fn run(arguments: &Arguments) -> u8 {
    let read = explain::read(&arguments.text);
    let views = match read.and_then(|text| session::claims(&text, &arguments.capabilities)) {
        Ok(views) => views,
        Err(problem) => {
            out::problem(&problem);
            return 2;
        }
    };
    match arguments.output {
        Output::Json => out::document(&report::claims::document(&views)),
        Output::Text if views.is_empty() => out::note(say::NONE),
        Output::Text => out::print(&report::claims::text(&views)),
    }
    u8::from(views.is_empty())
}

/// The claims request of a file, as JSON text.
///
/// # Errors
/// A file that cannot be read, or holds none or several different ones.
pub(super) fn from(path: &Path) -> Result<String, Problem> {
    let views = explain::from_named(path).and_then(|text| session::claims(&text, &[]));
    let views = views.map_err(|problem| problem.at("--claims-from"))?;
    let wrong = |what: &str| Problem::new(what, "--claims-from", say::EXPECTED);
    match views.as_slice() {
        [one] => Ok(one.claims.to_string()),
        [] => Err(wrong(say::NONE)),
        _ => Err(wrong(say::SEVERAL)),
    }
}
