//! Presenting to an audience: what is told below everything else (the story, what was seen, what comes next, the keys
//! that were pressed), more room between lines, and the lab's waits shortened.
//!
//! ```text
//! ── MFA demanded while refreshing silently ─ step 2 of 3 ──────────── the lab's waits are shortened ──
//! Why a silent call can fail although a refresh token exists
//! Seen  ✗ silent: Multifactor authentication is required.
//! Next  Space: Sign in in the browser, passing the claims the server asked for
//! Keys  Space Scenario step 1: ask silently · Enter do it ×2
//! ```

use std::collections::VecDeque;
use std::time::Duration;

use crate::model::{Activity, RunId, Stage};
use crate::session::Command;
use crate::strings::explorer as s;

use super::action::Action;
use super::key::{Code, Key};
use super::message::{Effect, Effects};
use super::pane::{Mode, Pane, Scene};
use super::rows::{Content, Role, Row, Tie, columns};
use super::runs::Entry;
use super::state::State;
use super::{picker, play, runs};

/// How many keys are shown.
const KEYS: usize = 5;

/// How many waits of one run are shortened: a server that says “later” for ever is not asked for ever.
const WAITS: usize = 12;

/// A key that was pressed, and what it did.
struct Pressed {
    key: String,
    what: String,
    times: usize,
}

/// Waits of a run that were shortened.
struct Shortened {
    run: RunId,
    wait: Duration,
    count: usize,
    /// Whether the last one was cut short and nothing was told of the run since.
    hurried: bool,
}

/// Whether there is an audience, and what it was shown of the hands.
#[derive(Default)]
pub struct Presenter {
    on: bool,
    keys: VecDeque<Pressed>,
    shortened: Option<Shortened>,
}

impl State {
    /// Begins or ends presenting.
    pub fn present(&mut self, on: bool) {
        self.presenter.on = on;
        if on {
            self.details = false;
        }
        self.touch();
        super::views::refresh(self);
    }

    /// Whether there is an audience.
    pub const fn presenting(&self) -> bool {
        self.presenter.on
    }

    /// How many rows above the footer are kept for the audience.
    pub fn strip_height(&self) -> u16 {
        if self.presenting() && !self.too_small() {
            2 + told(self.size.1)
        } else {
            0
        }
    }

    /// What those rows say, as wide as the screen less one column on either side.
    pub fn strip(&self) -> Content {
        let width = usize::from(self.size.0.saturating_sub(2));
        strip(self, width, usize::from(told(self.size.1)))
    }
}

/// How many rows the story takes.
const fn told(height: u16) -> u16 {
    match height {
        0..24 => 2,
        24..34 => 3,
        _ => 4,
    }
}

/// Whether lines of less weight are left out: with an audience, until they are asked for.
pub const fn folded(state: &State) -> bool {
    state.presenter.on && !state.details
}

/// Switches between presenting and not.
pub fn toggle(state: &mut State) {
    let on = !state.presenting();
    state.present(on);
    state.say(if on { s::PRESENT_ON } else { s::PRESENT_OFF });
}

/// Notes a key for the audience. What is typed as text is not shown, only that something is.
pub fn pressed(state: &mut State, key: Key, action: Option<Action>, enabled: bool) {
    let (pane, mode) = (state.pane(), state.mode());
    let (key, what) = match action {
        Some(Action::Play) if enabled => (key.to_string(), play::coming_words(state)),
        Some(action) if enabled => {
            let mut bound = state
                .keymap
                .active(pane, mode)
                .filter(|binding| binding.action == action);
            let hint = bound.next().map_or("", |binding| binding.hint);
            (key.to_string(), hint.to_owned())
        }
        None if mode == Mode::Text => match key.code {
            Code::Char(_) if !key.ctrl => ("…".to_owned(), s::PRESENT_TYPED.to_owned()),
            _ => (key.to_string(), String::new()),
        },
        _ => (key.to_string(), s::PRESENT_NOTHING.to_owned()),
    };
    note(state, key, what);
}

