//! A person's changes of the table, laid over the usual one. What cannot hold is told and left as it is usually.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{BINDINGS, Binding, Keymap, Keys};
use crate::explorer::action::Action;
use crate::explorer::key::Key;
use crate::explorer::pane::{Mode, Pane};
use crate::model::{KeyChoice, Problem};
use crate::strings::{cli, keymap as say};

/// A change that can be read.
struct Change<'a> {
    choice: &'a KeyChoice,
    action: Action,
    keys: Vec<Key>,
}

/// Two actions on one key in one pane.
struct Conflict {
    pane: Pane,
    key: Key,
    actions: [Action; 2],
}

impl Keymap {
    /// The usual table with a person's changes laid over it, and what is wrong with those that do not hold. Two actions
    /// on one key in one pane are a conflict: of the changes that make it, the last one does not hold.
    pub fn with(choices: &[KeyChoice]) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut changes = Vec::new();
        for choice in choices {
            match read(choice) {
                Ok(change) => changes.push(change),
                Err(problem) => problems.push(problem),
            }
        }
        loop {
            let table = laid(&changes);
            let Some((nth, conflict)) = first_conflict(&table, &changes) else {
                return (Self(table.into()), problems);
            };
            let change = changes.remove(nth);
            problems.push(in_conflict(&change, &conflict));
        }
    }
}

impl Keys {
    /// The keys with a person's changes, and a word on the first that does not hold.
    pub fn with(choices: &[KeyChoice]) -> Self {
        let (map, problems) = Keymap::with(choices);
        let warning = problems.first().map(|first| {
            let first = cli::problem(&first.at, &first.what, &first.expected);
            say::wrong(&first, problems.len() - 1)
        });
        Self {
            map,
            warning: warning.unwrap_or_default(),
        }
    }
}

fn read(choice: &KeyChoice) -> Result<Change<'_>, Problem> {
    let wrong = |what: String, expected: &str| Problem::new(what, choice.at.clone(), expected);
    let named = |binding: &&Binding| binding.action.name() == choice.action;
    let Some(binding) = BINDINGS.iter().find(named) else {
        let what = say::no_such_action(&choice.action);
        return Err(wrong(what, &say::expected_action(&near(&choice.action))));
    };
    let action = binding.action;
    if matches!(action, Action::DoNumber | Action::Interrupt) {
        return Err(wrong(
            say::fixed(&choice.action),
            say::EXPECTED_OTHER_ACTION,
        ));
    }
    let mut keys = Vec::new();
    for text in &choice.keys {
        match Key::parse(text) {
            Some(key) => keys.push(key),
            None => return Err(wrong(say::unreadable(text), say::EXPECTED_KEY)),
        }
    }
    let typed_only = BINDINGS
        .iter()
        .filter(|binding| binding.action == action)
        .all(|binding| binding.mode == Mode::Text);
    if typed_only && let Some(key) = keys.iter().find(|key| !key.works_while_typing()) {
        let what = say::is_text_there(&choice.action, &key.to_string());
        return Err(wrong(what, say::EXPECTED_KEY_WHILE_TYPING));
    }
    Ok(Change {
        choice,
        action,
        keys,
    })
}

/// The names that begin as the one that was written, or hold it.
fn near(written: &str) -> Vec<String> {
    let mut names: Vec<String> = BINDINGS.iter().map(|it| it.action.name()).collect();
    names.sort_unstable();
    names.dedup();
    let stem: String = written.chars().take(3).collect();
    names.retain(|name| !stem.is_empty() && name.contains(&stem));
    names.truncate(5);
    names
}

