//! The waits between the exchanges of a run, and which of them are attempts at the same thing. Both are read from the
//! exchanges themselves, so that a run from the history tells as much as one of this session.

use std::time::Duration;

use crate::model::{Exchange, Field, Moment, Purpose, Run, Value};

/// A pause that is shorter is the program's own work, not a wait.
const LEAST: Duration = Duration::from_millis(250);

/// Why nothing was sent for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nothing was sent yet.
    Start,
    /// The next poll was not due (RFC 8628 section 3.5, CIBA Core 11).
    Poll,
    /// The server named the wait by `Retry-After` (RFC 9110 section 10.2.3).
    RetryAfter,
    /// The program chose the wait before it tried again.
    BackOff,
    /// The person was in the browser.
    Browser,
    /// The person was asked for a password.
    Prompt,
    /// The token was there, and nothing was done with it yet.
    Use,
    /// Nothing tells.
    Unknown,
}

/// A wait that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// From when.
    pub from: Moment,
    /// Until when.
    pub until: Moment,
    /// Why.
    pub why: Why,
}

/// When the last byte of an exchange was there, or it failed.
pub fn end(exchange: &Exchange) -> Moment {
    exchange.started.plus(exchange.phases.total())
}

/// The wait before each exchange, if there was one.
pub fn before(run: &Run, all: &[&Exchange]) -> Vec<Option<Wait>> {
    (0..all.len())
        .map(|at| {
            let earlier = at.checked_sub(1).map(|before| all[before]);
            let from = earlier.map_or(run.started, end);
            let next = all[at];
            let long = next.started.since(from) >= LEAST;
            long.then(|| Wait {
                from,
                until: next.started,
                why: why(earlier, next),
            })
        })
        .collect()
}

fn why(earlier: Option<&Exchange>, next: &Exchange) -> Why {
    let Some(earlier) = earlier else {
        return Why::Start;
    };
    if polls(next) {
        return Why::Poll;
    }
    if repeats(earlier, next) {
        let named = earlier
            .reply
            .as_ref()
            .is_some_and(|reply| reply.header("retry-after").is_some());
        return if named { Why::RetryAfter } else { Why::BackOff };
    }
    match (next.request.purpose, grant(next)) {
        (Purpose::Token, Some("authorization_code")) => Why::Browser,
        (Purpose::Token | Purpose::UserRealm, Some("password")) => Why::Prompt,
        (Purpose::Api | Purpose::Introspection | Purpose::Revocation | Purpose::UserInfo, _) => {
            Why::Use
        }
        _ => Why::Unknown,
    }
}

/// How an exchange is counted among those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// The n-th poll.
    Poll(usize),
    /// The n-th attempt at the same request, from the second on.
    Attempt(usize),
}

/// Polls and repeated requests, numbered.
pub fn counted(all: &[&Exchange]) -> Vec<Option<Count>> {
    let (mut asked, mut tried) = (0, 1);
    (0..all.len())
        .map(|at| {
            if polls(all[at]) {
                asked += 1;
                return Some(Count::Poll(asked));
            }
            let again = at > 0 && repeats(all[at - 1], all[at]);
            tried = if again { tried + 1 } else { 1 };
            again.then_some(Count::Attempt(tried))
        })
        .collect()
}

/// Whether a request asks if the person is done.
fn polls(exchange: &Exchange) -> bool {
    grant(exchange).is_some_and(|grant| {
        grant == "device_code" || grant.ends_with(":device_code") || grant.ends_with(":ciba")
    })
}

fn grant(exchange: &Exchange) -> Option<&str> {
    exchange
        .request
        .form
        .iter()
        .find_map(|field| match &field.value {
            Value::Plain(text) if field.name == "grant_type" => Some(text.as_str()),
            _ => None,
        })
}

/// Whether `next` is the failed request of `earlier` once more. What is made anew for each request does not count.
fn repeats(earlier: &Exchange, next: &Exchange) -> bool {
    let failed = earlier.status().is_none_or(|status| status >= 400);
    let (one, other) = (&earlier.request, &next.request);
    failed
        && one.purpose == other.purpose
        && one.method == other.method
        && one.url == other.url
        && one.form.len() == other.form.len()
        && one.form.iter().zip(&other.form).all(same)
}

fn same((one, other): (&Field, &Field)) -> bool {
    let anew = matches!(one.name.as_str(), "client_assertion" | "request");
    one.name == other.name
        && match (&one.value, &other.value) {
            (Value::Plain(one), Value::Plain(other)) => anew || one == other,
            _ => true,
        }
}
