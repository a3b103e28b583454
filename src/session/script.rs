//! The one runner of scenarios: the demo, the tests and auto-play all use it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::core::{Active, Core};
use super::{Notice, ScenarioView, lab_side};
use crate::lab::{self, LabHandle};
use crate::model::scenario::{Basis, Cure, Endpoint, Expectation};
use crate::model::world::LabClient;
use crate::model::{
    ApiCall, Authority, AuthorityKind, ClientKind, Credential, Deed, Flow, IdentityRef, RunSpec,
    Scenario, Secret, SendOptions, WorldChange,
};
use crate::strings::session as say;

mod check;
mod equip;
mod hand;
mod person;

pub use check::{Mismatch, play};
use hand::Hand;
pub(super) use person::{follow, follows_run, step};

/// How long a scripted deed may take before it counts as stuck.
const STUCK_AFTER: Duration = Duration::from_secs(30);

/// The built-in scenarios, parsed. A file that does not parse is left out here; a test sees to it that none is.
pub fn scenarios() -> Vec<Scenario> {
    lab::scenario_texts()
        .iter()
        .filter_map(|(name, text)| Scenario::parse(name, text).ok())
        .collect()
}

pub fn views() -> Vec<ScenarioView> {
    scenarios().iter().map(view).collect()
}

fn view(scenario: &Scenario) -> ScenarioView {
    let strides = person::strides(scenario);
    ScenarioView {
        name: scenario.name.clone(),
        group: scenario.group.clone(),
        title: scenario.title.clone(),
        teaches: scenario.teaches.clone(),
        given: scenario.given.iter().map(say::deed).collect(),
        steps: strides.iter().map(person::Stride::words).collect(),
        deeds: strides.iter().map(|stride| stride.deed.clone()).collect(),
        basis: match scenario.basis {
            Basis::Entra => None,
            Basis::Rfc8628 => Some("RFC 8628".into()),
            Basis::ForceOnly => Some("forced".into()),
        },
        codes: codes(scenario),
        classes: distinct(expectations(scenario).filter_map(|it| it.class.clone())),
        cured_here: scenario.cure == Cure::Here,
    }
}

fn expectations(scenario: &Scenario) -> impl Iterator<Item = &Expectation> {
    scenario.step.iter().filter_map(|step| step.expect.as_ref())
}

/// The codes a scenario leads to, then the errors and suberrors that come with them.
fn codes(scenario: &Scenario) -> Vec<String> {
    let numbers = expectations(scenario).flat_map(|it| it.codes.iter().flatten().cloned());
    let words = expectations(scenario).flat_map(|it| [it.error.clone(), it.suberror.clone()]);
    let words = words.flatten().filter(|word| !word.is_empty());
    distinct(numbers.chain(words))
}

fn distinct(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = Vec::new();
    for one in all {
        if !seen.contains(&one) {
            seen.push(one);
        }
    }
    seen
}

/// Sets a scenario up and tells so.
pub(super) fn set_up(core: &Arc<Core>, name: String) {
    let core = Arc::clone(core);
    tokio::spawn(async move {
        match prepare(&core, &name).await {
            Ok((active, hand)) => {
                let habits = hand.habits();
                let mut state = core.state();
                state.next_step = 0;
                state.habits = habits.clone();
                drop(state);
                core.tell(Notice::ScenarioReady {
                    name,
                    spec: Box::new(active.spec),
                    next: 0,
                    habits,
                });
            }
            Err(sentence) => core.trouble(sentence),
        }
    });
}

/// Sets everything back to the start; the scenario that is set up begins anew.
pub(super) fn start_over(core: &Arc<Core>) {
    let active = core.state().scenario.clone();
    if let Some(active) = active {
        core.tell(Notice::StartedOver);
        return set_up(core, active.scenario.name.clone());
    }
    core.forget();
    lab_side::change(core, WorldChange::Reset);
    core.tell(Notice::StartedOver);
}

async fn prepare(core: &Arc<Core>, name: &str) -> Result<(Active, Hand), String> {
    let scenario = known_scenario(name)
        .map_err(|problem| format!("{}: {}", problem.what, problem.expected))?;
    let lab = lab_side::ready(core).await?;
    core.forget();
    lab.change(WorldChange::Reset)
        .map_err(|problem| problem.what)?;
    let secure = if scenario.https {
        Some(lab.serve_https().await.map_err(|e| e.to_string())?)
    } else {
        None
    };
    let spec = spec_of(&lab, &scenario, secure)?;
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
    // What the program proves itself with may have been settled by the set-up.
    let active = core.state().scenario.clone().unwrap_or(active);
    Ok((active, hand))
}

