//! The list of scenarios by group, narrowed by what is typed, and what the one under the cursor is about.

use crate::session::Command;
use crate::session::protocol::ScenarioView;
use crate::strings::explorer as s;

use super::message::{Effect, Effects};
use super::pane::Pane;
use super::rows::{Content, Role, Tie};
use super::state::State;

/// The scenarios that are listed: by group, in the order in which groups first appear.
fn shown(state: &State) -> Vec<&ScenarioView> {
    let list = &state.scenarios.list;
    let mut groups: Vec<&str> = Vec::new();
    for view in list {
        if !groups.contains(&view.group.as_str()) {
            groups.push(&view.group);
        }
    }
    let mut shown: Vec<&ScenarioView> = list
        .iter()
        .filter(|view| state.filters.fits(Pane::Picker, &text(view)))
        .collect();
    shown.sort_by_key(|view| groups.iter().position(|group| *group == view.group));
    shown
}

/// Everything a scenario is found by.
fn text(view: &ScenarioView) -> String {
    let parts = [
        view.title.as_str(),
        &view.teaches,
        &view.name,
        heading(&view.group),
        &view.codes.join(" "),
        &view.classes.join(" "),
        &s::basis(view.basis.as_deref()),
        s::cure(view.cured_here),
    ];
    parts.join(" ")
}

fn heading(group: &str) -> &str {
    if group.is_empty() {
        s::OTHER_GROUP
    } else {
        group
    }
}

/// The one under the cursor.
pub fn under_cursor(state: &State) -> Option<&ScenarioView> {
    let at = state.views.item(Pane::Picker)?;
    shown(state).get(at).copied()
}

/// The place in the list of the one that comes after the one that is set up.
pub fn after_current(state: &State) -> usize {
    let shown = shown(state);
    let here = shown
        .iter()
        .position(|view| state.scenarios.is_current(&view.name));
    here.map_or(0, |here| (here + 1) % shown.len())
}

/// Sets the chosen one up.
pub fn choose(state: &mut State, item: Option<usize>) -> Effects {
    let Some(name) = item.and_then(|item| shown(state).get(item).map(|view| view.name.clone()))
    else {
        return Vec::new();
    };
    set_up(state, name)
}

/// Sets a scenario up by its name, and the lab with it.
pub fn set_up(state: &mut State, name: String) -> Effects {
    state.scenarios.lab_asked = true;
    state.scenarios.setting_up = Some(name.clone());
    state.touch();
    vec![Effect::Ask(Command::Scenario(name))]
}

/// What the list is called: how many there are, and how many were walked to their end.
pub fn title(state: &State) -> String {
    let (count, of) = (shown(state).len(), state.scenarios.list.len());
    s::picker_title(
        count,
        of,
        state.scenarios.done(),
        state.filters.get(Pane::Picker),
    )
}

/// The list.
pub fn list(state: &State, width: usize) -> Content {
    let mut out = Content::list(width);
    if let Some(name) = &state.scenarios.setting_up {
        out.line(0, &[(Role::Waiting, &s::setting_up(name))]);
        out.gap();
    }
    if state.scenarios.list.is_empty() {
        out.list = false;
        out.line(0, &[(Role::Waiting, s::LAB_STARTS)]);
        return out;
    }
    let shown = shown(state);
    if shown.is_empty() {
        out.list = false;
        out.line(0, &[(Role::Dim, s::NO_SCENARIO_FITS)]);
        return out;
    }
    if state.scenarios.done() == 0 && state.filters.get(Pane::Picker).is_empty() {
        out.line(0, &[(Role::Granted, s::BEGIN_HERE)]);
        out.gap();
    }
    let mut group: Option<&str> = None;
    for (nth, view) in shown.iter().enumerate() {
        if group != Some(&view.group) {
            out.end();
            if group.is_some() {
                out.gap();
            }
            out.line(0, &[(Role::Label, heading(&view.group))]);
            group = Some(&view.group);
        }
        let mark = if state.scenarios.is_done(&view.name) {
            "✓ "
        } else {
            "  "
        };
        let first = view.codes.first().map(String::as_str).unwrap_or_default();
        let code = first.strip_prefix("AADSTS").unwrap_or(first);
        out.item(view.name.clone(), Tie::Nth(nth));
        out.cut(&[
            (Role::Granted, mark),
            (Role::Strong, &view.title),
            (Role::Plain, "  "),
            (Role::Dim, code),
        ]);
    }
    out
}

/// What the scenario under the cursor is about.
pub fn about(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    let shown = shown(state);
    let at = state.views.item(Pane::Picker).unwrap_or(0);
    let Some(view) = shown.get(at) else {
        return out;
    };
    out.line(0, &[(Role::Strong, &view.title)]);
    out.line(0, &[(Role::Plain, &view.teaches)]);
    out.gap();
    if !view.codes.is_empty() {
        out.pair(s::ABOUT_CODES, Role::Plain, &view.codes.join(", "));
    }
    out.pair(s::ABOUT_CURE, Role::Plain, s::cure(view.cured_here));
    let basis = s::basis(view.basis.as_deref());
    out.pair(s::ABOUT_BASIS, Role::Plain, &basis);
    if !view.classes.is_empty() {
        out.pair(s::ABOUT_CLASS, Role::Plain, &view.classes.join(", "));
    }
    out.pair(s::ABOUT_NAME, Role::Dim, &s::demo_command(&view.name));
    steps(s::WHAT_WAS_SET_UP, &view.given, "  • ", &mut out);
    steps(s::WHAT_HAPPENS, &view.steps, "", &mut out);
    out
}

fn steps(heading: &str, all: &[String], bullet: &str, out: &mut Content) {
    if all.is_empty() {
        return;
    }
    out.gap();
    out.line(0, &[(Role::Label, heading)]);
    for (nth, words) in all.iter().enumerate() {
        let mark = if bullet.is_empty() {
            format!("{:>3} ", nth + 1)
        } else {
            bullet.to_owned()
        };
        out.line(4, &[(Role::Dim, &mark), (Role::Plain, words)]);
    }
}
