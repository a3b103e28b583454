//! Requests that are seldom meant.

use super::{Row, as_daemon, authority, secret};
use crate::guide::samples::CLIENT;
use crate::model::{
    ChallengeMethod, ClientKind, Flow, ResponseMode, ResponseType, Secret, SecretKind,
};

/// One row a request that may be sent and is seldom meant.
pub(super) const WARNINGS: &[Row] = &[
    (
        "authority-tenant",
        |s| {
            as_daemon(s);
            s.authority = authority("https://login.microsoftonline.com/common");
        },
        "authority",
        "many tenants",
    ),
    (
        "authority-closed-cloud",
        |s| s.authority = authority("https://login.microsoftonline.de/contoso.example"),
        "authority",
        "closed",
    ),
    (
        "client-id-is-tenant",
        |s| s.authority = authority(&format!("https://login.microsoftonline.com/{CLIENT}")),
        "client_id",
        "the same",
    ),
    (
        "same-cloud",
        |s| s.scopes = vec!["https://graph.microsoft.us/User.Read".into()],
        "scope",
        "another cloud",
    ),
    (
        "same-cloud",
        |s| s.authority = authority("https://login.microsoftonline.com/contoso.onmicrosoft.us"),
        "authority",
        "another cloud",
    ),
    (
        "scope-reserved-alone",
        |s| s.scopes = vec!["openid profile".into()],
        "scope",
        "only scopes of OpenID Connect",
    ),
    (
        "redirect-fits-client",
        |s| s.redirect_uri = Some("https://app.contoso.example/signed-in".into()),
        "redirect_uri",
        "web address",
    ),
    (
        "redirect-fits-client",
        |s| {
            s.client_kind = ClientKind::Spa;
            s.redirect_uri = Some("contoso.orders://auth".into());
        },
        "redirect_uri",
        "native programs",
    ),
    (
        "redirect-fits-client",
        |s| s.redirect_uri = Some("http://[::1]:8400".into()),
        "redirect_uri",
        "IPv6",
    ),
    (
        "confidential-has-secret",
        |s| s.client_kind = ClientKind::Web,
        "client_secret",
        "no secret is given",
    ),
    (
        "scope-list",
        |s| s.scopes = vec!["User.Read Mail.Read".into()],
        "scope",
        "several",
    ),
    (
        "scope-default-mixed",
        |s| {
            s.scopes = vec![
                "https://graph.microsoft.com/.default".into(),
                "User.Read".into(),
            ];
        },
        "scope",
        "mixture",
    ),
    (
        "redirect-listening",
        |s| s.redirect_uri = Some("http://localhost/".into()),
        "redirect_uri",
        "ends with a slash",
    ),
    (
        "redirect-listening",
        |s| s.redirect_uri = Some("contoso.orders://auth".into()),
        "redirect_uri",
        "cannot listen",
    ),
    (
        "claims-object",
        |s| s.claims = Some("{\"acrs\":{}}".into()),
        "claims",
        "acrs",
    ),
    (
        "client-capability",
        |s| s.capabilities = vec!["cp1".into()],
        "capabilities",
        "28 hours",
    ),
    (
        "client-capability",
        |s| s.capabilities = vec!["cp2".into()],
        "capabilities",
        "cp2",
    ),
    (
        "secret-text",
        |s| {
            as_daemon(s);
            s.credential = secret("5d7f2a10-9f3c-4a37-b1de-3b6a1c20e4f8");
        },
        "client_secret",
        "secret's id",
    ),
    (
        "secret-text",
        |s| {
            as_daemon(s);
            s.credential = secret("k8Q~fictional-value-0001\n");
        },
        "client_secret",
        "white space",
    ),
    (
        "public-has-no-secret",
        |s| s.credential = secret("k8Q~fictional-value-0001"),
        "client_secret",
        "public",
    ),
    (
        "refresh-token",
        |s| {
            s.flow = Flow::RefreshToken;
            s.refresh_token = Some(Secret::new(SecretKind::RefreshToken, "eyJ0.e30.x"));
        },
        "refresh_token",
        "JWT",
    ),
    (
        "user-name",
        |s| {
            s.flow = Flow::Password;
            s.username = Some("ada".into());
        },
        "username",
        "no domain",
    ),
    (
        "flow-and-client",
        |s| s.client_kind = ClientKind::Daemon,
        "flow",
        "nobody",
    ),
    (
        "flow-and-client",
        |s| {
            s.client_kind = ClientKind::Spa;
            s.flow = Flow::DeviceCode;
        },
        "flow",
        "single-page",
    ),
    (
        "silent-prompt",
        |s| s.asking.prompt = Some(crate::model::Prompt::None),
        "prompt",
        "no page",
    ),
    (
        "binding-message",
        |s| s.asking.binding_message = Some("W4-7".into()),
        "binding_message",
        "only the flow ciba",
    ),
    (
        "exchange-at-entra",
        |s| s.flow = Flow::TokenExchange,
        "flow",
        "no token exchange",
    ),
    (
        "exchange-at-entra",
        |s| s.flow = Flow::JwtBearer,
        "flow",
        "requested_token_use",
    ),
    (
        "exchange-at-entra",
        |s| s.flow = Flow::SamlBearer,
        "flow",
        "federated domain",
    ),
    (
        "asked-of-no-page",
        |s| {
            s.flow = Flow::DeviceCode;
            s.asking.max_age = Some(0);
        },
        "flow",
        "no sign-in page",
    ),
    (
        "domain-hint",
        |s| {
            s.authority = authority("https://issuer.contoso.example")
                .spoken_as(crate::model::AuthorityKind::Oidc);
            s.asking.domain_hint = Some("contoso.example".into());
        },
        "extra",
        "Microsoft",
    ),
    (
        "legacy-response-type",
        |s| s.asking.response_type = ResponseType::IdTokenToken,
        "response_type",
        "legacy",
    ),
    (
        "legacy-response-type",
        |s| {
            s.asking.response_type = ResponseType::Token;
            s.asking.response_mode = Some(ResponseMode::Query);
        },
        "response_mode",
        "in the query",
    ),
    (
        "weak-pkce",
        |s| s.asking.pkce = Some(ChallengeMethod::Plain),
        "pkce",
        "the verifier itself",
    ),
    (
        "weak-pkce",
        |s| s.asking.pkce = Some(ChallengeMethod::None),
        "pkce",
        "without PKCE",
    ),
    (
        "unknown-at-microsoft",
        |s| s.asking.authorization_details = Some("pay.json".into()),
        "authorization_details",
        "RFC 9396",
    ),
    (
        "dpop-at-microsoft",
        |s| s.extensions.dpop = true,
        "dpop",
        "no DPoP",
    ),
    (
        "nothing-to-push",
        |s| {
            s.flow = Flow::DeviceCode;
            s.extensions.par = true;
        },
        "par",
        "no authorization request",
    ),
    (
        "region-fits",
        |s| {
            s.flow = Flow::DeviceCode;
            s.extensions.region = Some(crate::model::Region::Auto);
        },
        "region",
        "device-code",
    ),
];
