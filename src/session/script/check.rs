//! Playing scenarios without a person, and comparing what came of them with what they expect.

use std::sync::Arc;

use super::{STUCK_AFTER, prepare};
use crate::model::{Exchange, Expectation, Outcome, Run};
use crate::session::Setup;
use crate::session::core::Core;

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
