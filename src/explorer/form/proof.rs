//! What the client proves itself with, as the form's choice.

use crate::model::credential::FEDERATED_TOKEN_FILE;
use crate::model::{AssertionRef, CertificateRef, CredentialRef, SigningAlgorithm};

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
    /// A certificate.
    Certificate,
    /// A certificate that goes along.
    Chain,
    /// An assertion in a variable.
    AssertionEnv,
    /// An assertion in a file.
    AssertionFile,
    /// An assertion in the file that a variable names.
    Federated,
}

impl Proof {
    /// Every choice.
    pub const ALL: [Self; 9] = [
        Self::Nothing,
        Self::Asked,
        Self::SecretEnv,
        Self::SecretFile,
        Self::Certificate,
        Self::Chain,
        Self::AssertionEnv,
        Self::AssertionFile,
        Self::Federated,
    ];

    /// Whether a variable or file has to be named.
    pub const fn is_named(self) -> bool {
        !matches!(self, Self::Nothing | Self::Asked | Self::Federated)
    }

    /// Whether it is found somewhere, without a person.
    pub const fn is_found(self) -> bool {
        !matches!(self, Self::Nothing | Self::Asked)
    }

    /// Whether it is a secret, which can be used in more than one way.
    pub const fn is_secret(self) -> bool {
        matches!(self, Self::Asked | Self::SecretEnv | Self::SecretFile)
    }

    /// Whether a key belongs to it.
    pub const fn has_key(self) -> bool {
        matches!(self, Self::Certificate | Self::Chain)
    }

    /// The reference that the fields mean.
    pub fn reference(
        self,
        named: &str,
        key: &str,
        algorithm: Option<SigningAlgorithm>,
    ) -> CredentialRef {
        match self {
            Self::Nothing => CredentialRef::None,
            Self::Asked => CredentialRef::Prompt,
            Self::SecretEnv => CredentialRef::Env(named.to_owned()),
            Self::SecretFile => CredentialRef::File(named.into()),
            Self::Certificate | Self::Chain => CredentialRef::Certificate(CertificateRef {
                certificate: named.into(),
                key: (!key.is_empty()).then(|| key.into()),
                send_chain: self == Self::Chain,
                algorithm,
            }),
            Self::AssertionEnv => CredentialRef::Assertion(AssertionRef::Env(named.to_owned())),
            Self::AssertionFile => CredentialRef::Assertion(AssertionRef::File(named.into())),
            Self::Federated => {
                CredentialRef::Assertion(AssertionRef::FileOf(FEDERATED_TOKEN_FILE.to_owned()))
            }
        }
    }

    /// The choice that a reference is, and what stands in the fields of reference and key.
    pub fn of(reference: &CredentialRef) -> (Self, String, String) {
        let shown = |path: &std::path::Path| path.display().to_string();
        let (proof, named) = match reference {
            CredentialRef::None => (Self::Nothing, String::new()),
            CredentialRef::Prompt => (Self::Asked, String::new()),
            CredentialRef::Env(name) => (Self::SecretEnv, name.clone()),
            CredentialRef::File(path) => (Self::SecretFile, shown(path)),
            CredentialRef::Certificate(at) => {
                let proof = if at.send_chain {
                    Self::Chain
                } else {
                    Self::Certificate
                };
                let key = at.key.as_deref().map(shown).unwrap_or_default();
                return (proof, shown(&at.certificate), key);
            }
            CredentialRef::Assertion(AssertionRef::Env(name)) => (Self::AssertionEnv, name.clone()),
            CredentialRef::Assertion(AssertionRef::File(path)) => {
                (Self::AssertionFile, shown(path))
            }
            CredentialRef::Assertion(AssertionRef::FileOf(_)) => (Self::Federated, String::new()),
        };
        (proof, named, String::new())
    }
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
        for proof in Proof::ALL {
            let (named, key) = match (proof.is_named(), proof.has_key()) {
                (true, true) => ("own.pem", "own.key"),
                (true, false) => ("PLACE", ""),
                (false, _) => ("", ""),
            };
            let reference = proof.reference(named, key, None);
            let expected = (proof, named.to_owned(), key.to_owned());
            assert_eq!(Proof::of(&reference), expected);
        }
    }
}
