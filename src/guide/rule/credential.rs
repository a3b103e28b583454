//! Somebody's proof of who they are: the user's password, the client's secret or signed assertion.

use super::Rule;
use crate::guide::case::Case;
use crate::guide::draft::Basis;
use crate::model::{Actor, Class, Flow, Handed, Login};
use crate::strings::guide::credential as says;
use crate::strings::mutual_tls;

/// Seconds that clocks may differ before signed times are refused.
const TOLERATED: u64 = 300;

/// The password is right and past its date.
pub(super) const PASSWORD_EXPIRED: Rule = Rule {
    id: "credential/password-expired",
    applies: |case, _| {
        case.is_suberror(&["user_password_expired"]) || case.is_error(&["user_password_expired"])
    },
    judge: |case, draft| {
        draft.title(case, says::PASSWORD_EXPIRED);
        draft.suppose(
            Class::UserCredential,
            &[Actor::User],
            Login::AfterFix,
            &["change-password", "sign-in", "compare"],
        );
        draft.rest_on(if case.suberror().is_some() {
            Basis::SubError
        } else {
            Basis::Error
        });
    },
};

/// The password flow was refused, and the password is the likely cause.
pub(super) const WRONG_PASSWORD: Rule = Rule {
    id: "credential/wrong-password",
    applies: |case, _| {
        let told = case.has_code(&["AADSTS50126", "AADB2C90052", "AADB2C90054"]);
        let likely =
            case.is_error(&["invalid_grant"]) && case.codes.is_empty() && case.suberror().is_none();
        case.is_flow(&[Flow::Password]) && (told || likely)
    },
    judge: |case, draft| {
        if !case.is_known() {
            draft.title(case, says::WRONG_PASSWORD);
            draft.decide(Class::UserCredential, &[Actor::User], Login::AfterFix);
            draft.go(&["enter-password", "sign-in", "compare"]);
            draft.rest_on(Basis::Error);
        }
        draft.note(says::LOCKING);
    },
};

/// A signed proof outside its time: an old assertion, or a clock that is off.
pub(super) const ASSERTION_TIME: Rule = Rule {
    id: "credential/assertion-time",
    applies: |case, _| is_about_time(case),
    judge: |case, draft| {
        draft.title(case, says::ASSERTION_TIME);
        draft.suppose(
            Class::AppCredential,
            &[Actor::Developer],
            Login::No,
            &["fresh-assertion", "fix-clock", "repeat"],
        );
        let off = case
            .clock_ahead()
            .is_some_and(|ahead| ahead.unsigned_abs() > TOLERATED);
        if off {
            draft.remedies.retain(|id| id != "fix-clock");
            draft.remedies.insert(0, "fix-clock".into());
        }
    },
};

/// The certificate that the client showed in the TLS handshake was not accepted, or nobody asked for it.
pub(super) const MUTUAL_TLS: Rule = Rule {
    id: "credential/mutual-tls",
    applies: |case, _| case.is_error(&["invalid_client"]) && case.tls_certificate().is_some(),
    judge: |case, draft| {
        let Some(certificate) = case.tls_certificate() else {
            return;
        };
        draft.title(case, mutual_tls::CLIENT);
        draft.decide(
            Class::AppCredential,
            &[Actor::AppOwner, Actor::Developer],
            Login::No,
        );
        draft.go(&["register-tls-certificate", "fix-request", "compare"]);
        draft.parameter = Some("credential");
        draft.rest_on(Basis::Error);
        match certificate.handed {
            Handed::NotAsked => draft.note(mutual_tls::NOT_ASKED),
            Handed::Unfit => draft.note(mutual_tls::UNFIT),
            Handed::Unknown => draft.note(mutual_tls::UNKNOWN),
            Handed::Shown => {
                let method = case.evidence.spec.and_then(|s| s.credential.in_handshake());
                let (subject, thumbprint) = (&certificate.subject, &certificate.thumbprint);
                draft.note(mutual_tls::shown(method, subject, thumbprint));
            }
        }
    },
};

/// The client's own credential was not accepted.
pub(super) const CLIENT: Rule = Rule {
    id: "credential/client",
    applies: |case, _| case.is_error(&["invalid_client"]) && !case.is_known(),
    judge: |case, draft| {
        draft.title(case, says::CLIENT);
        draft.suppose(
            Class::AppCredential,
            &[Actor::AppOwner, Actor::Developer],
            Login::No,
            &["enter-secret", "renew-secret", "compare"],
        );
        draft.rest_on(Basis::Error);
    },
};

/// Whether the error speaks of a signed time: `nbf`, `exp`, a validity period.
pub(in crate::guide) fn is_about_time(case: &Case<'_>) -> bool {
    let codes = ["AADSTS700024", "AADSTS500133"];
    let assertion = case.has_code(&["AADSTS50013", "AADSTS700027", "AADSTS5002723"])
        || case.is_error(&["invalid_client"]);
    let time = case.says("valid time range")
        || case.says("expired assertion")
        || case.says("not yet valid");
    case.has_code(&codes) || (assertion && time)
}
