//! How a client proves who it is, and where the proof is found.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{CertificateMethod, Problem, Secret};
use crate::strings::keys as say;

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
    /// A registered certificate: its key signs an assertion anew for every request (RFC 7523 section 2.2,
    /// `private_key_jwt` of OpenID Connect Core 9), or it is shown in the TLS handshake (RFC 8705).
    Certificate(Box<ClientCertificate>),
    /// An assertion that somebody else made: the token of an issuer that the registration trusts.
    Assertion(ClientAssertion),
}

impl Credential {
    /// Whether it is a certificate or an assertion that somebody else made.
    pub const fn is_assertion(&self) -> bool {
        matches!(self, Self::Certificate(_) | Self::Assertion(_))
    }
}

/// A private key and the certificate that belongs to it, as their files hold them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCertificate {
    /// The text of the key's file, PEM; a PFX stands in it as a section [`PFX_LABEL`].
    pub key: Secret,
    /// The text of the certificate's file, PEM: its own certificate first, then those above it; or a PFX as above.
    pub certificate: Secret,
    /// What unlocks a PFX or an encrypted key.
    pub password: Option<Secret>,
    /// Where both were found and how they are used.
    pub at: CertificateRef,
}

/// The label of a section that holds a PFX (PKCS#12, RFC 7292). No standard names one: it is ours, for a binary file.
pub const PFX_LABEL: &str = "PKCS12";

impl ClientCertificate {
    /// Whether the key is locked and nothing to unlock it is there.
    pub fn wants_password(&self) -> bool {
        let locked = |text: &str| {
            text.contains(&format!("-----BEGIN {PFX_LABEL}-----"))
                || text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")
        };
        self.password.is_none() && (locked(self.key.reveal()) || locked(self.certificate.reveal()))
    }
}

/// Where a certificate and its key are found, and how they are used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CertificateRef {
    /// The file of the certificate, PEM or PFX; where a thumbprint stands for the certificate, the file of the key.
    pub certificate: PathBuf,
    /// The file of the private key, PEM; `None`: the certificate's file holds it too.
    pub key: Option<PathBuf>,
    /// What names the certificate where its file is not at hand.
    pub thumbprint: Option<Thumbprint>,
    /// Where the password of a PFX or of an encrypted key is found.
    pub password: Option<SecretRef>,
    /// Whether the certificates go along in the header (`x5c`, RFC 7515 section 4.1.6): for registrations that trust
    /// an issuer and a subject name.
    pub send_chain: bool,
    /// How to sign; `None`: with an RSA key as MSAL does, PS256, and RS256 at AD FS; with an EC key ES256.
    pub algorithm: Option<SigningAlgorithm>,
    /// What it is used for.
    pub method: CertificateMethod,
}

impl CertificateRef {
    /// The file that holds the key.
    pub fn key_file(&self) -> &Path {
        self.key.as_deref().unwrap_or(&self.certificate)
    }
}

/// The digest of a certificate, as an assertion's header names it (RFC 7515 sections 4.1.7 and 4.1.8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thumbprint {
    /// SHA-1, `x5t`: what portals show.
    Sha1([u8; 20]),
    /// SHA-256, `x5t#S256`.
    Sha256([u8; 32]),
}

impl Thumbprint {
    /// Reads hexadecimal digits, with or without colons or spaces between them.
    ///
    /// # Errors
    /// A problem that names `at`.
    pub fn parse(text: &str, at: &str) -> Result<Self, Problem> {
        let digits: Vec<char> = text
            .chars()
            .filter(|c| !matches!(c, ':' | ' ' | '-'))
            .collect();
        let pairs = digits.chunks(2).map(|pair| match pair {
            [high, low] => u8::try_from(high.to_digit(16)? * 16 + low.to_digit(16)?).ok(),
            _ => None,
        });
        let bytes: Option<Vec<u8>> = pairs.collect();
        let read = bytes.and_then(|bytes| match bytes.len() {
            20 => bytes.try_into().ok().map(Self::Sha1),
            32 => bytes.try_into().ok().map(Self::Sha256),
            _ => None,
        });
        read.ok_or_else(|| Problem::new(format!("`{text}`"), at, say::EXPECTED_THUMBPRINT))
    }

    /// The bytes.
    pub const fn bytes(&self) -> &[u8] {
        match self {
            Self::Sha1(bytes) => bytes,
            Self::Sha256(bytes) => bytes,
        }
    }

    /// The member of the header that holds it.
    pub const fn member(&self) -> &'static str {
        match self {
            Self::Sha1(_) => "x5t",
            Self::Sha256(_) => "x5t#S256",
        }
    }

    /// In hexadecimal digits, as portals show it.
    pub fn hex(&self) -> String {
        let digits = self.bytes().iter().map(|byte| format!("{byte:02X}"));
        digits.collect()
    }
}

/// Where a single secret is found. Never the secret itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretRef {
    /// In an environment variable.
    Env(String),
    /// In a file (its trailing line end is not part of it).
    File(PathBuf),
    /// In the system's keyring, under this name.
    Keyring(String),
}

impl SecretRef {
    /// Reads `env:NAME` and `keyring:NAME`; anything else is a file.
    pub fn parse(text: &str) -> Self {
        match text.split_once(':') {
            Some(("env", name)) => Self::Env(name.to_owned()),
            Some(("keyring", name)) => Self::Keyring(name.to_owned()),
            _ => Self::File(text.into()),
        }
    }

    /// As [`parse`](Self::parse) reads it.
    pub fn text(&self) -> String {
        match self {
            Self::Env(name) => format!("env:{name}"),
            Self::Keyring(name) => format!("keyring:{name}"),
            Self::File(path) => path.display().to_string(),
        }
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
    /// In the file that an environment variable names, as
    /// [`FEDERATED_TOKEN_FILE`](super::federated::FEDERATED_TOKEN_FILE) does.
    FileOf(String),
    /// At GitHub, which is asked for it in a job of GitHub Actions when a run begins; until then the token is empty.
    GitHub,
}

impl AssertionRef {
    /// The variable or file, as a person knows it.
    pub fn place(&self) -> String {
        match self {
            Self::Env(name) | Self::FileOf(name) => name.clone(),
            Self::File(path) => path.display().to_string(),
            Self::GitHub => super::federated::JOB_URL.to_owned(),
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
    /// A secret in the system's keyring, under this name.
    Keyring(String),
    /// A certificate and its key.
    Certificate(CertificateRef),
    /// An assertion that somebody else made.
    Assertion(AssertionRef),
}

impl CredentialRef {
    /// Whether the system's keyring is asked for it.
    pub const fn is_in_keyring(&self) -> bool {
        matches!(
            self,
            Self::Keyring(_)
                | Self::Certificate(CertificateRef {
                    password: Some(SecretRef::Keyring(_)),
                    ..
                })
        )
    }
}
