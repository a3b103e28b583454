//! What a shell opens with.

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
