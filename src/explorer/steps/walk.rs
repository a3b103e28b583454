//! How far plans were walked: which steps were done, and how it went.

use crate::model::{Doing, Outcome, RunId, Step};

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
}

/// A plan that is being walked.
struct Walk {
    run: RunId,
    walked: Vec<Walked>,
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
    walk.and_then(|walk| walk.walked.get(step).copied())
        .unwrap_or_default()
}

/// Notes how far a step was walked.
pub fn note(state: &mut State, run: RunId, step: usize, how: Walked) {
    let walks = &mut state.steps.walks;
    let at = walks
        .iter()
        .position(|walk| walk.run == run)
        .unwrap_or_else(|| {
            walks.push(Walk {
                run,
                walked: Vec::new(),
            });
            walks.len() - 1
        });
    let walked = &mut walks[at].walked;
    if walked.len() <= step {
        walked.resize(step + 1, Walked::Not);
    }
    walked[step] = how;
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

/// Whether there is no need to do a step: it was done, or the token came without it.
pub fn done_with(state: &State, run: RunId, nth: usize, step: &Step) -> bool {
    walked(state, run, nth) == Walked::Well || spared(state, run, nth, step)
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
