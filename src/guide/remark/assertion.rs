//! The times of an assertion that was refused: how far out it was when the server looked.

use super::Remark;
use crate::guide::case::Case;
use crate::guide::rule::credential::is_about_time;
use crate::model::Moment;
use crate::strings::guide::remark as says;

/// The longest that an assertion should live, in seconds (protocol page "certificate credentials": 5 to 10 minutes).
const LONG: i64 = 3_600;

/// What the server said about its time and the assertion's: expired, not yet valid, or meant to live too long.
pub(super) const TIMES: Remark = Remark {
    id: "assertion-times",
    make: |case, draft| {
        if !is_about_time(case) {
            return;
        }
        let Some(times) = Times::of(case) else {
            return;
        };
        if times.now > times.until {
            draft.note(says::assertion_expired(times.now - times.until));
        } else if times.now < times.from {
            draft.note(says::assertion_early(times.from - times.now));
        }
        // A begin of 1970 only says that the assertion names none.
        let named = times.from > LONG;
        if named && times.until - times.from > LONG {
            draft.note(says::assertion_long(times.until - times.from));
        }
    },
};

/// Seconds since 1970.
#[derive(Debug, PartialEq, Eq)]
struct Times {
    now: i64,
    from: i64,
    until: i64,
}

impl Times {
    /// The three times that the refusal names, in its order: the server's, the begin, the end.
    fn of(case: &Case<'_>) -> Option<Self> {
        let words = case.description.split([' ', ',', '\r', '\n', '\'']);
        let mut moments = words
            .map(|word| word.trim_end_matches(['.', ';', ')']))
            .filter(|word| word.len() >= 19 && word.as_bytes().get(10) == Some(&b'T'))
            .filter_map(Moment::parse)
            .map(Moment::seconds);
        Some(Self {
            now: moments.next()?,
            from: moments.next()?,
            until: moments.next()?,
        })
    }
}
