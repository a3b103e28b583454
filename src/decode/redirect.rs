//! Redirect addresses: what the authorization endpoint sends back, in the query, in the fragment, or as a form.

use super::{challenge, claims, code, description, time, unescape};
use crate::model::{Fact, FactKind, Reading, Shape, Spot};
use crate::strings::decode as strings;

/// Reads the parameters of a redirect address (query and fragment, any scheme) or of a form-post body
/// (RFC 6749 section 4.1.2; OAuth 2.0 Form Post Response Mode).
pub fn redirect(url: &str) -> Reading {
    let url = url.trim();
    let is_form = !url.contains(['?', '#']) && url.contains('=') && !url.contains("://");
    let mut reading = Reading::empty(if is_form {
        Shape::Form
    } else {
        Shape::Redirect
    });
    let mut said = description::Said::default();
    for (name, value) in parameters(url) {
        parameter(&name, &value, &mut reading.facts, &mut said);
    }
    let mut codes: Vec<(String, usize)> = Vec::new();
    let mut spots: Vec<Spot> = Vec::new();
    let listed: Vec<Fact> = reading
        .facts
        .extract_if(.., |fact| fact.kind == FactKind::Code)
        .collect();
    for fact in listed {
        let otherwise = said
            .codes
            .iter()
            .find(|c| fact.value.strip_prefix("AADSTS") == c.strip_prefix("AADB2C"));
        codes.push((otherwise.cloned().unwrap_or(fact.value), spots.len()));
        spots.push(fact.from);
    }
    for code in said.codes {
        codes.push((code, spots.len()));
        spots.push(Spot::Parameter("error_description".into()));
    }
    code::order(&mut codes);
    for (value, spot) in codes {
        let from = spots[spot].clone();
        reading.facts.push(Fact {
            kind: FactKind::Code,
            value,
            from,
        });
    }
    for (kind, value) in said.ids.into_iter().chain(said.values) {
        if kind.is_circumstance() || reading.first(kind).is_none() {
            let from = Spot::Parameter("error_description".into());
            reading.facts.push(Fact { kind, value, from });
        }
    }
    reading
}

/// Name and value of every parameter, decoded, those of the query first.
fn parameters(url: &str) -> Vec<(String, String)> {
    let (before, fragment) = url.split_once('#').unwrap_or((url, ""));
    let query = match before.split_once('?') {
        Some((_, query)) => query,
        None if before.contains("://") => "",
        None => before,
    };
    // A fragment may itself look like an address with a query: `#/callback?error=…`.
    let fragment = fragment
        .split_once('?')
        .map_or(fragment, |(_, query)| query);
    let parts = query.split('&').chain(fragment.split('&'));
    parts
        .filter_map(|part| part.split_once('='))
        .map(|(name, value)| {
            (
                unescape::percent(name, true),
                unescape::percent(value, true),
            )
        })
        .collect()
}

fn parameter(name: &str, value: &str, out: &mut Vec<Fact>, said: &mut description::Said) {
    if value.is_empty() {
        return;
    }
    let mut put = |kind: FactKind, value: String| {
        let from = Spot::Parameter(name.to_owned());
        out.push(Fact { kind, value, from });
    };
    match name {
        "error" => put(FactKind::Error, value.to_owned()),
        "error_description" => {
            *said = description::read(value, |_| true);
            put(FactKind::Description, value.to_owned());
        }
        "error_codes" => {
            for number in value.split(|c: char| !c.is_ascii_digit()) {
                if (4..=9).contains(&number.len()) {
                    put(FactKind::Code, format!("AADSTS{number}"));
                }
            }
        }
        "suberror" => put(FactKind::SubError, value.to_owned()),
        "error_subcode" => put(FactKind::ErrorSubcode, value.to_owned()),
        "error_uri" => put(FactKind::ErrorUri, value.to_owned()),
        "trace_id" => code::guid(value)
            .into_iter()
            .for_each(|id| put(FactKind::TraceId, id)),
        "correlation_id" => code::guid(value)
            .into_iter()
            .for_each(|id| put(FactKind::CorrelationId, id)),
        "timestamp" => {
            if let Some(time) = time::time(value) {
                if time != value {
                    put(FactKind::WrittenTime, value.to_owned());
                }
                put(FactKind::Timestamp, time);
            }
        }
        "client_id" => code::guid(value)
            .into_iter()
            .for_each(|id| put(FactKind::AppId, id)),
        "claims" => match challenge::claims_text(value) {
            Some(json) => {
                let policies = claims::policies(&json);
                put(FactKind::Claims, json);
                for id in policies {
                    put(FactKind::PolicyId, id);
                }
            }
            None => put(FactKind::Trouble, strings::UNREADABLE_CLAIMS.into()),
        },
        "code" | "id_token" | "access_token" => put(FactKind::Token, name.to_owned()),
        _ => {}
    }
}
