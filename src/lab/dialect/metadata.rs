//! The metadata document of each dialect (OpenID Connect Discovery 1.0, RFC 8414).

use serde::ser::{Serialize, Serializer};

use self::Member::Nothing;
use super::Dialect;
use crate::lab::consumers;
use crate::lab::desk::Desk;
use crate::lab::world::OIDC_SCOPES;

/// How clients of the generic issuer may prove who they are.
const METHODS: &[&str; 3] = &["client_secret_post", "client_secret_basic", "none"];
const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// A metadata document: its members in their order.
pub struct Document(Vec<(&'static str, Member)>);

/// The value of a member.
enum Member {
    Text(String),
    List(&'static [&'static str]),
    Is(bool),
    Nothing,
}

impl Document {
    /// It, written down.
    pub fn text(&self) -> Vec<u8> {
        // It is made of texts and words, which always go into JSON.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl From<String> for Member {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Member {
    fn from(is: bool) -> Self {
        Self::Is(is)
    }
}

impl<const N: usize> From<&'static [&'static str; N]> for Member {
    fn from(list: &'static [&'static str; N]) -> Self {
        Self::List(list)
    }
}

/// Written as the document itself is.
macro_rules! document {
    ($($name:literal: $value:expr),* $(,)?) => {
        Document(vec![$(($name, $value.into())),*])
    };
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl Serialize for Member {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => to.serialize_str(text),
            Self::List(list) => to.collect_seq(*list),
            Self::Is(is) => to.serialize_bool(*is),
            Self::Nothing => to.serialize_unit(),
        }
    }
}

/// Where everything is.
struct Places {
    authorize: String,
    token: String,
    device: String,
    keys: String,
    logout: String,
    user_info: String,
    issuer: String,
}

fn places(desk: &Desk<'_>) -> Places {
    let dialect = desk.kit.voice.dialect;
    let base = &desk.ask.base;
    let own = desk.world.names_own(&desk.tenant);
    let named = desk.tenant.as_str();
    // Entra names the tenant by its id, whatever the address says; B2C keeps the name it was asked by.
    let by_name = matches!(dialect, Dialect::B2c { .. });
    let at = if own && !by_name {
        desk.world.tenant.as_str()
    } else {
        named
    };
    // Documents of `common` leave the tenant of the issuer open, as tokens of any tenant may come of it.
    let of = if own {
        desk.world.tenant.as_str()
    } else if consumers::is_named(named) {
        consumers::TENANT
    } else {
        "{tenantid}"
    };
    let root = dialect.root(base, at);
    let issuer = dialect.issuer(base, of, desk.v1);
    let all = |oauth: String, keys: String, user_info: String| Places {
        authorize: format!("{oauth}/authorize"),
        token: format!("{oauth}/token"),
        device: format!("{oauth}/devicecode"),
        logout: format!("{oauth}/logout"),
        keys,
        user_info,
        issuer,
    };
    match dialect {
        Dialect::Entra | Dialect::Ciam | Dialect::SecondCloud | Dialect::B2c { .. } => {
            let (version, keys) = if desk.v1 {
                ("", "keys")
            } else {
                ("/v2.0", "v2.0/keys")
            };
            let user_info = format!("{base}/oidc/userinfo");
            all(
                format!("{root}/oauth2{version}"),
                format!("{root}/discovery/{keys}"),
                user_info,
            )
        }
        Dialect::Adfs => all(
            format!("{root}/oauth2"),
            format!("{root}/discovery/keys"),
            format!("{root}/userinfo"),
        ),
        Dialect::Oidc => {
            let places = all(root.clone(), format!("{root}/keys"), format!("{root}/me"));
            Places {
                device: format!("{root}/device"),
                ..places
            }
        }
    }
}

/// The document of the address that was asked.
pub fn document(desk: &Desk<'_>) -> Document {
    let places = places(desk);
    match desk.kit.voice.dialect {
        Dialect::Entra | Dialect::Ciam | Dialect::SecondCloud => entra(desk, places),
        Dialect::B2c { .. } => b2c(places),
        Dialect::Adfs => adfs(places),
        Dialect::Oidc => oidc(desk, places),
    }
}

