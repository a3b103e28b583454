//! The one runner of scenarios: the demo, the tests and auto-play all use it.

use std::sync::Arc;
use std::time::Duration;

use super::core::{Active, Core};
use super::{Notice, ScenarioView, Setup, lab_side, steps};
use crate::flows::Control;
use crate::lab::{self, LabHandle};
use crate::model::scenario::{Basis, Endpoint};
use crate::model::world::LabClient;
use crate::model::{
    Activity, Authority, AuthorityKind, ClientKind, Credential, Deed, Exchange, Expectation, Flow,
    Outcome, Purpose, Run, RunId, RunSpec, Scenario, Secret, SecretKind, SendOptions, Stage,
    UserAct, WorldChange,
};
use crate::strings::session as say;

/// How long a scripted deed may take before it counts as stuck.
const STUCK_AFTER: Duration = Duration::from_secs(30);
/// How often a scripted wait is cut short before the run is left waiting.
const CUTS: usize = 40;

/// The built-in scenarios, parsed. A file that does not parse is left out here; a test sees to it that none is.
pub fn scenarios() -> Vec<Scenario> {
    lab::scenario_texts()
        .iter()
        .filter_map(|(name, text)| Scenario::parse(name, text).ok())
        .collect()
}

pub(super) fn views() -> Vec<ScenarioView> {
    scenarios().iter().map(view).collect()
}

