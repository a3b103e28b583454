//! MSAL.NET 4.87.0, read in its source (protocol page, sections B and C).

use super::case::{Body, Case, Grant, RetryAfter};
use super::library::{Library, Source};
use super::rule::{Basis, Brake, Claims, Rule, Span, Waits, raises, rule, succeeds, unseen};
use crate::model::{FaultKind, Flow, Place};
use crate::strings::predict::{self as all, dotnet as say};

/// The library.
pub(super) const LIBRARY: Library = Library {
    name: "msal-dotnet",
    version: "4.87.0",
    basis: Basis::Source,
    options: say::OPTIONS,
    source: Source {
        commit: "39d2001",
        file: say::FACTORY,
    },
    resource: &[unseen(say::RESOURCE)],
    rules: &[ELSEWHERE, FAULTS, SERVER, BROKEN, REFUSED],
    brake,
};

/// The process-wide throttling providers: `Retry-After`, 429 and 5xx of public clients, their silent calls that need
/// interaction.
fn brake(case: &Case<'_>) -> Option<Brake> {
    if case.place != Place::Token || case.body == Body::Nothing || case.status.is_none() {
        return None;
    }
    let public = case.is_public() != Some(false);
    let failed = case.is_throttled() || case.hundred(5);
    let silent = case.at_token(Flow::Silent) && needs_ui(case);
    let (seconds, kind) = match case.retry_after {
        RetryAfter::Seconds(seconds) => (seconds.min(3600), THROTTLED),
        RetryAfter::Date(left) => (left.unwrap_or(3600).min(3600), THROTTLED),
        RetryAfter::Absent if failed && public => (60, THROTTLED),
        RetryAfter::Absent if silent && public => (120, "MsalThrottledUiRequiredException"),
        RetryAfter::Absent => return None,
    };
    Some(Brake {
        span: Span::Seconds(seconds),
        when: all::IF_AGAIN,
        kind: Some(kind),
        claims: Claims::Kept,
        file: Some(say::THROTTLING),
        look_at: say::REPLAYED,
        why: say::REPLAYED_WHY,
    })
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
const THROTTLED: &str = "MsalThrottledServiceException";

/// Places other than the token endpoint.
const ELSEWHERE: &[Rule] = &[
    rule(
        "redirect cancelled",
        |case| case.place == Place::Authorize && case.subcode == Some("cancel"),
        &[raises(
            "MsalClientException authentication_canceled",
            say::REDIRECT,
            say::CANCELLED_WHY,
        )
        .sends(0)
        .loses_claims()
        .read_in(say::REDIRECTS)],
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
        .loses_claims()
        .read_in(say::REDIRECTS)],
    ),
    rule(
        "redirect",
        |case| case.place == Place::Authorize,
        &[raises(SERVICE, say::REDIRECT, say::REDIRECT_WHY)
            .sends(0)
            .loses_claims()
            .read_in(say::REDIRECTS)],
    ),
    rule(
        "managed identity repeated",
        |case| {
            case.place == Place::ManagedIdentity
                && matches!(case.status, Some(404 | 408 | 429 | 500 | 503 | 504))
        },
        &[raises(SERVICE, say::MANAGED, say::MANAGED_RETRY_WHY)
            .sends(4)
            .waits(Waits::Times(3, 3))
            .read_in(say::RETRIES)],
    ),
    rule(
        "managed identity",
        |case| case.place == Place::ManagedIdentity && case.body != Body::Nothing,
        &[raises(SERVICE, say::MANAGED, say::MANAGED_WHY).read_in(say::RETRIES)],
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
        .loses_claims()
        .read_in(say::HTTP)],
    ),
    rule(
        "no connection",
        |case| case.fault.is_some() || case.body == Body::Nothing,
        &[raises("HttpRequestException", say::FAULT, say::FAULT_WHY)
            .loses_claims()
            .read_in(say::HTTP)],
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
        &[raises(UI, say::UI, say::SERVER_UI_WHY)],
    ),
    rule(
        "5xx needing interaction",
        |case| case.hundred(5) && needs_ui(case),
        &[raises(UI, say::UI, say::SERVER_UI_WHY)
            .sends(2)
            .waits(Waits::Seconds(1))],
    ),
    rule(
        "5xx with Retry-After",
        |case| case.hundred(5) && asks_to_wait(case),
        &[raises(NOT_AVAILABLE, say::RETRYABLE, say::SERVER_WHY)],
    ),
    rule(
        "5xx",
        |case| case.hundred(5),
        &[raises(NOT_AVAILABLE, say::RETRYABLE, say::SERVER_WHY)
            .sends(2)
            .waits(Waits::Seconds(1))],
    ),
    rule(
        "429 not JSON",
        |case| case.is_throttled() && matches!(case.body, Body::NotJson | Body::CutJson),
        &[raises(
            "MsalThrottledServiceException request_throttled",
            say::THROTTLED,
            say::THROTTLED_WHY,
        )],
    ),
];

