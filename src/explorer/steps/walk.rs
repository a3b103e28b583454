//! How far plans were walked: which steps were done, and how it went.

use crate::model::{Activity, By, Doing, Outcome, RunId, Step};
use crate::strings::explorer as s;

use super::super::runs;
use super::super::state::State;

/// How far a step was walked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Walked {
    /// Not at all.
    #[default]
    Not,
    /// It is being done.
    Under,
    /// Done, and granted.
    Well,
    /// Done, and not granted.
    Badly,
    /// Its message was shown: somebody else does it now.
    Handed,
    /// Left out by the person.
    Skipped,
}

/// A plan that is being walked.
struct Walk {
    run: RunId,
    walked: Vec<Walked>,
    /// Those that are left out; how far they were walked before stands above.
    skipped: Vec<usize>,
}

/// The plans that are being walked, and the way chosen for the step under the cursor.
#[derive(Default)]
pub struct Steps {
    walks: Vec<Walk>,
    pub(super) pending: Option<(RunId, usize)>,
    pub(super) way: usize,
}

/// How far a step was walked.
pub fn walked(state: &State, run: RunId, step: usize) -> Walked {
    let walk = state.steps.walks.iter().find(|walk| walk.run == run);
    walk.map(|walk| match walk.walked.get(step).copied() {
        _ if walk.skipped.contains(&step) => Walked::Skipped,
        how => how.unwrap_or_default(),
    })
    .unwrap_or_default()
}

fn walk_of(state: &mut State, run: RunId) -> &mut Walk {
    let walks = &mut state.steps.walks;
    let at = walks.iter().position(|walk| walk.run == run);
    let at = at.unwrap_or_else(|| {
        walks.push(Walk {
            run,
            walked: Vec::new(),
            skipped: Vec::new(),
        });
        walks.len() - 1
    });
    &mut walks[at]
}

/// Notes how far a step was walked. What is done after all is skipped no more.
pub fn note(state: &mut State, run: RunId, step: usize, how: Walked) {
    let walk = walk_of(state, run);
    walk.skipped.retain(|skipped| *skipped != step);
    if walk.walked.len() <= step {
        walk.walked.resize(step + 1, Walked::Not);
    }
    walk.walked[step] = how;
}

/// Leaves a step out, or takes it up again as it stood before.
pub fn turn_skip(state: &mut State, run: RunId, step: usize) {
    let skipped = &mut walk_of(state, run).skipped;
    let count = skipped.len();
    skipped.retain(|other| *other != step);
    if skipped.len() == count {
        skipped.push(step);
    }
}

/// Whether a step can be left out, or taken up again.
pub fn can_skip(state: &State, run: RunId, nth: usize, step: &Step) -> bool {
    !spared(state, run, nth, step)
        && matches!(
            walked(state, run, nth),
            Walked::Not | Walked::Badly | Walked::Skipped
        )
}

/// The step of a plan that a run which just began performs.
pub const fn adopt(state: &mut State) -> Option<(RunId, usize)> {
    state.steps.pending.take()
}

/// The form that mends a request is sent: the run it begins performs the step.
pub fn mended(state: &mut State) {
    if let Some((run, step)) = state.form.mends.take() {
        state.steps.pending = Some((run, step));
        note(state, run, step, Walked::Under);
    }
}

/// A run ended: the step it performed was walked well or badly.
pub fn ended(state: &mut State, run: RunId, outcome: Outcome) {
    if let Some((of, step)) = state.steps.pending
        && calls_api(state, of, step)
    {
        // The call is part of the granted run: it begins no run of its own.
        let refused = state
            .runs
            .get(run)
            .is_some_and(|entry| entry.run.diagnosis().is_some());
        state.steps.pending = None;
        let how = if refused { Walked::Badly } else { Walked::Well };
        return note(state, of, step, how);
    }
    let parent = state.runs.get(run).and_then(|entry| entry.parent);
    let step = parent.or(state.steps.pending);
    if step == state.steps.pending {
        state.steps.pending = None;
    }
    if let Some((of, step)) = step {
        let how = if outcome == Outcome::Granted {
            Walked::Well
        } else {
            Walked::Badly
        };
        note(state, of, step, how);
    }
}

fn calls_api(state: &State, run: RunId, step: usize) -> bool {
    let entry = state.runs.get(run);
    entry
        .and_then(|entry| entry.run.diagnosis()?.plan.steps.get(step))
        .is_some_and(|step| step.doing == Doing::CallApi)
}

/// Whether there is nothing to do about a step: it was done, handed over or skipped, or the token came without it.
pub fn done_with(state: &State, run: RunId, nth: usize, step: &Step) -> bool {
    matches!(
        walked(state, run, nth),
        Walked::Well | Walked::Handed | Walked::Skipped
    ) || spared(state, run, nth, step)
}

/// How a step stands, in words.
pub fn words(state: &State, run: RunId, nth: usize, step: &Step) -> String {
    if spared(state, run, nth, step) {
        return s::SPARED.to_owned();
    }
    let whose = match step.doing {
        Doing::HandOver { to, .. } if step.by == By::Person => Some(to),
        _ => None,
    };
    match (walked(state, run, nth), whose) {
        (Walked::Not, Some(whose)) => s::step_of(whose),
        (Walked::Not, None) => s::STEP_TO_DO.to_owned(),
        (Walked::Under, _) => s::step_under_way(&waits_for(state, run, nth)),
        (Walked::Well, _) => s::STEP_DONE.to_owned(),
        (Walked::Badly, _) => s::step_failed(&why_it_failed(state, run, nth)),
        (Walked::Handed, _) => s::STEP_HANDED.to_owned(),
        (Walked::Skipped, _) => s::STEP_SKIPPED.to_owned(),
    }
}

/// The newest run that performs a step.
fn performer(state: &State, run: RunId, nth: usize) -> Option<&runs::Entry> {
    let mut newest = state.runs.all().iter().rev();
    newest.find(|entry| entry.parent == Some((run, nth)))
}

/// What a step that is under way waits for.
pub fn waits_for(state: &State, run: RunId, nth: usize) -> String {
    let activity = performer(state, run, nth).and_then(runs::Entry::activity);
    match activity {
        Some(Activity::Waiting { until, .. }) => s::waits_until(&until.clock()),
        Some(activity) => s::waits_for(activity).to_owned(),
        None => s::BEGINS.to_owned(),
    }
}

fn why_it_failed(state: &State, run: RunId, nth: usize) -> String {
    let Some(entry) = performer(state, run, nth) else {
        return String::new();
    };
    let why = runs::refusal(&entry.run);
    match entry.run.outcome() {
        Some(outcome) if why.is_empty() => outcome.word().to_owned(),
        _ => why,
    }
}

/// Whether a step leads to a token that another step has brought already.
pub fn spared(state: &State, run: RunId, nth: usize, step: &Step) -> bool {
    let granted = state
        .runs
        .selected()
        .is_some_and(|entry| entry.run.id != run && entry.run.has_token());
    granted
        && matches!(walked(state, run, nth), Walked::Not | Walked::Badly)
        && match step.doing {
            Doing::SignIn { .. }
            | Doing::DeviceCode { .. }
            | Doing::EnterPassword
            | Doing::EnterSecret
            | Doing::AppTokenWithClaims { .. }
            | Doing::FixRequest { .. }
            | Doing::PastePage
            | Doing::HandOver { .. }
            | Doing::WaitAndRepeat { .. } => true,
            Doing::AdminConsent
            | Doing::Silent { .. }
            | Doing::Repeat
            | Doing::CallApi
            | Doing::Compare => false,
        }
}
