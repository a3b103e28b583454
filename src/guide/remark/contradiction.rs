//! Facts that speak against each other are shown, never smoothed over.

use super::Remark;
use crate::guide::draft::{self, Basis, helps};
use crate::model::{Class, FactKind, Login, Place, Spot};
use crate::strings::guide::remark as says;

/// `error_codes` and the description name different numbers.
pub(super) const CODES: Remark = Remark {
    id: "codes-and-description",
    make: |case, draft| {
        let in_list: Vec<&str> = codes_at(case, "/error_codes");
        let in_text: Vec<&str> = codes_at(case, "/error_description");
        let only_text: Vec<&str> = in_text
            .into_iter()
            .filter(|code| !in_list.contains(code))
            .collect();
        if !in_list.is_empty() && !only_text.is_empty() {
            draft.contradictions.push(says::codes_differ(
                &in_list.join(", "),
                &only_text.join(", "),
            ));
        }
    },
};

/// The `error` blames one thing, the number another.
pub(super) const ERROR_AND_CODE: Remark = Remark {
    id: "error-and-code",
    make: |case, draft| {
        let (Some(error), Some(entry)) = (case.error(), case.entry()) else {
            return;
        };
        let seen = entry.pairing_seen(error, case.suberror()).is_some();
        let blames = |class: Class| match error {
            "invalid_client" => !matches!(
                class,
                Class::Interaction
                    | Class::UserCredential
                    | Class::Account
                    | Class::Grant
                    | Class::Consent
                    | Class::Device
            ),
            "invalid_grant" => class != Class::AppCredential,
            "authorization_pending" | "slow_down" => {
                matches!(class, Class::Expected | Class::Throttle)
            }
            "invalid_scope" => !matches!(
                class,
                Class::Interaction | Class::UserCredential | Class::AppCredential
            ),
            "consent_required" => {
                matches!(class, Class::Consent | Class::Interaction | Class::Unknown)
            }
            "temporarily_unavailable" => {
                matches!(class, Class::Service | Class::Throttle | Class::Unknown)
            }
            _ => true,
        };
        if !seen && entry.class != Class::Unknown && !blames(entry.class) {
            let about = crate::strings::words::class(entry.class);
            draft
                .contradictions
                .push(says::error_and_code(error, &entry.code, about));
        }
    },
};

/// The suberror invites to sign in where the number says it is useless, or the other way round.
pub(super) const SUBERROR_AND_CODE: Remark = Remark {
    id: "suberror-and-code",
    make: |case, draft| {
        let (Some(suberror), Some(code)) = (draft::of_suberror(case), draft::of_code(case)) else {
            return;
        };
        let (a, b) = (suberror.verdict.login, code.verdict.login);
        let against = (helps(a) && b == Login::No) || (a == Login::No && helps(b));
        if against {
            let words = crate::strings::words::login;
            draft.contradictions.push(says::suberror_and_code(
                case.suberror().unwrap_or_default(),
                words(a),
                case.entry().map_or("", |entry| &entry.code),
                words(b),
            ));
        }
    },
};

/// The error invites to sign in where the neighbours of an unknown number say it is useless.
pub(super) const ERROR_AND_FAMILY: Remark = Remark {
    id: "error-and-family",
    make: |case, draft| {
        let (Some(error), Some(code)) = (case.error(), case.primary()) else {
            return;
        };
        let Some(family) = draft::of_family(case) else {
            return;
        };
        let login = family.verdict.login;
        if helps(draft.login)
            && draft.rests_on(Basis::Error)
            && matches!(login, Login::No | Login::AfterFix)
        {
            let words = crate::strings::words::login;
            let range = case
                .evidence
                .catalog
                .range(code)
                .map_or("", |range| range.title.as_str());
            draft.contradictions.push(says::error_and_family(
                error,
                words(draft.login),
                range,
                words(login),
            ));
        }
    },
};

/// Claims came, and yet no sign-in with them would end otherwise.
pub(super) const CLAIMS_AND_BLOCK: Remark = Remark {
    id: "claims-and-block",
    make: |case, draft| {
        let blocked = matches!(draft.login, Login::No) && !draft.rests_on(Basis::Claims);
        if case.claims.is_some() && blocked && case.place() != Place::Resource {
            draft.contradictions.push(says::CLAIMS_AND_BLOCK.to_owned());
        }
    },
};

/// The status says success, the body says error.
pub(super) const SUCCESS_AND_ERROR: Remark = Remark {
    id: "success-and-error",
    make: |case, draft| {
        let success = case
            .reply()
            .map(|reply| reply.status)
            .filter(|status| (200..300).contains(status));
        if let (Some(status), Some(error)) = (success, case.error()) {
            draft
                .contradictions
                .push(says::success_and_error(status, error));
        }
    },
};

fn codes_at<'a>(case: &crate::guide::case::Case<'a>, at: &str) -> Vec<&'a str> {
    let reading = case.evidence.reading;
    let mut found: Vec<&str> = Vec::new();
    for fact in reading.all(FactKind::Code) {
        let here = match &fact.from {
            Spot::Pointer(pointer) => pointer.starts_with(at),
            Spot::Parameter(name) => at.trim_start_matches('/') == name,
            Spot::Header(_) | Spot::Bytes(..) | Spot::Status | Spot::Fault => false,
        };
        if here && !found.contains(&fact.value.as_str()) {
            found.push(&fact.value);
        }
    }
    found
}
