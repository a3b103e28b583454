//! Where an error surfaced, as far as the text around it says so in words of its own.

use crate::model::Place;

/// How far before and behind the first word of an error its surroundings are looked at, in bytes.
const BEFORE: usize = 400;
const BEHIND: usize = 1200;

/// Words that only one place uses, in lower case; the first that stands there decides.
const SIGNS: &[(Place, &[&str])] = &[
    (
        Place::ManagedIdentity,
        &[
            "169.254.169.254",
            "/metadata/identity",
            "managed_identity_request_failed",
            "managedidentityerror",
            "identity not found",
            "multiple user assigned identities exist",
            "required metadata header not specified",
        ],
    ),
    (
        Place::Discovery,
        &[
            "unable to get authority configuration",
            "/.well-known/openid-configuration",
            "/discovery/instance",
            "endpoints_resolution_error",
            "openid_config_error",
        ],
    ),
    (
        Place::Page,
        &[
            "having trouble signing you in",
            "troubleshooting details",
            "flag sign-in errors for review",
        ],
    ),
    (
        Place::SignInLog,
        &[
            "sign-in error code",
            "\"failurereason\"",
            "failure reason",
            "resultdescription",
        ],
    ),
    (
        Place::Authorize,
        &[
            "?error=",
            "#error=",
            "signin-oidc",
            "openidconnectprotocolexception",
            "error_subcode",
        ],
    ),
];

/// The place that the surroundings of an error name which begins at `at`.
pub(super) fn place(text: &str, at: usize) -> Option<Place> {
    let from = text.floor_char_boundary(at.saturating_sub(BEFORE));
    let to = text.ceil_char_boundary(at.saturating_add(BEHIND).min(text.len()));
    let near = text.get(from..to)?.to_lowercase();
    let says = |signs: &[&str]| signs.iter().any(|sign| near.contains(sign));
    SIGNS
        .iter()
        .find(|(_, signs)| says(signs))
        .map(|(place, _)| *place)
}