fn laid(changes: &[Change<'_>]) -> Vec<Binding> {
    let mut table = BINDINGS.to_vec();
    for change in changes {
        let bindings = table.iter_mut().filter(|it| it.action == change.action);
        for binding in bindings {
            let mut keys = change.keys.clone();
            if binding.mode == Mode::Text {
                keys.retain(|key| key.works_while_typing());
                if keys.is_empty() {
                    continue;
                }
            }
            binding.keys = Cow::Owned(keys);
        }
    }
    table
}

/// The first conflict, and the last of the changes that make it.
fn first_conflict(table: &[Binding], changes: &[Change<'_>]) -> Option<(usize, Conflict)> {
    for pane in Pane::ALL {
        for mode in [Mode::Normal, Mode::Text] {
            let mut taken: BTreeMap<Key, Action> = BTreeMap::new();
            let here = table
                .iter()
                .filter(|it| it.mode == mode && it.scope.covers(pane));
            for binding in here {
                for key in &*binding.keys {
                    let other = *taken.entry(*key).or_insert(binding.action);
                    let actions = [other, binding.action];
                    let made = |change: &Change<'_>| actions.contains(&change.action);
                    if other != binding.action
                        && let Some(nth) = changes.iter().rposition(made)
                    {
                        let key = *key;
                        return Some((nth, Conflict { pane, key, actions }));
                    }
                }
            }
        }
    }
    None
}

fn in_conflict(change: &Change<'_>, conflict: &Conflict) -> Problem {
    let [one, two] = conflict.actions;
    let other = if one == change.action { two } else { one };
    let pane = format!("{:?}", conflict.pane).to_lowercase();
    let what = say::conflict(
        &conflict.key.to_string(),
        &change.choice.action,
        &other.name(),
        &pane,
    );
    Problem::new(what, change.choice.at.clone(), say::EXPECTED_FREE_KEY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::key::Code;

    fn choice(line: usize, action: &str, keys: &[&str]) -> KeyChoice {
        KeyChoice {
            action: action.to_owned(),
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            at: format!("settings.toml:{line}"),
        }
    }

    fn with(choices: &[(&str, &[&str])]) -> (Keymap, Vec<Problem>) {
        let choices: Vec<KeyChoice> = choices
            .iter()
            .enumerate()
            .map(|(nth, (action, keys))| choice(nth + 2, action, keys))
            .collect();
        Keymap::with(&choices)
    }

    #[test]
    fn a_change_takes_the_place_of_the_usual_keys() {
        let (keymap, problems) = with(&[("repeat", &["f5", "ctrl-r"])]);
        assert!(problems.is_empty(), "{problems:?}");
        let does = |key| keymap.action_for(Pane::Steps, Mode::Normal, key);
        assert_eq!(does(Key::of(Code::F(5))), Some(Action::Repeat));
        assert_eq!(does(Key::ctrl('r')), Some(Action::Repeat));
        assert_eq!(does(Key::char('r')), None);
        assert_eq!(keymap.key_of(Action::Repeat), Some(Key::of(Code::F(5))));
    }

    #[test]
    fn two_actions_can_change_places() {
        let (keymap, problems) = with(&[("repeat", &["c"]), ("cut-wait", &["r"])]);
        assert!(problems.is_empty(), "{problems:?}");
        let does = |c| keymap.action_for(Pane::Runs, Mode::Normal, Key::char(c));
        assert_eq!(
            (does('c'), does('r')),
            (Some(Action::Repeat), Some(Action::CutWait))
        );
    }

    #[test]
    fn a_conflict_is_told_with_its_place_and_the_usual_key_holds() {
        let (keymap, problems) = with(&[("copy", &["f2"]), ("repeat", &["c"])]);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].at, "settings.toml:3");
        assert!(problems[0].what.contains("cut-wait"), "{problems:?}");
        let does = |key| keymap.action_for(Pane::Runs, Mode::Normal, key);
        assert_eq!(does(Key::char('r')), Some(Action::Repeat));
        assert_eq!(does(Key::char('c')), Some(Action::CutWait));
        assert_eq!(does(Key::of(Code::F(2))), Some(Action::Copy));
    }

    #[test]
    fn what_cannot_be_read_or_changed_is_told() {
        for (action, keys, told) in [
            ("repaet", &["x"][..], "repaet"),
            ("repeat", &["hyper-x"][..], "hyper-x"),
            ("interrupt", &["x"][..], "interrupt"),
            ("submit", &["x"][..], "submit"),
        ] {
            let (keymap, problems) = with(&[(action, keys)]);
            assert!(problems[0].what.contains(told), "{problems:?}");
            assert!(!problems[0].expected.is_empty());
            assert_eq!(keymap.key_of(Action::Repeat), Some(Key::char('r')));
        }
    }

    #[test]
    fn a_letter_takes_the_place_of_a_key_only_where_letters_are_commands() {
        let (keymap, problems) = with(&[("back", &["b"])]);
        assert!(problems.is_empty(), "{problems:?}");
        let does = |pane, mode, key| keymap.action_for(pane, mode, key);
        assert_eq!(
            does(Pane::Log, Mode::Normal, Key::char('b')),
            Some(Action::Back)
        );
        assert_eq!(
            does(Pane::Log, Mode::Text, Key::of(Code::Esc)),
            Some(Action::Back)
        );
    }
}
