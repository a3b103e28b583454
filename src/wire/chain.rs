//! The certificates that a server showed, read for people. Total: what cannot be read is kept by its fingerprint.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use x509_parser::prelude::{FromDer as _, X509Certificate};

use crate::model::{Moment, ServerCertificate};

/// How many certificates of a chain are kept.
pub const LONGEST: usize = 10;
/// How many characters of a name are kept.
const NAME: usize = 200;

/// What the certificates say, in the order they were shown.
pub fn read(chain: &[Vec<u8>]) -> Vec<ServerCertificate> {
    chain.iter().map(|der| certificate(der)).collect()
}

fn certificate(der: &[u8]) -> ServerCertificate {
    let mut told = ServerCertificate {
        subject: String::new(),
        issuer: String::new(),
        not_before: Moment::default(),
        not_after: Moment::default(),
        sha256: fingerprint(der),
    };
    if let Ok((_, read)) = X509Certificate::from_der(der) {
        let name = |name: String| name.chars().take(NAME).collect();
        told.subject = name(read.subject().to_string());
        told.issuer = name(read.issuer().to_string());
        told.not_before = Moment::from_seconds(read.validity().not_before.timestamp());
        told.not_after = Moment::from_seconds(read.validity().not_after.timestamp());
    }
    told
}

/// SHA-256 in hexadecimal pairs, as browsers and OpenSSL show it.
fn fingerprint(der: &[u8]) -> String {
    let mut out = String::new();
    for (nth, byte) in Sha256::digest(der).iter().enumerate() {
        let colon = if nth == 0 { "" } else { ":" };
        // Writing to a string never fails.
        let _ = write!(out, "{colon}{byte:02X}");
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_certificate_tells_whose_it_is_who_signed_it_and_how_long_it_is_good() {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::new(Vec::new()).unwrap();
        let name = rcgen::DnType::CommonName;
        params.distinguished_name.push(name, "Contoso Root");
        params.not_before = rcgen::date_time_ymd(2026, 1, 1);
        params.not_after = rcgen::date_time_ymd(2027, 1, 1);
        let der = params.self_signed(&key).unwrap().der().to_vec();
        let read = read(&[der]).remove(0);
        assert_eq!(read.subject, "CN=Contoso Root");
        assert_eq!(read.issuer, read.subject);
        assert_eq!(read.not_before.iso(), "2026-01-01T00:00:00Z");
        assert_eq!(read.not_after.iso(), "2027-01-01T00:00:00Z");
    }

    #[test]
    fn the_fingerprint_is_written_as_openssl_writes_it() {
        let known = "BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD";
        assert_eq!(fingerprint(b"abc"), known);
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(der in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(certificate(&der).sha256.len(), 95);
        }
    }
}
