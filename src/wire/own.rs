//! The client's own certificate in the handshake (RFC 8446 section 4.4.2): shown to one server, when that server asks for
//! one; and what a server says against it.

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rustls::client::ResolvesClientCert;
use rustls::crypto::aws_lc_rs::sign::any_supported_type;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::sign::CertifiedKey;
use rustls::{AlertDescription, SignatureScheme};
use url::Url;
use zeroize::Zeroizing;

use super::lane::Marks;
use crate::model::{FaultCause, Handed, TlsIdentity};
use crate::strings::wire as say;

/// A certificate with its key, and the one server that is shown it.
#[derive(Debug)]
pub struct Own {
    pair: Arc<CertifiedKey>,
    server: ServerName<'static>,
}

impl Own {
    /// For the server of an https address; `None`: the address has none, or the key is of no use.
    pub fn new(identity: &TlsIdentity, url: &Url) -> Option<Self> {
        let host = url.host_str().filter(|_| url.scheme() == "https")?;
        let name = host.trim_start_matches('[').trim_end_matches(']');
        let server = ServerName::try_from(name.to_owned()).ok()?;
        let bytes = Zeroizing::new(BASE64_STANDARD.decode(identity.key.reveal()).ok()?);
        let der = PrivateKeyDer::try_from(bytes.as_slice()).ok()?;
        let chain = identity.chain.iter().cloned().map(CertificateDer::from);
        let pair = CertifiedKey::new(chain.collect(), any_supported_type(&der).ok()?);
        Some(Self {
            pair: Arc::new(pair),
            server,
        })
    }
}

/// Answers a server that asks for a certificate, and notes that it asked. There is an answer only for the one server
/// that the certificate is meant for: a proxy may have a handshake of its own on the way.
#[derive(Debug)]
pub struct Showing {
    own: Option<Own>,
    marks: Arc<Marks>,
}

impl Showing {
    /// With a certificate or without.
    pub fn new(own: Option<Own>, marks: &Arc<Marks>) -> Self {
        Self {
            own,
            marks: Arc::clone(marks),
        }
    }
}

impl ResolvesClientCert for Showing {
    fn resolve(
        &self,
        _issuers: &[&[u8]],
        schemes: &[SignatureScheme],
    ) -> Option<Arc<CertifiedKey>> {
        let own = self.own.as_ref();
        let Some(own) = own.filter(|own| self.marks.is_with(&own.server)) else {
            self.marks.asks(Handed::Unknown);
            return None;
        };
        let fits = own.pair.key.choose_scheme(schemes).is_some();
        self.marks
            .asks(if fits { Handed::Shown } else { Handed::Unfit });
        fits.then(|| Arc::clone(&own.pair))
    }

    fn has_certs(&self) -> bool {
        self.own.is_some()
    }
}

/// What an alert says about the client's certificate. `handed` is what became of it; `None`: the server did not ask for
/// one. A server that was shown none may break the handshake off without saying why (TLS 1.2 has no alert for it, RFC
/// 5246 section 7.4.6).
pub const fn cause(alert: AlertDescription, handed: Option<Handed>) -> Option<FaultCause> {
    let shown = matches!(handed, Some(Handed::Shown));
    Some(match alert {
        AlertDescription::CertificateRequired => FaultCause::ClientCertificateWanted,
        _ if handed.is_none() => return None,
        AlertDescription::HandshakeFailure | AlertDescription::NoCertificate if !shown => {
            FaultCause::ClientCertificateWanted
        }
        AlertDescription::BadCertificate
        | AlertDescription::CertificateRevoked
        | AlertDescription::CertificateUnknown
        | AlertDescription::AccessDenied => {
            if shown {
                FaultCause::ClientCertificateRefused
            } else {
                FaultCause::ClientCertificateWanted
            }
        }
        AlertDescription::UnknownCA => FaultCause::ClientCertificateUnknownAuthority,
        AlertDescription::UnsupportedCertificate => FaultCause::ClientCertificateUnsupported,
        AlertDescription::CertificateExpired => FaultCause::ClientCertificateExpired,
        _ => return None,
    })
}

