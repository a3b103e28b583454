//! Device authorization (RFC 8628): one start, then polls until somebody decides or the code runs out. A lost
//! connection, a throttled or an unwell server does not end it.

use std::time::Duration;

use serde_json::{Map, Value as Json};

use super::reply::{number, own_refusal};
use super::retry::{Retry, retry_after};
use super::{Ended, Grant, Input, Log, Metadata, Next, parameters, reply};
use crate::model::{
    Activity, Event, Exchange, FactKind, FaultKind, Field, Moment, Place, Problem, Purpose,
    Request, RunSpec, Secret, SecretKind, Shape,
};
use crate::strings::grants as say;

/// Where the reply names no interval (RFC 8628 section 3.2).
const INTERVAL: Duration = Duration::from_secs(5);

/// What `slow_down` adds (section 3.5).
const SLOWER: Duration = Duration::from_secs(5);

/// The longest interval that lost connections lead to.
const SLOWEST: Duration = Duration::from_mins(1);

/// Where the reply does not say how long the code lives.
const LIFETIME: Duration = Duration::from_mins(15);

/// Starts and polls.
pub struct DeviceCode {
    client_id: String,
    client_info: bool,
    start: Request,
    token_endpoint: String,
    scopes: Vec<String>,
    retry: Retry,
    pending: Option<Pending>,
}

/// A code that waits for somebody.
struct Pending {
    device_code: Secret,
    user_code: String,
    page: String,
    complete: Option<String>,
    interval: Duration,
    expires: Moment,
    /// The poll after the code ran out is the last one.
    last: bool,
}

impl DeviceCode {
    /// # Errors
    /// If the server has no device endpoint, or the claims are not a JSON object.
    pub fn new(spec: &RunSpec, metadata: &Metadata) -> Result<Self, Problem> {
        let Some(endpoint) = &metadata.device_authorization_endpoint else {
            return Err(Problem::new(
                say::NO_DEVICE_ENDPOINT,
                "flow",
                say::NO_DEVICE_EXPECTED,
            ));
        };
        let scopes = parameters::user_scopes(spec, metadata.kind);
        let mut form = parameters::common(spec, metadata, &scopes)?;
        form.retain(|field| field.name != "client_info");
        Ok(Self {
            client_id: spec.client_id.clone(),
            client_info: metadata.is_microsoft(),
            start: Request::post(endpoint, form, Purpose::DeviceStart),
            token_endpoint: metadata.token_endpoint.clone(),
            scopes,
            retry: Retry::new(&spec.options.retry),
            pending: None,
        })
    }

    fn begin(&mut self, exchange: &Exchange, now: Moment, log: &mut Log) -> Next {
        if let Some(wait) = self.retry.after(exchange, now, log) {
            return wait;
        }
        let started = exchange
            .reply
            .as_ref()
            .filter(|reply| (200..300).contains(&reply.status))
            .and_then(|reply| Pending::read(&reply.body, now));
        match started {
            Some(pending) => {
                log.say(say::device_started(
                    pending.interval.as_secs(),
                    pending.expires.since(now).as_secs(),
                ));
                let wait = pending.wait(now.plus(pending.interval));
                self.pending = Some(pending);
                wait
            }
            None => Next::Ended(reply::refused(exchange, Place::Token)),
        }
    }

