//! How the claims of a token differ from Entra's in another dialect.

use serde_json::{Map, Value as Json};

use super::Dialect;

/// Rewrites the claims of an access token or an ID token.
pub fn rewrite(dialect: Dialect, claims: &mut Map<String, Json>) {
    match dialect {
        Dialect::Entra | Dialect::Ciam | Dialect::SecondCloud => {}
        Dialect::B2c { flow, .. } => {
            let mail = take(claims, &["upn", "preferred_username"]);
            drop(take(claims, &["uti", "amr", "idtyp"]));
            if let Some(mail) = mail {
                claims.insert("emails".into(), Json::Array(vec![mail]));
            }
            claims.insert("tfp".into(), flow.name().into());
            claims.insert("ver".into(), "1.0".into());
        }
        Dialect::Adfs => {
            let name = take(claims, &["preferred_username", "upn"]);
            drop(take(claims, &["tid", "ver", "uti", "idtyp"]));
            if let Some(name) = name {
                claims.insert("upn".into(), name.clone());
                claims.insert("unique_name".into(), name);
            }
            if let Some(client) = claims.remove("azp") {
                claims.insert("appid".into(), client);
                claims.insert("apptype".into(), "Public".into());
            }
        }
        Dialect::Oidc => {
            drop(take(claims, &["tid", "ver", "idtyp", "upn"]));
            if let Some(id) = claims.remove("uti") {
                claims.insert("jti".into(), id);
            }
            if let Some(client) = claims.get("azp").cloned() {
                claims.insert("client_id".into(), client);
            }
            if let Some(scope) = claims.get("scp").cloned() {
                claims.insert("scope".into(), scope);
            }
        }
    }
}

/// Removes claims; the first one that was there is returned.
fn take(claims: &mut Map<String, Json>, names: &[&str]) -> Option<Json> {
    let mut first = None;
    for name in names {
        let found = claims.remove(*name);
        first = first.or(found);
    }
    first
}
