//! azure-identity 1.27.0 (Python) on MSAL Python 1.39.0: every row at the token endpoint, by redirect and at the
//! metadata was run against a server that gave that answer; the tests do so again, and so was every machine's endpoint.

use super::case::{
    Body, Case, Grant, Leads, Machine, RetryAfter, is_late, is_unparsable, may_be_silent,
};
use super::library::{Library, Source};
use super::msal_python::{Memory, memory};
use super::rule::{
    Basis, Brake, Branch, Claims, Rule, Waits, raises, returns, rule, succeeds, unseen,
};
use crate::model::{ClientKind, FaultKind, Flow, Place};
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
        MACHINES, ELSEWHERE, FAULTS, SILENT, BROKEN, ODD_GRANT, DEVICE, ANSWERED,
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
    let forgotten = (coded && exact) || redeems_without_msal(case) || case.body == Body::CutJson;
    (!forgotten).then_some(Brake {
        span,
        when: if case.at_token(Flow::ClientCredentials) && !told_apart(case) {
            say::IF_SECRET_AGAIN
        } else {
            when
        },
        kind: None,
        claims: Claims::Kept,
        file: None,
        look_at: say::REPLAYED,
        why: say::REPLAYED_WHY,
    })
}

/// An application's refusal that tells more than its description does.
fn told_apart(case: &Case<'_>) -> bool {
    case.at_token(Flow::ClientCredentials) && (case.claims || case.suberror.is_some())
}

/// A web application's code does not go through MSAL.
fn redeems_without_msal(case: &Case<'_>) -> bool {
    case.flow == Some(Flow::Interactive) && case.client == Some(ClientKind::Web)
}

/// Repeated three times: without `Retry-After` after 0, 1.6 and 3.2 s.
const REPEATED: Branch = raises(WRAPPED, say::REPEATED, say::REPEATED_WHY)
    .sends(4)
    .waits(Waits::Times(3, 5))
    .loses_claims();

/// The same, of a credential that asks without MSAL.
const UNWRAPPED: Branch = raises("ServiceResponseError", say::UNWRAPPED, say::UNWRAPPED_WHY)
    .sends(4)
    .waits(Waits::Seconds(5))
    .loses_claims()
    .forgotten();

/// The connection was closed before an answer, or what came was none.
const fn is_closed(case: &Case<'_>) -> bool {
    matches!(case.fault, Some(FaultKind::CutOff | FaultKind::Protocol)) && case.status.is_none()
}

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

const UNAVAILABLE: Branch =
    raises("CredentialUnavailableError", say::MANAGED, say::MANAGED_WHY).loses_claims();

/// IMDS: repeated five times, after 0, 1.6, 3.2, 6.4 and 12.8 s without `Retry-After`.
const IMDS: Branch = raises("CredentialUnavailableError", say::MANAGED, say::IMDS_WHY)
    .when(all::IF_IMDS)
    .sends(6)
    .waits(Waits::Times(5, 24))
    .loses_claims();

/// The same three repetitions as at the token endpoint.
const MACHINE_REPEATED: Branch = raises(
    "CredentialUnavailableError",
    say::MANAGED,
    say::MACHINE_REPEATED_WHY,
)
.sends(4)
.waits(Waits::Times(3, 5))
.loses_claims();

/// Statuses that are repeated at IMDS beyond the usual ones.
fn rests(case: &Case<'_>) -> bool {
    matches!(case.status, Some(404 | 410 | 500..))
}

fn at_virtual(case: &Case<'_>) -> bool {
    case.at_machine(Machine::Virtual) && case.fault.is_none() && case.body != Body::Nothing
}

/// The endpoints of machines. On Service Fabric nothing is repeated.
const MACHINES: &[Rule] = &[
    rule(
        "managed identity, closed",
        |case| case.place == Place::ManagedIdentity && is_closed(case),
        &[
            raises(
                "CredentialUnavailableError",
                say::MANAGED,
                say::MACHINE_CLOSED_WHY,
            )
            .when(all::IF_IMDS)
            .sends(4)
            .waits(Waits::Seconds(5))
            .loses_claims(),
            raises(
                "ServiceResponseError",
                say::UNWRAPPED,
                say::MACHINE_CLOSED_WHY,
            )
            .when(all::IF_SERVICE_OR_ARC)
            .sends(4)
            .waits(Waits::Seconds(5))
            .loses_claims(),
            raises(
                "requests.exceptions.ConnectionError",
                say::FABRIC_CLOSED,
                say::FABRIC_CLOSED_WHY,
            )
            .when(all::IF_FABRIC)
            .loses_claims(),
        ],
    ),
    rule(
        "app service, repeated",
        |case| case.at_machine(Machine::AppService) && is_repeated(case),
        &[MACHINE_REPEATED],
    ),
    rule(
        "app service or service fabric",
        |case| case.at_machine(Machine::AppService) || case.at_machine(Machine::ServiceFabric),
        &[UNAVAILABLE],
    ),
    rule(
        "managed identity, not JSON",
        |case| at_virtual(case) && is_unparsable(case) && is_repeated(case),
        &[
            IMDS,
            raises(
                "json.JSONDecodeError",
                say::MACHINE_RAW,
                say::MACHINE_RAW_WHY,
            )
            .when(all::IF_SERVICE)
            .sends(4)
            .waits(Waits::Times(3, 5))
            .loses_claims(),
            MACHINE_REPEATED.when(all::IF_ARC),
        ],
    ),
    rule(
        "managed identity, updated",
        |case| at_virtual(case) && case.status == Some(410),
        &[
            IMDS.waits(Waits::Times(5, 75)),
            UNAVAILABLE.when(all::IF_ARC),
        ],
    ),
    rule(
        "managed identity, repeated",
        |case| at_virtual(case) && is_repeated(case),
        &[IMDS, MACHINE_REPEATED.when(all::IF_ARC)],
    ),
    rule(
        "managed identity, repeated at IMDS",
        |case| at_virtual(case) && rests(case),
        &[IMDS, UNAVAILABLE.when(all::IF_ARC)],
    ),
    rule("managed identity", at_virtual, &[UNAVAILABLE]),
];

const FAULT: Branch = raises(WRAPPED, say::REPEATED, say::FAULT_WHY)
    .sends(4)
    .waits(Waits::Seconds(5))
    .loses_claims();

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
        "closed, a web application's code",
        |case| is_closed(case) && redeems_without_msal(case),
        &[UNWRAPPED],
    ),
    rule(
        "closed, application",
        |case| is_closed(case) && case.at_token(Flow::ClientCredentials),
        &[
            FAULT.when(say::IF_SECRET),
            UNWRAPPED.when(say::IF_ASSERTION),
        ],
    ),
    rule(
        "fault",
        |case| case.fault.is_some() || case.body == Body::Nothing,
        &[FAULT],
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
        "application, by its credential",
        told_apart,
        &[
            FOR_THE_APPLICATION.when(say::IF_SECRET),
            raises(WRAPPED, say::ASSERTION, say::ASSERTION_WHY)
                .when(say::IF_ASSERTION)
                .forgotten(),
        ],
    ),
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
