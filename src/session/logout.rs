//! Signing the person of a granted run out at the server, in the browser.

use std::sync::Arc;

use super::Notice;
use super::core::Core;
use crate::flows;
use crate::grants::further::metadata_of;
use crate::model::{Problem, RunId, SignedOut, Stage};
use crate::strings::session as say;

/// Begins it, from a shell that goes on meanwhile.
pub(super) fn begin(core: &Arc<Core>, run: RunId) {
    let core = Arc::clone(core);
    tokio::spawn(async move {
        let tell = |sentence| core.tell(Notice::Said(sentence));
        match perform(&core, run, tell).await {
            Ok(signed_out) => {
                let first = signed_out.said.into_iter().next();
                core.tell(Notice::Said(first.unwrap_or_default()));
            }
            Err(problem) => core.trouble(format!("{}: {}", problem.what, problem.expected)),
        }
    });
}

/// Does it, and adds what came of it to the run. `tell` gets the address that is opened.
///
/// # Errors
/// Why no page was opened.
pub(super) async fn perform(
    core: &Arc<Core>,
    id: RunId,
    tell: impl Fn(String),
) -> Result<SignedOut, Problem> {
    let granted = || Problem::new(say::NOTHING_GRANTED, "logout", "");
    let run = core
        .run(id)
        .filter(|run| run.has_token() && !run.from_history);
    let run = run.ok_or_else(granted)?;
    let token = run.ending().and_then(|ending| ending.token.clone());
    let token = token.ok_or_else(granted)?;
    let known = metadata_of(&run.spec.authority, &run.exchanges);
    let context = core.context(&run.spec)?;
    let (exchanges, signed_out) = flows::logout((&run.spec, &token), known, context, tell).await?;
    for exchange in exchanges {
        core.exchanged(id, exchange);
    }
    let now = core.run(id).map(|run| run.stage);
    if let Some(Stage::Ended(ending)) = now {
        let mut ending = *ending;
        ending.signed_out = Some(Box::new(signed_out.clone()));
        core.end(id, ending);
    }
    Ok(signed_out)
}
