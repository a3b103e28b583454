//! How the lab says no: a cause with its sentence, told as the endpoint and the dialect of the address have it.

mod cause;

use std::borrow::Cow;

use serde::Serialize;

use super::ask::{Answer, Ask};
use super::dialect::{self, Dialect};
use super::kit::Kit;
use crate::model::Moment;
use crate::strings::lab as say;

pub use cause::Cause;

/// A refusal, ready to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub cause: Cause,
    /// The sentence that follows the code.
    pub text: String,
    /// The claims the next attempt must carry, as JSON text.
    pub claims: Option<String>,
    /// Seconds after which the next attempt may come.
    pub retry_after: Option<u64>,
    /// Why, for the request log.
    pub because: String,
}

impl Refusal {
    /// A refusal whose sentence is filled from `values`: `{name}` becomes the value.
    pub fn new(cause: Cause, values: &[(&str, &str)]) -> Self {
        let text = fill(cause.row().text, values);
        Self {
            because: text.clone(),
            cause,
            text,
            claims: None,
            retry_after: None,
        }
    }

    /// With the claims the next attempt must carry.
    #[must_use]
    pub fn claims(mut self, claims: Option<String>) -> Self {
        self.claims = claims;
        self
    }

    /// With what decided, for the request log.
    #[must_use]
    pub fn because(mut self, because: impl Into<String>) -> Self {
        self.because = because.into();
        self
    }

    /// Why, for the request log, and whether what it comes together with is assumed.
    pub fn said(&self) -> String {
        if self.cause.row().assumed {
            format!("{}; {}", self.because, say::PAIRING_ASSUMED)
        } else {
            self.because.clone()
        }
    }

    /// `error` at an endpoint.
    pub const fn error(&self, v1: bool) -> &'static str {
        let row = self.cause.row();
        if v1 { row.error_v1 } else { row.error }
    }

    /// `AADSTS50076: …` with the lines that follow it, as the dialect has them.
    pub fn description(&self, stamp: &Stamp) -> String {
        self.described(stamp, &stamp.at.entra())
    }

    fn described(&self, stamp: &Stamp, time: &str) -> String {
        let head = self.headline_in(stamp.dialect);
        let Stamp {
            trace,
            correlation,
            dialect,
            ..
        } = stamp;
        match dialect {
            Dialect::Entra | Dialect::Ciam | Dialect::SecondCloud => format!(
                "{head}\r\nTrace ID: {trace}\r\nCorrelation ID: {correlation}\r\nTimestamp: {time}"
            ),
            Dialect::B2c { .. } => {
                format!("{head}\r\nCorrelation ID: {correlation}\r\nTimestamp: {time}\r\n")
            }
            Dialect::Adfs | Dialect::Oidc => head,
        }
    }

    /// The number as a dialect has it, and the sentence.
    pub fn headline_in(&self, spoken: Dialect) -> String {
        match dialect::number(spoken, self.cause) {
            Some(number) => format!("{number}: {}", self.text),
            None => self.text.clone(),
        }
    }

    /// `AADSTS50076: …`, or the sentence alone where there is no number.
    pub fn headline(&self) -> String {
        self.headline_in(Dialect::Entra)
    }

    /// The body of an endpoint that answers JSON.
    fn body<'a>(&'a self, base: &str, stamp: &'a Stamp, v1: bool) -> Body<'a> {
        let row = self.cause.row();
        let error = dialect::error(stamp.dialect, self.cause, self.error(v1));
        let time = stamp.at.entra();
        let mut body = Body {
            error,
            error_description: self.described(stamp, &time),
            ..Body::default()
        };
        if !stamp.dialect.is_entra() {
            return body;
        }
        body.error_codes = row.code.map(|code| [code]);
        body.timestamp = Some(time);
        body.trace_id = Some(&stamp.trace);
        body.correlation_id = Some(&stamp.correlation);
        body.error_uri = row.code.map(|code| format!("{base}/error?code={code}"));
        body.suberror = row.suberror;
        body.error_additional_info =
            (self.cause == Cause::FamilyMismatch).then_some(["client_mismatch"]);
        body.claims = self.claims.as_deref();
        body.password_change_url =
            (self.cause == Cause::PasswordExpired).then(|| format!("{base}/password"));
        body
    }

    /// The answer of an endpoint that answers JSON.
    pub fn answer(&self, ask: &Ask, stamp: &Stamp, v1: bool) -> Answer {
        let row = self.cause.row();
        let body = self.body(&ask.base, stamp, v1);
        let error = dialect::error(stamp.dialect, self.cause, self.error(v1));
        let status = dialect::status(error, row.status);
        let mut answer = Answer::json(status, &body, self.said());
        answer.mark.assumed = row.assumed;
        if let Some(seconds) = self.retry_after {
            answer = answer.with("retry-after", seconds.to_string());
        }
        stamp.onto(answer, ask, row.code.unwrap_or_default())
    }
}

