//! Doing a step of a plan: which run it begins, with what.

use std::sync::Arc;

use super::Notice;
use super::actor::compare_runs;
use super::core::Core;
use super::script;
use super::verdict::Judge;
use crate::flows;
use crate::guide::api as meaning;
use crate::model::{
    Activity, ApiCall, ApiOutcome, Credential, Deed, Doing, Flow, Outcome, Problem, Run, RunId,
    RunSpec, Stage, Way,
};
use crate::strings::session as say;

/// Does step `step` of the plan of `run`, in the chosen way.
pub(super) fn perform(core: &Arc<Core>, run: RunId, step: usize, way: usize) {
    let newest = core.newest(|run| run.diagnosis().is_some());
    let followed = newest.is_some_and(|newest| newest.id == run)
        && script::follow(core, |deed| *deed == Deed::Plan(step + 1));
    match try_perform(core, run, step, way) {
        Ok(Some(begun)) if !followed => match core.run(begun) {
            Some(run) if run.ending().is_none() => {
                script::follows_run(core, &run.spec);
            }
            _ => {
                // The one step that goes on with a run that has ended.
                script::follow(core, |deed| *deed == Deed::CallApi);
            }
        },
        Ok(_) => {}
        Err(sentence) => core.tell(Notice::Said(sentence)),
    }
}

/// As [`perform`]; the id of the run that was begun, if the step begins one.
pub(super) fn try_perform(
    core: &Arc<Core>,
    run: RunId,
    step: usize,
    way: usize,
) -> Result<Option<RunId>, String> {
    let failed = core.run(run).ok_or_default()?;
    let step = failed
        .diagnosis()
        .and_then(|d| d.plan.steps.get(step))
        .ok_or_default()?
        .clone();
    match step.doing {
        Doing::WaitAndRepeat { wait } => {
            let spec = failed.spec.clone();
            // Some of what the server asked for has passed since.
            let left = core.throttled(&spec).map(|w| w.until.since(core.now()));
            let wait = left.map_or(wait, |left| wait.min(left));
            Ok(Some(
                core.begin(spec, Some((wait, say::WAIT_BEFORE_REPEAT.into()))),
            ))
        }
        Doing::CallApi => {
            let granted = newest_granted(core, &failed).ok_or(say::NOTHING_GRANTED)?;
            call_api_as(core, &granted, failed.spec.api.clone());
            Ok(Some(granted.id))
        }
        Doing::Compare => {
            let granted = newest_granted(core, &failed).ok_or(say::NOTHING_GRANTED)?;
            compare_runs(core, run, granted.id);
            Ok(None)
        }
        Doing::PastePage | Doing::FixRequest { .. } | Doing::HandOver { .. } => Ok(None),
        ref doing => {
            Ok(next_spec(&failed.spec, doing, step.ways.get(way))
                .map(|spec| core.begin(spec, None)))
        }
    }
}

trait OrDefault<T> {
    fn ok_or_default(self) -> Result<T, String>;
}

impl<T> OrDefault<T> for Option<T> {
    fn ok_or_default(self) -> Result<T, String> {
        self.ok_or_else(String::new)
    }
}

/// The newest granted run of the same client that began after the failed one.
fn newest_granted(core: &Core, failed: &Run) -> Option<Run> {
    core.newest(|run| {
        run.has_token()
            && run.spec.client_id == failed.spec.client_id
            && (run.id > failed.id || failed.outcome() == Some(Outcome::Granted))
    })
}

