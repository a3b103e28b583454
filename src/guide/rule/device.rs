//! The device flow (RFC 8628 section 3.5). A code that ran out or was declined is not renewed by itself: beginning
//! again is the person's deliberate act.

use super::Rule;
use crate::guide::draft::Basis;
use crate::model::{Actor, Class, Flow, Login, Place};
use crate::strings::guide::device as says;

/// Not approved yet; nothing is wrong.
pub(super) const PENDING: Rule = Rule {
    id: "device/pending",
    applies: |case, _| case.is_error(&["authorization_pending"]) || case.has_code(&["AADSTS70016"]),
    judge: |case, draft| {
        draft.title(case, says::PENDING);
        draft.suppose(
            Class::Expected,
            &[Actor::User],
            Login::NotApplicable,
            &["finish-on-the-page", "paste-page"],
        );
        draft.login_words = Some(says::LOGIN_PENDING.to_owned());
        draft.note(says::REFUSALS_STAY_ON_THE_PAGE);
        draft.rest_on(Basis::Error);
    },
};

/// Asked too often.
pub(super) const SLOW_DOWN: Rule = Rule {
    id: "device/slow-down",
    applies: |case, _| case.is_error(&["slow_down"]),
    judge: |case, draft| {
        draft.title(case, says::SLOW_DOWN);
        draft.suppose(
            Class::Throttle,
            &[Actor::Developer],
            Login::NotApplicable,
            &[],
        );
        draft.login_words = Some(says::LOGIN_PENDING.to_owned());
        draft.wait = Some(crate::guide::rule::throttle::usual_wait(case));
        draft.go(&["wait-and-repeat"]);
        draft.note(says::SLOW_DOWN_NOTE);
        draft.rest_on(Basis::Error);
    },
};

/// The person said no on the device page.
pub(super) const DECLINED: Rule = Rule {
    id: "device/declined",
    applies: |case, _| {
        let denied = case.is_error(&["access_denied"])
            && case.is_flow(&[Flow::DeviceCode])
            && case.codes.is_empty();
        denied || case.is_error(&["authorization_declined"])
    },
    judge: |case, draft| {
        draft.title(case, says::DECLINED);
        // `access_denied` elsewhere is about the consent page; here only a new code helps.
        draft.suppose(Class::Consent, &[Actor::User], Login::Fresh, &[]);
        draft.acts = vec![Actor::User];
        draft.login = Login::Fresh;
        draft.login_words = Some(says::LOGIN_DELIBERATE.to_owned());
        draft.go(&["device-code", "sign-in"]);
        draft.note(says::ONLY_IF_YOU);
        draft.rest_on(Basis::Error);
    },
};

/// The code ran out.
pub(super) const EXPIRED: Rule = Rule {
    id: "device/expired",
    applies: |case, _| {
        case.is_error(&["expired_token", "code_expired"])
            || case.has_code(&["AADSTS70019", "AADSTS70020"])
    },
    judge: |case, draft| {
        draft.title(case, says::EXPIRED);
        draft.suppose(Class::Grant, &[Actor::User], Login::Fresh, &[]);
        draft.login_words = Some(says::LOGIN_DELIBERATE.to_owned());
        draft.go(&["device-code", "sign-in", "paste-page"]);
        draft.note(says::REFUSALS_STAY_ON_THE_PAGE);
        draft.rest_on(Basis::Error);
    },
};

/// The typed or polled code is not known.
pub(super) const WRONG_CODE: Rule = Rule {
    id: "device/wrong-code",
    applies: |case, _| {
        case.is_error(&["bad_verification_code"]) || case.has_code(&["AADSTS70018", "AADSTS90119"])
    },
    judge: |case, draft| {
        draft.title(case, says::WRONG_CODE);
        draft.suppose(Class::UserCredential, &[Actor::User], Login::Fresh, &[]);
        let on_page = matches!(case.place(), Place::DevicePage | Place::Page);
        draft.go(if on_page {
            &["type-the-code-again", "device-code"]
        } else {
            &["device-code", "sign-in"]
        });
        draft.rest_on(Basis::Error);
    },
};
