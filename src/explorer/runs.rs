//! The runs of this session, newest first, and what the session tells about them.

mod list;

use std::time::Duration;

use crate::model::{Activity, Ending, Event, Exchange, Outcome, Run, RunId, Stage, Verification};
use crate::redact::Redactor;
use crate::strings::{consent, explorer as s};

use super::rows::Role;
use super::state::State;

pub use list::{content, go_to, look_at, nth, row, stay_within, text, title};

/// A run with what the explorer adds to it.
pub struct Entry {
    /// The run as the session told it.
    pub run: Run,
    /// What a page showed the lab's user when it sent nothing back.
    pub page: Option<String>,
    /// The refused run and the step of its plan that this run performs.
    pub parent: Option<(RunId, usize)>,
    /// How many lines its log had when it began what it is doing.
    heard: usize,
    edition: u64,
}

impl Entry {
    /// Whether it is under way.
    pub const fn running(&self) -> bool {
        matches!(self.run.stage, Stage::Running(_))
    }

    /// What it is doing, if it is under way.
    pub const fn activity(&self) -> Option<&Activity> {
        match &self.run.stage {
            Stage::Running(activity) => Some(activity),
            Stage::Ended(_) => None,
        }
    }

    /// What its log has said since it began what it is doing, newest last.
    pub fn news(&self) -> &[Event] {
        self.run.events.get(self.heard..).unwrap_or_default()
    }

    /// Whether it waits before its first request.
    pub const fn unsent(&self) -> bool {
        matches!(
            self.activity(),
            Some(Activity::Waiting { unsent: true, .. })
        )
    }

    /// Whether a countdown belongs to what it is doing.
    pub const fn counts_down(&self) -> bool {
        matches!(
            self.activity(),
            Some(
                Activity::Waiting { .. }
                    | Activity::Device { .. }
                    | Activity::Answering { .. }
                    | Activity::Browsing { .. }
            )
        )
    }

    /// Whether it waits for a person, on a page or at a prompt.
    pub const fn waits_for_a_person(&self) -> bool {
        self.on_a_page() || matches!(self.activity(), Some(Activity::Asking(_)))
    }

    /// Whether it waits for a person on a page.
    pub const fn on_a_page(&self) -> bool {
        matches!(
            self.activity(),
            Some(Activity::Device { .. } | Activity::Browsing { .. })
        )
    }
}

/// All runs, oldest first.
#[derive(Default)]
pub struct Runs {
    list: Vec<Entry>,
    selected: Option<usize>,
    /// The run that was marked for comparing.
    pub marked: Option<RunId>,
    shown: Option<(RunId, u64, bool, Run)>,
    counter: u64,
}

impl Runs {
    /// Every run, oldest first.
    pub fn all(&self) -> &[Entry] {
        &self.list
    }

    /// The run that is looked at.
    pub fn selected(&self) -> Option<&Entry> {
        self.list.get(self.selected?)
    }

    /// The run that is looked at, without its secrets unless they were asked for.
    pub fn shown(&self) -> Option<&Run> {
        self.shown.as_ref().map(|(_, _, _, run)| run)
    }

    /// A run by its name.
    pub fn get(&self, id: RunId) -> Option<&Entry> {
        self.list.iter().find(|entry| entry.run.id == id)
    }

    /// Adds a run and looks at it.
    pub fn begin(&mut self, run: Run, parent: Option<(RunId, usize)>) {
        self.list.retain(|entry| entry.run.id != run.id);
        self.counter += 1;
        self.list.push(Entry {
            run,
            page: None,
            parent,
            heard: 0,
            edition: self.counter,
        });
        self.selected = Some(self.list.len() - 1);
    }

    /// Looks at a run by its name.
    pub fn look_at_id(&mut self, id: RunId) {
        if let Some(at) = self.list.iter().position(|entry| entry.run.id == id) {
            self.selected = Some(at);
        }
    }

    /// Looks at none, as a new scenario does.
    pub const fn look_away(&mut self) {
        self.selected = None;
    }

    /// The place of the selected run in the list, newest first.
    pub fn place(&self) -> Option<usize> {
        self.selected.map(|at| self.list.len() - 1 - at)
    }

    /// Forgets the runs that asked the lab.
    pub fn forget_simulated(&mut self) {
        let selected = self.selected().map(|entry| entry.run.id);
        self.list.retain(|entry| !entry.run.simulated);
        self.selected = self
            .list
            .iter()
            .position(|entry| Some(entry.run.id) == selected);
        self.marked = self.marked.filter(|marked| self.get(*marked).is_some());
        self.shown = None;
    }

    fn change(&mut self, id: RunId, with: impl FnOnce(&mut Entry)) {
        self.counter += 1;
        let edition = self.counter;
        if let Some(entry) = self.list.iter_mut().find(|entry| entry.run.id == id) {
            entry.edition = edition;
            with(entry);
        }
    }

    /// A line for its log.
    pub fn logged(&mut self, id: RunId, event: Event) {
        self.change(id, |entry| entry.run.events.push(event));
    }

    /// It does something else now.
    pub fn doing(&mut self, id: RunId, activity: Activity) {
        self.change(id, |entry| {
            entry.run.stage = Stage::Running(activity);
            entry.heard = entry.run.events.len();
        });
    }

    /// An exchange is complete.
    pub fn exchanged(&mut self, id: RunId, exchange: Exchange) {
        self.change(id, |entry| entry.run.exchanges.push(exchange));
    }

