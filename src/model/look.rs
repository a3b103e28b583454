//! How the screen is to look and behave, as the person, their settings and their terminal have it.

use std::time::Duration;

use super::Profile;
use super::Saved;
use super::opening::{Audience, Recording};
use super::theme::Scheme;

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: bold, dim, underline and reverse only. Nothing is lost.
    #[default]
    None,
    /// The sixteen that the person has set.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// Any.
    True,
}

/// What the screen is drawn on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ground {
    /// Light text on something dark.
    #[default]
    Dark,
    /// Dark text on something light.
    Light,
}

/// A change of what a key does, as a person wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyChoice {
    /// The name of the action.
    pub action: String,
    /// The keys as they were written; none: no key does it.
    pub keys: Vec<String>,
    /// File, line and key: `settings.toml:4 keys.repeat`.
    pub at: String,
}

/// How the screen looks and behaves.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own, and any may stand beside any"
)]
pub struct Look {
    /// The theme on a dark ground; the only one if the person named one.
    pub dark: Scheme,
    /// The theme on a light ground, if the ground decides.
    pub light: Option<Scheme>,
    /// What the environment says of the ground.
    pub ground: Ground,
    /// How long the terminal's answer about its ground is followed; `None`: it is not asked.
    pub ask_ground: Option<Duration>,
    /// How many colours there are.
    pub depth: Depth,
    /// With ASCII characters only.
    pub ascii: bool,
    /// Whether addresses on screen are links for the terminal (OSC 8).
    pub links: bool,
    /// Whether what moves by itself moves seldom.
    pub still: bool,
    /// Whether the mouse is caught from the start.
    pub mouse: bool,
    /// Whether the terminal is a pane of tmux.
    pub tmux: bool,
    /// Profiles the form can start from.
    pub profiles: Vec<Profile>,
    /// Changes of what the keys do.
    pub keys: Vec<KeyChoice>,
    /// How the screen stood when it was left.
    pub saved: Saved,
    /// What kept that from being read, in a sentence.
    pub unread: Option<String>,
    /// Whether there is an audience from the start.
    pub audience: Audience,
    /// Where what is drawn is recorded.
    pub record: Option<Recording>,
}
