//! `keyring`: puts a secret into the system's keyring under a name, takes one out, shows the names.

use std::io::Read as _;

use clap::{Args, Subcommand};
use serde_json::json;
use zeroize::Zeroizing;

use super::{Output, out, prompt};
use crate::model::{Problem, Secret, SecretKind};
use crate::ports::Ports;
use crate::settings::credentials::{keyring_name, keyring_problem};
use crate::strings::keyring as say;

/// The most that is read from standard input, in bytes.
const MOST: u64 = 64 << 10;

/// Arguments of `keyring`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Keep a secret under a name; it is read at the prompt or from standard input
    Set {
        /// The name, for `--client-secret-keyring NAME` and its like
        name: String,
    },
    /// Forget what is kept under a name
    Remove {
        /// The name
        name: String,
    },
    /// The names under which something is kept, never what it is
    List {
        /// How the answer is printed
        #[arg(long, value_name = "HOW", default_value = "text")]
        output: Output,
    },
}

/// Runs the verb; the exit code.
pub(super) fn run(arguments: &Arguments, ports: &Ports) -> u8 {
    out::ended(perform(arguments, ports))
}

fn perform(arguments: &Arguments, ports: &Ports) -> Result<(), Problem> {
    let keyring = ports.keyring.as_ref();
    match &arguments.what {
        What::Set { name } => {
            keyring_name(name)?;
            let secret = given(name)?;
            let kept = keyring.set(name, &secret);
            kept.map_err(|fault| keyring_problem(&fault, name))?;
            out::note(&say::kept(name));
        }
        What::Remove { name } => {
            keyring_name(name)?;
            let removed = keyring.remove(name);
            removed.map_err(|fault| keyring_problem(&fault, name))?;
            out::note(&say::removed(name));
        }
        What::List { output } => {
            let names = keyring.names();
            let names = names.map_err(|fault| keyring_problem(&fault, "list"))?;
            match (output, names) {
                (Output::Json, names) => out::document(&json!({ "schema": 1, "names": names })),
                (Output::Text, None) => out::note(say::CANNOT_LIST),
                (Output::Text, Some(names)) if names.is_empty() => out::note(say::EMPTY),
                (Output::Text, Some(names)) => names.iter().for_each(|name| out::line(name)),
            }
        }
    }
    Ok(())
}

/// What is to be kept: typed without echo, or all of standard input without its line end.
fn given(name: &str) -> Result<Secret, Problem> {
    let kind = SecretKind::Other;
    let secret = if prompt::is_possible() {
        prompt::secret(kind, &say::ask(name), say::EXPECTED_INPUT)?
    } else {
        let mut text = Zeroizing::new(String::with_capacity(4096));
        let read = std::io::stdin().lock().take(MOST).read_to_string(&mut text);
        read.map_err(|error| Problem::new(error.to_string(), "-", say::EXPECTED_INPUT))?;
        Secret::new(kind, text.trim_end_matches(['\r', '\n']))
    };
    if secret.is_empty() {
        return Err(Problem::new(say::NOTHING_GIVEN, name, say::EXPECTED_INPUT));
    }
    Ok(secret)
}
