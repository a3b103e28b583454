//! The client against a real provider over https: whom it trusts, and that the rest is the same.

use crate::harness::acquire::Acquire;
use crate::harness::provider::{DAEMON, DAEMON_SECRET, Provider};

fn daemon(provider: &Provider) -> Acquire {
    Acquire::new(&provider.issuer, DAEMON, "client-credentials")
        .scopes(&["api:read"])
        .secret("--client-secret-env", DAEMON_SECRET)
}

#[test]
fn client_credentials_are_granted_when_the_authority_is_trusted() {
    let provider = Provider::over_https();
    let acquired = daemon(&provider).trusting(provider.ca()).run();
    acquired.assert_granted();
    let took = &acquired.said["exchanges"][0]["ms"]["tls"];
    assert!(
        took.is_number(),
        "the time TLS took is not told: {acquired:?}"
    );
}

#[test]
fn the_token_alone_is_printed_when_a_script_asks_for_it() {
    let provider = Provider::over_https();
    let acquired = daemon(&provider)
        .trusting(provider.ca())
        .run_for_the_token();
    let (code, token) = (acquired.code, acquired.stdout.strip_suffix('\n'));
    let parts = token.map(|token| token.split('.').filter(|part| !part.is_empty()).count());
    assert_eq!(
        (code, parts),
        (0, Some(3)),
        "not a JWT and a line end alone: {}",
        acquired.stderr
    );
}

#[test]
fn a_provider_whose_certificate_nobody_vouches_for_is_not_sent_the_secret() {
    let provider = Provider::over_https();
    let acquired = daemon(&provider).run();
    assert_eq!(
        (acquired.code, &acquired.said["outcome"]),
        (5, &"unreachable".into()),
        "{acquired:?}"
    );
    assert!(
        acquired
            .exchanges()
            .iter()
            .all(|(_, _, status)| status.is_none()),
        "{acquired:?}"
    );
}
