//! The lab's own endpoints: change the world, look at it, look at what was asked.

use serde_json::{Value as Json, json};

use super::ask::Answer;
use super::change;
use super::desk::Desk;
use super::refusal::fill;
use crate::model::{Problem, WorldChange};
use crate::strings::lab as say;

/// `GET /lab/world`.
pub fn world(desk: &Desk<'_>) -> Answer {
    let view = change::view(desk.world, desk.at);
    let body = serde_json::to_value(view).unwrap_or_default();
    Answer::json(200, &body, say::SAID_VIEW)
}

/// `GET /lab/requests`: the server, which keeps the log, fills it in.
pub fn requests() -> Answer {
    Answer::json(200, &json!([]), say::SAID_VIEW)
}

/// `POST /lab/change` with `{"change":"policy require-mfa on"}` or the form field `change`.
pub fn change(desk: &mut Desk<'_>) -> Answer {
    let words = words(desk).unwrap_or_default();
    let Some(change) = WorldChange::parse(&words) else {
        return refused(&Problem::new(
            format!("`{words}`"),
            "change",
            say::EXPECTED_CHANGE,
        ));
    };
    match change::apply(desk.world, change, desk.at, &desk.kit) {
        Ok(clock) => {
            let view = change::view(desk.world, desk.at);
            let body = serde_json::to_value(view).unwrap_or_default();
            let mut answer =
                Answer::json(200, &body, fill(say::SAID_CHANGED, &[("change", &words)]));
            answer.clock = clock;
            answer
        }
        Err(problem) => refused(&problem),
    }
}

fn words(desk: &Desk<'_>) -> Option<String> {
    let json = serde_json::from_slice::<Json>(&desk.ask.body).ok();
    let of_json = json.and_then(|body| body["change"].as_str().map(str::to_owned));
    of_json.or_else(|| desk.ask.form("change"))
}

fn refused(problem: &Problem) -> Answer {
    let body = serde_json::to_value(problem).unwrap_or_default();
    Answer::json(400, &body, problem.what.clone())
}
