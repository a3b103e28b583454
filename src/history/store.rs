//! The database file: opening, setting aside, saving, listing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OptionalExtension as _, params, params_from_iter};

use super::record::{PastRun, Record};
use crate::model::{Place, Redacted, Run};
use crate::strings::history as say;

/// The layout's number. A file with a higher one was written by a newer program.
const LAYOUT: i64 = 1;
/// How long a busy database is waited for.
const BUSY: Duration = Duration::from_secs(5);
/// How long before what `SQLite` does not wait for is tried again.
const AGAIN: Duration = Duration::from_millis(5);
/// How many runs a listing holds at most.
const LISTED: i64 = 1000;

const TABLES: &str = "
    CREATE TABLE run (
        key INTEGER PRIMARY KEY,
        started INTEGER NOT NULL,
        profile TEXT NOT NULL,
        flow TEXT NOT NULL,
        outcome TEXT NOT NULL,
        error TEXT NOT NULL,
        correlation TEXT NOT NULL,
        simulated INTEGER NOT NULL,
        record TEXT NOT NULL
    );
    CREATE INDEX run_started ON run (started);
";

/// What a word is looked for in.
const TEXT: &str =
    "error || ' ' || correlation || ' ' || profile || ' ' || flow || ' ' || outcome || ' ' ||
    strftime('%Y-%m-%d %H:%M:%S', started / 1000, 'unixepoch')";

/// A pattern for whatever holds a word.
fn like(word: &str) -> String {
    let escaped = word.replace('\\', "\\\\").replace('%', "\\%");
    format!("%{}%", escaped.replace('_', "\\_"))
}

/// What can go wrong with the history.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The file system said no.
    #[error("cannot {operation} {}: {source}", path.display())]
    Io {
        /// What was attempted.
        operation: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The database said no.
    #[error("{}: {source}", path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: rusqlite::Error,
    },
    /// A stored run cannot be read.
    #[error("run {key} in {} cannot be read: {source}", path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// The run's key.
        key: i64,
        /// Why not.
        source: serde_json::Error,
    },
}

/// An open history.
pub struct Store {
    path: PathBuf,
    keep: usize,
    database: Connection,
}

impl Store {
    /// Opens the history, making it if there is none. `keep`: how many runs stay. A file that is corrupt or newer is
    /// set aside beside its place; the sentence that says so comes along.
    ///
    /// # Errors
    /// When neither the file nor a new one in its place can be used.
    pub fn open(path: &Path, keep: usize) -> Result<(Self, Option<String>), HistoryError> {
        make_directory(path)?;
        close_to_others(path)?;
        let mut warning = None;
        let database = match connect(path) {
            Ok(Some(database)) => database,
            Ok(None) => {
                warning = Some(say::newer(&set_aside(path, "newer")?.display().to_string()));
                fresh(path)?
            }
            Err(source) if is_corrupt(&source) => {
                warning = Some(say::corrupt(
                    &set_aside(path, "corrupt")?.display().to_string(),
                ));
                fresh(path)?
            }
            Err(source) => {
                return Err(HistoryError::Database {
                    path: path.to_path_buf(),
                    source,
                });
            }
        };
        Ok((
            Self {
                path: path.to_path_buf(),
                keep,
                database,
            },
            warning,
        ))
    }

    fn failed(&self, source: rusqlite::Error) -> HistoryError {
        HistoryError::Database {
            path: self.path.clone(),
            source,
        }
    }

    /// Keeps a run and lets the oldest go when there are too many. An ended run that is saved again (its API was
    /// called) is told by its key.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn save(&self, run: &Redacted<Run>, again: Option<i64>) -> Result<i64, HistoryError> {
        let record = Record::of(run);
        let text = serde_json::to_string(&record).unwrap_or_default();
        let row = PastRun::of(run.get());
        let values = params![
            again,
            run.get().started.millis(),
            row.profile,
            row.flow,
            row.outcome,
            row.error,
            row.correlation_id,
            row.simulated,
            text
        ];
        self.database
            .execute(
                "INSERT OR REPLACE INTO run VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                values,
            )
            .map_err(|e| self.failed(e))?;
        let key = self.database.last_insert_rowid();
        let keep = i64::try_from(self.keep).unwrap_or(i64::MAX);
        self.database
            .execute("DELETE FROM run WHERE key NOT IN (SELECT key FROM run ORDER BY started DESC, key DESC LIMIT ?1)", [keep])
            .map_err(|e| self.failed(e))?;
        Ok(key)
    }

    /// Past runs that hold every word of `query` in error, codes, correlation id, profile, flow, outcome or the time
    /// at which they began (`2026-11-22 14:02:11`, UTC); newest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn list(&self, query: &str) -> Result<Vec<PastRun>, HistoryError> {
        let words: Vec<String> = query.split_whitespace().map(like).collect();
        let holds = format!(" AND {TEXT} LIKE ? ESCAPE '\\'").repeat(words.len());
        let sql = format!(
            "SELECT key, started, profile, flow, outcome, error, correlation, simulated FROM run
             WHERE true{holds} ORDER BY started DESC, key DESC LIMIT {LISTED}"
        );
        let mut statement = self
            .database
            .prepare_cached(&sql)
            .map_err(|e| self.failed(e))?;
        let rows = statement
            .query_map(params_from_iter(words), PastRun::read)
            .map_err(|e| self.failed(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.failed(e))
    }

    /// One past run, with where its error surfaced.
    ///
    /// # Errors
    /// When the database refuses or the run was stored in words this program does not know.
    pub fn load(&self, key: i64) -> Result<Option<(Run, Option<Place>)>, HistoryError> {
        let found =
            self.database
                .query_row("SELECT record FROM run WHERE key = ?1", [key], |row| {
                    row.get::<_, String>(0)
                });
        let Some(text) = found.optional().map_err(|e| self.failed(e))? else {
            return Ok(None);
        };
        let record: Record =
            serde_json::from_str(&text).map_err(|source| HistoryError::Record {
                path: self.path.clone(),
                key,
                source,
            })?;
        Ok(record.into_run())
    }

    /// Removes every run.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn clear(&self) -> Result<(), HistoryError> {
        self.database
            .execute_batch("DELETE FROM run; VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")
            .map_err(|e| self.failed(e))
    }
}

