//! What clients read before they ask: instance discovery, metadata (v2.0 and v1), keys, the user's realm.

use serde::Serialize;
use serde_json::json;

use super::ask::{Answer, JSON};
use super::consumers;
use super::desk::Desk;
use super::dialect;
use super::refusal::{Cause, Refusal};
use crate::strings::lab as say;

/// Documents of longer addresses are written each time: nobody asks twice.
const LONGEST_ADDRESS: usize = 512;

/// `/common/discovery/instance`: whether a host is an authority, and its other names.
pub fn instance(desk: &Desk<'_>) -> Answer {
    let asked = desk.ask.query("authorization_endpoint").unwrap_or_default();
    let url = url::Url::parse(&asked)
        .ok()
        .filter(crate::model::authority::is_loopback);
    let Some(url) = url else {
        let host = url::Url::parse(&asked)
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned));
        let host = host.unwrap_or_default();
        return Refusal::new(Cause::InstanceUnknown, &[("field", &host)]).answer(
            desk.ask,
            &desk.stamp,
            false,
        );
    };
    let tenant = url
        .path_segments()
        .and_then(|mut s| s.find(|part| *part != "cloud2").map(str::to_owned))
        .unwrap_or_default();
    let base = &desk.ask.base;
    let host = base.split_once("://").map_or("", |(_, host)| host);
    let name = host.rsplit_once(':').map_or(host, |(head, _)| head);
    let version = desk
        .ask
        .query("api-version")
        .unwrap_or_else(|| "1.1".into());
    let body = json!({
        "tenant_discovery_endpoint": format!("{}/v2.0/.well-known/openid-configuration", desk.kit.voice.dialect.root(base, &tenant)),
        "api-version": version,
        "metadata": [{ "preferred_network": host, "preferred_cache": host, "aliases": aliases(host, name) }],
    });
    told(desk, &body, say::SAID_METADATA)
}

fn aliases(host: &str, bare: &str) -> Vec<String> {
    let mut names = vec![host.to_owned()];
    if bare != host {
        names.push(bare.to_owned());
    }
    names
}

/// `/{tenant}/v2.0/.well-known/openid-configuration`, and the v1 document without `/v2.0`.
///
/// What it says depends on the address alone, and is written once for each.
pub fn metadata(desk: &mut Desk<'_>) -> Answer {
    if !desk.is_tenant() {
        let refusal = Refusal::new(Cause::TenantUnknownAtDiscovery, &[("tenant", &desk.tenant)]);
        return refusal.answer(desk.ask, &desk.stamp, desk.v1);
    }
    let ask = desk.ask;
    let address = [&ask.base, &ask.path, "?", &ask.query].concat();
    let written = desk.world.documents.get(&address).cloned();
    let body = written.unwrap_or_else(|| {
        let text = dialect::document(desk).text();
        if address.len() <= LONGEST_ADDRESS {
            desk.world.documents.put(address, text.clone());
        }
        text
    });
    let answer = Answer::new(200, JSON, body, say::SAID_METADATA);
    desk.stamp.onto(answer, desk.ask, 0)
}

/// `/{tenant}/discovery/v2.0/keys`.
pub fn keys(desk: &Desk<'_>) -> Answer {
    if !desk.is_tenant() {
        let refusal = Refusal::new(Cause::TenantUnknownAtDiscovery, &[("tenant", &desk.tenant)]);
        return refusal.answer(desk.ask, &desk.stamp, desk.v1);
    }
    let dialect = desk.kit.voice.dialect;
    let tenant = if consumers::is_named(&desk.tenant) {
        consumers::TENANT
    } else {
        desk.world.tenant.as_str()
    };
    let issuer = dialect.issuer(&desk.ask.base, tenant, desk.v1);
    let key = |number: u32| {
        let (n, e) = desk.kit.signer.public(number);
        let kid = desk.kit.signer.kid(number);
        Key {
            kty: "RSA",
            usage: "sig",
            alg: "RS256",
            x5t: kid.clone(),
            kid,
            n,
            e,
            issuer: dialect.is_entra().then_some(issuer.as_str()),
        }
    };
    let body = Keys {
        keys: desk.kit.voice.keys.published().map(key).collect(),
    };
    told(desk, &body, say::SAID_KEYS)
}

/// A key set (RFC 7517 section 5).
#[derive(Serialize)]
struct Keys<'a> {
    keys: Vec<Key<'a>>,
}

/// An RSA key that verifies (RFC 7517 section 4, RFC 7518 section 6.3.1).
#[derive(Serialize)]
struct Key<'a> {
    kty: &'static str,
    #[serde(rename = "use")]
    usage: &'static str,
    alg: &'static str,
    kid: String,
    x5t: String,
    n: String,
    e: String,
    /// Entra's keys name the issuer whose tokens they sign.
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<&'a str>,
}

/// `/common/userrealm/{user}`: whether the password goes to this service or to a federated one.
pub fn user_realm(desk: &Desk<'_>, user: &str) -> Answer {
    let domain = user.rsplit_once('@').map_or("", |(_, domain)| domain);
    let mut others = desk.world.neighbours.iter();
    let own = domain.eq_ignore_ascii_case(&desk.world.domain)
        || others.any(|other| domain.eq_ignore_ascii_case(&other.domain));
    let body = if own {
        json!({
            "ver": "1.0",
            "account_type": "Managed",
            "domain_name": domain,
            "cloud_instance_name": "lab",
            "cloud_audience_urn": "urn:federation:lab",
        })
    } else {
        json!({ "ver": "1.0", "account_type": "Unknown", "cloud_instance_name": "lab" })
    };
    told(desk, &body, say::SAID_METADATA)
}

fn told(desk: &Desk<'_>, body: &impl Serialize, because: &str) -> Answer {
    let answer = Answer::json(200, body, because);
    desk.stamp.onto(answer, desk.ask, 0)
}
