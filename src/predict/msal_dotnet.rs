//! MSAL.NET 4.87.0, read in its source (protocol page, sections B and C).

use super::case::{Body, Case, RetryAfter};
use super::rule::{
    Basis, Branch, Library, PAGE, Rule, Waits, raises, replays, rule, succeeds, unseen,
};
use crate::model::{FaultKind, Flow, Place};
use crate::strings::predict::{self as all, dotnet as say};

/// The library.
pub(super) const LIBRARY: Library = Library {
    name: "msal-dotnet",
    version: "4.87.0",
    basis: Basis::Source,
    options: say::OPTIONS,
    rules: &[ELSEWHERE, FAULTS, SERVER, BROKEN, REFUSED],
    block,
};

/// The process-wide throttling providers of section C.
fn block(case: &Case<'_>) -> Option<u32> {
    if case.place != Place::Token || case.body == Body::Nothing {
        return None;
    }
    let failed = case.is_throttled() || case.hundred(5);
    match case.retry_after {
        RetryAfter::Seconds(seconds) => Some(seconds.min(3600)),
        RetryAfter::Date(left) => Some(left.unwrap_or(3600).min(3600)),
        RetryAfter::Absent => (failed && case.is_public() != Some(false)).then_some(60),
    }
}

/// Whether it counts as a need for interaction: `interaction_required`, or `invalid_grant` without the two suberrors.
fn needs_ui(case: &Case<'_>) -> bool {
    let excepted = case.suberror_is(&["client_mismatch", "protection_policy_required"]);
    let error = case.error_is(&["interaction_required"])
        || (case.error_is(&["invalid_grant"]) && !excepted);
    error && case.is_oauth_error()
}

/// Whether the server asked for a wait.
fn asks_to_wait(case: &Case<'_>) -> bool {
    case.retry_after != RetryAfter::Absent
}

const SERVICE: &str = "MsalServiceException";
const UI: &str = "MsalUiRequiredException";
const NOT_AVAILABLE: &str = "MsalServiceException service_not_available";
const REPLAY: Branch = replays(
    "MsalThrottledServiceException",
    say::REPLAYED,
    say::REPLAYED_WHY,
);

/// Places other than the token endpoint.
const ELSEWHERE: &[Rule] = &[
    PAGE,
    rule(
        "resource",
        |case| case.place == Place::Resource,
        &[unseen(say::RESOURCE)],
    ),
    rule(
        "redirect cancelled",
        |case| case.place == Place::Authorize && case.subcode == Some("cancel"),
        &[raises(
            "MsalClientException authentication_canceled",
            say::REDIRECT,
            say::CANCELLED_WHY,
        )
        .sends(0)
        .loses_claims()],
    ),
    rule(
        "redirect login required",
        |case| case.place == Place::Authorize && case.error_is(&["login_required"]),
        &[raises(
            "MsalUiRequiredException no_prompt_failed",
            say::UI,
            say::PROMPT_WHY,
        )
        .sends(0)
        .loses_claims()],
    ),
    rule(
        "redirect",
        |case| case.place == Place::Authorize,
        &[raises(SERVICE, say::REDIRECT, say::REDIRECT_WHY)
            .sends(0)
            .loses_claims()],
    ),
    rule(
        "managed identity repeated",
        |case| {
            case.place == Place::ManagedIdentity
                && matches!(case.status, Some(404 | 408 | 429 | 500 | 503 | 504))
        },
        &[raises(SERVICE, say::MANAGED, say::MANAGED_RETRY_WHY)
            .sends(4)
            .waits(Waits::Times(3, 3))],
    ),
    rule(
        "managed identity",
        |case| case.place == Place::ManagedIdentity && case.body != Body::Nothing,
        &[raises(SERVICE, say::MANAGED, say::MANAGED_WHY)],
    ),
    rule(
        "discovery",
        |case| case.place == Place::Discovery && case.body != Body::Nothing,
        &[raises(SERVICE, say::DISCOVERY, say::DISCOVERY_WHY)],
    ),
];

/// No reply, or none that is whole.
const FAULTS: &[Rule] = &[
    rule(
        "late",
        |case| {
            let late = [
                FaultKind::ConnectTimeout,
                FaultKind::FirstByteTimeout,
                FaultKind::WholeTimeout,
            ];
            case.fault.is_some_and(|fault| late.contains(&fault))
        },
        &[raises(
            "MsalServiceException request_timeout",
            say::TIMEOUT,
            say::TIMEOUT_WHY,
        )
        .sends(2)
        .waits(Waits::Seconds(1))
        .loses_claims()],
    ),
    rule(
        "no connection",
        |case| case.fault.is_some() || case.body == Body::Nothing,
        &[raises("HttpRequestException", say::FAULT, say::FAULT_WHY).loses_claims()],
    ),
    rule(
        "3xx",
        |case| case.hundred(3),
        &[raises(SERVICE, say::REDIRECTED, say::REDIRECTED_WHY)],
    ),
];

