//! Client assertions (RFC 7523 section 2.2, `private_key_jwt` of OpenID Connect Core 9): signed anew for every request
//! with the key of a certificate that the registration holds.

use std::path::Path;
use std::time::Duration;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{
    EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding,
};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value as Json, json};
use x509_parser::prelude::{FromDer as _, X509Certificate};

use crate::model::{
    ClientCertificate, Moment, Problem, Secret, SecretKind, SigningAlgorithm, Thumbprint,
};
use crate::strings::keys as say;

mod files;
mod tls;

use files::File;
pub use tls::tls_certificate;

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
    named: Named,
    send_chain: bool,
    algorithm: Option<SigningAlgorithm>,
}

/// The certificate that an assertion names.
enum Named {
    /// It is here.
    Chain {
        /// The certificates in DER, the client's own first.
        chain: Vec<Vec<u8>>,
        expires: Moment,
    },
    /// It is only known by its digest.
    Thumbprint(Thumbprint),
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
        let at = &given.at;
        let password = given.password.as_ref();
        let of_key = File {
            text: given.key.reveal(),
            password,
            path: at.key_file(),
        };
        let of_certificate = File {
            text: given.certificate.reveal(),
            password,
            path: &at.certificate,
        };
        let (key, named) = match &at.thumbprint {
            Some(thumbprint) => (of_key.key()?, Named::Thumbprint(thumbprint.clone())),
            None => pair(&of_certificate, &of_key)?,
        };
        if let Some(algorithm) = at.algorithm.filter(|chosen| !key.does(*chosen)) {
            return Err(Problem::new(
                say::key_does_not(algorithm.word()),
                shown(at.key_file()),
                say::EXPECTED_FITTING,
            ));
        }
        Ok(Self {
            key,
            named,
            send_chain: at.send_chain,
            algorithm: at.algorithm,
        })
    }

    /// The thumbprint of the certificate in hexadecimal digits, as portals show it: SHA-1 where the certificate is here.
    pub fn thumbprint(&self) -> String {
        match &self.named {
            Named::Chain { chain, .. } => sha1(own(chain)).hex(),
            Named::Thumbprint(thumbprint) => thumbprint.hex(),
        }
    }

    /// When the certificate runs out; `None`: it is not here.
    pub const fn expires(&self) -> Option<Moment> {
        match &self.named {
            Named::Chain { expires, .. } => Some(*expires),
            Named::Thumbprint(_) => None,
        }
    }

    /// An assertion; `None` if the key cannot sign it (it is too short for the algorithm).
    pub fn assertion(&self, statement: Statement<'_>, now: Moment) -> Option<Secret> {
        let claims = statement.claims(now);
        self.sign(&claims, self.algorithm(statement.usual), "JWT")
    }

    /// What it signs with; `usual` is for RSA keys where the reference does not name one.
    pub fn algorithm(&self, usual: SigningAlgorithm) -> SigningAlgorithm {
        let usual = match self.named {
            // What goes with SHA-1 elsewhere goes with it here.
            Named::Thumbprint(Thumbprint::Sha1(_)) => SigningAlgorithm::Rs256,
            _ => usual,
        };
        self.algorithm.unwrap_or_else(|| self.key.usual(usual))
    }

    /// A JWT of these claims; `None` if the key cannot sign it.
    pub fn sign(&self, claims: &Json, algorithm: SigningAlgorithm, kind: &str) -> Option<Secret> {
        let part = |json: &Json| BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
        let mut header = self.header(algorithm);
        header["typ"] = kind.into();
        let mut text = format!("{}.{}", part(&header), part(claims));
        let signature = self.key.sign(algorithm, text.as_bytes())?;
        text.push('.');
        text.push_str(&BASE64_URL_SAFE_NO_PAD.encode(signature));
        Some(Secret::new(SecretKind::Assertion, text))
    }

    /// Names the certificate by its thumbprint: by SHA-256 beside PS256 and ES256, by SHA-1 beside RS256, as MSAL does (RFC 7515
    /// sections 4.1.7 and 4.1.8); a thumbprint that was given stands as it is.
    fn header(&self, algorithm: SigningAlgorithm) -> Json {
        let print = match (&self.named, algorithm) {
            (Named::Thumbprint(given), _) => given.clone(),
            (Named::Chain { chain, .. }, SigningAlgorithm::Rs256) => sha1(own(chain)),
            (Named::Chain { chain, .. }, SigningAlgorithm::Ps256 | SigningAlgorithm::Es256) => {
                sha256(own(chain))
            }
        };
        let mut header = json!({ "alg": algorithm.word(), "typ": "JWT" });
        header[print.member()] = BASE64_URL_SAFE_NO_PAD.encode(print.bytes()).into();
        if let (true, Named::Chain { chain, .. }) = (self.send_chain, &self.named) {
            let each = chain.iter().map(|der| BASE64_STANDARD.encode(der));
            header["x5c"] = each.collect::<Vec<_>>().into();
        }
        header
    }
}

/// A key and the certificate that it belongs to.
fn pair(certificate: &File<'_>, key: &File<'_>) -> Result<(Key, Named), Problem> {
    let chain = certificate.chain()?;
    let unreadable = || {
        let (what, expected) = (say::NOT_A_CERTIFICATE, say::EXPECTED_CERTIFICATE);
        Problem::new(what, shown(certificate.path), expected)
    };
    let opened = key.key()?;
    let (_, parsed) = X509Certificate::from_der(own(&chain)).map_err(|_| unreadable())?;
    if *parsed.public_key().subject_public_key.data != *opened.public() {
        let what = say::not_a_pair(&shown(certificate.path));
        return Err(Problem::new(what, shown(key.path), say::EXPECTED_PAIR));
    }
    let expires = Moment::from_seconds(parsed.validity().not_after.timestamp());
    Ok((opened, Named::Chain { chain, expires }))
}

fn own(chain: &[Vec<u8>]) -> &[u8] {
    chain.first().map(Vec::as_slice).unwrap_or_default()
}

fn sha1(certificate: &[u8]) -> Thumbprint {
    let mut bytes = [0; 20];
    bytes.copy_from_slice(digest(&SHA1_FOR_LEGACY_USE_ONLY, certificate).as_ref());
    Thumbprint::Sha1(bytes)
}

fn sha256(certificate: &[u8]) -> Thumbprint {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(digest(&SHA256, certificate).as_ref());
    Thumbprint::Sha256(bytes)
}

fn shown(file: &Path) -> String {
    file.display().to_string()
}

#[cfg(test)]
mod tests;
