//! What was presented for a token is spent: a code, a refresh token.

use super::Rule;
use crate::guide::draft::Basis;
use crate::model::{Actor, Class, Flow, Login};
use crate::strings::guide::grant as says;

/// `token_expired`: the session is older than a policy allows; only typing credentials anew makes it young.
pub(super) const TOKEN_AGED: Rule = Rule {
    id: "grant/token-aged",
    applies: |case, _| case.is_suberror(&["token_expired"]),
    judge: |case, draft| {
        draft.title(case, says::TOKEN_AGED);
        draft.suppose(
            Class::Grant,
            &[Actor::User],
            Login::Fresh,
            &["sign-in-fresh", "repeat-silent", "compare"],
        );
        draft.rest_on(Basis::SubError);
    },
};

/// `client_mismatch`: a family's refresh token in the hands of an app outside the family.
pub(super) const OTHER_FAMILY: Rule = Rule {
    id: "grant/other-family",
    applies: |case, _| case.is_suberror(&["client_mismatch"]),
    judge: |case, draft| {
        draft.title(case, says::OTHER_FAMILY);
        draft.decide(Class::Grant, &[Actor::User, Actor::Developer], Login::Yes);
        draft.go(&["sign-in", "repeat-silent", "compare"]);
        draft.rest_on(Basis::SubError);
    },
};

/// `invalid_grant` while a code was redeemed.
pub(super) const CODE_SPENT: Rule = Rule {
    id: "grant/code-spent",
    applies: |case, _| {
        let bare =
            case.is_error(&["invalid_grant"]) && !case.is_known() && case.suberror().is_none();
        bare && case.is_flow(&[Flow::Interactive, Flow::DeviceCode])
    },
    judge: |case, draft| {
        draft.title(case, says::CODE_SPENT);
        draft.decide(Class::Grant, &[Actor::User, Actor::Developer], Login::Fresh);
        draft.go(&["sign-in", "redeem-once", "compare"]);
        draft.rest_on(Basis::Error);
    },
};

/// `bad_token`, or `invalid_grant` and nothing more: the refresh token is dead.
pub(super) const DEAD: Rule = Rule {
    id: "grant/dead",
    applies: |case, _| {
        let bare = case.is_error(&["invalid_grant"]) && !case.is_known();
        case.is_suberror(&["bad_token"]) || (bare && !case.nobody())
    },
    judge: |case, draft| {
        draft.title(case, says::DEAD);
        draft.suppose(
            Class::Grant,
            &[Actor::User],
            Login::Fresh,
            &["sign-in-fresh", "repeat-silent", "compare"],
        );
        draft.rest_on(if case.suberror().is_some() {
            Basis::SubError
        } else {
            Basis::Error
        });
    },
};
