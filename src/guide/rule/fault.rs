//! No reply came: what went wrong on the way. Nothing the server said can be blamed here, and signing in again meets
//! the same obstacle.

use super::Rule;
use crate::guide::case::Case;
use crate::guide::draft::{Basis, Draft};
use crate::model::{Actor, Class, Confidence, FaultKind, Flow, Login};
use crate::strings::guide::fault as says;

/// The host's name could not be looked up.
pub(super) const NAME_LOOKUP: Rule = Rule {
    id: "fault/name-lookup",
    applies: |case, _| case.bare_fault() == Some(FaultKind::Dns),
    judge: |case, draft| {
        obstacle(
            case,
            draft,
            says::name_lookup(&host(case)),
            &["fix-request", "repeat"],
        );
        draft.parameter = Some("authority");
        draft.note(says::NAME_LOOKUP);
    },
};

/// The server's certificate is not trusted, or the handshake failed.
pub(super) const TRUST: Rule = Rule {
    id: "fault/trust",
    applies: |case, _| case.bare_fault() == Some(FaultKind::Tls),
    judge: |case, draft| {
        obstacle(
            case,
            draft,
            says::trust(&host(case)),
            &["fix-request", "repeat"],
        );
        draft.parameter = Some("ca_file");
        draft.note(says::TRUST);
    },
};

/// Nobody listens there.
pub(super) const REFUSED: Rule = Rule {
    id: "fault/refused",
    applies: |case, _| case.bare_fault() == Some(FaultKind::Tcp),
    judge: |case, draft| {
        obstacle(
            case,
            draft,
            says::refused(&host(case)),
            &["repeat", "fix-request"],
        );
        draft.parameter = Some("authority");
        draft.note(says::REFUSED);
    },
};

/// The proxy in between refused or failed.
pub(super) const PROXY: Rule = Rule {
    id: "fault/proxy",
    applies: |case, _| case.bare_fault() == Some(FaultKind::Proxy),
    judge: |case, draft| {
        obstacle(
            case,
            draft,
            says::PROXY_FAILED.to_owned(),
            &["fix-request", "repeat"],
        );
        draft.parameter = Some("proxy");
        draft.note(says::PROXY);
    },
};

/// No answer in time.
pub(super) const TIME_OUT: Rule = Rule {
    id: "fault/time-out",
    applies: |case, _| {
        matches!(
            case.bare_fault(),
            Some(FaultKind::ConnectTimeout | FaultKind::FirstByteTimeout | FaultKind::WholeTimeout)
        )
    },
    judge: |case, draft| {
        let connected = case.bare_fault() != Some(FaultKind::ConnectTimeout);
        obstacle(
            case,
            draft,
            says::time_out(&host(case), connected),
            &["repeat"],
        );
        draft.login = Login::AfterWait;
        may_have_arrived(case, draft);
    },
};

/// The connection ended too early.
pub(super) const CUT_OFF: Rule = Rule {
    id: "fault/cut-off",
    applies: |case, _| case.bare_fault() == Some(FaultKind::CutOff),
    judge: |case, draft| {
        obstacle(case, draft, says::cut_off(&host(case)), &["repeat"]);
        draft.login = Login::AfterWait;
        may_have_arrived(case, draft);
    },
};

/// Something else than HTTP answered.
pub(super) const NOT_HTTP: Rule = Rule {
    id: "fault/not-http",
    applies: |case, _| case.bare_fault() == Some(FaultKind::Protocol),
    judge: |case, draft| {
        obstacle(
            case,
            draft,
            says::not_http(&host(case)),
            &["fix-request", "repeat"],
        );
        draft.parameter = Some("authority");
    },
};

/// The person stopped it.
pub(super) const CANCELLED: Rule = Rule {
    id: "fault/cancelled",
    applies: |case, _| case.bare_fault() == Some(FaultKind::Cancelled),
    judge: |case, draft| {
        obstacle(case, draft, says::CANCELLED.to_owned(), &["repeat"]);
        draft.decide(Class::Expected, &[Actor::NoneNeeded], Login::Yes);
    },
};

fn host(case: &Case<'_>) -> String {
    case.host().unwrap_or_else(|| says::THE_SERVER.to_owned())
}

fn obstacle(case: &Case<'_>, draft: &mut Draft, summary: String, remedies: &[&str]) {
    draft.summary = summary;
    draft.decide(Class::Service, &[Actor::User], Login::AfterFix);
    draft.go(remedies);
    draft.confidence = Confidence::Observed;
    draft.rest_on(Basis::Fault);
    let detail = case.fault().map_or("", |fact| fact.detail.trim());
    if !detail.is_empty() {
        draft.note(says::detail(detail));
    }
}

/// A request that may work only once and may have left is never repeated by itself; repeating the run is the
/// person's act, and a browser sign-in then begins with a new code anyway.
fn may_have_arrived(case: &Case<'_>, draft: &mut Draft) {
    let connected = case.bare_fault() != Some(FaultKind::ConnectTimeout);
    let single_use = case
        .evidence
        .exchange
        .is_some_and(|exchange| exchange.request.single_use);
    if single_use && connected {
        draft.note(if case.is_flow(&[Flow::Interactive]) {
            says::CODE_MAY_BE_SPENT
        } else {
            says::TOKEN_MAY_BE_SPENT
        });
    }
}
