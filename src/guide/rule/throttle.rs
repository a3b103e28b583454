//! Too many requests, or a service that is unwell: waiting is the cure, prompting is not.

use std::time::Duration;

use super::Rule;
use crate::guide::case::Case;
use crate::guide::draft::{Basis, Draft};
use crate::model::{Actor, Class, Confidence, Login};
use crate::strings::guide::throttle as says;

/// What is waited after a throttle that names no time.
const THROTTLED: Duration = Duration::from_secs(5);
/// What is waited after too many phone calls for the second factor: these are counted by the minute.
const CALLED_TOO_OFTEN: Duration = Duration::from_mins(5);
/// What is waited after a fault of the service that names no time.
const UNWELL_WAIT: Duration = Duration::from_secs(10);

/// The same request again and again (50196): stop. Neither a retry nor a prompt.
pub(super) const LOOP: Rule = Rule {
    id: "throttle/loop",
    applies: |case, _| case.has_code(&["AADSTS50196"]),
    judge: |case, draft| {
        draft.title(case, says::LOOP_TITLE);
        draft.decide(Class::Throttle, &[Actor::Developer], Login::No);
        draft.go(&["stop-the-loop"]);
        draft.note(says::LOOP);
        draft.rest_on(Basis::Code);
    },
};

/// 429, or a code of throttling.
pub(super) const TOO_MANY: Rule = Rule {
    id: "throttle/too-many",
    applies: |case, draft| case.status() == Some(429) || draft.class == Class::Throttle,
    judge: |case, draft| {
        let asked = case.retry_after();
        if case.is_mute() {
            draft.summary = String::from(says::TOO_MANY);
            draft.confidence = Confidence::Published;
        }
        if draft.class != Class::Throttle {
            draft.decide(Class::Throttle, &[Actor::Developer], Login::AfterWait);
            draft.rest_on(Basis::Status);
        }
        draft.suppose(Class::Throttle, &[Actor::Developer], Login::AfterWait, &[]);
        let calls = case.has_code(&["AADSTS50088", "AADSTS500881"]);
        wait(
            draft,
            asked,
            if calls { CALLED_TOO_OFTEN } else { THROTTLED },
        );
    },
};

/// 5xx, `temporarily_unavailable`, `server_error`, or a code of the service that waiting may cure.
pub(super) const UNWELL: Rule = Rule {
    id: "throttle/unwell",
    applies: |case, draft| {
        let status = case.status().is_some_and(|status| status >= 500);
        let error = case.is_error(&["temporarily_unavailable", "server_error"]);
        let passing = matches!(draft.login, Login::AfterWait | Login::Unknown);
        let service = draft.class == Class::Service && passing && case.fault().is_none();
        service || ((status || error) && !case.is_known() && case.suberror().is_none())
    },
    judge: |case, draft| {
        let status = case.status().filter(|status| *status >= 500);
        if case.is_mute() {
            draft.summary = says::unwell(status);
            draft.confidence = Confidence::Published;
        }
        if status.is_some() {
            draft.rest_on(Basis::Status);
        }
        if !case.is_known() {
            draft.decide(Class::Service, &[Actor::Microsoft], Login::AfterWait);
        }
        wait(draft, case.retry_after(), UNWELL_WAIT);
        // The servers may be the organisation's own, such as its agents.
        let own = !draft.acts.is_empty() && !draft.acts.contains(&Actor::Microsoft);
        if !own && !draft.has("tell-microsoft") {
            draft.remedies.push("tell-microsoft".into());
        }
    },
};

/// Waiting comes first; then whatever else the catalogue names.
fn wait(draft: &mut Draft, asked: Option<Duration>, proposed: Duration) {
    draft.wait = Some(asked.unwrap_or(proposed));
    draft
        .remedies
        .retain(|id| id != "wait-and-repeat" && id != "repeat");
    draft.remedies.insert(0, "wait-and-repeat".into());
    draft.note(match asked {
        Some(wait) => says::asked_to_wait(wait),
        None => says::proposed_wait(proposed),
    });
}

/// What is waited when a step says wait and nobody said how long.
pub(in crate::guide) fn usual_wait(case: &Case<'_>) -> Duration {
    case.retry_after().unwrap_or(THROTTLED)
}
