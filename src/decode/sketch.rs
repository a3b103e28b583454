//! What a person already has, read as an acquisition: addresses, tokens, settings, code. Total: what is not
//! recognised is `None`. Secrets in it are noticed and not kept.

mod address;
mod config;
mod environment;
mod program;

use crate::model::{Authority, Sketch, SketchOf};

use super::{code, jwt};

/// Longer texts are no settings and no code that anybody pastes.
const LONGEST: usize = 256 << 10;

/// Reads a text, if anything in it tells of an acquisition.
pub fn sketch(text: &str) -> Option<Sketch> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let one_word = !text.contains(char::is_whitespace);
    if one_word && text.contains("://") && !text.starts_with('{') {
        return address::read(text);
    }
    if one_word && let Some(token) = jwt::parse(text) {
        return Some(of_token(&token));
    }
    config::read(text)
        .or_else(|| environment::read(text))
        .or_else(|| program::read(text))
}

/// What a token tells of whoever got it.
fn of_token(token: &jwt::Jwt) -> Sketch {
    let text = |name: &str| token.claims.get(name).and_then(serde_json::Value::as_str);
    let mut sketch = Sketch::new(SketchOf::Token);
    sketch.authority = text("iss").and_then(authority);
    sketch.client_id = ["azp", "appid", "client_id"]
        .into_iter()
        .find_map(text)
        .map(str::to_owned);
    let is_id_token = text("scp").is_none() && sketch.client_id.is_none();
    if is_id_token {
        sketch.client_id = text("aud").filter(|aud| is_guid(aud)).map(str::to_owned);
    }
    let user = ["preferred_username", "upn", "unique_name"];
    sketch.username = user.into_iter().find_map(text).map(str::to_owned);
    if let Some(scopes) = text("scp") {
        let audience = text("aud").unwrap_or_default();
        let full = |scope: &str| {
            if audience.contains("://") {
                format!("{}/{scope}", audience.trim_end_matches('/'))
            } else {
                scope.to_owned()
            }
        };
        sketch.scopes = scopes.split_whitespace().map(full).collect();
    }
    sketch
}

/// An authority out of an address that may be an issuer, a metadata document or an endpoint.
fn authority(text: &str) -> Option<Authority> {
    let text = text
        .split(['?', '#'])
        .next()
        .unwrap_or(text)
        .trim_end_matches('/');
    // The issuer of v1 tokens is another host than the one that issues them.
    let of_v1 = text.strip_prefix("https://sts.windows.net/");
    let text = of_v1.map_or_else(
        || text.to_owned(),
        |tenant| format!("https://login.microsoftonline.com/{tenant}"),
    );
    let ends = [
        "/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server",
        "/oauth2/v2.0/authorize",
        "/oauth2/v2.0/token",
        "/oauth2/v2.0/devicecode",
        "/oauth2/v2.0/logout",
        "/discovery/v2.0/keys",
        "/oauth2/authorize",
        "/oauth2/token",
        "/oauth2/devicecode",
        "/oauth2/logout",
        "/discovery/keys",
        "/v2.0/adminconsent",
        "/adminconsent",
    ];
    let end = ends.into_iter().find_map(|end| text.strip_suffix(end));
    Authority::parse(end.unwrap_or(&text)).ok()
}

/// The authority of a tenant in the cloud of a host.
fn of_tenant(host: &str, tenant: &str) -> Option<Authority> {
    let host = host.trim().trim_end_matches('/');
    let host = host.strip_prefix("https://").unwrap_or(host);
    Authority::parse(&format!("https://{host}/{}", tenant.trim())).ok()
}

/// Whether a text is a GUID.
fn is_guid(text: &str) -> bool {
    text.len() == 36 && code::guid(text).is_some()
}

#[cfg(test)]
mod tests;
