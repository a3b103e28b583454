//! One remedy made into one step.

use super::{handover, ways};
use crate::guide::case::Case;
use crate::guide::draft::Draft;
use crate::guide::rule;
use crate::model::{Actor, By, Doing, Prompt, Step};
use crate::strings::guide::plan as says;

/// Makes the step. A name that the program cannot do itself becomes a message to hand over.
pub(super) fn make(case: &Case<'_>, draft: &Draft, id: &str) -> Step {
    let remedy = case.evidence.catalog.remedy(id);
    let doing = doing(case, draft, id);
    let title = match (&doing, remedy) {
        (Doing::WaitAndRepeat { wait }, _) => says::wait_title(*wait),
        (Doing::FixRequest { parameter }, _) => says::fix_title(parameter),
        (_, Some(remedy)) => remedy.title.clone(),
        (Doing::HandOver { to, .. }, None) => says::tell(crate::strings::words::actor(*to)),
        (_, None) => says::title(id).to_owned(),
    };
    Step {
        id: id.to_owned(),
        title,
        why: match remedy {
            Some(remedy) => remedy.why.clone(),
            None => says::why(id).to_owned(),
        },
        by: if matches!(doing, Doing::HandOver { .. }) {
            By::Person
        } else {
            By::Program
        },
        ways: ways::of(case, draft, id, &doing),
        doing,
    }
}

fn doing(case: &Case<'_>, draft: &Draft, id: &str) -> Doing {
    let claims = || case.claims_text();
    let sign_in = |prompt| Doing::SignIn {
        claims: claims(),
        prompt,
    };
    match id {
        "sign-in" | "sign-in-with-claims" => sign_in(None),
        "sign-in-fresh" => sign_in(Some(Prompt::Login)),
        "sign-in-other-account" => sign_in(Some(Prompt::SelectAccount)),
        "sign-in-consent" => sign_in(Some(Prompt::Consent)),
        "device-code" => Doing::DeviceCode { claims: None },
        "repeat-silent" => Doing::Silent {
            force_refresh: true,
            claims: None,
        },
        "silent-with-claims" => Doing::Silent {
            force_refresh: true,
            claims: claims(),
        },
        "enter-password" => Doing::EnterPassword,
        "enter-secret" => Doing::EnterSecret,
        "wait-and-repeat" => Doing::WaitAndRepeat {
            wait: draft
                .wait
                .unwrap_or_else(|| rule::throttle::usual_wait(case)),
        },
        "repeat" => Doing::Repeat,
        "get-app-token-with-claims" => Doing::AppTokenWithClaims {
            claims: claims().unwrap_or_default(),
        },
        "call-api" => Doing::CallApi,
        "admin-consent" => Doing::AdminConsent,
        "compare" => Doing::Compare,
        "paste-page" => Doing::PastePage,
        "fix-request" => {
            let usual = || rule::parameter::of(case, draft.class);
            Doing::FixRequest {
                parameter: draft.parameter.unwrap_or_else(usual).to_owned(),
            }
        }
        other => {
            let to = addressee(case, draft, other);
            Doing::HandOver {
                to,
                text: handover::text(case, draft, other),
            }
        }
    }
}

/// Whom the message goes to: as the catalogue says, as the name says, else whoever acts first.
fn addressee(case: &Case<'_>, draft: &Draft, id: &str) -> Actor {
    let known = case
        .evidence
        .catalog
        .remedy(id)
        .and_then(|remedy| remedy.to);
    let named = || id.strip_prefix("tell-").and_then(Actor::from_word);
    let first = draft
        .acts
        .iter()
        .copied()
        .find(|actor| *actor != Actor::NoneNeeded);
    known.or_else(named).or(first).unwrap_or(Actor::Developer)
}
