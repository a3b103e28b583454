//! Two runs, replies or tokens: what differs and matters. Pure; knows no screen.

/// One difference between two runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What differs, e.g. `outcome`, `claim amr`, `request parameter claims`, `suberror`.
    pub what: String,
    /// The first run's value; `None` where it has none.
    pub left: Option<String>,
    /// The second run's value.
    pub right: Option<String>,
    /// Whether it matters: ids and times are noise.
    pub matters: bool,
    /// Why it matters, in a sentence; may be empty.
    pub why: String,
}
