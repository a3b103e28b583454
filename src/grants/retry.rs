//! When a request is sent again by itself: never more often than asked for, never something single-use once it may
//! have left, and never without a visible wait that can be cut short.

use std::time::Duration;

use super::{Ended, Input, Log, Next, reply};
use crate::model::{Activity, Exchange, FaultKind, Moment, Reply, Request, RetryPolicy};
use crate::strings::grants as say;

/// The longest wait that is believed.
const LONGEST: Duration = Duration::from_hours(1);

/// Counts the attempts for one request after another.
#[derive(Clone, Debug)]
pub(crate) struct Retry {
    policy: RetryPolicy,
    done: u32,
    last: Option<Request>,
    /// When the first attempt was begun, once it is known.
    began: Option<Moment>,
}

/// Where the length of a wait comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The server named it (`Retry-After`).
    Servers,
    /// Our own back-off.
    Ours,
}

impl Retry {
    pub(crate) fn new(policy: &RetryPolicy) -> Self {
        Self {
            policy: policy.clone(),
            done: 0,
            last: None,
            began: None,
        }
    }

    /// Sends a new request; its attempts are counted anew.
    pub(crate) fn send(&mut self, request: Request) -> Next {
        self.done = 0;
        self.began = None;
        self.last = Some(request.clone());
        Next::Send(request)
    }

    /// What was sent is over; there is nothing to send again.
    pub(crate) fn over(&mut self) {
        self.last = None;
    }

    /// Sends the last request again; without one there is nothing to go on with.
    pub(crate) fn again(&self) -> Next {
        self.resend().unwrap_or(Next::Ended(Ended::Cancelled))
    }

    /// Sends the last request again, if there was one.
    pub(crate) fn resend(&self) -> Option<Next> {
        self.last.clone().map(Next::Send)
    }

    /// Goes on where the one request for a token was sent: waits for another attempt, sends it, or judges the reply.
    /// Nothing else that comes is waited for.
    pub(crate) fn conclude(
        &mut self,
        input: &Input<'_>,
        scopes: &[String],
        now: Moment,
        log: &mut Log,
    ) -> Next {
        match input {
            Input::Exchange(exchange) => self
                .after(exchange, now, log)
                .unwrap_or_else(|| Next::Ended(reply::judge(exchange, scopes, now))),
            Input::Woken => self.again(),
            Input::Start
            | Input::Redirect(_)
            | Input::Answer(_)
            | Input::Verified(_)
            | Input::Pasted(_)
            | Input::Cancelled => Next::Ended(Ended::Cancelled),
        }
    }

    /// The wait before the next attempt, if there is to be one.
    pub(crate) fn after(
        &mut self,
        exchange: &Exchange,
        now: Moment,
        log: &mut Log,
    ) -> Option<Next> {
        let began = *self.began.get_or_insert(exchange.started);
        let why = self.reason(exchange)?;
        if self.done >= self.policy.attempts {
            return None;
        }
        if exchange.request.single_use && may_have_left(exchange) {
            log.say(say::NOT_SENT_AGAIN);
            return None;
        }
        let (wait, whose) = self.wait(exchange, now);
        let until = now.plus(wait);
        if let Some(budget) = self.policy.budget
            && until.since(began) > budget
        {
            log.say(say::budget_spent(wait, budget));
            return None;
        }
        self.done += 1;
        log.say(say::will_repeat(
            &why,
            (self.done + 1, self.policy.attempts + 1),
            wait,
            whose == Whose::Servers,
        ));
        Some(Next::Wait {
            until,
            doing: Activity::Waiting {
                why,
                until,
                can_cut: true,
                unsent: false,
            },
        })
    }

    /// How long to wait, and whose choice that is.
    fn wait(&self, exchange: &Exchange, now: Moment) -> (Duration, Whose) {
        let reply = exchange.reply.as_ref();
        let named = reply.and_then(|reply| retry_after(reply, now));
        match named.filter(|_| self.policy.honours_retry_after) {
            Some(named) => (named.min(LONGEST), Whose::Servers),
            None => (back_off(&self.policy, self.done), Whose::Ours),
        }
    }

