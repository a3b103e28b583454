//! Authorization-server metadata (OpenID Connect Discovery 1.0, RFC 8414), and whether it may be believed.

use serde_json::{Map, Value as Json};
use url::{Host, Url};

use super::mutual_tls::Aliases;
use crate::model::authority::{cloud_of, is_loopback};
use crate::model::{Authority, AuthorityKind, Further, Problem, SecretMethod};
use crate::strings::grants as say;

/// The hosts of Microsoft Graph, where each of Entra's clouds has its user information.
const GRAPH: [&str; 4] = [
    "graph.microsoft.com",
    "graph.microsoft.us",
    "dod-graph.microsoft.us",
    "microsoftgraph.chinacloudapi.cn",
];

/// The member that names where an authorization request is pushed to (RFC 9126 section 5).
pub const PAR_ENDPOINT: &str = "pushed_authorization_request_endpoint";

/// The member that names where a person is asked on their own device (OpenID Connect CIBA Core 4).
pub const BACKCHANNEL_ENDPOINT: &str = "backchannel_authentication_endpoint";

/// What a run needs to know about the server.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a member for each member of the document; they are told apart by name"
)]
pub struct Metadata {
    /// What it speaks; never undetermined.
    pub kind: AuthorityKind,
    /// The issuer, as written (Entra's common endpoints write `{tenantid}` in it).
    pub issuer: String,
    /// Where a person signs in.
    pub authorization_endpoint: Option<String>,
    /// Where tokens come from.
    pub token_endpoint: String,
    /// Where an application asks instead for its own tokens: the endpoint of a region.
    pub regional_token_endpoint: Option<String>,
    /// Where a device sign-in starts (RFC 8628).
    pub device_authorization_endpoint: Option<String>,
    /// Where a person is asked on their own device (OpenID Connect CIBA Core 4).
    pub backchannel_endpoint: Option<String>,
    /// The signing keys.
    pub jwks_uri: Option<String>,
    /// `token_endpoint_auth_methods_supported`, where it is listed.
    pub auth_methods: Option<Vec<String>>,
    /// `grant_types_supported`, where it is listed.
    pub grant_types: Option<Vec<String>>,
    /// `dpop_signing_alg_values_supported` (RFC 9449 section 5.1), where it is listed.
    pub dpop_algorithms: Option<Vec<String>>,
    /// Where an authorization request is pushed to (RFC 9126 section 5).
    pub par_endpoint: Option<String>,
    /// Whether it must be pushed (`require_pushed_authorization_requests`).
    pub requires_par: bool,
    /// Where it is told whether a token is good (RFC 7662).
    pub introspection_endpoint: Option<String>,
    /// Whether it signs what it tells (`introspection_signing_alg_values_supported`, RFC 9701 section 7).
    pub signs_introspection: bool,
    /// Where a token is taken back (RFC 7009).
    pub revocation_endpoint: Option<String>,
    /// Where claims about the user are (OpenID Connect Core 5.3).
    pub userinfo_endpoint: Option<String>,
    /// Where a person signs out (OpenID Connect RP-Initiated Logout 1.0 section 2.1).
    pub end_session_endpoint: Option<String>,
    /// Whether redirects carry `iss` (RFC 9207 section 3).
    pub sends_issuer: bool,
    /// What an authorization request may ask for.
    pub accepts: Accepts,
    /// The endpoints for clients that show a certificate (`mtls_endpoint_aliases`, RFC 8705 section 5).
    pub mutual_tls: Box<Aliases>,
    /// `tls_client_certificate_bound_access_tokens` (RFC 8705 section 3.3).
    pub binds_to_certificate: bool,
}

/// What an authorization request may ask for, as far as the document says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepts {
    /// `response_types_supported`.
    pub response_types: Option<Vec<String>>,
    /// `response_modes_supported`.
    pub response_modes: Option<Vec<String>>,
    /// `code_challenge_methods_supported` (RFC 8414 section 2).
    pub challenge_methods: Option<Vec<String>>,
    /// `request_parameter_supported` (OpenID Connect Discovery 3).
    pub request_object: Option<bool>,
    /// `request_object_signing_alg_values_supported`.
    pub request_algorithms: Option<Vec<String>>,
    /// `require_signed_request_object` (RFC 9101 section 10.5).
    pub must_sign_request: bool,
    /// `authorization_details_types_supported` (RFC 9396 section 10).
    pub details_types: Option<Vec<String>>,
}

