//! The keyring of the system: Secret Service on Linux and its like, Keychain, Windows Credential Manager.

use std::collections::HashMap;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

use crate::model::{Secret, SecretKind};
use crate::ports::{Keyring, KeyringFault};
use crate::strings::keyring as say;

/// What this program's secrets are filed under.
const SERVICE: &str = "tokenscope";

/// How long a person has to unlock it.
const PATIENCE: Duration = Duration::from_mins(1);

/// The keyring of whoever runs this program.
pub struct SystemKeyring;

impl Keyring for SystemKeyring {
    fn get(&self, name: &str, kind: SecretKind) -> Result<Secret, KeyringFault> {
        let name = name.to_owned();
        let kept = apart(move |store| entry(store, &name)?.get_password().map(Zeroizing::new))?;
        Ok(Secret::new(kind, kept.as_str()))
    }

    fn set(&self, name: &str, secret: &Secret) -> Result<(), KeyringFault> {
        let (name, secret) = (name.to_owned(), secret.clone());
        apart(move |store| entry(store, &name)?.set_password(secret.reveal()))
    }

    fn remove(&self, name: &str) -> Result<(), KeyringFault> {
        let name = name.to_owned();
        apart(move |store| entry(store, &name)?.delete_credential())
    }

    fn names(&self) -> Result<Option<Vec<String>>, KeyringFault> {
        let ours = HashMap::from([("service", SERVICE)]);
        let found = apart(move |store| match Entry::search_in_store(store, &ours) {
            Ok(entries) => Ok(Some(entries.iter().filter_map(name).collect::<Vec<_>>())),
            Err(Error::NotSupportedByStore(_) | Error::Invalid(..)) => Ok(None),
            Err(error) => Err(error),
        })?;
        Ok(found.map(|mut names| {
            names.sort();
            names.dedup();
            names
        }))
    }
}

fn entry(store: &Arc<CredentialStore>, name: &str) -> Result<Entry, Error> {
    Entry::new_in_store(store, SERVICE, name)
}

fn name(entry: &Entry) -> Option<String> {
    match entry.get_specifiers() {
        Some((service, name)) => (service == SERVICE).then_some(name),
        None => entry.get_attributes().ok()?.remove("username"),
    }
}

/// Works on a thread of its own: the store waits in its own way, and a person may never answer.
fn apart<T: Send + 'static>(
    work: impl FnOnce(&Arc<CredentialStore>) -> Result<T, Error> + Send + 'static,
) -> Result<T, KeyringFault> {
    let (done, result) = mpsc::channel();
    std::thread::spawn(move || {
        let worked = store().and_then(|store| work(&store).map_err(fault));
        let _ = done.send(worked);
    });
    result
        .recv_timeout(PATIENCE)
        .unwrap_or_else(|_| Err(KeyringFault::Refused(say::SILENT.to_owned())))
}

fn fault(error: Error) -> KeyringFault {
    match error {
        Error::NoEntry => KeyringFault::NotThere,
        // What is kept may stand in the others' words.
        Error::BadEncoding(_) | Error::BadDataFormat(..) => {
            KeyringFault::Refused(say::NOT_THERE.to_owned())
        }
        Error::PlatformFailure(why) | Error::NoStorageAccess(why) => {
            KeyringFault::Refused(why.to_string())
        }
        error => KeyringFault::Refused(error.to_string()),
    }
}

fn store() -> Result<Arc<CredentialStore>, KeyringFault> {
    #[cfg(target_os = "macos")]
    let made = apple_native_keyring_store::keychain::Store::new();
    #[cfg(windows)]
    let made = windows_native_keyring_store::Store::new();
    #[cfg(all(unix, not(target_os = "macos")))]
    let made = zbus_secret_service_keyring_store::Store::new();
    #[cfg(not(any(unix, windows)))]
    let made = Err::<Arc<CredentialStore>, _>(Error::NotSupportedByStore(
        say::NOT_ON_THIS_SYSTEM.to_owned(),
    ));
    match made {
        Ok(store) => Ok(store),
        Err(Error::PlatformFailure(why) | Error::NoStorageAccess(why)) => {
            Err(KeyringFault::Nowhere(why.to_string()))
        }
        Err(error) => Err(KeyringFault::Nowhere(error.to_string())),
    }
}
