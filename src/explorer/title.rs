//! The title bar, the panes' titles and the lowest line.

use unicode_width::UnicodeWidthStr;

use crate::model::{AuthorityKind, Clean, Ending, Run, RunSpec, Stage};
use crate::strings::explorer as s;

use super::keymap::Binding;
use super::mark::Marked;
use super::pane::{Pane, Scene};
use super::search::Purpose;
use super::state::State;
use super::{reply, runs, steps};

/// A sentence that shows until the next key.
pub struct Status {
    text: String,
    warning: bool,
}

/// What the lowest line shows.
pub enum Footer<'a> {
    /// The keys that do something now, the most telling first.
    Keys(Vec<&'a Binding>),
    /// A sentence; `true`: a warning.
    Said(&'a str, bool),
    /// The search prompt: what was typed, the cursor's column in it, and which of the places that hold it the cursor
    /// is on.
    Search(&'a str, usize, String),
    /// As [`Search`](Self::Search), for a change of the lab's world in words.
    Order(&'a str, usize),
    /// As [`Search`](Self::Search), for the address of an API.
    Call(&'a str, usize),
}

impl State {
    /// Says something until the next key.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.status = Some(Status {
            text: text.into(),
            warning: false,
        });
    }

    /// Warns until the next key.
    pub(super) fn warn(&mut self, text: String) {
        self.status = Some(Status {
            text,
            warning: true,
        });
    }
}

/// What the footer shows.
pub fn footer(state: &State) -> Footer<'_> {
    if state.search.editing {
        let (text, column) = state.search.prompt();
        return match state.search.purpose() {
            Purpose::Order => Footer::Order(text, column),
            Purpose::Call => Footer::Call(text, column),
            Purpose::Find | Purpose::Narrow => Footer::Search(text, column, state.search.place()),
        };
    }
    if let Some(status) = &state.status {
        return Footer::Said(&status.text, status.warning);
    }
    let mut keys: Vec<&Binding> = state
        .bindings()
        .filter(|binding| binding.rank > 0 && !binding.keys.is_empty())
        .collect();
    keys.sort_by_key(|binding| binding.rank);
    Footer::Keys(keys)
}

/// How many rows it takes: a long sentence gets what it needs, up to a quarter of the screen.
pub fn footer_height(state: &State) -> u16 {
    let Some(status) = &state.status else {
        return 1;
    };
    let width = usize::from(state.size.0.saturating_sub(4)).max(20);
    let rows: usize = status
        .text
        .lines()
        .map(|line| line.chars().count() / width + 1)
        .sum();
    u16::try_from(rows)
        .unwrap_or(1)
        .clamp(1, 1 + state.size.1 / 8)
}

/// The title bar and the mark of a simulation.
pub fn bar(state: &State) -> (String, Option<&'static str>) {
    let at_the_lab = super::lab::is_open(state);
    let simulated = match state.scene {
        // With the lab at hand nothing is shown that could be taken for real.
        Scene::Start => state.scenarios.lab_asked,
        Scene::Picker => true,
        Scene::Main => match state.runs.selected() {
            Some(entry) => entry.run.simulated,
            None => state.scenarios.chosen() || state.presenting() && state.scenarios.lab_asked,
        },
    };
    let mark = (simulated || at_the_lab).then_some(s::SIMULATED);
    let mut crumbs = super::crumbs::crumbs(state);
    if let Some(last) = crumbs.last_mut() {
        if at_the_lab && let Some(info) = &state.lab {
            *last = s::crumb_at(last, &info.authority);
        }
        return (s::title(&crumbs.join(s::CRUMB)), mark);
    }
    let spec = match state.scene {
        Scene::Start => return (s::TITLE_START.to_owned(), mark),
        Scene::Picker => return (s::TITLE_PICKER.to_owned(), mark),
        Scene::Main => state
            .runs
            .selected()
            .map(|entry| &entry.run.spec)
            .or_else(|| state.scenarios.spec()),
    };
    let words = spec.map_or_else(String::new, about);
    (s::title(&words), mark)
}

