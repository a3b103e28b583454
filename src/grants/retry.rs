//! When a request is sent again by itself: never more often than asked for, never something single-use once it may
//! have left, and never without a visible wait that can be cut short.

use std::time::Duration;

use super::{Log, Next};
use crate::model::{Activity, Exchange, FaultKind, Moment, Reply, Request};
use crate::strings::grants as say;

/// The longest wait that is believed.
const LONGEST: Duration = Duration::from_hours(1);

/// Counts the attempts for one request after another.
#[derive(Clone, Debug)]
pub(crate) struct Retry {
    allowed: u32,
    done: u32,
    last: Option<Request>,
}

impl Retry {
    pub(crate) const fn new(allowed: u32) -> Self {
        Self {
            allowed,
            done: 0,
            last: None,
        }
    }

    /// Sends a new request; its attempts are counted anew.
    pub(crate) fn send(&mut self, request: Request) -> Next {
        self.done = 0;
        self.last = Some(request.clone());
        Next::Send(request)
    }

    /// What was sent is over; there is nothing to send again.
    pub(crate) fn over(&mut self) {
        self.last = None;
    }

    /// Sends the last request again.
    pub(crate) fn again(&self) -> Option<Next> {
        self.last.clone().map(Next::Send)
    }

    /// The wait before the next attempt, if there is to be one.
    pub(crate) fn after(
        &mut self,
        exchange: &Exchange,
        now: Moment,
        log: &mut Log,
    ) -> Option<Next> {
        let why = reason(exchange)?;
        if self.done >= self.allowed {
            return None;
        }
        if exchange.request.single_use && may_have_left(exchange) {
            log.say(say::NOT_SENT_AGAIN);
            return None;
        }
        self.done += 1;
        let named = exchange
            .reply
            .as_ref()
            .and_then(|reply| retry_after(reply, now));
        let wait = named.unwrap_or_else(|| Duration::from_secs(1 << (self.done - 1).min(5)));
        let until = now.plus(wait.min(LONGEST));
        log.say(say::will_repeat(&why, wait.as_secs(), named.is_some()));
        Some(Next::Wait {
            until,
            doing: Activity::Waiting {
                why,
                until,
                can_cut: true,
            },
        })
    }
}

/// Why it may be worth another try; `None`: it is not.
fn reason(exchange: &Exchange) -> Option<String> {
    match (&exchange.reply, &exchange.fault) {
        (Some(reply), _) => match reply.status {
            429 => Some(say::THROTTLED.into()),
            status @ 500..=599 => Some(say::unwell(status)),
            _ => None,
        },
        (None, Some(fault)) => match fault.kind {
            FaultKind::Dns
            | FaultKind::Tcp
            | FaultKind::Proxy
            | FaultKind::ConnectTimeout
            | FaultKind::FirstByteTimeout
            | FaultKind::WholeTimeout
            | FaultKind::CutOff => Some(say::NO_ANSWER.into()),
            FaultKind::Tls | FaultKind::Protocol | FaultKind::Cancelled => None,
        },
        (None, None) => None,
    }
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
    use super::*;
    use crate::grants::testing::{at, faulty, reply, request};

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
        assert_eq!(after(&mut Retry::new(1), &seconds), Some(at(107)));
        let mut date = reply(503, "");
        let body = date.reply.as_mut().unwrap();
        body.headers
            .push(("retry-after".into(), at(160).http_date()));
        assert_eq!(after(&mut Retry::new(1), &date), Some(at(160)));
    }

    #[test]
    fn without_a_word_from_the_server_the_waits_double() {
        let mut retry = Retry::new(3);
        let unwell = reply(500, "");
        let waits: Vec<_> = (0..4).map(|_| after(&mut retry, &unwell)).collect();
        assert_eq!(waits, [Some(at(101)), Some(at(102)), Some(at(104)), None]);
    }

    #[test]
    fn a_refusal_is_not_repeated() {
        assert_eq!(after(&mut Retry::new(3), &reply(400, "{}")), None);
        assert_eq!(after(&mut Retry::new(3), &reply(401, "{}")), None);
    }

    #[test]
    fn nothing_single_use_is_sent_again_once_it_may_have_left() {
        let once = |mut exchange: Exchange| {
            exchange.request = request();
            exchange.request.single_use = true;
            exchange
        };
        for kind in [FaultKind::CutOff, FaultKind::FirstByteTimeout] {
            assert_eq!(after(&mut Retry::new(3), &once(faulty(kind))), None);
            assert!(after(&mut Retry::new(3), &faulty(kind)).is_some());
        }
        assert_eq!(after(&mut Retry::new(3), &once(reply(503, ""))), None);
        for kind in [FaultKind::Dns, FaultKind::Tcp, FaultKind::ConnectTimeout] {
            assert!(after(&mut Retry::new(3), &once(faulty(kind))).is_some());
        }
    }
}
