//! What OpenSSL made of a key and its certificate: the client reads it and proves itself, to a real provider and to the
//! lab.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::harness::acquire::{Acquire, Acquired};
use crate::harness::kit;
use crate::harness::pair::Pair;
use crate::harness::provider::{Provider, SIGNER};

pub const PASSWORD: &str = "zebra-lock";
const GRAPH: &str = "https://graph.microsoft.com/.default";

/// A pair as PEM files in a folder, and what OpenSSL makes of it there.
pub struct Made {
    pair: Pair,
    folder: tempfile::TempDir,
}

impl Made {
    pub fn of(pair: Pair) -> Self {
        let folder = kit::folder();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text);
        write("own.pem", &pair.certificate).expect("the folder can be written");
        write("own.key", &pair.key).expect("the folder can be written");
        Self { pair, folder }
    }

    pub fn openssl(&self, words: &[&str]) {
        let ended = Command::new("openssl")
            .current_dir(self.folder.path())
            .args(words)
            .env("LOCK", PASSWORD)
            .output()
            .expect("openssl is installed");
        assert!(ended.status.success(), "{ended:?}");
    }

    /// A PFX, named so that only its content tells what it is.
    pub fn pfx(&self, more: &[&str]) -> PathBuf {
        let own = "pkcs12 -export -inkey own.key -in own.pem -passout env:LOCK -out own.bin";
        let words: Vec<&str> = own.split(' ').chain(more.iter().copied()).collect();
        self.openssl(&words);
        self.path("own.bin")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

fn proving(acquire: Acquire, certificate: &Path, password: Option<&str>) -> Acquired {
    let named = certificate.display().to_string();
    let acquire = acquire.with(&["--client-certificate", &named]);
    match password {
        Some(password) => acquire.secret("--client-certificate-password-env", password),
        None => acquire,
    }
    .run()
}

fn signer(provider: &Provider) -> Acquire {
    Acquire::new(&provider.issuer, SIGNER, "client-credentials").scopes(&["api:read"])
}

fn invalid(acquired: &Acquired, words: &str) {
    assert_eq!(
        (acquired.code, &acquired.said["outcome"]),
        (2, &"invalid".into())
    );
    assert_eq!(
        acquired.said["exchanges"],
        serde_json::json!([]),
        "{acquired:?}"
    );
    let what = acquired.said["problems"][0]["what"]
        .as_str()
        .unwrap_or_default();
    assert!(what.contains(words), "{acquired:?}");
}

#[test]
fn a_pfx_proves_the_client_however_it_is_locked() {
    for pair in [Pair::make(), Pair::on_p256()] {
        let made = Made::of(pair);
        let provider = Provider::with_signer(&made.pair.certificate);
        let before = "-certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES -macalg sha1";
        let before: Vec<&str> = before.split(' ').collect();
        for more in [&[][..], &["-legacy"], &before] {
            let acquired = proving(signer(&provider), &made.pfx(more), Some(PASSWORD));
            acquired.assert_granted();
            assert_eq!(acquired.statuses_of("/token"), [200], "{acquired:?}");
        }
    }
}

#[test]
fn a_pfx_that_cannot_be_used_is_said_to_be_so_before_anything_is_sent() {
    let made = Made::of(Pair::make());
    let provider = Provider::with_signer(&made.pair.certificate);
    let asked = |file: &Path, password| proving(signer(&provider), file, password);
    let pfx = made.pfx(&[]);
    invalid(&asked(&pfx, Some("another-lock")), "does not unlock");
    invalid(&asked(&pfx, None), "none is named");
    let keyless = made.pfx(&["-nokeys"]);
    invalid(&asked(&keyless, Some(PASSWORD)), "no private key");
}

#[test]
fn a_locked_key_in_pem_is_unlocked_and_a_traditional_one_is_said_to_be_unreadable() {
    let made = Made::of(Pair::make());
    let provider = Provider::with_signer(&made.pair.certificate);
    let with = |key: &str| {
        let key = made.path(key).display().to_string();
        let acquire = signer(&provider).with(&["--client-key", &key]);
        proving(acquire, &made.path("own.pem"), Some(PASSWORD))
    };
    let words = "pkcs8 -topk8 -in own.key -passout env:LOCK -out locked.key";
    made.openssl(&words.split(' ').collect::<Vec<_>>());
    with("locked.key").assert_granted();
    let words = "rsa -traditional -aes256 -in own.key -passout env:LOCK -out before.key";
    made.openssl(&words.split(' ').collect::<Vec<_>>());
    invalid(&with("before.key"), "not read here");
}

#[test]
fn the_lab_grants_to_a_pfx_and_to_a_key_whose_certificate_is_named_by_its_thumbprint() {
    let made = Made::of(Pair::make());
    let lab = crate::lab_checks_proofs::lab_with(&made.pair);
    let daemon = || {
        Acquire::new(
            lab.authority(),
            lab.client_id("daemon"),
            "client-credentials",
        )
        .scopes(&[GRAPH])
        .trusting(Some(&lab.ca()))
    };
    proving(daemon(), &made.pfx(&[]), Some(PASSWORD)).assert_granted();
    let key = made.path("own.key").display().to_string();
    let print = |print: &str| {
        let words = ["--client-key", &key, "--client-thumbprint", print];
        daemon().with(&words).run()
    };
    for (own, algorithm) in [(made.pair.sha1(), "RS256"), (made.pair.sha256(), "PS256")] {
        print(&own).assert_granted();
        assert!(lab.because().contains(algorithm), "{}", lab.because());
    }
    print(&"ab".repeat(20)).assert_refused(1, "invalid_client");
}
