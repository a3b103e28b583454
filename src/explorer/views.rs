//! What each pane shows, laid out once and kept until something it depends on changes.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::layout::Area;
use super::pane::Pane;
use super::rows::{Content, Tie};
use super::runs::Entry;
use super::scroll::{Motion, Scroll};
use super::state::State;
use super::{
    ask, catalogue, code, compare, consent, diagnosis, exchanges, form, found, help, history, lab,
    log, palette, paste, picker, qr, reply, runs, scenarios, start, steps, uses, world,
};

#[derive(Default)]
struct View {
    content: Content,
    scroll: Scroll,
    stamp: Option<u64>,
    height: usize,
}

/// One view a pane.
pub struct Views(Vec<View>);

impl Default for Views {
    fn default() -> Self {
        Self(Pane::ALL.iter().map(|_| View::default()).collect())
    }
}

impl Views {
    /// What a pane shows.
    pub fn content(&self, pane: Pane) -> &Content {
        &self.0[pane.index()].content
    }

    /// Where it stands.
    pub fn scroll(&self, pane: Pane) -> Scroll {
        self.0[pane.index()].scroll
    }

    /// Moves its cursor.
    pub fn go(&mut self, pane: Pane, motion: Motion) {
        let view = &mut self.0[pane.index()];
        view.scroll.go(motion, &view.content, view.height);
    }

    /// Rolls it with the wheel.
    pub fn roll(&mut self, pane: Pane, down: bool) {
        let view = &mut self.0[pane.index()];
        view.scroll.roll(down, &view.content, view.height);
    }

    /// Puts its cursor on an item.
    pub fn put(&mut self, pane: Pane, item: usize) {
        let view = &mut self.0[pane.index()];
        view.scroll.put(item, &view.content, view.height);
    }

    /// Puts its cursor on a row, if there is one to rest on.
    pub fn put_row(&mut self, pane: Pane, row: usize) {
        let view = &mut self.0[pane.index()];
        if row < view.content.rows.len()
            && (!view.content.list || view.content.item_at(row).is_some())
        {
            let item = view.content.item_at(row).filter(|_| view.content.list);
            let first = item.and_then(|item| view.content.first_row(item));
            view.scroll.row = first.unwrap_or(row);
            view.scroll.keep(&view.content, view.height);
        }
    }

    /// Scrolls so that there is room below the cursor for what comes up there.
    pub fn make_room(&mut self, pane: Pane) {
        let view = &mut self.0[pane.index()];
        let (first, _) = view.content.span(view.scroll.row);
        if first > view.scroll.top + view.height / 2 {
            view.scroll.top = first - view.height / 4;
        }
    }

    /// The item under its cursor.
    pub fn item(&self, pane: Pane) -> Option<usize> {
        let view = &self.0[pane.index()];
        view.content.item_at(view.scroll.row)
    }

    /// Puts it where it stood when it is shown next.
    pub fn stand(&mut self, pane: Pane, scroll: Scroll) {
        self.0[pane.index()] = View {
            scroll,
            ..View::default()
        };
    }

    /// Starts it at the top when it is shown next.
    pub fn forget(&mut self, pane: Pane) {
        self.0[pane.index()] = View::default();
    }
}

/// Lays out anew what is on screen and no longer holds.
pub fn refresh(state: &mut State) {
    if state.too_small() {
        return;
    }
    let caught = state.revealed;
    state.runs.prepare(&state.redactor, caught);
    for (pane, area) in state.areas() {
        let stamp = stamp(state, pane, area);
        let view = &state.views.0[pane.index()];
        if view.stamp != Some(stamp) {
            let mut content = build(state, pane, area.text_width());
            if state.presenting() && matches!(pane, Pane::Diagnosis | Pane::Steps) {
                content.spread();
            }
            state.views.0[pane.index()].height = area.text_height();
            settle(state, pane, content, stamp);
        }
        let view = &mut state.views.0[pane.index()];
        view.height = area.text_height();
        view.scroll.keep(&view.content, view.height);
    }
}

