//! The way out for other kinds of programs, where nothing tells which kind asked. The plan itself supposes that a
//! person is at the program; a daemon, a web API, a web application, a page and an unattended script need others.

use super::case::Case;
use super::{Evidence, judge, plan, words};
use crate::model::{Caller, Place, Plan, Step, Variant};

const SERVICES: [Caller; 5] = [
    Caller::Daemon,
    Caller::Api,
    Caller::Web,
    Caller::Spa,
    Caller::Script,
];
/// Who else stands behind an error that came by a page.
const ON_A_PAGE: [Caller; 2] = [Caller::Web, Caller::Spa];

/// The plans of the others, as far as they differ from this one.
pub(super) fn others(evidence: &Evidence<'_>, case: &Case<'_>, main: &Plan) -> Vec<Variant> {
    let told = evidence.spec.is_some() || evidence.client.is_some() || evidence.flow.is_some();
    let callers: &[Caller] = match case.place() {
        _ if told => &[],
        Place::ManagedIdentity | Place::SignInLog | Place::AgentLog => &[],
        Place::Authorize | Place::Page | Place::DevicePage => &ON_A_PAGE,
        Place::Token | Place::Discovery | Place::Resource => &SERVICES,
    };
    let of = |caller: &Caller| {
        let case = Case::supposing(evidence, *caller);
        let draft = judge(&case);
        let plan = plan::build(&case, &draft);
        let same = ids(&plan.steps) == ids(&main.steps);
        (!same).then(|| Variant {
            caller: *caller,
            login_words: words::login(&draft),
            acts: draft.acts,
            login: draft.login,
            steps: plan.steps,
            check: plan.check,
        })
    };
    callers.iter().filter_map(of).collect()
}

fn ids(steps: &[Step]) -> Vec<&str> {
    steps.iter().map(|step| step.id.as_str()).collect()
}
