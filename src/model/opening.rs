//! What a shell opens with.

use std::path::PathBuf;

/// What the explorer shows first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// The doors: lab, profile, paste, file, past runs.
    Start,
    /// The lab with its list of scenarios, or with one already begun.
    Demo {
        /// The scenario's name (its file name without `.toml`).
        scenario: Option<String>,
    },
}

/// Whether others look on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// Nobody does.
    #[default]
    Absent,
    /// A room does: what is shown is larger, with the story and the keys.
    Present,
}

/// Where the screen is recorded, and what the recording says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// The file, made for it and empty.
    pub path: PathBuf,
    /// Its title.
    pub title: String,
    /// The kind of terminal, as `TERM` names it.
    pub term: String,
}
