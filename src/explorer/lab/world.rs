//! The world's list: policies, what is on demand, people, applications, the clock; switched with one key.

use crate::explorer::message::{Effect, Effects};
use crate::explorer::rows::{Content, Role, Tie};
use crate::explorer::state::State;
use crate::explorer::{Action, scenarios};
use crate::model::WorldChange;
use crate::model::world::{SettingView, ThingView};
use crate::session::Command;
use crate::strings::explorer as s;

use super::offer::{self, Offer, key_of};
use super::order;

/// How wide the column of names is.
const NAMES: usize = 20;

/// Does what the cursor is on.
pub fn choose(state: &mut State, item: Option<usize>) -> Effects {
    let Some(row) = item.and_then(|item| offer::all(state).into_iter().nth(item)) else {
        return Vec::new();
    };
    match row.offer {
        Offer::Switch { words, view } => {
            let to = if view.on { "off" } else { "on" };
            ask(state, WorldChange::parse(&format!("{words} {to}")))
        }
        Offer::Thing(thing) => {
            let key = key_of(thing.kind, &thing.name);
            if !state.lab_screen.unfolded.remove(&key) {
                state.lab_screen.unfolded.insert(key);
            }
            state.touch();
            Vec::new()
        }
        Offer::Setting(thing, name, setting) => {
            let next = next_value(&setting);
            let (word, key) = (thing.word(), setting.key);
            let Some(value) = next else {
                order::propose(state, &format!("set {word} {name} {key} {}", setting.value));
                return Vec::new();
            };
            let change = WorldChange::Set {
                thing,
                name,
                key,
                value,
            };
            ask(state, Some(change))
        }
        Offer::Change(change, _) | Offer::Standing(_, change) => ask(state, Some(change)),
        Offer::Begin(start, _) => {
            order::propose(state, start);
            Vec::new()
        }
        Offer::Act(Action::StartOver, _) => scenarios::start_over(state),
        Offer::Act(..) => sign_in_beforehand(state),
    }
}

/// Signs the lab's users in, so that each holds a refresh token before anybody looks.
pub fn sign_in_beforehand(state: &mut State) -> Effects {
    state.say(s::SIGNING_IN_BEFOREHAND);
    vec![Effect::Ask(Command::SignInBeforehand)]
}

fn ask(state: &mut State, change: Option<WorldChange>) -> Effects {
    state.touch();
    let command = change.map(Command::World);
    command.map(Effect::Ask).into_iter().collect()
}

/// The value that comes after the one a setting has.
fn next_value(setting: &SettingView) -> Option<String> {
    let at = setting
        .allowed
        .iter()
        .position(|value| *value == setting.value);
    let next = at.map_or(0, |at| (at + 1) % setting.allowed.len());
    setting.allowed.get(next).cloned()
}

/// The list.
pub fn list(state: &State, width: usize) -> Content {
    let mut out = Content::list(width);
    if state.world.is_none() {
        out.list = false;
        out.line(0, &[(Role::Waiting, s::LAB_STARTS)]);
        return out;
    }
    let rows = offer::all(state);
    if rows.is_empty() {
        out.list = false;
        out.line(0, &[(Role::Dim, s::NOTHING_FITS_HERE)]);
    }
    let mut heading = "";
    for row in &rows {
        if heading != row.under {
            out.end();
            if !heading.is_empty() {
                out.gap();
            }
            out.line(0, &[(Role::Label, row.under)]);
            heading = row.under;
        }
        out.item(row.offer.text(), Tie::Named(row.offer.name()));
        match &row.offer {
            Offer::Switch { view, .. } => {
                let (role, mark) = if view.on {
                    (Role::Granted, "[on]  ")
                } else {
                    (Role::Dim, "[off] ")
                };
                let pieces = [
                    (role, mark),
                    (Role::Strong, view.name.as_str()),
                    (Role::Plain, "  "),
                    (Role::Dim, view.does.as_str()),
                ];
                out.line(6, &pieces);
            }
            Offer::Thing(thing) => thing_row(state, thing, &mut out),
            Offer::Setting(_, _, setting) => setting_row(setting, &mut out),
            Offer::Standing(words, _) => {
                out.line(6, &[(Role::Granted, "[on]  "), (Role::Strong, words)]);
            }
            Offer::Change(_, words) => out.line(2, &[(Role::Plain, words)]),
            Offer::Act(action, words) => {
                let key = state
                    .keymap
                    .key_of(*action)
                    .map_or_else(String::new, |key| format!("  {key}"));
                out.line(2, &[(Role::Plain, words), (Role::Key, &key)]);
            }
            Offer::Begin(start, words) => {
                let start = format!("{start}… ");
                out.line(2, &[(Role::Strong, &start), (Role::Dim, words)]);
            }
        }
    }
    out.gap();
    facts(state, &mut out);
    out
}

fn thing_row(state: &State, thing: &ThingView, out: &mut Content) {
    let open = state
        .lab_screen
        .unfolded
        .contains(&key_of(thing.kind, &thing.name));
    let mark = if open { "▾ " } else { "▸ " };
    out.cut(&[
        (Role::Dim, mark),
        (Role::Strong, &thing.name),
        (Role::Plain, "  "),
        (Role::Dim, &thing.about),
    ]);
}

fn setting_row(setting: &SettingView, out: &mut Content) {
    let key = format!("    {:<NAMES$} ", setting.key);
    let role = if setting.changed {
        Role::Warning
    } else {
        Role::Plain
    };
    let mark = if setting.changed {
        s::SETTING_CHANGED
    } else {
        ""
    };
    out.cut(&[
        (Role::Plain, &key),
        (role, &setting.value),
        (Role::Dim, mark),
    ]);
}

/// What is to be known and taken along: the clock, everything that is not as it was at the start, addresses, users.
fn facts(state: &State, out: &mut Content) {
    let Some(world) = &state.world else { return };
    let mut fact = |label: &str, role: Role, value: &str| {
        out.item(value, Tie::Nothing);
        out.line(2, &[(Role::Label, label), (role, value)]);
    };
    let clock = s::lab_clock(&state.now.clock(), world.moved);
    let mut facts = vec![(s::LAB_CLOCK, Role::Plain, clock)];
    let changed = world.changed.iter().cloned();
    facts.extend(changed.map(|changed| (s::LAB_CHANGED, Role::Plain, changed)));
    if let Some(info) = &state.lab {
        facts.push((s::LAB_AUTHORITY, Role::Link, info.authority.clone()));
        let http = info.http.iter().filter(|http| **http != info.authority);
        facts.extend(http.map(|http| (s::LAB_HTTP, Role::Link, http.clone())));
        if !info.ca.is_empty() {
            facts.push((s::LAB_CA, Role::Plain, info.ca.clone()));
        }
        for user in &info.users {
            let words = format!("{} {}", user.name, user.password);
            facts.push((s::LAB_PASSWORD, Role::Plain, words));
        }
    }
    for (label, role, value) in &facts {
        fact(label, *role, value);
    }
}
