//! What clients read before they ask: instance discovery, metadata (v2.0 and v1), keys, the user's realm.

use serde_json::{Value as Json, json};

use super::ask::Answer;
use super::desk::Desk;
use super::mint;
use super::refusal::{Cause, Refusal};
use super::world::OIDC_SCOPES;
use crate::strings::lab as say;

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
        .and_then(|mut s| s.next().map(str::to_owned))
        .unwrap_or_default();
    let base = &desk.ask.base;
    let host = base.split_once("://").map_or("", |(_, host)| host);
    let name = host.rsplit_once(':').map_or(host, |(head, _)| head);
    let version = desk
        .ask
        .query("api-version")
        .unwrap_or_else(|| "1.1".into());
    let body = json!({
        "tenant_discovery_endpoint": format!("{base}/{tenant}/v2.0/.well-known/openid-configuration"),
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
pub fn metadata(desk: &Desk<'_>) -> Answer {
    if !desk.world.is_tenant(&desk.tenant) {
        let refusal = Refusal::new(Cause::TenantUnknownAtDiscovery, &[("tenant", &desk.tenant)]);
        return refusal.answer(desk.ask, &desk.stamp, desk.v1);
    }
    let base = &desk.ask.base;
    let own = desk.world.names_own(&desk.tenant);
    // Documents of `common` leave the tenant of the issuer open, as tokens of any tenant may come of it.
    let issuer_tenant = if own {
        desk.world.tenant.as_str()
    } else {
        "{tenantid}"
    };
    let at = if own {
        desk.world.tenant.as_str()
    } else {
        desk.tenant.as_str()
    };
    let (oauth, keys) = if desk.v1 {
        (
            format!("{base}/{at}/oauth2"),
            format!("{base}/{at}/discovery/keys"),
        )
    } else {
        (
            format!("{base}/{at}/oauth2/v2.0"),
            format!("{base}/{at}/discovery/v2.0/keys"),
        )
    };
    let host = base.split_once("://").map_or("", |(_, host)| host);
    let body = json!({
        "token_endpoint": format!("{oauth}/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "jwks_uri": keys,
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code"],
        "scopes_supported": OIDC_SCOPES,
        "issuer": mint::issuer(base, issuer_tenant, desk.v1),
        "request_uri_parameter_supported": false,
        "userinfo_endpoint": format!("{base}/oidc/userinfo"),
        "authorization_endpoint": format!("{oauth}/authorize"),
        "device_authorization_endpoint": format!("{oauth}/devicecode"),
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "end_session_endpoint": format!("{oauth}/logout"),
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "auth_time", "acr", "nonce", "preferred_username", "name", "tid", "ver"],
        "code_challenge_methods_supported": ["plain", "S256"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials", "password", "urn:ietf:params:oauth:grant-type:device_code"],
        "tenant_region_scope": Json::Null,
        "cloud_instance_name": host,
    });
    told(desk, &body, say::SAID_METADATA)
}

/// `/{tenant}/discovery/v2.0/keys`.
pub fn keys(desk: &Desk<'_>) -> Answer {
    if !desk.world.is_tenant(&desk.tenant) {
        let refusal = Refusal::new(Cause::TenantUnknownAtDiscovery, &[("tenant", &desk.tenant)]);
        return refusal.answer(desk.ask, &desk.stamp, desk.v1);
    }
    let (modulus, exponent) = desk.kit.signer.public();
    let kid = desk.kit.signer.kid();
    let issuer = mint::issuer(&desk.ask.base, &desk.world.tenant, desk.v1);
    let body = json!({ "keys": [
        { "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "x5t": kid, "n": modulus, "e": exponent, "issuer": issuer }
    ] });
    told(desk, &body, say::SAID_KEYS)
}

/// `/common/userrealm/{user}`: whether the password goes to this service or to a federated one.
pub fn user_realm(desk: &Desk<'_>, user: &str) -> Answer {
    let domain = user.rsplit_once('@').map_or("", |(_, domain)| domain);
    let own = domain.eq_ignore_ascii_case(&desk.world.domain);
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

fn told(desk: &Desk<'_>, body: &Json, because: &str) -> Answer {
    let answer = Answer::json(200, body, because).with("access-control-allow-origin", "*");
    desk.stamp.onto(answer, desk.ask, 0)
}
