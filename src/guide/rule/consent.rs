//! Consent is missing or was declined. A user can say yes to what needs no administrator; an application without a
//! user never can.

use super::Rule;
use crate::guide::draft::Basis;
use crate::model::{Actor, Class, FactKind, Flow, Login, Place};
use crate::strings::guide::consent as says;

/// An application without a user: only an administrator consents.
pub(super) const FOR_APP: Rule = Rule {
    id: "consent/for-app",
    applies: |case, draft| draft.class == Class::Consent && case.nobody(),
    judge: |_, draft| {
        draft.acts = vec![Actor::Admin];
        draft.login = Login::NotApplicable;
        draft.go(&["tell-admin-consent", "repeat", "compare"]);
    },
};

/// The person said no, or left the page.
pub(super) const DECLINED: Rule = Rule {
    id: "consent/declined",
    applies: |case, _| {
        let refused = case.is_error(&["access_denied"]) && case.codes.is_empty();
        let on_a_page = matches!(case.place(), Place::Authorize | Place::Page)
            || case.is_flow(&[Flow::Interactive]);
        refused && on_a_page
    },
    judge: |case, draft| {
        let left = case.evidence.reading.value(FactKind::ErrorSubcode) == Some("cancel");
        draft.title(case, if left { says::LEFT } else { says::DECLINED });
        let class = if left {
            Class::Interaction
        } else {
            Class::Consent
        };
        draft.decide(class, &[Actor::User], Login::Yes);
        draft.go(if left {
            &["sign-in", "compare"]
        } else {
            &["sign-in-consent", "tell-admin-consent", "compare"]
        });
        draft.rest_on(Basis::Error);
    },
};

/// Nobody has consented yet.
pub(super) const MISSING: Rule = Rule {
    id: "consent/missing",
    applies: |case, draft| {
        let told = case.is_suberror(&["consent_required"]) || case.is_error(&["consent_required"]);
        told || draft.class == Class::Consent
    },
    judge: |case, draft| {
        draft.title(case, says::MISSING);
        draft.suppose(
            Class::Consent,
            &[Actor::User, Actor::Admin],
            Login::Yes,
            &["sign-in-consent", "tell-admin-consent", "repeat-silent"],
        );
        if case.is_suberror(&["consent_required"]) {
            draft.rest_on(Basis::SubError);
        } else if case.is_error(&["consent_required"]) {
            draft.rest_on(Basis::Error);
        }
    },
};
