//! How the members of a token reply differ from Entra's in another dialect.

use serde_json::{Map, Value as Json};

use super::Dialect;
use crate::lab::desk::Desk;
use crate::lab::mint;

/// How long a refresh token lives, in seconds, where the reply says so.
const REFRESH_LIFETIME: i64 = 1_209_600;

/// Rewrites the members of a granted reply.
pub fn rewrite(desk: &Desk<'_>, mut body: Map<String, Json>) -> Map<String, Json> {
    let dialect = desk.kit.voice.dialect;
    if !dialect.is_entra() {
        body.remove("ext_expires_in");
    }
    let now = desk.at.seconds();
    match dialect {
        Dialect::Entra | Dialect::Ciam | Dialect::SecondCloud | Dialect::Oidc => {}
        Dialect::B2c { .. } => {
            body.insert("not_before".into(), now.into());
            let end = now.saturating_add(mint::LIFETIME);
            body.insert("expires_on".into(), end.into());
            if body.contains_key("id_token") {
                body.insert("id_token_expires_in".into(), mint::LIFETIME.into());
            }
        }
        Dialect::Adfs => {
            for name in ["expires_on", "not_before", "foci"] {
                body.remove(name);
            }
            body.insert("token_type".into(), "bearer".into());
            body.insert("expires_in".into(), mint::LIFETIME.into());
        }
    }
    let told = matches!(dialect, Dialect::B2c { .. } | Dialect::Adfs);
    if told && body.contains_key("refresh_token") {
        body.insert("refresh_token_expires_in".into(), REFRESH_LIFETIME.into());
    }
    body
}