    /// Why it may be worth another try; `None`: it is not.
    fn reason(&self, exchange: &Exchange) -> Option<String> {
        match (&exchange.reply, &exchange.fault) {
            (Some(reply), _) if !self.policy.statuses.contains(&reply.status) => None,
            (Some(reply), _) if reply.status == 429 => Some(say::THROTTLED.into()),
            (Some(reply), _) => Some(say::unwell(reply.status)),
            (None, Some(fault)) if self.policy.faults => match fault.kind {
                FaultKind::Dns
                | FaultKind::Tcp
                | FaultKind::Proxy
                | FaultKind::ConnectTimeout
                | FaultKind::FirstByteTimeout
                | FaultKind::WholeTimeout
                | FaultKind::CutOff => Some(say::NO_ANSWER.into()),
                FaultKind::Tls | FaultKind::Protocol | FaultKind::Cancelled => None,
            },
            (None, _) => None,
        }
    }
}

/// Our own wait before repetition `nth` (from 0): the base doubled each time up to the cap, and with jitter between
/// half of that and all of it. Whole milliseconds.
fn back_off(policy: &RetryPolicy, nth: u32) -> Duration {
    let doubled = policy.base.saturating_mul(1 << nth.min(20));
    let most = doubled.min(policy.cap).min(LONGEST);
    if !policy.jitter {
        return most;
    }
    let millis = u64::try_from(most.as_millis()).unwrap_or(u64::MAX);
    let half = millis / 2;
    let random = scrambled(policy.seed.wrapping_add(u64::from(nth)));
    Duration::from_millis(half + random % (millis - half + 1))
}

