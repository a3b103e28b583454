//! msal-node 7.2.1: every row at the token endpoint, by redirect and at the metadata was run against a server that gave
//! that answer; the tests do so again, and so was every machine's endpoint.

use super::case::{Body, Case, Grant, Leads, Machine, RetryAfter, is_late, is_unparsable};
use super::library::{Library, Source};
use super::rule::{
    Basis, Brake, Branch, Claims, Rule, Span, Waits, raises, returns, rule, succeeds, unseen,
};
use crate::model::{Flow, Place};
use crate::strings::predict::{self as all, js as say};

/// The library.
pub(super) const LIBRARY: Library = Library {
    name: "msal-js",
    version: "7.2.1",
    basis: Basis::Measured,
    options: say::OPTIONS,
    source: Source {
        commit: "7.2.1",
        file: "msal-node src/client/ManagedIdentityClient.ts",
    },
    resource: &[unseen(say::RESOURCE)],
    rules: &[
        MACHINES, ELSEWHERE, FAULTS, BROKEN, ODD_GRANT, DEVICE, ANSWERED,
    ],
    brake,
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

/// The local brake: after 429, 5xx, or a refusal with `Retry-After`; not after a body that cannot be used.
fn brake(case: &Case<'_>) -> Option<Brake> {
    let status = case.status?;
    let braked = matches!(status, 429 | 500..=599)
        || (status >= 300 && case.retry_after != RetryAfter::Absent);
    let usable = matches!(case.body, Body::Object | Body::Array) && case.fault.is_none();
    (braked && case.place == Place::Token && usable).then_some(Brake {
        span: Span::Seconds(case.seconds().unwrap_or(60).min(3600)),
        when: all::IF_AGAIN,
        kind: Some("ServerError"),
        claims: Claims::Lost,
        file: None,
        look_at: say::REPLAYED,
        why: say::REPLAYED_WHY,
    })
}

const UI: &str = "InteractionRequiredAuthError";
const UNREADABLE: &str = "AuthError token_parsing_error";

/// Places other than the token endpoint.
const ELSEWHERE: &[Rule] = &[
    rule(
        "redirect",
        |case| case.place == Place::Authorize,
        &[raises("ServerError", say::REDIRECT, say::REDIRECT_WHY)
            .sends(0)
            .loses_claims()],
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

const MACHINE: Branch = raises("ServerError", say::MANAGED, say::MANAGED_WHY).loses_claims();
const MACHINE_REPEATED: Branch = raises("ServerError", say::MANAGED, say::MANAGED_RETRY_WHY)
    .sends(4)
    .waits(Waits::Seconds(3))
    .loses_claims();
const IMDS: Branch = raises("ServerError", say::MANAGED, say::IMDS_WHY)
    .when(all::IF_IMDS)
    .sends(4)
    .waits(Waits::Seconds(7))
    .loses_claims();

fn answered_by(case: &Case<'_>, machine: Machine) -> bool {
    case.at_machine(machine) && case.fault.is_none() && case.body == Body::Object
}

/// Statuses that are repeated everywhere.
const fn is_repeated(case: &Case<'_>) -> bool {
    matches!(case.status, Some(404 | 408 | 429 | 500 | 503 | 504))
}

/// The endpoints of machines.
const MACHINES: &[Rule] = &[
    rule(
        "app service or service fabric, repeated",
        |case| {
            let machine = !answered_by(case, Machine::Virtual) && answered_by(case, case.machine);
            machine && is_repeated(case)
        },
        &[MACHINE_REPEATED],
    ),
    rule(
        "managed identity, no answer",
        |case| {
            case.place == Place::ManagedIdentity && case.fault.is_some() && case.status.is_none()
        },
        &[raises("NetworkError network_error", say::FAULT, say::FAULT_WHY).loses_claims()],
    ),
    rule(
        "managed identity, updated",
        |case| answered_by(case, Machine::Virtual) && case.status == Some(410),
        &[
            IMDS.sends(8)
                .waits(Waits::Seconds(70))
                .known_by(Basis::Source)
                .read_in("msal-node src/retry/ImdsRetryPolicy.ts"),
            MACHINE.when(all::IF_ARC),
        ],
    ),
    rule(
        "managed identity, repeated",
        |case| answered_by(case, Machine::Virtual) && is_repeated(case),
        &[IMDS, MACHINE_REPEATED.when(all::IF_ARC)],
    ),
    rule(
        "managed identity, repeated at IMDS",
        |case| answered_by(case, Machine::Virtual) && case.hundred(5),
        &[IMDS, MACHINE.when(all::IF_ARC)],
    ),
    rule(
        "managed identity",
        |case| answered_by(case, case.machine),
        &[MACHINE],
    ),
];

const NO_NETWORK: Branch =
    raises("AuthError network_error", say::FAULT, say::FAULT_WHY).loses_claims();
const NOBODY: Branch = raises(
    "AuthError network_error",
    say::REDIRECTED,
    say::REDIRECTED_WHY,
)
.when(all::IF_NOBODY)
.loses_claims();

/// No reply, or none that is whole.
const FAULTS: &[Rule] = &[
    rule(
        "late",
        is_late,
        &[
            succeeds(say::SLOW, say::SLOW_WHY).when(all::IF_LATE),
            NO_NETWORK.when(all::IF_NEVER),
        ],
    ),
    rule(
        "body cut",
        |case| case.fault.is_some() && case.status.is_some(),
        &[raises(UNREADABLE, say::NOT_JSON, say::CUT_WHY).loses_claims()],
    ),
    rule(
        "no connection",
        |case| case.fault.is_some() || case.body == Body::Nothing,
        &[NO_NETWORK],
    ),
    rule(
        "3xx with the form",
        |case| case.leads == Leads::WithForm,
        &[
            succeeds(say::REDIRECTED, say::REDIRECTED_WHY)
                .when(all::IF_ELSEWHERE_TOKEN)
                .sends(2),
            NOBODY,
        ],
    ),
    rule(
        "3xx",
        |case| case.leads != Leads::Nowhere,
        &[
            raises(UNREADABLE, say::REDIRECTED, say::REDIRECTED_GET_WHY)
                .when(all::IF_ELSEWHERE_PAGE)
                .sends(2)
                .loses_claims(),
            NOBODY,
        ],
    ),
];

/// Replies that are no answer.
const BROKEN: &[Rule] = &[
    rule(
        "not JSON",
        is_unparsable,
        &[raises(UNREADABLE, say::NOT_JSON, say::NOT_JSON_WHY).loses_claims()],
    ),
    rule(
        "null",
        |case| case.body == Body::Null,
        &[raises("ClientAuthError network_error", say::FAULT, say::NULL_WHY).loses_claims()],
    ),
    rule(
        "scalar",
        |case| case.body == Body::Scalar,
        &[raises("TypeError", say::SCALAR, say::SCALAR_WHY).loses_claims()],
    ),
    rule(
        "neither token nor error",
        |case| !case.is_oauth_error() && !case.token,
        &[returns(
            "a result with an empty accessToken",
            say::NO_TOKEN,
            say::NO_TOKEN_WHY,
        )
        .loses_claims()],
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
        "odd expiry",
        |case| matches!(case.grant, Grant::OddExpiry | Grant::NoExpiry),
        &[succeeds(say::EXPIRY, say::EXPIRY_WHY)],
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
            raises(
                "ClientAuthError device_code_expired",
                say::PENDING_OVER,
                say::PENDING_OVER_WHY,
            )
            .when(all::IF_UNFINISHED)
            .sends(181)
            .waits(Waits::Seconds(900)),
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

/// OAuth errors of every other call.
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
        |case| brake(case).is_some(),
        &[raises("ServerError", say::THROTTLED, say::THROTTLED_WHY).loses_claims()],
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
