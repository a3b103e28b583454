//! Client assertions (RFC 7523 section 2.2, `private_key_jwt` of OpenID Connect Core 9): signed anew for every request
//! with the key of a certificate that the registration holds.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RSA_PSS_SHA256,
    RsaEncoding,
};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value as Json, json};
use x509_parser::prelude::{FromDer as _, X509Certificate};

use super::pem;
use crate::model::{ClientCertificate, Moment, Problem, Secret, SecretKind, SigningAlgorithm};
use crate::strings::keys as say;

/// How long an assertion is good for: what MSAL gives it.
const LIFETIME: Duration = Duration::from_mins(10);

/// A private key, of the kinds that sign here.
enum Key {
    Rsa(KeyPair),
    Ec(EcdsaKeyPair),
}

impl Key {
    /// The public key as a certificate holds it.
    fn public(&self) -> &[u8] {
        match self {
            Self::Rsa(key) => key.public_key().as_ref(),
            Self::Ec(key) => key.public_key().as_ref(),
        }
    }

    /// Whether it signs with this algorithm.
    const fn does(&self, algorithm: SigningAlgorithm) -> bool {
        match algorithm {
            SigningAlgorithm::Ps256 | SigningAlgorithm::Rs256 => matches!(self, Self::Rsa(_)),
            SigningAlgorithm::Es256 => matches!(self, Self::Ec(_)),
        }
    }

    /// What it signs with where nothing is chosen; `usual` is for RSA keys.
    const fn usual(&self, usual: SigningAlgorithm) -> SigningAlgorithm {
        match self {
            Self::Rsa(_) => usual,
            Self::Ec(_) => SigningAlgorithm::Es256,
        }
    }

    fn sign(&self, algorithm: SigningAlgorithm, text: &[u8]) -> Option<Vec<u8>> {
        let random = SystemRandom::new();
        let encoding: &'static dyn RsaEncoding = match algorithm {
            SigningAlgorithm::Ps256 => &RSA_PSS_SHA256,
            SigningAlgorithm::Rs256 => &RSA_PKCS1_SHA256,
            SigningAlgorithm::Es256 => return self.sign_by_ec(text),
        };
        let Self::Rsa(key) = self else { return None };
        let mut signature = vec![0; key.public_modulus_len()];
        key.sign(encoding, &random, text, &mut signature).ok()?;
        Some(signature)
    }

    fn sign_by_ec(&self, text: &[u8]) -> Option<Vec<u8>> {
        let Self::Ec(key) = self else { return None };
        let signature = key.sign(&SystemRandom::new(), text).ok()?;
        Some(signature.as_ref().to_vec())
    }
}

/// A key and the certificate it belongs to, ready to sign.
pub struct Signer {
    key: Key,
    /// The certificates in DER, the client's own first.
    chain: Vec<Vec<u8>>,
    expires: Moment,
    send_chain: bool,
    algorithm: Option<SigningAlgorithm>,
}

/// What an assertion says.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'a> {
    /// The application that speaks: issuer and subject at once.
    pub client_id: &'a str,
    /// Whom it is for: the token endpoint.
    pub audience: &'a str,
    /// A name that no other assertion has (`jti`, RFC 7519 section 4.1.7).
    pub id: &'a str,
    /// The algorithm, where the reference does not name one.
    pub usual: SigningAlgorithm,
}

impl Statement<'_> {
    /// Its claims, from now on (RFC 7523 section 3).
    pub(super) fn claims(&self, now: Moment) -> Json {
        let from = now.seconds();
        json!({
            "aud": self.audience,
            "iss": self.client_id,
            "sub": self.client_id,
            "iat": from,
            "nbf": from,
            "exp": now.plus(LIFETIME).seconds(),
            "jti": self.id,
        })
    }
}

impl Signer {
    /// Reads key and certificate.
    ///
    /// # Errors
    /// What is wrong with which of the two files. Nothing of the key is repeated.
    pub fn new(given: &ClientCertificate) -> Result<Self, Problem> {
        let certificate_file = given.at.certificate.as_path();
        let chain = chain(given.certificate.reveal(), certificate_file)?;
        let key = key(given.key.reveal(), given.at.key_file())?;
        let unreadable = || {
            let (what, expected) = (say::NOT_A_CERTIFICATE, say::EXPECTED_CERTIFICATE);
            Problem::new(what, shown(certificate_file), expected)
        };
        let own = chain.first().ok_or_else(unreadable)?;
        let (_, parsed) = X509Certificate::from_der(own).map_err(|_| unreadable())?;
        if *parsed.public_key().subject_public_key.data != *key.public() {
            return Err(Problem::new(
                say::not_a_pair(&shown(certificate_file)),
                shown(given.at.key_file()),
                say::EXPECTED_PAIR,
            ));
        }
        if let Some(algorithm) = given.at.algorithm.filter(|chosen| !key.does(*chosen)) {
            return Err(Problem::new(
                say::key_does_not(algorithm.word()),
                shown(given.at.key_file()),
                say::EXPECTED_FITTING,
            ));
        }
        let expires = Moment::from_seconds(parsed.validity().not_after.timestamp());
        Ok(Self {
            key,
            expires,
            send_chain: given.at.send_chain,
            algorithm: given.at.algorithm,
            chain,
        })
    }

