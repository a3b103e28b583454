//! Every key that works where the help was asked for. It has no text of its own: it draws the keymap.

use crate::strings::explorer as s;

use super::keymap::{Binding, Scope};
use super::pane::{Mode, Pane};
use super::rows::{Content, Role, Tie};
use super::state::State;

/// The pane that lies below the help.
fn below(state: &State) -> Pane {
    state.pane_under(Some(Pane::Help))
}

/// What the box shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    let pane = below(state);
    let here = |binding: &&Binding| matches!(binding.scope, Scope::In(_));
    let bound = state.keymap.active(pane, Mode::Normal);
    let bound = bound.filter(|binding| !binding.keys.is_empty());
    let (own, common): (Vec<_>, Vec<_>) = bound.partition(|binding| here(binding));
    section(s::HELP_HERE, &own, &mut out);
    section(s::HELP_EVERYWHERE, &common, &mut out);
    out.gap();
    for line in s::HELP_WORDS {
        out.line(0, &[(Role::Dim, line)]);
    }
    out
}

fn section(heading: &str, bindings: &[&Binding], out: &mut Content) {
    if bindings.is_empty() {
        return;
    }
    out.line(0, &[(Role::Label, heading)]);
    for binding in bindings {
        let keys = keys(binding);
        out.item(format!("{keys}  {}", binding.hint), Tie::Nothing);
        out.line(
            20,
            &[
                (Role::Plain, "  "),
                (Role::Key, &format!("{keys:<16}")),
                (Role::Plain, "  "),
                (Role::Plain, binding.hint),
            ],
        );
    }
    out.gap();
}

/// The keys of a binding as text; a row of digits as a range.
pub fn keys(binding: &Binding) -> String {
    if let [first, .., last] = &*binding.keys
        && first.digit().is_some()
    {
        return format!("{first}–{last}");
    }
    let all: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
    all.join(" ")
}
