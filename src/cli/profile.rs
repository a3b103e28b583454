//! `profile`: the profiles there are, where they are kept, and new ones out of what a person already has.

mod export;
mod import;

use std::fmt::Write as _;

use clap::{Args, Subcommand};
use serde_json::{Value as Json, json};

use super::{Common, Output, out, setup};
use crate::model::{AssertionRef, CredentialRef, Problem, Profile, RetryPolicy, Thumbprint};
use crate::ports::Ports;
use crate::settings::preferences::fingerprint_key;
use crate::settings::profiles;
use crate::strings::cli as say;

/// Arguments of `profile`.
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
    /// List the profiles
    List,
    /// Print the path of the profiles file
    Path,
    /// Read a profile out of what you already have: settings, variables, an address, code
    Import(import::Arguments),
    /// Print a profile as its entry, as settings of another program, or as the call in a library
    Export(export::Arguments),
}

/// Runs the verb; the exit code.
pub(super) fn run(common: &Common, arguments: &Arguments, ports: &Ports) -> u8 {
    out::ended(perform(common, arguments, ports))
}

fn perform(common: &Common, arguments: &Arguments, ports: &Ports) -> Result<(), Problem> {
    let path = setup::paths(common)?.profiles();
    match &arguments.what {
        Some(What::Path) => {
            out::line(&path.display().to_string());
            return Ok(());
        }
        Some(What::Import(asked)) => {
            return import::perform(asked, arguments.output, &path, ports.env.as_ref());
        }
        Some(What::Export(asked)) => {
            let state = setup::paths(common)?.state;
            let key = fingerprint_key(&state, ports.entropy.as_ref());
            return export::perform(asked, &profiles::load(&path)?, key);
        }
        Some(What::List) | None => {}
    }
    let profiles = profiles::load(&path)?;
    match arguments.output {
        Output::Json => out::document(
            &json!({ "schema": 1, "profiles": profiles.iter().map(row).collect::<Vec<_>>() }),
        ),
        Output::Text if profiles.is_empty() => {
            out::note(&say::no_profiles(&path.display().to_string()));
        }
        Output::Text => {
            let mut text = String::new();
            for profile in &profiles {
                let _ = writeln!(
                    text,
                    "{:<24} {:<18} {:<10} {} {}",
                    profile.name,
                    profile.flow.word(),
                    profile.client_kind.word(),
                    profile.client_id,
                    profile.authority.as_str()
                );
            }
            out::print(&text);
        }
    }
    Ok(())
}

/// Times in seconds.
fn retry(policy: &RetryPolicy) -> Json {
    json!({
        "attempts": policy.attempts, "base": policy.base.as_secs_f64(), "cap": policy.cap.as_secs_f64(),
        "jitter": policy.jitter, "statuses": policy.statuses, "faults": policy.faults,
        "honour_retry_after": policy.honours_retry_after,
        "budget": policy.budget.map(|budget| budget.as_secs_f64()),
    })
}

fn row(profile: &Profile) -> Json {
    let secret = match &profile.credential {
        CredentialRef::None => Json::Null,
        CredentialRef::Prompt => json!({ "prompt": true }),
        CredentialRef::Env(name) => json!({ "env": name }),
        CredentialRef::File(path) => json!({ "file": path }),
        CredentialRef::Keyring(name) => json!({ "keyring": name }),
        CredentialRef::Certificate(at) => {
            let thumbprint = at.thumbprint.as_ref().map(Thumbprint::hex);
            let file = thumbprint.is_none().then_some(&at.certificate);
            json!({
                "certificate_file": file, "key_file": at.key_file(), "thumbprint": thumbprint,
                "certificate_method": at.method.word(),
            })
        }
        CredentialRef::Assertion(AssertionRef::Env(name)) => json!({ "assertion_env": name }),
        CredentialRef::Assertion(AssertionRef::File(path)) => json!({ "assertion_file": path }),
        CredentialRef::Assertion(AssertionRef::FileOf(name)) => {
            json!({ "assertion_file_env": name })
        }
        CredentialRef::Assertion(AssertionRef::GitHub) => json!({ "assertion_from": "github" }),
    };
    json!({
        "name": profile.name, "authority": profile.authority.as_str(), "protocol": profile.authority.kind.word(),
        "client_id": profile.client_id, "kind": profile.client_kind.word(), "secret": secret,
        "scopes": profile.scopes, "flow": profile.flow.word(), "username": profile.username, "api": profile.api,
        "retry": profile.retry.as_ref().map(retry),
    })
}
