//! The parameters that several grants share: scope or resource, claims, the marks of a user flow.

use url::Url;

use super::{Metadata, claims};
use crate::model::{AuthorityKind, Field, Problem, RunSpec};

/// The scopes that every user flow adds at a Microsoft authority, as MSAL does (OpenID Connect Core 5.4 and 11).
pub const RESERVED: [&str; 3] = ["openid", "profile", "offline_access"];

/// What v1 requests ask for when the scope names no resource: Microsoft Graph, as the v2.0 endpoint assumes.
const DEFAULT_RESOURCE: &str = "https://graph.microsoft.com";

/// The scopes of a user flow: those typed and, at a Microsoft authority, the reserved ones that are missing. Any
/// other issuer is asked for what was typed alone: it may not know the reserved ones, or not offer them to this
/// client, and a refresh must not ask for more than was granted (RFC 6749 section 6).
pub fn user_scopes(spec: &RunSpec, kind: AuthorityKind) -> Vec<String> {
    let mut scopes = spec.scopes.clone();
    if matches!(kind, AuthorityKind::Oidc | AuthorityKind::Undetermined) {
        return scopes;
    }
    for reserved in RESERVED {
        if !scopes.iter().any(|scope| scope == reserved) {
            scopes.push(reserved.to_owned());
        }
    }
    scopes
}

/// The scopes an application asks for itself.
pub fn app_scopes(spec: &RunSpec) -> Vec<String> {
    spec.scopes.clone()
}

/// `client_id`, then `scope` (or `resource` for the v1 endpoint), `claims` and `client_info`, as they apply.
///
/// # Errors
/// If the claims are not a JSON object.
pub fn common(
    spec: &RunSpec,
    metadata: &Metadata,
    scopes: &[String],
) -> Result<Vec<Field>, Problem> {
    let mut fields = vec![Field::new("client_id", spec.client_id.as_str())];
    let user = scopes.iter().any(|scope| scope == "openid");
    if metadata.kind == AuthorityKind::EntraV1 {
        fields.push(Field::new("resource", resource(&spec.scopes)));
        if user {
            fields.push(Field::new("scope", "openid"));
        }
    } else if !scopes.is_empty() {
        fields.push(Field::new("scope", scopes.join(" ")));
    }
    if let Some(claims) = claims::merged(spec.claims.as_deref(), &spec.capabilities)? {
        fields.push(Field::new("claims", claims));
    }
    if metadata.is_microsoft() {
        fields.push(Field::new("client_info", "1"));
    }
    Ok(fields)
}

/// `resource`, once for each address (RFC 8707 section 2).
pub fn resources(spec: &RunSpec) -> impl Iterator<Item = Field> {
    let addresses = spec.presented.resources.iter();
    addresses.map(|address| Field::new("resource", address.as_str()))
}

/// An address with parameters in its query.
pub fn in_query(mut url: Url, parameters: &[Field]) -> Url {
    for field in parameters {
        url.query_pairs_mut()
            .append_pair(&field.name, field.value.reveal());
    }
    url
}

/// The resource that v2.0 scopes mean: `api://x/.default` and `api://x/read` are both `api://x`.
pub fn resource(scopes: &[String]) -> String {
    let named = scopes
        .iter()
        .filter(|scope| !RESERVED.contains(&scope.as_str()))
        .find_map(|scope| {
            if let Some(resource) = scope.strip_suffix("/.default") {
                return Some(resource.to_owned());
            }
            let (resource, _) = scope.rsplit_once('/')?;
            let bare = resource.ends_with("//") || resource.ends_with(":/");
            Some(if bare {
                scope.clone()
            } else {
                resource.to_owned()
            })
        });
    named.unwrap_or_else(|| DEFAULT_RESOURCE.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grants::testing::{metadata, spec};
    use crate::model::Flow;

    #[test]
    fn a_resource_is_read_out_of_v2_scopes() {
        let resource = |scope: &str| resource(&[scope.to_owned()]);
        assert_eq!(
            resource("https://graph.microsoft.com/.default"),
            "https://graph.microsoft.com"
        );
        assert_eq!(
            resource("https://graph.microsoft.com//.default"),
            "https://graph.microsoft.com/"
        );
        assert_eq!(resource("api://lab-api/read"), "api://lab-api");
        assert_eq!(resource("api://lab-api"), "api://lab-api");
        assert_eq!(resource("User.Read"), DEFAULT_RESOURCE);
    }

    #[test]
    fn the_v1_endpoint_is_asked_for_a_resource() {
        let mut metadata = metadata();
        metadata.kind = AuthorityKind::EntraV1;
        let spec = spec(Flow::ClientCredentials);
        let fields = common(&spec, &metadata, &app_scopes(&spec)).unwrap();
        let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["client_id", "resource", "client_info"]);
    }

    #[test]
    fn user_flows_add_what_is_missing_once() {
        let mut spec = spec(Flow::DeviceCode);
        spec.scopes = vec!["openid".into(), "User.Read".into()];
        assert_eq!(
            user_scopes(&spec, AuthorityKind::EntraV2),
            ["openid", "User.Read", "profile", "offline_access"]
        );
    }

    #[test]
    fn an_issuer_that_is_not_microsofts_is_asked_for_nothing_that_was_not_typed() {
        let mut spec = spec(Flow::RefreshToken);
        spec.scopes = vec!["openid".into(), "api:read".into()];
        assert_eq!(
            user_scopes(&spec, AuthorityKind::Oidc),
            ["openid", "api:read"]
        );
    }
}
