//! Certificates trusted for their issuer's sake: whatever this authority issued for this subject will do, so that a
//! renewed certificate need not be registered again.

use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, crypto};

use super::certificate::{Certificate, der_of};
use crate::model::Moment;

/// A subject and the authority that must have issued its certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    subject: String,
    issuer: Vec<u8>,
}

impl Authority {
    /// The authority of a certificate in PEM; `None`: it is none.
    pub fn new(subject: &str, issuer: &str) -> Option<Self> {
        Some(Self {
            subject: subject.to_owned(),
            issuer: der_of(issuer)?,
        })
    }

    /// Whether a certificate is its subject's.
    pub fn names(&self, certificate: &Certificate) -> bool {
        certificate.is_of(&self.subject)
    }

    /// Whether it issued the first certificate of a chain, by way of the others.
    pub fn issued(&self, chain: &[Certificate], at: Moment) -> bool {
        let mut ders = chain.iter().filter_map(Certificate::der);
        let Some(first) = ders.next() else {
            return false;
        };
        let between: Vec<CertificateDer<'_>> = ders.collect();
        let mut roots = RootCertStore::empty();
        if roots
            .add(CertificateDer::from(self.issuer.clone()))
            .is_err()
        {
            return false;
        }
        let provider = Arc::new(crypto::aws_lc_rs::default_provider());
        let seconds = u64::try_from(at.seconds()).unwrap_or_default();
        let now = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
            .build()
            .is_ok_and(|verifier| verifier.verify_client_cert(&first, &between, now).is_ok())
    }
}