/// A number that looks unrelated to its neighbours' (the finalizer of `SplitMix64`), so that one random seed serves
/// several waits. Nothing secret rests on it.
const fn scrambled(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Whether the server may have seen the request.
fn may_have_left(exchange: &Exchange) -> bool {
    let Some(fault) = &exchange.fault else {
        return true;
    };
    exchange.reply.is_some()
        || match fault.kind {
            FaultKind::Dns
            | FaultKind::Tcp
            | FaultKind::Tls
            | FaultKind::Proxy
            | FaultKind::ConnectTimeout => false,
            FaultKind::FirstByteTimeout
            | FaultKind::WholeTimeout
            | FaultKind::CutOff
            | FaultKind::Protocol
            | FaultKind::Cancelled => true,
        }
}

/// `Retry-After`, in seconds or as an HTTP-date (RFC 9110 section 10.2.3), as time from now.
pub(crate) fn retry_after(reply: &Reply, now: Moment) -> Option<Duration> {
    let value = reply.header("retry-after")?.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    Some(Moment::parse_http_date(value)?.since(now))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::grants::testing::{at, faulty, reply, request};

    /// So many repetitions, without jitter.
    fn up_to(attempts: u32) -> Retry {
        Retry::new(&plain(attempts))
    }

    fn plain(attempts: u32) -> RetryPolicy {
        RetryPolicy {
            attempts,
            jitter: false,
            ..RetryPolicy::default()
        }
    }

    fn asking(status: u16, wait: &str) -> Exchange {
        let mut exchange = reply(status, "");
        let headers = &mut exchange.reply.as_mut().unwrap().headers;
        headers.push(("retry-after".into(), wait.into()));
        exchange
    }

    fn wait_of(next: Option<Next>) -> Option<Moment> {
        match next? {
            Next::Wait { until, .. } => Some(until),
            _ => None,
        }
    }

    fn after(retry: &mut Retry, exchange: &Exchange) -> Option<Moment> {
        wait_of(retry.after(exchange, at(100), &mut Log::at(at(100))))
    }

    #[test]
    fn retry_after_is_read_as_seconds_and_as_a_date() {
        let mut seconds = reply(429, "{}");
        let body = seconds.reply.as_mut().unwrap();
        body.headers.push(("retry-after".into(), "7".into()));
        assert_eq!(after(&mut up_to(1), &seconds), Some(at(107)));
        let mut date = reply(503, "");
        let body = date.reply.as_mut().unwrap();
        body.headers
            .push(("retry-after".into(), at(160).http_date()));
        assert_eq!(after(&mut up_to(1), &date), Some(at(160)));
    }

    #[test]
    fn without_a_word_from_the_server_the_waits_double() {
        let mut retry = up_to(3);
        let unwell = reply(500, "");
        let waits: Vec<_> = (0..4).map(|_| after(&mut retry, &unwell)).collect();
        assert_eq!(waits, [Some(at(101)), Some(at(102)), Some(at(104)), None]);
    }

    #[test]
    fn a_refusal_is_not_repeated() {
        assert_eq!(after(&mut up_to(3), &reply(400, "{}")), None);
        assert_eq!(after(&mut up_to(3), &reply(401, "{}")), None);
    }

    #[test]
    fn nothing_single_use_is_sent_again_once_it_may_have_left() {
        let once = |mut exchange: Exchange| {
            exchange.request = request();
            exchange.request.single_use = true;
            exchange
        };
        for kind in [FaultKind::CutOff, FaultKind::FirstByteTimeout] {
            assert_eq!(after(&mut up_to(3), &once(faulty(kind))), None);
            assert!(after(&mut up_to(3), &faulty(kind)).is_some());
        }
        assert_eq!(after(&mut up_to(3), &once(reply(503, ""))), None);
        for kind in [FaultKind::Dns, FaultKind::Tcp, FaultKind::ConnectTimeout] {
            assert!(after(&mut up_to(3), &once(faulty(kind))).is_some());
        }
    }

    #[test]
    fn only_the_statuses_of_the_policy_are_repeated() {
        let policy = RetryPolicy {
            statuses: vec![503],
            ..plain(1)
        };
        assert_eq!(after(&mut Retry::new(&policy), &reply(429, "")), None);
        assert!(after(&mut Retry::new(&policy), &reply(503, "")).is_some());
        assert_eq!(after(&mut up_to(1), &reply(501, "")), None);
        let silent = RetryPolicy {
            faults: false,
            ..plain(1)
        };
        assert_eq!(
            after(&mut Retry::new(&silent), &faulty(FaultKind::Dns)),
            None
        );
    }

    #[test]
    fn a_policy_may_put_its_own_waits_before_the_servers() {
        let policy = RetryPolicy {
            honours_retry_after: false,
            ..plain(1)
        };
        let waits = after(&mut Retry::new(&policy), &asking(429, "60"));
        assert_eq!(waits, Some(at(101)));
    }

    #[test]
    fn no_try_begins_after_the_budget_is_spent_and_the_log_says_so() {
        let policy = RetryPolicy {
            budget: Some(Duration::from_secs(110)),
            ..plain(3)
        };
        // The first attempt began at 0, and now it is 100.
        let mut retry = Retry::new(&policy);
        assert_eq!(after(&mut retry, &asking(429, "10")), Some(at(110)));
        let mut log = Log::at(at(100));
        let last = retry.after(&asking(429, "11"), at(100), &mut log);
        assert_eq!(wait_of(last), None);
        assert!(log.events[0].what.contains("110 s"), "{:?}", log.events);
    }

    #[test]
    fn the_log_says_which_attempt_comes_when_and_whose_choice_the_wait_is() {
        let mut log = Log::at(at(100));
        let mut retry = up_to(2);
        retry.after(&asking(429, "7"), at(100), &mut log);
        retry.after(&reply(500, ""), at(100), &mut log);
        let said: Vec<&str> = log.events.iter().map(|event| event.what.as_str()).collect();
        assert!(
            said[0].contains("attempt 2 of 3 in 7 s") && said[0].contains("Retry-After"),
            "{said:?}"
        );
        assert!(
            said[1].contains("attempt 3 of 3 in 2 s") && said[1].contains("back-off"),
            "{said:?}"
        );
    }

    proptest! {
        #[test]
        fn a_jittered_wait_is_between_half_and_all_of_the_plain_one(seed: u64, nth in 0_u32..40) {
            let policy = RetryPolicy { seed, ..RetryPolicy::default() };
            let plain = back_off(&plain(9), nth);
            let wait = back_off(&policy, nth);
            prop_assert!(wait >= plain / 2 && wait <= plain && plain <= policy.cap, "{wait:?}");
        }

        #[test]
        fn no_text_breaks_the_reading_of_retry_after(text in ".{0,40}", seconds: u64) {
            let of = |text: &str| {
                let exchange = asking(429, text);
                retry_after(exchange.reply.as_ref().unwrap(), at(0))
            };
            let _ = of(&text);
            prop_assert_eq!(of(&format!(" {seconds} ")), Some(Duration::from_secs(seconds)));
        }

        #[test]
        fn a_date_is_read_as_the_time_until_then(ahead in 0_i64..1_000_000) {
            let exchange = asking(503, &at(ahead).http_date());
            let read = retry_after(exchange.reply.as_ref().unwrap(), at(0));
            prop_assert_eq!(read, Some(Duration::from_secs(ahead.unsigned_abs())));
        }
    }
}
