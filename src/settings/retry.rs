//! The `retry` table of a profile. Seconds may have a fraction.

use std::time::Duration;

use serde::Deserialize;

use crate::model::{Problem, RetryPolicy};
use crate::strings::settings as say;

/// `[profile.NAME.retry]`; what is not there stays as usual.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RetryTable {
    attempts: Option<u32>,
    base: Option<f64>,
    cap: Option<f64>,
    jitter: Option<bool>,
    statuses: Option<Vec<u16>>,
    faults: Option<bool>,
    honour_retry_after: Option<bool>,
    budget: Option<f64>,
}

impl RetryTable {
    /// The policy.
    ///
    /// # Errors
    /// A problem that names the key; `place` is the profile.
    pub fn policy(self, place: &str) -> Result<RetryPolicy, Problem> {
        let time = |key: &str, value: Option<f64>| {
            let at = format!("{place} retry.{key}");
            value.map(|value| seconds(value, &at)).transpose()
        };
        let usual = RetryPolicy::default();
        let statuses = self.statuses.unwrap_or(usual.statuses);
        for status in &statuses {
            check_status(*status, &format!("{place} retry.statuses"))?;
        }
        Ok(RetryPolicy {
            attempts: self.attempts.unwrap_or(RetryPolicy::on_screen().attempts),
            base: time("base", self.base)?.unwrap_or(usual.base),
            cap: time("cap", self.cap)?.unwrap_or(usual.cap),
            jitter: self.jitter.unwrap_or(usual.jitter),
            seed: usual.seed,
            statuses,
            faults: self.faults.unwrap_or(usual.faults),
            honours_retry_after: self.honour_retry_after.unwrap_or(usual.honours_retry_after),
            budget: time("budget", self.budget)?,
        })
    }
}

/// The policy as a table on one line, as [`RetryTable`] reads it.
pub fn table(policy: &RetryPolicy) -> String {
    let statuses: Vec<String> = policy.statuses.iter().map(u16::to_string).collect();
    let mut words = vec![
        format!("attempts = {}", policy.attempts),
        format!("base = {:?}", policy.base.as_secs_f64()),
        format!("cap = {:?}", policy.cap.as_secs_f64()),
        format!("jitter = {}", policy.jitter),
        format!("statuses = [{}]", statuses.join(", ")),
        format!("faults = {}", policy.faults),
        format!("honour-retry-after = {}", policy.honours_retry_after),
    ];
    let budget = policy
        .budget
        .map(|budget| format!("budget = {:?}", budget.as_secs_f64()));
    words.extend(budget);
    format!("{{ {} }}", words.join(", "))
}

/// A time in seconds, up to a day.
///
/// # Errors
/// A problem at `at` where it is no such time.
pub fn seconds(value: f64, at: &str) -> Result<Duration, Problem> {
    let day = Duration::from_hours(24);
    let time = Duration::try_from_secs_f64(value).ok();
    time.filter(|time| *time <= day)
        .ok_or_else(|| Problem::new(format!("`{value}`"), at, say::EXPECTED_SECONDS))
}

/// Whether a status can be worth another try: a refusal, 400 to 599.
///
/// # Errors
/// A problem at `at` where it is none.
pub fn check_status(status: u16, at: &str) -> Result<(), Problem> {
    if (400..600).contains(&status) {
        Ok(())
    } else {
        let what = format!("`{status}`");
        Err(Problem::new(what, at, say::EXPECTED_STATUS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<RetryPolicy, Problem> {
        let table: RetryTable = toml::from_str(text).unwrap();
        table.policy("p.toml profile.a")
    }

    #[test]
    fn what_a_profile_says_goes_before_what_is_usual() {
        let text = "attempts = 5\nbase = 0.5\ncap = 8\njitter = false\nstatuses = [429]\nfaults = false\nhonour-retry-after = false\nbudget = 60\n";
        let expected = RetryPolicy {
            attempts: 5,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(8),
            jitter: false,
            seed: 0,
            statuses: vec![429],
            faults: false,
            honours_retry_after: false,
            budget: Some(Duration::from_mins(1)),
        };
        assert_eq!(read(text).unwrap(), expected);
        assert_eq!(read("").unwrap(), RetryPolicy::on_screen());
    }

    #[test]
    fn a_time_that_is_none_and_a_status_that_is_no_refusal_are_named_by_their_key() {
        for text in ["base = -1", "base = nan", "base = 1e9"] {
            assert_eq!(read(text).unwrap_err().at, "p.toml profile.a retry.base");
        }
        let problem = read("statuses = [429, 200]").unwrap_err();
        assert_eq!(problem.at, "p.toml profile.a retry.statuses");
        assert!(toml::from_str::<RetryTable>("attemps = 3").is_err());
    }
}
