//! One row a malformed request: where it is wrong and what the problem must say.

use super::*;
use crate::guide::samples::{CLIENT, spec};
use crate::model::{Authority, ClientKind, Credential, Flow, Secret, SecretKind};

type Row = (&'static str, fn(&mut RunSpec), &'static str, &'static str);

fn authority(text: &str) -> Authority {
    Authority::parse(text).unwrap()
}

fn secret(text: &str) -> Credential {
    Credential::Secret(Secret::new(SecretKind::ClientSecret, text))
}

fn as_daemon(spec: &mut RunSpec) {
    spec.flow = Flow::ClientCredentials;
    spec.client_kind = ClientKind::Daemon;
    spec.credential = secret("k8Q~fictional-value-0001");
    spec.scopes = vec!["https://graph.microsoft.com/.default".into()];
    spec.username = None;
}

#[test]
fn a_sound_request_has_neither_problems_nor_warnings() {
    for flow in [
        Flow::Silent,
        Flow::Interactive,
        Flow::DeviceCode,
        Flow::Password,
    ] {
        assert_eq!(check(&spec(flow)), Lint::default(), "{flow:?}");
    }
    let mut daemon = spec(Flow::ClientCredentials);
    as_daemon(&mut daemon);
    assert_eq!(check(&daemon), Lint::default());
}

const PROBLEMS: &[Row] = &[
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
];

#[test]
fn what_cannot_be_sent_is_told_with_the_place_and_what_was_expected() {
    for (id, spoil, at, says) in PROBLEMS {
        let mut spec = spec(Flow::Interactive);
        spoil(&mut spec);
        let lint = check(&spec);
        let found = lint
            .problems
            .iter()
            .find(|p| p.at == *at && p.what.contains(says));
        assert!(
            found.is_some_and(|p| !p.expected.is_empty()),
            "{id}: {says}: {:?}",
            lint.problems
        );
        assert!(CHECKS.iter().any(|check| check.id == *id), "{id}");
    }
}

const WARNINGS: &[Row] = &[
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
            ]
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
        |s| s.prompt = Some(crate::model::Prompt::None),
        "prompt",
        "no page",
    ),
];

#[test]
fn what_is_seldom_meant_is_a_warning_and_may_be_sent() {
    for (id, spoil, at, says) in WARNINGS {
        let mut spec = spec(Flow::Interactive);
        spoil(&mut spec);
        let lint = check(&spec);
        let found = lint
            .warnings
            .iter()
            .find(|p| p.at == *at && p.what.contains(says));
        assert!(found.is_some(), "{id}: {says}: {lint:?}");
        assert_eq!(lint.problems, Vec::new(), "{id}");
        assert!(CHECKS.iter().any(|check| check.id == *id), "{id}");
    }
}

#[test]
fn every_check_has_a_row() {
    for check in CHECKS {
        let rows = PROBLEMS.iter().chain(WARNINGS);
        assert!(
            rows.into_iter().any(|row| row.0 == check.id),
            "{}",
            check.id
        );
    }
}

#[test]
fn another_issuers_client_id_may_be_any_text() {
    let mut spec = spec(Flow::Interactive);
    spec.authority = authority("https://issuer.contoso.example");
    spec.client_id = "orders-desktop".into();
    assert_eq!(check(&spec).problems, Vec::new());
}

#[test]
fn a_secret_is_never_repeated() {
    let mut spec = spec(Flow::ClientCredentials);
    as_daemon(&mut spec);
    for text in [
        "<k8Q-hidden>",
        " k8Q-hidden ",
        "k8Qhidde-0000-4000-8000-00000000abcd",
    ] {
        spec.credential = secret(text);
        assert!(!format!("{:?}", check(&spec)).contains("k8Q"), "{text}");
    }
}
