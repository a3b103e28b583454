//! An identity provider inside the process: the pure `answer(world, request, moment)`, and a thin server on
//! loopback around it. It shares no code with the client side, so that it cannot share its mistakes.
//!
//! ```text
//! socket ─► server ─► answer ─► desk (world, request, time, kit) ─► discovery · token · pages · api · control
//!                       ▲                                               │
//! lab's user ───────────┘                    refusal · page · mint ◄────┘
//! ```

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use crate::model::world::{LabClient, LabUserInfo};
use crate::model::{LabInfo, Problem};
use crate::ports::{Clock as _, Entropy, MovableClock};
use crate::strings::lab as say;

mod answer;
mod api;
mod ask;
mod authorize;
mod change;
mod control;
mod desk;
mod device;
mod discovery;
mod file;
mod front;
mod handle;
mod kit;
mod mint;
mod onward;
mod page;
mod pages;
mod policy;
mod refusal;
mod scope;
mod server;
mod shared;
mod shelf;
mod signer;
mod signin;
mod store;
mod tls;
mod token;
mod visit;
mod walk;
mod world;

#[cfg(test)]
mod testing;

pub use handle::{LabHandle, Walk};

/// The port that https is served at when none is named, or the next free one.
pub const DEFAULT_PORT: u16 = 8443;

/// The file that keeps the signing key (PKCS#8, DER).
const KEY_FILE: &str = "signing-key.der";

/// How the lab is started.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Addresses served over https; port 0: any free one. A named port that is in use is an error.
    pub listen: Vec<SocketAddr>,
    /// Also serve https at 127.0.0.1:8443 or, if that is taken, the next free port. Implied when neither `listen`
    /// nor `http` names anything.
    pub default_https: bool,
    /// An address served over plain http.
    pub http: Option<SocketAddr>,
    /// Where the certificate authority and the signing key are kept.
    pub data_dir: PathBuf,
    /// A world file instead of the built-in one: its name, for messages, and its text.
    pub world: Option<(String, String)>,
}

