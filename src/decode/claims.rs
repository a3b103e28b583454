//! What a claims challenge names beyond itself: the policies behind it.

use serde_json::Value as Json;

/// Ids of the policies that a claims challenge names (`capolids`, in older replies `polids`).
pub(crate) fn policies(claims: &str) -> Vec<String> {
    let Ok(claims) = serde_json::from_str::<Json>(claims) else {
        return Vec::new();
    };
    let parts = claims
        .as_object()
        .into_iter()
        .flat_map(|object| object.values());
    let mut out: Vec<String> = Vec::new();
    for part in parts {
        for name in ["capolids", "polids"] {
            let Some(claim) = part.get(name) else {
                continue;
            };
            let many = claim.get("values").and_then(Json::as_array);
            let one = claim.get("value");
            let values = many.into_iter().flatten().chain(one);
            for id in values.filter_map(Json::as_str) {
                if !out.iter().any(|known| known == id) {
                    out.push(id.to_owned());
                }
            }
        }
    }
    out
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
}