    /// It ended.
    pub fn ended(&mut self, id: RunId, ending: Box<Ending>) {
        self.change(id, |entry| entry.run.stage = Stage::Ended(ending));
    }

    /// Its token was checked.
    pub fn verified(&mut self, id: RunId, found: Box<Verification>) {
        self.change(id, |entry| {
            if let Stage::Ended(ending) = &mut entry.run.stage {
                ending.verification = Some(found);
            }
        });
    }

    /// A page showed this.
    pub fn page(&mut self, id: RunId, text: String) {
        self.change(id, |entry| entry.page = Some(text));
    }

    /// Makes sure that the selected run is at hand without its secrets.
    pub fn prepare(&mut self, redactor: &Redactor, revealed: bool) {
        let Some(entry) = self.selected.and_then(|at| self.list.get(at)) else {
            self.shown = None;
            return;
        };
        let key = (entry.run.id, entry.edition, revealed);
        if let Some((id, edition, how, _)) = &self.shown
            && (*id, *edition, *how) == key
        {
            return;
        }
        let run = if revealed {
            entry.run.clone()
        } else {
            redactor.run(&entry.run).into_inner()
        };
        self.shown = Some((key.0, key.1, key.2, run));
    }

    /// How many replies the selected run has: what the reply pane depends on.
    pub fn replies(&self) -> usize {
        self.shown().map_or(0, |run| exchanges(run).len())
    }

    /// The newest granted run after `id`, or before it if there is none.
    pub fn granted_near(&self, id: RunId) -> Option<RunId> {
        let granted = |entry: &&Entry| entry.run.has_token();
        let at = self.list.iter().position(|entry| entry.run.id == id)?;
        let after = self.list[at + 1..].iter().rev().find(granted);
        let before = || self.list[..at].iter().rev().find(granted);
        after.or_else(before).map(|entry| entry.run.id)
    }

    /// The newest refused run before `id`, or any before it.
    pub fn refused_near(&self, id: RunId) -> Option<RunId> {
        let at = self.list.iter().position(|entry| entry.run.id == id)?;
        let before = &self.list[..at];
        let refused = |entry: &&Entry| {
            matches!(
                entry.run.outcome(),
                Some(Outcome::Refused | Outcome::Unreachable)
            )
        };
        let parent = self.list[at].parent.map(|(run, _)| run);
        parent.or_else(|| {
            before
                .iter()
                .rev()
                .find(refused)
                .or_else(|| before.last())
                .map(|entry| entry.run.id)
        })
    }
}

/// Every exchange of a run, the API call last.
pub fn exchanges(run: &Run) -> Vec<&Exchange> {
    let mut all: Vec<&Exchange> = run.exchanges.iter().collect();
    if let Some(api) = run.ending().and_then(|ending| ending.api.as_deref())
        && all.last().is_none_or(|last| **last != api.exchange)
    {
        all.push(&api.exchange);
    }
    all
}

/// A mark for where a run stands, and how to dress it.
pub fn mark_of(run: &Run) -> (Role, &'static str) {
    match run.outcome() {
        None => (Role::Waiting, "◌"),
        Some(Outcome::Granted) => (Role::Granted, Outcome::Granted.mark()),
        Some(outcome) => (Role::Refused, outcome.mark()),
    }
}

/// A run in a few words.
pub fn summary(run: &Run, state: &State) -> String {
    match &run.stage {
        Stage::Running(activity) => s::doing(activity).to_owned(),
        Stage::Ended(ending) => match ending.outcome {
            Outcome::Granted if run.diagnosis().is_some() => {
                let last = ending.further.last();
                if let Some(done) = last.filter(|done| done.diagnosis.is_some()) {
                    return s::use_refused_briefly(done.what, done.exchange.status());
                }
                let status = ending.api.as_ref().and_then(|api| api.exchange.status());
                s::api_refused_briefly(status)
            }
            Outcome::Granted if ending.consent.is_some() => consent::BRIEFLY.to_owned(),
            Outcome::Granted => {
                let left = ending
                    .token
                    .as_ref()
                    .and_then(|token| token.expires)
                    .map(|expires| expires.since(state.now));
                s::granted_briefly(left)
            }
            Outcome::Refused | Outcome::Unreachable => run
                .diagnosis()
                .map(error_briefly)
                .filter(|words| !words.is_empty())
                .unwrap_or_else(|| ending.outcome.word().to_owned()),
            Outcome::Cancelled | Outcome::Invalid => ending.outcome.word().to_owned(),
        },
    }
}

/// Why a run or its API call was refused, in a few words.
pub fn refusal(run: &Run) -> String {
    run.diagnosis().map(error_briefly).unwrap_or_default()
}

fn error_briefly(diagnosis: &crate::model::Diagnosis) -> String {
    let error = diagnosis.error.clone().unwrap_or_default();
    let code = diagnosis.codes.first().map_or("", |code| {
        code.code.strip_prefix("AADSTS").unwrap_or(&code.code)
    });
    format!("{error} {code}").trim().to_owned()
}

/// A duration in a few words: `0.4 ms`, `87 ms`, `12 s`, `4 min 02 s`.
pub fn lasted(time: Duration) -> String {
    let ms = time.as_millis();
    if ms < 10 {
        format!("{:.1} ms", time.as_secs_f64() * 1000.0)
    } else if ms < 10_000 {
        format!("{ms} ms")
    } else {
        s::span(time)
    }
}
