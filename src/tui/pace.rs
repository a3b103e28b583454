//! When a frame is due: something changed, and the last one is not too fresh.

use std::time::Duration;

use tokio::time::Instant;

use crate::model::Moment;

/// The time between two frames at the least: sixty a second.
const FRAME: Duration = Duration::from_micros(1_000_000 / 60);

/// Countdowns move every second, or where motion is reduced every tenth.
const TICK_MS: [i64; 2] = [1_000, 10_000];

/// How long until a countdown moves.
pub fn to_next_tick(now: Moment, still: bool) -> Duration {
    let tick = TICK_MS[usize::from(still)];
    let left = tick - now.millis().rem_euclid(tick);
    Duration::from_millis(left.unsigned_abs())
}

/// Keeps frames apart.
#[derive(Debug)]
pub struct Pace {
    stale: bool,
    next: Instant,
}

impl Pace {
    /// Nothing was drawn yet.
    pub const fn new(now: Instant) -> Self {
        Self {
            stale: true,
            next: now,
        }
    }

    /// Something changed.
    pub const fn changed(&mut self) {
        self.stale = true;
    }

    /// A frame is drawn.
    pub fn drawn(&mut self, now: Instant) {
        self.stale = false;
        self.next = now + FRAME;
    }

    /// When the next frame is due; `None` while nothing changes.
    pub const fn due(&self) -> Option<Instant> {
        if self.stale { Some(self.next) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn while_everything_changes_all_the_time_sixty_frames_a_second_are_drawn() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        let mut frames = 0;
        for micros in 0..1_000_000 {
            let now = start + Duration::from_micros(micros);
            pace.changed();
            if pace.due().is_some_and(|due| due <= now) {
                frames += 1;
                pace.drawn(now);
            }
        }
        assert!((59..=61).contains(&frames), "{frames}");
    }

    #[test]
    fn countdowns_move_each_second_or_with_reduced_motion_each_tenth() {
        let moves = |still| {
            let (mut at, mut moves) = (234, 0);
            while at < 60_000 {
                let left = to_next_tick(Moment::from_millis(at), still);
                at += i64::try_from(left.as_millis()).unwrap();
                moves += 1;
            }
            moves
        };
        assert_eq!(moves(false), 60);
        assert_eq!(moves(true), 6);
    }

    #[test]
    fn what_changes_after_a_while_is_drawn_at_once_and_nothing_without_a_change() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        pace.drawn(start);
        assert_eq!(pace.due(), None);
        pace.changed();
        let later = start + Duration::from_secs(1);
        assert!(pace.due().is_some_and(|due| due < later));
    }
}