    /// The SHA-1 thumbprint of the certificate in hexadecimal digits, as portals show it.
    pub fn thumbprint(&self) -> String {
        let mut text = String::new();
        for byte in digest(&SHA1_FOR_LEGACY_USE_ONLY, self.own()).as_ref() {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02X}");
        }
        text
    }

    /// When the certificate runs out.
    pub const fn expires(&self) -> Moment {
        self.expires
    }

    /// An assertion; `None` if the key cannot sign it (it is too short for the algorithm).
    pub fn assertion(&self, statement: Statement<'_>, now: Moment) -> Option<Secret> {
        let algorithm = self
            .algorithm
            .unwrap_or_else(|| self.key.usual(statement.usual));
        let claims = statement.claims(now);
        let part = |json: &Json| BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
        let mut text = format!("{}.{}", part(&self.header(algorithm)), part(&claims));
        let signature = self.key.sign(algorithm, text.as_bytes())?;
        text.push('.');
        text.push_str(&BASE64_URL_SAFE_NO_PAD.encode(signature));
        Some(Secret::new(SecretKind::Assertion, text))
    }

    /// Names the certificate by its thumbprint: by SHA-256 beside PS256 and ES256, by SHA-1 beside RS256, as MSAL does (RFC 7515
    /// sections 4.1.7 and 4.1.8).
    fn header(&self, algorithm: SigningAlgorithm) -> Json {
        let (name, print) = match algorithm {
            SigningAlgorithm::Ps256 | SigningAlgorithm::Es256 => {
                ("x5t#S256", digest(&SHA256, self.own()))
            }
            SigningAlgorithm::Rs256 => ("x5t", digest(&SHA1_FOR_LEGACY_USE_ONLY, self.own())),
        };
        let mut header = json!({ "alg": algorithm.word(), "typ": "JWT" });
        header[name] = BASE64_URL_SAFE_NO_PAD.encode(print).into();
        if self.send_chain {
            let each = self.chain.iter().map(|der| BASE64_STANDARD.encode(der));
            header["x5c"] = each.collect::<Vec<_>>().into();
        }
        header
    }

    fn own(&self) -> &[u8] {
        self.chain.first().map(Vec::as_slice).unwrap_or_default()
    }
}

fn shown(file: &Path) -> String {
    file.display().to_string()
}

fn chain(text: &str, file: &Path) -> Result<Vec<Vec<u8>>, Problem> {
    let wrong = |what: &str| Problem::new(what, shown(file), say::EXPECTED_CERTIFICATE);
    let sections = pem::sections(text);
    if sections.is_empty() {
        return Err(Problem::new(say::NOT_PEM, shown(file), say::EXPECTED_PEM));
    }
    let certificates: Vec<Vec<u8>> = sections
        .iter()
        .filter(|section| section.label == "CERTIFICATE")
        .map(|section| section.bytes.to_vec())
        .collect();
    let readable = |der: &Vec<u8>| X509Certificate::from_der(der).is_ok();
    match certificates.iter().all(readable) {
        true if certificates.is_empty() => Err(wrong(say::NO_CERTIFICATE)),
        true => Ok(certificates),
        false => Err(wrong(say::NOT_A_CERTIFICATE)),
    }
}

fn key(text: &str, file: &Path) -> Result<Key, Problem> {
    let wrong = |what: &str, expected: &str| Problem::new(what, shown(file), expected);
    let sections = pem::sections(text);
    if sections.is_empty() {
        return Err(wrong(say::NOT_PEM, say::EXPECTED_PEM));
    }
    let mut keys = sections.iter().filter(|s| s.label.ends_with("PRIVATE KEY"));
    let Some(section) = keys.next() else {
        return Err(wrong(say::NO_KEY, say::EXPECTED_KEY));
    };
    if section.encrypted {
        return Err(wrong(say::KEY_ENCRYPTED, say::EXPECTED_DECRYPTED));
    }
    let rsa = match section.label {
        "RSA PRIVATE KEY" => KeyPair::from_der(&section.bytes),
        _ => KeyPair::from_pkcs8(&section.bytes),
    };
    let ec = || {
        let curve = &ECDSA_P256_SHA256_FIXED_SIGNING;
        EcdsaKeyPair::from_private_key_der(curve, &section.bytes).map(Key::Ec)
    };
    rsa.map(Key::Rsa)
        .or_else(|_| ec())
        .map_err(|_| wrong(say::KEY_OF_NO_USE, say::EXPECTED_KEY))
}

#[cfg(test)]
mod tests;