impl Accepts {
    fn read(members: &Map<String, Json>) -> Self {
        let flag = |name: &str| members.get(name).and_then(Json::as_bool);
        let words = |name: &str| words(members, name);
        Self {
            response_types: words("response_types_supported"),
            response_modes: words("response_modes_supported"),
            challenge_methods: words("code_challenge_methods_supported"),
            request_object: flag("request_parameter_supported"),
            request_algorithms: words("request_object_signing_alg_values_supported"),
            must_sign_request: flag("require_signed_request_object") == Some(true),
            details_types: words("authorization_details_types_supported"),
        }
    }
}

/// Why a document is not metadata we can use.
pub(crate) enum Unusable {
    /// No such document here: try the next place.
    NotMetadata,
    /// Metadata without a token endpoint.
    NoTokenEndpoint,
}

impl Metadata {
    /// Reads a metadata document.
    pub(crate) fn read(body: &[u8], asked_as: AuthorityKind) -> Result<Self, Unusable> {
        let Ok(Json::Object(members)) = serde_json::from_slice(body) else {
            return Err(Unusable::NotMetadata);
        };
        let text = |name: &str| text(&members, name);
        let flag = |name: &str| members.get(name) == Some(&Json::Bool(true));
        if text("issuer").is_none() && text("token_endpoint").is_none() {
            return Err(Unusable::NotMetadata);
        }
        let token_endpoint = text("token_endpoint").ok_or(Unusable::NoTokenEndpoint)?;
        let kind = settle(asked_as, &token_endpoint);
        Ok(Self {
            issuer: text("issuer").unwrap_or_default(),
            authorization_endpoint: text("authorization_endpoint"),
            device_authorization_endpoint: text("device_authorization_endpoint")
                .or_else(|| device_endpoint(kind, &token_endpoint)),
            backchannel_endpoint: text(BACKCHANNEL_ENDPOINT),
            jwks_uri: text("jwks_uri"),
            par_endpoint: text(PAR_ENDPOINT),
            regional_token_endpoint: None,
            requires_par: flag("require_pushed_authorization_requests"),
            introspection_endpoint: text("introspection_endpoint"),
            signs_introspection: words(&members, "introspection_signing_alg_values_supported")
                .is_some_and(|listed| !listed.is_empty()),
            revocation_endpoint: text("revocation_endpoint"),
            userinfo_endpoint: text("userinfo_endpoint"),
            end_session_endpoint: text("end_session_endpoint"),
            auth_methods: words(&members, "token_endpoint_auth_methods_supported"),
            grant_types: words(&members, "grant_types_supported"),
            dpop_algorithms: words(&members, "dpop_signing_alg_values_supported"),
            sends_issuer: flag("authorization_response_iss_parameter_supported"),
            accepts: Accepts::read(&members),
            mutual_tls: Box::new(Aliases::read(&members)),
            binds_to_certificate: flag("tls_client_certificate_bound_access_tokens"),
            token_endpoint,
            kind,
        })
    }

    /// Whether a Microsoft token service answers, which knows `client_info` and `client-request-id`.
    pub const fn is_microsoft(&self) -> bool {
        matches!(
            self.kind,
            AuthorityKind::EntraV1
                | AuthorityKind::EntraV2
                | AuthorityKind::B2c
                | AuthorityKind::Ciam
        )
    }

    /// Whether a client secret must go into an `Authorization: Basic` header (RFC 6749 section 2.3.1). Where nothing is
    /// listed, that is the way of every issuer (RFC 8414 section 2) but Microsoft's.
    pub fn wants_basic(&self) -> bool {
        let Some(methods) = &self.auth_methods else {
            return matches!(self.kind, AuthorityKind::Oidc | AuthorityKind::Undetermined);
        };
        let offers = |method: &str| methods.iter().any(|offered| offered == method);
        offers("client_secret_basic") && !offers("client_secret_post")
    }

    /// How a client secret is used where nobody chose: in the body, or in Basic where nothing else is offered.
    pub fn secret_method(&self) -> SecretMethod {
        if self.wants_basic() {
            SecretMethod::Basic
        } else {
            SecretMethod::Post
        }
    }

