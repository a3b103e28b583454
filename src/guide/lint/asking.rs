//! What is asked of the sign-in page: whether there is one, and whether whoever is asked knows it.

use super::{Check, Lint, shape};
use crate::model::asking::refused;
use crate::model::{Asking, AuthorityKind, Flow, RunSpec};
use crate::strings::asking as says;

/// Only a sign-in in the browser has an authorization request.
pub(super) const OF_NO_PAGE: Check = Check {
    id: "asked-of-no-page",
    look: of_no_page,
};

/// A domain, and at a service that knows the parameter.
pub(super) const DOMAIN_HINT: Check = Check {
    id: "domain-hint",
    look: domain_hint,
};

/// A further parameter that is none of the flow's own and no secret.
pub(super) const EXTRA: Check = Check {
    id: "extra-parameter",
    look: extra,
};

fn of_no_page(spec: &RunSpec, lint: &mut Lint) {
    // A silent run belongs to the sign-in that went before it.
    let without = !matches!(spec.flow, Flow::Interactive | Flow::Silent);
    let beside = Asking {
        prompt: None,
        ..spec.asking.clone()
    };
    if without && !beside.is_usual() {
        let what = says::asked_of_nobody(spec.flow.word());
        lint.warning(what, "flow", says::BROWSER_FLOW);
    }
}

fn domain_hint(spec: &RunSpec, lint: &mut Lint) {
    let Some(text) = spec.asking.domain_hint.as_deref() else {
        return;
    };
    let apart = |c: char| c.is_whitespace() || c.is_control() || "/@:?#&".contains(c);
    if text.is_empty() || text.contains(apart) || shape::is_placeholder(text) {
        lint.problem(says::domain_hint(text), "extra", says::DOMAIN_EXPECTED);
    } else if spec.authority.kind == AuthorityKind::Oidc {
        lint.warning(says::DOMAIN_HINT_ELSEWHERE, "extra", says::LOGIN_HINT);
    }
}

fn extra(spec: &RunSpec, lint: &mut Lint) {
    for (name, _) in &spec.asking.extra {
        lint.problems.extend(refused(name).err());
    }
}