/// Replies that are no answer.
const BROKEN: &[Rule] = &[
    rule(
        "success without a body",
        |case| case.hundred(2) && matches!(case.body, Body::Empty | Body::Null),
        &[raises("NullReferenceException", say::ODD, say::EMPTY_OK_WHY).read_in(say::JSON)],
    ),
    rule(
        "success not JSON",
        |case| case.hundred(2) && case.body != Body::Object,
        &[raises("JsonException", say::ODD, say::ODD_WHY).read_in(say::CLIENT)],
    ),
    rule(
        "success without a token type",
        |case| case.hundred(2) && case.grant == Grant::NoType,
        &[raises(
            "MsalClientException token_type_missing",
            say::NO_TOKEN,
            say::NO_TOKEN_WHY,
        )
        .loses_claims()
        .read_in(say::TOKENS)],
    ),
    rule(
        "success with an odd expiry",
        |case| case.hundred(2) && case.grant == Grant::OddExpiry,
        &[raises("JsonException", say::ODD, say::ODD_EXPIRY_WHY).read_in(say::RESPONSE)],
    ),
    rule(
        "success with a token",
        |case| case.hundred(2) && case.token && !case.is_oauth_error(),
        &[succeeds(say::GRANTED, say::GRANTED_WHY).read_in(say::CLIENT)],
    ),
    rule(
        "success without a token",
        |case| case.hundred(2) && !case.token,
        &[raises(
            "MsalClientException token_type_missing",
            say::NO_TOKEN,
            say::NO_TOKEN_WHY,
        )
        .loses_claims()
        .read_in(say::TOKENS)],
    ),
    rule(
        "nothing at this address",
        |case| case.status == Some(404) && case.body == Body::Empty,
        &[raises(
            "MsalServiceException not_found",
            say::NOT_JSON,
            say::EMPTY_WHY,
        )
        .read_in(say::CLIENT)],
    ),
    rule(
        "nothing readable",
        |case| case.body == Body::Empty || (case.body == Body::Object && !case.is_oauth_error()),
        &[raises(
            "MsalServiceException http_status_not_200",
            say::NOT_JSON,
            say::EMPTY_WHY,
        )
        .read_in(say::CLIENT)],
    ),
    rule(
        "refusal not JSON",
        |case| case.body != Body::Object,
        &[raises(
            "MsalServiceException non_parsable_oauth_error",
            say::NOT_JSON,
            say::NOT_JSON_WHY,
        )
        .read_in(say::CLIENT)],
    ),
];

/// OAuth errors (B), in the device loop as elsewhere.
const REFUSED: &[Rule] = &[
    rule(
        "pending",
        |case| case.error_is(&["authorization_pending"]),
        &[
            succeeds(say::PENDING, say::PENDING_WHY)
                .when(all::IF_FINISHED)
                .sends(2)
                .waits(Waits::Seconds(5))
                .read_in(say::DEVICES),
            raises(
                "MsalClientException code_expired",
                say::PENDING_OVER,
                say::PENDING_WHY,
            )
            .when(all::IF_UNFINISHED)
            .sends(180)
            .waits(Waits::Seconds(900))
            .read_in(say::DEVICES),
        ],
    ),
    rule(
        "slow down",
        |case| case.error_is(&["slow_down"]),
        &[raises(SERVICE, say::DEVICE, say::SLOW_WHY).read_in(say::DEVICES)],
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
        &[raises(SERVICE, say::THROTTLED, say::THROTTLED_WHY)],
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
