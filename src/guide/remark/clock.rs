//! This machine's clock against the server's.

use super::Remark;
use crate::guide::rule::credential::is_about_time;
use crate::strings::guide::remark as says;

/// Seconds that are nobody's concern unless the error is about time.
const TOLERATED: u64 = 300;

/// The reply's `date` against now: always where the error is about time, elsewhere when it is far off.
pub(super) const SKEW: Remark = Remark {
    id: "clock",
    make: |case, draft| {
        let Some(ahead) = case.clock_ahead() else {
            return;
        };
        let about_time = is_about_time(case) || case.asks_for("nbf");
        let off = ahead.unsigned_abs() > TOLERATED;
        if off {
            draft.note(says::clock_off(ahead));
        } else if about_time {
            draft.note(says::clock_fine(ahead));
        }
    },
};
