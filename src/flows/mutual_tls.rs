//! Mutual TLS (RFC 8705): the certificate that a run shows in the handshake, and with which of its requests.

use super::driver::Driver;
use crate::grants::mutual_tls::shows;
use crate::keys;
use crate::model::{Credential, Flow, Problem, Request, TlsCertificate};
use crate::strings::flows as say;
use crate::wire::Transport;

/// Reads the certificate and its key, where the client shows one, and says so in the run's log.
///
/// # Errors
/// A file that cannot be used.
pub(super) fn prepare<T: Transport>(
    driver: &Driver<T>,
) -> Result<Option<Box<TlsCertificate>>, Problem> {
    let spec = &driver.spec;
    let Credential::Certificate(given) = &spec.credential else {
        return Ok(None);
    };
    if !given.at.method.is_tls() || spec.flow == Flow::ManagedIdentity {
        return Ok(None);
    }
    let (certificate, expires) = keys::tls_certificate(given)?;
    driver.say(say::tls_certificate(
        &certificate.subject,
        &certificate.thumbprint,
    ));
    if expires <= driver.now() {
        driver.say(say::certificate_over(&expires.iso()));
    }
    Ok(Some(Box::new(certificate)))
}

impl<T: Transport> Driver<T> {
    /// Lets the certificate go along where it belongs.
    pub(super) fn show_certificate(&self, request: &mut Request) {
        let fitting = shows(request.purpose, &request.url);
        request.certificate = self.certificate.clone().filter(|_| fitting);
    }
}
