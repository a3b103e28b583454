//! TLS by rustls: whom to trust, when the handshake begins, and a refused certificate in words.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{
    ClientSessionMemoryCache, ClientSessionStore, Resumption, Tls12ClientSessionValue,
    Tls13ClientSessionValue, WebPkiServerVerifier,
};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    AlertDescription, CertificateError, ClientConfig, DigitallySignedStruct, Error, NamedGroup,
    PeerIncompatible, RootCertStore, SignatureScheme,
};
use rustls_platform_verifier::Verifier;

use super::lane::Marks;
use super::own::{Own, Showing};
use super::{WireError, chain, own};
use crate::model::{FaultCause, Handed, ServerCertificate};
use crate::strings::wire as say;

/// Decides which servers are trusted: those of a CA file alone, or the system's. The system's certificates are
/// loaded when an https host first needs them, for that takes milliseconds.
#[derive(Debug)]
pub struct Trust {
    provider: Arc<CryptoProvider>,
    verifier: OnceLock<Result<Arc<dyn ServerCertVerifier>, String>>,
}

impl Trust {
    /// Trusts the certificates of a PEM file and no others, or the system's.
    pub fn new(ca_file: Option<&Path>) -> Result<Self, WireError> {
        let trust = Self {
            provider: Arc::new(rustls::crypto::aws_lc_rs::default_provider()),
            verifier: OnceLock::new(),
        };
        if let Some(path) = ca_file {
            let verifier = from_file(path, &trust.provider)?;
            let _ = trust.verifier.set(Ok(verifier));
        }
        Ok(trust)
    }

    /// Loads what is not loaded yet, so that it does not count as part of the handshake.
    pub fn prepare(&self) {
        let _ = self.verifier();
    }

    fn verifier(&self) -> Result<&Arc<dyn ServerCertVerifier>, Error> {
        let loaded = self.verifier.get_or_init(|| {
            let verifier = Verifier::new(Arc::clone(&self.provider)).map_err(|e| e.to_string())?;
            Ok(Arc::new(verifier))
        });
        loaded
            .as_ref()
            .map_err(|detail| Error::General(say::no_system_roots(detail)))
    }
}

fn from_file(
    path: &Path,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, WireError> {
    let unreadable = |detail: String| WireError::CaFile {
        path: path.to_owned(),
        detail,
    };
    let text = std::fs::read(path).map_err(|error| unreadable(error.to_string()))?;
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(&text) {
        let certificate = certificate.map_err(|error| unreadable(error.to_string()))?;
        roots
            .add(certificate)
            .map_err(|error| unreadable(error.to_string()))?;
    }
    if roots.is_empty() {
        return Err(WireError::CaEmpty {
            path: path.to_owned(),
        });
    }
    WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider))
        .build()
        .map(|verifier| verifier as Arc<dyn ServerCertVerifier>)
        .map_err(|error| unreadable(error.to_string()))
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.verifier()?.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        )
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier()?.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier()?.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

/// Notes which certificates the server shows; the verdict on them is [`Trust`]'s alone.
#[derive(Debug)]
struct Recording {
    trust: Arc<Trust>,
    marks: Arc<Marks>,
}

impl ServerCertVerifier for Recording {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let all = std::iter::once(end_entity).chain(intermediates);
        let shown = all.take(chain::LONGEST).map(|der| der.to_vec());
        self.marks.shows(shown.collect());
        self.trust
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.trust.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.trust.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.trust.supported_verify_schemes()
    }
}

/// The configuration of one lane.
pub fn config(
    trust: &Arc<Trust>,
    marks: &Arc<Marks>,
    own: Option<Own>,
) -> Result<ClientConfig, Error> {
    let verifier: Arc<dyn ServerCertVerifier> = Arc::new(Recording {
        trust: Arc::clone(trust),
        marks: Arc::clone(marks),
    });
    let mut config = ClientConfig::builder_with_provider(Arc::clone(&trust.provider))
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_client_cert_resolver(Arc::new(Showing::new(own, marks)));
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    config.resumption = Resumption::store(Arc::new(Sessions {
        inner: ClientSessionMemoryCache::new(8),
        marks: Arc::clone(marks),
    }));
    Ok(config)
}

