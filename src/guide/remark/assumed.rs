//! What is unknown is said as unknown, what is assumed as assumed.

use super::Remark;
use crate::catalog::{Code, Pairing};
use crate::guide::case::Case;
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
        if pairing_seen(case, entry) == Some(false) {
            draft.note(says::pairing_not_seen(&entry.code, error, case.suberror()));
            draft.confidence = Confidence::Assumed;
        }
    },
};

/// Whether a code was seen with the error and suberror of this reply. `None` where there is no error, or no pairing is
/// listed for the code at all. A paste often lacks the suberror: then any pairing with the error counts.
pub(in crate::guide) fn pairing_seen(case: &Case<'_>, entry: &Code) -> Option<bool> {
    let error = case.error().filter(|_| !entry.pairings.is_empty())?;
    let suberror = case.suberror();
    let fits = |pairing: &&Pairing| {
        let same = suberror.is_none()
            || pairing.suberror.is_empty()
            || suberror == Some(&pairing.suberror);
        pairing.error == error && same
    };
    let mut fitting = entry.pairings.iter().filter(fits);
    Some(fitting.any(|pairing| pairing.seen))
}
