//! The token endpoint of a machine or service (IMDS, App Service, Arc …). Nobody signs in there: the identity is given
//! to the machine by an administrator and named by the program.

use super::Rule;
use crate::guide::case::Case;
use crate::guide::draft::Basis;
use crate::model::{Actor, Class, Login, Place};
use crate::strings::guide::managed_identity as says;

/// The machine has no identity, or not the one that is named.
pub(super) const NOT_ASSIGNED: Rule = Rule {
    id: "managed-identity/not-assigned",
    applies: |case, _| at_machine(case) && case.says("identity not found"),
    judge: |case, draft| {
        draft.title(case, says::NOT_ASSIGNED);
        draft.decide(
            Class::Config,
            &[Actor::Admin, Actor::Developer],
            Login::NotApplicable,
        );
        draft.go(&["assign-managed-identity", "repeat"]);
        draft.note(says::WHICH_IDENTITY);
        draft.rest_on(Basis::Error);
    },
};

/// Several identities, and the request names none.
pub(super) const NOT_NAMED: Rule = Rule {
    id: "managed-identity/not-named",
    applies: |case, _| at_machine(case) && case.says("multiple user assigned identities"),
    judge: |case, draft| {
        draft.title(case, says::NOT_NAMED);
        draft.decide(Class::Request, &[Actor::Developer], Login::NotApplicable);
        draft.go(&["correct-the-library-call", "repeat"]);
        draft.rest_on(Basis::Error);
    },
};

/// The header that keeps web pages from asking is missing.
pub(super) const NO_HEADER: Rule = Rule {
    id: "managed-identity/no-header",
    applies: |case, _| at_machine(case) && case.says("metadata header"),
    judge: |case, draft| {
        draft.title(case, says::NO_HEADER);
        draft.decide(Class::Request, &[Actor::Developer], Login::NotApplicable);
        draft.go(&["correct-the-library-call", "repeat"]);
        draft.rest_on(Basis::Error);
    },
};

/// The endpoint is being updated or not there yet (404, 410): it comes back within a minute or so.
pub(super) const UPDATING: Rule = Rule {
    id: "managed-identity/updating",
    applies: |case, _| at_machine(case) && matches!(case.status(), Some(404 | 410)),
    judge: |case, draft| {
        draft.title(case, says::UPDATING);
        draft.decide(Class::Service, &[Actor::Developer], Login::AfterWait);
        draft.go(&["wait-and-repeat", "assign-managed-identity"]);
        draft.wait = Some(says::UPDATE);
        draft.rest_on(Basis::Status);
    },
};

fn at_machine(case: &Case<'_>) -> bool {
    case.place() == Place::ManagedIdentity
}