    /// Where something is done with a token.
    pub fn endpoint(&self, what: Further) -> Option<&str> {
        match what {
            Further::Introspect => self.introspection_endpoint.as_deref(),
            Further::UserInfo => self.userinfo_endpoint.as_deref(),
            Further::Revoke | Further::RevokeRefresh => self.revocation_endpoint.as_deref(),
        }
    }

    /// What speaks against sending a token to that endpoint: looked at only when it is to be used, so that a run does
    /// not fail for it. Entra's user information belongs to Microsoft Graph, whose host it names.
    pub fn objection_to(
        &self,
        what: Further,
        authority: &Authority,
        trusted: &[String],
    ) -> Option<Problem> {
        let url = self.endpoint(what)?;
        let host = Url::parse(url).ok();
        let host = host.as_ref().and_then(Url::host_str).unwrap_or_default();
        let of_graph = what == Further::UserInfo && self.is_microsoft() && GRAPH.contains(&host);
        if of_graph && url.starts_with("https://") {
            return None;
        }
        objection(what.endpoint_name(), url, authority, self.kind, trusted)
    }

    /// Everything that speaks against sending credentials where this document says: another host than the one typed
    /// (or its known aliases, or hosts the person trusts), or an address that is neither https nor on this machine.
    pub fn objections(&self, authority: &Authority, trusted: &[String]) -> Vec<Problem> {
        let named = [
            (
                "issuer",
                Some(self.issuer.as_str()).filter(|i| !i.is_empty()),
            ),
            ("token_endpoint", Some(self.token_endpoint.as_str())),
            (
                "authorization_endpoint",
                self.authorization_endpoint.as_deref(),
            ),
            (PAR_ENDPOINT, self.par_endpoint.as_deref()),
            (BACKCHANNEL_ENDPOINT, self.backchannel_endpoint.as_deref()),
            (
                "device_authorization_endpoint",
                self.device_authorization_endpoint.as_deref(),
            ),
        ];
        named
            .into_iter()
            .filter_map(|(name, url)| objection(name, url?, authority, self.kind, trusted))
            .collect()
    }
}

fn text(members: &Map<String, Json>, name: &str) -> Option<String> {
    let text = members.get(name)?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

fn words(members: &Map<String, Json>, name: &str) -> Option<Vec<String>> {
    let items = members.get(name)?.as_array()?;
    let words = items.iter().filter_map(Json::as_str);
    Some(words.map(Into::into).collect())
}

fn settle(asked_as: AuthorityKind, token_endpoint: &str) -> AuthorityKind {
    match asked_as {
        AuthorityKind::Undetermined if token_endpoint.contains("/oauth2/v2.0/") => {
            AuthorityKind::EntraV2
        }
        AuthorityKind::Undetermined => AuthorityKind::Oidc,
        AuthorityKind::EntraV1
        | AuthorityKind::EntraV2
        | AuthorityKind::B2c
        | AuthorityKind::Ciam
        | AuthorityKind::Adfs
        | AuthorityKind::Oidc => asked_as,
    }
}

/// Entra's device endpoint stands beside its token endpoint, named or not.
fn device_endpoint(kind: AuthorityKind, token_endpoint: &str) -> Option<String> {
    let entra = matches!(kind, AuthorityKind::EntraV1 | AuthorityKind::EntraV2);
    let base = token_endpoint.strip_suffix("/token").filter(|_| entra)?;
    Some(format!("{base}/devicecode"))
}

/// What speaks against an address that metadata names.
pub(crate) fn objection(
    name: &str,
    url: &str,
    authority: &Authority,
    kind: AuthorityKind,
    trusted: &[String],
) -> Option<Problem> {
    let Ok(parsed) = Url::parse(&url.replace("{tenantid}", "tenantid")) else {
        return Some(Problem::new(
            say::metadata_not_an_address(name, url),
            name,
            say::EXPECTED_HTTPS,
        ));
    };
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Some(Problem::new(
            say::metadata_with_credentials(name),
            name,
            say::EXPECTED_HTTPS,
        ));
    }
    let secure = parsed.scheme() == "https" || (parsed.scheme() == "http" && is_loopback(&parsed));
    // AD FS writes `http://…/adfs/services/trust` as the name of its issuer; nothing is sent there.
    let only_a_name = name == "issuer" && kind == AuthorityKind::Adfs;
    if !secure && !only_a_name {
        return Some(Problem::new(
            say::metadata_not_secure(name, url),
            name,
            say::EXPECTED_HTTPS,
        ));
    }
    let host = parsed.host_str().unwrap_or_default().to_ascii_lowercase();
    if may_be_named(&parsed, &host, authority, kind, trusted) {
        return None;
    }
    Some(Problem::new(
        say::other_host(name, &host, authority.host()),
        "--trust-host",
        say::trust_host(&host),
    ))
}

