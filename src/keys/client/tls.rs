//! A client's certificate for the TLS handshake (RFC 8705), read from its files.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use rustls::crypto::aws_lc_rs::sign::any_supported_type;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use x509_parser::prelude::{FromDer as _, X509Certificate};
use zeroize::Zeroizing;

use super::files::File;
use super::{own, sha256, shown};
use crate::model::{
    CertificateRef, ClientCertificate, Handed, Moment, Problem, Secret, SecretKind, TlsCertificate,
    TlsIdentity,
};
use crate::strings::keys as say;

/// Reads certificate and key, and when the certificate runs out. Keys of every kind that TLS knows here will do: RSA,
/// EC with P-256, P-384 and P-521, and Ed25519.
///
/// # Errors
/// What is wrong with which of the two files, or with how the certificate is named. Nothing of the key is repeated.
pub fn tls_certificate(given: &ClientCertificate) -> Result<(TlsCertificate, Moment), Problem> {
    let at = &given.at;
    let password = given.password.as_ref();
    refuse_signing(at)?;
    let of_certificate = File {
        text: given.certificate.reveal(),
        password,
        path: &at.certificate,
    };
    let of_key = File {
        text: given.key.reveal(),
        password,
        path: at.key_file(),
    };
    let (chain, key) = (of_certificate.chain()?, of_key.key_bytes()?);
    let of_no_use = || {
        let file = shown(at.key_file());
        Problem::new(say::KEY_OF_NO_USE_IN_TLS, file, say::EXPECTED_TLS_KEY)
    };
    let der = PrivateKeyDer::try_from(key.as_slice()).map_err(|_| of_no_use())?;
    let signing = any_supported_type(&der).map_err(|_| of_no_use())?;
    let certificates = chain.iter().cloned().map(CertificateDer::from).collect();
    let pair = CertifiedKey::new(certificates, signing);
    if matches!(
        pair.keys_match(),
        Err(rustls::Error::InconsistentKeys(
            rustls::InconsistentKeys::KeyMismatch
        ))
    ) {
        let what = say::not_a_pair(&shown(&at.certificate));
        let file = shown(at.key_file());
        return Err(Problem::new(what, file, say::EXPECTED_PAIR));
    }
    let (_, read) = X509Certificate::from_der(own(&chain)).map_err(|_| {
        let file = shown(&at.certificate);
        Problem::new(say::NOT_A_CERTIFICATE, file, say::EXPECTED_CERTIFICATE)
    })?;
    let expires = Moment::from_seconds(read.validity().not_after.timestamp());
    let subject = read.subject().to_string();
    let mut text = Zeroizing::new(String::with_capacity(key.len() / 3 * 4 + 4));
    BASE64_STANDARD.encode_string(key.as_slice(), &mut text);
    let certificate = TlsCertificate {
        subject,
        thumbprint: BASE64_URL_SAFE_NO_PAD.encode(sha256(own(&chain)).bytes()),
        handed: Handed::default(),
        identity: Some(TlsIdentity {
            key: Secret::new(SecretKind::PrivateKey, text.as_str()),
            chain,
        }),
    };
    Ok((certificate, expires))
}

/// What belongs to assertions has no place beside a certificate that is shown.
fn refuse_signing(at: &CertificateRef) -> Result<(), Problem> {
    let (what, file, expected) = if at.thumbprint.is_some() {
        let expected = say::EXPECTED_CERTIFICATE;
        (say::ONLY_A_THUMBPRINT, at.key_file(), expected)
    } else if at.send_chain || at.algorithm.is_some() {
        let expected = say::EXPECTED_NO_SIGNING;
        (say::NOTHING_IS_SIGNED, at.certificate.as_path(), expected)
    } else {
        return Ok(());
    };
    Err(Problem::new(what, shown(file), expected))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::model::{CertificateMethod, SigningAlgorithm, Thumbprint};

    fn made(kind: &'static rcgen::SignatureAlgorithm) -> (String, String) {
        let key = rcgen::KeyPair::generate_for(kind).unwrap();
        let mut params = rcgen::CertificateParams::new(Vec::new()).unwrap();
        let name = rcgen::DnType::CommonName;
        params
            .distinguished_name
            .push(name, "billing.contoso.example");
        let certificate = params.self_signed(&key).unwrap();
        (certificate.pem(), key.serialize_pem())
    }

    fn given(certificate: &str, key: &str) -> ClientCertificate {
        ClientCertificate {
            certificate: Secret::new(SecretKind::PrivateKey, certificate),
            key: Secret::new(SecretKind::PrivateKey, key),
            password: None,
            at: CertificateRef {
                certificate: PathBuf::from("client.pem"),
                key: Some(PathBuf::from("client.key")),
                method: CertificateMethod::Tls,
                ..CertificateRef::default()
            },
        }
    }

    #[test]
    fn keys_of_every_kind_that_tls_knows_are_read_and_named_by_the_digest_of_their_certificate() {
        for kind in [
            &rcgen::PKCS_ECDSA_P256_SHA256,
            &rcgen::PKCS_ECDSA_P384_SHA384,
            &rcgen::PKCS_ED25519,
        ] {
            let (certificate, key) = made(kind);
            let (read, _) = tls_certificate(&given(&certificate, &key)).unwrap();
            assert_eq!(read.subject, "CN=billing.contoso.example");
            let der = &read.identity.as_ref().unwrap().chain[0];
            let digest = BASE64_URL_SAFE_NO_PAD.encode(sha256(der).bytes());
            assert_eq!((read.thumbprint.as_str(), digest.len()), (&*digest, 43));
            assert_eq!(read.record().identity, None);
        }
    }

    #[test]
    fn a_key_of_another_certificate_is_refused_before_any_handshake() {
        let (certificate, _) = made(&rcgen::PKCS_ECDSA_P256_SHA256);
        let (_, key) = made(&rcgen::PKCS_ECDSA_P256_SHA256);
        let problem = tls_certificate(&given(&certificate, &key)).unwrap_err();
        assert_eq!(problem.at, "client.key");
        assert_eq!(problem.what, say::not_a_pair("client.pem"));
        let problem = tls_certificate(&given(&certificate, "no key")).unwrap_err();
        assert_eq!(problem.at, "client.key");
    }

    #[test]
    fn what_belongs_to_assertions_alone_is_refused() {
        let (certificate, key) = made(&rcgen::PKCS_ECDSA_P256_SHA256);
        let mut alone = given(&certificate, &key);
        alone.at.thumbprint = Some(Thumbprint::Sha1([0; 20]));
        let problem = tls_certificate(&alone).unwrap_err();
        assert_eq!(problem.what, say::ONLY_A_THUMBPRINT);
        let mut signing = given(&certificate, &key);
        signing.at.algorithm = Some(SigningAlgorithm::Es256);
        let problem = tls_certificate(&signing).unwrap_err();
        assert_eq!(problem.what, say::NOTHING_IS_SIGNED);
    }

    #[test]
    fn the_key_is_in_no_debug_text() {
        let (certificate, key) = made(&rcgen::PKCS_ECDSA_P256_SHA256);
        let (read, _) = tls_certificate(&given(&certificate, &key)).unwrap();
        let secret = read.identity.as_ref().unwrap().key.reveal().to_owned();
        assert!(!format!("{read:?}").contains(&secret));
    }
}
