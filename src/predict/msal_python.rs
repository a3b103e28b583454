//! MSAL Python 1.39.0: every row at the token endpoint, by redirect and at the metadata was run against a server that
//! gave that answer; the tests do so again.

use super::case::{
    Body, Case, Grant, Leads, Machine, RetryAfter, is_late, is_unparsable, may_be_silent,
};
use super::library::{Library, Source};
use super::rule::{
    Basis, Brake, Branch, Claims, Rule, Span, Waits, gives_nothing, raises, returns, returns_error,
    rule, succeeds, unseen,
};
use crate::model::{FaultKind, Flow, Place};
use crate::strings::predict::{self as all, python as say};

/// The library.
pub(super) const LIBRARY: Library = Library {
    name: "msal-python",
    version: "1.39.0",
    basis: Basis::Measured,
    options: say::OPTIONS,
    source: Source {
        commit: "1.39.0",
        file: "msal/application.py",
    },
    resource: &[unseen(say::RESOURCE)],
    rules: &[
        ELSEWHERE, FAULTS, BROKEN, ODD_GRANT, DEVICE, SILENT, ANSWERED,
    ],
    brake,
};

/// Suberrors that never become a `classification`.
const WITHHELD: &[&str] = &[
    "bad_token",
    "token_expired",
    "protection_policy_required",
    "client_mismatch",
    "device_authentication_failed",
];

/// What is remembered of a refusal.
pub(super) struct Memory {
    /// For how long.
    pub span: Span,
    /// The condition under which it is given again.
    pub when: &'static str,
    /// Whether only a request with the very same parameters gets it; else every one of this client for these scopes,
    /// whoever signs in (for a refresh token: with this one).
    pub exact: bool,
}

/// What the library remembers (`throttled_http_client.py`): 429, 5xx and whatever came with `Retry-After`, and for 60 s
/// any other 400, unless a device code is polled for.
pub(super) fn memory(case: &Case<'_>) -> Option<Memory> {
    if case.body == Body::Nothing || case.fault.is_some() {
        return None;
    }
    if case.place == Place::ManagedIdentity {
        return memory_of_machine(case);
    }
    if case.place != Place::Token {
        return None;
    }
    let default = match case.is_public() {
        Some(true) => Span::Seconds(60),
        Some(false) => Span::Seconds(5),
        None => Span::ByClient(60, 5),
    };
    let polled = case.flow == Some(Flow::DeviceCode)
        || case.error_is(&["authorization_pending", "slow_down"]);
    let (span, when, exact) = match (case.retry_after, case.status) {
        (RetryAfter::Seconds(0), Some(_)) => return None,
        (RetryAfter::Seconds(seconds), Some(_)) => {
            (Span::Seconds(seconds.min(3600)), all::IF_AGAIN, false)
        }
        (RetryAfter::Date(_), Some(_)) | (_, Some(429 | 500..)) => (default, all::IF_AGAIN, false),
        (RetryAfter::Absent, Some(400)) if !polled => (Span::Seconds(60), all::IF_AGAIN, true),
        // What was pasted does not say; the usual refusal is a 400, and a client that is not known gets a 401.
        (_, None) if !polled && !case.error_is(&["invalid_client"]) && case.error.is_some() => {
            (Span::Seconds(60), say::IF_AGAIN_400, true)
        }
        (RetryAfter::Absent, _) | (_, None) => return None,
    };
    Some(Memory { span, when, exact })
}

/// At a machine's endpoint (`managed_identity.py`): 429, 5xx and `Retry-After`. What asks Service Fabric is made anew
/// for each request and remembers nothing.
fn memory_of_machine(case: &Case<'_>) -> Option<Memory> {
    let unwell = matches!(case.status, Some(429 | 500..)) || case.retry_after != RetryAfter::Absent;
    let seconds = case.seconds().unwrap_or(5).min(3600);
    let remembers = unwell && seconds > 0 && case.machine != Machine::ServiceFabric;
    remembers.then_some(Memory {
        span: Span::Seconds(seconds),
        when: all::IF_AGAIN,
        exact: false,
    })
}

fn brake(case: &Case<'_>) -> Option<Brake> {
    let Memory { span, when, exact } = memory(case)?;
    Some(Brake {
        span,
        when,
        kind: None,
        claims: Claims::Kept,
        file: None,
        look_at: say::REPLAYED,
        why: if exact {
            say::REPLAYED_WHY
        } else {
            say::REPLAYED_FOR_ALL_WHY
        },
    })
}

