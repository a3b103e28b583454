//! Next steps: the plan of a refused run and how far it was walked, the scenario's steps, or what else can be done now.

mod hand;
mod show;
mod walk;

use crate::model::{Activity, Deed, Doing, Outcome, RunId, Step};
use crate::session::Command;
use crate::strings::{explorer as s, session as say};

use super::action::Action;
use super::message::{Effect, Effects};
use super::pane::Pane;
use super::state::State;
use super::{api, ask, compare, consent, form, paste, scenarios, uses, world};

pub use hand::{Handed, as_written, draft, edit, is_edited, keep, message, message_text};
pub use hand::{pasted, typed};
pub use show::content;
pub use walk::{Steps, adopt, done_with as is_done, ended, mended};
use walk::{Walked, done_with, note, walked};

/// One thing that can be done now.
enum Offer<'a> {
    Plan(RunId, usize, &'a Step),
    Scenario(usize, &'a str),
    Act(Action, &'static str),
}

/// The refused run whose plan is walked while the selected run is looked at.
fn walked_run(state: &State) -> Option<RunId> {
    let entry = state.runs.selected()?;
    if entry
        .run
        .diagnosis()
        .is_some_and(|found| !found.plan.steps.is_empty())
    {
        return Some(entry.run.id);
    }
    entry.parent.map(|(run, _)| run)
}

fn offers(state: &State) -> Vec<Offer<'_>> {
    let Some(entry) = state.runs.selected() else {
        return without_run(state);
    };
    if entry.running() {
        return while_running(state);
    }
    let mut all: Vec<Offer<'_>> = Vec::new();
    if let Some(run) = walked_run(state) {
        let plan = state.runs.get(run).and_then(|entry| entry.run.diagnosis());
        let steps = plan
            .map(|found| found.plan.steps.as_slice())
            .unwrap_or_default();
        all.extend(
            steps
                .iter()
                .enumerate()
                .map(|(nth, step)| Offer::Plan(run, nth, step)),
        );
        insert_world_step(state, &mut all);
    }
    let over = all.iter().all(|offer| match offer {
        Offer::Plan(run, nth, step) => done_with(state, *run, *nth, step),
        Offer::Scenario(..) | Offer::Act(..) => true,
    });
    if over {
        if !all.iter().any(|offer| matches!(offer, Offer::Scenario(..))) {
            all.extend(next_of_scenario(state));
        }
        let compared = all
            .iter()
            .any(|offer| matches!(offer, Offer::Plan(_, _, step) if step.doing == Doing::Compare));
        let calls = matches!(state.scenarios.next_deed(), Some(Deed::CallApi));
        let more = afterwards(state, entry.run.outcome());
        all.extend(more.into_iter().filter(|offer| match offer {
            Offer::Act(Action::Compare, _) => !compared,
            Offer::Act(Action::CallApi, _) => !calls,
            _ => true,
        }));
    }
    all
}

/// Where the scenario next changes the world, as whoever can cure it would: after what is handed over to them, before
/// what only works then.
fn insert_world_step<'a>(state: &'a State, all: &mut Vec<Offer<'a>>) {
    if !matches!(state.scenarios.next_deed(), Some(Deed::World(_))) {
        return;
    }
    let Some(next) = next_of_scenario(state) else {
        return;
    };
    let handed = all
        .iter()
        .take_while(|offer| {
            matches!(offer, Offer::Plan(_, _, step) if matches!(step.doing, Doing::HandOver { .. }))
        })
        .count();
    all.insert(handed, next);
}

fn next_of_scenario(state: &State) -> Option<Offer<'_>> {
    let next = state.scenarios.next_step()?;
    if state.scenarios.asked() {
        return None;
    }
    let words = state.scenarios.current()?.steps.get(next)?;
    Some(Offer::Scenario(next, words))
}

fn without_run(state: &State) -> Vec<Offer<'_>> {
    if state.scenarios.chosen() {
        let choose = Offer::Act(Action::Scenarios, s::OFFER_SCENARIOS);
        return next_of_scenario(state)
            .into_iter()
            .chain([choose])
            .collect();
    }
    vec![
        Offer::Act(Action::Form, s::OFFER_FORM),
        Offer::Act(Action::Paste, s::OFFER_PASTE),
        Offer::Act(Action::Scenarios, s::OFFER_SCENARIOS),
    ]
}