/// Notes a paste for the audience; not what was pasted.
pub fn pasted(state: &mut State) {
    note(state, "…".to_owned(), s::PRESENT_PASTED.to_owned());
}

fn note(state: &mut State, key: String, what: String) {
    let keys = &mut state.presenter.keys;
    match keys.front_mut() {
        Some(last) if last.key == key && last.what == what => last.times += 1,
        _ => keys.push_front(Pressed {
            key,
            what,
            times: 1,
        }),
    }
    keys.truncate(KEYS);
}

/// Whether a wait of this run was cut short just now, and what comes of it is not told yet.
pub fn hurries(state: &State, entry: &Entry) -> bool {
    let shortened = state.presenter.shortened.as_ref();
    shortened.is_some_and(|it| it.run == entry.run.id && it.hurried)
}

/// With an audience nobody waits for the lab: a wait of a run that asked it is cut short, and said to be. A poll is hurried
/// once the lab's user has acted. Never for a run that asked anybody else.
pub fn shorten(state: &mut State, run: RunId) -> Effects {
    let Some(entry) = state.runs.get(run) else {
        return Vec::new();
    };
    let until = match entry.activity() {
        Some(Activity::Waiting {
            until,
            can_cut: true,
            ..
        }) => Some(*until),
        Some(Activity::Device { next_poll, .. }) if entry.page.is_some() => Some(*next_poll),
        _ => None,
    };
    let setting_up = state.scenarios.setting_up.is_some();
    if let Some(known) = &mut state.presenter.shortened {
        known.hurried = false;
    }
    let Some(until) = until.filter(|_| state.presenter.on && entry.run.simulated && !setting_up)
    else {
        return Vec::new();
    };
    if !count(&mut state.presenter, run, until.since(state.now)) {
        return Vec::new();
    }
    vec![Effect::Ask(Command::CutWait(run))]
}

/// Counts a wait of a run; whether it is one too many.
fn count(presenter: &mut Presenter, run: RunId, wait: Duration) -> bool {
    match &mut presenter.shortened {
        Some(known) if known.run == run => {
            known.count += 1;
            known.wait = known.wait.max(wait);
            known.hurried = known.count <= WAITS;
            known.hurried
        }
        shortened => {
            *shortened = Some(Shortened {
                run,
                wait,
                count: 1,
                hurried: true,
            });
            true
        }
    }
}

fn strip(state: &State, width: usize, told: usize) -> Content {
    let mut out = Content::text(width);
    rule(state, &mut out);
    let story = told.saturating_sub(2);
    let mut teaches = Content::text(width);
    if let Some(words) = about(state) {
        teaches.item(words.clone(), Tie::Nothing);
        teaches.line(0, &[(Role::Plain, &words)]);
    }
    let blank = || Row {
        item: None,
        pieces: Vec::new(),
    };
    let rows = teaches
        .rows
        .into_iter()
        .chain(std::iter::repeat_with(blank));
    out.rows.extend(rows.take(story));
    seen(state, &mut out);
    next(state, &mut out);
    keys(state, &mut out);
    out
}

/// The title of the scenario and how far it has come; at the right, that waits are shortened.
fn rule(state: &State, out: &mut Content) {
    let title = match (state.scenarios.current(), state.scenarios.next_step()) {
        _ if state.scene() != Scene::Main => s::PRESENT_MODE.to_owned(),
        (Some(view), Some(step)) => s::story_title(&view.title, step + 1, view.steps.len()),
        (Some(view), None) => s::story_title(&view.title, view.steps.len(), view.steps.len()),
        (None, _) => s::PRESENT_MODE.to_owned(),
    };
    let used = columns(&title) + columns(s::PRESENT_WAITS) + 10;
    let (line, waits) = match out.width().checked_sub(used) {
        Some(left) => ("─".repeat(left + 2), s::PRESENT_WAITS),
        None => ("─".repeat(out.width()), ""),
    };
    out.cut(&[
        (Role::Label, "── "),
        (Role::Strong, &title),
        (Role::Label, " "),
        (Role::Label, &line),
        (Role::Label, " "),
        (Role::Label, waits),
        (Role::Label, if waits.is_empty() { "" } else { " ──" }),
    ]);
}

