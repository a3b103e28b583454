//! azure-identity 1.27.0 (Python) on MSAL Python 1.39.0: every row at the token endpoint, by redirect and at the
//! metadata was run against a server that gave that answer; the tests do so again. Managed identities were read about.

use super::case::{Body, Case, Grant, Leads, RetryAfter, is_late, is_unparsable, may_be_silent};
use super::library::{Library, Source};
use super::msal_python::{Memory, memory};
use super::rule::{
    Basis, Brake, Branch, Claims, Rule, Waits, raises, returns, rule, succeeds, unseen,
};
use crate::model::{ClientKind, Flow, Place};
use crate::strings::predict::{self as all, azure as say};

/// The library.
pub(super) const LIBRARY: Library = Library {
    name: "azure-identity",
    version: "1.27.0",
    basis: Basis::Measured,
    options: say::OPTIONS,
    source: Source {
        commit: "1.27.0",
        file: "azure/identity/_internal/managed_identity_client.py",
    },
    resource: &[unseen(say::RESOURCE)],
    rules: &[
        ELSEWHERE, FAULTS, SILENT, BROKEN, ODD_GRANT, DEVICE, ANSWERED,
    ],
    brake,
};

const WRAPPED: &str = "ClientAuthenticationError";
const REQUIRED: &str = "AuthenticationRequiredError";

/// MSAL remembers below the credential. A code of a sign-in is new each time, so no request is the very same; a web
/// application's code does not go through MSAL; JSON that is cut never gets to it.
fn brake(case: &Case<'_>) -> Option<Brake> {
    let Memory { span, when, exact } = memory(case)?;
    let coded = case.flow == Some(Flow::Interactive);
    let aside = case.client == Some(ClientKind::Web);
    let forgotten = (coded && (exact || aside)) || case.body == Body::CutJson;
    (!forgotten).then_some(Brake {
        span,
        when,
        kind: None,
        claims: Claims::Kept,
        file: None,
        look_at: say::REPLAYED,
        why: say::REPLAYED_WHY,
    })
}

/// Repeated three times: without `Retry-After` after 0, 1.6 and 3.2 s.
const REPEATED: Branch = raises(WRAPPED, say::REPEATED, say::REPEATED_WHY)
    .sends(4)
    .waits(Waits::Times(3, 5))
    .loses_claims();

/// The statuses of the retry policy of azure-core, and any refusal with `Retry-After`.
fn is_repeated(case: &Case<'_>) -> bool {
    let refused = case.status.is_some_and(|status| status >= 400);
    matches!(case.status, Some(408 | 429 | 500 | 502 | 503 | 504))
        || (refused && case.retry_after != RetryAfter::Absent)
}

fn polling(case: &Case<'_>) -> bool {
    case.at_token(Flow::DeviceCode)
}

/// In a silent call, and MSAL hands over an OAuth error or nothing at all.
fn required(case: &Case<'_>) -> bool {
    let odd = case.grant == Grant::NoExpiry;
    case.at_token(Flow::Silent)
        && case.body == Body::Object
        && !case.hundred(5)
        && case.fault.is_none()
        && (odd || !case.token)
        && case.grant != Grant::EmptyToken
}

/// Places other than the token endpoint.
const ELSEWHERE: &[Rule] = &[
    rule(
        "redirect",
        |case| case.place == Place::Authorize,
        &[raises(WRAPPED, say::REDIRECT, say::REDIRECT_WHY)
            .sends(0)
            .loses_claims()],
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
        "discovery repeated",
        |case| case.place == Place::Discovery && case.body != Body::Nothing && is_repeated(case),
        &[raises(WRAPPED, say::DISCOVERY, say::DISCOVERY_WHY)
            .sends(4)
            .waits(Waits::Times(3, 5))
            .loses_claims()],
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
        "late",
        is_late,
        &[
            succeeds(say::TIMEOUT, say::TIMEOUT_WHY).when(all::IF_LATE),
            raises(WRAPPED, say::REPEATED, say::TIMEOUT_WHY)
                .when(say::IF_TIMEOUT)
                .sends(4)
                .waits(Waits::Seconds(5))
                .loses_claims()
                .known_by(Basis::Source)
                .read_in("azure/core/pipeline/policies/_retry.py"),
        ],
    ),
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
        "body cut",
        |case| case.fault.is_some() && case.status.is_some(),
        &[raises(WRAPPED, say::REPEATED, say::CUT_WHY)
            .sends(4)
            .loses_claims()],
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
        |case| case.leads != Leads::Nowhere,
        &[raises(WRAPPED, say::REDIRECTED, say::REDIRECTED_WHY).loses_claims()],
    ),
];

const NO_PROMPT: Branch = raises(REQUIRED, say::SILENT, say::SILENT_WHY).when(say::IF_NO_PROMPT);

const PROMPTED: Branch = succeeds(say::PROMPTED, say::PROMPTED_WHY)
    .when(say::IF_PROMPT)
    .prompts()
    .sends(2)
    .loses_claims();

