//! Playing a scenario by one key: whatever comes next is done by it, a step of the scenario or of a plan, what the lab's
//! user does, a wait cut short, the comparison. What the key will do is told before it is pressed; nothing goes on by
//! itself, and while something is under way the key does nothing.

use crate::model::{Activity, Deed, Doing, RunId, UserAct, WorldChange};
use crate::session::{Command, Notice};
use crate::strings::explorer as s;

use super::action::Action;
use super::message::{Effect, Effects};
use super::pane::{Pane, Scene};
use super::runs::Entry;
use super::state::State;
use super::{compare, consent, picker, present, scenarios, steps, world};

/// What the key for playing on does now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coming {
    /// Something is under way: the key waits with it.
    UnderWay,
    /// This, in words.
    Plays(String),
    /// Nothing is left to play here: the key leads to the list of scenarios.
    List,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Next {
    /// The box on top goes away.
    Close(Pane),
    /// What an administrator will be asked for is agreed to.
    Agree,
    /// The scenario under the cursor is set up.
    SetUp(String),
    /// The lab's user acts on what the run waits for.
    User,
    /// The wait of this run is cut short.
    Cut(RunId),
    /// The scenario's next step.
    Step,
    /// This step of the plan of this run.
    Plan(RunId, usize),
    /// What the page showed is handed to the run.
    Page(RunId, String),
    /// The newest run is compared with the one that ended the other way.
    Compare,
    /// The list of scenarios.
    List,
}

/// What must be told before the key plays on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Awaited {
    /// That the scenario's step was taken.
    Step,
    /// That the plan's step began.
    Plan,
    /// What came of the lab's user's act; `true`: a page that sends nothing back is an answer.
    User(RunId, bool),
    /// That the run goes on.
    GoesOn(RunId),
    /// The comparison.
    Compared,
}

/// How far the playing is.
#[derive(Default)]
pub struct Play {
    awaited: Option<Awaited>,
    /// Whether the last key was the one for playing on.
    leads: bool,
    /// Whether the scenario's runs were compared.
    compared: bool,
    /// A run whose page the lab's user left.
    left: Option<RunId>,
    /// A run whose poll was hurried after the lab's user had acted.
    hurried: Option<RunId>,
    /// How many runs there were when the scenario was set up.
    first: usize,
}

impl Play {
    /// Whether the last key was the one for playing on: then no box takes the keys for itself.
    pub const fn leads(&self) -> bool {
        self.leads
    }

    /// A scenario was set up.
    pub const fn begin(&mut self, runs: usize) {
        *self = Self {
            awaited: None,
            leads: self.leads,
            compared: false,
            left: None,
            hurried: None,
            first: runs,
        };
    }
}

/// A key was pressed: whether it was the one for playing on.
pub fn pressed(state: &mut State, action: Option<Action>) {
    state.play.leads = action == Some(Action::Play);
}

/// The session told something: what was waited for may have come.
pub fn heard(state: &mut State, notice: &Notice) {
    let failed = matches!(notice, Notice::Trouble(_) | Notice::Said(_));
    let about = match notice {
        Notice::Doing(run, _) | Notice::Ended(run, _) => Some(*run),
        Notice::Began(run) => Some(run.id),
        _ => None,
    };
    let came = match state.play.awaited {
        None => return,
        Some(Awaited::Step) => {
            matches!(notice, Notice::ScenarioReady { .. } | Notice::Trouble(_))
        }
        Some(Awaited::Plan) => failed || matches!(notice, Notice::Began(_) | Notice::Ended(..)),
        Some(Awaited::User(run, paged)) => {
            let shown = matches!(notice, Notice::PageShown { run: of, .. } if *of == run);
            failed || about == Some(run) || paged && shown
        }
        Some(Awaited::GoesOn(run)) => failed || about == Some(run),
        Some(Awaited::Compared) => failed || matches!(notice, Notice::Compared { .. }),
    };
    if came || matches!(notice, Notice::StartedOver) {
        state.play.awaited = None;
    }
}

/// The newest run of the scenario that is set up, once one was begun.
fn newest(state: &State) -> Option<&Entry> {
    state.runs.selected()?;
    state.runs.all().last().filter(|entry| entry.run.simulated)
}

/// What comes next; `None`: something is under way.
fn next(state: &State) -> Option<Next> {
    match state.over.last() {
        Some(Pane::Lab) | None => {}
        Some(Pane::Consent) => return Some(Next::Agree),
        Some(over) => return Some(Next::Close(over.lid())),
    }
    if state.scenarios.setting_up.is_some() || state.play.awaited.is_some() {
        return None;
    }
    match state.scene {
        Scene::Start => Some(Next::List),
        Scene::Picker => picker::under_cursor(state).map(|view| Next::SetUp(view.title.clone())),
        Scene::Main if state.scenarios.asked() => None,
        Scene::Main => {
            let waiting = newest(state).and_then(|entry| Some((entry, entry.activity()?)));
            match waiting {
                Some((entry, activity)) => while_running(state, entry, activity),
                None => Some(of_scenario(state)),
            }
        }
    }
}

