//! The keyring of the system: where a person's secrets are kept under a name.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::model::{Secret, SecretKind};
use crate::strings::keyring as say;

/// Why a keyring did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyringFault {
    /// There is none here: no desktop session, no service that answers.
    #[error("{}", say::none_here(_0))]
    Nowhere(String),
    /// Nothing is kept under that name.
    #[error("{}", say::NOT_THERE)]
    NotThere,
    /// It is there and says no: it is locked, or the person declined.
    #[error("{}", say::refused(_0))]
    Refused(String),
}

/// Keeps secrets under names. Every call may wait for a person who unlocks the keyring: never call it where others wait.
pub trait Keyring: Send + Sync {
    /// The secret that is kept under a name.
    ///
    /// # Errors
    /// Why there is none to be had.
    fn get(&self, name: &str, kind: SecretKind) -> Result<Secret, KeyringFault>;

    /// Keeps a secret under a name; what was kept there before is gone.
    ///
    /// # Errors
    /// Why it cannot be kept.
    fn set(&self, name: &str, secret: &Secret) -> Result<(), KeyringFault>;

    /// Forgets what is kept under a name.
    ///
    /// # Errors
    /// Why it cannot; that nothing is there.
    fn remove(&self, name: &str) -> Result<(), KeyringFault>;

    /// The names under which this program keeps something, in order; `None` where the keyring does not tell.
    ///
    /// # Errors
    /// Why it cannot be asked.
    fn names(&self) -> Result<Option<Vec<String>>, KeyringFault>;
}

/// A keyring that lasts as long as the program: for tests.
#[derive(Default)]
pub struct MemoryKeyring(Mutex<BTreeMap<String, Secret>>);

impl Keyring for MemoryKeyring {
    fn get(&self, name: &str, kind: SecretKind) -> Result<Secret, KeyringFault> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let secret = kept.get(name).ok_or(KeyringFault::NotThere)?;
        Ok(Secret::new(kind, secret.reveal()))
    }

    fn set(&self, name: &str, secret: &Secret) -> Result<(), KeyringFault> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(name.to_owned(), secret.clone());
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), KeyringFault> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.remove(name).map(drop).ok_or(KeyringFault::NotThere)
    }

    fn names(&self) -> Result<Option<Vec<String>>, KeyringFault> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Some(kept.keys().cloned().collect()))
    }
}
