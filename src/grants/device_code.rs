//! Device authorization (RFC 8628): one start, then polls until somebody decides or the code runs out.

use serde_json::{Map, Value as Json};

use super::polling::{Pace, Words};
use super::retry::Retry;
use super::{Ended, Grant, Input, Log, Metadata, Next, parameters, reply};
use crate::model::{
    Activity, Event, Exchange, Field, Moment, Place, Problem, Purpose, Request, RunSpec, Secret,
    SecretKind,
};
use crate::strings::grants as say;

/// What is said when a code runs out.
const WORDS: Words = Words {
    last: say::LAST_POLL,
    over: say::DEVICE_RAN_OUT,
};

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
    pace: Pace,
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
                    pending.pace.interval.as_secs(),
                    pending.pace.expires.since(now).as_secs(),
                ));
                let wait = pending.wait(now.plus(pending.pace.interval));
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
        pending.pace.poll(now, log);
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
        match pending.pace.polled(ended, exchange, now, log) {
            Ok(until) => pending.wait(until),
            Err(ended) => Next::Ended(ended),
        }
    }

    fn pasted(&self, text: &str, now: Moment, log: &mut Log) -> Next {
        if let Some(refused) = reply::of_page(text, Place::DevicePage, log) {
            return refused;
        }
        match &self.pending {
            Some(pending) => pending.wait(now.plus(pending.pace.interval)),
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
        let page = text(&members, "verification_uri")
            .or_else(|| text(&members, "verification_url"))
            .unwrap_or_default();
        let complete = text(&members, "verification_uri_complete");
        Some(Self {
            complete: complete.filter(|complete| same_place(&page, complete)),
            page,
            device_code: Secret::new(SecretKind::DeviceCode, text(&members, "device_code")?),
            user_code: text(&members, "user_code")?,
            pace: Pace::read(&members, now, WORDS),
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
                expires: self.pace.expires,
            },
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
