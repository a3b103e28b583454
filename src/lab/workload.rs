//! What the lab lends a program to prove itself with, for scenarios: a key with its certificate, and the token that a
//! build service would give its job. Both are files, as they are elsewhere.

use std::path::PathBuf;

use serde_json::json;

use super::LabError;
use super::file::exchange;
use super::handle::LabHandle;
use super::mint;
use super::proof::Certificate;
use super::world::World;
use crate::model::{Problem, WorldView};
use crate::ports::Clock as _;
use crate::strings::lab as say;

/// The file of key and certificate, PEM.
const CERTIFICATE_FILE: &str = "client-certificate.pem";

/// The file of the federated token.
const TOKEN_FILE: &str = "federated-token";

/// How long a federated token lives, in seconds.
const LIFETIME: i64 = 600;

impl LabHandle {
    /// The file of a private key and its certificate, made at the first call; no registration knows it yet.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn client_certificate(&self) -> Result<PathBuf, LabError> {
        if self.store.read(CERTIFICATE_FILE)?.is_none() {
            let pem = make().map_err(|error| LabError::Tls {
                detail: error.to_string(),
            })?;
            self.store.write(CERTIFICATE_FILE, pem.as_bytes(), true)?;
        }
        Ok(self.store.path(CERTIFICATE_FILE))
    }

    /// The owner of a client registers that certificate.
    ///
    /// # Errors
    /// There is no such client or no certificate.
    pub fn register_certificate(&self, client: &str) -> Result<WorldView, Problem> {
        let text = self.store.read(CERTIFICATE_FILE).ok().flatten();
        let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
        let certificate = text.and_then(|pem| Certificate::registered(Some(&pem), None));
        let mut world = self.shared.world();
        let known = world.clients_mut().find(|known| known.name == client);
        let (Some(certificate), Some(known)) = (certificate, known) else {
            let expected = say::apps::EXPECTED_TO_REGISTER;
            return Err(Problem::new(client, "register", expected));
        };
        known.certificates.push(certificate);
        drop(world);
        Ok(self.view())
    }

    /// The file of a new token for the subject that a client trusted when the lab started, signed by the issuer that
    /// it trusted then.
    ///
    /// # Errors
    /// The file cannot be written.
    pub async fn federated_token(&self, client: &str) -> Result<PathBuf, LabError> {
        self.shared.key().await;
        let kit = self.shared.kit();
        let now = self.shared.clock.now().seconds();
        let trusted = {
            let world = self.shared.world();
            let start: &World = world.start.as_deref().unwrap_or(&world);
            let mut clients = start.clients.iter();
            let known = clients.find(|known| known.name == client);
            known.and_then(|known| known.federated.first().cloned())
        };
        let (issuer, subject, audience) = trusted.map_or_else(
            || (String::new(), String::new(), exchange()),
            |trusted| (trusted.issuer, trusted.subject, trusted.audience),
        );
        let claims = json!({
            "iss": issuer,
            "sub": subject,
            "aud": audience,
            "iat": now,
            "nbf": now,
            "exp": now.saturating_add(LIFETIME),
            "jti": kit.guid(),
        });
        let token = mint::sign(&kit, &claims);
        self.store.write(TOKEN_FILE, token.as_bytes(), true)?;
        Ok(self.store.path(TOKEN_FILE))
    }
}

/// A key and a certificate for it in PEM.
fn make() -> Result<String, rcgen::Error> {
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256)?;
    let mut params = rcgen::CertificateParams::default();
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, "simulated client");
    let certificate = params.self_signed(&key)?;
    Ok(key.serialize_pem() + &certificate.pem())
}
