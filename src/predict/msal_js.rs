//! msal-node 7.2.1: run against a server that gave each answer (clients page 2.3 to 2.5, protocol page B and C).

use super::case::{Body, Case, RetryAfter, is_unparsable};
use super::rule::{
    Basis, Branch, Library, PAGE, Rule, Waits, raises, replays, returns, rule, succeeds, unseen,
};
use crate::model::{FaultKind, Flow, Place};
use crate::strings::predict::{self as all, js as say};

/// The library.
pub(super) const LIBRARY: Library = Library {
    name: "msal-js",
    version: "7.2.1",
    basis: Basis::Measured,
    options: say::OPTIONS,
    rules: &[ELSEWHERE, FAULTS, BROKEN, DEVICE, ANSWERED],
    block,
};

/// Errors that need interaction, by the library's list.
const ERRORS: &[&str] = &[
    "interaction_required",
    "consent_required",
    "login_required",
    "bad_token",
    "ui_not_allowed",
    "interrupted_user",
];

/// Suberrors that need interaction, by the library's list.
const SUBERRORS: &[&str] = &[
    "message_only",
    "additional_action",
    "basic_action",
    "user_password_expired",
    "consent_required",
    "bad_token",
    "ui_not_allowed",
    "interrupted_user",
];

fn listed_error(case: &Case<'_>) -> bool {
    case.error.is_some_and(|error| ERRORS.contains(&error))
}

fn listed_suberror(case: &Case<'_>) -> bool {
    case.suberror
        .is_some_and(|suberror| SUBERRORS.contains(&suberror))
}

/// A description that merely contains one of the error words is enough.
fn worded(case: &Case<'_>) -> bool {
    ERRORS.iter().any(|word| case.description.contains(word))
}

fn needs_ui(case: &Case<'_>) -> bool {
    listed_error(case) || listed_suberror(case) || worded(case)
}

/// The local brake (C): 429, 5xx, or a refusal with `Retry-After`; not for a body that cannot be parsed.
fn block(case: &Case<'_>) -> Option<u32> {
    let status = case.status?;
    let braked =
        matches!(status, 429 | 500..) || (status >= 300 && case.retry_after != RetryAfter::Absent);
    let seconds = case.seconds().unwrap_or(60).min(3600);
    (braked && case.place == Place::Token && case.body == Body::Object).then_some(seconds)
}

const UI: &str = "InteractionRequiredAuthError";
const REPLAY: Branch = replays("ServerError", say::REPLAYED, say::REPLAYED_WHY).loses_claims();
const UNREADABLE: Branch = raises(
    "AuthError token_parsing_error",
    say::NOT_JSON,
    say::NOT_JSON_WHY,
)
.loses_claims();

/// Places other than the token endpoint.
const ELSEWHERE: &[Rule] = &[
    PAGE,
    rule(
        "resource",
        |case| case.place == Place::Resource,
        &[unseen(say::RESOURCE)],
    ),
    rule(
        "redirect needing interaction",
        |case| case.place == Place::Authorize && needs_ui(case),
        &[raises(UI, say::REDIRECT_UI, say::REDIRECT_WHY)
            .sends(0)
            .known_by(Basis::Source)],
    ),
    rule(
        "redirect",
        |case| case.place == Place::Authorize,
        &[raises("ServerError", say::REDIRECT, say::REDIRECT_WHY)
            .sends(0)
            .loses_claims()
            .known_by(Basis::Source)],
    ),
    rule(
        "managed identity repeated",
        |case| {
            case.place == Place::ManagedIdentity
                && matches!(case.status, Some(404 | 408 | 429 | 500 | 503 | 504))
        },
        &[raises("ServerError", say::MANAGED, say::MANAGED_RETRY_WHY)
            .sends(4)
            .waits(Waits::Seconds(3))
            .loses_claims()
            .known_by(Basis::Source)],
    ),
    rule(
        "managed identity",
        |case| case.place == Place::ManagedIdentity && case.body != Body::Nothing,
        &[raises("ServerError", say::MANAGED, say::MANAGED_WHY)
            .loses_claims()
            .known_by(Basis::Source)],
    ),
    rule(
        "discovery",
        |case| case.place == Place::Discovery,
        &[raises(
            "ClientAuthError endpoints_resolution_error",
            say::DISCOVERY,
            say::DISCOVERY_WHY,
        )
        .loses_claims()],
    ),
];

