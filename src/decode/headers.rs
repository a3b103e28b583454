//! Facts from the headers of a reply.

use std::borrow::Cow;

use super::challenge::{self, Challenge};
use super::{claims, code, description};
use crate::model::{Fact, FactKind, Reply, Spot};
use crate::strings::decode as strings;

/// The facts of all `WWW-Authenticate` headers (RFC 6750 section 3, RFC 9470, the claims challenge).
pub(crate) fn challenges(reply: &Reply) -> Vec<Fact> {
    let mut out = Vec::new();
    for header in reply.header_all("www-authenticate") {
        for challenge in challenge::parse(header) {
            for (kind, value) in challenge_facts(&challenge) {
                let from = Spot::Header("www-authenticate".into());
                out.push(Fact { kind, value, from });
            }
        }
    }
    out
}

/// The facts of one challenge.
pub(crate) fn challenge_facts(challenge: &Challenge) -> Vec<(FactKind, String)> {
    let mut out = Vec::new();
    for (name, value) in &challenge.params {
        let value = value.clone();
        match name.to_ascii_lowercase().as_str() {
            "error" if !value.is_empty() => out.push((FactKind::Error, value)),
            "error_description" if !value.is_empty() => {
                let said = description::read(&value, |_| true);
                out.push((FactKind::Description, value));
                out.extend(said.codes.into_iter().map(|code| (FactKind::Code, code)));
                out.extend(said.ids);
                out.extend(said.values);
            }
            "error_uri" => out.push((FactKind::ErrorUri, value)),
            "client_id" => out.extend(code::guid(&value).map(|id| (FactKind::AppId, id))),
            "authorization_uri" | "authorization" if !value.is_empty() => {
                out.push((FactKind::AuthorizationUri, value));
            }
            "claims" => match challenge::claims_text(&value) {
                Some(json) => {
                    let policies = claims::policies(&json);
                    out.push((FactKind::Claims, json));
                    out.extend(policies.into_iter().map(|id| (FactKind::PolicyId, id)));
                }
                None => out.push((FactKind::Trouble, strings::UNREADABLE_CLAIMS.into())),
            },
            _ => {}
        }
    }
    out
}

/// The headers that tell an id or a waiting time.
const NAMES: [(&str, FactKind); 5] = [
    ("retry-after", FactKind::RetryAfter),
    ("x-ms-request-id", FactKind::TraceId),
    ("request-id", FactKind::RequestId),
    ("client-request-id", FactKind::CorrelationId),
    ("x-ms-correlation-request-id", FactKind::CorrelationId),
];

/// Ids and waiting times. They follow the body's facts: what the body says about itself comes first.
pub(crate) fn others(reply: &Reply) -> Vec<Fact> {
    let mut out = Vec::new();
    for (name, value) in &reply.headers {
        let value = value.trim();
        let Some((name, kind)) = NAMES
            .iter()
            .find(|(known, _)| name.eq_ignore_ascii_case(known))
        else {
            continue;
        };
        let value = match kind {
            FactKind::RetryAfter => (!value.is_empty()).then(|| value.to_owned()),
            _ => code::guid(value),
        };
        if let Some(value) = value {
            out.push(Fact {
                kind: *kind,
                value,
                from: Spot::Header(Cow::Borrowed(name)),
            });
        }
    }
    out
}

/// The code that `x-ms-clitelem` carries (`1,50076,0,,`), for replies whose body names none.
pub(crate) fn telemetry_code(reply: &Reply) -> Option<Fact> {
    let number = reply.header("x-ms-clitelem")?.split(',').nth(1)?.trim();
    code::is_code_number(number).then(|| Fact {
        kind: FactKind::Code,
        value: format!("AADSTS{number}"),
        from: Spot::Header("x-ms-clitelem".into()),
    })
}