/// Puts new content in place and keeps the cursor on the item it was on.
fn settle(state: &mut State, pane: Pane, content: Content, stamp: u64) {
    let looked_at = (pane == Pane::Runs).then(|| runs::row(state, &content));
    let view = &mut state.views.0[pane.index()];
    if pane == Pane::Catalogue {
        // The list's cursor is on the entry that is shown beside it, with some of its neighbours above.
        view.scroll.row = content.first_row(state.catalogue.chosen()).unwrap_or(0);
        view.scroll.top = view.scroll.row.saturating_sub(view.height / 3);
        view.content = content;
        view.stamp = Some(stamp);
        return;
    }
    if let Some(Some(first)) = looked_at {
        // The list's cursor is on the run that is looked at.
        view.scroll.row = first;
        view.content = content;
        view.stamp = Some(stamp);
        return;
    }
    let row = view.scroll.row;
    let item = view.content.item_at(row);
    let last = view.content.items.len().checked_sub(1);
    if pane == Pane::Exchanges && item == last && state.runs.selected().is_some_and(Entry::running)
    {
        // What happens now is followed, unless something earlier is looked at.
        view.scroll.row = content.rows.len().saturating_sub(1);
        view.content = content;
        view.stamp = Some(stamp);
        return;
    }
    // The newest request is followed; any other one is stayed at, as is whatever has a name.
    let item = match item.and_then(|item| view.content.items.get(item)) {
        Some(named) if matches!(named.tie, Tie::Named(_)) && item != Some(0) => content
            .items
            .iter()
            .position(|other| other.tie == named.tie)
            .or(item),
        _ => item,
    };
    if pane == Pane::Form {
        // The field that keys go to stays in sight, with what is said under it.
        let at = content.first_row(form::place(state)).unwrap_or(0);
        let view = &mut state.views.0[pane.index()];
        let (first, rows) = content.span(at);
        view.scroll.row = first + rows.saturating_sub(1);
        view.content = content;
        view.stamp = Some(stamp);
        return;
    }
    if pane == Pane::Draft {
        // What is typed stays in sight.
        view.scroll.row = content.caret.map_or(0, |(row, _)| row);
        view.content = content;
        view.stamp = Some(stamp);
        return;
    }
    let within = row - view.content.span(row).0.min(row);
    view.content = content;
    view.stamp = Some(stamp);
    if let Some(first) = item.and_then(|item| view.content.first_row(item)) {
        let (_, rows) = view.content.span(first);
        view.scroll.row = first + within.min(rows - 1);
    }
}

/// What a pane's content depends on, as a number.
fn stamp(state: &State, pane: Pane, area: Area) -> u64 {
    let mut hasher = DefaultHasher::new();
    area.text_width().hash(&mut hasher);
    area.text_height().hash(&mut hasher);
    state.presenting().hash(&mut hasher);
    match pane {
        Pane::Reply => {
            state.selected_id().hash(&mut hasher);
            state.reply.hash(&mut hasher);
            state.revealed.hash(&mut hasher);
            state.runs.replies().hash(&mut hasher);
            state
                .runs
                .shown()
                .map(|run| run.ending().is_some())
                .hash(&mut hasher);
        }
        Pane::Steps => {
            state.edition.hash(&mut hasher);
            state.views.item(Pane::Steps).hash(&mut hasher);
        }
        Pane::Catalogue => state.catalogue.edition().hash(&mut hasher),
        Pane::Lookup => {
            state.catalogue.edition().hash(&mut hasher);
            state.catalogue.caret().hash(&mut hasher);
        }
        Pane::Entry => {
            state.catalogue.edition().hash(&mut hasher);
            state.catalogue.chosen().hash(&mut hasher);
        }
        Pane::Found => found::stamp(state).hash(&mut hasher),
        Pane::Palette => {
            state.palette.edition().hash(&mut hasher);
            state.palette.caret().hash(&mut hasher);
        }
        Pane::Offers => state.palette.edition().hash(&mut hasher),
        Pane::Requests => {
            state.lab_screen.edition().hash(&mut hasher);
            state.filters.get(pane).hash(&mut hasher);
            state.lab.is_some().hash(&mut hasher);
        }
        Pane::About => {
            state.edition.hash(&mut hasher);
            state.views.item(Pane::Picker).hash(&mut hasher);
        }
        Pane::Compare | Pane::Message | Pane::Help | Pane::Start => {
            state.details.hash(&mut hasher);
            state.edition.hash(&mut hasher);
        }
        _ => {
            state.edition.hash(&mut hasher);
            state.revealed.hash(&mut hasher);
            if state.moving() && matches!(pane, Pane::Diagnosis | Pane::Exchanges) {
                state.now.seconds().hash(&mut hasher);
            }
        }
    }
    hasher.finish()
}

fn build(state: &State, pane: Pane, width: usize) -> Content {
    match pane {
        Pane::Start => start::content(state, width),
        Pane::Picker => picker::list(state, width),
        Pane::About => picker::about(state, width),
        Pane::Runs => runs::content(state, width),
        Pane::Diagnosis => diagnosis::pane(state, width),
        Pane::Reply => reply::content(state, width),
        Pane::Exchanges => exchanges::content(state, width),
        Pane::Steps => steps::content(state, width),
        Pane::Form => form::content(state, width),
        Pane::Paste => paste::content(state, width),
        Pane::Found => found::content(state, width),
        Pane::History => history::content(state, width),
        Pane::Compare => compare::content(state, width),
        Pane::Log => log::content(state, width),
        Pane::Guide => scenarios::content(state, width),
        Pane::Code => code::content(state, width),
        Pane::Lab => lab::world(state, width),
        Pane::Requests => lab::requests(state, width),
        Pane::Record => lab::record(state, width),
        Pane::Seen => lab::seen(state, width),
        Pane::Story => lab::story(state, width),
        Pane::Acts => world::content(state, width),
        Pane::Consent => consent::content(state, width),
        Pane::Uses => uses::content(state, width),
        Pane::Qr => qr::content(state, width),
        Pane::Help => help::content(state, width),
        Pane::Message => steps::message(state, width),
        Pane::Draft => steps::draft(state, width),
        Pane::Ask => ask::content(state, width),
        Pane::Lookup => catalogue::lookup(state, width),
        Pane::Catalogue => catalogue::list(state, width),
        Pane::Entry => catalogue::entry(state, width),
        Pane::Palette => palette::line(state, width),
        Pane::Offers => palette::list(state, width),
    }
}
