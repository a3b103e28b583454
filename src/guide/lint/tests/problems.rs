//! Requests that cannot be sent.

use super::{Row, as_daemon, authority, secret};
use crate::guide::samples::CLIENT;
use crate::model::{ClientKind, Credential, Flow, RunSpec, Secret, SecretKind};

/// An application that acts for a user.
fn as_agent(spec: &mut RunSpec) {
    as_daemon(spec);
    spec.flow = Flow::UserFic;
    spec.username = Some("ada@contoso.example".into());
}

/// One row a malformed request.
pub(super) const PROBLEMS: &[Row] = &[
    (
        "authority-tenant",
        |s| s.authority = authority("https://login.microsoftonline.com"),
        "authority",
        "names no tenant",
    ),
    (
        "authority-tenant",
        |s| s.authority = authority("https://login.microsoftonline.com/<tenant>"),
        "authority",
        "example",
    ),
    (
        "authority-tenant",
        |s| s.authority = authority("https://login.microsoftonline.com/your-tenant"),
        "authority",
        "example",
    ),
    (
        "client-id",
        |s| s.client_id = " ".into(),
        "client_id",
        "no client id",
    ),
    (
        "client-id",
        |s| s.client_id = "my-app".into(),
        "client_id",
        "not a GUID",
    ),
    (
        "client-id",
        |s| s.client_id = "<client-id>".into(),
        "client_id",
        "example",
    ),
    (
        "client-id",
        |s| s.client_id = format!("{CLIENT}\n"),
        "client_id",
        "white space",
    ),
    (
        "scope-list",
        |s| s.scopes = vec![String::new()],
        "scope",
        "empty scope",
    ),
    (
        "scope-list",
        |s| s.scopes = vec!["User.Read,Mail.Read".into()],
        "scope",
        "comma",
    ),
    (
        "scope-list",
        |s| s.scopes = vec!["api://<app-id>/read".into()],
        "scope",
        "example",
    ),
    (
        "scope-list",
        |s| {
            as_daemon(s);
            s.scopes.clear();
        },
        "scope",
        "no scope",
    ),
    (
        "scope-characters",
        |s| s.scopes = vec!["User\"Read".into()],
        "scope",
        "cannot",
    ),
    (
        "scope-one-resource",
        |s| s.scopes = vec!["User.Read".into(), "api://contoso-orders/read".into()],
        "scope",
        "2 APIs",
    ),
    (
        "scope-default-for-apps",
        |s| {
            as_daemon(s);
            s.scopes = vec!["User.Read".into()];
        },
        "scope",
        "by name",
    ),
    (
        "redirect-address",
        |s| s.redirect_uri = Some("/callback".into()),
        "redirect_uri",
        "absolute",
    ),
    (
        "redirect-address",
        |s| s.redirect_uri = Some("http://contoso.example/cb".into()),
        "redirect_uri",
        "plain http",
    ),
    (
        "redirect-address",
        |s| s.redirect_uri = Some("javascript:alert(1)".into()),
        "redirect_uri",
        "never",
    ),
    (
        "redirect-address",
        |s| s.redirect_uri = Some("http://localhost/#x".into()),
        "redirect_uri",
        "after #",
    ),
    (
        "claims-object",
        |s| s.claims = Some("[1]".into()),
        "claims",
        "not an object",
    ),
    (
        "claims-object",
        |s| s.claims = Some("{\"a\":".into()),
        "claims",
        "not JSON",
    ),
    (
        "claims-object",
        |s| s.claims = Some("eyJhY2Nlc3NfdG9rZW4iOnt9fQ".into()),
        "claims",
        "base64",
    ),
    (
        "claims-object",
        |s| s.claims = Some(" ".into()),
        "claims",
        "empty",
    ),
    (
        "app-needs-secret",
        |s| {
            as_daemon(s);
            s.credential = Credential::Public;
        },
        "client_secret",
        "no secret",
    ),
    (
        "app-needs-secret",
        |s| {
            as_daemon(s);
            s.client_kind = ClientKind::Desktop;
        },
        "client_kind",
        "public",
    ),
    (
        "secret-text",
        |s| {
            as_daemon(s);
            s.credential = secret("");
        },
        "client_secret",
        "empty",
    ),
    (
        "secret-text",
        |s| {
            as_daemon(s);
            s.credential = secret("YOUR_CLIENT_SECRET");
        },
        "client_secret",
        "example",
    ),
    (
        "refresh-token",
        |s| {
            s.flow = Flow::RefreshToken;
            s.refresh_token = Some(Secret::new(SecretKind::RefreshToken, "0.AX x"));
        },
        "refresh_token",
        "white space",
    ),
    (
        "refresh-token",
        |s| {
            s.flow = Flow::RefreshToken;
            s.refresh_token = Some(Secret::new(SecretKind::RefreshToken, ""));
        },
        "refresh_token",
        "empty",
    ),
    (
        "password-user",
        |s| {
            s.flow = Flow::Password;
            s.username = None;
        },
        "username",
        "no user name",
    ),
    (
        "password-user",
        |s| {
            s.flow = Flow::Password;
            s.password = Some(Secret::new(SecretKind::Password, ""));
        },
        "password",
        "empty",
    ),
    (
        "password-tenant",
        |s| {
            s.flow = Flow::Password;
            s.authority = authority("https://login.microsoftonline.com/consumers");
        },
        "authority",
        "consumers",
    ),
    (
        "user-name",
        |s| s.username = Some("ada@contoso.example, ben@contoso.example".into()),
        "username",
        "more than one",
    ),
    (
        "user-name",
        |s| s.username = Some("<user>".into()),
        "username",
        "example",
    ),
    (
        "api-address",
        |s| s.api = Some("http://api.contoso.example/me".into()),
        "api",
        "token may be sent",
    ),
    (
        "agent-user",
        |s| {
            as_agent(s);
            s.username = None;
        },
        "username",
        "for which user",
    ),
    (
        "agent-user",
        |s| {
            as_agent(s);
            s.presented.user_id = Some("b2f0a6d4-0d1a-4c8e-8f37-5a4f1c2e9b01".into());
        },
        "user_id",
        "named twice",
    ),
    (
        "agent-user",
        |s| {
            as_agent(s);
            (s.username, s.presented.user_id) = (None, Some("ada".into()));
        },
        "user_id",
        "no object id",
    ),
    (
        "app-needs-secret",
        |s| {
            as_agent(s);
            s.credential = Credential::Public;
        },
        "client_secret",
        "credential of its own",
    ),
    (
        "ciba-user",
        |s| {
            as_agent(s);
            (s.flow, s.username) = (Flow::Ciba, None);
        },
        "username",
        "who is to be asked",
    ),
    (
        "app-needs-secret",
        |s| {
            as_agent(s);
            (s.flow, s.credential) = (Flow::Ciba, Credential::Public);
        },
        "client_secret",
        "before anybody is asked",
    ),
    (
        "binding-message",
        |s| s.asking.binding_message = Some(" ".into()),
        "binding_message",
        "empty or holds",
    ),
    (
        "exchange-targets",
        |s| {
            s.flow = Flow::TokenExchange;
            s.presented.resources = vec!["orders".into()];
        },
        "resource_uri",
        "no address",
    ),
    (
        "exchange-targets",
        |s| {
            s.flow = Flow::TokenExchange;
            s.presented.audiences = vec!["<audience>".into()];
        },
        "audience",
        "example",
    ),
    (
        "exchange-targets",
        |s| {
            s.flow = Flow::TokenExchange;
            s.presented.audiences = vec![" ".into()];
        },
        "audience",
        "empty",
    ),
    (
        "domain-hint",
        |s| s.asking.domain_hint = Some("ada@contoso.example".into()),
        "extra",
        "no domain",
    ),
    (
        "extra-parameter",
        |s| s.asking.extra = vec![("nonce".into(), "1".into())],
        "extra",
        "the flow sets",
    ),
    (
        "request-key",
        |s| {
            s.authority = authority("https://issuer.contoso.example")
                .spoken_as(crate::model::AuthorityKind::Oidc);
            s.asking.request_object = true;
        },
        "request",
        "nothing that could sign",
    ),
    (
        "unknown-at-microsoft",
        |s| s.asking.request_object = true,
        "request",
        "RFC 9101",
    ),
    (
        "unknown-at-microsoft",
        |s| s.asking.response_mode = Some(crate::model::ResponseMode::FormPostJwt),
        "response_mode",
        "JARM",
    ),
    (
        "extension-of-machine",
        |s| {
            s.flow = Flow::ManagedIdentity;
            s.extensions.dpop = true;
        },
        "flow",
        "no extensions",
    ),
];
