//! How old the sign-in behind an ID token is, held against what was asked for.

use std::time::Duration;

use serde_json::Value as Json;

use super::{Asking, Moment};

/// How far two clocks may be apart.
const LEEWAY: Duration = Duration::from_mins(5);

/// How a sign-in stands to the age that was asked for (`max_age`, OpenID Connect Core 3.1.2.1, 3.1.3.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInAge {
    /// It is no older.
    Fits {
        /// The most that was asked for, in seconds.
        most: u32,
    },
    /// It is older: the server did not ask for a new one.
    TooOld {
        /// When the person signed in.
        at: Moment,
        /// The most that was asked for, in seconds.
        most: u32,
    },
    /// No ID token says when the person signed in.
    Untold,
}

impl SignInAge {
    /// What the claims of an ID token say; `None` where no age was asked for. `began` is when the person was sent to the
    /// page.
    pub fn of(asking: &Asking, id_claims: Option<&Json>, began: Moment) -> Option<Self> {
        let most = asking.max_age?;
        let told = id_claims.and_then(|claims| claims.get("auth_time")?.as_f64());
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a cast of a float saturates, and no sign-in is so far away"
        )]
        let Some(at) = told.map(|seconds| Moment::from_seconds(seconds as i64)) else {
            return Some(Self::Untold);
        };
        let allowed = Duration::from_secs(most.into()).saturating_add(LEEWAY);
        Some(if at.plus(allowed) < began {
            Self::TooOld { at, most }
        } else {
            Self::Fits { most }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const BEGAN: Moment = Moment::from_seconds(1_795_356_000);

    fn age(max_age: Option<u32>, claims: &Json) -> Option<SignInAge> {
        let asking = Asking {
            max_age,
            ..Asking::default()
        };
        SignInAge::of(&asking, Some(claims), BEGAN)
    }

    fn before(seconds: i64) -> Json {
        json!({ "auth_time": BEGAN.seconds() - seconds })
    }

    #[test]
    fn a_sign_in_that_is_older_than_asked_for_is_told_apart_from_clocks_that_differ() {
        assert_eq!(
            age(Some(600), &before(599)),
            Some(SignInAge::Fits { most: 600 })
        );
        assert_eq!(
            age(Some(600), &before(900)),
            Some(SignInAge::Fits { most: 600 })
        );
        let at = BEGAN.minus(Duration::from_secs(901));
        assert_eq!(
            age(Some(600), &before(901)),
            Some(SignInAge::TooOld { at, most: 600 })
        );
        assert_eq!(
            age(Some(0), &before(-20)),
            Some(SignInAge::Fits { most: 0 })
        );
    }

    #[test]
    fn a_token_that_does_not_say_it_proves_nothing() {
        for claims in [
            json!({}),
            json!({ "auth_time": "soon" }),
            json!({ "auth_time": null }),
        ] {
            assert_eq!(age(Some(600), &claims), Some(SignInAge::Untold), "{claims}");
        }
        let asking = Asking {
            max_age: Some(1),
            ..Asking::default()
        };
        assert_eq!(SignInAge::of(&asking, None, BEGAN), Some(SignInAge::Untold));
    }

    #[test]
    fn where_no_age_was_asked_for_nothing_is_said_and_odd_numbers_do_no_harm() {
        assert_eq!(age(None, &before(9999)), None);
        for odd in [1e300, -1e300] {
            assert!(age(Some(600), &json!({ "auth_time": odd })).is_some());
        }
    }
}
