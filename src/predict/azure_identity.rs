//! azure-identity 1.27.0 (Python): run against a server that gave each answer (clients page 2.3 to 2.5). What it does
//! when it prompts by itself, and with managed identities, was read in its source.

use super::case::{Body, Case, is_unparsable};
use super::rule::{Basis, Branch, Library, PAGE, Rule, Waits, raises, rule, succeeds, unseen};
use crate::model::{Flow, Place};
use crate::strings::predict::{self as all, azure as say};

/// The library.
pub(super) const LIBRARY: Library = Library {
    name: "azure-identity",
    version: "1.27.0",
    basis: Basis::Measured,
    options: say::OPTIONS,
    rules: &[ELSEWHERE, FAULTS, BROKEN, DEVICE, ANSWERED],
    block: |_| None,
};

const WRAPPED: &str = "ClientAuthenticationError";
const REQUIRED: &str = "AuthenticationRequiredError";

/// Repeated three times: without `Retry-After` after 0, 1.6 and 3.2 s.
const REPEATED: Branch = raises(WRAPPED, say::REPEATED, say::REPEATED_WHY)
    .sends(4)
    .waits(Waits::Times(3, 5))
    .loses_claims();

fn is_repeated(case: &Case<'_>) -> bool {
    case.is_throttled() || case.hundred(5)
}

fn polling(case: &Case<'_>) -> bool {
    case.at_token(Flow::DeviceCode)
}

/// Places other than the token endpoint.
const ELSEWHERE: &[Rule] = &[
    PAGE,
    rule(
        "resource",
        |case| case.place == Place::Resource,
        &[unseen(say::RESOURCE)],
    ),
    rule(
        "redirect",
        |case| case.place == Place::Authorize,
        &[raises(WRAPPED, say::WRAPPED, say::WRAPPED_WHY)
            .sends(0)
            .loses_claims()
            .known_by(Basis::Source)],
    ),
    rule(
        "managed identity",
        |case| case.place == Place::ManagedIdentity && case.body == Body::Object,
        &[
            raises("CredentialUnavailableError", say::MANAGED, say::MANAGED_WHY)
                .loses_claims()
                .known_by(Basis::Source),
        ],
    ),
    rule(
        "discovery",
        |case| case.place == Place::Discovery && case.body != Body::Nothing,
        &[raises(WRAPPED, say::DISCOVERY, say::DISCOVERY_WHY).loses_claims()],
    ),
];

/// No reply, or none that is whole; the polling loop survives what is repeated below it.
const FAULTS: &[Rule] = &[
    rule(
        "device, unwell",
        |case| {
            polling(case)
                && (is_repeated(case) || case.fault.is_some() || case.body == Body::Nothing)
        },
        &[
            succeeds(say::RECOVERED, say::RECOVERED_WHY)
                .when(all::IF_RECOVERS)
                .sends(2)
                .waits(Waits::Times(1, 0)),
            REPEATED.when(all::IF_STAYS),
        ],
    ),
    rule(
        "fault",
        |case| case.fault.is_some() || case.body == Body::Nothing,
        &[raises(WRAPPED, say::REPEATED, say::FAULT_WHY)
            .sends(4)
            .waits(Waits::Seconds(5))
            .loses_claims()],
    ),
    rule(
        "3xx",
        |case| case.hundred(3),
        &[raises(WRAPPED, say::REDIRECTED, say::REDIRECTED_WHY).loses_claims()],
    ),
];

/// Replies that are no answer.
const BROKEN: &[Rule] = &[
    rule(
        "silent, throttled",
        |case| case.at_token(Flow::Silent) && case.is_throttled() && case.body == Body::Object,
        &[
            raises(REQUIRED, say::SILENT, say::SILENT_THROTTLED_WHY)
                .when(say::IF_NO_PROMPT)
                .sends(4)
                .waits(Waits::Times(3, 5))
                .loses_claims(),
            PROMPTED.sends(4).waits(Waits::Times(3, 5)),
        ],
    ),
    rule("429 and 5xx", is_repeated, &[REPEATED]),
    rule(
        "not JSON",
        is_unparsable,
        &[raises(WRAPPED, say::NOT_JSON, say::NOT_JSON_WHY).loses_claims()],
    ),
    rule(
        "array or null",
        |case| case.body != Body::Object,
        &[raises(WRAPPED, say::NOT_JSON, say::ODD_WHY).loses_claims()],
    ),
    rule(
        "neither token nor error",
        |case| !case.is_oauth_error(),
        &[raises(WRAPPED, say::NO_TOKEN, say::NO_TOKEN_WHY).loses_claims()],
    ),
];

/// Polling of a device code (2.4). The wait after `slow_down` holds for the usual interval of 5 s.
const DEVICE: &[Rule] = &[
    rule(
        "pending",
        |case| case.error_is(&["authorization_pending"]),
        &[
            succeeds(say::PENDING, say::PENDING_WHY).when(all::IF_FINISHED),
            raises(WRAPPED, say::PENDING_OVER, say::PENDING_OVER_WHY).when(all::IF_UNFINISHED),
        ],
    ),
    rule(
        "slow down",
        |case| case.error_is(&["slow_down"]),
        &[
            succeeds(say::PENDING, say::PENDING_WHY)
                .when(all::IF_FINISHED)
                .waits(Waits::Seconds(10)),
            raises(WRAPPED, say::PENDING_OVER, say::PENDING_OVER_WHY)
                .when(all::IF_UNFINISHED)
                .waits(Waits::Seconds(10)),
        ],
    ),
    rule(
        "device",
        polling,
        &[raises(WRAPPED, say::DEVICE, say::DEVICE_WHY)],
    ),
];

const PROMPTED: Branch = succeeds(say::PROMPTED, say::PROMPTED_WHY)
    .when(say::IF_PROMPT)
    .prompts()
    .loses_claims()
    .known_by(Basis::Source);

/// OAuth errors of every other call.
const ANSWERED: &[Rule] = &[
    rule(
        "silent",
        |case| case.at_token(Flow::Silent),
        &[
            raises(REQUIRED, say::SILENT, say::SILENT_WHY)
                .when(say::IF_NO_PROMPT)
                .loses_claims(),
            PROMPTED,
        ],
    ),
    rule(
        "application",
        |case| case.at_token(Flow::ClientCredentials),
        &[raises(WRAPPED, say::APP, say::APP_WHY).loses_claims()],
    ),
    rule(
        "error",
        |_| true,
        &[raises(WRAPPED, say::WRAPPED, say::WRAPPED_WHY)],
    ),
];