    fn poll(&mut self, now: Moment, log: &mut Log) -> Next {
        let Some(pending) = &mut self.pending else {
            return self.retry.again();
        };
        if now >= pending.expires {
            pending.last = true;
            log.say(say::LAST_POLL);
        }
        let mut form = vec![
            Field::new("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            Field::new("client_id", self.client_id.as_str()),
            Field::new("device_code", pending.device_code.clone()),
        ];
        if self.client_info {
            form.push(Field::new("client_info", "1"));
        }
        Next::Send(Request::post(&self.token_endpoint, form, Purpose::Token))
    }

    fn polled(&mut self, exchange: &Exchange, now: Moment, log: &mut Log) -> Next {
        let ended = reply::judge(exchange, &self.scopes, now);
        let Some(pending) = &mut self.pending else {
            return Next::Ended(ended);
        };
        let goes_on = match (&ended, &exchange.reply) {
            (Ended::Refused { reading, .. }, Some(answer)) => {
                pending.refused(reading.error(), answer.status, log)
            }
            (Ended::Unreachable { .. }, _) => pending.lost(exchange, log),
            _ => false,
        };
        if !goes_on {
            return Next::Ended(ended);
        }
        if pending.last {
            log.say(say::DEVICE_RAN_OUT);
            return Next::Ended(own_refusal(
                Place::Token,
                Shape::Nothing,
                vec![
                    (FactKind::Error, "expired_token", "expires_in"),
                    (FactKind::Message, say::DEVICE_RAN_OUT, "expires_in"),
                ],
            ));
        }
        let asked = exchange
            .reply
            .as_ref()
            .and_then(|reply| retry_after(reply, now));
        let pause = asked.map_or(pending.interval, |asked| asked.max(pending.interval));
        pending.wait(now.plus(pause).min(pending.expires).max(now))
    }

    fn pasted(&self, text: &str, now: Moment, log: &mut Log) -> Next {
        if let Some(refused) = reply::of_page(text, Place::DevicePage, log) {
            return refused;
        }
        match &self.pending {
            Some(pending) => pending.wait(now.plus(pending.interval)),
            None => self.retry.again(),
        }
    }
}

impl Pending {
    /// Reads the start's reply (RFC 8628 section 3.2); `verification_url` is what some servers still write.
    fn read(body: &[u8], now: Moment) -> Option<Self> {
        let Ok(Json::Object(members)) = serde_json::from_slice(body) else {
            return None;
        };
        let seconds = |name: &str| number(&members, name).map(Duration::from_secs);
        let page = text(&members, "verification_uri")
            .or_else(|| text(&members, "verification_url"))
            .unwrap_or_default();
        let complete = text(&members, "verification_uri_complete");
        Some(Self {
            complete: complete.filter(|complete| same_place(&page, complete)),
            page,
            device_code: Secret::new(SecretKind::DeviceCode, text(&members, "device_code")?),
            user_code: text(&members, "user_code")?,
            interval: seconds("interval")
                .filter(|interval| !interval.is_zero())
                .unwrap_or(INTERVAL)
                .min(LIFETIME),
            expires: now.plus(seconds("expires_in").unwrap_or(LIFETIME)),
            last: false,
        })
    }

    fn wait(&self, until: Moment) -> Next {
        Next::Wait {
            until,
            doing: Activity::Device {
                page: self.page.clone(),
                complete: self.complete.clone(),
                user_code: self.user_code.clone(),
                next_poll: until,
                expires: self.expires,
            },
        }
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

/// Whether the page with the code is at the place of the page without: another host would be somebody else's.
fn same_place(page: &str, complete: &str) -> bool {
    let origin = |text: &str| url::Url::parse(text).ok().map(|url| url.origin());
    let page = origin(page);
    page.is_some() && page == origin(complete)
}

fn text(members: &Map<String, Json>, name: &str) -> Option<String> {
    let text = members.get(name)?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

impl Grant for DeviceCode {
    fn resume(&mut self, input: Input<'_>, now: Moment) -> (Next, Vec<Event>) {
        let mut log = Log::at(now);
        let next = match input {
            Input::Start => self.retry.send(self.start.clone()),
            Input::Exchange(exchange) if self.pending.is_none() => {
                self.begin(exchange, now, &mut log)
            }
            Input::Exchange(exchange) => self.polled(exchange, now, &mut log),
            Input::Woken => self.poll(now, &mut log),
            Input::Pasted(text) => self.pasted(text, now, &mut log),
            Input::Redirect(_) | Input::Verified(_) | Input::Answer(_) | Input::Cancelled => {
                Next::Ended(Ended::Cancelled)
            }
        };
        log.then(next)
    }
}

#[cfg(test)]
mod tests;
