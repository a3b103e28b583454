//! The `claims` parameter: a challenge and the client's capabilities, merged. Takes decoded JSON only; base64 is
//! undone where the challenge is read.

use serde_json::{Map, Value as Json, json};

use crate::model::Problem;
use crate::strings::grants as say;

/// The text to send, `None` if there is nothing to say.
///
/// # Errors
/// If the claims are not a JSON object.
pub fn merged(claims: Option<&str>, capabilities: &[String]) -> Result<Option<String>, Problem> {
    let asked = match claims.map(str::trim).filter(|text| !text.is_empty()) {
        None => None,
        Some(text) => match serde_json::from_str(text) {
            Ok(Json::Object(members)) => Some(members),
            _ => {
                return Err(Problem::new(
                    say::CLAIMS_NOT_JSON,
                    "claims",
                    say::CLAIMS_EXPECTED,
                ));
            }
        },
    };
    if capabilities.is_empty() {
        return Ok(asked.map(|members| Json::Object(members).to_string()));
    }
    let mut whole = asked.unwrap_or_default();
    let wanted = json!({ "access_token": { "xms_cc": { "values": capabilities } } });
    if let Json::Object(wanted) = wanted {
        lay_over(&mut whole, wanted);
    }
    Ok(Some(Json::Object(whole).to_string()))
}

/// Deep merge: objects member by member, arrays as a union, everything else replaced. Depth is bounded by the JSON
/// reader's own limit.
fn lay_over(base: &mut Map<String, Json>, over: Map<String, Json>) {
    for (name, value) in over {
        match (base.get_mut(&name), value) {
            (Some(Json::Object(below)), Json::Object(above)) => lay_over(below, above),
            (Some(Json::Array(below)), Json::Array(above)) => {
                for item in above {
                    if !below.contains(&item) {
                        below.push(item);
                    }
                }
            }
            (_, value) => {
                base.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge(claims: Option<&str>, capabilities: &[&str]) -> Option<Json> {
        let capabilities: Vec<String> = capabilities.iter().map(|&c| c.into()).collect();
        let text = merged(claims, &capabilities).unwrap()?;
        serde_json::from_str(&text).ok()
    }

    #[test]
    fn a_capability_sits_beside_the_challenge() {
        let challenge = r#"{"access_token":{"nbf":{"essential":true,"value":"1"}}}"#;
        assert_eq!(
            merge(Some(challenge), &["cp1"]),
            Some(
                json!({"access_token":{"nbf":{"essential":true,"value":"1"},"xms_cc":{"values":["cp1"]}}})
            )
        );
    }

    #[test]
    fn each_alone_stays_as_it_is_and_nothing_stays_nothing() {
        assert_eq!(merge(None, &[]), None);
        assert_eq!(merge(Some(" "), &[]), None);
        assert_eq!(
            merge(Some(r#"{"id_token":null}"#), &[]),
            Some(json!({"id_token":null}))
        );
        assert_eq!(
            merge(None, &["cp1"]),
            Some(json!({"access_token":{"xms_cc":{"values":["cp1"]}}}))
        );
    }

    #[test]
    fn a_challenge_that_names_capabilities_keeps_them() {
        let challenge = r#"{"access_token":{"xms_cc":{"values":["cp1","x"]}}}"#;
        assert_eq!(
            merge(Some(challenge), &["cp1"]),
            Some(json!({"access_token":{"xms_cc":{"values":["cp1","x"]}}}))
        );
    }

    #[test]
    fn base64_and_other_text_is_refused() {
        for text in ["eyJhY2Nlc3NfdG9rZW4iOnt9fQ", "[]", "\"x\"", "{"] {
            assert!(merged(Some(text), &[]).is_err(), "{text}");
        }
    }
}
