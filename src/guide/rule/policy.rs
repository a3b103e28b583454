//! A policy says no. Signing in again shows the same no, unless the way of signing in is what it forbids.

use super::Rule;
use crate::guide::draft::{Basis, Draft};
use crate::model::{Actor, Class, Flow, Login};
use crate::strings::guide::policy as says;

/// `message_only`: a page would show a message and nothing more.
pub(super) const MESSAGE_ONLY: Rule = Rule {
    id: "policy/message-only",
    applies: |case, _| case.is_suberror(&["message_only"]),
    judge: |case, draft| {
        draft.title(case, says::MESSAGE_ONLY);
        draft.login = Login::No;
        draft.suppose(
            Class::Policy,
            &[Actor::Admin],
            Login::No,
            &["tell-admin-policy", "paste-page"],
        );
        draft.rest_on(Basis::SubError);
        if case.is_flow(&[Flow::DeviceCode]) {
            another_way(draft);
        }
    },
};

/// `protection_policy_required`: the app must run under a protection policy of the device management.
pub(super) const APP_PROTECTION: Rule = Rule {
    id: "policy/app-protection",
    applies: |case, _| case.is_suberror(&["protection_policy_required"]),
    judge: |case, draft| {
        draft.title(case, says::APP_PROTECTION);
        draft.suppose(
            Class::Device,
            &[Actor::User, Actor::Admin],
            Login::AfterFix,
            &["install-broker", "tell-admin-policy"],
        );
        draft.rest_on(Basis::SubError);
    },
};

/// `additional_action`: something outside the sign-in comes first, such as enrolling the device.
pub(super) const OUTSIDE_SESSION: Rule = Rule {
    id: "policy/outside-session",
    applies: |case, _| case.is_suberror(&["additional_action", "device_authentication_failed"]),
    judge: |case, draft| {
        draft.title(case, says::OUTSIDE_SESSION);
        draft.suppose(
            Class::Device,
            &[Actor::User, Actor::Admin],
            Login::AfterFix,
            &[
                "use-managed-device",
                "install-broker",
                "sign-in",
                "tell-admin-policy",
            ],
        );
        draft.rest_on(Basis::SubError);
    },
};

/// The sign-in ran by device code, which carries no device and which many policies forbid.
pub(super) const DEVICE_FLOW: Rule = Rule {
    id: "policy/device-flow",
    applies: |case, draft| {
        let policy = matches!(draft.class, Class::Policy | Class::Device);
        case.is_flow(&[Flow::DeviceCode]) && policy
    },
    judge: |_, draft| {
        draft.suppose(
            Class::Policy,
            &[Actor::Admin],
            Login::OtherFlow,
            &["tell-admin-policy"],
        );
        another_way(draft);
    },
};

/// The browser can show what a device code cannot; who can lift the policy still comes first where it is theirs. What
/// another organisation or the network forbids is forbidden in the browser too.
fn another_way(draft: &mut Draft) {
    let conditional = draft.class == Class::Device || draft.has("tell-admin-policy");
    if draft.login == Login::No {
        if !conditional {
            return;
        }
        draft.login = Login::OtherFlow;
        draft.login_words = Some(says::LOGIN_IN_THE_BROWSER.to_owned());
    }
    if !draft.remedies.iter().any(|id| id.starts_with("sign-in")) {
        draft.remedies.push("sign-in".into());
    }
    draft.note(says::DEVICE_FLOW);
}
