//! The client against a real provider over http on loopback: every way of asking that both know.

use serde_json::Value;

use crate::harness::acquire::{Acquire, Acquiring};
use crate::harness::pair::Pair;
use crate::harness::provider::{
    DAEMON, DAEMON_SECRET, DESKTOP, Provider, SIGNER, approve_device, deny_device, sign_in,
};

#[test]
fn the_provider_hands_out_a_refresh_token_when_its_pages_are_walked() {
    assert!(!Provider::over_http().refresh_token().is_empty());
}

fn daemon(provider: &Provider, secret: &str) -> Acquire {
    Acquire::new(&provider.issuer, DAEMON, "client-credentials")
        .scopes(&["api:read"])
        .secret("--client-secret-env", secret)
}

fn desktop(provider: &Provider, flow: &str) -> Acquire {
    Acquire::new(&provider.issuer, DESKTOP, flow).scopes(&["openid", "offline_access", "api:read"])
}

/// The address that a device run tells the person to open, with the code in it.
fn device_address(provider: &Provider, acquiring: &mut Acquiring) -> String {
    let code = acquiring.wait_for("user code", |line| {
        let words = line.split(|c: char| !c.is_ascii_uppercase() && c != '-');
        words
            .map(str::to_owned)
            .find(|word| word.len() == 9 && word.find('-') == Some(4))
    });
    format!("{}/device?user_code={code}", provider.issuer)
}

#[test]
fn client_credentials_are_granted() {
    let provider = Provider::over_http();
    let acquired = daemon(&provider, DAEMON_SECRET).run();
    acquired.assert_granted();
    assert_eq!(
        acquired.said["token"]["scopes"],
        serde_json::json!(["api:read"]),
        "{acquired:?}"
    );
    assert_eq!(acquired.statuses_of("/token"), [200], "{acquired:?}");
    let sent = acquired.said["exchanges"][1]["request"]["headers"].to_string();
    assert!(
        sent.contains("application/x-www-form-urlencoded"),
        "the headers that were sent: {sent}"
    );
}

#[test]
fn a_client_that_must_authenticate_in_the_header_is_granted() {
    let provider = Provider::that_offers_only("client_secret_basic");
    let acquired = daemon(&provider, DAEMON_SECRET).run();
    acquired.assert_granted();
    assert_eq!(acquired.statuses_of("/token"), [200], "{acquired:?}");
}

#[test]
fn a_secret_is_used_in_the_way_that_is_chosen() {
    for method in [
        "client_secret_post",
        "client_secret_basic",
        "client_secret_jwt",
    ] {
        let provider = Provider::that_offers_only(method);
        let chosen = ["--secret-method", method];
        let acquired = daemon(&provider, DAEMON_SECRET).with(&chosen).run();
        acquired.assert_granted();
        let request = &acquired.said["exchanges"][1]["request"];
        let asserts = request["form"]
            .to_string()
            .contains("client_assertion_type");
        assert_eq!(asserts, method == "client_secret_jwt", "{acquired:?}");
        let wrong = daemon(&provider, "not-the-secret-0123456789abcdef");
        wrong
            .with(&chosen)
            .run()
            .assert_refused(1, "invalid_client");
    }
}

#[test]
fn a_way_of_using_a_secret_that_is_not_listed_is_warned_of_and_refused() {
    let provider = Provider::that_offers_only("client_secret_jwt");
    let refused = daemon(&provider, DAEMON_SECRET)
        .with(&["--secret-method", "client_secret_basic"])
        .run();
    refused.assert_refused(1, "invalid_client");
    let events = refused.said["events"].to_string();
    let named = events.contains("does not list `client_secret_basic`");
    assert!(named && events.contains("client_secret_jwt"), "{refused:?}");
}

#[test]
fn a_wrong_secret_is_refused_and_blamed_on_the_client() {
    let provider = Provider::over_http();
    let acquired = daemon(&provider, "not-the-secret-0123456789").run();
    acquired.assert_refused(1, "invalid_client");
    assert_eq!(acquired.statuses_of("/token"), [401], "{acquired:?}");
    assert_eq!(acquired.said["diagnosis"]["where"], "token", "{acquired:?}");
}

/// The client whose key the provider knows, with the certificate and key of a pair and more arguments.
fn signer(provider: &Provider, pair: &Pair, more: &[&str]) -> crate::harness::acquire::Acquired {
    let files = crate::harness::kit::folder();
    let path = |name: &str, text: &str| {
        let path = files.path().join(name);
        std::fs::write(&path, text).expect("the folder can be written");
        path.display().to_string()
    };
    let certificate = path("own.pem", &pair.certificate);
    let key = path("own.key", &pair.key);
    let acquired = Acquire::new(&provider.issuer, SIGNER, "client-credentials")
        .scopes(&["api:read"])
        .with(&["--client-certificate", &certificate, "--client-key", &key])
        .with(more)
        .run();
    let lines: Vec<&str> = pair.key.lines().filter(|line| line.len() > 40).collect();
    for line in lines {
        assert!(!acquired.said.to_string().contains(line) && !acquired.stderr.contains(line));
    }
    acquired
}

