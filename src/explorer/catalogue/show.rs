//! What the panes of the catalogue show.

use crate::catalog::{Catalog, Part, Told};
use crate::strings::{codes as say, explorer as s, words};

use super::super::action::Action;
use super::super::rows::{Content, Role, Tie, columns};
use super::super::search;
use super::super::state::State;
use super::{Catalogue, Hit, Name};

/// From this width on an entry takes one row of the list.
const ONE_ROW: usize = 64;
/// Labels longer than this are cut in the list.
const LABELS: usize = 26;

/// What the search line is called: with filters, which key takes them off.
pub fn lookup_title(state: &State) -> String {
    if state.catalogue.filters() == 0 {
        return s::PANE_LOOKUP.to_owned();
    }
    s::filtered_title(&key(state, Action::ClearFilters))
}

fn key(state: &State, action: Action) -> String {
    let key = state.keymap.key_of(action);
    key.map_or_else(String::new, |key| key.to_string())
}

/// The search line and the filters in words.
pub fn lookup(state: &State, width: usize) -> Content {
    let mut out = search::line(&state.catalogue.input, s::LOOKUP_EMPTY, width);
    out.end();
    filters(state, &mut out);
    out
}

fn filters(state: &State, out: &mut Content) {
    let query = &state.catalogue.query;
    let set = [
        (
            s::CLASS,
            query.class.first().map(|class| say::class(*class)),
        ),
        (
            s::WHO_ACTS,
            query
                .acts
                .first()
                .map(|actor| words::actor(*actor).to_owned()),
        ),
        (
            s::SIGNING_IN,
            query
                .login
                .first()
                .map(|login| words::login(*login).to_owned()),
        ),
    ];
    for (label, value) in &set {
        if let Some(value) = value {
            out.cut(&[
                (Role::Label, &format!("{label:<12}")),
                (Role::Strong, value),
            ]);
        }
    }
    if set.iter().all(|(_, value)| value.is_none()) {
        let words = s::no_filter(
            &key(state, Action::NextClass),
            &key(state, Action::NextActor),
            &key(state, Action::NextLogin),
        );
        out.cut(&[(Role::Dim, &words)]);
    }
}

/// What the list is called: how many entries fit.
pub fn list_title(state: &State) -> String {
    let catalogue = &state.catalogue;
    match &catalogue.known {
        None => s::PANE_CATALOGUE.to_owned(),
        Some(_) if catalogue.near => s::nothing_fits(catalogue.hits.len()),
        Some(_) => s::hits(catalogue.hits.len(), catalogue.total),
    }
}

/// What fits, the obvious first.
pub fn list(state: &State, width: usize) -> Content {
    let mut out = Content::list(width);
    let catalogue = &state.catalogue;
    if catalogue.hits.is_empty() {
        out.list = false;
        out.line(0, &[(Role::Dim, instead(catalogue))]);
        return out;
    }
    let widths = catalogue.hits.iter().map(|hit| columns(&hit.label));
    let names = widths.filter(|width| *width <= LABELS).max();
    let names = names.unwrap_or(LABELS);
    let classes = catalogue.hits.iter().map(|hit| hit.class.word().len());
    let classes = classes.max().unwrap_or_default();
    for (nth, hit) in catalogue.hits.iter().enumerate() {
        out.item(hit.label.as_str(), Tie::Nth(nth));
        row(hit, names, classes, &mut out);
    }
    out
}

fn row(hit: &Hit, names: usize, classes: usize, out: &mut Content) {
    let own = if hit.own { s::OWN_ENTRY } else { "" };
    let class = hit.class.word();
    if out.width() < ONE_ROW {
        let class = format!("  {class}  ");
        out.cut(&[
            (Role::Strong, &hit.label),
            (Role::Dim, &class),
            (Role::Granted, own),
        ]);
        out.cut(&[(Role::Plain, "  "), (Role::Plain, &hit.title)]);
        return;
    }
    let pad = names.saturating_sub(columns(&hit.label));
    let class = format!("{:pad$}  {class:<classes$}  ", "");
    let label = super::super::rows::fit(&hit.label, names);
    out.cut(&[
        (Role::Strong, &label),
        (Role::Dim, &class),
        (Role::Granted, own),
        (Role::Plain, &hit.title),
    ]);
}

/// What is said where there is no entry.
fn instead(catalogue: &Catalogue) -> &'static str {
    if catalogue.known.is_none() {
        s::CATALOGUE_LOADS
    } else if catalogue.query.is_filtered() {
        s::FILTERS_KEEP_ALL_OUT
    } else {
        say::NOTHING
    }
}

/// What the entry is called.
pub fn entry_title(state: &State) -> String {
    let hit = state.catalogue.hit();
    hit.map_or_else(
        || s::PANE_ENTRY.to_owned(),
        |hit| s::entry_title(&hit.label),
    )
}

/// One entry whole, or the neighbourhood of a code that is not listed.
pub fn entry(state: &State, width: usize) -> Content {
    let mut out = Content::text(width);
    let catalogue = &state.catalogue;
    let (Some(known), Some(hit)) = (&catalogue.known, catalogue.hit()) else {
        out.line(0, &[(Role::Dim, instead(catalogue))]);
        return out;
    };
    if let Name::Family(code) = &hit.name {
        family(known, code, &mut out);
    } else if let Some(entry) = hit.name.entry(known) {
        out.item(entry.heading(), Tie::Nothing);
        out.line(2, &[(Role::Label, &entry.heading())]);
        out.item(entry.title(), Tie::Nothing);
        out.line(0, &[(Role::Strong, entry.title())]);
        out.gap();
        for told in entry.told(known) {
            lay_out(&told, &mut out);
        }
    }
    out
}

fn family(known: &Catalog, code: &str, out: &mut Content) {
    out.item(code, Tie::Nothing);
    out.line(0, &[(Role::Warning, &say::not_listed(code))]);
    out.line(0, &[(Role::Plain, say::NOTHING_MORE)]);
    out.gap();
    let range = known.range(code);
    for told in range.map(|range| range.told(code)).unwrap_or_default() {
        lay_out(&told, out);
    }
}

/// A label and its texts; several stand below each other, each marked where it begins.
fn lay_out(told: &Told, out: &mut Content) {
    let role = match told.part {
        Part::Text => Role::Plain,
        Part::Caution => Role::Warning,
        Part::Links => Role::Link,
        Part::Source => Role::Dim,
    };
    let marked = told.texts.len() > 1 && told.part != Part::Links;
    let mut label = told.label.as_str();
    for text in &told.texts {
        let item = out.item(text.as_str(), Tie::Nothing);
        if told.part == Part::Links {
            item.url = Some(text.clone());
        }
        if marked {
            let indent = out.label_width();
            let label = format!("{label:<indent$}");
            let mark = if text.starts_with(|c: char| c.is_ascii_digit()) {
                ""
            } else {
                "• "
            };
            let pieces = [
                (Role::Label, label.as_str()),
                (Role::Dim, mark),
                (role, text),
            ];
            out.line(indent + 2, &pieces);
        } else {
            out.pair(label, role, text);
        }
        label = "";
    }
}
