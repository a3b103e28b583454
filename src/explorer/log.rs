//! The log of the selected run: what was decided, tried, waited for.

use crate::strings::explorer as s;

use super::rows::{Content, Role, Tie};
use super::state::State;

/// What the box shows.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    let events = state
        .runs
        .shown()
        .map(|run| run.events.as_slice())
        .unwrap_or_default();
    if events.is_empty() {
        out.line(0, &[(Role::Dim, s::NO_EVENTS)]);
    }
    for event in events {
        let clock = event.at.clock();
        out.item(format!("{clock} {}", event.what), Tie::Nothing);
        let about = event
            .about
            .as_deref()
            .map(|about| format!("  {about}"))
            .unwrap_or_default();
        out.line(
            10,
            &[
                (Role::Dim, &clock),
                (Role::Plain, "  "),
                (Role::Plain, &event.what),
                (Role::Dim, &about),
            ],
        );
    }
    out
}