/// The service is unwell. `Retry-After` keeps it from sending once more.
const SERVER: &[Rule] = &[
    rule(
        "5xx needing interaction, with Retry-After",
        |case| case.hundred(5) && needs_ui(case) && asks_to_wait(case),
        &[raises(UI, say::UI, say::SERVER_UI_WHY), REPLAY],
    ),
    rule(
        "5xx needing interaction",
        |case| case.hundred(5) && needs_ui(case),
        &[
            raises(UI, say::UI, say::SERVER_UI_WHY)
                .sends(2)
                .waits(Waits::Seconds(1)),
            REPLAY,
        ],
    ),
    rule(
        "5xx with Retry-After",
        |case| case.hundred(5) && asks_to_wait(case),
        &[
            raises(NOT_AVAILABLE, say::RETRYABLE, say::SERVER_WHY),
            REPLAY,
        ],
    ),
    rule(
        "5xx",
        |case| case.hundred(5),
        &[
            raises(NOT_AVAILABLE, say::RETRYABLE, say::SERVER_WHY)
                .sends(2)
                .waits(Waits::Seconds(1)),
            REPLAY,
        ],
    ),
    rule(
        "429 not JSON",
        |case| case.is_throttled() && case.body == Body::NotJson,
        &[
            raises(
                "MsalThrottledServiceException request_throttled",
                say::THROTTLED,
                say::THROTTLED_WHY,
            ),
            REPLAY,
        ],
    ),
];

/// Replies that are no answer.
const BROKEN: &[Rule] = &[
    rule(
        "success not JSON",
        |case| case.hundred(2) && case.body != Body::Object,
        &[raises("JsonException", say::ODD, say::ODD_WHY)],
    ),
    rule(
        "success without a token",
        |case| case.hundred(2) && !case.token,
        &[raises(
            "MsalClientException token_type_missing",
            say::NO_TOKEN,
            say::NO_TOKEN_WHY,
        )
        .loses_claims()],
    ),
    rule(
        "nothing at this address",
        |case| case.status == Some(404) && case.body == Body::Empty,
        &[raises(
            "MsalServiceException not_found",
            say::NOT_JSON,
            say::EMPTY_WHY,
        )],
    ),
    rule(
        "nothing readable",
        |case| case.body == Body::Empty || (case.body == Body::Object && !case.is_oauth_error()),
        &[raises(
            "MsalServiceException http_status_not_200",
            say::NOT_JSON,
            say::EMPTY_WHY,
        )],
    ),
    rule(
        "refusal not JSON",
        |case| case.body != Body::Object,
        &[raises(
            "MsalServiceException non_parsable_oauth_error",
            say::NOT_JSON,
            say::NOT_JSON_WHY,
        )],
    ),
];

/// OAuth errors (B), in the device loop as elsewhere.
const REFUSED: &[Rule] = &[
    rule(
        "pending",
        |case| case.error_is(&["authorization_pending"]),
        &[
            succeeds(say::PENDING, say::PENDING_WHY).when(all::IF_FINISHED),
            raises(
                "MsalClientException code_expired",
                say::PENDING_OVER,
                say::PENDING_WHY,
            )
            .when(all::IF_UNFINISHED),
        ],
    ),
    rule(
        "slow down",
        |case| case.error_is(&["slow_down"]),
        &[raises(SERVICE, say::DEVICE, say::SLOW_WHY)],
    ),
    rule(
        "request loop",
        |case| needs_ui(case) && case.description.starts_with("AADSTS50196"),
        &[raises(UI, say::UI, say::LOOP_WHY)],
    ),
    rule(
        "interaction with claims",
        |case| needs_ui(case) && case.claims,
        &[raises(
            "MsalClaimsChallengeException",
            say::CHALLENGE,
            say::CHALLENGE_WHY,
        )],
    ),
    rule(
        "silent interaction",
        |case| needs_ui(case) && case.at_token(Flow::Silent) && case.is_public() != Some(false),
        &[raises(UI, say::UI, say::UI_SILENT_WHY)],
    ),
    rule("interaction", needs_ui, &[raises(UI, say::UI, say::UI_WHY)]),
    rule(
        "429",
        |case| case.is_throttled() || asks_to_wait(case),
        &[raises(SERVICE, say::THROTTLED, say::THROTTLED_WHY), REPLAY],
    ),
    rule(
        "excepted suberror",
        |case| case.error_is(&["invalid_grant"]) && case.suberror.is_some(),
        &[raises(SERVICE, say::SERVICE, say::EXCEPTED_WHY)],
    ),
    rule(
        "invalid client",
        |case| case.error_is(&["invalid_client"]),
        &[raises(SERVICE, say::SERVICE, say::CLIENT_WHY)],
    ),
    rule(
        "passing",
        |case| case.error_is(&["temporarily_unavailable"]) || case.status == Some(408),
        &[raises(SERVICE, say::RETRYABLE, say::RETRYABLE_WHY)],
    ),
    rule(
        "error",
        |_| true,
        &[raises(SERVICE, say::SERVICE, say::SERVICE_WHY)],
    ),
];
