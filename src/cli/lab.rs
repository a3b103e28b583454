//! `lab`: the identity provider alone.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Common, Output, out, setup};
use crate::model::{LabInfo, Problem, WorldChange};
use crate::ports::Ports;
use crate::session::{self, LabService};
use crate::strings::{cli as say, session as session_say};

/// Arguments of `lab`.
#[derive(Debug, Args)]
#[command(after_help = say::LAB_CONTROL_HELP)]
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
    /// Switch a policy of the world on; repeat for more
    #[arg(long = "policy", value_name = "NAME")]
    policies: Vec<String>,
    /// Change a setting: "user bo@contoso.example locked yes"; repeat for more
    #[arg(long = "set", value_name = "WORDS")]
    settings: Vec<String>,
    /// Answer with a code: "50076 3 times for contoso-desktop at token"; repeat for more
    #[arg(long = "force", value_name = "WORDS")]
    forced: Vec<String>,
    /// Break below the protocol: "latency 3s at token on"; repeat for more
    #[arg(long = "fault", value_name = "WORDS")]
    faults: Vec<String>,
    /// Open the control API (see below); its address and token are printed
    #[arg(long)]
    control: bool,
    /// Serve https with this certificate chain instead of one by the lab's authority
    #[arg(long, value_name = "PEM", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The private key of --tls-cert
    #[arg(long, value_name = "PEM", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
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
                    session_say::EXPECTED_TEXT_FILE,
                )
            })?;
            Some((path.display().to_string(), text))
        }
    };
    let changes = changes(&arguments)?;
    let certificate = match (&arguments.tls_cert, &arguments.tls_key) {
        (Some(chain), Some(key)) => Some((read(chain, "--tls-cert")?, read(key, "--tls-key")?)),
        _ => None,
    };
    let service = LabService {
        changes,
        control: arguments.control,
        certificate,
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

/// The changes that are made at the start, in the order of the flags' names.
fn changes(arguments: &Arguments) -> Result<Vec<WorldChange>, Problem> {
    let policies: Vec<String> = arguments
        .policies
        .iter()
        .map(|name| format!("{name} on"))
        .collect();
    let all = [
        ("policy", &policies, say::EXPECTED_LAB_POLICY),
        ("set", &arguments.settings, say::EXPECTED_LAB_SET),
        ("force", &arguments.forced, say::EXPECTED_LAB_FORCE),
        ("fault", &arguments.faults, say::EXPECTED_LAB_FAULT),
    ];
    let mut changes = Vec::new();
    for (verb, list, expected) in all {
        for words in list {
            let change = WorldChange::parse(&format!("{verb} {words}"));
            let problem = || Problem::new(format!("`{words}`"), format!("--{verb}"), expected);
            changes.push(change.ok_or_else(problem)?);
        }
    }
    Ok(changes)
}

fn read(path: &Path, flag: &str) -> Result<Vec<u8>, Problem> {
    std::fs::read(path).map_err(|e| {
        let what = format!("{}: {e}", path.display());
        Problem::new(what, flag, session_say::EXPECTED_TEXT_FILE)
    })
}

fn tell(info: &LabInfo, output: Output) {
    match output {
        Output::Json => out::compact(info),
        Output::Text => out::print(&say::lab_answers(info)),
    }
}
