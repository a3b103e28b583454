use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256,
    UnparsedPublicKey, VerificationAlgorithm,
};
use rcgen::{
    CertificateParams, KeyPair as Maker, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384,
    PKCS_RSA_SHA256,
};

use super::*;
use crate::model::CertificateRef;

fn made(algorithm: &'static rcgen::SignatureAlgorithm) -> (String, String) {
    let key = Maker::generate_for(algorithm).unwrap();
    let certificate = CertificateParams::default().self_signed(&key).unwrap();
    (certificate.pem(), key.serialize_pem())
}

fn given(certificate: &str, key: &str, at: &CertificateRef) -> ClientCertificate {
    let file = |text| Secret::new(SecretKind::PrivateKey, text);
    ClientCertificate {
        key: file(key),
        certificate: file(certificate),
        password: None,
        at: CertificateRef {
            certificate: "own.pem".into(),
            key: Some("own.key".into()),
            ..at.clone()
        },
    }
}

fn sign(signer: &Signer) -> (Json, Json, String) {
    let statement = Statement {
        client_id: "app1",
        audience: "https://x/token",
        id: "n1",
        usual: SigningAlgorithm::Ps256,
    };
    let assertion = signer
        .assertion(statement, Moment::from_seconds(1000))
        .unwrap();
    let text = assertion.reveal().to_owned();
    let parts: Vec<&str> = text.split('.').collect();
    let json =
        |part: &str| serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    (json(parts[0]), json(parts[1]), text.clone())
}

fn signer_certificate(signer: &Signer) -> &[u8] {
    match &signer.named {
        Named::Chain { chain, .. } => own(chain),
        Named::Thumbprint(_) => &[],
    }
}

fn is_signed(text: &str, signer: &Signer, by: &'static dyn VerificationAlgorithm) -> bool {
    let (message, signature) = text.rsplit_once('.').unwrap();
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
    let (_, certificate) = X509Certificate::from_der(signer_certificate(signer)).unwrap();
    let key = certificate.public_key().subject_public_key.data.to_vec();
    UnparsedPublicKey::new(by, key)
        .verify(message.as_bytes(), &signature)
        .is_ok()
}

#[test]
fn an_assertion_is_for_the_token_endpoint_and_good_for_ten_minutes() {
    let (certificate, key) = made(&PKCS_RSA_SHA256);
    let signer = Signer::new(&given(&certificate, &key, &CertificateRef::default())).unwrap();
    let (header, claims, text) = sign(&signer);
    assert_eq!(
        claims,
        json!({ "aud": "https://x/token", "iss": "app1", "sub": "app1", "iat": 1000, "nbf": 1000, "exp": 1600, "jti": "n1" })
    );
    assert_eq!(header["alg"], "PS256");
    assert!(header["x5t#S256"].is_string() && header.get("x5c").is_none());
    assert!(is_signed(&text, &signer, &RSA_PSS_2048_8192_SHA256));
    assert_eq!(signer.thumbprint().len(), 40);

    let asked = CertificateRef {
        algorithm: Some(SigningAlgorithm::Rs256),
        send_chain: true,
        ..CertificateRef::default()
    };
    let signer = Signer::new(&given(&certificate, &key, &asked)).unwrap();
    let (header, _, text) = sign(&signer);
    assert_eq!(
        (
            header["alg"].as_str(),
            header["x5c"].as_array().map(Vec::len)
        ),
        (Some("RS256"), Some(1))
    );
    assert!(header["x5t"].is_string() && header.get("x5t#S256").is_none());
    assert!(is_signed(&text, &signer, &RSA_PKCS1_2048_8192_SHA256));
}