/// Places other than the token endpoint.
const ELSEWHERE: &[Rule] = &[
    rule(
        "redirect",
        |case| case.place == Place::Authorize,
        &[returns_error(say::REDIRECT, say::REDIRECT_WHY)
            .sends(0)
            .loses_claims()],
    ),
    rule(
        "managed identity, not JSON",
        |case| case.place == Place::ManagedIdentity && is_unparsable(case),
        &[
            raises(
                "json.JSONDecodeError",
                say::NOT_JSON,
                say::MACHINE_NOT_JSON_WHY,
            )
            .when(all::IF_IMDS)
            .loses_claims(),
            raises(
                "json.JSONDecodeError",
                say::NOT_JSON,
                say::MACHINE_NOT_JSON_WHY,
            )
            .when(all::IF_SERVICE)
            .loses_claims(),
            returns("invalid_request", say::MANAGED, say::ARC_WHY).when(all::IF_ARC),
        ],
    ),
    rule(
        "app service",
        |case| case.at_machine(Machine::AppService),
        &[returns("invalid_scope", say::MANAGED, say::MANAGED_WHY)],
    ),
    rule(
        "service fabric, secret",
        |case| case.at_machine(Machine::ServiceFabric) && case.error_is(&["SecretHeaderNotFound"]),
        &[returns(
            "unauthorized_client",
            say::MANAGED,
            say::FABRIC_WHY,
        )],
    ),
    rule(
        "service fabric, identity",
        |case| {
            case.at_machine(Machine::ServiceFabric) && case.error_is(&["ManagedIdentityNotFound"])
        },
        &[returns("invalid_client", say::MANAGED, say::FABRIC_WHY)],
    ),
    rule(
        "service fabric, argument",
        |case| case.at_machine(Machine::ServiceFabric) && case.error_is(&["ArgumentNullOrEmpty"]),
        &[returns("invalid_scope", say::MANAGED, say::FABRIC_WHY)],
    ),
    rule(
        "service fabric",
        |case| case.at_machine(Machine::ServiceFabric),
        &[returns("invalid_request", say::MANAGED, say::FABRIC_WHY)],
    ),
    rule(
        "managed identity, in its own words",
        |case| {
            case.at_machine(Machine::Virtual)
                && case.body == Body::Object
                && !case.error_is(&["invalid_request"])
        },
        &[
            returns_error(say::MANAGED, say::MANAGED_WHY).when(all::IF_IMDS),
            returns("invalid_request", say::MANAGED, say::ARC_WHY).when(all::IF_ARC),
        ],
    ),
    rule(
        "managed identity",
        |case| case.place == Place::ManagedIdentity && case.body == Body::Object,
        &[returns_error(say::MANAGED, say::MANAGED_WHY)],
    ),
    rule(
        "discovery 5xx",
        |case| case.place == Place::Discovery && case.hundred(5),
        &[raises("MsalServiceError", say::SERVER, say::SERVER_WHY).loses_claims()],
    ),
    rule(
        "discovery incomplete",
        |case| case.place == Place::Discovery && case.hundred(2) && case.body == Body::Object,
        &[raises("KeyError", say::DISCOVERY_KEY, say::DISCOVERY_KEY_WHY).loses_claims()],
    ),
    rule(
        "discovery",
        |case| case.place == Place::Discovery && case.body != Body::Nothing,
        &[raises("ValueError", say::DISCOVERY, say::DISCOVERY_WHY).loses_claims()],
    ),
];

const NOBODY: Branch = raises(
    "requests.exceptions.ConnectionError",
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
            succeeds(say::TIMEOUT, say::TIMEOUT_WHY).when(all::IF_LATE),
            raises(
                "requests.exceptions.ReadTimeout",
                say::TIMEOUT,
                say::TIMEOUT_WHY,
            )
            .when(say::IF_TIMEOUT)
            .loses_claims(),
        ],
    ),
    rule(
        "body cut",
        |case| case.fault.is_some() && case.status.is_some(),
        &[raises(
            "requests.exceptions.ChunkedEncodingError",
            say::FAULT,
            say::FAULT_WHY,
        )
        .loses_claims()],
    ),
    rule(
        "closed",
        |case| matches!(case.fault, Some(FaultKind::CutOff | FaultKind::Protocol)),
        &[raises(
            "requests.exceptions.ConnectionError",
            say::FAULT,
            say::FAULT_WHY,
        )
        .loses_claims()],
    ),
    rule(
        "no connection",
        |case| case.fault.is_some() || case.body == Body::Nothing,
        &[raises(
            "requests.exceptions.ConnectionError",
            say::FAULT,
            say::FAULT_WHY,
        )
        .sends(2)
        .loses_claims()
        .known_by(Basis::Source)],
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
            raises(
                "json.JSONDecodeError",
                say::REDIRECTED,
                say::REDIRECTED_GET_WHY,
            )
            .when(all::IF_ELSEWHERE_PAGE)
            .sends(2)
            .loses_claims(),
            NOBODY,
        ],
    ),
];

const NULL: Branch = raises("TypeError", say::ODD, say::ODD_WHY).loses_claims();
const ARRAY: Branch = raises("AttributeError", say::ODD, say::ODD_WHY).loses_claims();

const WITHOUT_TOKEN: Branch = returns(
    "a dict without access_token and error",
    say::NO_TOKEN,
    say::NO_TOKEN_WHY,
);

