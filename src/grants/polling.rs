//! Polling the token endpoint until a person has decided elsewhere (RFC 8628 section 3.5, OpenID Connect CIBA Core 11). A
//! lost connection, a throttled or an unwell server does not end it.

use std::time::Duration;

use serde_json::{Map, Value as Json};

use super::reply::{number, own_refusal};
use super::retry::retry_after;
use super::{Ended, Log};
use crate::model::{Exchange, FactKind, FaultKind, Moment, Place, Shape};
use crate::strings::grants as say;

/// Where the reply names no interval (RFC 8628 section 3.2, OpenID Connect CIBA Core 7.3).
const INTERVAL: Duration = Duration::from_secs(5);

/// What `slow_down` adds (RFC 8628 section 3.5, OpenID Connect CIBA Core 11).
const SLOWER: Duration = Duration::from_secs(5);

/// The longest interval that lost connections lead to.
const SLOWEST: Duration = Duration::from_mins(1);

/// Where the reply does not say how long it waits for the person.
const LIFETIME: Duration = Duration::from_mins(15);

/// What is said of the end.
#[derive(Clone, Copy)]
pub(super) struct Words {
    /// Before the last poll.
    pub last: &'static str,
    /// After it.
    pub over: &'static str,
}

/// How often it is asked, and until when.
pub(super) struct Pace {
    pub interval: Duration,
    pub expires: Moment,
    /// The poll after the time ran out is the last one.
    last: bool,
    words: Words,
}

impl Pace {
    /// Reads `interval` and `expires_in` of the reply that it began with.
    pub fn read(members: &Map<String, Json>, now: Moment, words: Words) -> Self {
        let seconds = |name: &str| number(members, name).map(Duration::from_secs);
        Self {
            interval: seconds("interval")
                .filter(|interval| !interval.is_zero())
                .unwrap_or(INTERVAL)
                .min(LIFETIME),
            expires: now.plus(seconds("expires_in").unwrap_or(LIFETIME)),
            last: false,
            words,
        }
    }

    /// Before a poll.
    pub fn poll(&mut self, now: Moment, log: &mut Log) {
        if now >= self.expires {
            self.last = true;
            log.say(self.words.last);
        }
    }

    /// After a poll that ended so: when to ask again.
    ///
    /// # Errors
    /// How it ended for good.
    pub fn polled(
        &mut self,
        ended: Ended,
        exchange: &Exchange,
        now: Moment,
        log: &mut Log,
    ) -> Result<Moment, Ended> {
        let goes_on = match (&ended, &exchange.reply) {
            (Ended::Refused { reading, .. }, Some(answer)) => {
                self.refused(reading.error(), answer.status, log)
            }
            (Ended::Unreachable { .. }, _) => self.lost(exchange, log),
            _ => false,
        };
        if !goes_on {
            return Err(ended);
        }
        if self.last {
            log.say(self.words.over);
            let facts = vec![
                (FactKind::Error, "expired_token", "expires_in"),
                (FactKind::Message, self.words.over, "expires_in"),
            ];
            return Err(own_refusal(Place::Token, Shape::Nothing, facts));
        }
        let reply = exchange.reply.as_ref();
        let asked = reply.and_then(|reply| retry_after(reply, now));
        let pause = asked.map_or(self.interval, |asked| asked.max(self.interval));
        Ok(now.plus(pause).min(self.expires).max(now))
    }

    /// Whether to go on after a refusal.
    fn refused(&mut self, error: Option<&str>, status: u16, log: &mut Log) -> bool {
        match error {
            Some("authorization_pending") => true,
            Some("slow_down") => {
                self.interval += SLOWER;
                log.say(say::slowing_down(self.interval.as_secs()));
                true
            }
            _ if status == 429 || status >= 500 => {
                log.say(say::poll_survives(status));
                true
            }
            _ => false,
        }
    }

    /// Whether to go on after silence. A time-out makes the polls rarer (RFC 8628 section 3.5).
    fn lost(&mut self, exchange: &Exchange, log: &mut Log) -> bool {
        let Some(fault) = &exchange.fault else {
            return false;
        };
        match fault.kind {
            FaultKind::ConnectTimeout | FaultKind::FirstByteTimeout | FaultKind::WholeTimeout => {
                self.interval = (self.interval * 2).min(SLOWEST.max(self.interval));
                log.say(say::slowing_down(self.interval.as_secs()));
                true
            }
            FaultKind::Dns
            | FaultKind::Tcp
            | FaultKind::Tls
            | FaultKind::Proxy
            | FaultKind::CutOff
            | FaultKind::Protocol => {
                log.say(say::POLL_LOST);
                true
            }
            FaultKind::Cancelled => false,
        }
    }
}
