//! `demo`: the explorer with the lab inside it, for oneself or for others to see.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Common, Screen, try_screen};
use crate::model::{Audience, Opening, Problem, Recording};
use crate::ports::Ports;
use crate::session;
use crate::strings::cli as say;

/// What `demo` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A scenario to begin with, e.g. mfa-on-silent
    scenario: Option<String>,
    /// Serve the lab over https too, for programs of your own
    #[arg(long)]
    https: bool,
    /// Before an audience: larger, with the story and the keys below, and the lab's waits shortened
    #[arg(long, conflicts_with = "linear")]
    present: bool,
    /// Record what is drawn in a new file, as an asciicast (version 2)
    #[arg(long, value_name = "FILE", conflicts_with = "linear")]
    record: Option<PathBuf>,
}

/// What the screen starts from.
///
/// # Errors
/// No scenario has that name; or the file of the recording is there already, cannot be made, or nothing will be drawn.
pub(super) fn open(
    common: &Common,
    ports: &Ports,
    arguments: Arguments,
) -> Result<Screen, Problem> {
    let scenario = arguments.scenario;
    if let Some(name) = &scenario {
        session::known_scenario(name)?;
    }
    let title = say::record_title(scenario.as_deref());
    let mut screen = try_screen(common, ports, Opening::Demo { scenario })?;
    screen.setup.lab_https = arguments.https;
    if arguments.present {
        screen.look.audience = Audience::Present;
    }
    if let Some(path) = arguments.record {
        if screen.linear {
            let what = say::RECORD_NOTHING_DRAWN;
            return Err(Problem::new(what, "--record", say::EXPECTED_SCREEN));
        }
        make(&path)?;
        let term = ports.env.var("TERM").unwrap_or_default();
        screen.look.record = Some(Recording { path, title, term });
    }
    Ok(screen)
}

/// Makes the file. What is there already is never written over.
fn make(path: &Path) -> Result<(), Problem> {
    let made = OpenOptions::new().write(true).create_new(true).open(path);
    let shown = path.display();
    made.map(drop).map_err(|error| {
        let what = match error.kind() {
            ErrorKind::AlreadyExists => say::record_exists(&shown.to_string()),
            _ => format!("{shown}: {error}"),
        };
        Problem::new(what, "--record", say::EXPECTED_NEW_FILE)
    })
}
