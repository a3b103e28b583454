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
    let wanted = wanted(expect);
    let mut found: Vec<String> = became(run)
        .into_iter()
        .zip(wanted)
        .filter_map(|((what, got), expected)| {
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

/// What a step must have led to, in the order of [`became`]; `None` where it does not say.
fn wanted(expect: &Expectation) -> [Option<String>; 9] {
    let number = |value: Option<u16>| value.map(|n| n.to_string());
    let list = |values: Option<&Vec<String>>| values.map(|v| v.join(" "));
    [
        expect.outcome.clone(),
        number(expect.status),
        expect.error.clone(),
        expect.suberror.clone(),
        list(expect.codes.as_ref()),
        expect.class.clone(),
        expect.login.clone(),
        list(expect.acts.as_ref()),
        number(expect.api),
    ]
}

/// What came of a run: name and value; empty where there is none.
fn became(run: &Run) -> [(&'static str, String); 9] {
    let found = run.diagnosis();
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let number = |value: Option<u16>| value.map(|n| n.to_string()).unwrap_or_default();
    let codes: Vec<&str> = found
        .iter()
        .flat_map(|d| &d.codes)
        .map(|code| code.code.as_str())
        .collect();
    let acts: Vec<&str> = found
        .iter()
        .flat_map(|d| &d.acts)
        .map(|actor| actor.word())
        .collect();
    let api = run.ending().and_then(|ending| ending.api.as_ref());
    [
        (
            "outcome",
            run.outcome().map_or("waiting", Outcome::word).to_owned(),
        ),
        (
            "status",
            number(run.deciding_exchange().and_then(Exchange::status)),
        ),
        ("error", text(found.and_then(|d| d.error.as_deref()))),
        ("suberror", text(found.and_then(|d| d.suberror.as_deref()))),
        ("codes", codes.join(" ")),
        ("class", text(found.map(|d| d.class.word()))),
        ("login", text(found.map(|d| d.login.word()))),
        ("acts", acts.join(" ")),
        ("api", number(api.and_then(|api| api.exchange.status()))),
    ]
}