/// The silent step of a credential for people.
const SILENT: &[Rule] = &[
    rule(
        "silent, nothing to go by",
        |case| required(case) && !case.is_oauth_error(),
        &[NO_PROMPT.loses_claims(), PROMPTED],
    ),
    rule(
        "silent, repeated",
        |case| required(case) && is_repeated(case),
        &[
            raises(REQUIRED, say::SILENT, say::SILENT_REPEATED_WHY)
                .when(say::IF_NO_PROMPT)
                .sends(4)
                .waits(Waits::Times(3, 5)),
            PROMPTED.sends(5).waits(Waits::Times(3, 5)),
        ],
    ),
    rule(
        "silent, error with success",
        |case| required(case) && case.hundred(2),
        &[NO_PROMPT.loses_claims(), PROMPTED],
    ),
    rule("silent", required, &[NO_PROMPT, PROMPTED]),
];

/// Replies that are no answer.
const BROKEN: &[Rule] = &[
    rule(
        "application, repeated",
        |case| case.at_token(Flow::ClientCredentials) && is_repeated(case),
        &[REPEATED],
    ),
    rule(
        "repeated, with an error below 500",
        |case| is_repeated(case) && case.is_oauth_error() && !case.hundred(5),
        &[raises(WRAPPED, say::REPEATED, say::REPEATED_WHY)
            .sends(4)
            .waits(Waits::Times(3, 5))],
    ),
    rule("repeated", is_repeated, &[REPEATED]),
    rule(
        "5xx",
        |case| case.hundred(5),
        &[raises(WRAPPED, say::CAUSE, say::SERVER_WHY).loses_claims()],
    ),
    rule(
        "not JSON",
        is_unparsable,
        &[raises(WRAPPED, say::NOT_JSON, say::NOT_JSON_WHY).loses_claims()],
    ),
    rule(
        "not an object",
        |case| case.body != Body::Object,
        &[raises(WRAPPED, say::CAUSE, say::ODD_WHY).loses_claims()],
    ),
    rule(
        "neither token nor error",
        |case| !case.is_oauth_error() && !case.token && case.grant != Grant::EmptyToken,
        &[raises(WRAPPED, say::NO_TOKEN, say::NO_TOKEN_WHY).loses_claims()],
    ),
];

/// Tokens that come with something odd.
const ODD_GRANT: &[Rule] = &[
    rule(
        "no token type",
        |case| case.grant == Grant::NoType,
        &[succeeds(say::NO_TYPE, all::NO_TYPE_WHY)],
    ),
    rule(
        "empty token",
        |case| case.grant == Grant::EmptyToken,
        &[returns(
            "an AccessToken with an empty token",
            say::EMPTY_TOKEN,
            say::EMPTY_TOKEN_WHY,
        )],
    ),
    rule(
        "odd expiry",
        |case| matches!(case.grant, Grant::OddExpiry | Grant::NoExpiry),
        &[raises(WRAPPED, say::CAUSE, say::EXPIRY_WHY).loses_claims()],
    ),
];

/// Polling of a device code.
const DEVICE: &[Rule] = &[
    rule(
        "pending",
        |case| case.error_is(&["authorization_pending"]),
        &[
            succeeds(say::PENDING, say::PENDING_WHY)
                .when(all::IF_FINISHED)
                .sends(2)
                .waits(Waits::Seconds(5)),
            raises(WRAPPED, say::PENDING_OVER, say::PENDING_OVER_WHY)
                .when(all::IF_UNFINISHED)
                .sends(181)
                .waits(Waits::Seconds(900)),
        ],
    ),
    rule(
        "slow down",
        |case| case.error_is(&["slow_down"]),
        &[
            succeeds(say::PENDING, say::PENDING_WHY)
                .when(all::IF_FINISHED)
                .sends(2)
                .waits(Waits::Seconds(10)),
            raises(WRAPPED, say::PENDING_OVER, say::PENDING_OVER_WHY)
                .when(all::IF_UNFINISHED)
                .sends(91)
                .waits(Waits::Seconds(900)),
        ],
    ),
    rule(
        "device",
        polling,
        &[raises(WRAPPED, say::DEVICE, say::DEVICE_WHY)],
    ),
];

const FOR_THE_APPLICATION: Branch = raises(WRAPPED, say::APP, say::APP_WHY).loses_claims();
const FOR_A_PERSON: Branch = raises(WRAPPED, say::WRAPPED, say::WRAPPED_WHY);

/// OAuth errors of every other call.
const ANSWERED: &[Rule] = &[
    rule(
        "application",
        |case| case.at_token(Flow::ClientCredentials),
        &[FOR_THE_APPLICATION],
    ),
    rule(
        "error with success",
        |case| case.hundred(2) && case.client != Some(ClientKind::Web),
        &[raises(WRAPPED, say::APP, say::OK_ERROR_WHY).loses_claims()],
    ),
    rule(
        "a call that is not known",
        may_be_silent,
        &[
            FOR_THE_APPLICATION.when(say::IF_APPLICATION),
            FOR_A_PERSON.when(say::IF_PERSON),
            NO_PROMPT.when(say::IF_SILENT_NO_PROMPT),
            PROMPTED.when(say::IF_SILENT_PROMPT),
        ],
    ),
    rule(
        "a client that is not known",
        |case| case.flow.is_none() && case.claims,
        &[
            FOR_THE_APPLICATION.when(say::IF_APPLICATION),
            FOR_A_PERSON.when(say::IF_PERSON),
        ],
    ),
    rule("error", |_| true, &[FOR_A_PERSON]),
];
