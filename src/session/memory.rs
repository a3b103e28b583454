//! The trace ids of the last minutes: the service gives every request its own, so one that comes again is an old
//! answer told again.

use std::collections::VecDeque;
use std::time::Duration;

use crate::model::{Fact, FactKind, Moment, Reading};

/// How long a trace id is remembered. No library keeps an answer longer.
const KEPT: Duration = Duration::from_mins(10);

/// What comes again sooner is the same event told twice.
const APART: Duration = Duration::from_secs(1);

/// At most this many are remembered.
const MOST: usize = 512;

/// The trace ids that replies and pastes held, oldest first, with when each was first there.
#[derive(Default)]
pub(super) struct Memory(VecDeque<(String, Moment)>);

impl Memory {
    /// Remembers a reading's trace id; one that was there before becomes a fact of the reading.
    pub fn note(&mut self, reading: &mut Reading, now: Moment) {
        self.0.retain(|(_, at)| now.since(*at) <= KEPT);
        let Some(trace) = reading.first(FactKind::TraceId).cloned() else {
            return;
        };
        let before = self.0.iter().find(|(id, _)| *id == trace.value);
        let Some((_, first)) = before else {
            if self.0.len() >= MOST {
                self.0.pop_front();
            }
            self.0.push_back((trace.value, now));
            return;
        };
        let told = reading.first(FactKind::Repeated).is_some();
        if !told && now.since(*first) >= APART {
            reading.facts.push(Fact {
                kind: FactKind::Repeated,
                value: first.iso(),
                from: trace.from,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Shape, Spot};

    fn reading(trace: &str) -> Reading {
        let mut reading = Reading::empty(Shape::Json);
        reading.facts.push(Fact {
            kind: FactKind::TraceId,
            value: trace.into(),
            from: Spot::Pointer("/trace_id".into()),
        });
        reading
    }

    /// Whether a trace id that was there at 0 counts as told again so many seconds later.
    fn repeated_after(seconds: i64) -> Option<String> {
        let mut memory = Memory::default();
        memory.note(&mut reading("one"), Moment::from_seconds(0));
        memory.note(&mut reading("two"), Moment::from_seconds(0));
        let mut again = reading("one");
        memory.note(&mut again, Moment::from_seconds(seconds));
        again.value(FactKind::Repeated).map(str::to_owned)
    }

    #[test]
    fn a_trace_id_that_comes_again_within_minutes_is_an_old_answer() {
        assert_eq!(repeated_after(30).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!(repeated_after(0), None);
        assert_eq!(repeated_after(3600), None);
    }

    #[test]
    fn readings_without_a_trace_id_are_left_alone() {
        let mut memory = Memory::default();
        for _ in 0..2 {
            let mut empty = Reading::empty(Shape::Text);
            memory.note(&mut empty, Moment::from_seconds(5));
            assert!(empty.facts.is_empty());
        }
    }
}
