//! The device page of the run that waits, as a QR code for a phone.

use crate::model::Activity;
use crate::report::qr::{Code, Ink, device_page};
use crate::strings::explorer as s;

use super::pane::Pane;
use super::rows::{Content, Role, Tie};
use super::state::State;

/// The page that a phone could open for the selected run.
fn page(state: &State) -> Option<&str> {
    match state.runs.selected()?.activity()? {
        Activity::Device { page, complete, .. } => device_page(page, complete.as_deref()),
        _ => None,
    }
}

/// Whether there is one.
pub fn can_open(state: &State) -> bool {
    page(state).is_some()
}

/// Opens the box.
pub fn open(state: &mut State) {
    if can_open(state) {
        state.push(Pane::Qr);
    }
}

/// What the box shows: the code where it fits, and the address beside it.
pub fn content(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    let Some(page) = page(state) else {
        out.line(0, &[(Role::Plain, s::QR_OVER)]);
        return out;
    };
    let room = usize::from(state.size.1).saturating_sub(4);
    let code = Code::of(page).filter(|code| code.size().0 <= width && code.size().1 <= room);
    if let Some(code) = &code {
        for row in code.rows(Ink::Dark) {
            out.cut(&[(Role::Scan, &row)]);
        }
    } else {
        out.line(0, &[(Role::Warning, s::QR_TOO_SMALL)]);
    }
    out.item(page.to_owned(), Tie::Nothing).url = Some(page.to_owned());
    out.line(0, &[(Role::Link, page)]);
    out.end();
    out.line(0, &[(Role::Warning, s::ONLY_YOURSELF)]);
    out
}
