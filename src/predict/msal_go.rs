//! MSAL Go 1.9.0, read in its source (protocol page, sections B and C).

use super::case::{Body, Case, Grant, is_unparsable};
use super::library::{Library, Source};
use super::rule::{Basis, Rule, Waits, raises, rule, succeeds, unseen};
use crate::model::Place;
use crate::strings::predict::{self as all, go as say};

/// The library.
pub(super) const LIBRARY: Library = Library {
    name: "msal-go",
    version: "1.9.0",
    basis: Basis::Source,
    options: say::OPTIONS,
    source: Source {
        commit: "247817f",
        file: say::CALLS,
    },
    resource: &[unseen(say::RESOURCE)],
    rules: &[ELSEWHERE, BROKEN, ANSWERED],
    brake: |_| None,
};

/// Statuses at which managed identity calls are tried again: those of IMDS and those of the other hosts.
fn is_repeated(case: &Case<'_>) -> bool {
    matches!(
        case.status,
        Some(404 | 408 | 410 | 429 | 500..=508 | 510 | 511)
    )
}

/// Places other than the token endpoint.
const ELSEWHERE: &[Rule] = &[
    rule(
        "redirect",
        |case| case.place == Place::Authorize,
        &[raises("error", say::REDIRECT, say::REDIRECT_WHY)
            .sends(0)
            .loses_claims()
            .read_in(say::LOCAL)],
    ),
    rule(
        "managed identity repeated",
        |case| case.place == Place::ManagedIdentity && is_repeated(case),
        &[raises("error", say::MANAGED, say::MANAGED_RETRY_WHY)
            .sends(3)
            .waits(Waits::Seconds(2))
            .read_in(say::MANAGED_FILE)],
    ),
    rule(
        "managed identity",
        |case| case.place == Place::ManagedIdentity && case.body != Body::Nothing,
        &[raises("error", say::MANAGED, say::MANAGED_WHY).read_in(say::MANAGED_FILE)],
    ),
    rule(
        "discovery incomplete",
        |case| case.place == Place::Discovery && case.hundred(2) && case.grant == Grant::NoEndpoint,
        &[raises("error", say::NO_ENDPOINT, say::NO_ENDPOINT_WHY)
            .loses_claims()
            .read_in(say::AUTHORITY)],
    ),
    rule(
        "discovery",
        |case| case.place == Place::Discovery && case.body != Body::Nothing && !case.hundred(2),
        &[raises("errors.CallErr", say::DISCOVERY, say::CALL_WHY)],
    ),
];

/// Faults and replies that are no answer.
const BROKEN: &[Rule] = &[
    rule(
        "fault",
        |case| case.fault.is_some() || case.body == Body::Nothing,
        &[raises("error", say::FAULT, say::FAULT_WHY).loses_claims()],
    ),
    rule(
        "3xx",
        |case| case.hundred(3),
        &[raises(
            "errors.CallErr",
            say::REDIRECTED,
            say::REDIRECTED_WHY,
        )],
    ),
    rule(
        "success not JSON",
        |case| {
            case.hundred(2)
                && (is_unparsable(case) || matches!(case.body, Body::Array | Body::Scalar))
        },
        &[raises("errors.InvalidJsonErr", say::NOT_JSON, say::NOT_JSON_WHY).loses_claims()],
    ),
    rule(
        "success with an odd expiry",
        |case| case.hundred(2) && case.grant == Grant::OddExpiry,
        &[raises("errors.InvalidJsonErr", say::NOT_JSON, say::ODD_EXPIRY_WHY).loses_claims()],
    ),
    rule(
        "success with a token",
        |case| case.hundred(2) && case.token && !case.is_oauth_error(),
        &[succeeds(say::GRANTED, say::GRANTED_WHY).read_in(say::TOKENS)],
    ),
    rule(
        "success with an error",
        |case| case.hundred(2) && case.is_oauth_error(),
        &[raises("error", say::OK_ERROR, say::OK_ERROR_WHY)
            .loses_claims()
            .read_in(say::TOKENS)],
    ),
    rule(
        "success without a token",
        |case| case.hundred(2),
        &[raises("error", say::NO_TOKEN, say::NO_TOKEN_WHY)
            .loses_claims()
            .read_in(say::TOKENS)],
    ),
];

/// Refusals.
const ANSWERED: &[Rule] = &[
    rule(
        "pending",
        |case| case.error_is(&["authorization_pending", "slow_down"]),
        &[
            succeeds(say::PENDING, say::PENDING_WHY)
                .when(all::IF_FINISHED)
                .sends(2)
                .waits(Waits::Seconds(5))
                .read_in(say::POLLING),
            raises("error", say::PENDING_OVER, say::PENDING_WHY)
                .when(all::IF_UNFINISHED)
                .sends(180)
                .waits(Waits::Seconds(900))
                .read_in(say::POLLING),
        ],
    ),
    rule(
        "error",
        |_| true,
        &[raises("errors.CallErr", say::CALL, say::CALL_WHY)],
    ),
];