/// No reply, or none that is whole.
const FAULTS: &[Rule] = &[
    rule(
        "late",
        |case| {
            matches!(
                case.fault,
                Some(FaultKind::FirstByteTimeout | FaultKind::WholeTimeout)
            ) && case.status.is_none()
        },
        &[
            succeeds(say::SLOW, say::SLOW_WHY).when(all::IF_LATE),
            NO_NETWORK.when(all::IF_NEVER),
        ],
    ),
    rule(
        "body cut",
        |case| case.fault.is_some() && case.status.is_some(),
        &[raises("AuthError token_parsing_error", say::NOT_JSON, say::CUT_WHY).loses_claims()],
    ),
    rule(
        "no connection",
        |case| case.fault.is_some() || case.body == Body::Nothing,
        &[NO_NETWORK],
    ),
    rule(
        "3xx",
        |case| case.hundred(3),
        &[raises(
            "AuthError network_error",
            say::REDIRECTED,
            say::REDIRECTED_WHY,
        )
        .sends(2)
        .loses_claims()],
    ),
];

const NO_NETWORK: Branch =
    raises("AuthError network_error", say::FAULT, say::FAULT_WHY).loses_claims();

/// Replies that are no answer.
const BROKEN: &[Rule] = &[
    rule("not JSON", is_unparsable, &[UNREADABLE]),
    rule(
        "null",
        |case| case.body == Body::Null,
        &[raises("ClientAuthError network_error", say::FAULT, say::NULL_WHY).loses_claims()],
    ),
    rule(
        "neither token nor error, refused",
        |case| !case.is_oauth_error() && !case.hundred(2),
        &[returns(
            "a result with an empty accessToken",
            say::NO_TOKEN,
            say::NO_TOKEN_WHY,
        )
        .loses_claims()
        .known_by(Basis::Source)],
    ),
    rule(
        "neither token nor error",
        |case| !case.is_oauth_error(),
        &[returns(
            "a result with an empty accessToken",
            say::NO_TOKEN,
            say::NO_TOKEN_WHY,
        )
        .loses_claims()],
    ),
];

/// Polling of a device code (2.4).
const DEVICE: &[Rule] = &[
    rule(
        "pending",
        |case| case.error_is(&["authorization_pending"]),
        &[
            succeeds(say::PENDING, say::PENDING_WHY).when(all::IF_FINISHED),
            raises("ClientAuthError", say::PENDING_OVER, say::PENDING_OVER_WHY)
                .when(all::IF_UNFINISHED),
        ],
    ),
    rule(
        "slow down",
        |case| case.error_is(&["slow_down"]),
        &[raises(
            "AuthError post_request_failed",
            say::DEVICE,
            say::DEVICE_SLOW_WHY,
        )
        .loses_claims()],
    ),
    rule(
        "device",
        |case| case.at_token(Flow::DeviceCode),
        &[raises(
            "AuthError post_request_failed",
            say::DEVICE,
            say::DEVICE_WHY,
        )
        .loses_claims()],
    ),
];

/// OAuth errors of every other call (2.3, B).
const ANSWERED: &[Rule] = &[
    rule(
        "dead refresh token",
        |case| case.suberror == Some("bad_token"),
        &[raises(UI, say::BAD_TOKEN, say::BAD_TOKEN_WHY).drops_refresh_token()],
    ),
    rule(
        "interaction by name",
        |case| listed_error(case) || listed_suberror(case),
        &[raises(UI, say::UI, say::UI_LISTED_WHY)],
    ),
    rule(
        "interaction by wording",
        worded,
        &[raises(UI, say::UI, say::UI_TEXT_WHY)],
    ),
    rule(
        "throttled or 5xx",
        |case| block(case).is_some(),
        &[
            raises("ServerError", say::THROTTLED, say::THROTTLED_WHY).loses_claims(),
            REPLAY,
        ],
    ),
    rule(
        "silent error",
        |case| case.at_token(Flow::Silent),
        &[raises("ServerError", say::SERVER_SILENT, say::SERVER_WHY).loses_claims()],
    ),
    rule(
        "suberror not listed",
        |case| case.suberror.is_some(),
        &[raises("ServerError", say::SERVER, say::SERVER_SUBERROR_WHY).loses_claims()],
    ),
    rule(
        "error",
        |_| true,
        &[raises("ServerError", say::SERVER, say::SERVER_WHY).loses_claims()],
    ),
];