/// Why the lab does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LabError {
    /// An address of another machine.
    #[error("{at}: {}", say::NOT_LOOPBACK)]
    NotLoopback {
        /// The address.
        at: SocketAddr,
    },
    /// A named port is taken.
    #[error("port {} of {} {}", at.port(), at.ip(), say::PORT_BUSY)]
    Busy {
        /// The address.
        at: SocketAddr,
    },
    /// An address cannot be listened at.
    #[error("cannot listen at {at}: {source}")]
    Listen {
        /// The address.
        at: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// A file of the lab cannot be read or written.
    #[error("cannot {operation} {}: {source}", path.display())]
    File {
        /// `read` or `write`.
        operation: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The world file is malformed.
    #[error("{}: {} (expected {})", .0.at, .0.what, .0.expected)]
    World(Problem),
    /// The TLS library fails.
    #[error("cannot make certificates: {detail}")]
    Tls {
        /// What it said.
        detail: String,
    },
}

/// Starts the lab. It answers when this returns; a signing key that has to be made first follows in the background.
///
/// # Errors
/// An address that cannot be used, a malformed world file, files that cannot be written.
pub async fn start(
    options: Options,
    clock: Arc<MovableClock>,
    entropy: Arc<dyn Entropy>,
) -> Result<LabHandle, LabError> {
    let (name, text) = match &options.world {
        Some((name, text)) => (name.as_str(), text.as_str()),
        None => file::BUILT_IN,
    };
    let file = file::read(name, text).map_err(LabError::World)?;
    let store = store::Store::open(&options.data_dir)?;
    let (https, http) = listeners(&options).await?;
    let signer = signer::LateSigner::default();
    let kit = kit::Kit {
        entropy: &*entropy,
        signer: &signer,
    };
    let world = world::World::new(&file, &kit);
    let tls = if https.is_empty() {
        None
    } else {
        Some(tls::acceptor(&store, clock.now())?)
    };
    let shared = Arc::new(shared::Shared::new(world, clock, entropy, signer.clone()));
    fetch_key(&store, &signer, &shared)?;
    let stop = tokio_util::sync::CancellationToken::new();
    let mut tasks = Vec::new();
    let ca = if https.is_empty() {
        String::new()
    } else {
        store.path(tls::CA_FILE).display().to_string()
    };
    let mut bases = Vec::new();
    for listener in https {
        bases.extend(base("https", &listener));
        tasks.push(tokio::spawn(server::serve(
            listener,
            tls.clone(),
            Arc::clone(&shared),
            stop.clone(),
        )));
    }
    let mut http_base = None;
    if let Some(listener) = http {
        http_base = base("http", &listener);
        tasks.push(tokio::spawn(server::serve(
            listener,
            None,
            Arc::clone(&shared),
            stop.clone(),
        )));
    }
    let first = bases
        .into_iter()
        .next()
        .or_else(|| http_base.clone())
        .unwrap_or_default();
    let http_authority = http_base.map(|base| format!("{base}/{}", file.tenant.domain));
    let mut info = info(&shared.world(), &first, ca);
    info.http.clone_from(&http_authority);
    Ok(LabHandle {
        info,
        http_authority,
        shared,
        stop,
        tasks,
    })
}

async fn listeners(
    options: &Options,
) -> Result<
    (
        Vec<tokio::net::TcpListener>,
        Option<tokio::net::TcpListener>,
    ),
    LabError,
> {
    let mut https = Vec::new();
    for at in &options.listen {
        https.push(server::bind(*at).await?);
    }
    let implied = options.listen.is_empty() && options.http.is_none();
    if options.default_https || implied {
        https.push(default_listener().await?);
    }
    let http = match options.http {
        Some(at) => Some(server::bind(at).await?),
        None => None,
    };
    Ok((https, http))
}

/// The default port, or the next free one, or any.
async fn default_listener() -> Result<tokio::net::TcpListener, LabError> {
    for port in DEFAULT_PORT..DEFAULT_PORT + 100 {
        match server::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await {
            Err(LabError::Busy { .. }) => {}
            other => return other,
        }
    }
    server::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await
}

/// The signing key: from its file, or made in the background and kept there.
fn fetch_key(
    store: &store::Store,
    signer: &signer::LateSigner,
    shared: &Arc<shared::Shared>,
) -> Result<(), LabError> {
    if let Some(key) = store
        .read(KEY_FILE)?
        .and_then(|der| signer::RsaSigner::from_der(&der))
    {
        signer.arrive(key);
        return Ok(());
    }
    let (store, signer, shared) = (store.clone(), signer.clone(), Arc::clone(shared));
    std::thread::spawn(move || {
        while !signer.is_ready() {
            let Some(key) = signer::RsaSigner::generate() else {
                continue;
            };
            if let Some(der) = key.der() {
                // A key that cannot be kept serves until the lab stops; the next start makes another.
                let _ = store.write(KEY_FILE, &der, true);
            }
            signer.arrive(key);
        }
        shared.key_is_there();
    });
    Ok(())
}

fn base(scheme: &str, listener: &tokio::net::TcpListener) -> Option<String> {
    let at = listener.local_addr().ok()?;
    Some(format!("{scheme}://{at}"))
}

fn info(world: &world::World, base: &str, ca: String) -> LabInfo {
    let client = |c: &world::Client| LabClient {
        id: c.id.clone(),
        name: c.name.clone(),
        kind: c.kind.word().to_owned(),
        public: c.kind.public(),
        secret: (c.kind == file::Kind::Daemon)
            .then(|| c.secrets.first().map(|s| s.value.clone()))
            .flatten(),
    };
    let user = |u: &world::User| LabUserInfo {
        name: u.name.clone(),
        password: u.password.clone(),
    };
    LabInfo {
        schema: 1,
        authority: format!("{base}/{}", world.domain),
        issuer: mint::issuer(base, &world.tenant, false),
        ca,
        http: None,
        tenant: world.tenant.clone(),
        clients: world.clients.iter().map(client).collect(),
        users: world.users.iter().map(user).collect(),
        api: format!("{base}/api"),
    }
}

/// The scenarios that come with the program: name and TOML text.
pub const fn scenario_texts() -> &'static [(&'static str, &'static str)] {
    &[
        (
            "api-claims-challenge",
            include_str!("../assets/scenarios/api-claims-challenge.toml"),
        ),
        (
            "blocked-by-policy",
            include_str!("../assets/scenarios/blocked-by-policy.toml"),
        ),
        (
            "blocked-on-page",
            include_str!("../assets/scenarios/blocked-on-page.toml"),
        ),
        (
            "consent-declined",
            include_str!("../assets/scenarios/consent-declined.toml"),
        ),
        (
            "consent-missing",
            include_str!("../assets/scenarios/consent-missing.toml"),
        ),
        (
            "device-declined",
            include_str!("../assets/scenarios/device-declined.toml"),
        ),
        (
            "device-expired",
            include_str!("../assets/scenarios/device-expired.toml"),
        ),
        (
            "device-granted",
            include_str!("../assets/scenarios/device-granted.toml"),
        ),
        (
            "expired-client-secret",
            include_str!("../assets/scenarios/expired-client-secret.toml"),
        ),
        (
            "expired-password",
            include_str!("../assets/scenarios/expired-password.toml"),
        ),
        (
            "locked-account",
            include_str!("../assets/scenarios/locked-account.toml"),
        ),
        (
            "mfa-on-silent-v1",
            include_str!("../assets/scenarios/mfa-on-silent-v1.toml"),
        ),
        (
            "mfa-on-silent",
            include_str!("../assets/scenarios/mfa-on-silent.toml"),
        ),
        (
            "mfa-without-claims",
            include_str!("../assets/scenarios/mfa-without-claims.toml"),
        ),
        ("outage", include_str!("../assets/scenarios/outage.toml")),
        (
            "refresh-token-inactive",
            include_str!("../assets/scenarios/refresh-token-inactive.toml"),
        ),
        (
            "refresh-token-revoked",
            include_str!("../assets/scenarios/refresh-token-revoked.toml"),
        ),
        (
            "sign-in-frequency",
            include_str!("../assets/scenarios/sign-in-frequency.toml"),
        ),
        (
            "slow-down",
            include_str!("../assets/scenarios/slow-down.toml"),
        ),
        (
            "throttled",
            include_str!("../assets/scenarios/throttled.toml"),
        ),
        (
            "unknown-tenant",
            include_str!("../assets/scenarios/unknown-tenant.toml"),
        ),
        (
            "wrong-client-secret",
            include_str!("../assets/scenarios/wrong-client-secret.toml"),
        ),
        (
            "wrong-password",
            include_str!("../assets/scenarios/wrong-password.toml"),
        ),
    ]
}
