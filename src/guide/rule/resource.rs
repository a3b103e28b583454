//! The API refused the token. A challenge with claims is answered silently first, then by signing in with the same
//! claims; an application without a user takes the claims to the token endpoint itself.

use super::Rule;
use crate::guide::case::Case;
use crate::guide::draft::{Basis, Draft};
use crate::model::{Actor, Class, Login, Place};
use crate::strings::guide::resource as says;

/// A challenge, and nobody to sign in.
pub(super) const APP_CHALLENGE: Rule = Rule {
    id: "resource/app-challenge",
    applies: |case, _| at_api(case) && case.claims.is_some() && case.nobody(),
    judge: |case, draft| {
        challenged(case, draft);
        draft.decide(
            Class::Interaction,
            &[Actor::Developer],
            Login::NotApplicable,
        );
        draft.go(&["get-app-token-with-claims", "call-api", "compare"]);
    },
};

/// A challenge with claims.
pub(super) const CHALLENGE: Rule = Rule {
    id: "resource/challenge",
    applies: |case, _| at_api(case) && case.claims.is_some(),
    judge: |case, draft| {
        challenged(case, draft);
        draft.decide(Class::Interaction, &[Actor::User], Login::WithClaims);
        draft.go(&[
            "silent-with-claims",
            "sign-in-with-claims",
            "call-api",
            "compare",
        ]);
    },
};

/// The token is good and does not allow this (RFC 6750 section 3.1, `insufficient_scope`).
pub(super) const NOT_ALLOWED: Rule = Rule {
    id: "resource/not-allowed",
    applies: |case, _| {
        let refused = case.is_error(&["insufficient_scope"]) || case.status() == Some(403);
        at_api(case) && refused && !is_known(case)
    },
    judge: |case, draft| {
        draft.title(case, says::NOT_ALLOWED);
        draft.suppose(
            Class::Consent,
            &[Actor::Developer, Actor::Admin],
            Login::AfterFix,
            &[
                "fix-request",
                "tell-admin-consent",
                "publish-scope",
                "call-api",
            ],
        );
        draft.parameter = Some("scope");
        draft.rest_on(if case.error().is_some() {
            Basis::Error
        } else {
            Basis::Status
        });
    },
};

/// The token is not accepted, and no claims say what is missing (RFC 6750 section 3.1, `invalid_token`).
pub(super) const TOKEN_REFUSED: Rule = Rule {
    id: "resource/token-refused",
    applies: |case, _| {
        let refused = case.is_error(&["invalid_token"]) || case.status() == Some(401);
        at_api(case) && refused && !is_known(case)
    },
    judge: |case, draft| {
        draft.title(case, says::TOKEN_REFUSED);
        draft.suppose(
            Class::Grant,
            &[Actor::Developer, Actor::User],
            Login::Yes,
            &[],
        );
        draft.login_words = Some(says::LOGIN_TOKEN_REFUSED.to_owned());
        let first = if case.nobody() {
            "repeat"
        } else {
            "repeat-silent"
        };
        draft.go(&[first, "call-api", "fix-request", "use-token-for-this-api"]);
        draft.parameter = Some("scope");
        draft.note(says::AUDIENCE);
        draft.rest_on(if case.error().is_some() {
            Basis::Error
        } else {
            Basis::Status
        });
    },
};

/// The API answers somewhere else; with a token in hand nobody follows.
pub(super) const ELSEWHERE: Rule = Rule {
    id: "resource/elsewhere",
    applies: |case, _| {
        let status = case.status();
        at_api(case) && status.is_some_and(|status| (300..400).contains(&status))
    },
    judge: |case, draft| {
        draft.summary = says::elsewhere(case.status().unwrap_or_default());
        draft.decide(Class::Request, &[Actor::Developer], Login::No);
        draft.go(&["fix-request", "call-api"]);
        draft.parameter = Some("api");
        draft.rest_on(Basis::Status);
    },
};

/// The API refused for a reason of its own: neither the token nor its permissions are in question.
pub(super) const OWN_REASON: Rule = Rule {
    id: "resource/own-reason",
    applies: |case, _| {
        let refused = case
            .status()
            .is_some_and(|status| (400..500).contains(&status) && status != 429);
        at_api(case) && refused && case.codes.is_empty() && !is_known(case)
    },
    judge: |case, draft| {
        draft.summary = says::own_reason(case.status().unwrap_or_default());
        draft.decide(Class::Request, &[Actor::Developer], Login::No);
        draft.go(&["fix-request", "call-api"]);
        draft.parameter = Some("api");
        draft.rest_on(Basis::Status);
    },
};

/// Whether the catalogue knows what this API's own word means.
fn is_known(case: &Case<'_>) -> bool {
    let entry = case
        .error()
        .and_then(|name| case.evidence.catalog.error(name));
    entry.is_some_and(|entry| entry.source == "api")
}

fn at_api(case: &Case<'_>) -> bool {
    case.place() == Place::Resource
}

fn challenged(case: &Case<'_>, draft: &mut Draft) {
    let title = if case.asks_for("acrs") {
        says::WANTS_CONTEXT
    } else if case.asks_for("nbf") {
        says::WANTS_NEWER
    } else {
        says::WANTS_CLAIMS
    };
    draft.title(case, title);
    draft.rest_on(Basis::Claims);
    if case.asks_for("xms_rp_ipaddr") {
        draft.note(says::OTHER_ADDRESS);
    }
}
