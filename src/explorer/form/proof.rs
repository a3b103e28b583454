//! What the client proves itself with, as the form's choice.

use crate::model::federated::Federation;
use crate::model::{
    AssertionRef, CertificateMethod, CertificateRef, CredentialRef, SecretRef, SigningAlgorithm,
    Thumbprint,
};

/// One choice, in the order they are gone through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Proof {
    /// None.
    #[default]
    Nothing,
    /// A secret that is asked for.
    Asked,
    /// A secret in a variable.
    SecretEnv,
    /// A secret in a file.
    SecretFile,
    /// A secret in the system's keyring.
    SecretKeyring,
    /// A certificate.
    Certificate,
    /// A certificate that goes along.
    Chain,
    /// A key, and the certificate by its thumbprint.
    KeyAlone,
    /// An assertion in a variable.
    AssertionEnv,
    /// An assertion in a file.
    AssertionFile,
    /// An assertion in the file that a variable names.
    Federated,
    /// The token that a cluster projects into a pod.
    Projected,
    /// The token of a job of GitHub Actions.
    Job,
}

impl Proof {
    /// Every choice.
    pub const ALL: [Self; 13] = [
        Self::Nothing,
        Self::Asked,
        Self::SecretEnv,
        Self::SecretFile,
        Self::SecretKeyring,
        Self::Certificate,
        Self::Chain,
        Self::KeyAlone,
        Self::AssertionEnv,
        Self::AssertionFile,
        Self::Federated,
        Self::Projected,
        Self::Job,
    ];

    /// Whether a variable or file has to be named.
    pub const fn is_named(self) -> bool {
        !matches!(
            self,
            Self::Nothing | Self::Asked | Self::Federated | Self::Projected | Self::Job
        )
    }

    /// Whether it is found somewhere, without a person.
    pub const fn is_found(self) -> bool {
        !matches!(self, Self::Nothing | Self::Asked)
    }

    /// Whether it is a secret, which can be used in more than one way.
    pub const fn is_secret(self) -> bool {
        matches!(
            self,
            Self::Asked | Self::SecretEnv | Self::SecretFile | Self::SecretKeyring
        )
    }

    /// Whether the file of a key can stand beside it.
    pub const fn has_key(self) -> bool {
        matches!(self, Self::Certificate | Self::Chain)
    }

    /// Whether it is a key of a certificate.
    pub const fn is_certificate(self) -> bool {
        matches!(self, Self::Certificate | Self::Chain | Self::KeyAlone)
    }

    /// The reference that the fields mean.
    pub fn reference(self, fields: &Fields<'_>) -> CredentialRef {
        let named = fields.named;
        match self {
            Self::Nothing => CredentialRef::None,
            Self::Asked => CredentialRef::Prompt,
            Self::SecretEnv => CredentialRef::Env(named.to_owned()),
            Self::SecretFile => CredentialRef::File(named.into()),
            Self::SecretKeyring => CredentialRef::Keyring(named.to_owned()),
            Self::Certificate | Self::Chain | Self::KeyAlone => {
                CredentialRef::Certificate(self.certificate(fields))
            }
            Self::AssertionEnv => CredentialRef::Assertion(AssertionRef::Env(named.to_owned())),
            Self::AssertionFile => CredentialRef::Assertion(AssertionRef::File(named.into())),
            Self::Federated => CredentialRef::Assertion(Federation::Azure.reference()),
            Self::Projected => CredentialRef::Assertion(Federation::Kubernetes.reference()),
            Self::Job => CredentialRef::Assertion(Federation::GitHub.reference()),
        }
    }

    fn certificate(self, fields: &Fields<'_>) -> CertificateRef {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let alone = self == Self::KeyAlone;
        // A thumbprint that is none is complained of before anything is sent.
        let thumbprint = || Thumbprint::parse(fields.thumbprint, "thumbprint").ok();
        CertificateRef {
            certificate: fields.named.into(),
            key: some(fields.key).filter(|_| !alone).map(Into::into),
            thumbprint: alone.then(thumbprint).flatten(),
            password: some(fields.password).map(|text| SecretRef::parse(&text)),
            send_chain: self == Self::Chain,
            algorithm: fields.algorithm.filter(|_| !fields.method.is_tls()),
            method: if self == Self::Certificate {
                fields.method
            } else {
                CertificateMethod::default()
            },
        }
    }