fn view(scenario: &Scenario) -> ScenarioView {
    ScenarioView {
        name: scenario.name.clone(),
        group: scenario.group.clone(),
        title: scenario.title.clone(),
        teaches: scenario.teaches.clone(),
        steps: scenario
            .step
            .iter()
            .map(|step| say::deed(&step.r#do))
            .collect(),
        basis: match scenario.basis {
            Basis::Entra => None,
            Basis::Rfc8628 => Some("RFC 8628".into()),
            Basis::ForceOnly => Some("forced".into()),
        },
    }
}

/// Sets a scenario up and tells so.
pub(super) fn set_up(core: &Arc<Core>, name: String) {
    let core = Arc::clone(core);
    tokio::spawn(async move {
        match prepare(&core, &name).await {
            Ok((active, _)) => core.tell(Notice::ScenarioReady {
                name,
                spec: Box::new(active.spec),
                next: 0,
            }),
            Err(sentence) => core.trouble(sentence),
        }
    });
}

async fn prepare(core: &Arc<Core>, name: &str) -> Result<(Active, Hand), String> {
    let scenario = known_scenario(name)
        .map_err(|problem| format!("{}: {}", problem.what, problem.expected))?;
    let lab = lab_side::ready(core).await?;
    core.forget();
    lab.change(WorldChange::Reset)
        .map_err(|problem| problem.what)?;
    let spec = spec_of(&lab, &scenario)?;
    let active = Active {
        scenario: Arc::new(scenario),
        spec,
    };
    core.state().scenario = Some(active.clone());
    let mut hand = Hand::default();
    for deed in &active.scenario.given {
        let acted = tokio::time::timeout(STUCK_AFTER, hand.perform(core, deed)).await;
        acted.map_err(|_| say::deed(deed))??;
    }
    core.tell(Notice::World(Box::new(lab.view())));
    Ok((active, hand))
}

fn spec_of(lab: &LabHandle, scenario: &Scenario) -> Result<RunSpec, String> {
    let info = lab.info();
    let client = info
        .clients
        .iter()
        .find(|client| client.name == scenario.profile)
        .ok_or_else(|| say::no_such_client(&scenario.profile))?;
    let mut address = lab.http_authority().unwrap_or(info.authority);
    if let (Some(tenant), Some(slash)) = (&scenario.tenant, address.rfind('/')) {
        address.truncate(slash + 1);
        address.push_str(tenant);
    }
    let kind = match scenario.endpoint {
        Endpoint::V1 => AuthorityKind::EntraV1,
        Endpoint::V2 => AuthorityKind::EntraV2,
    };
    let authority = Authority::parse(&address)
        .map_err(|problem| problem.what)?
        .spoken_as(kind);
    let calls_api = scenario
        .given
        .iter()
        .chain(scenario.step.iter().map(|step| &step.r#do))
        .any(|deed| *deed == Deed::CallApi);
    let scopes = match () {
        () if !client.public => vec!["https://graph.microsoft.com/.default".to_owned()],
        () if calls_api => vec!["api://contoso-api/access_as_user".to_owned()],
        () => vec!["User.Read".to_owned()],
    };
    Ok(RunSpec {
        profile: Some(client.name.clone()),
        authority,
        client_id: client.id.clone(),
        client_kind: kind_of(client),
        flow: first_flow(scenario),
        scopes,
        credential: client.secret.as_ref().map_or(Credential::Public, |secret| {
            Credential::Secret(Secret::new(SecretKind::ClientSecret, secret.clone()))
        }),
        username: scenario.user.clone(),
        password: None,
        refresh_token: None,
        claims: None,
        force_refresh: false,
        redirect_uri: None,
        prompt: None,
        api: calls_api.then_some(info.api),
        capabilities: Vec::new(),
        options: SendOptions::default(),
    })
}

fn kind_of(client: &LabClient) -> ClientKind {
    match client.kind.as_str() {
        "daemon" => ClientKind::Daemon,
        "web" => ClientKind::Web,
        "spa" => ClientKind::Spa,
        "api" => ClientKind::Api,
        _ => ClientKind::Desktop,
    }
}

fn first_flow(scenario: &Scenario) -> Flow {
    let first = scenario.step.iter().find_map(|step| match step.r#do {
        Deed::Run { flow, .. } => Some(flow),
        _ => None,
    });
    first.unwrap_or(Flow::Interactive)
}

/// Performs step `step` of the scenario as the person's key press would: what it begins is left for the person (or
/// the lab's user, by key) to finish.
pub(super) fn step(core: &Arc<Core>, step: usize) {
    let core = Arc::clone(core);
    tokio::spawn(async move {
        let Some(active) = core.state().scenario.clone() else {
            return;
        };
        let Some(deed) = active.scenario.step.get(step).map(|step| step.r#do.clone()) else {
            return;
        };
        let mut hand = Hand {
            by_person: true,
            ..Hand::default()
        };
        if let Err(sentence) = hand.perform(&core, &deed).await {
            core.tell(Notice::Said(sentence));
        }
        core.tell(Notice::ScenarioReady {
            name: active.scenario.name.clone(),
            spec: Box::new(active.spec),
            next: step + 1,
        });
    });
}

/// The hand that performs deeds: remembers how the lab's user behaves and what is typed.
#[derive(Default)]
struct Hand {
    act: Option<UserAct>,
    types_wrong: bool,
    by_person: bool,
    last: Option<RunId>,
}

impl Hand {
    async fn perform(&mut self, core: &Arc<Core>, deed: &Deed) -> Result<(), String> {
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
            Deed::SignIn => Ok(Some(core.begin(
                RunSpec {
                    flow: Flow::Interactive,
                    ..active.spec
                },
                None,
            ))),
            Deed::Run {
                flow,
                force_refresh,
            } => {
                let mut spec = RunSpec {
                    flow: *flow,
                    force_refresh: *force_refresh,
                    ..active.spec
                };
                if self.types_wrong && spec.flow == Flow::ClientCredentials {
                    spec.credential = Credential::Secret(lab_side::wrong_secret());
                }
                Ok(Some(core.begin(spec, None)))
            }
            Deed::Plan(number) => {
                let refused = core
                    .newest(|run| run.diagnosis().is_some())
                    .ok_or(say::NOTHING_GRANTED)?;
                Ok(steps::try_perform(core, refused.id, number - 1, 0)?.or(self.last))
            }
            Deed::CallApi => call_api(core, active.spec.api).await.map(Some),
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
                self.act = Some(act.clone());
                let Some(run) = waiting() else {
                    return Ok(None);
                };
                lab_side::act_once(core, run.id, act.clone()).await?;
                Ok(Some(run.id))
            }
            Deed::Enter { right } => {
                self.types_wrong = !right;
                Ok(None)
            }
            Deed::World(change) => {
                lab_side::change(core, change.clone());
                Ok(None)
            }
        }
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
        while let Some(run) = core.run(id) {
            changes.mark_unchanged();
            if self.go_on(core, &run, &mut driven).await? {
                return Ok(());
            }
            changes.changed().await.map_err(|e| e.to_string())?;
        }
        Ok(())
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
            Activity::Waiting { can_cut: true, .. } => Ok(cut(driven)),
            Activity::Browsing { .. } | Activity::Asking(_) if driven.acted => Ok(false),
            Activity::Browsing { .. } | Activity::Asking(_) => {
                driven.acted = true;
                let usual = if self.types_wrong {
                    UserAct::MistypesPassword
                } else {
                    UserAct::Completes
                };
                let act = self.act.clone().unwrap_or(usual);
                let act = if matches!(activity, Activity::Asking(_)) && self.types_wrong {
                    UserAct::MistypesPassword
                } else {
                    act
                };
                let before = core.state().last_page.clone();
                lab_side::act_once(core, run.id, act.clone()).await?;
                Ok(act == UserAct::ClosesBrowser || core.state().last_page != before)
            }
            Activity::Device { .. } => {
                let decided = self
                    .act
                    .clone()
                    .filter(|act| matches!(act, UserAct::ApprovesDevice | UserAct::DeclinesDevice));
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

async fn call_api(core: &Arc<Core>, api: Option<String>) -> Result<RunId, String> {
    let mut granted = core
        .newest(|run| run.outcome() == Some(Outcome::Granted))
        .ok_or(say::NOTHING_GRANTED)?;
    granted.spec.api = api;
    steps::call(core, &granted)
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

/// What a scenario's step led to that it should not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Scenario and number of the step (from 1; 0: the set-up).
    pub step: (String, usize),
    /// What differs.
    pub what: String,
}

/// Plays scenarios one after another in one session, without a person; every mismatch with what they expect.
pub async fn play(setup: Setup, names: &[&str]) -> Vec<Mismatch> {
    let (outbox, mut notices) = tokio::sync::mpsc::unbounded_channel();
    let core = Core::new(setup, outbox);
    let mut found = Vec::new();
    for name in names {
        found.extend(play_one(&core, name).await);
        while notices.try_recv().is_ok() {}
    }
    found
}

/// Plays one scenario; every mismatch with what it expects.
async fn play_one(core: &Arc<Core>, name: &str) -> Vec<Mismatch> {
    let mismatch = |step: usize, what: String| Mismatch {
        step: (name.to_owned(), step),
        what,
    };
    let (active, mut hand) = match prepare(core, name).await {
        Ok(ready) => ready,
        Err(sentence) => return vec![mismatch(0, sentence)],
    };
    let mut found = Vec::new();
    for (index, step) in active.scenario.step.iter().enumerate() {
        match tokio::time::timeout(STUCK_AFTER, hand.perform(core, &step.r#do)).await {
            Ok(Ok(())) => {}
            Ok(Err(sentence)) => found.push(mismatch(index + 1, sentence)),
            Err(_) => found.push(mismatch(index + 1, "stuck".into())),
        }
        let run = hand.last.and_then(|id| core.run(id));
        let page = core.state().last_page.clone().unwrap_or_default();
        if let (Some(expect), Some(run)) = (&step.expect, &run) {
            found.extend(
                differs(expect, run, &page)
                    .into_iter()
                    .map(|what| mismatch(index + 1, what)),
            );
        } else if step.expect.is_some() {
            found.push(mismatch(index + 1, "no run to compare with".into()));
        }
    }
    found
}

fn differs(expect: &Expectation, run: &Run, page: &str) -> Vec<String> {
    let diagnosis = run.diagnosis();
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let number = |value: Option<u16>| value.map(|n| n.to_string());
    let list = |values: &Option<Vec<String>>| values.as_ref().map(|v| v.join(" "));
    let codes = diagnosis.map(|d| {
        d.codes
            .iter()
            .map(|c| c.code.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    });
    let acts = diagnosis.map(|d| {
        d.acts
            .iter()
            .map(|a| a.word())
            .collect::<Vec<_>>()
            .join(" ")
    });
    let status = run.deciding_exchange().and_then(Exchange::status);
    let api = run
        .ending()
        .and_then(|e| e.api.as_ref())
        .and_then(|api| api.exchange.status());
    let rows = [
        (
            "outcome",
            expect.outcome.clone(),
            run.outcome().map_or("waiting", Outcome::word).to_owned(),
        ),
        (
            "status",
            number(expect.status),
            number(status).unwrap_or_default(),
        ),
        (
            "error",
            expect.error.clone(),
            text(diagnosis.and_then(|d| d.error.as_deref())),
        ),
        (
            "suberror",
            expect.suberror.clone(),
            text(diagnosis.and_then(|d| d.suberror.as_deref())),
        ),
        ("codes", list(&expect.codes), codes.unwrap_or_default()),
        (
            "class",
            expect.class.clone(),
            text(diagnosis.map(|d| d.class.word())),
        ),
        (
            "login",
            expect.login.clone(),
            text(diagnosis.map(|d| d.login.word())),
        ),
        ("acts", list(&expect.acts), acts.unwrap_or_default()),
        ("api", number(expect.api), number(api).unwrap_or_default()),
    ];
    let mut found: Vec<String> = rows
        .into_iter()
        .filter_map(|(what, expected, got)| {
            let expected = expected?;
            (expected != got).then(|| format!("{what}: expected `{expected}`, got `{got}`"))
        })
        .collect();
    if let Some(wanted) = &expect.page
        && !page.contains(wanted.as_str())
    {
        found.push(format!("page: expected `{wanted}` in `{page}`"));
    }
    found
}

/// Makes the world changes of a scenario's set-up, for a lab that is served alone.
pub(super) fn set_world(lab: &LabHandle, name: &str) -> Result<(), crate::model::Problem> {
    let scenario = known_scenario(name)?;
    for deed in &scenario.given {
        if let Deed::World(change) = deed {
            lab.change(change.clone())?;
        }
    }
    Ok(())
}

/// The scenario of a name.
///
/// # Errors
/// A problem that lists the names there are.
pub fn known_scenario(name: &str) -> Result<Scenario, crate::model::Problem> {
    let all = scenarios();
    let names: Vec<&str> = all.iter().map(|scenario| scenario.name.as_str()).collect();
    let known = names.join(", ");
    let found = all.iter().find(|scenario| scenario.name == name).cloned();
    found.ok_or_else(|| crate::model::Problem::new(say::no_scenario(name), "SCENARIO", known))
}
