//! The key that signs the lab's tokens: RSA with 2048 bits, RS256. Kept in the data directory, or made in the
//! background at the first start, so that no answer that needs no signature waits for it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// Signs and checks; the lab's only use of private keys. They are numbered: the first is 0, and each rotation brings
/// the next.
pub trait Signer: Send + Sync {
    /// A key's id.
    fn kid(&self, key: u32) -> String;
    /// Modulus and exponent, base64url (RFC 7518 section 6.3.1).
    fn public(&self, key: u32) -> (String, String);
    /// An RS256 signature; empty if the library fails.
    fn sign(&self, key: u32, message: &[u8]) -> Vec<u8>;
    /// Whether a signature is this key's.
    fn verify(&self, key: u32, message: &[u8], signature: &[u8]) -> bool;
    /// As `sign`, where the signature itself is needed before the answer is done.
    fn sign_now(&self, key: u32, message: &[u8]) -> Vec<u8> {
        self.sign(key, message)
    }
}

/// A signer that puts nothing off.
pub struct AtOnce<'a>(pub &'a dyn Signer);

impl Signer for AtOnce<'_> {
    fn kid(&self, key: u32) -> String {
        self.0.kid(key)
    }

    fn public(&self, key: u32) -> (String, String) {
        self.0.public(key)
    }

    fn sign(&self, key: u32, message: &[u8]) -> Vec<u8> {
        self.0.sign_now(key, message)
    }

    fn verify(&self, key: u32, message: &[u8], signature: &[u8]) -> bool {
        self.0.verify(key, message, signature)
    }
}

/// An RSA key.
pub struct RsaSigner {
    pair: KeyPair,
    public: Vec<u8>,
    kid: String,
    /// Modulus and exponent.
    numbers: (String, String),
}

impl fmt::Debug for RsaSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RsaSigner")
    }
}

impl RsaSigner {
    /// A new key: about a tenth of a second, sometimes more.
    pub fn generate() -> Option<Self> {
        KeyPair::generate(KeySize::Rsa2048).ok().map(Self::of)
    }

    /// The key of a PKCS#8 document.
    pub fn from_der(der: &[u8]) -> Option<Self> {
        KeyPair::from_pkcs8(der).ok().map(Self::of)
    }

    /// The key as a PKCS#8 document.
    pub fn der(&self) -> Option<Vec<u8>> {
        let der = AsDer::<aws_lc_rs::encoding::Pkcs8V1Der<'static>>::as_der(&self.pair).ok()?;
        Some(der.as_ref().to_vec())
    }

    fn of(pair: KeyPair) -> Self {
        let public = pair.public_key().as_ref().to_vec();
        let digest = Sha256::digest(&public);
        let mut numbers = integers(&public).into_iter();
        let mut next = || {
            let number = numbers.next();
            number
                .map(|n| URL_SAFE_NO_PAD.encode(n))
                .unwrap_or_default()
        };
        Self {
            kid: URL_SAFE_NO_PAD.encode(&digest[..20]),
            numbers: (next(), next()),
            pair,
            public,
        }
    }
}

impl RsaSigner {
    /// Its id.
    pub fn kid(&self) -> String {
        self.kid.clone()
    }

    /// Modulus and exponent.
    pub fn public(&self) -> (String, String) {
        self.numbers.clone()
    }

    /// An RS256 signature.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        let random = SystemRandom::new();
        match self
            .pair
            .sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
        {
            Ok(()) => signature,
            Err(_) => Vec::new(),
        }
    }

    /// Whether a signature is this key's.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.public);
        key.verify(message, signature).is_ok()
    }
}

/// Keys that may still be in the making; whoever needs the first one before it is there waits. The later ones, of
/// rotations, are made when they are first needed and last until the lab stops.
#[derive(Clone, Default)]
pub struct LateSigner(Arc<Ring>);

#[derive(Default)]
struct Ring {
    first: OnceLock<RsaSigner>,
    later: Mutex<HashMap<u32, Arc<RsaSigner>>>,
}

impl LateSigner {
    /// Hands the key over.
    pub fn arrive(&self, signer: RsaSigner) {
        // The first one stays; a second never comes.
        drop(self.0.first.set(signer));
    }

    /// Whether it is there.
    pub fn is_ready(&self) -> bool {
        self.0.first.get().is_some()
    }
}

impl LateSigner {
    fn with<T>(&self, key: u32, does: impl FnOnce(&RsaSigner) -> T) -> Option<T> {
        if key == 0 {
            return Some(does(self.0.first.wait()));
        }
        let known = {
            let mut later = self.0.later.lock().unwrap_or_else(PoisonError::into_inner);
            match later.entry(key) {
                Entry::Occupied(known) => Arc::clone(known.get()),
                Entry::Vacant(place) => Arc::clone(place.insert(Arc::new(RsaSigner::generate()?))),
            }
        };
        Some(does(&known))
    }
}

impl Signer for LateSigner {
    fn kid(&self, key: u32) -> String {
        self.with(key, RsaSigner::kid).unwrap_or_default()
    }

    fn public(&self, key: u32) -> (String, String) {
        self.with(key, RsaSigner::public).unwrap_or_default()
    }

    fn sign(&self, key: u32, message: &[u8]) -> Vec<u8> {
        let signed = self.with(key, |signer| signer.sign(message));
        signed.unwrap_or_default()
    }

    fn verify(&self, key: u32, message: &[u8], signature: &[u8]) -> bool {
        let verified = self.with(key, |signer| signer.verify(message, signature));
        verified.unwrap_or_default()
    }
}

/// The integers of a DER sequence of integers (RFC 8017 appendix A.1.1), without leading zeros.
fn integers(der: &[u8]) -> Vec<&[u8]> {
    let mut numbers = Vec::new();
    let Some((0x30, mut rest, _)) = element(der) else {
        return numbers;
    };
    while let Some((0x02, content, after)) = element(rest) {
        let zeros = content.iter().take_while(|byte| **byte == 0).count();
        numbers.push(content.get(zeros..).unwrap_or_default());
        rest = after;
    }
    numbers
}

/// Tag, content and what follows of the first DER element.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = der.split_first()?;
    let (&first, mut rest) = rest.split_first()?;
    let mut length = usize::from(first);
    if first & 0x80 != 0 {
        length = 0;
        for _ in 0..(first & 0x7f).min(4) {
            let (&byte, after) = rest.split_first()?;
            length = (length << 8) | usize::from(byte);
            rest = after;
        }
    }
    let (content, after) = rest.split_at_checked(length)?;
    Some((tag, content, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_signs_survives_storage_and_publishes_its_modulus() {
        let signer = RsaSigner::generate().unwrap();
        let signature = signer.sign(b"message");
        let again = RsaSigner::from_der(&signer.der().unwrap()).unwrap();
        assert!(again.verify(b"message", &signature));
        assert!(!again.verify(b"massage", &signature));
        let (n, e) = again.public();
        assert_eq!(URL_SAFE_NO_PAD.decode(n).unwrap().len(), 256);
        assert_eq!(e, "AQAB");
        assert_eq!(again.kid(), signer.kid());
    }

    #[test]
    fn broken_der_yields_nothing() {
        for der in [
            &b""[..],
            b"\x30",
            b"\x30\x84\xff\xff\xff\xff",
            b"\x30\x03\x02\x05\x01",
        ] {
            assert!(integers(der).is_empty());
        }
    }
}