fn may_be_named(
    url: &Url,
    host: &str,
    authority: &Authority,
    kind: AuthorityKind,
    trusted: &[String],
) -> bool {
    let typed = authority.host().to_ascii_lowercase();
    let same = host == typed || (is_loopback(url) && authority.is_loopback());
    let alias = cloud_of(&typed).is_some_and(|cloud| cloud_of(host) == Some(cloud));
    let ciam = kind == AuthorityKind::Ciam && host.ends_with(".ciamlogin.com");
    let port = url.port_or_known_default().unwrap_or_default();
    let trusted = trusted.iter().any(|name| {
        let name = name.to_ascii_lowercase();
        name == host || name == format!("{host}:{port}") || bare_v6(url, &name)
    });
    same || alias || ciam || trusted
}

fn bare_v6(url: &Url, name: &str) -> bool {
    match url.host() {
        Some(Host::Ipv6(ip)) => ip.to_string() == name,
        Some(Host::Ipv4(_) | Host::Domain(_)) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grants::testing::metadata;
    use proptest::prelude::*;

    fn hosts(authority: &str, token_endpoint: &str, trusted: &[&str]) -> usize {
        let authority = Authority::parse(authority).unwrap();
        let mut metadata = metadata();
        metadata.kind = authority.kind;
        metadata.issuer = authority.as_str().to_owned();
        metadata.authorization_endpoint = None;
        metadata.device_authorization_endpoint = None;
        metadata.token_endpoint = token_endpoint.to_owned();
        let trusted: Vec<String> = trusted.iter().map(|&host| host.into()).collect();
        metadata.objections(&authority, &trusted).len()
    }

    #[test]
    fn the_typed_host_its_aliases_and_trusted_hosts_may_be_named() {
        let entra = "https://login.microsoftonline.com/contoso.example";
        assert_eq!(
            hosts(entra, "https://login.microsoftonline.com/t/token", &[]),
            0
        );
        assert_eq!(hosts(entra, "https://login.windows.net/t/token", &[]), 0);
        assert_eq!(
            hosts(entra, "https://login.microsoftonline.us/t/token", &[]),
            1
        );
        let other = "https://tokens.contoso.example/token";
        assert_eq!(hosts("https://issuer.contoso.example", other, &[]), 1);
        assert_eq!(
            hosts(
                "https://issuer.contoso.example",
                other,
                &["tokens.contoso.example"]
            ),
            0
        );
    }

    #[test]
    fn this_machine_may_be_named_by_each_of_its_names_and_no_other() {
        let lab = "http://127.0.0.1:8400/t";
        assert_eq!(hosts(lab, "http://localhost:8400/token", &[]), 0);
        assert_eq!(hosts(lab, "https://issuer.contoso.example/token", &[]), 1);
    }

    #[test]
    fn plain_http_off_this_machine_is_refused_even_for_the_typed_host() {
        let issuer = "https://issuer.contoso.example";
        assert_eq!(hosts(issuer, "http://issuer.contoso.example/token", &[]), 1);
    }

    #[test]
    fn basic_is_used_only_where_nothing_else_is_offered() {
        let mut metadata = metadata();
        assert!(!metadata.wants_basic());
        metadata.auth_methods = Some(vec!["client_secret_basic".into(), "private_key_jwt".into()]);
        assert!(metadata.wants_basic());
    }

    proptest! {
        #[test]
        fn no_document_makes_it_panic(body in "\\PC*") {
            let _ = Metadata::read(body.as_bytes(), AuthorityKind::Undetermined);
        }
    }
}
