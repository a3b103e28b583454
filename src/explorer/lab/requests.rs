//! The requests that reach the lab, from whatever client, newest first.

use crate::explorer::pane::Pane;
use crate::explorer::rows::{Content, Role, Tie};
use crate::explorer::state::State;
use crate::model::LabRequestRecord;
use crate::model::world::Decision;
use crate::strings::explorer as s;

/// Those that are listed, newest first.
pub fn shown(state: &State) -> Vec<&LabRequestRecord> {
    let all = state.lab_screen.requests.iter().rev();
    if state.filters.get(Pane::Requests).is_empty() {
        return all.collect();
    }
    all.filter(|request| state.filters.fits(Pane::Requests, &text(request)))
        .collect()
}

/// The number of the n-th that is listed.
pub fn nth(state: &State, nth: usize) -> Option<u64> {
    shown(state).get(nth).map(|request| request.id)
}

/// The list.
pub fn list(state: &State, width: usize) -> Content {
    let mut out = Content::list(width);
    let shown = shown(state);
    if shown.is_empty() {
        out.list = false;
        let words = if state.lab_screen.requests.is_empty() {
            s::NO_REQUESTS
        } else {
            s::NOTHING_FITS_HERE
        };
        out.line(0, &[(Role::Dim, words)]);
        if let Some(info) = &state.lab {
            out.gap();
            out.line(0, &[(Role::Link, &info.authority)]);
            if info.ca.is_empty() {
                out.line(0, &[(Role::Dim, s::LAB_HTTPS_HOW)]);
            }
        }
    }
    for request in shown {
        out.item(text(request), Tie::Named(request.id.to_string()));
        let (role, mark) = mark(request.decision);
        let head = format!(
            " {} {:<12} {:<16} {} ",
            request.at.clock(),
            request.endpoint,
            request.client.as_deref().unwrap_or("–"),
            request.status,
        );
        out.cut(&[
            (role, mark),
            (Role::Plain, &head),
            (role, request.code.as_deref().unwrap_or_default()),
        ]);
        out.cut(&[(Role::Plain, "  "), (Role::Dim, &request.because)]);
    }
    out
}

/// A mark for what was done, and how to dress it.
pub const fn mark(decision: Decision) -> (Role, &'static str) {
    match decision {
        Decision::Granted => (Role::Granted, "✓"),
        Decision::Refused => (Role::Refused, "✗"),
        Decision::Page => (Role::Waiting, "◌"),
        Decision::Answered => (Role::Dim, "·"),
    }
}

/// The text that is looked for and copied.
fn text(request: &LabRequestRecord) -> String {
    let parts = [
        request.what.as_str(),
        &request.endpoint,
        s::decision(request.decision),
        request.client.as_deref().unwrap_or_default(),
        request.program.as_deref().unwrap_or_default(),
        request.code.as_deref().unwrap_or_default(),
        &request.because,
        request.correlation.as_deref().unwrap_or_default(),
        request.trace.as_deref().unwrap_or_default(),
    ];
    format!("{} {}", request.status, parts.join(" "))
}