fn while_running(state: &State) -> Vec<Offer<'_>> {
    let entry = state.runs.selected();
    let asking = entry.is_some_and(|entry| matches!(entry.activity(), Some(Activity::Asking(_))));
    let page = entry.is_some_and(|entry| entry.page.is_some());
    let on_a_page = entry.is_some_and(super::runs::Entry::on_a_page);
    let paste = if page {
        s::HINT_PASTE_PAGE
    } else {
        s::HINT_PASTE
    };
    let mut all = vec![
        (Action::Submit, s::OFFER_ANSWER),
        (Action::LabUser, world::next_act_words(state)),
        (Action::LabActs, s::HINT_LAB_ACTS),
        (Action::CutWait, s::HINT_CUT),
        (Action::Repeat, s::HINT_SEND_NOW),
        (Action::Paste, paste),
        (Action::CancelRun, s::HINT_CANCEL),
    ];
    if page {
        // The page has said its last word: what it says is all there is to go on with.
        all.sort_by_key(|(action, _)| *action != Action::Paste);
    }
    let mut offers: Vec<Offer<'_>> = all
        .into_iter()
        .filter(|(action, _)| match action {
            Action::Paste => on_a_page,
            Action::Submit => asking,
            other => super::act::enabled(state, *other),
        })
        .map(|(action, words)| Offer::Act(action, words))
        .collect();
    let waits = entry.is_some_and(super::runs::Entry::counts_down);
    let next = state.scenarios.next_deed();
    if waits && matches!(next, Some(Deed::World(_) | Deed::WaitOver)) {
        offers.splice(0..0, next_of_scenario(state));
    }
    offers
}

fn afterwards(state: &State, outcome: Option<Outcome>) -> Vec<Offer<'_>> {
    let all = [
        (Action::Compare, s::OFFER_COMPARE),
        (Action::CallApi, s::OFFER_CALL_API),
        (Action::Repeat, s::OFFER_REPEAT),
        (Action::Uses, s::OFFER_USES),
        (Action::Scenarios, s::OFFER_SCENARIOS),
        (Action::Form, s::OFFER_FORM),
    ];
    all.into_iter()
        .filter(|(action, _)| match action {
            Action::Scenarios => state.scenarios.lab_asked,
            Action::Repeat | Action::Uses if state.presenting() => false,
            Action::Form => !state.scenarios.lab_asked || outcome == Some(Outcome::Invalid),
            other => super::act::enabled(state, *other),
        })
        .map(|(action, words)| Offer::Act(action, words))
        .collect()
}

/// Whether the selected run's wait can be cut short.
pub fn can_cut(state: &State) -> bool {
    state.runs.selected().is_some_and(|entry| {
        matches!(
            entry.activity(),
            Some(
                Activity::Waiting { can_cut: true, .. }
                    | Activity::Device { .. }
                    | Activity::Answering { .. }
            )
        )
    })
}

/// Whether the selected run waits before its first request.
pub fn is_unsent(state: &State) -> bool {
    let selected = state.runs.selected();
    selected.is_some_and(super::runs::Entry::unsent)
}

/// What can be done now, in words.
pub fn words(state: &State) -> Vec<String> {
    let words = |offer: Offer<'_>| match offer {
        Offer::Plan(_, _, step) => step.title.clone(),
        Offer::Scenario(_, words) | Offer::Act(_, words) => words.to_owned(),
    };
    offers(state).into_iter().map(words).collect()
}

/// The offer the cursor is on.
pub fn current(state: &State) -> Option<usize> {
    let count = offers(state).len();
    let at = state.views.item(Pane::Steps).unwrap_or(0);
    count.checked_sub(1).map(|last| at.min(last))
}

fn current_step(state: &State) -> Option<&Step> {
    match offers(state).into_iter().nth(current(state)?)? {
        Offer::Plan(_, _, step) => Some(step),
        Offer::Scenario(..) | Offer::Act(..) => None,
    }
}

/// Whether the step under the cursor can be done in more than one way.
pub fn has_ways(state: &State) -> bool {
    current_step(state).is_some_and(|step| step.ways.len() > 1)
}

/// Chooses another way of doing the step under the cursor.
pub fn turn_way(state: &mut State, on: bool) {
    let count = current_step(state).map_or(1, |step| step.ways.len().max(1));
    let by = if on { 1 } else { count - 1 };
    state.steps.way = (state.steps.way + by) % count;
}

