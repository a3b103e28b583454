//! Times, in the ways in which replies, pages and libraries write them. A time that could be read in two ways is none.

use super::code::digits_at;
use super::unescape;
use crate::model::Moment;

/// No time is written longer than this.
const LONGEST: usize = 48;

/// A whole text as a time (RFC 3339). `None` where it is none.
pub(crate) fn time(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    if let Some((found, end)) = plain_at(text.as_bytes(), 0) {
        return (end == text.len()).then_some(found);
    }
    if let Some(moment) = Moment::parse_http_date(text) {
        return Some(moment.iso());
    }
    let (found, end) = any_at(text, 0)?;
    (end == text.len()).then_some(found)
}

/// The time that begins at `at`, as RFC 3339, and where it ends: `2026-11-22 14:02:11Z`, with `T`, a fraction, an
/// offset, or percent-encoded.
pub(crate) fn time_at(text: &str, at: usize) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    if !shaped(bytes.get(at..at + 10)?, b"0000-00-00") {
        return None;
    }
    if let Some(found) = plain_at(bytes, at) {
        return Some(found);
    }
    let (date, rest) = (text.get(at..at + 10)?, clock(text, at + 10)?);
    stamp(date, &rest).map(|found| (found, rest.end))
}

/// Whether a time stands at `at` as Entra writes it (`2026-11-22 14:02:11Z`, also with `T`), on a day that every month
/// has. Nearly all are of this shape, so that it is worth a shorter way.
pub(crate) fn is_plain_at(bytes: &[u8], at: usize) -> bool {
    let Some(part) = bytes.get(at..at + PLAIN) else {
        return false;
    };
    let pair = |at: usize| 10 * (part[at] - b'0') + (part[at + 1] - b'0');
    (shaped(part, b"0000-00-00 00:00:00Z") || shaped(part, b"0000-00-00T00:00:00Z"))
        && (1..=12).contains(&pair(5))
        && (1..=28).contains(&pair(8))
        && pair(11) < 24
        && pair(14) < 60
        && pair(17) < 60
}

/// The length of such a time.
const PLAIN: usize = 20;

fn plain_at(bytes: &[u8], at: usize) -> Option<(String, usize)> {
    if !is_plain_at(bytes, at) {
        return None;
    }
    let mut time = bytes[at..at + PLAIN].to_vec();
    time[10] = b'T';
    String::from_utf8(time).ok().map(|time| (time, at + PLAIN))
}

/// A time behind a name that says so: also with the day or the month first, and as HTTP writes it.
pub(crate) fn any_at(text: &str, at: usize) -> Option<(String, usize)> {
    time_at(text, at)
        .or_else(|| day_first_at(text, at))
        .or_else(|| http_date_at(text, at))
}

/// `22-11-2026 14:02:11Z`, `22.11.2026 14:02:11`, `11/22/2026 2:02:11 PM`.
pub(crate) fn day_first_at(text: &str, at: usize) -> Option<(String, usize)> {
    dated_at(text, at, false)
}

/// `11/04/2026 21:32:46`, as MSAL.NET begins the entries of its log.
pub(crate) fn month_first_at(text: &str, at: usize) -> Option<(String, usize)> {
    dated_at(text, at, true)
}

fn dated_at(text: &str, at: usize, month_first: bool) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    let first = digits_at(bytes, at);
    let mark = *bytes.get(at + first)?;
    let second_at = at + first + 1;
    let second = digits_at(bytes, second_at);
    let year_at = second_at + second + 1;
    let parted = matches!(mark, b'-' | b'.' | b'/') && bytes.get(year_at - 1) == Some(&mark);
    let sized = (1..=2).contains(&first) && (1..=2).contains(&second);
    if !parted || !sized || digits_at(bytes, year_at) != 4 {
        return None;
    }
    let number = |from: usize, length: usize| text.get(from..from + length)?.parse::<u8>().ok();
    let (a, b) = (number(at, first)?, number(second_at, second)?);
    let rest = clock(text, year_at + 4)?;
    let (day, month) = match mark {
        b'/' if b > 12 || month_first || rest.halves => (b, a),
        // Which of them is the day, only the writer knows.
        b'/' if a <= 12 && a != b => return None,
        _ => (a, b),
    };
    let date = format!("{}-{month:02}-{day:02}", text.get(year_at..year_at + 4)?);
    stamp(&date, &rest).map(|found| (found, rest.end))
}

