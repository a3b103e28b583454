//! When requests are repeated, as flags say it or the profile does.

use clap::Args;

use crate::model::{Problem, Profile, RetryPolicy};
use crate::settings::retry::{check_status, seconds};

/// The retry policy; what is not named is as the profile has it, or as usual.
#[derive(Debug, Args)]
pub(super) struct Retrying {
    /// Repeat a throttled or failed request up to N times (without a profile: 0)
    #[arg(long, value_name = "N")]
    retry: Option<u32>,
    /// The first wait where the server names none; each further one is twice as long [usual: 1]
    #[arg(long, value_name = "SECONDS")]
    retry_base: Option<f64>,
    /// The longest such wait [usual: 32]
    #[arg(long, value_name = "SECONDS")]
    retry_cap: Option<f64>,
    /// The statuses worth another try [usual: 429,500,502,503,504]
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    retry_on: Vec<u16>,
    /// No attempt begins later than this after the first
    #[arg(long, value_name = "SECONDS")]
    retry_within: Option<f64>,
    /// Wait exactly as long as computed, without a random part taken off
    #[arg(long)]
    retry_no_jitter: bool,
    /// Put our own waits in place of those the server names
    #[arg(long)]
    ignore_retry_after: bool,
    /// Send at once although the server asked to be left alone a moment ago
    #[arg(long)]
    ignore_throttle: bool,
}

impl Retrying {
    /// Whether a server that asked to be left alone is heeded.
    pub(super) const fn heeds_throttle(&self) -> bool {
        !self.ignore_throttle
    }

    /// The policy.
    ///
    /// # Errors
    /// A problem that names the flag.
    pub(super) fn policy(&self, profile: Option<&Profile>) -> Result<RetryPolicy, Problem> {
        let own = profile.and_then(|profile| profile.retry.clone());
        let mut policy = own.unwrap_or_default();
        policy.attempts = self.retry.unwrap_or(policy.attempts);
        if let Some(value) = self.retry_base {
            policy.base = seconds(value, "--retry-base")?;
        }
        if let Some(value) = self.retry_cap {
            policy.cap = seconds(value, "--retry-cap")?;
        }
        if let Some(value) = self.retry_within {
            policy.budget = Some(seconds(value, "--retry-within")?);
        }
        for status in &self.retry_on {
            check_status(*status, "--retry-on")?;
        }
        if !self.retry_on.is_empty() {
            policy.statuses.clone_from(&self.retry_on);
        }
        policy.jitter &= !self.retry_no_jitter;
        policy.honours_retry_after &= !self.ignore_retry_after;
        Ok(policy)
    }
}
