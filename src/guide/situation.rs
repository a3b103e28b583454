//! What the situation makes of any verdict: nobody to sign in, a caller to relay to, a page that sent nothing back.

use super::case::Case;
use super::draft::{Draft, helps};
use crate::model::{Actor, Class, Login, Place};
use crate::strings::guide as says;

/// Adapts the verdict to who could act on it.
pub(super) fn adapt(case: &Case<'_>, draft: &mut Draft) {
    if case.nobody() {
        without_a_person(case, draft);
    } else if case.relays() {
        relayed(draft);
    }
    if draft.acts.is_empty() {
        draft.acts.push(Actor::Developer);
    }
    match case.place() {
        Place::Page | Place::DevicePage => draft.note(says::PAGE_ONLY),
        Place::SignInLog => draft.note(says::FROM_A_LOG),
        Place::AgentLog => draft.note(says::FROM_AN_AGENT),
        Place::Token
        | Place::Authorize
        | Place::Discovery
        | Place::Resource
        | Place::ManagedIdentity => {}
    }
}

/// A daemon cannot interact: whoever keeps the program, its registration or the tenant acts.
fn without_a_person(case: &Case<'_>, draft: &mut Draft) {
    draft.login = match draft.login {
        Login::Yes
        | Login::Fresh
        | Login::WithClaims
        | Login::OtherAccount
        | Login::OtherFlow
        | Login::AfterFix
        | Login::NotApplicable => Login::NotApplicable,
        Login::Unknown if case.fault().is_none() => Login::NotApplicable,
        kept @ (Login::AfterWait | Login::No | Login::Unknown) => kept,
    };
    if draft.login == Login::NotApplicable {
        draft.login_words = None;
    }
    if case.bare_fault().is_some() {
        return;
    }
    draft.acts.retain(|actor| *actor != Actor::User);
    if draft.acts.is_empty() {
        draft.acts.push(match draft.class {
            Class::Policy | Class::Consent | Class::Assignment | Class::Device | Class::Account => {
                Actor::Admin
            }
            Class::AppCredential | Class::Config => Actor::AppOwner,
            _ => Actor::Developer,
        });
    }
}

/// A web API has nobody to ask: what its caller's user must do goes to the caller; what somebody has to mend first
/// stays with them, and then the caller calls again.
fn relayed(draft: &mut Draft) {
    let theirs = helps(draft.login)
        || matches!(draft.login, Login::OtherAccount | Login::OtherFlow)
        || draft.class == Class::Interaction;
    if theirs {
        draft.login = Login::NotApplicable;
        draft.login_words = Some(says::LOGIN_RELAYED.to_owned());
        let others = std::mem::replace(&mut draft.acts, vec![Actor::Developer, Actor::User]);
        for actor in others {
            if !draft.acts.contains(&actor) {
                draft.acts.push(actor);
            }
        }
        draft
            .remedies
            .retain(|id| !id.starts_with("sign-in") && id != "relay-claims");
        draft.remedies.insert(0, "relay-claims".into());
    } else if draft.login == Login::AfterFix {
        draft.login = Login::NotApplicable;
        draft.login_words = Some(says::LOGIN_BY_THE_CALLER.to_owned());
    }
}
