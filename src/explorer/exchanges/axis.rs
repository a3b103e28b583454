//! The time axis of a run: where a moment stands among the columns. A wait that is much longer than everything that
//! was sent is broken: it takes a few columns with a mark instead of squeezing the rest.

use std::time::Duration;

use crate::model::{Exchange, Moment, Phases};
use crate::strings::explorer as s;

use super::MARKS;
use super::wait::{Wait, end};

/// Fills a wait.
const WAITING: char = '┄';

/// Stands where the axis is broken.
const BREAK: &str = "//";

/// Columns between two labels at the least.
const APART: u32 = 12;

/// A span on the axis, from its beginning.
type Span = (Duration, Duration);

/// Columns of time.
pub struct Axis {
    from: Moment,
    end: Duration,
    /// The waits that are broken, in order.
    broken: Vec<Span>,
    /// What a broken wait is drawn as long as.
    brief: Duration,
    width: usize,
}

impl Axis {
    /// Over these exchanges and the waits among them, in `width` columns.
    pub fn over(from: Moment, all: &[&Exchange], waits: &[Wait], width: usize) -> Self {
        let ends = all.iter().map(|exchange| end(exchange));
        let last = ends.chain(waits.iter().map(|wait| wait.until)).max();
        let end = last.map_or(Duration::ZERO, |last| last.since(from));
        let busy: Duration = all.iter().map(|exchange| exchange.phases.total()).sum();
        let long = |wait: &&Wait| wait.until.since(wait.from) > busy * 2;
        let broken: Vec<Span> = waits
            .iter()
            .filter(long)
            .map(|wait| (wait.from.since(from), wait.until.since(from)))
            .collect();
        let gone: Duration = broken
            .iter()
            .map(|(from, until)| until.saturating_sub(*from))
            .sum();
        let parts = u32::try_from(broken.len() * 2).unwrap_or(u32::MAX).max(10);
        Self {
            from,
            end,
            brief: end.saturating_sub(gone).max(Duration::from_millis(1)) / parts,
            broken,
            width,
        }
    }

    /// How long it is drawn from its beginning to `at`.
    fn drawn(&self, at: Duration) -> Duration {
        let mut drawn = at;
        for (from, until) in &self.broken {
            if at <= *from {
                break;
            }
            drawn = drawn.saturating_sub(at.min(*until).saturating_sub(*from));
            drawn += if at >= *until {
                self.brief
            } else {
                self.brief / 2
            };
        }
        drawn
    }

    fn column(&self, at: Duration) -> usize {
        let whole = self.drawn(self.end).as_nanos().max(1);
        let column = self.drawn(at).as_nanos() * self.width as u128 / whole;
        usize::try_from(column)
            .unwrap_or(self.width)
            .min(self.width)
    }

    /// One exchange, phase by phase.
    pub fn exchange(&self, exchange: &Exchange) -> String {
        let mut at = exchange.started.since(self.from);
        // What came last is seen even where it took no time to speak of.
        let first = self.column(at).min(self.width.saturating_sub(1));
        let mut bar = " ".repeat(first);
        for (mark, time) in phases(&exchange.phases) {
            let cells = self.column(at + time).saturating_sub(self.column(at));
            at += time;
            bar.extend(std::iter::repeat_n(mark, cells.max(1)));
        }
        bar.chars().take(self.width).collect()
    }

    /// One wait.
    pub fn wait(&self, wait: &Wait) -> String {
        let span = (wait.from.since(self.from), wait.until.since(self.from));
        let broken = self.broken.contains(&span);
        let least = if broken { BREAK.len() } else { 1 };
        let from = self.column(span.0).min(self.width.saturating_sub(least));
        let cells = self.column(span.1).saturating_sub(from).max(least);
        let mut bar = " ".repeat(from);
        if broken {
            let side = (cells - BREAK.len()) / 2;
            bar.extend(std::iter::repeat_n(WAITING, side));
            bar.push_str(BREAK);
            bar.extend(std::iter::repeat_n(WAITING, cells - BREAK.len() - side));
        } else {
            bar.extend(std::iter::repeat_n(WAITING, cells));
        }
        bar
    }

