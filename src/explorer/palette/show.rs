//! What the panes of the palette show.

use crate::explorer::rows::{Content, Pieces, Role, Tie, columns, fit};
use crate::explorer::state::State;
use crate::explorer::{runs, search};
use crate::strings::explorer as s;

use super::find::Hit;
use super::offer::{Kind, Offer, Target};

/// From this width on the first column is wide.
const WIDE: usize = 80;

/// The line that is typed in.
pub fn line(state: &State, width: usize) -> Content {
    search::line(&state.palette.input, s::PALETTE_EMPTY, width)
}

/// What the list is called: how many of all fit.
pub fn title(state: &State) -> String {
    let groups = &state.palette.groups;
    let fitting = groups.iter().map(|group| group.hits.len() + group.more);
    s::palette_title(fitting.sum(), state.palette.all.len())
}

/// What fits, by kind.
pub fn list(state: &State, width: usize) -> Content {
    let mut out = Content::list(width);
    let palette = &state.palette;
    if palette.groups.is_empty() {
        out.list = false;
        out.line(0, &[(Role::Dim, s::PALETTE_NOTHING)]);
        return out;
    }
    for (nth, group) in palette.groups.iter().enumerate() {
        if nth > 0 {
            out.gap();
        }
        out.end();
        out.line(0, &[(Role::Label, group.kind.word())]);
        for hit in &group.hits {
            let offer = &palette.all[hit.offer];
            let name = format!("{:?} {:?}", offer.kind, offer.target);
            out.item(offer.label.as_str(), Tie::Named(name));
            row(state, offer, hit, &mut out);
        }
        out.end();
        if group.more > 0 {
            out.line(0, &[(Role::Dim, &s::palette_more(group.more))]);
        }
    }
    out
}

fn row(state: &State, offer: &Offer, hit: &Hit, out: &mut Content) {
    let column = if out.width() < WIDE { 14 } else { 20 };
    let handle = fit(&offer.handle, column);
    let pad = " ".repeat(column + 2 - columns(&handle).min(column));
    let role = match offer.kind {
        Kind::Step | Kind::Action => Role::Key,
        Kind::Run => of_run(state, &offer.target),
        Kind::Profile | Kind::Scenario | Kind::Past | Kind::Code => Role::Dim,
    };
    let mut pieces: Vec<(Role, &str)> =
        vec![(Role::Plain, "  "), (role, &handle), (Role::Plain, &pad)];
    let label = marked(&offer.label, &hit.marks);
    pieces.extend(label.iter().map(|(role, text)| (*role, text.as_str())));
    out.cut(&pieces);
}

fn of_run(state: &State, target: &Target) -> Role {
    let entry = match target {
        Target::Run(id) => state.runs.get(*id),
        _ => None,
    };
    entry.map_or(Role::Dim, |entry| runs::mark_of(&entry.run).0)
}

/// The label with the letters that were typed set apart.
fn marked(label: &str, marks: &[usize]) -> Pieces {
    let mut pieces: Pieces = Vec::new();
    for (at, c) in label.char_indices() {
        let role = if marks.binary_search(&at).is_ok() {
            Role::Strong
        } else {
            Role::Plain
        };
        match pieces.last_mut() {
            Some((last, text)) if *last == role => text.push(c),
            _ => pieces.push((role, c.to_string())),
        }
    }
    pieces
}
