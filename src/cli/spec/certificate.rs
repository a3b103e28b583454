//! The certificate that the client proves itself with, as flags say it.

use std::path::PathBuf;

use clap::Args;

use super::prompt;
use crate::model::{
    CertificateMethod, CertificateRef, ClientCertificate, Problem, SecretKind, SecretRef,
    SigningAlgorithm, Thumbprint,
};
use crate::strings::{cli as say, keys};

/// A certificate and its key.
#[derive(Debug, Args)]
pub(super) struct Certified {
    /// Certificate that the client proves itself with, PEM or PFX, and the key too if no --client-key is named
    #[arg(long, value_name = "PATH")]
    client_certificate: Option<PathBuf>,
    /// Private key of the certificate
    #[arg(long, value_name = "PATH")]
    client_key: Option<PathBuf>,
    /// Thumbprint of the certificate (SHA-1 or SHA-256, hexadecimal), where only its key is at hand
    #[arg(long, value_name = "HEX", conflicts_with_all = ["client_certificate", "x5c"], requires = "client_key")]
    client_thumbprint: Option<String>,
    /// Variable that holds the password of a PFX or of an encrypted key
    #[arg(
        long,
        value_name = "NAME",
        conflicts_with = "client_certificate_password_file"
    )]
    client_certificate_password_env: Option<String>,
    /// File that holds it
    #[arg(long, value_name = "PATH")]
    client_certificate_password_file: Option<PathBuf>,
    /// What the system's keyring keeps it as
    #[arg(long, value_name = "NAME", conflicts_with_all = ["client_certificate_password_env", "client_certificate_password_file"])]
    client_certificate_password_keyring: Option<String>,
    /// Send the certificates along (x5c), for registrations that trust an issuer and a subject name
    #[arg(long, requires = "client_certificate")]
    x5c: bool,
    /// How to sign: PS256 (usual), RS256, or ES256 (what an EC key does)
    #[arg(long, value_name = "ALGORITHM")]
    signing_algorithm: Option<String>,
    /// What the certificate is for: `private_key_jwt` (usual; its key signs an assertion), `tls_client_auth` or
    /// `self_signed_tls_client_auth` (it is shown in the TLS handshake, RFC 8705), or `none` (it is shown there to bind
    /// tokens to it, and the client stays public)
    #[arg(long, value_name = "METHOD")]
    certificate_method: Option<String>,
    #[arg(long, hide = true, value_name = "X")]
    client_certificate_password: Option<String>,
}

impl Certified {
    /// The flag that was given a secret itself.
    pub(super) fn secret_argument(&self) -> Option<&'static str> {
        let given = self.client_certificate_password.is_some();
        given.then_some("--client-certificate-password")
    }

    /// The certificate that is named.
    ///
    /// # Errors
    /// What belongs to a certificate stands alone; a thumbprint or an algorithm that is none.
    pub(super) fn reference(&self) -> Result<Option<CertificateRef>, Problem> {
        let thumbprint = self.client_thumbprint.as_deref();
        let thumbprint = thumbprint.map(|text| Thumbprint::parse(text, "--client-thumbprint"));
        let thumbprint = thumbprint.transpose()?;
        let key = self.client_key.clone();
        let (certificate, key) = match (self.client_certificate.clone(), &thumbprint, key) {
            (Some(certificate), _, key) => (certificate, key),
            (None, Some(_), Some(key)) => (key, None),
            (None, ..) => return self.refuse_lonely().map(|()| None),
        };
        let algorithm = self.signing_algorithm.as_deref().map(|word| {
            SigningAlgorithm::from_word(word).ok_or_else(|| {
                let expected = say::EXPECTED_ALGORITHM;
                Problem::new(format!("`{word}`"), "--signing-algorithm", expected)
            })
        });
        let method = self.method()?;
        let signs = self.x5c || self.signing_algorithm.is_some();
        if method.is_tls() && (thumbprint.is_some() || signs) {
            let expected = keys::EXPECTED_NO_SIGNING;
            return Err(Problem::new(
                keys::NOTHING_IS_SIGNED,
                "--certificate-method",
                expected,
            ));
        }
        let env = self.client_certificate_password_env.clone();
        let file = self.client_certificate_password_file.clone();
        let keyring = self.client_certificate_password_keyring.clone();
        Ok(Some(CertificateRef {
            certificate,
            key,
            thumbprint,
            password: env
                .map(SecretRef::Env)
                .or(file.map(SecretRef::File))
                .or(keyring.map(SecretRef::Keyring)),
            send_chain: self.x5c,
            algorithm: algorithm.transpose()?,
            method,
        }))
    }

    /// What the certificate is used for.
    fn method(&self) -> Result<CertificateMethod, Problem> {
        let named = self.certificate_method.as_deref().map(|word| {
            let all = CertificateMethod::ALL.map(CertificateMethod::word);
            let wrong =
                || Problem::new(format!("`{word}`"), "--certificate-method", all.join(", "));
            CertificateMethod::from_word(word).ok_or_else(wrong)
        });
        Ok(named.transpose()?.unwrap_or_default())
    }

    /// What says something of a certificate needs one.
    fn refuse_lonely(&self) -> Result<(), Problem> {
        let flags = [
            ("--client-key", self.client_key.is_some()),
            (
                "--client-certificate-password-env",
                self.client_certificate_password_env.is_some(),
            ),
            (
                "--client-certificate-password-file",
                self.client_certificate_password_file.is_some(),
            ),
            (
                "--client-certificate-password-keyring",
                self.client_certificate_password_keyring.is_some(),
            ),
            ("--signing-algorithm", self.signing_algorithm.is_some()),
            ("--certificate-method", self.certificate_method.is_some()),
        ];
        match flags.iter().find(|(_, given)| *given) {
            Some((flag, _)) => {
                let expected = say::EXPECTED_CERTIFICATE_BESIDE;
                Err(Problem::new(say::WITHOUT_CERTIFICATE, *flag, expected))
            }
            None => Ok(()),
        }
    }
}

/// The certificate, after asking for the password of a locked one where none is named.
///
/// # Errors
/// It is locked, and there is no terminal to ask at.
pub(super) fn unlocked(given: Box<ClientCertificate>) -> Result<Box<ClientCertificate>, Problem> {
    if !given.wants_password() || !prompt::is_possible() {
        return Ok(given);
    }
    let question = say::ask_certificate_password(&given.at.key_file().display().to_string());
    let typed = prompt::secret(SecretKind::Password, &question, keys::EXPECTED_PASSWORD)?;
    Ok(Box::new(ClientCertificate {
        password: Some(typed),
        ..*given
    }))
}
