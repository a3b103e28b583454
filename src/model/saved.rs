//! How the screen stood when the program was left, so that it can stand there again. Nothing secret is in it and
//! nothing about people: where keys went, what was folded, what lists were narrowed to.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// How the screen stood, for each profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saved {
    /// The form of this text; counts changes that older programs cannot read.
    pub schema: u32,
    /// The profile that was used last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// Whether the mouse was caught, where that is not as the settings have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mouse: Option<bool>,
    /// How the screen stood, by the profile's name; without a profile the name is empty.
    #[serde(default)]
    pub screens: BTreeMap<String, Standing>,
}

impl Saved {
    /// The form that this program writes and reads.
    pub const SCHEMA: u32 = 1;
}

impl Default for Saved {
    fn default() -> Self {
        Self {
            schema: Self::SCHEMA,
            last: None,
            mouse: None,
            screens: BTreeMap::new(),
        }
    }
}

/// How the screen stood for one profile. A word that is not known is as if it were not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Standing {
    /// The pane that keys went to.
    pub pane: String,
    /// The pane that stood in for the others on a narrow screen.
    pub tab: String,
    /// Whether the exact bytes of a reply were shown.
    pub exact: bool,
    /// Whether the headers were unfolded.
    pub headers: bool,
    /// Whether details were unfolded.
    pub details: bool,
    /// What calls were written in.
    pub language: String,
    /// The places in replies that were folded or opened.
    pub turned: BTreeSet<String>,
    /// What lists were narrowed to, by the name of their pane.
    pub filters: BTreeMap<String, String>,
}
