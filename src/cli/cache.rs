//! `cache`: what is in a token cache file, and what a silent call would find there. Metadata only, whoever wrote it.

use std::path::PathBuf;

use clap::Args;

use super::{Output, out};
use crate::model::cache::SilentQuestion;
use crate::model::{Authority, Problem};
use crate::ports::Ports;
use crate::report;
use crate::session;
use crate::strings::cache as say;

/// Arguments of `cache`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The file, as MSAL Python, msal-extensions or Azure CLI keep it
    path: PathBuf,
    /// The client whose silent call is asked about
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// The authority it asks; left out: where the client's tokens are from
    #[arg(long, value_name = "URL")]
    authority: Option<String>,
    /// A scope it asks for; repeat for more
    #[arg(long = "scope", value_name = "SCOPE")]
    scopes: Vec<String>,
    /// The user it asks for, by user name or home account id
    #[arg(long, value_name = "USER")]
    username: Option<String>,
    /// How the answer is printed
    #[arg(long, value_name = "HOW", default_value = "text")]
    output: Output,
}

/// Runs the verb; the exit code.
pub(super) fn run(arguments: &Arguments, ports: &Ports) -> u8 {
    out::ended(perform(arguments, ports))
}

fn perform(arguments: &Arguments, ports: &Ports) -> Result<(), Problem> {
    let now = ports.clock.now();
    let question = question(arguments)?;
    let found = session::inspect_cache(&arguments.path, question.as_ref(), now)?;
    let path = arguments.path.display().to_string();
    match arguments.output {
        Output::Json => out::document(&report::cache::json(
            &path,
            &found.storage,
            found.program,
            question.as_ref(),
        )),
        Output::Text => out::print(&report::cache::text(
            &path,
            &found.storage,
            found.program,
            question.as_ref(),
            now,
        )),
    }
    Ok(())
}

fn question(arguments: &Arguments) -> Result<Option<SilentQuestion>, Problem> {
    let Some(client_id) = arguments.client_id.clone() else {
        let more = [
            ("--authority", arguments.authority.is_some()),
            ("--scope", !arguments.scopes.is_empty()),
            ("--username", arguments.username.is_some()),
        ];
        return match more.into_iter().find(|(_, given)| *given) {
            Some((flag, _)) => Err(Problem::new(say::NEEDS_CLIENT, flag, "--client-id ID")),
            None => Ok(None),
        };
    };
    let authority = arguments.authority.as_deref().map(Authority::parse);
    let authority = authority
        .transpose()
        .map_err(|problem| problem.at("--authority"))?;
    let mut question = SilentQuestion {
        client_id,
        username: arguments.username.clone(),
        scopes: arguments.scopes.clone(),
        ..SilentQuestion::default()
    };
    if let Some(authority) = authority {
        let host = authority.host().to_ascii_lowercase();
        let with_port = authority.url().port().map(|port| format!("{host}:{port}"));
        question.environments = with_port.into_iter().chain([host]).collect();
        question.realm = authority.tenant().map(ToOwned::to_owned);
    }
    Ok(Some(question))
}
