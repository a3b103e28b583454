//! What the session tells, taken into the state.

use crate::model::{Activity, Ending, Outcome, Run, RunId, RunSpec};
use crate::session::Notice;
use crate::strings::explorer as s;

use super::message::Effects;
use super::pane::{Pane, Scene};
use super::state::State;
use super::{
    ask, catalogue, compare, found, history, lab, palette, play, present, scenarios, steps, token,
};

/// Takes one notice in.
pub fn take(state: &mut State, notice: Notice) -> Effects {
    play::heard(state, &notice);
    let goes_on = match &notice {
        Notice::Began(run) => Some(run.id),
        Notice::Doing(run, _) => Some(*run),
        _ => None,
    };
    let mut effects = told(state, notice);
    if let Some(run) = goes_on {
        effects.extend(present::shorten(state, run));
    }
    effects
}

fn told(state: &mut State, notice: Notice) -> Effects {
    match notice {
        Notice::Began(run) => began(state, *run),
        Notice::Logged(run, event) => state.runs.logged(run, event),
        Notice::Doing(run, activity) => doing(state, run, activity),
        Notice::Exchanged(run, exchange) => state.runs.exchanged(run, *exchange),
        Notice::Ended(run, ending) => {
            ended(state, run, ending);
            state.touch();
            // It is kept by now, and belongs into the list that may be open.
            return history::again(state);
        }
        Notice::Explained {
            text,
            diagnoses,
            tokens,
            claims,
        } => found::show(state, text, (diagnoses, tokens, claims)),
        Notice::Verified(run, found) => token::verified(state, run, found),
        Notice::TokenChecked { nth, verification } => {
            found::checked(state, nth, verification);
        }
        Notice::LabReady(info) => state.lab = Some(*info),
        Notice::World(view) => state.world = Some(*view),
        Notice::LabRequests(requests) => {
            state.lab_screen.take(requests);
            if !lab::is_open(state) {
                return Vec::new();
            }
        }
        Notice::StartedOver => started_over(state),
        Notice::Scenarios(list) => state.scenarios.list = list,
        Notice::ScenarioReady {
            name,
            spec,
            next,
            habits,
        } => {
            state.scenarios.habits = habits;
            ready(state, &name, *spec, next);
        }
        Notice::PageShown { run, text } => page_shown(state, run, text),
        Notice::Compared {
            left,
            right,
            differences,
            clue,
        } => compare::show(state, [left, right], differences, clue),
        Notice::Catalogue(known) => catalogue::take(state, known),
        Notice::History(list) => state.past.take(list),
        Notice::Trouble(sentence) => {
            state.scenarios.setting_up = None;
            state.warn(sentence);
        }
        Notice::Said(sentence) => state.say(sentence),
    }
    palette::renew(state);
    state.touch();
    Vec::new()
}

fn page_shown(state: &mut State, run: RunId, text: String) {
    state.runs.page(run, text);
    state.status = None;
    steps::settle(state);
}

fn began(state: &mut State, run: Run) {
    let parent = if run.from_history {
        None
    } else {
        steps::adopt(state)
    };
    let activity = match &run.stage {
        crate::model::Stage::Running(activity) => Some(activity.clone()),
        crate::model::Stage::Ended(_) => None,
    };
    let id = run.id;
    if !run.from_history {
        super::saved::turn_to(state, &run.spec);
    }
    state.runs.begin(run, parent);
    state.show(Scene::Main);
    state.status = None;
    state.reply.reset();
    state.views.forget(Pane::Reply);
    state.views.forget(Pane::Diagnosis);
    steps::settle(state);
    settle_runs(state);
    ask::follow(state, id, activity.as_ref());
}

fn doing(state: &mut State, run: RunId, activity: Activity) {
    ask::follow(state, run, Some(&activity));
    state.runs.doing(run, activity);
}

fn ended(state: &mut State, run: RunId, ending: Box<Ending>) {
    let outcome = ending.outcome;
    let called_api = ending.api.is_some();
    ask::follow(state, run, None);
    state.status = None;
    state.runs.ended(run, ending);
    steps::ended(state, run, outcome);
    state.scenarios.note_done();
    if called_api || state.selected_id().is_none() {
        state.runs.look_at_id(run);
        state.reply.reset();
    }
    if state.selected_id() == Some(run) {
        state.views.forget(Pane::Diagnosis);
        if outcome != Outcome::Granted {
            state.reply.request = false;
        }
        steps::settle(state);
    }
}

fn ready(state: &mut State, name: &str, spec: RunSpec, next: usize) {
    let again = state.scenarios.is_current(name) && state.scenarios.setting_up.is_none();
    state.scenarios.ready(name, spec, next);
    if again {
        return;
    }
    state.play.begin(state.runs.all().len());
    state.details = false;
    state.show(Scene::Main);
    state.runs.look_away();
    state.runs.marked = None;
    state.marked = None;
    state.steps = steps::Steps::default();
    state.views.forget(Pane::Diagnosis);
    state.views.forget(Pane::Steps);
    state.focus_on(Pane::Diagnosis);
    state.focus_on(Pane::Steps);
    scenarios::greet(state);
}

/// The lab is as at the start: what was done in it until now is not looked at any more.
fn started_over(state: &mut State) {
    state.lab_screen.forget();
    state.runs.forget_simulated();
    state.steps = steps::Steps::default();
    state.reply.reset();
    state.close(Pane::Acts);
    state.close(Pane::Uses);
    state.close(Pane::Ask);
    for pane in [Pane::Requests, Pane::Runs, Pane::Diagnosis, Pane::Steps] {
        state.views.forget(pane);
    }
    if state.scenarios.setting_up.is_none() {
        state.say(s::STARTED_OVER);
    }
}

fn settle_runs(state: &mut State) {
    state.touch();
    state.views.forget(Pane::Runs);
    state.views.forget(Pane::Exchanges);
}
