//! What the situation makes of any verdict: nobody to sign in, a caller to relay to, a page that sent nothing back.

use super::case::Case;
use super::draft::{Draft, helps};
use crate::model::{Actor, Caller, Class, ClientKind, Login, Place};
use crate::strings::guide as says;

/// Adapts the verdict to who could act on it.
pub(super) fn adapt(case: &Case<'_>, draft: &mut Draft) {
    if case.nobody() {
        without_a_person(case, draft);
    } else if case.relays() {
        relayed(draft);
    } else {
        by_its_own_means(case, draft);
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
    } else if draft.login == Login::NotApplicable && draft.has("relay-claims") {
        draft.login_words = Some(says::LOGIN_RELAYED.to_owned());
    }
}

/// Each kind of program brings its person to the sign-in page in its own way, and an unattended one not at all.
fn by_its_own_means(case: &Case<'_>, draft: &mut Draft) {
    let signs_in = |id: &String| id.starts_with("sign-in");
    if !draft.remedies.iter().any(signs_in) {
        return;
    }
    if case.supposed == Some(Caller::Script) {
        let alone = |id: &str| signs_in(&id.to_owned()) || id == "repeat-silent";
        draft.remedies.retain(|id| !alone(id));
        draft.remedies.insert(0, "script-sign-in".into());
        draft.remedies.push("use-app-identity".into());
        draft.login_words = Some(says::LOGIN_BY_HAND.to_owned());
        return;
    }
    let own = match case.client() {
        Some(ClientKind::Web) => "web-sign-in",
        Some(ClientKind::Spa) => "spa-sign-in",
        None if case.is_paste() && case.claims.is_some() => "az-login",
        Some(ClientKind::Desktop | ClientKind::Daemon | ClientKind::Api) | None => return,
    };
    // In a run the program's own steps come first; for a paste the code is what there is to change.
    let at = if case.is_paste() && case.client().is_some() {
        0
    } else {
        let compare = draft.remedies.iter().position(|id| id == "compare");
        compare.unwrap_or(draft.remedies.len())
    };
    draft.remedies.insert(at, own.into());
}