fn entra(desk: &Desk<'_>, at: Places) -> Document {
    let host = desk.ask.base.split_once("://").map_or("", |(_, host)| host);
    document! {
        "token_endpoint": at.token,
        "token_endpoint_auth_methods_supported": &["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "token_endpoint_auth_signing_alg_values_supported": &["RS256", "PS256"],
        "jwks_uri": at.keys,
        "response_modes_supported": &["query", "fragment", "form_post"],
        "subject_types_supported": &["pairwise"],
        "id_token_signing_alg_values_supported": &["RS256"],
        "response_types_supported": &["code", "id_token", "code id_token", "id_token token"],
        "scopes_supported": &OIDC_SCOPES,
        "issuer": at.issuer,
        "request_uri_parameter_supported": false,
        "userinfo_endpoint": at.user_info,
        "authorization_endpoint": at.authorize,
        "device_authorization_endpoint": at.device,
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "end_session_endpoint": at.logout,
        "claims_supported": &["sub", "iss", "cloud_instance_name", "aud", "exp", "iat", "auth_time", "acr", "nonce", "preferred_username", "name", "tid", "ver", "at_hash", "c_hash", "email"],
        "code_challenge_methods_supported": &["plain", "S256"],
        "grant_types_supported": &["authorization_code", "implicit", "refresh_token", "client_credentials", "password", DEVICE],
        "tenant_region_scope": Nothing,
        "cloud_instance_name": host.to_owned(),
    }
}

fn b2c(at: Places) -> Document {
    document! {
        "issuer": at.issuer,
        "authorization_endpoint": at.authorize,
        "token_endpoint": at.token,
        "end_session_endpoint": at.logout,
        "jwks_uri": at.keys,
        "response_modes_supported": &["query", "fragment", "form_post"],
        "response_types_supported": &["code", "code id_token", "code token", "code id_token token", "id_token", "id_token token", "token", "token id_token"],
        "scopes_supported": &["openid"],
        "subject_types_supported": &["pairwise"],
        "id_token_signing_alg_values_supported": &["RS256"],
        "token_endpoint_auth_methods_supported": &["client_secret_post", "client_secret_basic"],
        "claims_supported": &["name", "emails", "idp", "oid", "sub", "tfp", "iss", "iat", "exp", "aud", "acr", "nonce", "auth_time"],
    }
}

fn adfs(at: Places) -> Document {
    document! {
        "issuer": at.issuer.clone(),
        "authorization_endpoint": at.authorize,
        "token_endpoint": at.token,
        "jwks_uri": at.keys,
        "token_endpoint_auth_methods_supported": &["client_secret_post", "client_secret_basic", "private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": &["RS256"],
        "response_types_supported": &["code", "id_token", "code id_token", "id_token token", "code token", "code id_token token"],
        "response_modes_supported": &["query", "fragment", "form_post"],
        "grant_types_supported": &["authorization_code", "refresh_token", "client_credentials", "implicit", "password", DEVICE],
        "subject_types_supported": &["pairwise"],
        "scopes_supported": &["openid", "profile", "email", "user_impersonation", "allatclaims"],
        "id_token_signing_alg_values_supported": &["RS256"],
        "access_token_issuer": at.issuer,
        "claims_supported": &["aud", "iss", "iat", "exp", "auth_time", "nonce", "at_hash", "c_hash", "sub", "upn", "unique_name", "sid"],
        "userinfo_endpoint": at.user_info,
        "end_session_endpoint": at.logout,
        "device_authorization_endpoint": at.device,
        "frontchannel_logout_supported": true,
        "frontchannel_logout_session_supported": true,
    }
}

fn oidc(desk: &Desk<'_>, at: Places) -> Document {
    let root = Dialect::Oidc.root(&desk.ask.base, "");
    document! {
        "issuer": at.issuer,
        "authorization_endpoint": at.authorize,
        "token_endpoint": at.token,
        "device_authorization_endpoint": at.device,
        "userinfo_endpoint": at.user_info,
        "introspection_endpoint": format!("{root}/introspect"),
        "revocation_endpoint": format!("{root}/revoke"),
        "end_session_endpoint": at.logout,
        "frontchannel_logout_supported": true,
        "frontchannel_logout_session_supported": true,
        "jwks_uri": at.keys,
        "scopes_supported": &OIDC_SCOPES,
        "response_types_supported": &["code"],
        "response_modes_supported": &["query", "fragment", "form_post"],
        "grant_types_supported": &["authorization_code", "refresh_token", "client_credentials", DEVICE],
        "subject_types_supported": &["pairwise"],
        "id_token_signing_alg_values_supported": &["RS256"],
        "token_endpoint_auth_methods_supported": METHODS,
        "introspection_endpoint_auth_methods_supported": METHODS,
        "revocation_endpoint_auth_methods_supported": METHODS,
        "code_challenge_methods_supported": &["S256"],
        "authorization_response_iss_parameter_supported": true,
        "claims_supported": &["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "sid", "name", "preferred_username", "email"],
        "claims_parameter_supported": false,
        "request_uri_parameter_supported": false,
    }
}