/// What the run that is under way waits for.
fn while_running(state: &State, entry: &Entry, activity: &Activity) -> Option<Next> {
    let run = entry.run.id;
    let deed = state.scenarios.next_deed();
    if present::hurries(state, entry) {
        return None;
    }
    match activity {
        Activity::Sending(_) | Activity::Waiting { can_cut: false, .. } => None,
        Activity::Waiting { .. } | Activity::Answering { .. } => Some(match deed {
            Some(Deed::World(_) | Deed::WaitOver) => Next::Step,
            _ => Next::Cut(run),
        }),
        Activity::Asking(_) => Some(Next::User),
        Activity::Browsing { .. } => Some(match (&entry.page, deed) {
            (Some(_), Some(Deed::User(_))) => Next::User,
            (Some(_), Some(_)) => of_scenario(state),
            (Some(page), None) => Next::Page(run, page.clone()),
            (None, _) if state.play.left == Some(run) => of_scenario(state),
            (None, _) => Next::User,
        }),
        Activity::Device { .. } => Some(match deed {
            Some(Deed::PastePage) if entry.page.is_some() => Next::Step,
            _ if entry.page.is_some() && state.play.hurried != Some(run) => Next::Cut(run),
            Some(Deed::User(_)) if entry.page.is_some() => Next::User,
            Some(_) if entry.page.is_some() => of_scenario(state),
            None if let Some(page) = &entry.page => Next::Page(run, page.clone()),
            Some(Deed::World(WorldChange::Advance(_)) | Deed::WaitOver) => Next::Step,
            Some(Deed::User(_)) | None => Next::User,
            Some(_) if decides(state.scenarios.habits.act.as_ref()) => Next::User,
            Some(_) if state.play.hurried != Some(run) => Next::Cut(run),
            Some(_) => of_scenario(state),
        }),
    }
}

const fn decides(act: Option<&UserAct>) -> bool {
    matches!(act, Some(UserAct::ApprovesDevice | UserAct::DeclinesDevice))
}

/// The scenario's next step, with what its plan hands over before somebody else changes the world; at the end what is
/// left of the plan, and the comparison.
fn of_scenario(state: &State) -> Next {
    let Some(deed) = state.scenarios.next_deed() else {
        return match state.scenarios.next_words() {
            Some(_) => Next::Step,
            None => at_the_end(state),
        };
    };
    let newest = newest(state);
    let handed = newest.and_then(|entry| {
        let plan = &entry.run.diagnosis()?.plan.steps;
        let leading = plan
            .iter()
            .enumerate()
            .take_while(|(_, step)| hands_over(&step.doing));
        let mut open =
            leading.filter(|(nth, step)| !steps::is_done(state, entry.run.id, *nth, step));
        open.next().map(|(nth, _)| Next::Plan(entry.run.id, nth))
    });
    let waits = newest.is_some_and(Entry::waits_for_a_person);
    match deed {
        Deed::World(_) => handed.unwrap_or(Next::Step),
        Deed::User(_) if waits => Next::User,
        Deed::Plan(number) => steps::newest_plan(state, number - 1)
            .map_or(Next::Step, |run| Next::Plan(run, number - 1)),
        _ => Next::Step,
    }
}

fn at_the_end(state: &State) -> Next {
    let Some(entry) = newest(state).filter(|_| state.scenarios.over()) else {
        return Next::List;
    };
    let plan = entry
        .run
        .diagnosis()
        .map(|found| found.plan.steps.as_slice());
    let open = plan
        .unwrap_or_default()
        .iter()
        .enumerate()
        .find(|(nth, step)| {
            hands_over(&step.doing) && !steps::is_done(state, entry.run.id, *nth, step)
        });
    if let Some((nth, _)) = open {
        return Next::Plan(entry.run.id, nth);
    }
    let since = state.runs.all().iter().skip(state.play.first);
    let refused = since.clone().any(|it| it.run.diagnosis().is_some());
    let granted = entry.run.has_token() && entry.run.diagnosis().is_none();
    if granted && refused && since.count() > 1 && !state.play.compared {
        return Next::Compare;
    }
    Next::List
}

const fn hands_over(doing: &Doing) -> bool {
    matches!(doing, Doing::HandOver { .. })
}

/// What the key does now.
pub fn coming(state: &State) -> Coming {
    match next(state) {
        None => Coming::UnderWay,
        Some(Next::List) => Coming::List,
        Some(next) => Coming::Plays(words(state, &next)),
    }
}

/// Whether the key does anything now.
pub fn can(state: &State) -> bool {
    next(state).is_some()
}

