//! Authorization requests that are signed (RFC 9101) and authorization details (RFC 9396), against the real provider.

use std::path::PathBuf;

use serde_json::json;
use tempfile::TempDir;

use crate::harness::acquire::{Acquire, Acquired};
use crate::harness::kit;
use crate::harness::pair::Pair;
use crate::harness::provider::{ASKER, KEEPER, KEEPER_SECRET, Provider, SIGNER, sign_in};

fn keeper(provider: &Provider, more: &[&str]) -> Acquire {
    Acquire::new(&provider.issuer, KEEPER, "interactive")
        .scopes(&["openid"])
        .secret("--client-secret-env", KEEPER_SECRET)
        .with(&["--no-browser", "--request-object"])
        .with(more)
}

/// A file that the run reads.
fn file(folder: &TempDir, name: &str, text: &str) -> String {
    let path: PathBuf = folder.path().join(name);
    std::fs::write(&path, text).expect("a file can be written");
    path.display().to_string()
}

fn signer(provider: &Provider, pair: &Pair, folder: &TempDir, more: &[&str]) -> Acquire {
    let certificate = file(folder, "own.pem", &pair.certificate);
    let key = file(folder, "own.key", &pair.key);
    Acquire::new(&provider.issuer, SIGNER, "interactive")
        .scopes(&["openid"])
        .with(&["--client-certificate", &certificate, "--client-key", &key])
        .with(&["--no-browser", "--request-object"])
        .with(more)
}

fn signed_in(provider: &Provider, acquire: Acquire, in_address: &str) -> Acquired {
    let mut acquiring = acquire.start();
    let address = acquiring.address(&format!("{}/auth", provider.issuer));
    assert!(address.contains(in_address), "{address}");
    let mut visitor = provider.visitor();
    let login = visitor.open(&address);
    sign_in(&mut visitor, &login);
    acquiring.finish()
}

#[test]
fn a_request_signed_with_the_clients_key_is_granted_by_every_algorithm() {
    for (pair, more) in [
        (Pair::make(), &["--signing-algorithm", "PS256"][..]),
        (Pair::make(), &["--signing-algorithm", "RS256"]),
        (Pair::on_p256(), &[]),
    ] {
        let provider = Provider::with_signer(&pair.certificate);
        let folder = kit::folder();
        let acquire = signer(&provider, &pair, &folder, more);
        let acquired = signed_in(&provider, acquire, "?client_id=signer&request=");
        acquired.assert_granted();
    }
}

#[test]
fn a_request_signed_with_the_clients_secret_is_granted_in_the_address_and_pushed() {
    let provider = Provider::over_http();
    let acquired = signed_in(
        &provider,
        keeper(&provider, &[]),
        "?client_id=keeper&request=",
    );
    acquired.assert_granted();
    assert!(
        acquired.said["events"].to_string().contains("HS256"),
        "{acquired:?}"
    );
    let pushed = signed_in(&provider, keeper(&provider, &["--par"]), "request_uri=urn");
    pushed.assert_granted();
    assert_eq!(pushed.statuses_of("/request"), [201], "{pushed:?}");
    let all = ["--par", "--response-mode", "query.jwt", "--max-age", "60"];
    signed_in(&provider, keeper(&provider, &all), "request_uri=urn").assert_granted();
}

#[test]
fn a_request_signed_with_another_key_is_refused() {
    let provider = Provider::with_signer(&Pair::make().certificate);
    let folder = kit::folder();
    let mut acquiring = signer(&provider, &Pair::make(), &folder, &[]).start();
    let address = acquiring.address(&format!("{}/auth", provider.issuer));
    let page = provider.visitor().open(&address);
    let said = format!("{} {}", page.url, page.words());
    assert!(said.contains("invalid_request_object"), "{said}");
}

#[test]
fn a_provider_that_takes_no_signed_request_is_warned_of_and_refuses() {
    let provider = Provider::without("requests");
    let refused = keeper(&provider, &["--par"]).run();
    refused.assert_refused(1, "request_not_supported");
    assert!(
        refused.stderr.contains("signed authorization requests"),
        "{refused:?}"
    );
}

#[test]
fn a_client_without_a_key_signs_nothing_and_sends_nothing() {
    let provider = Provider::over_http();
    let unsent = Acquire::new(&provider.issuer, ASKER, "interactive")
        .scopes(&["openid"])
        .with(&["--no-browser", "--request-object"])
        .run();
    assert_eq!(
        (unsent.code, &unsent.said["outcome"]),
        (2, &"invalid".into())
    );
    assert!(unsent.exchanges().is_empty(), "{unsent:?}");
}

const ACCOUNTS: &str = r#"[ { "type": "accounts", "actions": ["read"] } ]"#;

fn detailed(provider: &Provider, folder: &TempDir, text: &str, more: &[&str]) -> Acquire {
    let path = file(folder, "details.json", text);
    Acquire::new(&provider.issuer, ASKER, "interactive")
        .scopes(&["openid", "api:read"])
        .with(&["--no-browser", "--authorization-details", &path])
        .with(more)
}

#[test]
fn authorization_details_are_granted_and_told_in_the_address_and_pushed() {
    let provider = Provider::over_http();
    let folder = kit::folder();
    for (more, in_address) in [
        (&[][..], "authorization_details="),
        (&["--par"], "request_uri=urn"),
    ] {
        let acquire = detailed(&provider, &folder, ACCOUNTS, more);
        let acquired = signed_in(&provider, acquire, in_address);
        acquired.assert_granted();
        assert_eq!(
            acquired.said["token"]["authorization_details"],
            json!([{ "type": "accounts", "actions": ["read"] }]),
            "{acquired:?}"
        );
    }
}

#[test]
fn details_that_the_provider_finds_wanting_are_refused_and_explained() {
    let provider = Provider::over_http();
    let folder = kit::folder();
    let wanting = r#"[{"type":"accounts"}]"#;
    let refused = detailed(&provider, &folder, wanting, &["--par"]).run();
    refused.assert_refused(1, "invalid_authorization_details");
}

#[test]
fn details_of_a_type_that_is_not_listed_and_a_file_that_is_none_stay_unsent() {
    let provider = Provider::over_http();
    let folder = kit::folder();
    for (text, says) in [
        (
            r#"[{"type":"payments"}]"#,
            "authorization_details_types_supported",
        ),
        ("{}", "no JSON array"),
    ] {
        let unsent = detailed(&provider, &folder, text, &[]).run();
        assert_eq!(
            (unsent.code, &unsent.said["outcome"]),
            (2, &"invalid".into())
        );
        let problems = unsent.said["problems"].to_string();
        assert!(problems.contains(says), "{unsent:?}");
    }
}