fn spec_of(
    lab: &LabHandle,
    scenario: &Scenario,
    secure: Option<(String, PathBuf)>,
) -> Result<RunSpec, String> {
    let info = lab.info();
    let client = info
        .clients
        .iter()
        .find(|client| client.name == scenario.profile)
        .ok_or_else(|| say::no_such_client(&scenario.profile))?;
    let plain = lab.http_authority().unwrap_or(info.authority);
    let (mut address, ca_file) = secure.map_or((plain, None), |(https, ca)| (https, Some(ca)));
    if let (Some(tenant), Some(slash)) = (&scenario.tenant, address.rfind('/')) {
        address.truncate(slash + 1);
        address.push_str(tenant);
    }
    let kind = match scenario.endpoint {
        Endpoint::V1 => AuthorityKind::EntraV1,
        Endpoint::V2 => AuthorityKind::EntraV2,
    };
    let authority = Authority::parse(&address).map_err(|problem| problem.what)?;
    // What the path says decides; where it says nothing, the scenario does.
    let kind = match authority.kind {
        AuthorityKind::B2c | AuthorityKind::Adfs | AuthorityKind::Ciam => authority.kind,
        _ if authority.tenant() == Some("oidc") => AuthorityKind::Oidc,
        _ => kind,
    };
    let authority = match first_flow(scenario) {
        // The lab plays the machine: it is asked where a machine's own endpoint would be.
        Flow::ManagedIdentity => machine_of(&authority)?,
        _ => authority.spoken_as(kind),
    };
    let identity = scenario.identity.as_deref().map(IdentityRef::parse);
    let identity = identity.transpose().map_err(|problem| problem.what)?;
    let calls_api = scenario
        .given
        .iter()
        .chain(scenario.step.iter().map(|step| &step.r#do))
        .any(|deed| *deed == Deed::CallApi);
    let scopes = match () {
        () if scenario.scopes.is_some() => scenario.scopes.clone().unwrap_or_default(),
        () if !client.public => vec!["https://graph.microsoft.com/.default".to_owned()],
        () if authority.kind == AuthorityKind::Oidc => {
            // Such an issuer is asked for nothing that is not said.
            ["openid", "offline_access", "User.Read"]
                .map(str::to_owned)
                .to_vec()
        }
        () if calls_api => vec!["api://contoso-api/access_as_user".to_owned()],
        () => vec!["User.Read".to_owned()],
    };
    Ok(RunSpec {
        flow: first_flow(scenario),
        identity,
        scopes,
        username: scenario.user.clone(),
        api: calls_api.then(|| ApiCall::get(api_of(lab))),
        capabilities: scenario.capabilities.clone(),
        cache_file: None,
        options: SendOptions {
            ca_file,
            ..SendOptions::default()
        },
        ..spec_with(client, lab.secret_of(&client.name), authority)
    })
}

/// The host of an authority, as the machine that is asked.
fn machine_of(authority: &Authority) -> Result<Authority, String> {
    let origin = authority.url().origin().ascii_serialization();
    Authority::parse(&origin).map_err(|problem| problem.what)
}

/// The lab's API as this program reaches it, beside the authority that it asks.
fn api_of(lab: &LabHandle) -> String {
    let authority = lab.http_authority();
    let base = authority.as_deref().and_then(|at| at.rsplit_once('/'));
    base.map_or_else(|| lab.info().api, |(base, _)| format!("{base}/api"))
}

/// A sign-in with a client of the lab, as plain as can be.
fn spec_with(client: &LabClient, secret: Option<Secret>, authority: Authority) -> RunSpec {
    RunSpec {
        profile: Some(client.name.clone()),
        client_kind: kind_of(client),
        scopes: vec!["User.Read".to_owned()],
        credential: secret.map_or(Credential::Public, Credential::Secret),
        ..RunSpec::new(authority, client.id.as_str(), Flow::Interactive)
    }
}

/// What the lab's users sign in with beforehand: what the scenario uses where a person can sign in with it, otherwise
/// the first public client of the world.
pub(super) fn spec_for_users(core: &Core, lab: &LabHandle) -> Result<RunSpec, String> {
    if let Some(active) = core.state().scenario.clone()
        && !matches!(
            active.spec.client_kind,
            ClientKind::Daemon | ClientKind::Api
        )
        && active.scenario.tenant.is_none()
    {
        return Ok(active.spec);
    }
    let info = lab.info();
    let public = info.clients.iter().find(|client| client.public);
    let client = public.ok_or_else(|| say::no_such_client("public"))?;
    let address = lab
        .http_authority()
        .unwrap_or_else(|| info.authority.clone());
    let authority = Authority::parse(&address).map_err(|problem| problem.what)?;
    Ok(spec_with(
        client,
        None,
        authority.spoken_as(AuthorityKind::EntraV2),
    ))
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
