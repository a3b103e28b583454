//! A point in time: milliseconds since the Unix epoch, UTC. Nobody here asks for the current time.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A point in time, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Moment(i64);

impl Moment {
    /// From milliseconds since the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// From seconds since the epoch.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// This much later.
    #[must_use]
    pub fn plus(self, by: Duration) -> Self {
        Self(
            self.0
                .saturating_add(i64::try_from(by.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// This much earlier.
    #[must_use]
    pub fn minus(self, by: Duration) -> Self {
        Self(
            self.0
                .saturating_sub(i64::try_from(by.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// Time passed since `earlier`; zero if that lies ahead.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    fn stamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Without its milliseconds.
    fn second(self) -> Timestamp {
        Timestamp::from_second(self.seconds()).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// `2026-11-22T14:02:11Z`, whole seconds.
    pub fn iso(self) -> String {
        self.second().to_string()
    }

    /// `2026-11-22T14:02:11.123Z`.
    pub fn iso_millis(self) -> String {
        format!(
            "{}.{:03}Z",
            self.stamp().strftime("%Y-%m-%dT%H:%M:%S"),
            self.0.rem_euclid(1000)
        )
    }

    /// `2026-11-22 14:02:11Z`, as Entra writes `timestamp`.
    pub fn entra(self) -> String {
        let mut text = self.second().to_string();
        if let Some(at) = text.find('T') {
            text.replace_range(at..=at, " ");
        }
        text
    }

    /// `14:02:11`, UTC.
    pub fn clock(self) -> String {
        self.stamp().strftime("%H:%M:%S").to_string()
    }

    /// `Sun, 22 Nov 2026 14:02:11 GMT` (RFC 9110 section 5.6.7).
    pub fn http_date(self) -> String {
        let whole = u64::try_from(self.second().as_second()).unwrap_or(0);
        httpdate::fmt_http_date(std::time::UNIX_EPOCH + Duration::from_secs(whole))
    }

    /// Reads an RFC 3339 time or Entra's `YYYY-MM-DD HH:MM:SSZ`.
    pub fn parse(text: &str) -> Option<Self> {
        text.trim()
            .parse::<Timestamp>()
            .ok()
            .map(|stamp| Self(stamp.as_millisecond()))
    }

    /// Reads an HTTP-date in any of its three forms (RFC 9110 section 5.6.7).
    pub fn parse_http_date(text: &str) -> Option<Self> {
        let time = httpdate::parse_http_date(text.trim()).ok()?;
        let since = time.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some(Self(i64::try_from(since.as_millis()).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_back_what_it_writes() {
        let moment = Moment::from_seconds(1_795_356_131);
        assert_eq!(Moment::parse(&moment.iso()), Some(moment));
        assert_eq!(Moment::parse(&moment.entra()), Some(moment));
        assert_eq!(Moment::parse_http_date(&moment.http_date()), Some(moment));
    }
}
