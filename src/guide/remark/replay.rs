//! An answer that a library told again from its memory.

use super::Remark;
use crate::model::FactKind;
use crate::strings::guide::remark as says;

/// The trace id was there before: nothing was sent this time, so a cure was not tried.
pub(super) const REPLAY: Remark = Remark {
    id: "replay",
    make: |case, draft| {
        if let Some(earlier) = case.evidence.reading.value(FactKind::Repeated) {
            draft.note(says::repeated(earlier));
        }
    },
};