#[test]
fn assertions_signed_by_both_algorithms_are_accepted() {
    let pair = Pair::make();
    let provider = Provider::with_signer(&pair.certificate);
    for more in [&[][..], &["--signing-algorithm", "RS256"], &["--x5c"]] {
        let acquired = signer(&provider, &pair, more);
        acquired.assert_granted();
        assert_eq!(acquired.statuses_of("/token"), [200], "{acquired:?}");
    }
}

#[test]
fn an_assertion_signed_with_a_key_on_p256_is_accepted_and_that_of_another_is_not() {
    let pair = Pair::on_p256();
    let provider = Provider::with_signer(&pair.certificate);
    for more in [&[][..], &["--signing-algorithm", "ES256"]] {
        signer(&provider, &pair, more).assert_granted();
    }
    let other = signer(&provider, &Pair::on_p256(), &[]);
    other.assert_refused(1, "invalid_client");
    let unfit = signer(&provider, &pair, &["--signing-algorithm", "PS256"]);
    assert_eq!(unfit.said["outcome"], "invalid", "{unfit:?}");
    assert_eq!(unfit.said["exchanges"], serde_json::json!([]), "{unfit:?}");
}

#[test]
fn an_assertion_signed_with_another_key_is_refused() {
    let provider = Provider::with_signer(&Pair::make().certificate);
    let acquired = signer(&provider, &Pair::make(), &[]);
    acquired.assert_refused(1, "invalid_client");
}

#[test]
fn a_device_code_waits_for_the_person_and_is_granted() {
    let mut provider = Provider::over_http();
    let mut acquiring = desktop(&provider, "device-code").start();
    let address = device_address(&provider, &mut acquiring);
    provider.wait_for_answer("POST", "/token", 400);
    approve_device(&mut provider.visitor(), &address);
    let acquired = acquiring.finish();
    acquired.assert_granted();
    let statuses = acquired.statuses_of("/token");
    assert_eq!(
        (statuses.first(), statuses.last()),
        (Some(&400), Some(&200)),
        "{acquired:?}"
    );
}

#[test]
fn a_device_code_that_the_person_denies_is_refused() {
    let mut provider = Provider::over_http();
    let mut acquiring = desktop(&provider, "device-code").start();
    let address = device_address(&provider, &mut acquiring);
    provider.wait_for_answer("POST", "/token", 400);
    deny_device(&mut provider.visitor(), &address);
    acquiring.finish().assert_refused(3, "access_denied");
}

#[test]
fn a_device_code_that_nobody_uses_runs_out_and_asks_for_a_person() {
    let provider = Provider::with_device_codes_of(8);
    let acquired = desktop(&provider, "device-code").run();
    assert_eq!(
        (acquired.code, &acquired.said["outcome"]),
        (3, &Value::from("refused")),
        "{acquired:?}"
    );
    assert!(
        acquired
            .statuses_of("/token")
            .iter()
            .all(|status| *status == 400),
        "{acquired:?}"
    );
}

#[test]
fn a_sign_in_in_the_browser_is_granted() {
    let provider = Provider::over_http();
    let mut acquiring = desktop(&provider, "interactive")
        .with(&["--no-browser"])
        .start();
    let address = acquiring.address(&format!("{}/auth", provider.issuer));
    let mut visitor = provider.visitor();
    let login = visitor.open(&address);
    let last = sign_in(&mut visitor, &login);
    assert_eq!(
        last.status,
        200,
        "the page that ends the sign-in: {}",
        last.words()
    );
    let acquired = acquiring.finish();
    acquired.assert_granted();
    assert_eq!(acquired.statuses_of("/token"), [200], "{acquired:?}");
}

#[test]
fn a_sign_in_that_the_person_cancels_is_refused() {
    let provider = Provider::over_http();
    let mut acquiring = desktop(&provider, "interactive")
        .with(&["--no-browser"])
        .start();
    let address = acquiring.address(&format!("{}/auth", provider.issuer));
    let mut visitor = provider.visitor();
    let login = visitor.open(&address);
    visitor.click(&login, "Cancel");
    let acquired = acquiring.finish();
    acquired.assert_refused(3, "access_denied");
    assert_eq!(acquired.statuses_of("/token"), [0; 0], "{acquired:?}");
    assert_eq!(
        acquired.said["diagnosis"]["where"], "authorize",
        "{acquired:?}"
    );
}

#[test]
fn a_rotated_refresh_token_works_once_and_its_replay_is_refused() {
    let provider = Provider::over_http();
    let refresh_token = provider.refresh_token();
    let redeem = || {
        desktop(&provider, "refresh-token")
            .secret("--refresh-token-env", &refresh_token)
            .run()
    };
    redeem().assert_granted();
    let replayed = redeem();
    replayed.assert_refused(3, "invalid_grant");
    assert_eq!(replayed.statuses_of("/token"), [400], "{replayed:?}");
}