/// The body of a refusal, members in the order real replies have.
#[derive(Default, Serialize)]
struct Body<'a> {
    error: &'a str,
    error_description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_codes: Option<[u32; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timestamp: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    correlation_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suberror: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_additional_info: Option<[&'static str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    claims: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_change_url: Option<String>,
}

/// Replaces `{name}` by its value. Values are not looked into again.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        let value = values.iter().find(|(n, _)| *n == name);
        out.push_str(value.map_or("", |(_, v)| v));
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// What identifies one answer: trace id, correlation id, time.
#[derive(Clone, Debug)]
pub struct Stamp {
    pub trace: String,
    pub correlation: String,
    pub at: Moment,
    /// How the address speaks.
    pub dialect: Dialect,
}

impl Stamp {
    /// The stamp of an answer. The correlation id is the client's own (`client-request-id` in a header, the query
    /// or the form), if it sent a GUID.
    pub fn new(ask: &Ask, at: Moment, kit: &Kit<'_>) -> Self {
        let sent = ask.header("client-request-id").map(str::to_owned);
        let sent = sent
            .or_else(|| ask.query("client-request-id"))
            .or_else(|| ask.form("client-request-id"));
        let correlation = sent.filter(|id| super::file::is_guid(id));
        Self {
            trace: kit.guid(),
            correlation: correlation.unwrap_or_else(|| kit.guid()),
            at,
            dialect: kit.voice.dialect,
        }
    }

    /// Adds the headers that every reply of a token or metadata endpoint has. One is left out on purpose:
    /// Strict-Transport-Security would make browsers refuse plain http on `localhost` from then on.
    pub fn onto(&self, answer: Answer, ask: &Ask, code: u32) -> Answer {
        match self.dialect {
            Dialect::Entra | Dialect::Ciam | Dialect::SecondCloud => {}
            Dialect::B2c { .. } => {
                return answer
                    .with("cache-control", "private")
                    .with("x-ms-gateway-requestid", self.trace.clone());
            }
            Dialect::Adfs | Dialect::Oidc => {
                return answer
                    .with("cache-control", "no-store")
                    .with("pragma", "no-cache");
            }
        }
        let telemetry = format!("1,{code},0,,");
        let mut answer = answer;
        // Of these none can start another header: they are the program's own words, and a GUID.
        answer.headers.extend([
            ("cache-control", Cow::Borrowed("no-store, no-cache")),
            ("pragma", Cow::Borrowed("no-cache")),
            ("expires", Cow::Borrowed("-1")),
            ("x-content-type-options", Cow::Borrowed("nosniff")),
            ("p3p", Cow::Borrowed("CP=\"DSP CUR OTPi IND OTRi ONL FIN\"")),
            ("x-ms-request-id", Cow::Owned(self.trace.clone())),
            (
                "x-ms-ests-server",
                Cow::Borrowed("2.1.0.1 - LAB SimulatedSlices"),
            ),
            ("x-ms-clitelem", Cow::Owned(telemetry)),
            ("x-ms-srs", Cow::Borrowed("1.P")),
            (
                "referrer-policy",
                Cow::Borrowed("strict-origin-when-cross-origin"),
            ),
            ("x-xss-protection", Cow::Borrowed("0")),
            (
                "set-cookie",
                Cow::Borrowed("fpc=simulated; path=/; secure; HttpOnly; SameSite=None"),
            ),
            (
                "set-cookie",
                Cow::Borrowed("x-ms-gateway-slice=lab; path=/; secure; samesite=none; httponly"),
            ),
        ]);
        let wanted = ask.header("return-client-request-id");
        if wanted.is_some_and(|value| value.eq_ignore_ascii_case("true")) {
            answer = answer.with("client-request-id", self.correlation.clone());
        }
        answer
    }
}

#[cfg(test)]
mod tests;
