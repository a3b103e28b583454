//! The lab as its owner holds it.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OnceCell, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::LabError;
use super::change;
use super::launch;
use super::server;
use super::shared::Shared;
use super::store::Store;
use super::tls::{self, Certificates};
use super::walk::{Person, walk};
use crate::model::{
    LabInfo, LabRequestRecord, Problem, Secret, SecretKind, UserAct, WorldChange, WorldView,
};
use crate::ports::Clock as _;

/// Where a walk over the pages ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Walk {
    /// At an address of the program: its redirect URI with the result.
    Redirect(String),
    /// On a page; nothing went to the program.
    Page {
        /// The page's title.
        title: String,
        /// Its text, as a person would copy it.
        text: String,
    },
}

/// A running lab. Dropping it stops it as well; [`stop`](Self::stop) also waits until it has.
pub struct LabHandle {
    pub(super) info: LabInfo,
    pub(super) http_authority: Option<String>,
    pub(super) shared: Arc<Shared>,
    pub(super) stop: CancellationToken,
    pub(super) tasks: Mutex<Vec<JoinHandle<()>>>,
    pub(super) store: Store,
    /// Where https is served that was asked for later: authority, and the file of the certificate to trust.
    pub(super) https: OnceCell<(String, PathBuf)>,
}

impl LabHandle {
    /// The line the lab prints when it answers.
    pub fn info(&self) -> LabInfo {
        self.info.clone()
    }

    /// The authority over plain http, if it is served: `http://127.0.0.1:PORT/contoso.example`.
    pub fn http_authority(&self) -> Option<String> {
        self.http_authority.clone()
    }

    /// Serves https as well, at a free port, from the first call on: its authority, and what to trust.
    ///
    /// # Errors
    /// No free port; files that cannot be written.
    pub async fn serve_https(&self) -> Result<(String, PathBuf), LabError> {
        let served = self.https.get_or_try_init(|| async {
            let door = server::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
            let now = self.shared.clock.now();
            let certificates = Arc::new(Certificates::open(&self.store, now, None)?);
            let base = launch::base("https", &door).unwrap_or_default();
            let domain = self.shared.world().domain.clone();
            let (shared, stop) = (Arc::clone(&self.shared), self.stop.clone());
            let task = tokio::spawn(server::serve(door, Some(certificates), shared, stop));
            self.tasks().push(task);
            let ca = self.store.path(tls::CA_FILE);
            Ok((format!("{base}/{domain}"), ca))
        });
        served.await.cloned()
    }

    /// The authority over https that [`serve_https`](Self::serve_https) serves, if it was called.
    pub fn https_authority(&self) -> Option<String> {
        self.https.get().map(|(authority, _)| authority.clone())
    }

    fn tasks(&self) -> MutexGuard<'_, Vec<JoinHandle<()>>> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the world.
    ///
    /// # Errors
    /// A policy that is not there.
    pub fn change(&self, change: WorldChange) -> Result<WorldView, Problem> {
        self.shared.change(change)?;
        Ok(self.view())
    }

    /// The state of the world.
    pub fn view(&self) -> WorldView {
        let world = self.shared.world();
        let mut view = change::view(&world, world.orders.time(self.shared.clock.now()));
        view.moved = self.shared.clock.moved();
        view
    }

    /// What was asked of the lab, oldest first; the last few hundred requests.
    pub fn requests(&self) -> Vec<LabRequestRecord> {
        self.shared.requests()
    }

    /// Tells the number of the newest request, whenever there is a new one.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.shared.watch()
    }

    /// What was asked of the lab after the request of a number, oldest first.
    pub fn requests_since(&self, id: u64) -> Vec<LabRequestRecord> {
        self.shared.requests_since(id)
    }

    /// The user's password as it is now.
    pub fn password_of(&self, user: &str) -> Option<Secret> {
        let world = self.shared.world();
        let user = world.user(user)?;
        Some(Secret::new(SecretKind::Password, user.password.clone()))
    }

    /// The newest secret of a client, by name or id.
    pub fn secret_of(&self, client: &str) -> Option<Secret> {
        let world = self.shared.world();
        let named = world
            .clients
            .iter()
            .find(|c| c.name.eq_ignore_ascii_case(client));
        let secret = named.or_else(|| world.client(client))?.secrets.first()?;
        Some(Secret::new(SecretKind::ClientSecret, secret.value.clone()))
    }

    /// The lab's user walks the pages from `url`, as a browser would, without a socket. The browser of each user
    /// keeps its session between walks.
    pub fn act(&self, user: &str, url: &str, act: UserAct) -> Walk {
        let name = user.to_ascii_lowercase();
        let person = Person {
            password: self
                .shared
                .world()
                .user(user)
                .map(|u| u.password.clone())
                .unwrap_or_default(),
            new_password: format!("simulated-{}", self.shared.kit().token()),
            name: user.to_owned(),
        };
        let mut jar = self.shared.jars().get(&name).cloned().unwrap_or_default();
        let walked = walk(
            &mut |ask| self.shared.answer(ask),
            &person,
            &mut jar,
            url,
            act,
        );
        self.shared.jars().insert(name, jar);
        walked
    }

    /// Stops the lab: no new connection, the open ones are closed.
    pub async fn stop(self) {
        self.stop.cancel();
        let tasks = std::mem::take(&mut *self.tasks());
        for task in tasks {
            // A listener that ended by itself has nothing left to do.
            let _ = task.await;
        }
    }
}

impl Drop for LabHandle {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}
