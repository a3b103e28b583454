//! When a request is repeated by itself, as the form's fields. What is left empty is as usual.

use std::time::Duration;

use crate::model::{Problem, RetryPolicy};
use crate::settings::retry::{check_status, seconds};
use crate::strings::explorer as s;

use super::Form;
use super::field::Field;

/// Whose wait is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Waits {
    /// The one the server names (`Retry-After`), else our own.
    #[default]
    AsNamed,
    /// Always our own.
    AsComputed,
}

impl Waits {
    /// The other choice.
    pub const fn other(self) -> Self {
        match self {
            Self::AsNamed => Self::AsComputed,
            Self::AsComputed => Self::AsNamed,
        }
    }
}

/// The fields that stand folded behind the number of attempts.
pub const FOLDED: [Field; 5] = [
    Field::RetryBase,
    Field::RetryCap,
    Field::RetryBudget,
    Field::RetryStatuses,
    Field::RetryAfter,
];

/// Whether the fields behind the number of attempts are shown: the cursor is there, or one of them is not as usual.
pub fn is_open(form: &Form) -> bool {
    let here = form.field();
    let filled = FOLDED.iter().any(|field| !form.text(*field).is_empty());
    here == Field::Attempts || FOLDED.contains(&here) || filled || form.waits == Waits::AsComputed
}

/// Fills the fields in; what is as usual stays empty.
pub fn set_retry(form: &mut Form, policy: &RetryPolicy) {
    let usual = RetryPolicy::on_screen();
    let time = |time: Duration| time.as_secs_f64().to_string();
    let unless = |same: bool, text: String| if same { String::new() } else { text };
    let statuses: Vec<String> = policy.statuses.iter().map(u16::to_string).collect();
    let texts = [
        (
            Field::Attempts,
            unless(
                policy.attempts == usual.attempts,
                policy.attempts.to_string(),
            ),
        ),
        (
            Field::RetryBase,
            unless(policy.base == usual.base, time(policy.base)),
        ),
        (
            Field::RetryCap,
            unless(policy.cap == usual.cap, time(policy.cap)),
        ),
        (
            Field::RetryBudget,
            policy.budget.map(time).unwrap_or_default(),
        ),
        (
            Field::RetryStatuses,
            unless(policy.statuses == usual.statuses, statuses.join(" ")),
        ),
    ];
    for (field, text) in texts {
        form.set(field, &text);
    }
    form.waits = if policy.honours_retry_after {
        Waits::AsNamed
    } else {
        Waits::AsComputed
    };
}

/// The policy of what stands in the fields; what has no field stays as in `base`.
///
/// # Errors
/// The first text that is no number of attempts, no time or no status.
pub fn retry(form: &Form, base: &RetryPolicy) -> Result<RetryPolicy, Problem> {
    let usual = RetryPolicy::on_screen();
    let attempts = match form.text(Field::Attempts) {
        "" => usual.attempts,
        text => text
            .parse()
            .map_err(|_| not(text, "retry-attempts", s::EXPECTED_ATTEMPTS))?,
    };
    let time = |field: Field, at: &str| match form.text(field) {
        "" => Ok(None),
        text => {
            let value = text.parse::<f64>();
            let value = value.map_err(|_| not(text, at, s::EXPECTED_TIME))?;
            seconds(value, at).map(Some)
        }
    };
    let statuses: Vec<u16> = form
        .text(Field::RetryStatuses)
        .split([' ', ','])
        .filter(|text| !text.is_empty())
        .map(|text| {
            let status = text.parse();
            let status = status.map_err(|_| not(text, "retry-on", s::EXPECTED_STATUSES))?;
            check_status(status, "retry-on").map(|()| status)
        })
        .collect::<Result<_, _>>()?;
    Ok(RetryPolicy {
        attempts,
        base: time(Field::RetryBase, "retry-base")?.unwrap_or(usual.base),
        cap: time(Field::RetryCap, "retry-cap")?.unwrap_or(usual.cap),
        budget: time(Field::RetryBudget, "retry-within")?,
        statuses: if statuses.is_empty() {
            usual.statuses
        } else {
            statuses
        },
        honours_retry_after: form.waits == Waits::AsNamed,
        ..base.clone()
    })
}

fn not(text: &str, at: &str, expected: &str) -> Problem {
    Problem::new(format!("`{text}`"), at, expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_what_is_read_back() {
        let own = RetryPolicy {
            attempts: 5,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(8),
            budget: Some(Duration::from_mins(1)),
            statuses: vec![429, 503],
            honours_retry_after: false,
            ..RetryPolicy::default()
        };
        for policy in [own, RetryPolicy::on_screen(), RetryPolicy::default()] {
            let mut form = Form::default();
            set_retry(&mut form, &policy);
            assert_eq!(retry(&form, &RetryPolicy::default()), Ok(policy));
        }
    }

    #[test]
    fn what_is_usual_stays_folded_and_what_is_not_does_not() {
        let mut form = Form::default();
        set_retry(&mut form, &RetryPolicy::on_screen());
        assert!(!is_open(&form));
        form.set(Field::RetryCap, "8");
        assert!(is_open(&form));
    }

    #[test]
    fn what_is_no_number_time_or_status_is_complained_of_at_its_field() {
        for (field, text) in [
            (Field::Attempts, "often"),
            (Field::RetryBase, "soon"),
            (Field::RetryCap, "-1"),
            (Field::RetryBudget, "99999999"),
            (Field::RetryStatuses, "429 200"),
        ] {
            let mut form = Form::default();
            form.set(field, text);
            let problem = retry(&form, &RetryPolicy::default()).unwrap_err();
            assert_eq!(Field::of_parameter(&problem.at), Some(field), "{problem:?}");
        }
    }
}
