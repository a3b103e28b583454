//! What an application proves itself with: a key and its certificate.

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use serde_json::{Value, json};

/// A key and its certificate, as files hold them.
pub struct Pair {
    pub certificate: String,
    pub key: String,
    pub der: Vec<u8>,
}

impl Pair {
    pub fn make() -> Self {
        Self::of(&rcgen::PKCS_RSA_SHA256)
    }

    fn of(kind: &'static rcgen::SignatureAlgorithm) -> Self {
        let key = rcgen::KeyPair::generate_for(kind).expect("a key");
        let params = rcgen::CertificateParams::new(["daemon.contoso.example".to_owned()]);
        let certificate = params.expect("a name").self_signed(&key);
        let certificate = certificate.expect("a certificate");
        Self {
            certificate: certificate.pem(),
            key: key.serialize_pem(),
            der: certificate.der().to_vec(),
        }
    }

    /// With a key on P-256.
    pub fn on_p256() -> Self {
        Self::of(&rcgen::PKCS_ECDSA_P256_SHA256)
    }

    /// With the authority that issued it, in PEM.
    pub fn issued_by_an_authority() -> (String, Self) {
        let mut params = rcgen::CertificateParams::default();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let own = rcgen::KeyPair::generate().expect("a key");
        // A name of its own: OpenSSL takes authorities of one name for one.
        let name = format!("Authority {:02x?}", &own.public_key_raw()[1..9]);
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, name);
        let ca = rcgen::CertifiedIssuer::self_signed(params, own).expect("an authority");
        let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).expect("a key");
        let mut params = rcgen::CertificateParams::default();
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, "daemon.contoso.example");
        let certificate = params.signed_by(&key, &ca).expect("a certificate");
        let pair = Self {
            certificate: certificate.pem(),
            key: key.serialize_pem(),
            der: certificate.der().to_vec(),
        };
        (ca.pem(), pair)
    }

    /// A JWT of these claims, signed with the key.
    pub fn sign(&self, claims: &Value) -> String {
        let header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::RS256);
        let key = jsonwebtoken::EncodingKey::from_rsa_pem(self.key.as_bytes()).expect("a key");
        jsonwebtoken::encode(&header, claims, &key).expect("a token")
    }

    pub fn sha1(&self) -> String {
        hex(digest(&SHA1_FOR_LEGACY_USE_ONLY, &self.der).as_ref())
    }

    pub fn sha256(&self) -> String {
        hex(digest(&SHA256, &self.der).as_ref())
    }

    /// What MSAL Python calls the credential; with the thumbprint alone it signs with RS256, with the certificate
    /// with PS256.
    pub fn for_python(&self, algorithm: &str) -> Value {
        if algorithm == "RS256" {
            json!({ "private_key": self.key, "thumbprint": self.sha1() })
        } else {
            json!({ "private_key": self.key, "public_certificate": self.certificate })
        }
    }

    pub fn for_node(&self, algorithm: &str) -> Value {
        let mut certificate = json!({ "privateKey": self.key });
        if algorithm == "RS256" {
            certificate["thumbprint"] = self.sha1().into();
        } else {
            certificate["thumbprintSha256"] = self.sha256().into();
        }
        json!({ "clientCertificate": certificate })
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("text can be written");
        text
    })
}
