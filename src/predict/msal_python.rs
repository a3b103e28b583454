//! MSAL Python 1.39.0: run against a server that gave each answer (clients page 2.3 to 2.5, protocol page A2 to A5).

use super::case::{Body, Case, RetryAfter, is_unparsable};
use super::rule::{
    Basis, Branch, Library, PAGE, Rule, Waits, gives_nothing, raises, replays, returns,
    returns_error, rule, succeeds, unseen,
};
use crate::model::{FaultKind, Flow, Place};
use crate::strings::predict::{self as all, python as say};

/// The library.
pub(super) const LIBRARY: Library = Library {
    name: "msal-python",
    version: "1.39.0",
    basis: Basis::Measured,
    options: say::OPTIONS,
    rules: &[ELSEWHERE, FAULTS, BROKEN, DEVICE, SILENT, ANSWERED],
    block,
};

/// Suberrors that never become a `classification` (A3.6).
const WITHHELD: &[&str] = &[
    "bad_token",
    "token_expired",
    "protection_policy_required",
    "client_mismatch",
    "device_authentication_failed",
];

/// The local brake of A5: how long the same request is answered from memory.
fn block(case: &Case<'_>) -> Option<u32> {
    if case.place != Place::Token || case.body == Body::Nothing {
        return None;
    }
    let default = if case.is_public() == Some(true) {
        60
    } else {
        5
    };
    match (case.retry_after, case.status?) {
        (RetryAfter::Seconds(seconds), _) => Some(seconds.min(3600)),
        (RetryAfter::Date(_), _) | (_, 429 | 500..) => Some(default),
        (RetryAfter::Absent, 400) if case.flow != Some(Flow::DeviceCode) => Some(60),
        (RetryAfter::Absent, _) => None,
    }
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
        &[returns_error(say::REDIRECT, say::REDIRECT_WHY)
            .sends(0)
            .loses_claims()],
    ),
    rule(
        "managed identity",
        |case| case.place == Place::ManagedIdentity && case.body == Body::Object,
        &[returns_error(say::MANAGED, say::MANAGED_WHY).known_by(Basis::Source)],
    ),
    rule(
        "discovery 5xx",
        |case| case.place == Place::Discovery && case.hundred(5),
        &[raises("MsalServiceError", say::SERVER, say::SERVER_WHY).loses_claims()],
    ),
    rule(
        "discovery incomplete",
        |case| case.place == Place::Discovery && case.hundred(2) && case.body == Body::Object,
        &[raises("KeyError", say::ODD, say::DISCOVERY_KEY_WHY).loses_claims()],
    ),
    rule(
        "discovery",
        |case| case.place == Place::Discovery && case.body != Body::Nothing,
        &[raises("ValueError", say::DISCOVERY, say::DISCOVERY_WHY).loses_claims()],
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
            )
        },
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
        "3xx",
        |case| case.hundred(3),
        &[raises(
            "requests.exceptions.ConnectionError",
            say::REDIRECTED,
            say::REDIRECTED_WHY,
        )
        .sends(2)
        .loses_claims()],
    ),
];

/// Replies that are no answer.
const BROKEN: &[Rule] = &[
    rule(
        "device 5xx",
        |case| case.hundred(5) && case.flow == Some(Flow::DeviceCode),
        &[raises("MsalServiceError", say::DEVICE, say::DEVICE_5XX_WHY).loses_claims()],
    ),
    rule(
        "5xx",
        |case| case.hundred(5),
        &[
            raises("MsalServiceError", say::SERVER, say::SERVER_WHY).loses_claims(),
            replays("MsalServiceError", say::REPLAYED, say::REPLAYED_WHY).loses_claims(),
        ],
    ),
    rule(
        "not JSON",
        is_unparsable,
        &[raises("json.JSONDecodeError", say::NOT_JSON, say::NOT_JSON_WHY).loses_claims()],
    ),
    rule(
        "array",
        |case| case.body == Body::Array,
        &[raises("AttributeError", say::ODD, say::ODD_WHY).loses_claims()],
    ),
    rule(
        "null",
        |case| case.body == Body::Null,
        &[raises("TypeError", say::ODD, say::ODD_WHY).loses_claims()],
    ),
    rule(
        "neither token nor error",
        |case| !case.is_oauth_error(),
        &[returns(
            "a dict without access_token and error",
            say::NO_TOKEN,
            say::NO_TOKEN_WHY,
        )],
    ),
];

/// Polling of a device code (2.4). The wait after `slow_down` holds for the usual interval of 5 s.
const DEVICE: &[Rule] = &[
    rule(
        "pending",
        |case| case.error_is(&["authorization_pending"]),
        &[
            succeeds(say::PENDING, say::PENDING_WHY).when(all::IF_FINISHED),
            returns(
                "authorization_pending",
                say::PENDING_OVER,
                say::PENDING_OVER_WHY,
            )
            .when(all::IF_UNFINISHED),
        ],
    ),
    rule(
        "slow down",
        |case| case.error_is(&["slow_down"]),
        &[
            succeeds(say::PENDING, say::SLOW_WHY)
                .when(all::IF_FINISHED)
                .waits(Waits::Seconds(10)),
            returns(
                "authorization_pending",
                say::PENDING_OVER,
                say::PENDING_OVER_WHY,
            )
            .when(all::IF_UNFINISHED)
            .waits(Waits::Seconds(10)),
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

/// `acquire_token_silent` and its sister (2.5, A3).
const SILENT: &[Rule] = &[
    rule(
        "silent throttled",
        |case| case.at_token(Flow::Silent) && case.is_throttled(),
        &[
            SILENT_NONE,
            returns_error(say::THROTTLED, say::THROTTLED_WHY).when(say::IF_SILENT_WITH_ERROR),
            REPLAY,
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

const REPLAY: Branch = replays("", say::REPLAYED, say::REPLAYED_WHY);

/// OAuth errors of every other call.
const ANSWERED: &[Rule] = &[
    rule(
        "throttled",
        |case| case.is_throttled() || case.retry_after != RetryAfter::Absent,
        &[returns_error(say::THROTTLED, say::THROTTLED_WHY), REPLAY],
    ),
    rule(
        "400",
        |case| case.status == Some(400),
        &[returns_error(say::DICT, say::DICT_400_WHY)],
    ),
    rule(
        "error",
        |_| true,
        &[returns_error(say::DICT, say::DICT_WHY)],
    ),
];
