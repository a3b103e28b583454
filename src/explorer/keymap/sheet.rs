//! The table as a sheet to read: each line with its keys, what they do, where, and the name to change it by.

use std::collections::BTreeSet;

use super::{Binding, Keymap, Scope};
use crate::explorer::pane::{Mode, Pane};
use crate::strings::keymap as say;

/// One line of the sheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// The keys as the footer names them; the first and the last of a row of digits.
    pub keys: Vec<String>,
    /// Whether the keys are the ends of a row.
    pub range: bool,
    /// What they do.
    pub does: &'static str,
    /// Where.
    pub place: String,
    /// Whether they work while text is typed.
    pub typing: bool,
    /// The name of the action in `settings.toml`.
    pub action: String,
}

impl Keymap {
    /// Every line of the table, in its order, each once.
    pub fn sheet(&self) -> Vec<Line> {
        let mut seen = BTreeSet::new();
        let mut lines: Vec<Line> = self.bindings().iter().map(line).collect();
        // What holds while typing too is listed once.
        lines.retain(|line| {
            let place = (line.keys.clone(), line.does, line.place.clone());
            !line.keys.is_empty() && seen.insert(place)
        });
        lines
    }
}

fn line(binding: &Binding) -> Line {
    let keys: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
    let range = keys.len() > 1 && binding.keys[0].digit().is_some();
    let ends = || {
        keys.first()
            .into_iter()
            .chain(keys.last())
            .cloned()
            .collect()
    };
    Line {
        keys: if range { ends() } else { keys },
        range,
        does: binding.hint,
        place: place(binding.scope),
        typing: binding.mode == Mode::Text,
        action: binding.action.name(),
    }
}

fn place(scope: Scope) -> String {
    let panes = match scope {
        Scope::Any => return say::EVERYWHERE.to_owned(),
        Scope::Main => &Pane::MAIN[..],
        Scope::Over => return say::WHAT_LIES_OVER.to_owned(),
        Scope::Except(panes) => return say::everywhere_but(&named(panes.iter())),
        Scope::In(panes) if panes.len() > 10 => return say::EVERY_PANE.to_owned(),
        Scope::In(panes) => panes,
    };
    let all = Pane::MAIN.iter().all(|pane| panes.contains(pane));
    let others = named(panes.iter().filter(|pane| !(all && pane.is_main())));
    match (all, others.is_empty()) {
        (true, true) => say::MAIN_SCREEN.to_owned(),
        (true, false) => format!("{}, {others}", say::MAIN_SCREEN),
        (false, _) => others,
    }
}

fn named<'a>(panes: impl Iterator<Item = &'a Pane>) -> String {
    let names = panes.map(|pane| format!("{pane:?}").to_lowercase());
    names.collect::<Vec<_>>().join(", ")
}
