//! Asks an issuer for its keys: metadata, then the key set that it names. Carries no credential, follows no redirect,
//! and asks no host but the one that was named and those it may speak for.

use std::collections::VecDeque;

use serde_json::Value as Json;
use url::Url;

use crate::grants::discovery::candidates;
use crate::grants::metadata::objection;
use crate::keys::KeySet;
use crate::model::{
    Authority, AuthorityKind, Exchange, Moment, Purpose, Request, SendOptions, Unchecked,
};
use crate::strings::flows as say;
use crate::wire::Transport;

/// What an issuer published.
#[derive(Clone, Debug)]
pub struct Published {
    /// Its keys.
    pub keys: KeySet,
    /// Where they were.
    pub from: String,
    /// What it calls itself; AD FS has a second name for access tokens. As written: Entra's common endpoints write
    /// `{tenantid}` in it.
    pub issuers: Vec<String>,
    /// The time as it told it with its keys.
    pub server_time: Option<Moment>,
}

/// Fetches the keys for a token of these claims: from the authority that was named, else from the issuer that the
/// token names. Every exchange goes to `tell`.
///
/// # Errors
/// Why there are no keys: nobody to ask, no reply, no metadata, another host.
pub async fn published<T: Transport>(
    claims: &Json,
    authority: Option<&Authority>,
    (transport, options): (&T, &SendOptions),
    mut tell: impl FnMut(Exchange) + Send,
) -> Result<Published, Unchecked> {
    let (authority, mut places) = whom(claims, authority)?;
    let mut last = String::new();
    while let Some(place) = places.pop_front() {
        let exchange = get(&place, transport, options).await?;
        let found = metadata(&exchange);
        let status = exchange.status().unwrap_or_default();
        tell(exchange);
        let Some((jwks, issuers)) = found else {
            last = say::no_metadata(&place, status);
            continue;
        };
        allowed(&jwks, &authority, options)?;
        let exchange = get(&jwks, transport, options).await?;
        let reply = exchange.reply.clone();
        tell(exchange);
        let reply = reply.filter(|reply| reply.status == 200);
        let keys = reply
            .as_ref()
            .and_then(|reply| KeySet::parse(&reply.text()));
        let Some(keys) = keys else {
            let detail = say::no_key_set(&jwks);
            return Err(Unchecked::NoKeys { detail });
        };
        let date = reply.as_ref().and_then(|reply| reply.header("date"));
        return Ok(Published {
            keys,
            issuers,
            server_time: date.and_then(Moment::parse_http_date),
            from: jwks,
        });
    }
    Err(Unchecked::NoKeys { detail: last })
}

/// Who is asked, and where the metadata may be, in the order in which it is looked for.
fn whom(
    claims: &Json,
    authority: Option<&Authority>,
) -> Result<(Authority, VecDeque<String>), Unchecked> {
    let text = |name: &str| claims.get(name).and_then(Json::as_str).unwrap_or_default();
    if let Some(authority) = authority {
        let mut found = candidates(authority);
        // Entra's older tokens have another issuer, whose metadata stands elsewhere.
        let v1 = text("ver") == "1.0" && text("tfp").is_empty();
        if v1 && authority.kind == AuthorityKind::EntraV2 {
            found = candidates(&authority.clone().spoken_as(AuthorityKind::EntraV1));
        } else if v1 && authority.kind == AuthorityKind::Undetermined {
            found.swap(0, 1);
        }
        let places = found.into_iter().map(|(_, url)| url).collect();
        return Ok((authority.clone(), places));
    }
    let named = text("iss");
    let nobody = || Unchecked::NoIssuer {
        named: named.to_owned(),
    };
    // AD FS names itself by an address that nobody is asked at.
    let adfs = named.strip_suffix("/adfs/services/trust").map(|root| {
        let root = root
            .strip_prefix("http://")
            .map(|host| format!("https://{host}"));
        format!(
            "{}/adfs",
            root.unwrap_or_else(|| named.replace("/adfs/services/trust", ""))
        )
    });
    let base = adfs.as_deref().unwrap_or(named).trim_end_matches('/');
    let authority = Authority::parse(base).map_err(|_| nobody())?;
    if authority.is_of_machine() {
        return Err(nobody());
    }
    let mut places = VecDeque::from([format!("{base}/.well-known/openid-configuration")]);
    if let Some(policy) = policy(claims)
        && let Some(tenant) = base.strip_suffix("/v2.0")
    {
        let own = format!("{tenant}/{policy}/v2.0/.well-known/openid-configuration");
        places.push_front(own);
    }
    let others = candidates(&authority.clone().spoken_as(AuthorityKind::Oidc));
    places.extend(others.into_iter().skip(1).map(|(_, url)| url));
    Ok((authority, places))
}

/// The policy of B2C that issued a token: its metadata stands below the policy, and its issuer does not name it.
fn policy(claims: &Json) -> Option<&str> {
    let named = |name: &str| claims.get(name).and_then(Json::as_str);
    let policy = named("tfp")
        .or_else(|| named("acr").filter(|acr| acr.to_ascii_lowercase().starts_with("b2c_1")))?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    (policy.len() > 2 && policy.bytes().all(plain)).then_some(policy)
}

async fn get<T: Transport>(
    url: &str,
    transport: &T,
    options: &SendOptions,
) -> Result<Exchange, Unchecked> {
    let request = Request::get(url, Purpose::Keys);
    let exchange = transport.send(request, options).await;
    if exchange.reply.is_none() {
        let fault = exchange.fault.map(|fault| fault.detail).unwrap_or_default();
        let detail = say::no_reply(url, &fault);
        return Err(Unchecked::Unreachable { detail });
    }
    Ok(exchange)
}

/// The address of the keys, and what the issuer calls itself.
fn metadata(exchange: &Exchange) -> Option<(String, Vec<String>)> {
    let reply = exchange
        .reply
        .as_ref()
        .filter(|reply| reply.status == 200)?;
    let json: Json = serde_json::from_slice(&reply.body).ok()?;
    let text = |name: &str| json.get(name).and_then(Json::as_str);
    let second = text("access_token_issuer").map(str::to_owned);
    let first = text("issuer").unwrap_or_default().to_owned();
    let issuers = std::iter::once(first).chain(second).collect();
    Some((text("jwks_uri")?.to_owned(), issuers))
}

fn allowed(jwks: &str, authority: &Authority, options: &SendOptions) -> Result<(), Unchecked> {
    let kind = authority.kind;
    let found = objection("jwks_uri", jwks, authority, kind, &options.trusted_hosts);
    let Some(problem) = found else {
        return Ok(());
    };
    let host = Url::parse(jwks)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned));
    Err(match host.filter(|_| problem.at == "--trust-host") {
        Some(host) => Unchecked::OtherHost { host },
        None => Unchecked::NoKeys {
            detail: problem.what,
        },
    })
}

#[cfg(test)]
mod tests;