/// Does what the cursor is on.
pub fn perform(state: &mut State) -> Effects {
    current(state).map_or_else(Vec::new, |nth| perform_nth(state, nth))
}

/// Does the n-th offer.
pub fn perform_nth(state: &mut State, nth: usize) -> Effects {
    let cursor = current(state);
    let offer = offers(state).into_iter().nth(nth);
    let effects = match offer {
        Some(Offer::Plan(run, step, what)) => {
            let (doing, ways) = (what.doing.clone(), what.ways.clone());
            let way = if cursor == Some(nth) {
                state.steps.way.min(ways.len().saturating_sub(1))
            } else {
                0
            };
            if let Some(barred) = ways.get(way).and_then(|way| way.barred.clone()) {
                state.warn(barred);
                return Vec::new();
            }
            do_step(state, (run, step, way), doing)
        }
        Some(Offer::Scenario(..)) => scenarios::next(state),
        Some(Offer::Act(action, _)) => do_act(state, action),
        None => Vec::new(),
    };
    state.touch();
    if walked_at(state, nth) {
        settle(state);
    } else {
        state.views.put(Pane::Steps, nth);
    }
    effects
}

/// Whether the n-th offer is a step that was done or handed over.
fn walked_at(state: &State, nth: usize) -> bool {
    matches!(offers(state).get(nth), Some(Offer::Plan(run, step, _))
        if matches!(walked(state, *run, *step), Walked::Well | Walked::Handed))
}

/// Does the n-th step of the plan of the newest refused run.
pub fn perform_newest(state: &mut State, nth: usize) -> Effects {
    if let Some(run) = newest_plan(state, nth) {
        return perform_of(state, run, nth);
    }
    state.say(say::NOTHING_REFUSED);
    Vec::new()
}

/// The newest refused run, if its plan has an n-th step.
pub fn newest_plan(state: &State, nth: usize) -> Option<RunId> {
    let mut newest_first = state.runs.all().iter().rev();
    let newest = newest_first.find(|entry| entry.run.diagnosis().is_some())?;
    let plan = &newest.run.diagnosis()?.plan;
    plan.steps.get(nth).map(|_| newest.run.id)
}

/// Does the n-th step of the plan of a run, in the usual way.
pub fn perform_of(state: &mut State, run: RunId, nth: usize) -> Effects {
    let plan = state.runs.get(run).and_then(|entry| entry.run.diagnosis());
    let doing = plan.and_then(|found| Some(found.plan.steps.get(nth)?.doing.clone()));
    state.touch();
    doing.map_or_else(Vec::new, |doing| do_step(state, (run, nth, 0), doing))
}

fn do_act(state: &mut State, action: Action) -> Effects {
    let run = state.selected_id();
    let about = |command: fn(RunId) -> Command| {
        run.map_or_else(Vec::new, |run| vec![Effect::Ask(command(run))])
    };
    match action {
        Action::Submit => {
            ask::reopen(state);
            Vec::new()
        }
        Action::LabUser => world::complete(state),
        Action::CutWait => about(Command::CutWait),
        Action::CancelRun => about(Command::Cancel),
        Action::Repeat if is_unsent(state) => about(Command::SendNow),
        Action::Repeat => about(Command::Repeat),
        Action::CallApi => api::again(state),
        Action::Compare => compare::ask(state),
        Action::Scenarios => scenarios::open(state),
        Action::LabActs => {
            world::open_acts(state);
            Vec::new()
        }
        Action::Uses => {
            uses::open(state);
            Vec::new()
        }
        Action::Paste => {
            paste::open(state);
            Vec::new()
        }
        _ => {
            form::open(state, None);
            Vec::new()
        }
    }
}