/// What the key does now, in words.
pub fn coming_words(state: &State) -> String {
    match coming(state) {
        Coming::UnderWay => s::PLAY_UNDER_WAY.to_owned(),
        Coming::Plays(words) => words,
        Coming::List => s::PLAY_LIST.to_owned(),
    }
}

fn words(state: &State, next: &Next) -> String {
    match next {
        Next::Close(_) => s::PLAY_CLOSE.to_owned(),
        Next::Agree => s::PLAY_AGREE.to_owned(),
        Next::SetUp(title) => s::play_set_up(title),
        Next::User => world::act_words(state, newest(state)).to_owned(),
        Next::Cut(_) => s::HINT_CUT.to_owned(),
        Next::Step => {
            let step = state.scenarios.next_step().unwrap_or_default();
            let words = state.scenarios.next_words().unwrap_or_default();
            s::scenario_step(step + 1, words)
        }
        Next::Plan(run, nth) => {
            let entry = state.runs.get(*run);
            let step = entry.and_then(|entry| entry.run.diagnosis()?.plan.steps.get(*nth));
            step.map(|step| step.title.clone()).unwrap_or_default()
        }
        Next::Page(..) => s::HINT_PASTE_PAGE.to_owned(),
        Next::Compare => s::OFFER_COMPARE.to_owned(),
        Next::List => s::PLAY_LIST.to_owned(),
    }
}

/// Does what comes next.
pub fn on(state: &mut State) -> Effects {
    let Some(next) = next(state) else {
        return Vec::new();
    };
    match next {
        Next::Close(pane) => {
            state.close(pane);
            state.touch();
            Vec::new()
        }
        Next::Agree => {
            let effects = consent::agree(state);
            await_plan(state, &effects);
            effects
        }
        Next::SetUp(_) => {
            let item = state.views.item(Pane::Picker);
            picker::choose(state, item)
        }
        Next::List => list(state),
        other => {
            look_at_newest(state);
            of_run(state, other)
        }
    }
}

/// What concerns the newest run.
fn of_run(state: &mut State, next: Next) -> Effects {
    match next {
        Next::User => act(state),
        Next::Cut(run) => {
            let device = |it: &Entry| matches!(it.activity(), Some(Activity::Device { .. }));
            let polls = state.runs.get(run).is_some_and(device);
            state.play.awaited = Some(Awaited::GoesOn(run));
            if polls {
                state.play.hurried = Some(run);
            }
            vec![Effect::Ask(Command::CutWait(run))]
        }
        Next::Step => {
            state.play.awaited = Some(Awaited::Step);
            scenarios::take_step(state)
        }
        Next::Plan(run, nth) => {
            let effects = steps::perform_of(state, run, nth);
            await_plan(state, &effects);
            effects
        }
        Next::Page(run, text) => {
            state.play.awaited = Some(Awaited::GoesOn(run));
            vec![Effect::Ask(Command::Paste(run, text))]
        }
        Next::Compare => {
            state.play.compared = true;
            let effects = compare::ask(state);
            await_plan(state, &effects);
            effects
        }
        Next::Close(_) | Next::Agree | Next::SetUp(_) | Next::List => Vec::new(),
    }
}

/// The lab's user acts on what the newest run waits for.
fn act(state: &mut State) -> Effects {
    let Some(entry) = newest(state) else {
        return Vec::new();
    };
    let (run, device) = (
        entry.run.id,
        matches!(entry.activity(), Some(Activity::Device { .. })),
    );
    if world::next_act(state) == UserAct::ClosesBrowser {
        // Nothing comes of it that could be told.
        state.play.left = Some(run);
    } else {
        state.play.awaited = Some(Awaited::User(run, !device));
    }
    world::complete(state)
}

fn await_plan(state: &mut State, effects: &Effects) {
    state.play.awaited = effects.iter().find_map(|effect| match effect {
        Effect::Ask(Command::DoStep { .. } | Command::Begin(_)) => Some(Awaited::Plan),
        Effect::Ask(Command::Compare(..)) => Some(Awaited::Compared),
        _ => None,
    });
}

/// Opens the list, with the cursor on the scenario after the one that was played.
fn list(state: &mut State) -> Effects {
    let after = picker::after_current(state);
    let effects = scenarios::open(state);
    super::views::refresh(state);
    state.views.put(Pane::Picker, after);
    effects
}

fn look_at_newest(state: &mut State) {
    let newest = newest(state).map(|entry| entry.run.id);
    if let Some(run) = newest.filter(|run| state.selected_id() != Some(*run)) {
        state.runs.look_at_id(run);
        state.reply.reset();
        for beside in [Pane::Runs, Pane::Diagnosis, Pane::Reply, Pane::Exchanges] {
            state.views.forget(beside);
        }
        steps::settle(state);
    }
}
