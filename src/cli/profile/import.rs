//! `profile import`: a profile out of settings, variables, an address, a token or code.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::super::{Output, explain, out};
use super::row;
use crate::decode;
use crate::model::federated::FEDERATED_TOKEN_FILE;
use crate::model::{Authority, Problem, Sketch};
use crate::ports::Env;
use crate::settings::profiles;
use crate::strings::{cli as say, sketch as told};

/// What is read, and what is added to it.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A file, or - for standard input; without it the text is asked for
    #[arg(value_name = "PATH", conflicts_with = "env")]
    path: Option<PathBuf>,
    /// Read the variables of azure-identity in this environment (`AZURE_TENANT_ID` and so on)
    #[arg(long)]
    env: bool,
    /// The profile's name
    #[arg(long, default_value = "imported")]
    name: String,
    /// The authority, where the text does not tell it
    #[arg(long, value_name = "URL")]
    authority: Option<String>,
    /// The application (client) id, where the text does not tell it
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// Add the profile to the profiles file
    #[arg(long)]
    write: bool,
}

/// Reads, shows and, where that is asked for, keeps a profile.
///
/// # Errors
/// Nothing recognised, a part missing, a file that cannot be read or written.
pub(super) fn perform(
    asked: &Arguments,
    output: Output,
    file: &Path,
    env: &dyn Env,
) -> Result<(), Problem> {
    let sketch = sketch(asked, env)?;
    let profile = sketch.profile(&asked.name)?;
    out::note(&told::recognised(sketch.of));
    out::note(&told::authority(&profile.authority));
    if sketch.secret_left_out {
        out::note(told::SECRET_LEFT_OUT);
    }
    if asked.write {
        profiles::add(file, &profile)?;
        out::note(&told::written(&profile.name, &file.display().to_string()));
    } else {
        out::note(told::NOT_WRITTEN);
    }
    match output {
        Output::Json => out::document(&json!({ "schema": 1, "profile": row(&profile) })),
        Output::Text => out::print(&profiles::entry(&profile)),
    }
    Ok(())
}

fn sketch(asked: &Arguments, env: &dyn Env) -> Result<Sketch, Problem> {
    let text = match &asked.path {
        _ if asked.env => variables(env),
        None => explain::from_stdin(true)?,
        Some(path) => explain::from_named(path)?,
    };
    let nothing = || Problem::new(told::NOT_RECOGNISED, "PATH", told::EXPECTED_SOURCE);
    let mut sketch = decode::sketch(&text).ok_or_else(nothing)?;
    if let Some(authority) = &asked.authority {
        let parsed = Authority::parse(authority);
        sketch.authority = Some(parsed.map_err(|problem| problem.at("--authority"))?);
    }
    if let Some(id) = &asked.client_id {
        sketch.client_id = Some(id.clone());
    }
    Ok(sketch)
}

/// The variables that azure-identity reads; of those that hold a secret only that they are set.
fn variables(env: &dyn Env) -> String {
    let plain = [
        "AZURE_TENANT_ID",
        "AZURE_CLIENT_ID",
        "AZURE_AUTHORITY_HOST",
        "AZURE_USERNAME",
        "AZURE_CLIENT_CERTIFICATE_PATH",
        "AZURE_CLIENT_SEND_CERTIFICATE_CHAIN",
        FEDERATED_TOKEN_FILE,
    ];
    let secret = ["AZURE_CLIENT_SECRET", "AZURE_PASSWORD"];
    let read = |name: &&str| env.var(name).map(|value| format!("{name}={value}\n"));
    let is_set = |name: &&str| env.var(name).map(|_| format!("{name}={}\n", say::IS_SET));
    let lines = plain.iter().filter_map(read);
    lines.chain(secret.iter().filter_map(is_set)).collect()
}
