//! What a claims challenge names beyond itself: the policies behind it.

use serde_json::Value as Json;

use super::lex::{self, Kind};
use super::{challenge, paste};
use crate::model::FactKind;

/// Every claims request of a text, as JSON text, each once: the text itself where it is one (JSON or base64), else
/// those of its headers, replies and addresses.
pub fn requests(text: &str) -> Vec<String> {
    let whole = text.trim().trim_matches(['"', '\'']);
    if let Some(claims) = challenge::claims_text(whole).filter(|claims| is_request(claims)) {
        return vec![claims];
    }
    let mut out: Vec<String> = Vec::new();
    for reading in paste(text) {
        for fact in reading.all(FactKind::Claims) {
            if !out.contains(&fact.value) {
                out.push(fact.value.clone());
            }
        }
    }
    out
}

/// Whether a JSON object is a claims request itself (OpenID Connect Core 5.5), and no reply that holds one.
fn is_request(claims: &str) -> bool {
    let Ok(Json::Object(claims)) = serde_json::from_str::<Json>(claims) else {
        return false;
    };
    let parts = ["access_token", "id_token", "userinfo"];
    parts
        .iter()
        .any(|part| claims.get(*part).is_some_and(Json::is_object))
}

/// Ids of the policies that a claims challenge names (`capolids`, in older replies `polids`).
pub(crate) fn policies(claims: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    if !claims.contains("polids") {
        return out;
    }
    let tree = lex::read(claims);
    for part in tree.members(0) {
        for name in ["capolids", "polids"] {
            let Some(claim) = tree.member(part, name) else {
                continue;
            };
            let many = tree.member(claim, "values");
            let many = many.filter(|node| tree.nodes[*node].kind == Kind::Array);
            let values = many.into_iter().flat_map(|array| tree.children(array));
            for node in values.chain(tree.member(claim, "value")) {
                let id = tree.value(node);
                let text = tree.nodes[node].kind == Kind::String;
                if text && !out.iter().any(|known| *known == id) {
                    out.push(id.into_owned());
                }
            }
        }
    }
    out
}

/// Whether claims ask a token for more than what the client can do (`xms_cc`), as those of a challenge do.
pub(crate) fn asks(claims: &str) -> bool {
    let Ok(Json::Object(claims)) = serde_json::from_str::<Json>(claims) else {
        return false;
    };
    let part = |name: &str| claims.get(name).and_then(Json::as_object);
    ["access_token", "id_token", "userinfo"]
        .into_iter()
        .filter_map(part)
        .any(|part| part.is_empty() || part.keys().any(|name| name != "xms_cc"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policy_ids_are_read_from_both_spellings() {
        let claims = r#"{"access_token":{"capolids":{"essential":true,"values":["a","b","a"]}},"id_token":{"polids":{"value":"c"}},"x":1}"#;
        assert_eq!(policies(claims), ["a", "b", "c"]);
        assert!(policies("{").is_empty());
        assert!(policies("[]").is_empty());
    }

    #[test]
    fn claims_of_a_token_and_of_a_client_ask_for_nothing() {
        assert!(asks(r#"{"access_token":{"nbf":{"essential":true}}}"#));
        for claims in [
            r#"{"sub":"x"}"#,
            r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#,
            "{",
            "[]",
        ] {
            assert!(!asks(claims), "{claims}");
        }
    }
}