/// The spec of the run that a step begins, from the spec of the failed run.
fn next_spec(failed: &RunSpec, doing: &Doing, way: Option<&Way>) -> Option<RunSpec> {
    let mut spec = failed.clone();
    spec.force_refresh = false;
    spec.claims = None;
    spec.asking.prompt = None;
    match doing {
        Doing::SignIn { claims, prompt } => {
            spec.flow = if way.is_some_and(|way| way.id == "device-code") {
                Flow::DeviceCode
            } else {
                Flow::Interactive
            };
            spec.claims.clone_from(claims);
            spec.asking.prompt = *prompt;
        }
        Doing::DeviceCode { claims } => {
            spec.flow = Flow::DeviceCode;
            spec.claims.clone_from(claims);
        }
        Doing::Silent {
            force_refresh,
            claims,
        } => {
            spec.flow = Flow::Silent;
            spec.force_refresh = *force_refresh;
            spec.claims.clone_from(claims);
        }
        Doing::EnterPassword => {
            spec.flow = Flow::Password;
            spec.password = None;
        }
        Doing::EnterSecret => spec.credential = Credential::Ask,
        Doing::Repeat => {
            spec.claims.clone_from(&failed.claims);
            spec.force_refresh = failed.force_refresh;
            spec.asking.prompt = failed.asking.prompt;
        }
        Doing::AdminConsent => spec.flow = Flow::AdminConsent,
        Doing::AppTokenWithClaims { claims } => {
            spec.flow = Flow::ClientCredentials;
            spec.claims = Some(claims.clone());
        }
        Doing::WaitAndRepeat { .. }
        | Doing::CallApi
        | Doing::Compare
        | Doing::PastePage
        | Doing::FixRequest { .. }
        | Doing::HandOver { .. } => return None,
    }
    Some(spec)
}

/// Calls the API of a run's spec with its token.
pub(super) fn call_api(core: &Arc<Core>, run: RunId, other: Option<ApiCall>) {
    let Some(run) = core
        .run(run)
        .filter(|run| run.outcome() == Some(Outcome::Granted))
    else {
        return core.tell(Notice::Said(say::NOTHING_GRANTED.into()));
    };
    call_api_as(core, &run, other);
}

fn call_api_as(core: &Arc<Core>, granted: &Run, api: Option<ApiCall>) {
    let core = Arc::clone(core);
    let mut run = granted.clone();
    if api.is_some() {
        run.spec.api = api;
    }
    tokio::spawn(async move {
        if let Err(problem) = call(&core, &run).await {
            core.trouble(format!("{}: {}", problem.what, problem.expected));
        }
    });
}

/// Calls the API and adds what came of it to the granted run.
pub(super) async fn call(core: &Arc<Core>, run: &Run) -> Result<(), Problem> {
    let context = core.context(&run.spec)?;
    let exchanges = flows::call_api(&run.spec, &context).await?;
    let Some(exchange) = exchanges.last().cloned() else {
        return Ok(());
    };
    for exchange in exchanges {
        core.exchanged(run.id, exchange);
    }
    let Some(now) = core.run(run.id) else {
        return Ok(());
    };
    let mut seen = now.clone();
    seen.spec = run.spec.clone();
    let diagnosis = Judge {
        catalog: core.catalog(),
        now: core.now(),
    }
    .of_api(&seen, &exchange)
    .map(Box::new);
    if let Stage::Ended(ending) = now.stage {
        let mut ending = *ending;
        let said = ending.token.as_ref();
        let said = said.map(|token| meaning::told(&exchange, token));
        ending.api = Some(Box::new(ApiOutcome {
            said: said.unwrap_or_default(),
            exchange,
            diagnosis,
        }));
        core.end(run.id, ending);
    }
    Ok(())
}

/// The page a waiting run wants opened, if it waits for one.
pub(super) fn page_of(run: &Run) -> Option<String> {
    match &run.stage {
        Stage::Running(Activity::Browsing { url, .. }) => Some(url.clone()),
        Stage::Running(Activity::Device {
            complete: Some(complete),
            ..
        }) => Some(complete.clone()),
        Stage::Running(Activity::Device {
            page, user_code, ..
        }) => {
            let mut url = url::Url::parse(page).ok()?;
            url.query_pairs_mut().append_pair("user_code", user_code);
            Some(url.into())
        }
        Stage::Running(_) | Stage::Ended(_) => None,
    }
}