    /// The choice that a reference is, and what stands in the fields that belong to it.
    pub fn of(reference: &CredentialRef) -> (Self, Filled) {
        let shown = |path: &std::path::Path| path.display().to_string();
        let (proof, named) = match reference {
            CredentialRef::None => (Self::Nothing, String::new()),
            CredentialRef::Prompt => (Self::Asked, String::new()),
            CredentialRef::Env(name) => (Self::SecretEnv, name.clone()),
            CredentialRef::File(path) => (Self::SecretFile, shown(path)),
            CredentialRef::Keyring(name) => (Self::SecretKeyring, name.clone()),
            CredentialRef::Certificate(at) => {
                let proof = match (&at.thumbprint, at.send_chain) {
                    (Some(_), _) => Self::KeyAlone,
                    (None, true) => Self::Chain,
                    (None, false) => Self::Certificate,
                };
                let text = |text: Option<String>| text.unwrap_or_default();
                let filled = Filled {
                    named: shown(&at.certificate),
                    key: text(at.key.as_deref().map(shown)),
                    password: text(at.password.as_ref().map(SecretRef::text)),
                    thumbprint: text(at.thumbprint.as_ref().map(Thumbprint::hex)),
                };
                return (proof, filled);
            }
            CredentialRef::Assertion(from) => match (Federation::of(from), from) {
                (Some(Federation::Kubernetes), _) => (Self::Projected, String::new()),
                (Some(Federation::GitHub), _) | (_, AssertionRef::GitHub) => {
                    (Self::Job, String::new())
                }
                (Some(Federation::Azure), _) | (_, AssertionRef::FileOf(_)) => {
                    (Self::Federated, String::new())
                }
                (None, AssertionRef::Env(name)) => (Self::AssertionEnv, name.clone()),
                (None, AssertionRef::File(path)) => (Self::AssertionFile, shown(path)),
            },
        };
        let filled = Filled {
            named,
            ..Filled::default()
        };
        (proof, filled)
    }
}

/// What stands in the fields that belong to a proof.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fields<'a> {
    /// The variable or file.
    pub named: &'a str,
    /// The file of the key.
    pub key: &'a str,
    /// Where the password of a locked key is.
    pub password: &'a str,
    /// The thumbprint that stands for a certificate.
    pub thumbprint: &'a str,
    /// How assertions are signed.
    pub algorithm: Option<SigningAlgorithm>,
    /// What a certificate is used for.
    pub method: CertificateMethod,
}

/// What is filled into them from a reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// The variable or file.
    pub named: String,
    /// The file of the key.
    pub key: String,
    /// Where the password of a locked key is.
    pub password: String,
    /// The thumbprint that stands for a certificate.
    pub thumbprint: String,
}

/// The next or the previous of a choice; before the first and after the last nothing is chosen, and what is usual
/// stands.
pub fn turned<T: Copy + PartialEq>(all: &[T], chosen: Option<T>, on: bool) -> Option<T> {
    let at = all.iter().position(|known| Some(*known) == chosen);
    let next = match (at, on) {
        (None, true) => 0,
        (None, false) => all.len() - 1,
        (Some(at), true) => at + 1,
        (Some(at), false) => at.checked_sub(1)?,
    };
    all.get(next).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_what_is_read_back() {
        let print = "0123456789ABCDEF0123456789ABCDEF01234567";
        for proof in Proof::ALL {
            let own = |on: bool, text: &'static str| if on { text } else { "" };
            let certificate = matches!(proof, Proof::Certificate | Proof::Chain);
            let fields = Fields {
                named: own(proof.is_named(), "PLACE"),
                key: own(certificate, "own.key"),
                password: own(proof.is_certificate(), "env:LOCK"),
                thumbprint: own(proof == Proof::KeyAlone, print),
                algorithm: None,
                method: CertificateMethod::default(),
            };
            let (read, filled) = Proof::of(&proof.reference(&fields));
            let expected = Filled {
                named: fields.named.to_owned(),
                key: fields.key.to_owned(),
                password: fields.password.to_owned(),
                thumbprint: fields.thumbprint.to_owned(),
            };
            assert_eq!((read, filled), (proof, expected));
        }
    }
}
