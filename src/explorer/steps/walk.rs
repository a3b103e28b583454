//! How far plans were walked: which steps were done, and how it went.

use crate::model::{Outcome, RunId};

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
        if outcome == Outcome::Granted {
            state.scenarios.walked_on();
        }
    }
}
