//! Doing something with the token of a granted run: the exchange is added to the run, with what it means.

use std::sync::Arc;

use super::Notice;
use super::core::Core;
use super::script;
use super::verdict::Judge;
use crate::flows;
use crate::grants::further as requests;
use crate::guide::further::{self as meaning, Parties};
use crate::model::{Deed, Further, FurtherOutcome, Outcome, Problem, RunId, Stage};
use crate::strings::session as say;

/// Begins it; what speaks against it is told as trouble.
pub(super) fn begin(core: &Arc<Core>, run: RunId, what: Further) {
    let core = Arc::clone(core);
    tokio::spawn(async move {
        if let Err(problem) = perform(&core, run, what).await {
            core.trouble(format!("{}: {}", problem.what, problem.expected));
        }
    });
}

/// Does it.
///
/// # Errors
/// Why nothing was sent.
pub(super) async fn perform(core: &Arc<Core>, id: RunId, what: Further) -> Result<(), Problem> {
    let granted = || Problem::new(say::NOTHING_GRANTED, what.word(), "");
    let run = core.run(id).ok_or_else(granted)?;
    let granted_one = run.outcome() == Some(Outcome::Granted) && !run.from_history;
    let token = run.ending().and_then(|ending| ending.token.clone());
    let token = token.filter(|_| granted_one).ok_or_else(granted)?;
    let mut spec = run.spec.clone();
    if let Some(proof) = core.proof(id) {
        spec.credential = proof;
    }
    let known = requests::metadata_of(&spec.authority, &run.exchanges);
    let context = core.context(&spec)?;
    let done = flows::further(what, (&spec, &token), known, context).await?;
    let Some(exchange) = done.exchange().cloned() else {
        return Ok(());
    };
    let parties = Parties {
        issuer: &done.issuer,
        client_id: &spec.client_id,
    };
    let said = meaning::told(what, &exchange, &token);
    let signature = done.signature.as_ref();
    let said = meaning::signed(said, (what, &exchange), signature, parties);
    for exchange in done.exchanges {
        core.exchanged(id, exchange);
    }
    let Some(now) = core.run(id) else {
        return Ok(());
    };
    let judge = Judge {
        catalog: core.catalog(),
        now: core.now(),
    };
    let outcome = FurtherOutcome {
        what,
        said,
        diagnosis: judge.of_further(&now, what, &exchange).map(Box::new),
        exchange,
    };
    if let Stage::Ended(ending) = now.stage {
        let mut ending = *ending;
        ending.further.push(outcome);
        core.end(id, ending);
    }
    Ok(())
}

/// As [`begin`], from a shell.
pub(super) fn ask(core: &Arc<Core>, run: RunId, what: Further) {
    script::follow(core, |deed| *deed == Deed::Further(what));
    let granted = core.run(run).and_then(|run| run.outcome()) == Some(Outcome::Granted);
    if granted {
        begin(core, run, what);
    } else {
        core.tell(Notice::Said(say::NOTHING_GRANTED.into()));
    }
}