fn do_step(state: &mut State, at: (RunId, usize, usize), doing: Doing) -> Effects {
    let (run, step, _) = at;
    match doing {
        Doing::HandOver { to, text } => {
            hand::open(state, run, step, (to, &text));
            note(state, run, step, Walked::Handed);
            Vec::new()
        }
        Doing::FixRequest { parameter } => {
            let spec = state.runs.get(run).map(|entry| entry.run.spec.clone());
            form::open(state, spec.map(|spec| (spec, parameter)));
            state.form.mends = Some((run, step));
            Vec::new()
        }
        Doing::Compare => {
            let other = state.runs.granted_near(run);
            note(state, run, step, Walked::Well);
            if other.is_none() {
                state.say(s::NOTHING_TO_COMPARE);
            }
            other.map_or_else(Vec::new, |other| {
                vec![Effect::Ask(Command::Compare(run, other))]
            })
        }
        Doing::PastePage => {
            paste::open(state);
            Vec::new()
        }
        Doing::AdminConsent => {
            consent::of_step(state, at);
            Vec::new()
        }
        Doing::SignIn { .. }
        | Doing::DeviceCode { .. }
        | Doing::Silent { .. }
        | Doing::EnterPassword
        | Doing::EnterSecret
        | Doing::WaitAndRepeat { .. }
        | Doing::Repeat
        | Doing::AppTokenWithClaims { .. }
        | Doing::CallApi => begin_step(state, at),
    }
}

/// Has the session do a step of a plan.
pub(super) fn begin_step(state: &mut State, (run, step, way): (RunId, usize, usize)) -> Effects {
    state.steps.pending = Some((run, step));
    note(state, run, step, Walked::Under);
    vec![Effect::Ask(Command::DoStep { run, step, way })]
}

/// Puts the cursor on the first step that is still to be done.
pub fn settle(state: &mut State) {
    state.steps.way = 0;
    let next = offers(state).iter().position(|offer| match offer {
        Offer::Plan(run, nth, step) => !done_with(state, *run, *nth, step),
        Offer::Scenario(..) | Offer::Act(..) => true,
    });
    state.touch();
    super::views::refresh(state);
    state.views.put(Pane::Steps, next.unwrap_or(0));
}

/// Leaves out the step under the cursor, or takes it up again; the cursor goes on to what is still to be done.
pub fn skip(state: &mut State) {
    let Some((run, nth)) = skippable(state) else {
        return;
    };
    let here = current(state);
    walk::turn_skip(state, run, nth);
    if walked(state, run, nth) == Walked::Skipped {
        state.say(s::SKIPPED_ONE);
        settle(state);
    } else if let Some(here) = here {
        state.steps.way = 0;
        state.touch();
        state.views.put(Pane::Steps, here);
    }
}

/// Whether the step under the cursor can be left out or taken up again.
pub fn can_skip(state: &State) -> bool {
    skippable(state).is_some()
}

fn skippable(state: &State) -> Option<(RunId, usize)> {
    match offers(state).into_iter().nth(current(state)?)? {
        Offer::Plan(run, nth, step) if walk::can_skip(state, run, nth, step) => Some((run, nth)),
        Offer::Plan(..) | Offer::Scenario(..) | Offer::Act(..) => None,
    }
}

/// What the pane of next steps is called: how far the plan was walked, and what a step that is under way waits for.
pub fn title(state: &State) -> String {
    let Some((run, far)) = walked_run(state).zip(progress(state)) else {
        return s::PANE_STEPS.to_owned();
    };
    let under = far
        .under
        .map(|nth| (nth + 1, walk::waits_for(state, run, nth)));
    let under = under.as_ref().map(|(nth, what)| (*nth, what.as_str()));
    s::steps_title((far.done, far.of), under, far.skipped, far.handed)
}

/// How far a plan was walked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Progress {
    /// The steps that were done.
    done: usize,
    /// All steps.
    of: usize,
    /// Those left out.
    skipped: usize,
    /// Those handed over to somebody.
    handed: usize,
    /// The first that is under way.
    under: Option<usize>,
}

/// How far the plan of the selected run was walked, or of the run it performs a step of; `None` without a plan.
fn progress(state: &State) -> Option<Progress> {
    let run = walked_run(state)?;
    let plan = &state.runs.get(run)?.run.diagnosis()?.plan;
    let mut far = Progress {
        of: plan.steps.len(),
        ..Progress::default()
    };
    for nth in 0..plan.steps.len() {
        match walked(state, run, nth) {
            Walked::Well => far.done += 1,
            Walked::Skipped => far.skipped += 1,
            Walked::Handed => far.handed += 1,
            Walked::Under => far.under = far.under.or(Some(nth)),
            Walked::Not | Walked::Badly => {}
        }
    }
    (far.of > 0).then_some(far)
}
