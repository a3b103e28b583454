//! What the files of a certificate and its key hold: PEM, locked or open, or a PFX.

use std::path::Path;

use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use pkcs8::EncryptedPrivateKeyInfoRef;
use pkcs8::pkcs5::EncryptionScheme;
use pkcs8::pkcs5::pbes2::Kdf;
use x509_parser::prelude::{FromDer as _, X509Certificate};
use zeroize::Zeroizing;

use super::super::{pem, pfx};
use super::Key;
use crate::model::{PFX_LABEL, Problem, Secret};
use crate::strings::keys as say;

/// The rounds and the memory that unlocking a key may take: more is a file made to tie the machine up.
const MOST_ROUNDS: u32 = 10_000_000;
const MOST_MEMORY: u64 = 1 << 30;

/// One file as it was read.
pub struct File<'a> {
    /// Its text.
    pub text: &'a str,
    /// What unlocks what is in it.
    pub password: Option<&'a Secret>,
    /// Where it was found.
    pub path: &'a Path,
}

impl File<'_> {
    fn wrong(&self, what: &str, expected: &str) -> Problem {
        Problem::new(what, self.path.display().to_string(), expected)
    }

    fn sections(&self) -> Result<Vec<pem::Section<'_>>, Problem> {
        let sections = pem::sections(self.text);
        if sections.is_empty() {
            return Err(self.wrong(say::NOT_PEM, say::EXPECTED_PEM));
        }
        Ok(sections)
    }

    fn pfx(&self, sections: &[pem::Section<'_>]) -> Result<Option<pfx::Content>, Problem> {
        let Some(section) = sections.iter().find(|section| section.label == PFX_LABEL) else {
            return Ok(None);
        };
        let read = pfx::read(&section.bytes, self.password);
        read.map(Some)
            .map_err(|(what, expected)| self.wrong(what, expected))
    }

    /// The certificates in DER, the client's own first.
    pub fn chain(&self) -> Result<Vec<Vec<u8>>, Problem> {
        let sections = self.sections()?;
        let certificates: Vec<Vec<u8>> = match self.pfx(&sections)? {
            Some(content) if content.chain.is_empty() => {
                let expected = say::EXPECTED_CERTIFICATE;
                return Err(self.wrong(say::PFX_WITHOUT_CERTIFICATE, expected));
            }
            Some(content) => content.chain,
            None => sections
                .iter()
                .filter(|section| section.label == "CERTIFICATE")
                .map(|section| section.bytes.to_vec())
                .collect(),
        };
        let readable = |der: &Vec<u8>| X509Certificate::from_der(der).is_ok();
        let wrong = |what| Err(self.wrong(what, say::EXPECTED_CERTIFICATE));
        match certificates.iter().all(readable) {
            true if certificates.is_empty() => wrong(say::NO_CERTIFICATE),
            true => Ok(certificates),
            false => wrong(say::NOT_A_CERTIFICATE),
        }
    }

    /// The private key, of a kind that signs assertions.
    pub fn key(&self) -> Result<Key, Problem> {
        let bytes = self.key_bytes()?;
        open(&bytes).ok_or_else(|| self.wrong(say::KEY_OF_NO_USE, say::EXPECTED_KEY))
    }

    /// The DER bytes of the private key, of whatever kind it is.
    pub fn key_bytes(&self) -> Result<Zeroizing<Vec<u8>>, Problem> {
        let sections = self.sections()?;
        if let Some(content) = self.pfx(&sections)? {
            let key = content.key;
            return key.ok_or_else(|| self.wrong(say::PFX_WITHOUT_KEY, say::EXPECTED_KEY));
        }
        let mut keys = sections.iter().filter(|s| s.label.ends_with("PRIVATE KEY"));
        let Some(section) = keys.next() else {
            return Err(self.wrong(say::NO_KEY, say::EXPECTED_KEY));
        };
        match section.label {
            "ENCRYPTED PRIVATE KEY" => self.unlocked(&section.bytes),
            _ if section.encrypted => Err(self.wrong(say::KEY_ENCRYPTED, say::EXPECTED_DECRYPTED)),
            _ => Ok(section.bytes.clone()),
        }
    }

    /// What an `EncryptedPrivateKeyInfo` (RFC 5958 section 3) holds.
    fn unlocked(&self, locked: &[u8]) -> Result<Zeroizing<Vec<u8>>, Problem> {
        let unknown = || self.wrong(say::KEY_ENCRYPTED, say::EXPECTED_DECRYPTED);
        let locked = EncryptedPrivateKeyInfoRef::try_from(locked).map_err(|_| unknown())?;
        if !is_bearable(&locked.encryption_algorithm) {
            return Err(unknown());
        }
        let Some(password) = self.password else {
            return Err(self.wrong(say::PASSWORD_WANTED, say::EXPECTED_PASSWORD));
        };
        match locked.decrypt(password.reveal()) {
            Ok(open) => Ok(Zeroizing::new(open.as_bytes().to_vec())),
            Err(pkcs8::Error::EncryptedPrivateKey(
                pkcs8::pkcs5::Error::UnsupportedAlgorithm { .. }
                | pkcs8::pkcs5::Error::AlgorithmParametersInvalid { .. },
            )) => Err(unknown()),
            Err(_) => Err(self.wrong(say::PASSWORD_WRONG, say::EXPECTED_PASSWORD)),
        }
    }
}

fn is_bearable(scheme: &EncryptionScheme) -> bool {
    let EncryptionScheme::Pbes2(parameters) = scheme else {
        return false;
    };
    match &parameters.kdf {
        Kdf::Pbkdf2(kdf) => kdf.iteration_count <= MOST_ROUNDS,
        Kdf::Scrypt(kdf) => {
            let each = 128 * u64::from(kdf.block_size);
            each.checked_mul(kdf.cost_parameter)
                .is_some_and(|memory| memory <= MOST_MEMORY && kdf.parallelization <= 16)
        }
        _ => false,
    }
}

/// The key of a `PrivateKeyInfo` (RFC 5958 section 2), or of an RSA (RFC 8017 appendix A.1.2) or EC key alone (RFC 5915).
fn open(der: &[u8]) -> Option<Key> {
    let curve = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let ec = || EcdsaKeyPair::from_private_key_der(curve, der).map(Key::Ec);
    let rsa = KeyPair::from_pkcs8(der).or_else(|_| KeyPair::from_der(der));
    rsa.map(Key::Rsa).or_else(|_| ec()).ok()
}
