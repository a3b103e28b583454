//! A forced answer in the shape of its door: JSON, a redirect, a page, or an API's challenge; each in the dialect of
//! its prefix.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value as Json, json};

use super::pick::{self, Told};
use super::values::About;
use super::{Dialect, Forced, values};
use crate::lab::ask::Answer;
use crate::lab::desk::Desk;
use crate::lab::dialect::{self, Dialect as Address};
use crate::lab::identity;
use crate::lab::onward;
use crate::lab::page::Page;
use crate::lab::refusal::fill;
use crate::lab::visit::Onward;
use crate::lab::world::Client;
use crate::model::Door;
use crate::strings::lab as words;
use crate::strings::lab::demand as say;

/// Seconds that a forced 429 or 503 tells to wait.
const WAIT: &str = "5";

/// What is said, with everything it needs.
struct Saying<'a> {
    forced: &'a Forced,
    told: Told,
    shape: Dialect,
    /// `AADSTS50076: …`, or the sentence alone.
    headline: String,
    /// With the lines that follow it.
    description: String,
    claims: Option<String>,
}

/// How it is told here: as the address speaks; at Entra's, as its number does.
fn shape(desk: &Desk<'_>, forced: &Forced) -> Dialect {
    match desk.kit.voice.dialect {
        Address::Entra | Address::Ciam | Address::SecondCloud => forced.speech.dialect,
        Address::B2c { .. } => Dialect::B2c,
        Address::Adfs | Address::Oidc => Dialect::AdFs,
    }
}

/// The answer.
pub fn answer(
    desk: &Desk<'_>,
    forced: &Forced,
    onward: Option<&(Arc<Client>, Onward)>,
    about: About<'_>,
) -> Answer {
    let saying = Saying::new(desk, forced, about);
    let mut answer = match (forced.door, onward) {
        (Door::Authorize, Some((client, onward))) => saying.redirect(desk, client, onward),
        (Door::Page | Door::Device | Door::Authorize, _) => saying.page(desk),
        (Door::Api, _) => saying.challenge(desk),
        (Door::ManagedIdentity, _) => saying.machine(desk),
        (Door::Token | Door::DeviceCode | Door::Discovery, _) => saying.json(desk),
    };
    answer.because = saying.because();
    answer.mark.assumed = saying.told.assumed;
    answer
}

impl<'a> Saying<'a> {
    fn new(desk: &Desk<'_>, forced: &'a Forced, about: About<'_>) -> Self {
        let shape = shape(desk, forced);
        let mut told = pick::pick(&forced.speech, &forced.order, forced.door, desk.v1);
        if shape != Dialect::Entra {
            told.error = String::from(dialect::plain(&told.error));
            told.suberror = None;
        }
        let sentence = values::sentence(desk, &forced.speech, about);
        let headline = match &forced.order.code {
            Some(code) => format!("{code}: {sentence}"),
            None => sentence,
        };
        let (correlation, time) = (&desk.stamp.correlation, desk.at.entra());
        let description = match shape {
            Dialect::Entra => format!(
                "{headline}\r\nTrace ID: {}\r\nCorrelation ID: {correlation}\r\nTimestamp: {time}",
                desk.stamp.trace
            ),
            Dialect::B2c => {
                format!("{headline}\r\nCorrelation ID: {correlation}\r\nTimestamp: {time}\r\n")
            }
            Dialect::AdFs => headline.clone(),
        };
        let claims = (forced.order.claims && shape == Dialect::Entra).then(|| {
            let id = desk.world.policies.first().map_or("", |p| p.id.as_str());
            let wanted = json!({ "capolids": { "essential": true, "values": [id] } });
            json!({ "access_token": wanted }).to_string()
        });
        Self {
            forced,
            told,
            shape,
            headline,
            description,
            claims,
        }
    }

    fn because(&self) -> String {
        let basis = if self.told.assumed {
            say::BY_FORCE_ASSUMED
        } else {
            say::BY_FORCE
        };
        let left = self.forced.left.after_one();
        let left = left.map_or_else(|| say::NOT_AGAIN.to_owned(), |left| left.to_string());
        let values = [("what", self.forced.order.what()), ("left", left.as_str())];
        fill(basis, &values)
    }

    fn entra(&self) -> bool {
        self.shape == Dialect::Entra
    }

    fn number(&self) -> Option<u64> {
        self.forced.speech.number.filter(|_| self.entra())
    }