#[test]
fn a_key_on_p256_signs_with_es256_and_with_nothing_else() {
    let (certificate, key) = made(&PKCS_ECDSA_P256_SHA256);
    let with = |algorithm| {
        let at = CertificateRef {
            algorithm,
            ..CertificateRef::default()
        };
        Signer::new(&given(&certificate, &key, &at))
    };
    for chosen in [None, Some(SigningAlgorithm::Es256)] {
        let signer = with(chosen).unwrap();
        let (header, _, text) = sign(&signer);
        assert_eq!(header["alg"], "ES256");
        assert!(header["x5t#S256"].is_string());
        assert!(is_signed(&text, &signer, &ECDSA_P256_SHA256_FIXED));
    }
    let problem = with(Some(SigningAlgorithm::Ps256)).err().unwrap();
    let expected = ("own.key", say::key_does_not("PS256"));
    assert_eq!((problem.at.as_str(), problem.what), expected);
}

#[test]
fn a_key_of_rsa_does_not_sign_with_es256() {
    let (certificate, key) = made(&PKCS_RSA_SHA256);
    let at = CertificateRef {
        algorithm: Some(SigningAlgorithm::Es256),
        ..CertificateRef::default()
    };
    let problem = Signer::new(&given(&certificate, &key, &at)).err().unwrap();
    assert_eq!(problem.what, say::key_does_not("ES256"));
}

#[test]
fn a_thumbprint_stands_for_a_certificate_that_is_not_at_hand() {
    let (_, key) = made(&PKCS_RSA_SHA256);
    let with = |print: &str, algorithm| {
        let at = CertificateRef {
            thumbprint: Some(Thumbprint::parse(print, "").unwrap()),
            algorithm,
            ..CertificateRef::default()
        };
        sign(&Signer::new(&given(&key, &key, &at)).unwrap()).0
    };
    let short = with(&"0a:".repeat(20), None);
    let encoded = BASE64_URL_SAFE_NO_PAD.encode([10; 20]);
    assert_eq!(
        short,
        json!({ "alg": "RS256", "typ": "JWT", "x5t": encoded })
    );
    let long = with(&"0A".repeat(32), None);
    assert_eq!(
        (&long["alg"], long["x5t#S256"].is_string()),
        (&json!("PS256"), true)
    );
    let chosen = with(&"0A".repeat(20), Some(SigningAlgorithm::Ps256));
    assert_eq!(chosen["alg"], "PS256");
    for wrong in ["", "0A", "zz", "é", &"0A".repeat(21), &"0".repeat(41)] {
        let problem = Thumbprint::parse(wrong, "--client-thumbprint").unwrap_err();
        assert_eq!(problem.at, "--client-thumbprint");
    }
}

#[test]
fn one_file_may_hold_both() {
    let (certificate, key) = made(&PKCS_RSA_SHA256);
    let both = format!("{key}{certificate}");
    assert!(Signer::new(&given(&both, &both, &CertificateRef::default())).is_ok());
}

#[test]
fn what_is_wrong_with_a_file_is_said_with_its_name() {
    let (certificate, key) = made(&PKCS_RSA_SHA256);
    let (_, other) = made(&PKCS_RSA_SHA256);
    let (elliptic, elliptic_key) = made(&PKCS_ECDSA_P384_SHA384);
    let encrypted = key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
    let broken = certificate.replace("MII", "AAA");
    let old = key.replace("KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\n\n");
    let cases: [(&str, &str, &str, &str); 10] = [
        ("", &key, "own.pem", say::NOT_PEM),
        (&key, &key, "own.pem", say::NO_CERTIFICATE),
        (&broken, &key, "own.pem", say::NOT_A_CERTIFICATE),
        (&certificate, "x", "own.key", say::NOT_PEM),
        (&certificate, &certificate, "own.key", say::NO_KEY),
        (&certificate, &encrypted, "own.key", say::KEY_ENCRYPTED),
        (&certificate, &old, "own.key", say::KEY_ENCRYPTED),
        (&elliptic, &elliptic_key, "own.key", say::KEY_OF_NO_USE),
        (&certificate, &key[..400], "own.key", say::NOT_PEM),
        (&certificate, &other, "own.key", &say::not_a_pair("own.pem")),
    ];
    for (certificate, key, at, what) in cases {
        let made = Signer::new(&given(certificate, key, &CertificateRef::default()));
        let problem = made.err().expect("it cannot be used");
        assert_eq!((problem.at.as_str(), problem.what.as_str()), (at, what));
    }
}