/// Such an alert in words.
pub fn words(alert: AlertDescription, handed: Option<Handed>) -> Option<&'static str> {
    Some(match cause(alert, handed)? {
        FaultCause::ClientCertificateWanted => say::OWN_CERTIFICATE_WANTED,
        FaultCause::ClientCertificateUnknownAuthority => say::OWN_CERTIFICATE_OF_STRANGER,
        FaultCause::ClientCertificateUnsupported => say::OWN_CERTIFICATE_UNSUPPORTED,
        FaultCause::ClientCertificateExpired => say::OWN_CERTIFICATE_EXPIRED,
        _ => say::OWN_CERTIFICATE_REFUSED,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Secret, SecretKind};

    #[test]
    fn a_proxy_on_the_way_that_asks_for_a_certificate_is_shown_none() {
        let key = rcgen::KeyPair::generate().unwrap();
        let params = rcgen::CertificateParams::new(Vec::new()).unwrap();
        let identity = TlsIdentity {
            chain: vec![params.self_signed(&key).unwrap().der().to_vec()],
            key: Secret::new(
                SecretKind::PrivateKey,
                BASE64_STANDARD.encode(key.serialize_der()),
            ),
        };
        let url = |text: &str| Url::parse(text).unwrap();
        let own = |text: &str| Own::new(&identity, &url(text));
        assert!(own("http://issuer.contoso.example/token").is_none());
        let marks = Arc::new(Marks::default());
        let showing = Showing::new(own("https://issuer.contoso.example/token"), &marks);
        let asked = |by: &str, schemes: &[SignatureScheme]| {
            marks.tls_starts(&ServerName::try_from(by).unwrap());
            (showing.resolve(&[], schemes).is_some(), marks.handed())
        };
        let fitting = [SignatureScheme::ECDSA_NISTP256_SHA256];
        let proxy = asked("proxy.contoso.example", &fitting);
        assert_eq!(proxy, (false, Some(Handed::Unknown)));
        let server = asked("issuer.contoso.example", &fitting);
        assert_eq!(server, (true, Some(Handed::Shown)));
        let unfit = asked("issuer.contoso.example", &[SignatureScheme::ED25519]);
        assert_eq!(unfit, (false, Some(Handed::Unfit)));
        marks.clear();
        assert_eq!(marks.handed(), None);
    }

    #[test]
    fn an_alert_about_a_certificate_is_about_ours_as_far_as_one_was_asked_for() {
        use AlertDescription as Alert;
        let shown = Some(Handed::Shown);
        let none = Some(Handed::Unknown);
        let table = [
            (
                Alert::CertificateRequired,
                none,
                Some(FaultCause::ClientCertificateWanted),
            ),
            (
                Alert::HandshakeFailure,
                none,
                Some(FaultCause::ClientCertificateWanted),
            ),
            (Alert::HandshakeFailure, shown, None),
            (Alert::HandshakeFailure, None, None),
            (
                Alert::BadCertificate,
                shown,
                Some(FaultCause::ClientCertificateRefused),
            ),
            (
                Alert::BadCertificate,
                none,
                Some(FaultCause::ClientCertificateWanted),
            ),
            (Alert::AccessDenied, None, None),
            (Alert::UnknownCA, None, None),
            (
                Alert::UnknownCA,
                shown,
                Some(FaultCause::ClientCertificateUnknownAuthority),
            ),
            (
                Alert::UnsupportedCertificate,
                shown,
                Some(FaultCause::ClientCertificateUnsupported),
            ),
            (
                Alert::CertificateExpired,
                shown,
                Some(FaultCause::ClientCertificateExpired),
            ),
            (Alert::ProtocolVersion, shown, None),
        ];
        for (alert, handed, expected) in table {
            assert_eq!(cause(alert, handed), expected, "{alert:?} {handed:?}");
        }
    }
}
