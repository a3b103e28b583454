//! Whether two groups tell the same error: nothing speaks against it, and they share something.

use super::{AROUND, Group};
use crate::decode::paste::mark::Form;
use crate::model::FactKind;

impl Group {
    /// Whether it names an error, or claims, and tells nothing more of it.
    fn is_bare(&self) -> bool {
        let more = [
            FactKind::Code,
            FactKind::Description,
            FactKind::TraceId,
            FactKind::CorrelationId,
        ];
        more.iter().all(|kind| self.first(*kind).is_none())
    }

    /// Whether the group right behind it goes on with its error: one of both only names what the other tells.
    pub(super) fn is_told_by(&self, next: &Self) -> bool {
        let end = self.marks.iter().map(|mark| mark.at.end).max();
        let start = next.marks.iter().map(|mark| mark.at.start).min();
        let near = end
            .zip(start)
            .is_some_and(|(end, start)| start.saturating_sub(end) < AROUND / 2);
        let error = self.first(FactKind::Error);
        let named = error.is_some() && error == next.first(FactKind::Error);
        let claimed = error.is_none()
            && self.first(FactKind::Claims).is_some()
            && next.first(FactKind::Claims).is_none();
        let one_bare = self.is_bare() && (named || claimed) || next.is_bare() && named;
        near && one_bare && self.agrees(next)
    }

    /// What counts of several: the server's own words before all others.
    fn best(&self, kind: FactKind) -> Option<&str> {
        let found = self.all(kind).filter(|mark| mark.form != Form::Around);
        let best = found.reduce(|best, mark| {
            if mark.form.rank() > best.form.rank() {
                mark
            } else {
                best
            }
        });
        best.map(|mark| mark.value.as_str())
    }

    fn codes(&self) -> Vec<&str> {
        self.all(FactKind::Code)
            .map(|mark| mark.value.as_str())
            .collect()
    }

    /// Whether error, codes, ids and times of both can belong to one error.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        let one = |a: Option<&str>, b: Option<&str>| a.zip(b).is_none_or(|(a, b)| a == b);
        let best = |kind| one(self.best(kind), other.best(kind));
        let own = |group: &Self| {
            let mut times = group.all(FactKind::Timestamp);
            times
                .find(|mark| mark.form == Form::Own)
                .map(|mark| mark.value.clone())
        };
        let times = one(own(self).as_deref(), own(other).as_deref());
        let (ours, theirs) = (self.codes(), other.codes());
        let within = |a: &[&str], b: &[&str]| a.iter().all(|code| b.contains(code));
        one(self.first(FactKind::Error), other.first(FactKind::Error))
            && best(FactKind::CorrelationId)
            && best(FactKind::TraceId)
            && times
            && (within(&ours, &theirs) || within(&theirs, &ours))
    }

    /// Whether both tell the same error: nothing speaks against it and they share something.
    pub(super) fn same_error(&self, other: &Self) -> bool {
        let correlation = self.best(FactKind::CorrelationId);
        let share_id = correlation.is_some() && correlation == other.best(FactKind::CorrelationId);
        let (ours, theirs) = (self.codes(), other.codes());
        let share_code = ours.iter().any(|code| theirs.contains(code));
        let bare = ours.is_empty() && theirs.is_empty();
        let share_error = bare && self.first(FactKind::Error) == other.first(FactKind::Error);
        (share_id || share_code || share_error) && self.agrees(other)
    }
}
