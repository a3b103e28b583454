//! The person must do something on a page, and the question is who can bring them there.

use super::Rule;
use crate::guide::case::Case;
use crate::guide::draft::{Basis, helps};
use crate::model::{Actor, Class, Confidence, FactKind, Flow, Login, Place, Spot};
use crate::strings::guide::interaction as says;

/// Nothing came back from the browser: closed, or a refusal that stayed on its page.
pub(super) const BROWSER_SILENT: Rule = Rule {
    id: "interaction/browser-silent",
    applies: |case, _| case.own_words().is_some() && case.place() == Place::Page,
    judge: |case, draft| {
        draft.title(case, says::BROWSER_SILENT);
        draft.decide(Class::Interaction, &[Actor::User], Login::Yes);
        draft.go(&["repeat"]);
        draft.note(says::REFUSALS_STAY_ON_THE_PAGE);
        draft.rest_on(Basis::Fault);
    },
};

/// The user's password is checked elsewhere, and it was not sent.
pub(super) const FEDERATED: Rule = Rule {
    id: "interaction/federated",
    applies: |case, _| {
        let told = case.evidence.reading.first(FactKind::Message);
        let realm = told.is_some_and(|fact| fact.from == Spot::Pointer("/account_type".into()));
        realm && case.is_mute() && case.is_flow(&[Flow::Password])
    },
    judge: |case, draft| {
        draft.title(case, says::FEDERATED);
        draft.decide(
            Class::Federation,
            &[Actor::User, Actor::Developer],
            Login::OtherFlow,
        );
        draft.login_words = Some(says::LOGIN_NOT_BY_PASSWORD.to_owned());
        draft.go(&["sign-in", "compare", "use-interactive-flow"]);
        draft.confidence = Confidence::Observed;
    },
};

/// Claims came to a client without a user: they go along with the next app token request.
pub(super) const APP_CLAIMS: Rule = Rule {
    id: "interaction/app-claims",
    applies: |case, draft| {
        let blocked =
            draft.login == Login::No || matches!(draft.class, Class::Policy | Class::Consent);
        case.claims.is_some() && case.nobody() && !blocked
    },
    judge: |_, draft| {
        draft.acts = vec![Actor::Developer];
        draft.login = Login::NotApplicable;
        draft.go(&["get-app-token-with-claims", "compare"]);
        draft.rest_on(Basis::Claims);
    },
};

/// A password that a program sends can answer nothing on a page.
pub(super) const PASSWORD_FLOW: Rule = Rule {
    id: "interaction/password-flow",
    applies: |case, draft| {
        let on_a_page = matches!(
            draft.class,
            Class::Interaction | Class::Consent | Class::Device
        );
        case.is_flow(&[Flow::Password])
            && on_a_page
            && (helps(draft.login) || draft.login == Login::OtherFlow)
    },
    judge: |case, draft| {
        draft.login = Login::OtherFlow;
        draft.login_words = Some(says::LOGIN_NOT_BY_PASSWORD.to_owned());
        if draft.acts.is_empty() {
            draft.acts = vec![Actor::Developer, Actor::User];
        }
        let consent = draft.class == Class::Consent;
        let first = if consent {
            "sign-in-consent"
        } else {
            with_claims(case)
        };
        let mut kept = std::mem::take(&mut draft.remedies);
        kept.retain(|id| {
            !id.starts_with("sign-in")
                && id != "repeat-silent"
                && id != "compare"
                && id != "enter-password"
        });
        draft.go(&[first, "repeat-silent", "compare"]);
        draft.remedies.extend(kept);
        if !draft.has("use-interactive-flow") {
            draft.remedies.push("use-interactive-flow".into());
        }
        if case.claims.is_some() {
            draft.rest_on(Basis::Claims);
        }
        draft.note(says::PASSWORD_FLOW);
    },
};

/// The server said what the next sign-in must carry.
pub(super) const WITH_CLAIMS: Rule = Rule {
    id: "interaction/with-claims",
    applies: |case, draft| {
        case.claims.is_some() && draft.login == Login::WithClaims && case.place() != Place::Resource
    },
    judge: |_, draft| {
        draft.suppose(Class::Interaction, &[Actor::User], Login::WithClaims, &[]);
        let mut kept = std::mem::take(&mut draft.remedies);
        kept.retain(|id| !id.starts_with("sign-in") && id != "repeat-silent" && id != "compare");
        draft.go(&["sign-in-with-claims"]);
        draft.remedies.extend(kept);
        draft
            .remedies
            .extend(["repeat-silent".into(), "compare".into()]);
        draft.rest_on(Basis::Claims);
    },
};

/// `basic_action` without claims (per-user MFA): any sign-in page can ask.
pub(super) const SIMPLE_ACTION: Rule = Rule {
    id: "interaction/simple-action",
    applies: |case, _| case.is_suberror(&["basic_action"]),
    judge: |case, draft| {
        draft.title(case, says::SIMPLE_ACTION);
        draft.suppose(
            Class::Interaction,
            &[Actor::User],
            Login::Yes,
            &["sign-in", "repeat-silent", "compare"],
        );
        draft.rest_on(Basis::SubError);
    },
};

/// A page is needed; what for is not told.
pub(super) const NEEDED: Rule = Rule {
    id: "interaction/needed",
    applies: |case, _| {
        let errors = [
            "interaction_required",
            "login_required",
            "account_selection_required",
        ];
        case.is_error(&errors) && !case.is_known()
    },
    judge: |case, draft| {
        let choice = case.is_error(&["account_selection_required"]);
        let first = if choice {
            "sign-in-other-account"
        } else {
            with_claims(case)
        };
        draft.suppose(
            Class::Interaction,
            &[Actor::User],
            Login::Yes,
            &[first, "repeat-silent", "compare"],
        );
        draft.rest_on(Basis::Error);
    },
};

fn with_claims(case: &Case<'_>) -> &'static str {
    if case.claims.is_some() {
        "sign-in-with-claims"
    } else {
        "sign-in"
    }
}
