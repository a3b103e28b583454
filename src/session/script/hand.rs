//! The hand that performs deeds: begins runs, lets the lab's user act, lets waits pass.

use std::sync::Arc;

use super::equip;
use crate::flows::Control;
use crate::model::{
    Activity, ApiCall, Credential, Deed, Flow, Further, Outcome, Purpose, Run, RunId, RunSpec,
    Stage, UserAct,
};
use crate::session::core::Core;
use crate::session::protocol::Habits;
use crate::session::{further, lab_side, steps};
use crate::strings::session as say;

/// How often a scripted wait is cut short before the run is left waiting.
const CUTS: usize = 40;

/// The hand that performs deeds: remembers how the lab's user behaves and what is typed.
#[derive(Default)]
pub(super) struct Hand {
    habits: Habits,
    by_person: bool,
    /// The run the last deed began or touched.
    pub(super) last: Option<RunId>,
}

impl Hand {
    /// A person's hand: what it begins is left for the person to finish.
    pub(super) fn of_a_person(habits: Habits) -> Self {
        Self {
            habits,
            by_person: true,
            last: None,
        }
    }

    /// How the lab's user behaves after what was done.
    pub(super) fn habits(&self) -> Habits {
        self.habits.clone()
    }

    /// Performs a deed, and what the lab's user and the clock do for it.
    pub(super) async fn perform(&mut self, core: &Arc<Core>, deed: &Deed) -> Result<(), String> {
        let begun = self.begin(core, deed).await?;
        let Some(id) = begun else { return Ok(()) };
        self.last = Some(id);
        // A sign-in is part of a set-up: it is finished at once even where a person performs the steps.
        if self.by_person && *deed != Deed::SignIn {
            return Ok(());
        }
        self.drive(core, id, matches!(deed, Deed::User(_) | Deed::PastePage))
            .await
    }

    /// Does the deed as far as it can be done at once; the run it began or touched.
    async fn begin(&mut self, core: &Arc<Core>, deed: &Deed) -> Result<Option<RunId>, String> {
        let active = core.state().scenario.clone().ok_or(say::NO_LAB)?;
        let waiting = || core.newest(|run| run.ending().is_none());
        match deed {
            Deed::SignIn => Ok(Some(core.begin(in_the_browser(active.spec), None))),
            Deed::Run {
                flow,
                force_refresh,
                prompt,
            } => {
                let mut spec = RunSpec {
                    flow: *flow,
                    force_refresh: *force_refresh,
                    ..active.spec
                };
                spec.asking.prompt = *prompt;
                Ok(Some(core.begin(self.typed(spec), None)))
            }
            Deed::Faulty(mistake) => core
                .begin_faulty(in_the_browser(active.spec), *mistake)
                .map(Some),
            Deed::Plan(number) => Ok(plan(core, *number)?.or(self.last)),
            Deed::CallApi => call_api(core, active.spec.api).await.map(Some),
            Deed::Further(what) => do_further(core, *what).await.map(Some),
            Deed::PastePage => {
                let page = core.state().last_page.clone().ok_or(say::NO_PAGE)?;
                let id = waiting().ok_or(say::NO_PAGE)?.id;
                core.control(id, Control::Paste(page));
                Ok(Some(id))
            }
            Deed::WaitOver => waiting()
                .map(|run| Some(cut(core, run.id)))
                .ok_or_else(|| say::NO_PAGE.into()),
            Deed::User(act) => {
                self.habits.act = Some(act.clone());
                let Some(run) = waiting() else {
                    return Ok(None);
                };
                lab_side::act_once(core, run.id, act.clone()).await?;
                Ok(Some(run.id))
            }
            Deed::Enter { right } => {
                self.habits.types_wrong = !right;
                Ok(None)
            }
            Deed::Prove(proof) => equip::prove(core, &active, *proof).await.map(|()| None),
            Deed::CalledWith(scope) => equip::called_with(core, &active, scope)
                .await
                .map(|()| None),
            Deed::TurnTo(user_flow) => equip::turn_to(core, user_flow).map(|()| None),
            Deed::RegisterCertificate => equip::register(core, &active).await.map(|()| None),
            Deed::World(change) => {
                lab_side::change(core, change.clone());
                Ok(None)
            }
        }
    }

    /// With the wrong secret, where the lab's user types wrong values.
    fn typed(&self, mut spec: RunSpec) -> RunSpec {
        if self.habits.types_wrong && spec.flow == Flow::ClientCredentials {
            spec.credential = Credential::Secret(lab_side::wrong_secret());
        }
        spec
    }