/// What the scenario that is shown teaches.
fn about(state: &State) -> Option<String> {
    let view = if state.scene() == Scene::Picker {
        picker::under_cursor(state)
    } else {
        state.scenarios.current()
    };
    view.map(|view| view.teaches.clone())
}

/// What was seen last: how the run that is looked at went, or where it stands.
fn seen(state: &State, out: &mut Content) {
    let label = (Role::Label, s::PRESENT_SEEN);
    let (Some(entry), Some(run)) = (state.runs.selected(), state.runs.shown()) else {
        let set_up = state.scenarios.current().map(|view| view.given.join(" · "));
        let words = set_up.filter(|words| !words.is_empty());
        let words = words.unwrap_or_else(|| s::PRESENT_SET_UP.to_owned());
        return out.cut(&[label, (Role::Dim, &words)]);
    };
    let (role, mark) = runs::mark_of(&entry.run);
    let flow = format!(" {}: ", run.flow().word());
    let words = match (&run.stage, run.diagnosis()) {
        (Stage::Running(activity), _) => s::doing(activity).to_owned(),
        (_, Some(found)) => found.summary.clone(),
        _ => runs::summary(run, state),
    };
    let shortened = state.presenter.shortened.as_ref();
    let wait = shortened.filter(|it| it.run == entry.run.id && !it.wait.is_zero());
    let wait = wait.map(|it| s::shortened(it.wait)).unwrap_or_default();
    out.cut(&[
        label,
        (role, mark),
        (Role::Plain, &flow),
        (Role::Strong, &words),
        (Role::Warning, &wait),
    ]);
}

/// What comes next, and the key for it.
fn next(state: &State, out: &mut Content) {
    let key = key(state).map_or_else(String::new, |key| format!("{key}: "));
    let words = play::coming_words(state);
    let pieces = [
        (Role::Label, s::PRESENT_NEXT),
        (Role::Key, &*key),
        (Role::Strong, &*words),
    ];
    out.cut(if state.mode() == Mode::Text {
        &pieces[..1]
    } else {
        &pieces
    });
}

/// The key for playing on where keys go to now.
pub fn key(state: &State) -> Option<Key> {
    let mut active = state.keymap.active(state.pane(), state.mode());
    let binding = active.find(|binding| binding.action == Action::Play)?;
    binding.keys.first().copied()
}

/// What the pane of next steps says in its lower border: what the key plays on with. With an audience that stands below.
pub fn lower_title(state: &State, pane: Pane) -> Option<String> {
    let here = pane == Pane::Steps && state.scenarios.chosen() && !state.presenting();
    let key = key(state).filter(|_| here)?;
    Some(s::plays(&key.to_string(), &play::coming_words(state)))
}

/// The last keys, the newest first and most strongly.
fn keys(state: &State, out: &mut Content) {
    let mut pieces = vec![(Role::Label, s::PRESENT_KEYS.to_owned())];
    if state.presenter.keys.is_empty() {
        pieces.push((Role::Dim, s::PRESENT_NO_KEYS.to_owned()));
    }
    for (nth, pressed) in state.presenter.keys.iter().enumerate() {
        if nth > 0 {
            pieces.push((Role::Dim, " · ".to_owned()));
        }
        let (key, what) = match nth {
            0 => (Role::Key, Role::Strong),
            1 => (Role::Key, Role::Plain),
            _ => (Role::Dim, Role::Dim),
        };
        let name = if pressed.times > 1 {
            s::times(&pressed.key, pressed.times)
        } else {
            pressed.key.clone()
        };
        pieces.push((key, name));
        pieces.push((what, format!(" {}", pressed.what)));
    }
    let pieces: Vec<(Role, &str)> = pieces
        .iter()
        .map(|(role, text)| (*role, text.as_str()))
        .collect();
    out.cut(&pieces);
}
