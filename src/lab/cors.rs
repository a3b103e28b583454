//! Which pages of other sites may ask here, and read the answer (Fetch standard, CORS protocol). What says nothing
//! secret is open to all of them; tokens only to pages at the origin of a single-page application's redirect URI.

use super::ask::{Answer, Ask};
use super::file::Platform;
use super::refusal::fill;
use super::world::{Client, World};
use crate::strings::lab::surfaces as say;

/// What a path gives to pages of other sites.
enum Gate {
    /// Everybody may read it.
    Open,
    /// Pages of single-page applications may.
    Registered,
    /// Nobody may.
    Shut,
}

fn gate(path: &[&str]) -> Gate {
    match path {
        [.., ".well-known", "openid-configuration"]
        | [.., "discovery", "instance" | "keys"]
        | [.., "discovery", "v2.0", "keys"]
        | ["api", ..] => Gate::Open,
        [.., "token" | "devicecode" | "userinfo" | "me"] => Gate::Registered,
        _ => Gate::Shut,
    }
}

/// The answer to a page that asks whether it may ask; `None` where the request is none of these.
pub fn preflight(world: &World, ask: &Ask, path: &[&str]) -> Option<Answer> {
    let origin = ask.header("origin")?;
    ask.header("access-control-request-method")?;
    if ask.method != "OPTIONS" {
        return None;
    }
    let allowed = match gate(path) {
        Gate::Open => true,
        Gate::Registered => world.clients.iter().any(|client| serves(client, origin)),
        Gate::Shut => return None,
    };
    let said = if allowed {
        say::SAID_PREFLIGHT
    } else {
        say::SAID_NO_PREFLIGHT
    };
    let answer = Answer::text(200, "", fill(said, &[("origin", origin)]));
    if !allowed {
        return Some(answer);
    }
    let asked = ask.header("access-control-request-headers");
    let answer = answer
        .with("access-control-allow-origin", origin.to_owned())
        .with("access-control-allow-methods", "GET, POST, OPTIONS")
        .with("access-control-max-age", "600")
        .with("vary", "Origin");
    Some(match asked {
        Some(headers) => answer.with("access-control-allow-headers", headers.to_owned()),
        None => answer,
    })
}

/// Lets a page of another site read an answer, if it may.
pub fn open(world: &World, ask: &Ask, path: &[&str], answer: Answer) -> Answer {
    let Some(origin) = ask.header("origin") else {
        return match gate(path) {
            Gate::Open => answer.with("access-control-allow-origin", "*"),
            Gate::Registered | Gate::Shut => answer,
        };
    };
    let client = ask.form("client_id");
    let named = client.as_deref().and_then(|id| world.client(id));
    let allowed = match gate(path) {
        Gate::Open => true,
        Gate::Registered => match named {
            Some(client) => serves(client, origin),
            // User info names no client; the token there says enough.
            None => world.clients.iter().any(|client| serves(client, origin)),
        },
        Gate::Shut => false,
    };
    if !allowed {
        return answer;
    }
    answer
        .with("access-control-allow-origin", origin.to_owned())
        .with(
            "access-control-expose-headers",
            "Content-Length,Content-Encoding,x-ms-request-id,x-ms-srs",
        )
        .with("access-control-allow-methods", "POST, OPTIONS")
        .with("vary", "Origin")
}

/// Whether a client has a single-page redirect URI at an origin. As for redirect URIs, a registered loopback address
/// without a port stands for every port.
fn serves(client: &Client, origin: &str) -> bool {
    let Ok(asked) = url::Url::parse(origin) else {
        return false;
    };
    client.redirects.iter().any(|redirect| {
        let Ok(known) = url::Url::parse(&redirect.uri) else {
            return false;
        };
        let any_port = known.port().is_none() && crate::model::authority::is_loopback(&known);
        redirect.platform == Platform::Spa
            && known.scheme() == asked.scheme()
            && known.host() == asked.host()
            && (any_port || known.port_or_known_default() == asked.port_or_known_default())
    })
}
