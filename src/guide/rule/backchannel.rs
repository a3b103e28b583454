//! A person who is asked on a device of their own (OpenID Connect CIBA Core 11 and 13). The request is not made anew by
//! itself: asking again is a deliberate act.

use super::Rule;
use crate::guide::draft::Basis;
use crate::model::{Actor, Class, Flow, Login};
use crate::strings::guide::backchannel as says;

/// The person said no.
pub(super) const DECLINED: Rule = Rule {
    id: "backchannel/declined",
    applies: |case, _| case.is_error(&["access_denied"]) && case.is_flow(&[Flow::Ciba]),
    judge: |case, draft| {
        draft.title(case, says::DECLINED);
        draft.suppose(Class::Consent, &[Actor::User], Login::Fresh, &[]);
        draft.class = Class::Consent;
        draft.acts = vec![Actor::User];
        draft.login = Login::Fresh;
        draft.login_words = Some(says::LOGIN_DELIBERATE.to_owned());
        draft.go(&["repeat"]);
        draft.note(says::ONLY_IF_YOU);
        draft.rest_on(Basis::Error);
    },
};

/// Nobody answered in time.
pub(super) const EXPIRED: Rule = Rule {
    id: "backchannel/expired",
    applies: |case, _| case.is_error(&["expired_token"]) && case.is_flow(&[Flow::Ciba]),
    judge: |case, draft| {
        draft.title(case, says::EXPIRED);
        draft.suppose(Class::Grant, &[Actor::User], Login::Fresh, &[]);
        draft.login_words = Some(says::LOGIN_DELIBERATE.to_owned());
        draft.go(&["repeat"]);
        draft.note(says::HAVE_THE_DEVICE_AT_HAND);
        draft.rest_on(Basis::Error);
    },
};
