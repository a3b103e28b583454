//! PFX (PKCS#12, RFC 7292): a private key and its certificates in one locked file.

use p12_keystore::Pkcs12Archive;
use p12_keystore::error::Error;
use x509_parser::prelude::{FromDer as _, X509Certificate};
use zeroize::Zeroizing;

use crate::model::Secret;
use crate::strings::keys as say;

/// What a PFX holds.
pub(super) struct Content {
    /// The private key as PKCS#8, if there is one.
    pub key: Option<Zeroizing<Vec<u8>>>,
    /// The certificates in DER, the key's own first, then those above it.
    pub chain: Vec<Vec<u8>>,
}

/// Reads a PFX. The errors are what is wrong and what was expected.
pub(super) fn read(
    bytes: &[u8],
    password: Option<&Secret>,
) -> Result<Content, (&'static str, &'static str)> {
    let typed = password.map_or("", Secret::reveal);
    let archive = Pkcs12Archive::from_pkcs12(bytes, typed).map_err(|error| match error {
        Error::MacError(_)
        | Error::Pkcs5Error(_)
        | Error::UnpadError
        | Error::InvalidPrivateKey => {
            let what = match password {
                Some(_) => say::PASSWORD_WRONG,
                None => say::PASSWORD_WANTED,
            };
            (what, say::EXPECTED_PASSWORD)
        }
        Error::UnsupportedEncryptionScheme
        | Error::UnsupportedMacAlgorithm
        | Error::UnsupportedContentType
        | Error::UnsupportedCertificateType
        | Error::InvalidVersion
        | Error::InvalidParameters => (say::PFX_UNKNOWN, say::EXPECTED_PFX),
        Error::IoError(_)
        | Error::DerError(_)
        | Error::X509Error(_)
        | Error::InvalidLength
        | Error::InvalidData => (say::NOT_A_PFX, say::EXPECTED_PFX),
    })?;
    let Pkcs12Archive { keys, certs, .. } = archive;
    let certificates: Vec<(Option<Vec<u8>>, Vec<u8>)> = certs
        .into_iter()
        .map(|bag| (bag.local_key_id, bag.cert.as_der().to_vec()))
        .collect();
    let key = keys.into_iter().next();
    let id = key.as_ref().and_then(|key| key.local_key_id.as_ref());
    let id = id.map(|id| id.0.as_slice());
    let chain = if key.is_some() {
        chain(&certificates, id)
    } else {
        certificates.into_iter().map(|(_, der)| der).collect()
    };
    Ok(Content {
        key: key.map(|bag| Zeroizing::new(bag.key.as_der().to_vec())),
        chain,
    })
}

/// The certificate of the key, by the key's id or else the first, then each one's issuer as far as they are there.
fn chain(certificates: &[(Option<Vec<u8>>, Vec<u8>)], id: Option<&[u8]>) -> Vec<Vec<u8>> {
    let named = |(of, _): &&(Option<Vec<u8>>, Vec<u8>)| id.is_some() && of.as_deref() == id;
    let own = certificates.iter().find(named).or(certificates.first());
    let mut chain: Vec<Vec<u8>> = own.map(|(_, der)| der.clone()).into_iter().collect();
    while let Some(above) = chain.last().and_then(|last| issuer(certificates, last)) {
        if chain.contains(above) {
            break;
        }
        chain.push(above.clone());
    }
    chain
}

fn issuer<'a>(certificates: &'a [(Option<Vec<u8>>, Vec<u8>)], of: &[u8]) -> Option<&'a Vec<u8>> {
    let (_, of) = X509Certificate::from_der(of).ok()?;
    let mut all = certificates.iter().map(|(_, der)| der);
    all.find(|der| X509Certificate::from_der(der).is_ok_and(|(_, by)| by.subject() == of.issuer()))
}

#[cfg(test)]
mod tests;
