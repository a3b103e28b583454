//! From the common flags to what a session is made of.

use std::path::Path;
use std::sync::Arc;

use super::{Common, out};
use crate::catalog::Catalog;
use crate::model::Problem;
use crate::ports::{MovableClock, Ports};
use crate::redact::Redactor;
use crate::session::{LogFile, Setup};
use crate::settings::guard::PasswordGuard;
use crate::settings::preferences::fingerprint_key;
use crate::settings::throttle::ThrottleBook;
use crate::settings::{Paths, Preferences};
use crate::strings::cli as say;

/// Where this installation's files are.
///
/// # Errors
/// A problem when the platform names no home and none was named.
pub(super) fn paths(common: &Common) -> Result<Paths, Problem> {
    Paths::find(common.config.as_deref(), common.data.as_deref())
        .ok_or_else(|| Problem::new(say::NO_HOME, "--data", say::EXPECTED_DIR))
}

/// What a session is made of.
///
/// # Errors
/// A problem that names the flag or file.
pub(super) fn session(
    common: &Common,
    ports: &Ports,
    open_browser: bool,
) -> Result<Setup, Problem> {
    let paths = paths(common)?;
    let lab_clock = Arc::new(MovableClock::new(Arc::clone(&ports.clock)));
    let mut ports = ports.clone();
    ports.clock = Arc::clone(&lab_clock) as Arc<dyn crate::ports::Clock>;
    let preferences = Preferences::load(&paths.config)?;
    let key = fingerprint_key(&paths.state, ports.entropy.as_ref());
    Ok(Setup {
        ports,
        lab_clock,
        data_dir: paths.lab(),
        lab_https: false,
        history: (!common.no_history && preferences.history).then(|| paths.history()),
        history_limit: preferences.history_limit,
        guard: PasswordGuard::new(&paths.state),
        throttle: ThrottleBook::new(&paths.state),
        saved: None,
        own_entries: own_entries(&paths.own_entries()),
        redactor: Arc::new(Redactor::new(key)),
        log: log_file(common)?,
        open_browser,
    })
}

fn log_file(common: &Common) -> Result<LogFile, Problem> {
    let Some(path) = &common.log_file else {
        return Ok(LogFile::off());
    };
    let level = common.log_level.parse().unwrap_or(tracing::Level::INFO);
    LogFile::append(path, level, common.log_personal).map_err(|error| {
        Problem::new(
            format!("{}: {error}", path.display()),
            "--log-file",
            say::EXPECTED_LOG,
        )
    })
}

/// What is known, with a person's own entries laid over it. A flaw in one of those is told and the rest goes on.
pub(super) fn catalog(common: &Common) -> Catalog {
    let mut catalog = Catalog::builtin();
    if let Ok(paths) = paths(common) {
        for (file, text) in own_entries(&paths.own_entries()) {
            if let Err(problem) = catalog.overlay(&file, &text) {
                out::problem(&problem);
            }
        }
    }
    catalog
}

/// A person's own catalogue entries: path and text of every file, in the order of their names; none if there is no
/// such directory. A file that cannot be read is told and the rest goes on.
fn own_entries(directory: &Path) -> Vec<(String, String)> {
    let Ok(listing) = std::fs::read_dir(directory) else {
        return Vec::new();
    };
    let mut files: Vec<_> = listing
        .flatten()
        .map(|entry| entry.path())
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    let read = |path: std::path::PathBuf| {
        let shown = path.display().to_string();
        match std::fs::read_to_string(&path) {
            Ok(text) => Some((shown, text)),
            Err(error) => {
                let what = error.to_string();
                out::problem(&Problem::new(what, shown, say::EXPECTED_OWN_ENTRIES));
                None
            }
        }
    };
    files.into_iter().filter_map(read).collect()
}

/// What a person set.
///
/// # Errors
/// As [`Preferences::load`].
pub(super) fn preferences(common: &Common) -> Result<Preferences, Problem> {
    Preferences::load(&paths(common)?.config)
}