/// `Sun, 22 Nov 2026 14:02:11 GMT`.
fn http_date_at(text: &str, at: usize) -> Option<(String, usize)> {
    const LENGTH: usize = 29;
    let end = at + LENGTH;
    let moment = Moment::parse_http_date(text.get(at..end)?)?;
    Some((moment.iso(), end))
}

/// A time of day behind a date.
struct Clock {
    /// `14:02:11`.
    time: String,
    /// A fraction and an offset, as RFC 3339 writes them.
    rest: String,
    /// Whether the day had two halves: `2:02:11 PM`.
    halves: bool,
    end: usize,
}

fn shaped(text: &[u8], shape: &[u8]) -> bool {
    text.len() == shape.len()
        && text.iter().zip(shape).all(|(b, s)| match s {
            b'0' => b.is_ascii_digit(),
            _ => b == s,
        })
}

/// The time of day that stands behind a date which ends at `at`: with seconds, for without them it would be a guess.
fn clock(text: &str, at: usize) -> Option<Clock> {
    let bytes = text.as_bytes();
    let gap = match bytes.get(at)? {
        b'T' | b't' | b'+' => 1,
        b' ' => bytes[at..]
            .iter()
            .take(2)
            .take_while(|b| **b == b' ')
            .count(),
        b',' if bytes.get(at + 1) == Some(&b' ') => 2,
        b'%' if bytes.get(at..at + 3) == Some(b"%20") => 3,
        _ => return None,
    };
    let from = at + gap;
    let hours = digits_at(bytes, from);
    if !(1..=2).contains(&hours) {
        return None;
    }
    let (minutes_at, mark) = mark_at(bytes, from + hours)?;
    let (seconds_at, same) = mark_at(bytes, minutes_at + 2)?;
    let two = |at: usize| digits_at(bytes, at) == 2;
    if mark != same || !two(minutes_at) || !two(seconds_at) {
        return None;
    }
    let mut end = seconds_at + 2;
    let mut hour: u8 = text.get(from..from + hours)?.parse().ok()?;
    let mut rest = String::new();
    let fraction = digits_at(bytes, end + 1);
    if matches!(bytes.get(end), Some(b'.' | b',')) && (1..=9).contains(&fraction) {
        rest = format!(".{}", text.get(end + 1..end + 1 + fraction)?);
        end += 1 + fraction;
    }
    let half = half_at(bytes, end);
    if let Some((afternoon, behind)) = half {
        hour = hour % 12 + if afternoon { 12 } else { 0 };
        end = behind;
    }
    let (offset, end) = offset(text, end);
    rest.push_str(&offset);
    let pair = |at: usize| text.get(at..at + 2);
    Some(Clock {
        time: format!("{hour:02}:{}:{}", pair(minutes_at)?, pair(seconds_at)?),
        rest,
        halves: half.is_some(),
        end,
    })
}

/// Behind the mark between hours, minutes and seconds, and which it is.
fn mark_at(bytes: &[u8], at: usize) -> Option<(usize, u8)> {
    match bytes.get(at)? {
        mark @ (b':' | b'-') => Some((at + 1, *mark)),
        b'%' if bytes.get(at + 1..at + 3)?.eq_ignore_ascii_case(b"3a") => Some((at + 3, b':')),
        _ => None,
    }
}