    /// The body of an endpoint that answers JSON, members in the order real replies have.
    fn body(&self, desk: &Desk<'_>) -> Json {
        let mut body = Map::new();
        let mut put = |name: &str, value: Json| {
            body.insert(name.to_owned(), value);
        };
        put("error", self.told.error.clone().into());
        put("error_description", self.description.clone().into());
        if !self.entra() {
            return Json::Object(body);
        }
        if let Some(number) = self.number() {
            put("error_codes", json!([number]));
        }
        put("timestamp", desk.at.entra().into());
        put("trace_id", desk.stamp.trace.clone().into());
        put("correlation_id", desk.stamp.correlation.clone().into());
        if let Some(number) = self.number() {
            let base = &desk.ask.base;
            put("error_uri", format!("{base}/error?code={number}").into());
        }
        if let Some(suberror) = &self.told.suberror {
            put("suberror", suberror.clone().into());
        }
        if let Some(claims) = &self.claims {
            put("claims", claims.clone().into());
        }
        Json::Object(body)
    }

    fn json(&self, desk: &Desk<'_>) -> Answer {
        let mut answer = Answer::json(self.told.status, &self.body(desk), "");
        if matches!(self.told.status, 429 | 503) {
            answer = answer.with("retry-after", WAIT);
        }
        self.stamped(desk, answer)
    }

    /// As the machine's endpoint words its errors; without the lines that the sign-in service adds.
    fn machine(&self, desk: &Desk<'_>) -> Answer {
        let told = &self.told;
        let answer = identity::refused(desk, told.status, &told.error, &self.headline);
        match told.status {
            429 | 503 => answer.with("retry-after", WAIT),
            _ => answer,
        }
    }

    /// With the headers of the dialect.
    fn stamped(&self, desk: &Desk<'_>, answer: Answer) -> Answer {
        if self.entra() || !desk.stamp.dialect.is_entra() {
            let code = self.number().and_then(|n| u32::try_from(n).ok());
            return desk.stamp.onto(answer, desk.ask, code.unwrap_or_default());
        }
        answer
            .with("cache-control", "no-store")
            .with("pragma", "no-cache")
            .with("client-request-id", desk.stamp.correlation.clone())
    }

    fn redirect(&self, desk: &Desk<'_>, client: &Client, onward: &Onward) -> Answer {
        let mut parameters = vec![("error", self.told.error.clone())];
        if let Some(state) = &onward.state {
            parameters.push(("state", state.clone()));
        }
        parameters.push(("error_description", self.description.clone()));
        if let Some(number) = self.number() {
            let base = &desk.ask.base;
            parameters.push(("error_uri", format!("{base}/error?code={number}")));
        }
        if let Some(suberror) = &self.told.suberror {
            parameters.push(("suberror", suberror.clone()));
        }
        if let Some(claims) = &self.claims {
            parameters.push(("claims", claims.clone()));
        }
        onward::send(desk.world, client, onward, &parameters, "")
    }

    fn page(&self, desk: &Desk<'_>) -> Answer {
        let number = self.number().map(|n| n.to_string());
        let mut details = Vec::new();
        if let Some(number) = &number {
            details.push(fill(words::ERROR_CODE, &[("code", number)]));
            details.push(fill(words::ERROR_TRACE, &[("trace", &desk.stamp.trace)]));
        }
        let correlation = [("correlation", desk.stamp.correlation.as_str())];
        details.push(fill(words::ERROR_CORRELATION, &correlation));
        details.push(fill(words::ERROR_TIME, &[("time", &desk.at.entra())]));
        let page = Page {
            title: words::ERROR_TITLE.to_owned(),
            paragraphs: vec![self.headline.clone()],
            details,
            tenant: desk.world.tenant_name.clone(),
            ..Page::default()
        };
        let answer = page.answer(400, None);
        match number {
            Some(number) => answer
                .with("x-ms-request-id", desk.stamp.trace.clone())
                .with("x-ms-clitelem", format!("1,{number},0,,")),
            None => answer,
        }
    }

    /// What an API answers (RFC 6750 section 3).
    fn challenge(&self, desk: &Desk<'_>) -> Answer {
        let base = &desk.ask.base;
        let error = match self.told.error.as_str() {
            "insufficient_claims" | "insufficient_scope" | "invalid_token" => &self.told.error,
            _ if self.claims.is_some() => "insufficient_claims",
            _ => "invalid_token",
        };
        let text = self.headline.replace(['"', '\\'], "'");
        let mut header = format!(
            "Bearer realm=\"\", authorization_uri=\"{base}/common/oauth2/authorize\", error=\"{error}\", error_description=\"{text}\""
        );
        if let Some(claims) = &self.claims {
            header = format!("{header}, claims=\"{}\"", STANDARD.encode(claims));
        }
        let body = json!({ "error": {
            "code": "InvalidAuthenticationToken",
            "message": self.headline,
            "innerError": {
                "date": desk.at.iso(),
                "request-id": desk.stamp.trace,
                "client-request-id": desk.stamp.correlation,
            },
        } });
        Answer::json(self.told.status, &body, "")
            .with("www-authenticate", header)
            .with("request-id", desk.stamp.trace.clone())
            .with("client-request-id", desk.stamp.correlation.clone())
    }
}
