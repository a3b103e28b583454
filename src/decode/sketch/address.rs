//! Addresses: an authority, an issuer, an endpoint, a sign-in with its parameters, a page of a portal.

use url::Url;

use super::{authority, is_guid, of_tenant};
use crate::model::{ClientKind, Flow, Sketch, SketchOf};

/// Hosts of portals, and the host of the cloud that each belongs to.
const PORTALS: [(&str, &str); 6] = [
    ("portal.azure.com", "login.microsoftonline.com"),
    ("entra.microsoft.com", "login.microsoftonline.com"),
    ("aad.portal.azure.com", "login.microsoftonline.com"),
    ("portal.azure.us", "login.microsoftonline.us"),
    ("entra.microsoft.us", "login.microsoftonline.us"),
    ("portal.azure.cn", "login.partner.microsoftonline.cn"),
];

pub(super) fn read(text: &str) -> Option<Sketch> {
    let url = Url::parse(text).ok()?;
    if !matches!(url.scheme(), "https" | "http") {
        return None;
    }
    let host = url.host_str()?;
    if let Some((_, cloud)) = PORTALS.iter().find(|(portal, _)| *portal == host) {
        return Some(portal(&url, cloud));
    }
    let asks = url.query_pairs().any(|(name, _)| name == "client_id");
    let mut sketch = Sketch::new(if asks {
        SketchOf::SignIn
    } else {
        SketchOf::Address
    });
    sketch.authority = Some(authority(text)?);
    if asks {
        parameters(&url, &mut sketch);
    }
    Some(sketch)
}

/// What the parameters of a sign-in tell (RFC 6749 section 4.1.1, OpenID Connect Core 3.1.2.1).
fn parameters(url: &Url, sketch: &mut Sketch) {
    let of = |name: &str| {
        let mut pairs = url.query_pairs();
        let found = pairs.find(|(found, _)| found == name);
        found
            .map(|(_, value)| value.into_owned())
            .filter(|value| !value.is_empty())
    };
    sketch.client_id = of("client_id");
    sketch.redirect_uri = of("redirect_uri");
    sketch.username = of("login_hint");
    sketch.flow = Some(Flow::Interactive);
    let scopes = of("scope").unwrap_or_default();
    sketch.scopes = scopes.split_whitespace().map(str::to_owned).collect();
    let loopback =
        |uri: &String| Url::parse(uri).is_ok_and(|uri| crate::model::authority::is_loopback(&uri));
    let away = sketch
        .redirect_uri
        .as_ref()
        .is_some_and(|uri| !loopback(uri));
    if away {
        sketch.client_kind = Some(ClientKind::Web);
    }
}

/// A page of a portal: `…#@contoso.example/…`, `…/appId/GUID/…`.
fn portal(url: &Url, cloud: &str) -> Sketch {
    let mut sketch = Sketch::new(SketchOf::Portal);
    let rest = format!("{}#{}", url.path(), url.fragment().unwrap_or_default());
    let words: Vec<&str> = rest.split(['/', '#', '?', '&', '=']).collect();
    let after = |names: &[&str]| {
        let mut pairs = words.windows(2);
        let found = pairs.find(|pair| names.iter().any(|name| pair[0].eq_ignore_ascii_case(name)));
        found.map(|pair| pair[1]).filter(|word| is_guid(word))
    };
    sketch.client_id = after(&["appId", "applicationId", "clientId"]).map(str::to_owned);
    let named = words.iter().find_map(|word| word.strip_prefix('@'));
    let tenant = named
        .filter(|name| name.contains('.'))
        .or_else(|| after(&["tenantId"]));
    sketch.authority = tenant.and_then(|tenant| of_tenant(cloud, tenant));
    sketch
}
