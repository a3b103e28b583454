//! The lab as an issuer outside, for demonstrations: what a build service would give its job to prove itself with.

use serde_json::json;

use super::super::ask::Answer;
use super::super::desk::Desk;
use super::super::file::exchange;
use super::super::mint;
use super::super::refusal::fill;
use crate::model::Problem;
use crate::strings::lab::apps as say;

/// How long an assertion lives, in seconds, if nothing else is asked for.
const LIFETIME: i64 = 600;

/// `POST /lab/assertion`, guarded as the whole control API is, with `issuer`, `subject`, `audience` and `seconds` (all but the subject may be left out):
/// `{"value": JWT}`, as build services answer their jobs.
pub fn answer(desk: &Desk<'_>) -> Answer {
    let named = desk.ask.form("issuer");
    let mut own = desk.world.issuers.iter().filter(|i| i.keys.is_none());
    let issuer = own.find(|issuer| {
        named
            .as_deref()
            .is_none_or(|named| named == issuer.name || named == issuer.uri)
    });
    let (Some(issuer), Some(subject)) = (issuer, desk.ask.form("subject")) else {
        let problem = Problem::new(named.unwrap_or_default(), "issuer", say::EXPECTED_ISSUER);
        let body = serde_json::to_value(problem).unwrap_or_default();
        return Answer::json(400, &body, say::EXPECTED_ISSUER);
    };
    let seconds = desk.ask.form("seconds").and_then(|s| s.parse().ok());
    let now = desk.at.seconds();
    let claims = json!({
        "iss": issuer.uri,
        "sub": subject,
        "aud": desk.ask.form("audience").unwrap_or_else(exchange),
        "iat": now,
        "nbf": now,
        "exp": now.saturating_add(seconds.unwrap_or(LIFETIME)),
        "jti": desk.kit.guid(),
    });
    let body = json!({ "value": mint::sign(&desk.kit, &claims) });
    let values = [("issuer", issuer.name.as_str()), ("subject", &subject)];
    Answer::json(200, &body, fill(say::SAID_ASSERTION, &values))
}
