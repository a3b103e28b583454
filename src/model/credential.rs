//! How a client proves who it is, and where the proof is found.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Secret;

/// The variable that names the file of a federated token where workload identity is set up (the convention of
/// azure-identity and of the Kubernetes webhook).
pub const FEDERATED_TOKEN_FILE: &str = "AZURE_FEDERATED_TOKEN_FILE";

/// How the client proves who it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Credential {
    /// A public client proves nothing.
    #[default]
    Public,
    /// The secret is asked for before anything is sent.
    Ask,
    /// A client secret, in the body (or in Basic where the metadata offers nothing else).
    Secret(Secret),
    /// An assertion signed anew for every request with the key of a registered certificate (RFC 7523 section 2.2,
    /// `private_key_jwt` of OpenID Connect Core 9).
    Certificate(Box<ClientCertificate>),
    /// An assertion that somebody else made: the token of an issuer that the registration trusts.
    Assertion(ClientAssertion),
}

impl Credential {
    /// Whether it is an assertion, whoever signed it.
    pub const fn is_assertion(&self) -> bool {
        matches!(self, Self::Certificate(_) | Self::Assertion(_))
    }
}

/// A private key and the certificate that belongs to it, as their files hold them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCertificate {
    /// The text of the key's file, PEM.
    pub key: Secret,
    /// The text of the certificate's file, PEM: its own certificate first, then those above it.
    pub certificate: Secret,
    /// Where both were found and how they are used.
    pub at: CertificateRef,
}

/// Where a certificate and its key are found, and how assertions are signed with them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CertificateRef {
    /// The file of the certificate, PEM.
    pub certificate: PathBuf,
    /// The file of the private key, PEM; `None`: the certificate's file holds it too.
    pub key: Option<PathBuf>,
    /// Whether the certificates go along in the header (`x5c`, RFC 7515 section 4.1.6): for registrations that trust
    /// an issuer and a subject name.
    pub send_chain: bool,
    /// How to sign; `None`: with an RSA key as MSAL does, PS256, and RS256 at AD FS; with an EC key ES256.
    pub algorithm: Option<SigningAlgorithm>,
}

impl CertificateRef {
    /// The file that holds the key.
    pub fn key_file(&self) -> &Path {
        self.key.as_deref().unwrap_or(&self.certificate)
    }
}

/// How an assertion is signed (RFC 7518 section 3.1) and how its header names the certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SigningAlgorithm {
    /// RSASSA-PSS with SHA-256; the certificate is named by its SHA-256 thumbprint (`x5t#S256`).
    #[serde(rename = "PS256")]
    Ps256,
    /// RSASSA-PKCS1-v1_5 with SHA-256; the certificate is named by its SHA-1 thumbprint (`x5t`).
    #[serde(rename = "RS256")]
    Rs256,
    /// ECDSA with P-256 and SHA-256; the certificate is named as with PS256.
    #[serde(rename = "ES256")]
    Es256,
}

impl SigningAlgorithm {
    /// Every algorithm.
    pub const ALL: [Self; 3] = [Self::Ps256, Self::Rs256, Self::Es256];

    /// The word in the header, on the command line and in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ps256 => "PS256",
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
        }
    }

    /// The algorithm of a word, in whatever case.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|known| known.word().eq_ignore_ascii_case(word))
    }
}

/// How a client secret is used (OpenID Connect Core 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SecretMethod {
    /// In the body, as `client_secret`.
    #[serde(rename = "client_secret_post")]
    Post,
    /// In an `Authorization: Basic` header.
    #[serde(rename = "client_secret_basic")]
    Basic,
    /// It signs an assertion with HS256 and is not sent itself.
    #[serde(rename = "client_secret_jwt")]
    Jwt,
}

impl SecretMethod {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Post, Self::Basic, Self::Jwt];

    /// The name in metadata, on the command line and in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Post => "client_secret_post",
            Self::Basic => "client_secret_basic",
            Self::Jwt => "client_secret_jwt",
        }
    }

    /// The way of a name.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }
}

/// An assertion that somebody else made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientAssertion {
    /// The token.
    pub token: Secret,
    /// Where it was found: it is read there again when the run is repeated.
    pub from: AssertionRef,
}

/// Where an assertion that somebody else made is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AssertionRef {
    /// In an environment variable.
    Env(String),
    /// In a file.
    File(PathBuf),
    /// In the file that an environment variable names, as [`FEDERATED_TOKEN_FILE`] does.
    FileOf(String),
}

impl AssertionRef {
    /// The variable or file, as a person knows it.
    pub fn place(&self) -> String {
        match self {
            Self::Env(name) | Self::FileOf(name) => name.clone(),
            Self::File(path) => path.display().to_string(),
        }
    }
}

/// Where a credential is found. Never the credential itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CredentialRef {
    /// None: a public client.
    #[default]
    None,
    /// Asked for at a prompt when needed.
    Prompt,
    /// A secret in an environment variable.
    Env(String),
    /// A secret in a file (its trailing line end is not part of it).
    File(PathBuf),
    /// A certificate and its key.
    Certificate(CertificateRef),
    /// An assertion that somebody else made.
    Assertion(AssertionRef),
}