    /// The labels of the axis: its ends, round times between them, and where it goes on after a break.
    pub fn labels(&self) -> String {
        let mut row: Vec<char> = vec![' '; self.width];
        let end = s::on_axis(self.end);
        let last = self.width.saturating_sub(end.chars().count());
        put(&mut row, 0, "0");
        put(&mut row, last, &end);
        for (from, until) in &self.broken {
            let middle = usize::midpoint(self.column(*from), self.column(*until));
            put(&mut row, middle.saturating_sub(1), BREAK);
            self.label(&mut row, *until);
        }
        let first = self.broken.first().map_or(self.end, |(from, _)| *from);
        let columns = u32::try_from(self.width).unwrap_or(1).max(1);
        let step = rounded(self.drawn(self.end) * APART / columns);
        let mut at = step;
        while at < first {
            self.label(&mut row, at);
            at += step;
        }
        row.into_iter().collect()
    }

    fn label(&self, row: &mut [char], at: Duration) {
        put(row, self.column(at), &format!("│{}", s::on_axis(at)));
    }
}

/// Writes where there is room, with a column to spare on either side.
fn put(row: &mut [char], at: usize, text: &str) {
    let end = at + text.chars().count();
    let around = at.saturating_sub(1)..(end + 1).min(row.len());
    if end > row.len() || row[around].iter().any(|cell| *cell != ' ') {
        return;
    }
    for (cell, mark) in row[at..end].iter_mut().zip(text.chars()) {
        *cell = mark;
    }
}

/// The next of 1, 2, 5, 10, 20, 50 … milliseconds.
fn rounded(time: Duration) -> Duration {
    (0..9)
        .flat_map(|power| [1, 2, 5].map(|lead| lead * 10_u64.pow(power)))
        .map(Duration::from_millis)
        .find(|step| *step >= time)
        .unwrap_or(time)
}

fn phases(phases: &Phases) -> impl Iterator<Item = (char, Duration)> {
    let times = [phases.dns, phases.tcp, phases.tls, phases.wait, phases.body];
    MARKS
        .into_iter()
        .zip(times)
        .filter_map(|(mark, time)| time.map(|time| (mark, time)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::exchanges::wait::Why;
    use crate::model::Request;

    fn exchange(at_ms: i64, took_ms: u64) -> Exchange {
        Exchange {
            started: Moment::from_millis(at_ms),
            request: Request::get("https://login.example/token", crate::model::Purpose::Token),
            reply: None,
            fault: None,
            phases: Phases {
                wait: Some(Duration::from_millis(took_ms)),
                ..Phases::default()
            },
        }
    }

    fn pause(from: i64, until: i64) -> Wait {
        Wait {
            from: Moment::from_millis(from),
            until: Moment::from_millis(until),
            why: Why::Poll,
        }
    }

    #[test]
    fn a_short_wait_is_drawn_to_scale() {
        let (one, two) = (exchange(0, 400), exchange(700, 300));
        let wait = pause(400, 700);
        let axis = Axis::over(Moment::from_millis(0), &[&one, &two], &[wait], 20);
        assert_eq!(axis.exchange(&one), "████████");
        assert_eq!(axis.wait(&wait), "        ┄┄┄┄┄┄");
        assert_eq!(axis.exchange(&two), "              ██████");
        assert_eq!(axis.labels(), "0              1.0 s");
    }

    #[test]
    fn a_very_long_wait_is_broken_and_leaves_room_for_the_rest() {
        let (one, two) = (exchange(0, 50), exchange(60_050, 50));
        let wait = pause(50, 60_050);
        let axis = Axis::over(Moment::from_millis(0), &[&one, &two], &[wait], 44);
        let (before, after) = (axis.exchange(&one), axis.exchange(&two));
        assert!(before.chars().count() > 15, "{before}");
        assert!(after.trim_start().chars().count() > 15, "{after}");
        assert_eq!(axis.wait(&wait).trim(), "┄//┄");
        assert!(axis.labels().contains("//"), "{}", axis.labels());
    }

    #[test]
    fn steps_of_the_axis_are_round() {
        let of = |ms| rounded(Duration::from_millis(ms)).as_millis();
        assert_eq!([1, 3, 6, 11, 130].map(of), [1, 5, 10, 20, 200]);
    }
}
