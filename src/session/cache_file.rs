//! The cache file of a run: read before it begins, and what came is kept there when it is over. The waiting for other
//! programs is done apart, so that nothing else waits.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use super::core::Core;
use crate::keys::seal::Seal;
use crate::model::cache::{CacheStorage, SilentQuestion};
use crate::model::{Event, Flow, Moment, Problem, RunId, RunSpec, SecretKind};
use crate::ports::{KeyringFault, Ports};
use crate::settings::credentials::keyring_problem;
use crate::strings::{cache as say, keyring, session};
use crate::tokens::{CacheFile, FileError, TokenCache, file, inspect, program};

/// The caches of files, each for one client.
#[derive(Default)]
pub(super) struct Files {
    open: BTreeMap<(PathBuf, String), Open>,
}

struct Open {
    cache: Arc<Mutex<TokenCache>>,
    seal: Option<Seal>,
}

impl Files {
    /// The cache of the spec's file, if it names one.
    pub fn get(&self, spec: &RunSpec) -> Option<Arc<Mutex<TokenCache>>> {
        let open = self.open.get(&key(spec)?)?;
        Some(Arc::clone(&open.cache))
    }

    fn seal(&self, spec: &RunSpec) -> Option<Seal> {
        self.open.get(&key(spec)?)?.seal.clone()
    }

    fn set(&mut self, spec: &RunSpec, cache: TokenCache, seal: Option<Seal>) {
        if let Some(key) = key(spec) {
            let cache = Arc::new(Mutex::new(cache));
            self.open.insert(key, Open { cache, seal });
        }
    }
}

fn key(spec: &RunSpec) -> Option<(PathBuf, String)> {
    let path = spec.cache_file.clone()?;
    Some((path, spec.client_id.clone()))
}

/// Reads the file that the spec names, as it is by now.
///
/// # Errors
/// A problem naming the file: it is odd, or not this client's.
pub(super) async fn open(core: &Core, id: RunId, spec: &RunSpec) -> Result<(), Problem> {
    let Some(path) = &spec.cache_file else {
        return Ok(());
    };
    let shown = path.display().to_string();
    if spec.flow == Flow::ManagedIdentity {
        let at = format!("cache-file {shown}");
        return Err(Problem::new(say::NO_MACHINE, at, say::EXPECTED_NO_MACHINE));
    }
    let may_be_new = spec.flow != Flow::Silent;
    let seal = seal(core, spec, path).await?;
    let file = CacheFile::new(path, &spec.client_id).sealed(seal.clone());
    let opened = tokio::task::spawn_blocking(move || file.open(may_be_new)).await;
    let opened = opened.unwrap_or(Err(FileError::Locked)).map_err(|error| {
        Problem::new(
            error.to_string(),
            format!("cache-file {shown}"),
            say::EXPECTED_FILE,
        )
    })?;
    tell(core, id, say::read(&shown));
    if let Some(seal) = &seal {
        if opened.new {
            tell(
                core,
                id,
                say::new_sealed(&shown, &file::key_name(seal.id())),
            );
        } else if opened.plain {
            warn(core, id, &say::sealed_from_now(&shown));
        }
    } else if opened.new {
        warn(core, id, &say::new_file(&shown));
    } else if opened.readable {
        warn(core, id, &say::readable(&shown));
    }
    core.state().files.set(spec, opened.cache, seal);
    Ok(())
}

/// What the file is sealed with: the key that it names, or one of its own where it is to be encrypted. A file that is not
/// encrypted stays so unless that is asked for.
async fn seal(core: &Core, spec: &RunSpec, path: &Path) -> Result<Option<Seal>, Problem> {
    let (path, wanted) = (path.to_owned(), spec.options.seal_cache);
    let ports = core.setup.ports.clone();
    // The keyring may wait for a person who unlocks it.
    let found = tokio::task::spawn_blocking(move || match file::sealed_with(&path) {
        Some(id) => kept(&ports, &id).map(Some),
        None if wanted => made(&ports, &path).map(Some),
        None => Ok(None),
    });
    let silent = |_| Problem::new(keyring::SILENT, "keyring", keyring::EXPECTED_OTHER_WAY);
    found.await.map_err(silent)?
}

