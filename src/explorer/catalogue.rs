//! The catalogue screen: a line to search with, what fits, and one entry whole. It opens over whatever was there and
//! leads back to it.

mod aim;
mod bookmark;
mod filter;
mod show;

use std::sync::Arc;

use tui_input::{Input, InputRequest};

use crate::catalog::{Catalog, Entry, Origin, Query};
use crate::model::Class;
use crate::session::Command;

use super::key::Key;
use super::message::{Effect, Effects};
use super::pane::Pane;
use super::scroll::Motion;
use super::search::edit;
use super::state::State;

pub use aim::target;
pub use bookmark::{Bookmark, return_to};
pub use filter::{clear, turn};
pub use show::{entry, entry_title, list, list_title, lookup, lookup_title};

/// How many entries are suggested where nothing fits.
const NEAREST: usize = 12;

/// What an entry is found again by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// A code with its prefix.
    Code(String),
    /// An OAuth error; without a source the one that a reply means.
    Error(String, Option<String>),
    /// A suberror.
    SubError(String),
    /// A code that is not listed: its neighbourhood.
    Family(String),
}

impl Name {
    /// What an entry is found again by.
    pub fn of(entry: Entry<'_>) -> Self {
        match entry {
            Entry::Code(code) => Self::Code(code.code.clone()),
            Entry::Error(error) => Self::Error(error.name.clone(), Some(error.source.clone())),
            Entry::SubError(suberror) => Self::SubError(suberror.name.clone()),
        }
    }

    /// The entry, if there is one of this name.
    fn entry<'a>(&self, known: &'a Catalog) -> Option<Entry<'a>> {
        match self {
            Self::Code(code) => known.code(code).map(Entry::Code),
            Self::Error(name, None) => known.error(name).map(Entry::Error),
            Self::Error(name, Some(source)) => {
                known.error_by_source(name, source).map(Entry::Error)
            }
            Self::SubError(name) => known.suberror(name).map(Entry::SubError),
            Self::Family(_) => None,
        }
    }

    /// What a person would type to find it.
    pub fn typed(&self) -> &str {
        match self {
            Self::Code(text) | Self::Error(text, _) | Self::SubError(text) | Self::Family(text) => {
                text
            }
        }
    }
}

/// One row of the list.
struct Hit {
    name: Name,
    label: String,
    class: Class,
    title: String,
    own: bool,
}

impl Hit {
    fn of(entry: Entry<'_>) -> Self {
        Self {
            name: Name::of(entry),
            label: entry.row_label(),
            class: entry.class(),
            title: entry.title().to_owned(),
            own: matches!(entry.origin(), Origin::Own(_)),
        }
    }
}

/// What the screen knows and where it stands.
pub struct Catalogue {
    known: Option<Arc<Catalog>>,
    total: usize,
    /// Which of its panes keys go to.
    at: Pane,
    input: Input,
    query: Query,
    hits: Vec<Hit>,
    /// Nothing fits: the hits are what may have been meant.
    near: bool,
    chosen: usize,
    /// The entry to show as soon as the catalogue is there.
    wanted: Option<Name>,
    /// The entry was opened from elsewhere: Esc leads back there at once.
    direct: bool,
    edition: u64,
}

impl Default for Catalogue {
    fn default() -> Self {
        Self {
            known: None,
            total: 0,
            at: Pane::Lookup,
            input: Input::default(),
            query: Query::default(),
            hits: Vec::new(),
            near: false,
            chosen: 0,
            wanted: None,
            direct: false,
            edition: 0,
        }
    }
}

impl Catalogue {
    /// The pane that keys go to while the screen is open.
    pub const fn at(&self) -> Pane {
        self.at
    }

    /// Where the text cursor stands in the search line.
    pub fn caret(&self) -> usize {
        self.input.visual_cursor()
    }

    /// Changes whenever something else fits.
    pub const fn edition(&self) -> u64 {
        self.edition
    }

    /// The place in the list of the entry that is shown.
    pub const fn chosen(&self) -> usize {
        self.chosen
    }

    /// How many filters are set.
    pub fn filters(&self) -> usize {
        [
            !self.query.class.is_empty(),
            !self.query.acts.is_empty(),
            !self.query.login.is_empty(),
        ]
        .into_iter()
        .filter(|set| *set)
        .count()
    }

    /// What is typed, so that it can be marked in the list.
    pub fn typed(&self) -> Option<&str> {
        Some(self.input.value().trim()).filter(|text| !text.is_empty())
    }

    /// The code of the entry that is shown, if it is one of a code.
    pub fn code(&self) -> Option<&str> {
        match &self.hit()?.name {
            Name::Code(code) => Some(code),
            Name::Error(..) | Name::SubError(_) | Name::Family(_) => None,
        }
    }

    /// What the entry that is shown is looked up by.
    pub fn entry_name(&self) -> Option<String> {
        self.hit().map(|hit| hit.name.typed().to_owned())
    }

    /// What is known, once it is there.
    pub fn known(&self) -> Option<&Catalog> {
        self.known.as_deref()
    }

    fn hit(&self) -> Option<&Hit> {
        self.hits.get(self.chosen)
    }

    /// The address to open for the entry that is shown.
    pub fn link(&self) -> Option<String> {
        use crate::catalog::link;
        let known = self.known.as_deref()?;
        let name = &self.hit()?.name;
        if let Name::Family(code) = name {
            return link::lookup(code, link::PUBLIC);
        }
        let links = name.entry(known)?.links();
        links.into_iter().next().map(|link| link.url)
    }
}