/// ` PM`: whether it is the afternoon, and where it ends.
fn half_at(bytes: &[u8], at: usize) -> Option<(bool, usize)> {
    let from = at + usize::from(bytes.get(at) == Some(&b' '));
    let word = bytes.get(from..from + 2)?;
    let alone = !bytes.get(from + 2).is_some_and(u8::is_ascii_alphanumeric);
    let afternoon = word.eq_ignore_ascii_case(b"pm");
    (alone && (afternoon || word.eq_ignore_ascii_case(b"am"))).then_some((afternoon, from + 2))
}

/// `Z` or `+01:00`; nothing is taken for `Z`.
fn offset(text: &str, at: usize) -> (String, usize) {
    let near = text.get(at..).unwrap_or_default();
    let near = &near[..near.floor_char_boundary(12)];
    let decoded = if near.contains('%') {
        unescape::percent(near, false)
    } else {
        near.to_owned()
    };
    if shaped(
        &decoded.as_bytes()[1.min(decoded.len())..6.min(decoded.len())],
        b"00:00",
    ) && decoded.starts_with(['+', '-'])
    {
        let signs = near.matches('%').count().min(2);
        return (decoded[..6].to_owned(), at + 6 + 2 * signs);
    }
    let zulu = near.starts_with(['Z', 'z']);
    ("Z".to_owned(), at + usize::from(zulu))
}

fn stamp(date: &str, rest: &Clock) -> Option<String> {
    Moment::parse(&format!("{date}T{}{}", rest.time, rest.rest)).map(Moment::iso)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EXPECTED: Option<&str> = Some("2026-11-22T14:02:11Z");

    #[test]
    fn times_are_read_as_replies_write_them() {
        for text in [
            "2026-11-22 14:02:11Z",
            "2026-11-22T14:02:11Z.",
            "2026-11-22T14:02:11.1234567Z",
            "2026-11-22 14:02:11",
            "2026-11-22+14%3a02%3a11Z&x",
            "2026-11-22T15:02:11+01:00",
            "2026-11-22T15%3A02%3A11%2B01%3A00",
            "2026-11-22 14:02:11Zand more",
            "2026-11-22 14-02-11Z",
        ] {
            let found = time_at(text, 0).map(|(time, _)| time);
            assert_eq!(found.as_deref(), EXPECTED, "{text}");
        }
        for text in [
            "yyyy-mm-dd 10:15:00Z",
            "2026-11-22",
            "2026-11-22 14:02",
            "2026-11-22 14:02\n:11Z",
        ] {
            assert_eq!(time_at(text, 0), None, "{text}");
        }
    }

    #[test]
    fn the_day_may_come_first_where_nothing_else_can_be_meant() {
        for text in [
            "22-11-2026 14:02:11Z",
            "22.11.2026 14:02:11",
            "11/22/2026 2:02:11 PM",
            "22/11/2026 14:02:11",
            "Sun, 22 Nov 2026 14:02:11 GMT",
        ] {
            let found = any_at(text, 0).map(|(time, _)| time);
            assert_eq!(found.as_deref(), EXPECTED, "{text}");
        }
        assert_eq!(any_at("05/06/2026 14:02:11", 0), None);
        assert_eq!(
            month_first_at("11/04/2026 21:32:46 - x", 0).map(|(time, _)| time),
            Some("2026-11-04T21:32:46Z".into())
        );
    }

    proptest! {
        #[test]
        fn the_shorter_way_says_what_the_longer_one_does(text in "[012][09][0-3][0-9]-[01][0-9]-[0-3][0-9][ T][0-2][0-9]:[0-6][0-9]:[0-6][0-9]Z") {
            let longer = clock(&text, 10).and_then(|rest| stamp(&text[..10], &rest));
            if let Some((found, end)) = plain_at(text.as_bytes(), 0) {
                prop_assert_eq!((Some(found), end), (longer, text.len()));
            }
        }

        #[test]
        fn nothing_panics(text in "\\PC*", shaped in "[0-9/.:% TZaApPmM,+-]{0,50}") {
            for text in [text, shaped] {
                let _ = time(&text);
                for (at, _) in text.char_indices() {
                    let _ = (any_at(&text, at), month_first_at(&text, at));
                }
            }
        }
    }
}
