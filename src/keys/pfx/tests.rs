//! Files that OpenSSL 3 made of one key and its certificate, all with the same password.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use proptest::prelude::*;

use super::*;
use crate::keys::Signer;
use crate::model::{CertificateRef, ClientCertificate, PFX_LABEL, Problem, SecretKind};

const MODERN: &[u8] = include_bytes!("samples/modern.pfx");
const LEGACY: &[u8] = include_bytes!("samples/legacy.pfx");
const EMPTY: &[u8] = include_bytes!("samples/empty.pfx");
const NO_KEY: &[u8] = include_bytes!("samples/nokey.pfx");
const NO_CERTIFICATE: &[u8] = include_bytes!("samples/nocert.pfx");
const LOCKED: &str = include_str!("samples/locked.key");
const LOCKED_BEFORE: &str = include_str!("samples/locked-old.key");
const CERTIFICATE: &str = include_str!("samples/ec.pem");
const PASSWORD: &str = "zebra-lock";

fn text(pfx: &[u8]) -> String {
    let digits = BASE64_STANDARD.encode(pfx);
    format!("-----BEGIN {PFX_LABEL}-----\n{digits}\n-----END {PFX_LABEL}-----\n")
}

fn made(certificate: &str, key: &str, password: Option<&str>) -> Result<Signer, Problem> {
    let file = |text: &str| Secret::new(SecretKind::PrivateKey, text);
    Signer::new(&ClientCertificate {
        key: file(key),
        certificate: file(certificate),
        password: password.map(|text| Secret::new(SecretKind::Password, text)),
        at: CertificateRef {
            certificate: "own.pfx".into(),
            ..CertificateRef::default()
        },
    })
}

fn of(pfx: &[u8], password: Option<&str>) -> Result<Signer, Problem> {
    made(&text(pfx), &text(pfx), password)
}

#[test]
fn what_openssl_locks_with_aes_or_as_before_holds_the_certificate_and_its_key() {
    let expected = made(CERTIFICATE, LOCKED, Some(PASSWORD)).unwrap();
    for pfx in [MODERN, LEGACY] {
        let signer = of(pfx, Some(PASSWORD)).unwrap();
        assert_eq!(signer.thumbprint(), expected.thumbprint());
        assert_eq!(signer.expires(), expected.expires());
    }
    assert!(of(EMPTY, None).is_ok() && of(EMPTY, Some("")).is_ok());
}

#[test]
fn each_thing_that_is_wrong_with_it_has_its_own_words() {
    let cases = [
        (of(MODERN, Some("zebra")), say::PASSWORD_WRONG),
        (of(LEGACY, Some("zebra")), say::PASSWORD_WRONG),
        (of(MODERN, None), say::PASSWORD_WANTED),
        (of(NO_KEY, Some(PASSWORD)), say::PFX_WITHOUT_KEY),
        (
            of(NO_CERTIFICATE, Some(PASSWORD)),
            say::PFX_WITHOUT_CERTIFICATE,
        ),
        (of(&MODERN[..500], Some(PASSWORD)), say::NOT_A_PFX),
        (
            made(CERTIFICATE, LOCKED, Some("zebra")),
            say::PASSWORD_WRONG,
        ),
        (made(CERTIFICATE, LOCKED, None), say::PASSWORD_WANTED),
        (
            made(CERTIFICATE, LOCKED_BEFORE, Some(PASSWORD)),
            say::KEY_ENCRYPTED,
        ),
    ];
    for (made, what) in cases {
        let problem = made.err().expect("it cannot be used");
        assert_eq!(
            (problem.what.as_str(), problem.at.as_str()),
            (what, "own.pfx")
        );
        assert!(!format!("{problem:?}").contains("zebra"), "{problem:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_change_of_its_bytes_makes_it_panic(at in 0..900_usize, to in any::<u8>(), legacy in any::<bool>()) {
        let mut bytes = if legacy { LEGACY } else { MODERN }.to_vec();
        if let Some(byte) = bytes.get_mut(at) {
            *byte = to;
        }
        let password = Secret::new(SecretKind::Password, PASSWORD);
        let _ = read(&bytes, Some(&password));
    }
}
