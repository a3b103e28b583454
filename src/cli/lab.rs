//! `lab`: the identity provider alone.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use super::{Common, Output, out, setup};
use crate::model::{LabInfo, Problem};
use crate::ports::Ports;
use crate::session::{self, LabService};
use crate::strings::cli as say;

/// Arguments of `lab`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Listen here with https; repeat for more; port 0: any [default: 127.0.0.1:8443, or the next free port]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Vec<SocketAddr>,
    /// Serve http as well, on a port of its own
    #[arg(long)]
    http: bool,
    /// A world file instead of the built-in one
    #[arg(long, value_name = "FILE")]
    world: Option<PathBuf>,
    /// Set this scenario's world up
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
    /// How the start line is printed
    #[arg(long, value_name = "HOW", default_value = "text")]
    output: Output,
}

/// Runs the verb until interrupted; the exit code.
pub(super) fn run(common: &Common, arguments: Arguments, ports: &Ports) -> u8 {
    match serve(common, arguments, ports) {
        Ok(()) => 0,
        Err(problem) => {
            out::problem(&problem);
            2
        }
    }
}

fn serve(common: &Common, arguments: Arguments, ports: &Ports) -> Result<(), Problem> {
    if let Some(address) = arguments
        .listen
        .iter()
        .find(|address| !address.ip().is_loopback())
    {
        return Err(Problem::new(
            address.to_string(),
            "--listen",
            say::EXPECTED_LOOPBACK,
        ));
    }
    let world = match &arguments.world {
        None => None,
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|e| {
                Problem::new(
                    format!("{}: {e}", path.display()),
                    "--world",
                    say::EXPECTED_TEXT_FILE,
                )
            })?;
            Some((path.display().to_string(), text))
        }
    };
    let service = LabService {
        listen: arguments.listen,
        http: arguments.http,
        data_dir: setup::paths(common)?.lab(),
        world,
        scenario: arguments.scenario,
    };
    let output = arguments.output;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| Problem::new(e.to_string(), "lab", say::EXPECTED_LOOPBACK))?;
    runtime.block_on(session::serve(service, ports, |info| tell(info, output)))
}

fn tell(info: &LabInfo, output: Output) {
    match output {
        Output::Json => out::compact(info),
        Output::Text => out::print(&say::lab_answers(info)),
    }
}