    /// Lets the lab's user act and waits pass until the run has ended, or until only the person could go on.
    async fn drive(&self, core: &Arc<Core>, id: RunId, acted: bool) -> Result<(), String> {
        let mut changes = core.watch();
        let first = core.run(id).map_or(0, |run| polls(&run));
        let mut driven = Driven {
            acted,
            cuts: 0,
            first,
        };
        loop {
            // Marked before the run is looked at: what changes after the look wakes the wait below.
            changes.mark_unchanged();
            let Some(run) = core.run(id) else {
                return Ok(());
            };
            if self.go_on(core, &run, &mut driven).await? {
                return Ok(());
            }
            changes.changed().await.map_err(|e| e.to_string())?;
        }
    }

    /// Does the one thing the run waits for; whether there is nothing more to do for it.
    async fn go_on(
        &self,
        core: &Arc<Core>,
        run: &Run,
        driven: &mut Driven,
    ) -> Result<bool, String> {
        let Stage::Running(activity) = &run.stage else {
            return Ok(true);
        };
        let cut = |driven: &mut Driven| {
            driven.cuts += 1;
            if driven.cuts <= CUTS {
                lab_side::cut_wait(core, run.id);
            }
            driven.cuts > CUTS
        };
        match activity {
            Activity::Sending(_) | Activity::Waiting { can_cut: false, .. } => Ok(false),
            Activity::Waiting { can_cut: true, .. } | Activity::Answering { .. } => Ok(cut(driven)),
            Activity::Browsing { .. } | Activity::Asking(_) if driven.acted => Ok(false),
            Activity::Browsing { .. } | Activity::Asking(_) => {
                driven.acted = true;
                let usual = if self.habits.types_wrong {
                    UserAct::MistypesPassword
                } else {
                    UserAct::Completes
                };
                let act = self.habits.act.clone().unwrap_or(usual);
                let act = if matches!(activity, Activity::Asking(_)) && self.habits.types_wrong {
                    UserAct::MistypesPassword
                } else {
                    act
                };
                let before = core.state().last_page.clone();
                lab_side::act_once(core, run.id, act.clone()).await?;
                Ok(act == UserAct::ClosesBrowser || core.state().last_page != before)
            }
            Activity::Device { .. } => {
                let decided =
                    self.habits.act.clone().filter(|act| {
                        matches!(act, UserAct::ApprovesDevice | UserAct::DeclinesDevice)
                    });
                match decided {
                    Some(act) if !driven.acted => {
                        driven.acted = true;
                        lab_side::act_once(core, run.id, act).await?;
                        Ok(false)
                    }
                    None if polls(run) >= driven.first + 2 => Ok(true),
                    _ => Ok(cut(driven)),
                }
            }
        }
    }
}

/// The same as a sign-in in the browser.
fn in_the_browser(spec: RunSpec) -> RunSpec {
    RunSpec {
        flow: Flow::Interactive,
        ..spec
    }
}

/// Does a step of the newest plan; the run that it begins.
fn plan(core: &Arc<Core>, number: usize) -> Result<Option<RunId>, String> {
    let refused = core
        .newest(|run| run.diagnosis().is_some())
        .ok_or(say::NOTHING_REFUSED)?;
    steps::try_perform(core, refused.id, number - 1, 0)
}

fn cut(core: &Core, id: RunId) -> RunId {
    lab_side::cut_wait(core, id);
    id
}

/// What was done for a run so far.
struct Driven {
    acted: bool,
    cuts: usize,
    /// How often the run had asked for a token when the hand took it up.
    first: usize,
}

async fn call_api(core: &Arc<Core>, api: Option<ApiCall>) -> Result<RunId, String> {
    let mut granted = core
        .newest(|run| run.outcome() == Some(Outcome::Granted))
        .ok_or(say::NOTHING_GRANTED)?;
    granted.spec.api = api;
    steps::call(core, &granted)
        .await
        .map_err(|problem| problem.what)?;
    Ok(granted.id)
}

/// Does something with the token of the newest granted run.
async fn do_further(core: &Arc<Core>, what: Further) -> Result<RunId, String> {
    let granted = core
        .newest(|run| run.outcome() == Some(Outcome::Granted))
        .ok_or(say::NOTHING_GRANTED)?;
    further::perform(core, granted.id, what)
        .await
        .map_err(|problem| problem.what)?;
    Ok(granted.id)
}

/// How often a run has asked the token endpoint.
fn polls(run: &Run) -> usize {
    run.exchanges
        .iter()
        .filter(|exchange| exchange.request.purpose == Purpose::Token)
        .count()
}