fn about(spec: &RunSpec) -> String {
    let version = match spec.authority.kind {
        AuthorityKind::EntraV2 => "v2.0",
        AuthorityKind::EntraV1 => "v1",
        other => other.word(),
    };
    let tenant = spec.authority.tenant().unwrap_or(spec.authority.host());
    let mut parts = vec![
        spec.profile.clone().unwrap_or_default(),
        shortened(&spec.client_id),
        tenant.to_owned(),
        spec.scopes.join(" "),
        version.to_owned(),
        spec.flow.word().to_owned(),
        spec.username.clone().unwrap_or_default(),
    ];
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// A GUID by its ends: `3f0a…e1`.
fn shortened(id: &str) -> String {
    let chars: Vec<char> = id.chars().collect();
    if chars.len() == 36 {
        let head: String = chars[..4].iter().collect();
        let tail: String = chars[34..].iter().collect();
        format!("{head}…{tail}")
    } else {
        id.to_owned()
    }
}

/// Where a single pane stands in for the others: the titles in its upper border, each with its pane, as many as fit
/// in `width` columns with a bar between them.
pub fn tabs(state: &State, width: usize) -> Vec<(Pane, String)> {
    let mut left = width;
    let mut tabs = Vec::new();
    let all = Pane::MAIN.into_iter();
    for pane in all.filter(|pane| state.is_tabbed(*pane)) {
        let own = pane == shown_tab(state);
        let title = Clean::line(&state.pane_title(pane)).into_string();
        let name = if own {
            title
        } else {
            title.split(" ─ ").next().unwrap_or_default().to_owned()
        };
        let mark = if own && state.pane() != pane {
            "▸"
        } else {
            " "
        };
        let text = format!("{mark}{name} ");
        if text.width() < left {
            left -= text.width() + 1;
            tabs.push((pane, text));
        }
    }
    tabs
}

/// The one of them that is on screen.
fn shown_tab(state: &State) -> Pane {
    if state.is_tabbed(state.tab()) {
        state.tab()
    } else {
        Pane::Diagnosis
    }
}

/// The pane whose title is `column` columns into the border.
pub fn tab_at(state: &State, width: usize, column: usize) -> Option<Pane> {
    let mut from = 0;
    for (pane, text) in tabs(state, width) {
        if column < from + text.width() {
            return Some(pane);
        }
        from += text.width() + 1;
    }
    None
}

/// A pane's title.
pub fn pane(state: &State, pane: Pane) -> String {
    let shown = state.runs.shown();
    match pane {
        Pane::Diagnosis => diagnosis(state, shown).to_owned(),
        Pane::Reply => shown.map_or_else(|| s::PANE_REPLY.to_owned(), |run| of_reply(state, run)),
        Pane::Steps => steps::title(state),
        Pane::Found => s::found_title(state.found.place(), state.found.diagnoses.len()),
        Pane::Runs => runs::title(state),
        Pane::Exchanges => super::exchanges::title(state),
        Pane::Start => s::PANE_START.to_owned(),
        Pane::Picker => super::picker::title(state),
        Pane::About | Pane::Guide => s::PANE_SCENARIO.to_owned(),
        Pane::Form => s::PANE_FORM.to_owned(),
        Pane::Paste => s::PANE_PASTE.to_owned(),
        Pane::History => super::history::title(state),
        Pane::Compare => s::PANE_COMPARE.to_owned(),
        Pane::Log => s::PANE_LOG.to_owned(),
        Pane::Code => s::PANE_CODE.to_owned(),
        Pane::Qr => s::PANE_QR.to_owned(),
        Pane::Lab | Pane::Requests | Pane::Record | Pane::Seen | Pane::Story => {
            super::lab::title(state, pane)
        }
        Pane::Acts => s::PANE_ACTS.to_owned(),
        Pane::Uses => s::PANE_USES.to_owned(),
        Pane::Consent => s::PANE_CONSENT.to_owned(),
        Pane::Help => s::PANE_HELP.to_owned(),
        Pane::Message => s::PANE_MESSAGE.to_owned(),
        Pane::Draft => s::PANE_DRAFT.to_owned(),
        Pane::Ask => s::PANE_ASK.to_owned(),
        Pane::Lookup => super::catalogue::lookup_title(state),
        Pane::Catalogue => super::catalogue::list_title(state),
        Pane::Entry => super::catalogue::entry_title(state),
        Pane::Palette => s::PANE_PALETTE.to_owned(),
        Pane::Offers => super::palette::title(state),
    }
}

fn diagnosis(state: &State, shown: Option<&Run>) -> &'static str {
    match shown.map(|run| &run.stage) {
        None if state.scenarios.chosen() => s::PANE_SCENARIO,
        Some(Stage::Running(_)) => s::PANE_NOW,
        Some(Stage::Ended(ending)) if ending.token.is_some() && !api_refused(ending) => {
            s::PANE_TOKEN
        }
        None | Some(Stage::Ended(_)) => s::PANE_DIAGNOSIS,
    }
}

fn api_refused(ending: &Ending) -> bool {
    ending
        .api
        .as_ref()
        .is_some_and(|api| api.diagnosis.is_some())
}

/// `Reply ─ 400 · 1.2 KB · 87 ms`, and which exchange it is if there are several.
fn of_reply(state: &State, run: &Run) -> String {
    if !reply::is_reply(state, run) {
        return s::PANE_REPLY.to_owned();
    }
    let Some((at, exchange)) = reply::looked_at(state, run) else {
        return s::PANE_REPLY.to_owned();
    };
    let count = runs::exchanges(run).len();
    // The size is that of the bytes as they came, before anything was hidden.
    let bytes = state
        .runs
        .selected()
        .and_then(|entry| runs::exchanges(&entry.run).get(at).copied())
        .and_then(|exchange| exchange.reply.as_ref())
        .map(|reply| reply.body.len());
    let mut parts = Vec::new();
    if let Some(status) = exchange.status() {
        parts.push(status.to_string());
    }
    if let Some(bytes) = bytes {
        parts.push(s::size(bytes));
    }
    parts.push(runs::lasted(exchange.phases.total()));
    if count > 1 {
        parts.push(s::nth_of(at + 1, count));
    }
    if state.reply.exact && !state.reply.request {
        parts.push(s::EXACT_BYTES.to_owned());
    }
    let here = state.selected_id().map(|id| Marked::Exchange(id, at));
    if here.is_some() && state.marked == here {
        parts.push(s::MARKED.trim().to_owned());
    }
    s::reply_title(state.reply.request, &parts.join(" · "))
}
