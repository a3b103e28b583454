//! One row a malformed request: where it is wrong and what the problem must say.

mod problems;
mod warnings;

use problems::PROBLEMS;
use warnings::WARNINGS;

use super::*;
use crate::guide::samples::spec;
use crate::model::{
    Authority, CertificateMethod, CertificateRef, ClientCertificate, ClientKind, Credential, Flow,
    Secret, SecretKind,
};

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

#[test]
fn a_certificate_that_only_binds_tokens_leaves_a_client_public_and_proves_no_application() {
    let by = |method| {
        Credential::Certificate(Box::new(ClientCertificate {
            key: Secret::new(SecretKind::PrivateKey, "k"),
            certificate: Secret::new(SecretKind::PrivateKey, "c"),
            password: None,
            at: CertificateRef {
                method,
                ..CertificateRef::default()
            },
        }))
    };
    let warned = |method| {
        let mut spec = spec(Flow::Interactive);
        spec.credential = by(method);
        let warnings = check(&spec).warnings;
        warnings.iter().any(|found| found.at == "client_secret")
    };
    assert!(!warned(CertificateMethod::Binding));
    assert!(warned(CertificateMethod::Tls));
    let mut app = spec(Flow::ClientCredentials);
    as_daemon(&mut app);
    app.credential = by(CertificateMethod::Binding);
    assert_eq!(check(&app).problems.len(), 1);
    app.credential = by(CertificateMethod::SelfSigned);
    assert_eq!(check(&app).problems, Vec::new());
}
