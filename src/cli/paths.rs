//! `paths`: where this installation's files are, and which of them are there.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::{Common, Output, out, setup};
use crate::strings::cli as say;

/// Arguments of `paths`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// How the answer is printed
    #[arg(long, value_name = "HOW", default_value = "text")]
    output: Output,
}

/// Runs the verb; the exit code.
pub(super) fn run(common: &Common, arguments: &Arguments) -> u8 {
    let paths = match setup::paths(common) {
        Ok(paths) => paths,
        Err(problem) => return out::ended(Err(problem)),
    };
    let mut all: Vec<(&str, &str, Option<PathBuf>)> = vec![
        ("config", say::PATH_CONFIG, Some(paths.config.clone())),
        ("settings", say::PATH_SETTINGS, Some(paths.settings())),
        ("profiles", say::PATH_PROFILES, Some(paths.profiles())),
        (
            "own-entries",
            say::PATH_OWN_ENTRIES,
            Some(paths.own_entries()),
        ),
        ("data", say::PATH_DATA, Some(paths.data.clone())),
        ("history", say::PATH_HISTORY, Some(paths.history())),
        ("lab", say::PATH_LAB, Some(paths.lab())),
        ("lab-ca", say::PATH_LAB_CA, Some(paths.lab_ca())),
        ("state", say::PATH_STATE, Some(paths.state.clone())),
        ("log", say::PATH_LOG, common.log_file.clone()),
    ];
    // A link that leads nowhere is not there either.
    let there = |path: &Option<PathBuf>| path.as_ref().is_some_and(|path| path.exists());
    match arguments.output {
        Output::Json => {
            let listed = all.iter().map(|(name, about, path)| {
                let shown = path.as_ref().map(|path| path.display().to_string());
                json!({ "name": name, "about": about, "path": shown, "exists": there(path) })
            });
            out::document(&json!({ "schema": 1, "paths": listed.collect::<Vec<_>>() }));
        }
        Output::Text => {
            all.retain(|(_, _, path)| path.is_some());
            for (name, about, path) in &all {
                let mark = if there(path) {
                    say::IS_THERE
                } else {
                    say::IS_NOT_THERE
                };
                let path = path.as_ref().map(|path| path.display().to_string());
                let path = path.unwrap_or_default();
                out::line(&format!("{name:<12} {mark:<10} {path}  ({about})"));
            }
        }
    }
    0
}