fn kept(ports: &Ports, id: &str) -> Result<Seal, Problem> {
    let name = file::key_name(id);
    match ports.keyring.get(&name, SecretKind::Other) {
        Ok(key) => Ok(Seal::with(id, key)),
        Err(KeyringFault::NotThere) => Err(Problem::new(
            say::no_key(&name),
            "cache-file",
            say::EXPECTED_FILE,
        )),
        Err(fault) => Err(keyring_problem(&fault, &name)),
    }
}

/// The key of a place, made where there is none yet.
fn made(ports: &Ports, path: &Path) -> Result<Seal, Problem> {
    let place = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let digest = Sha256::digest(place.as_os_str().as_encoded_bytes());
    let first: [u8; 8] = std::array::from_fn(|at| digest[at]);
    let id = format!("{:016x}", u64::from_be_bytes(first));
    let name = file::key_name(&id);
    match ports.keyring.get(&name, SecretKind::Other) {
        Ok(key) => return Ok(Seal::with(&id, key)),
        Err(KeyringFault::NotThere) => {}
        Err(fault) => return Err(keyring_problem(&fault, &name)),
    }
    let seal = Seal::make(&id, ports.entropy.as_ref());
    let set = ports.keyring.set(&name, seal.key());
    set.map_err(|fault| keyring_problem(&fault, &name))?;
    Ok(seal)
}

/// Adds what a run brought to its file. That it could not is told; the run's outcome stays what it is.
pub(super) async fn keep(core: &Core, id: RunId, spec: &RunSpec) {
    let Some(path) = &spec.cache_file else {
        return;
    };
    let cache = core.cache(spec);
    let came = cache
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take_fresh();
    if came.is_empty() {
        return;
    }
    let shown = path.display().to_string();
    let seal = core.state().files.seal(spec);
    let file = CacheFile::new(path, &spec.client_id).sealed(seal);
    let added = tokio::task::spawn_blocking(move || file.add(&came)).await;
    match added.unwrap_or(Err(FileError::Locked)) {
        Ok(()) => tell(core, id, say::stored(&shown)),
        Err(error) => warn(core, id, &say::not_stored(&shown, &error.to_string())),
    }
}

fn tell(core: &Core, id: RunId, what: String) {
    core.log(id, Event::new(core.now(), what));
}

fn warn(core: &Core, id: RunId, what: &str) {
    tell(core, id, session::cautioned(what));
}

/// What a cache file of whatever program tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspected {
    /// How it is kept and what is in it.
    pub storage: CacheStorage,
    /// The program that is known to keep its cache there.
    pub program: Option<&'static str>,
}

/// Looks at a cache file; nothing is written, decrypted or used. One that is just being written is looked at again.
///
/// # Errors
/// A problem naming the file, if it cannot be read or is no cache.
pub fn inspect_cache(
    path: &Path,
    question: Option<&SilentQuestion>,
    now: Moment,
) -> Result<Inspected, Problem> {
    let look = || -> Result<CacheStorage, FileError> {
        Ok(inspect::inspect(&file::peek(path)?, question, now)?)
    };
    let mut storage = look();
    for _ in 0..3 {
        if !matches!(
            storage,
            Err(FileError::Content(_)) | Ok(CacheStorage::Empty)
        ) || !file::is_locked(path)
        {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
        storage = look();
    }
    let storage = storage.map_err(|error| {
        Problem::new(
            error.to_string(),
            path.display().to_string(),
            say::EXPECTED_ANY,
        )
    })?;
    Ok(Inspected {
        storage,
        program: program::of_place(path),
    })
}
