//! No reply came: what went wrong on the way. Nothing the server said can be blamed here, and signing in again meets
//! the same obstacle.

use super::Rule;
use crate::guide::case::Case;
use crate::guide::draft::{Basis, Draft};
use crate::model::{Actor, Class, Confidence, FaultCause, FaultKind, Flow, Handed, Login};
use crate::strings::guide::fault as says;
use crate::strings::mutual_tls;

/// The host's name could not be looked up.
pub(super) const NAME_LOOKUP: Rule = Rule {
    id: "fault/name-lookup",
    applies: |case, _| case.bare_fault() == Some(FaultKind::Dns),
    judge: |case, draft| {
        obstacle(
            case,
            draft,
            (says::name_lookup(&host(case)), Some(says::NAME_LOOKUP)),
            &["fix-request", "repeat"],
        );
        draft.parameter = Some("authority");
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
            (says::trust(&host(case)), Some(says::TRUST)),
            &["fix-request", "repeat"],
        );
        let cause = case.fault().and_then(|fault| fault.cause);
        if cause.is_some_and(FaultCause::is_of_client) {
            draft.decide(
                Class::AppCredential,
                &[Actor::AppOwner, Actor::Developer],
                Login::No,
            );
            draft.parameter = Some("credential");
            return;
        }
        draft.parameter = Some(match cause {
            None
            | Some(
                FaultCause::UnknownAuthority
                | FaultCause::SelfSigned
                | FaultCause::CertificateRefused,
            ) => "ca_file",
            Some(_) => "authority",
        });
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
            (says::refused(&host(case)), Some(says::REFUSED)),
            &["repeat", "fix-request"],
        );
        draft.parameter = Some("authority");
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
            (says::PROXY_FAILED.to_owned(), Some(says::PROXY)),
            &["fix-request", "repeat"],
        );
        draft.parameter = Some("proxy");
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
            (says::time_out(&host(case), connected), None),
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
        obstacle(case, draft, (says::cut_off(&host(case)), None), &["repeat"]);
        let shown = case.tls_certificate().map(|shown| shown.handed);
        if shown == Some(Handed::Shown) {
            draft.note(mutual_tls::ENDED_AFTER_SHOWING);
        }
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
            (says::not_http(&host(case)), None),
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
        obstacle(case, draft, (says::CANCELLED.to_owned(), None), &["repeat"]);
        draft.decide(Class::Expected, &[Actor::NoneNeeded], Login::Yes);
    },
};

fn host(case: &Case<'_>) -> String {
    case.host().unwrap_or_else(|| says::THE_SERVER.to_owned())
}

/// What is the same for every fault. Where it is known what exactly it was, that is said in place of the usual
/// summary, with what to look at and who acts; otherwise the advice for the kind.
fn obstacle(
    case: &Case<'_>,
    draft: &mut Draft,
    (summary, advice): (String, Option<&str>),
    remedies: &[&str],
) {
    draft.summary = summary;
    draft.decide(Class::Service, &[Actor::User], Login::AfterFix);
    draft.go(remedies);
    draft.confidence = Confidence::Observed;
    draft.rest_on(Basis::Fault);
    let Some(fault) = case.fault() else { return };
    let exactly = fault
        .cause
        .and_then(|cause| says::exactly(cause, &host(case)));
    if let (Some(cause), Some((summary, advice))) = (fault.cause, exactly) {
        draft.summary = summary;
        draft.acts = acts(cause).to_vec();
        draft.note(advice);
        if let Some(remedies) = way_out(cause) {
            draft.go(remedies);
        }
    } else if let Some(advice) = advice {
        draft.note(advice);
    }
    if let Some(last) = fault.chain.last()
        && fault.cause == Some(FaultCause::UnknownAuthority)
    {
        draft.note(says::chain_ends(&common_name(&last.issuer)));
    }
    if !fault.detail.trim().is_empty() {
        draft.note(says::detail(fault.detail.trim()));
    }
}

/// Who can remove the obstacle, the likeliest first.
const fn acts(cause: FaultCause) -> &'static [Actor] {
    match cause {
        FaultCause::CertificateExpired
        | FaultCause::CertificateNotYetValid
        | FaultCause::CertificateWrongName
        | FaultCause::CertificateRevoked
        | FaultCause::CertificateRefused
        | FaultCause::SelfSigned
        | FaultCause::HandshakeRefused
        | FaultCause::ProtocolVersion => &[Actor::User, Actor::Microsoft],
        FaultCause::ProxyRefused | FaultCause::ProxyAuthentication => &[Actor::User, Actor::Admin],
        _ => &[Actor::User],
    }
}

/// The steps where those of the kind do not fit.
const fn way_out(cause: FaultCause) -> Option<&'static [&'static str]> {
    match cause {
        FaultCause::ResolverUnreachable
        | FaultCause::NetworkUnreachable
        | FaultCause::LookupTimeout => Some(&["check-connection", "repeat"]),
        FaultCause::HostUnreachable => Some(&["check-connection", "fix-request", "repeat"]),
        FaultCause::ConnectTimeout | FaultCause::Reset => Some(&["repeat", "check-connection"]),
        FaultCause::ProxyAuthentication => Some(&["fix-request", "ask-proxy", "repeat"]),
        FaultCause::ProxyRefused => Some(&["ask-proxy", "repeat"]),
        FaultCause::CertificateExpired => {
            Some(&["check-clock", "renew-server-certificate", "repeat"])
        }
        FaultCause::CertificateNotYetValid => Some(&["check-clock", "repeat"]),
        FaultCause::CertificateRevoked => Some(&["renew-server-certificate", "repeat"]),
        FaultCause::HandshakeRefused | FaultCause::ProtocolVersion => {
            Some(&["repeat", "fix-request"])
        }
        FaultCause::ClientCertificateWanted => Some(&["fix-request", "repeat"]),
        FaultCause::ClientCertificateRefused
        | FaultCause::ClientCertificateUnknownAuthority
        | FaultCause::ClientCertificateUnsupported
        | FaultCause::ClientCertificateExpired => {
            Some(&["register-tls-certificate", "fix-request", "repeat"])
        }
        _ => None,
    }
}

/// The `CN` of a distinguished name, or all of it where it has none.
fn common_name(name: &str) -> String {
    let mut parts = name.split(", ");
    let common = parts.find_map(|part| part.strip_prefix("CN="));
    common.unwrap_or(name).to_owned()
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