fn make_directory(path: &Path) -> Result<(), HistoryError> {
    let Some(directory) = path.parent() else {
        return Ok(());
    };
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(directory)
        .map_err(|source| HistoryError::Io {
            operation: "make",
            path: directory.to_path_buf(),
            source,
        })
}

/// Takes the rights of others away from what is there, and refuses a link: it would lead the runs elsewhere.
fn close_to_others(path: &Path) -> Result<(), HistoryError> {
    for suffix in ["", "-wal", "-shm"] {
        let mut file = path.as_os_str().to_owned();
        file.push(suffix);
        let file = PathBuf::from(file);
        let Ok(found) = fs::symlink_metadata(&file) else {
            continue;
        };
        if found.is_symlink() {
            return Err(HistoryError::Io {
                operation: "open",
                path: file,
                source: io::Error::new(io::ErrorKind::InvalidInput, say::IS_A_LINK),
            });
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = found.permissions().mode();
            if found.is_file() && mode & 0o077 != 0 {
                // Somebody else's file cannot be changed; whether it can be used is seen when it is opened.
                let _ = fs::set_permissions(&file, fs::Permissions::from_mode(mode & 0o700));
            }
        }
    }
    Ok(())
}

/// Opens the file; `None` when a newer program wrote it.
fn connect(path: &Path) -> Result<Option<Connection>, rusqlite::Error> {
    let is_new = !path.exists();
    if is_new {
        make_private(path);
    }
    let database = Connection::open(path)?;
    database.busy_timeout(BUSY)?;
    let layout: i64 = database.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if layout > LAYOUT {
        return Ok(None);
    }
    keep_a_log(&database)?;
    database.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;")?;
    if layout == 0 {
        // Two programs may meet here at the first start: the second finds the tables made.
        database.execute_batch(&format!(
            "BEGIN IMMEDIATE; {} PRAGMA user_version = {LAYOUT}; COMMIT;",
            TABLES
                .replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS")
                .replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS")
        ))?;
    }
    database.query_row("SELECT count(*) FROM run", [], |_| Ok(()))?;
    Ok(Some(database))
}

/// Switches the write-ahead log on, which the file remembers. While another program does the same, `SQLite` answers
/// that it is busy at once and does not wait by itself.
fn keep_a_log(database: &Connection) -> Result<(), rusqlite::Error> {
    let begun = Instant::now();
    loop {
        let switched = database.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()));
        let busy = |error: &rusqlite::Error| {
            matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
            )
        };
        match switched {
            Err(error) if busy(&error) && begun.elapsed() < BUSY => thread::sleep(AGAIN),
            other => return other,
        }
    }
}

/// Makes the empty file with its mode before the database library would make it with a wider one.
fn make_private(path: &Path) {
    let mut options = fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // If this fails, opening the database fails too, and says why.
    drop(options.open(path));
}

fn is_corrupt(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt)
    ) || matches!(error, rusqlite::Error::SqliteFailure(_, Some(text)) if text.contains("no such table") || text.contains("no such column"))
}

fn set_aside(path: &Path, why: &str) -> Result<PathBuf, HistoryError> {
    let mut number = 1;
    let target = loop {
        let candidate = path.with_extension(format!("{why}-{number}.db"));
        if !candidate.exists() {
            break candidate;
        }
        number += 1;
    };
    fs::rename(path, &target).map_err(|source| HistoryError::Io {
        operation: "set aside",
        path: path.to_path_buf(),
        source,
    })?;
    for suffix in ["-wal", "-shm"] {
        let mut beside = path.as_os_str().to_owned();
        beside.push(suffix);
        let mut moved = target.as_os_str().to_owned();
        moved.push(suffix);
        // There may be none; then there is nothing to move.
        let _ = fs::rename(beside, moved);
    }
    Ok(target)
}

fn fresh(path: &Path) -> Result<Connection, HistoryError> {
    match connect(path) {
        Ok(Some(database)) => Ok(database),
        Ok(None) => Err(HistoryError::Io {
            operation: "open",
            path: path.to_path_buf(),
            source: io::ErrorKind::InvalidData.into(),
        }),
        Err(source) => Err(HistoryError::Database {
            path: path.to_path_buf(),
            source,
        }),
    }
}

#[cfg(test)]
mod tests;