/// Opens the screen to look for something.
pub fn open(state: &mut State) -> Effects {
    unfold(state, Pane::Lookup);
    search(state);
    ask(state)
}

/// Opens the entry of what the cursor is on, or of what the verdict rests on.
pub fn look_up(state: &mut State) -> Effects {
    target(state).map_or_else(Vec::new, |name| read(state, name))
}

/// Opens the entry of this name.
pub fn read(state: &mut State, name: Name) -> Effects {
    unfold(state, Pane::Entry);
    state.catalogue.direct = true;
    state.catalogue.wanted = Some(name);
    find_wanted(state);
    ask(state)
}

/// Takes the catalogue in.
pub fn take(state: &mut State, known: Arc<Catalog>) {
    state.catalogue.total = known.entries().count();
    state.catalogue.known = Some(known);
    super::palette::forget_codes(state);
    if state.catalogue.wanted.is_some() {
        find_wanted(state);
    } else {
        search(state);
    }
}

fn unfold(state: &mut State, at: Pane) {
    let (known, total) = (state.catalogue.known.take(), state.catalogue.total);
    let edition = state.catalogue.edition;
    state.catalogue = Catalogue {
        known,
        total,
        at,
        edition,
        ..Catalogue::default()
    };
    state.push(Pane::Catalogue);
    state.views.forget(Pane::Lookup);
    state.touch();
}

/// Asks for what is known, unless it is there.
pub fn ask(state: &State) -> Effects {
    if state.catalogue.known.is_some() {
        return Vec::new();
    }
    vec![Effect::Ask(Command::Catalogue)]
}

/// Shows the entry that was wanted among its neighbours; one that is not listed is searched for.
fn find_wanted(state: &mut State) {
    let catalogue = &mut state.catalogue;
    let Some(known) = catalogue.known.clone() else {
        return;
    };
    let Some(name) = catalogue.wanted.take() else {
        return;
    };
    let listed = name.entry(&known).map(Name::of);
    if listed.is_none() {
        catalogue.input = Input::from(name.typed());
    }
    search(state);
    let catalogue = &mut state.catalogue;
    let place = |name: &Name| catalogue.hits.iter().position(|hit| hit.name == *name);
    catalogue.chosen = listed.as_ref().and_then(place).unwrap_or(0);
}

/// Looks for what is typed, anew. Every key in the search line comes through here.
fn search(state: &mut State) {
    let catalogue = &mut state.catalogue;
    catalogue.edition += 1;
    catalogue.chosen = 0;
    catalogue
        .input
        .value()
        .clone_into(&mut catalogue.query.text);
    if let Some(known) = &catalogue.known {
        let found = known.find(&catalogue.query);
        catalogue.near = found.is_empty();
        catalogue.hits = if found.is_empty() {
            nearest(known, &catalogue.query)
        } else {
            found.into_iter().map(Hit::of).collect()
        };
    }
    state.views.forget(Pane::Catalogue);
    state.views.forget(Pane::Entry);
}

/// What is offered where nothing fits: the neighbourhood of a number, then what may have been meant.
fn nearest(known: &Catalog, query: &Query) -> Vec<Hit> {
    let family = query.unlisted(known).and_then(|code| {
        let range = known.range(&code)?;
        Some(Hit {
            label: code.clone(),
            name: Name::Family(code),
            class: range.class,
            title: range.title.clone(),
            own: matches!(range.origin, Origin::Own(_)),
        })
    });
    let near = known.nearest(query, NEAREST);
    family
        .into_iter()
        .chain(near.into_iter().map(Hit::of))
        .collect()
}

/// A key in the search line.
pub fn typed(state: &mut State, key: Key) {
    let before = state.catalogue.input.value().to_owned();
    edit(&mut state.catalogue.input, key);
    if state.catalogue.input.value() != before {
        search(state);
    }
}

/// Pasted text: one line of it.
pub fn pasted(state: &mut State, text: &str) {
    for c in text.trim().lines().next().unwrap_or_default().chars() {
        state.catalogue.input.handle(InputRequest::InsertChar(c));
    }
    search(state);
}

/// Goes to one of its panes.
pub fn go(state: &mut State, pane: Pane) {
    state.catalogue.at = pane;
}

/// To the next of its panes, or the one before.
pub fn next_pane(state: &mut State, on: bool) {
    let order = [Pane::Lookup, Pane::Catalogue, Pane::Entry];
    let at = state.catalogue.at;
    let at = order.iter().position(|pane| *pane == at).unwrap_or(0);
    let by = if on { 1 } else { order.len() - 1 };
    state.catalogue.direct = false;
    go(state, order[(at + by) % order.len()]);
}

/// Moves the list from the search line.
pub fn moved(state: &mut State, motion: Motion) {
    state.views.go(Pane::Catalogue, motion);
    follow(state);
}

/// Shows the entry that the cursor of the list is on.
pub fn follow(state: &mut State) {
    if let Some(nth) = state.views.item(Pane::Catalogue)
        && nth != state.catalogue.chosen
    {
        state.catalogue.chosen = nth;
        state.views.forget(Pane::Entry);
    }
}

/// One step back: from an entry to the list it was chosen in, otherwise to where one was before.
pub fn back(state: &mut State) {
    if state.catalogue.at == Pane::Entry && !state.catalogue.direct {
        go(state, Pane::Catalogue);
    } else {
        state.close(Pane::Catalogue);
    }
}