/// An object with neither a token nor an error.
fn holds_nothing(case: &Case<'_>) -> bool {
    !case.is_oauth_error() && !case.token && case.grant != Grant::EmptyToken
}

/// Replies that are no answer.
const BROKEN: &[Rule] = &[
    rule(
        "device 5xx",
        |case| case.hundred(5) && case.flow == Some(Flow::DeviceCode),
        &[raises("MsalServiceError", say::DEVICE_5XX, say::DEVICE_5XX_WHY).loses_claims()],
    ),
    rule(
        "5xx",
        |case| case.hundred(5),
        &[raises("MsalServiceError", say::SERVER, say::SERVER_WHY).loses_claims()],
    ),
    rule(
        "not JSON",
        is_unparsable,
        &[raises("json.JSONDecodeError", say::NOT_JSON, say::NOT_JSON_WHY).loses_claims()],
    ),
    rule("array", |case| case.body == Body::Array, &[ARRAY]),
    rule("null", |case| case.body == Body::Null, &[NULL]),
    rule(
        "scalar",
        |case| case.body == Body::Scalar,
        &[NULL.when(all::IF_NUMBER), ARRAY.when(all::IF_STRING)],
    ),
    rule(
        "silent, neither token nor error",
        |case| holds_nothing(case) && case.at_token(Flow::Silent),
        &[
            WITHOUT_TOKEN.when(all::IF_SOMETHING),
            gives_nothing("None", say::NO_TOKEN_SILENT, say::NO_TOKEN_SILENT_WHY)
                .when(all::IF_EMPTY_OBJECT)
                .loses_claims(),
        ],
    ),
    rule("neither token nor error", holds_nothing, &[WITHOUT_TOKEN]),
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
            "a dict with an empty access_token",
            say::EMPTY_TOKEN,
            say::NO_TOKEN_WHY,
        )],
    ),
    rule(
        "odd expiry",
        |case| case.grant == Grant::OddExpiry,
        &[raises("ValueError", say::ODD_EXPIRY, say::ODD_EXPIRY_WHY).loses_claims()],
    ),
    rule(
        "no expiry",
        |case| case.grant == Grant::NoExpiry,
        &[succeeds(say::NO_EXPIRY, say::NO_EXPIRY_WHY)],
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
            returns(
                "authorization_pending",
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
        &[
            succeeds(say::PENDING, say::SLOW_WHY)
                .when(all::IF_FINISHED)
                .sends(2)
                .waits(Waits::Seconds(10)),
            returns(
                "authorization_pending",
                say::PENDING_OVER,
                say::PENDING_OVER_WHY,
            )
            .when(all::IF_UNFINISHED)
            .sends(91)
            .waits(Waits::Seconds(900)),
        ],
    ),
    rule(
        "device",
        |case| case.at_token(Flow::DeviceCode),
        &[returns_error(say::DEVICE, say::DEVICE_WHY)],
    ),
];

const SILENT_NONE: Branch = gives_nothing("None", say::SILENT, say::SILENT_WHY)
    .when(say::IF_SILENT)
    .loses_claims();

/// `acquire_token_silent` and its sister.
const SILENT: &[Rule] = &[
    rule(
        "silent throttled",
        |case| case.at_token(Flow::Silent) && case.is_throttled(),
        &[
            SILENT_NONE,
            returns_error(say::THROTTLED, say::THROTTLED_WHY).when(say::IF_SILENT_WITH_ERROR),
        ],
    ),
    rule(
        "silent withheld",
        |case| case.at_token(Flow::Silent) && case.suberror_is(WITHHELD),
        &[
            SILENT_NONE,
            returns_error(say::SILENT_WITHHELD, say::SILENT_WITHHELD_WHY)
                .when(say::IF_SILENT_WITH_ERROR),
        ],
    ),
    rule(
        "silent classified",
        |case| case.at_token(Flow::Silent) && case.suberror.is_some(),
        &[
            SILENT_NONE,
            returns_error(say::SILENT_CLASSIFIED, say::SILENT_DICT_WHY)
                .when(say::IF_SILENT_WITH_ERROR),
        ],
    ),
    rule(
        "silent",
        |case| case.at_token(Flow::Silent),
        &[
            SILENT_NONE,
            returns_error(say::SILENT_DICT, say::SILENT_DICT_WHY).when(say::IF_SILENT_WITH_ERROR),
        ],
    ),
];

/// OAuth errors of every other call.
const ANSWERED: &[Rule] = &[
    rule(
        "throttled",
        |case| case.is_throttled() || case.retry_after != RetryAfter::Absent,
        &[returns_error(say::THROTTLED, say::THROTTLED_WHY)],
    ),
    rule(
        "a call that is not known",
        may_be_silent,
        &[
            returns_error(say::DICT, say::DICT_WHY).when(say::IF_NOT_SILENT),
            SILENT_NONE,
        ],
    ),
    rule(
        "error",
        |_| true,
        &[returns_error(say::DICT, say::DICT_WHY)],
    ),
];
