//! The one table of keys: dispatch, footer and help read it and nothing else.

mod bind;
mod sheet;
mod table;

use std::borrow::Cow;
use std::sync::Arc;

use super::action::Action;
use super::key::Key;
use super::pane::{Mode, Pane};

pub use sheet::Line as KeyLine;
pub use table::BINDINGS;

/// Where a binding holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere.
    Any,
    /// In every pane of the main screen.
    Main,
    /// In every box that lies over a scene.
    Over,
    /// In these panes.
    In(&'static [Pane]),
    /// Everywhere but in these panes.
    Except(&'static [Pane]),
}

impl Scope {
    /// Whether it covers a pane.
    pub fn covers(self, pane: Pane) -> bool {
        match self {
            Self::Any => true,
            Self::Main => pane.is_main(),
            Self::Over => pane.is_over(),
            Self::In(panes) => panes.contains(&pane),
            Self::Except(panes) => !panes.contains(&pane),
        }
    }
}

/// One line of the table.
#[derive(Clone, Debug)]
pub struct Binding {
    /// Where it holds.
    pub scope: Scope,
    /// In which mode.
    pub mode: Mode,
    /// The keys; the first is the one the footer names.
    pub keys: Cow<'static, [Key]>,
    /// What they do.
    pub action: Action,
    /// What the footer and the help say.
    pub hint: &'static str,
    /// Place in the footer, the smallest first; 0: not in the footer.
    pub rank: u8,
}

/// The table that is in force: the usual one with a person's changes laid over it. Everything that dispatches, names
/// or lists keys reads this and nothing else.
#[derive(Clone, Debug)]
pub struct Keymap(Arc<[Binding]>);

impl Default for Keymap {
    fn default() -> Self {
        Self(BINDINGS.into())
    }
}

/// The keys as a person has them, and what is wrong with a change of them that does not hold.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    /// The table that is in force.
    pub map: Keymap,
    /// What the status line says at the start; empty: nothing.
    pub warning: String,
}

impl Keymap {
    /// Every line of it, in the order of the usual one.
    pub fn bindings(&self) -> &[Binding] {
        &self.0
    }

    /// Every binding that holds in a pane and mode: the footer, the help and the palette draw exactly this.
    pub fn active(&self, pane: Pane, mode: Mode) -> impl Iterator<Item = &Binding> {
        self.0
            .iter()
            .filter(move |binding| binding.mode == mode && binding.scope.covers(pane))
    }

    /// What a key does in a pane and mode.
    pub fn action_for(&self, pane: Pane, mode: Mode, key: Key) -> Option<Action> {
        self.active(pane, mode)
            .find(|binding| binding.keys.contains(&key))
            .map(|binding| binding.action)
    }

    /// The key that the footer names for an action.
    pub fn key_of(&self, action: Action) -> Option<Key> {
        let binding = self.0.iter().find(|binding| binding.action == action)?;
        binding.keys.first().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::key::Code;
    use std::collections::BTreeSet;

    #[test]
    fn no_key_is_bound_twice_in_a_pane() {
        let keymap = Keymap::default();
        for pane in Pane::ALL {
            for mode in [Mode::Normal, Mode::Text] {
                let mut seen = BTreeSet::new();
                for binding in keymap.active(pane, mode) {
                    for key in &*binding.keys {
                        assert!(seen.insert(*key), "{pane:?} {mode:?}: {key} twice");
                    }
                }
            }
        }
    }

    #[test]
    fn in_text_mode_no_plain_letter_is_a_command() {
        for binding in BINDINGS.iter().filter(|b| b.mode == Mode::Text) {
            for key in &*binding.keys {
                assert!(key.ctrl || !matches!(key.code, Code::Char(_)), "{key}");
            }
        }
    }

    #[test]
    fn every_pane_can_be_left_and_ended() {
        let keymap = Keymap::default();
        for pane in Pane::ALL {
            let mode = if pane.takes_text() {
                Mode::Text
            } else {
                Mode::Normal
            };
            assert_eq!(
                keymap.action_for(pane, mode, Key::ctrl('c')),
                Some(Action::Interrupt)
            );
        }
    }

    #[test]
    fn every_binding_says_what_it_does() {
        assert!(
            BINDINGS
                .iter()
                .all(|b| !b.hint.is_empty() && !b.keys.is_empty())
        );
    }
}