/// The session store of rustls. It is asked first thing in a handshake: that is when TLS starts.
#[derive(Debug)]
struct Sessions {
    inner: ClientSessionMemoryCache,
    marks: Arc<Marks>,
}

impl ClientSessionStore for Sessions {
    fn set_kx_hint(&self, server_name: ServerName<'static>, group: NamedGroup) {
        self.inner.set_kx_hint(server_name, group);
    }

    fn kx_hint(&self, server_name: &ServerName<'_>) -> Option<NamedGroup> {
        self.marks.tls_starts(server_name);
        self.inner.kx_hint(server_name)
    }

    fn set_tls12_session(&self, server_name: ServerName<'static>, value: Tls12ClientSessionValue) {
        self.inner.set_tls12_session(server_name, value);
    }

    fn tls12_session(&self, server_name: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        self.marks.tls_starts(server_name);
        self.inner.tls12_session(server_name)
    }

    fn remove_tls12_session(&self, server_name: &ServerName<'static>) {
        self.inner.remove_tls12_session(server_name);
    }

    fn insert_tls13_ticket(
        &self,
        server_name: ServerName<'static>,
        value: Tls13ClientSessionValue,
    ) {
        self.inner.insert_tls13_ticket(server_name, value);
    }

    fn take_tls13_ticket(
        &self,
        server_name: &ServerName<'static>,
    ) -> Option<Tls13ClientSessionValue> {
        self.marks.tls_starts(server_name);
        self.inner.take_tls13_ticket(server_name)
    }
}

/// A TLS failure in words; `None` where the library's own words are all there is to say. `handed` is what became of the
/// client's own certificate (`None`: it was not asked for).
pub fn words(error: &Error, handed: Option<Handed>) -> Option<String> {
    if let Error::AlertReceived(alert) = error {
        return own::words(*alert, handed).map(Into::into);
    }
    let Error::InvalidCertificate(certificate) = error else {
        return None;
    };
    let words = match certificate {
        CertificateError::UnknownIssuer => say::UNKNOWN_ISSUER.into(),
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => say::EXPIRED.into(),
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            say::NOT_YET_VALID.into()
        }
        CertificateError::NotValidForName => say::WRONG_NAME.into(),
        CertificateError::NotValidForNameContext {
            expected,
            presented,
        } => say::wrong_name(&expected.to_str(), presented),
        CertificateError::Revoked => say::REVOKED.into(),
        CertificateError::BadEncoding => say::BAD_ENCODING.into(),
        CertificateError::BadSignature => say::BAD_SIGNATURE.into(),
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
            say::WRONG_PURPOSE.into()
        }
        other if other.to_string().contains("CaUsedAsEndEntity") => say::CA_AS_SERVER.into(),
        _ => say::CERTIFICATE_REFUSED.into(),
    };
    Some(words)
}

/// What exactly a TLS failure was, as far as the library, the chain that was shown and what became of the client's own
/// certificate tell (`None`: it was not asked for).
pub fn cause(error: &Error, chain: &[ServerCertificate], handed: Option<Handed>) -> FaultCause {
    if let Error::AlertReceived(alert) = error
        && let Some(cause) = own::cause(*alert, handed)
    {
        return cause;
    }
    let incompatible_version = matches!(
        error,
        Error::AlertReceived(AlertDescription::ProtocolVersion)
            | Error::PeerIncompatible(
                PeerIncompatible::ServerDoesNotSupportTls12Or13
                    | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig
            )
    );
    match error {
        Error::InvalidCertificate(refused) => of_certificate(refused, chain),
        _ if incompatible_version => FaultCause::ProtocolVersion,
        Error::InvalidMessage(_) => FaultCause::NotTls,
        _ => FaultCause::HandshakeRefused,
    }
}

fn of_certificate(refused: &CertificateError, chain: &[ServerCertificate]) -> FaultCause {
    match refused {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            FaultCause::CertificateExpired
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            FaultCause::CertificateNotYetValid
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            FaultCause::CertificateWrongName
        }
        CertificateError::Revoked => FaultCause::CertificateRevoked,
        _ if matches!(chain, [own] if own.subject == own.issuer) => FaultCause::SelfSigned,
        CertificateError::UnknownIssuer => FaultCause::UnknownAuthority,
        _ => FaultCause::CertificateRefused,
    }
}
