//! Certificates that applications sign with.

use std::fmt::Write as _;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use aws_lc_rs::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, UnparsedPublicKey,
};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use x509_parser::prelude::{FromDer as _, X509Certificate};

use super::jwt::{Jwt, bytes};
use crate::model::Moment;

/// A registered certificate: its thumbprints, and itself if it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    prints: Vec<Vec<u8>>,
    der: Option<Vec<u8>>,
}

/// Whether text is a certificate in PEM.
pub fn is_certificate(pem: &str) -> bool {
    der_of(pem).is_some_and(|der| X509Certificate::from_der(&der).is_ok())
}

pub fn der_of(pem: &str) -> Option<Vec<u8>> {
    let der = CertificateDer::from_pem_slice(pem.as_bytes()).ok()?;
    Some(der.to_vec())
}

impl Certificate {
    /// What a registration holds: the certificate in PEM, or a thumbprint in hexadecimal digits.
    pub fn registered(pem: Option<&str>, print: Option<&str>) -> Option<Self> {
        if let Some(der) = pem.and_then(der_of) {
            return Some(Self::of(der));
        }
        Some(Self {
            prints: vec![unhex(print?)?],
            der: None,
        })
    }

    /// A certificate itself.
    pub fn of(der: Vec<u8>) -> Self {
        let sha1 = digest(&SHA1_FOR_LEGACY_USE_ONLY, &der);
        let sha256 = digest(&SHA256, &der);
        Self {
            prints: vec![sha1.as_ref().to_vec(), sha256.as_ref().to_vec()],
            der: Some(der),
        }
    }

    /// The certificate of PEM.
    #[cfg(test)]
    pub fn of_pem(pem: &str) -> Option<Self> {
        der_of(pem).map(Self::of)
    }

    /// Whether it is the one of a thumbprint.
    pub fn has_print(&self, print: &[u8]) -> bool {
        self.prints.iter().any(|known| known == print)
    }

    /// Whether another is the same one.
    fn is(&self, other: &Self) -> bool {
        other.prints.iter().any(|print| self.has_print(print))
    }

    /// Itself, with its body: its own or that of one that came along and is the same.
    pub fn whole(&self, brought: Option<Self>) -> Option<Self> {
        match &self.der {
            Some(_) => Some(self.clone()),
            None => brought.filter(|other| self.is(other)),
        }
    }

    /// Whether a moment lies between its dates.
    pub fn is_valid_at(&self, at: Moment) -> bool {
        self.parsed(|certificate| {
            let validity = certificate.validity();
            let seconds = at.seconds();
            validity.not_before.timestamp() <= seconds && seconds <= validity.not_after.timestamp()
        })
    }

    /// Whether its key made the signature of a JWT, by the algorithm that the header names.
    pub fn signed(&self, jwt: &Jwt) -> bool {
        let algorithm = match jwt.head("alg") {
            "RS256" => &RSA_PKCS1_2048_8192_SHA256,
            "PS256" => &RSA_PSS_2048_8192_SHA256,
            _ => return false,
        };
        let Some(signature) = bytes(&jwt.signature) else {
            return false;
        };
        self.parsed(|certificate| {
            let key = UnparsedPublicKey::new(algorithm, certificate.public_key().raw);
            key.verify(jwt.message.as_bytes(), &signature).is_ok()
        })
    }

    /// Itself, where it is known.
    pub fn der(&self) -> Option<CertificateDer<'_>> {
        self.der.as_deref().map(CertificateDer::from)
    }

    /// Whether its subject has a common name.
    pub fn is_of(&self, name: &str) -> bool {
        self.parsed(|certificate| {
            let mut names = certificate.subject().iter_common_name();
            names.any(|known| known.as_str().is_ok_and(|known| known == name))
        })
    }

    fn parsed(&self, look: impl FnOnce(&X509Certificate<'_>) -> bool) -> bool {
        let parsed = self.der.as_deref().map(X509Certificate::from_der);
        matches!(parsed, Some(Ok((_, certificate))) if look(&certificate))
    }
}

/// The certificates that the header of a JWT brings along (`x5c`, RFC 7515 section 4.1.6), its own first. Some
/// libraries send one as text instead of a list.
pub fn chain(jwt: &Jwt) -> Vec<Certificate> {
    let texts = match &jwt.header["x5c"] {
        serde_json::Value::Array(chain) => chain.iter().filter_map(|c| c.as_str()).collect(),
        one => one.as_str().into_iter().collect::<Vec<_>>(),
    };
    let certificate = |text: &str| bytes(text).map(Certificate::of);
    texts.into_iter().filter_map(certificate).collect()
}

/// The first of them.
pub fn brought(jwt: &Jwt) -> Option<Certificate> {
    chain(jwt).into_iter().next()
}

/// Bytes written in hexadecimal digits.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if digits.is_empty() || !digits.len().is_multiple_of(2) {
        return None;
    }
    let byte = |pair: &[u8]| {
        let pair = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(pair, 16).ok()
    };
    digits.chunks(2).map(byte).collect()
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02X}");
    }
    text
}

impl Certificate {
    /// Its thumbprints.
    pub fn prints(&self) -> impl Iterator<Item = Vec<u8>> {
        self.prints.clone().into_iter()
    }
}
