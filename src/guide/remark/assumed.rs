//! What is unknown is said as unknown, what is assumed as assumed.

use super::Remark;
use crate::model::Confidence;
use crate::strings::guide::remark as says;

/// The number is not in the catalogue: what was concluded comes from its neighbourhood and the other facts.
pub(super) const UNKNOWN_CODE: Remark = Remark {
    id: "unknown-code",
    make: |case, draft| {
        if let Some(code) = case.stranger() {
            let fellow = case.entry().map(|entry| entry.code.as_str());
            let lookup = code.starts_with("AADSTS");
            draft.note(says::unknown_code(code, fellow, lookup));
            draft.confidence = Confidence::Assumed;
        }
    },
};

/// Nobody has reported this number together with this error and suberror.
pub(super) const PAIRING: Remark = Remark {
    id: "pairing",
    make: |case, draft| {
        let (Some(error), Some(entry)) = (case.error(), case.entry()) else {
            return;
        };
        // A paste often lacks the suberror: then any pairing with the error counts.
        let mut fitting = entry.pairings.iter().filter(|pairing| {
            let suberror = case.suberror();
            let same = suberror.is_none()
                || pairing.suberror.is_empty()
                || suberror == Some(&pairing.suberror);
            pairing.error == error && same
        });
        let seen = fitting.any(|pairing| pairing.seen);
        if !seen && !entry.pairings.is_empty() {
            assume(draft, &entry.code, error, case.suberror());
        }
    },
};

fn assume(draft: &mut crate::guide::draft::Draft, code: &str, error: &str, suberror: Option<&str>) {
    draft.note(says::pairing_not_seen(code, error, suberror));
    draft.confidence = Confidence::Assumed;
}
