//! Starts the lab: world, files, key, listeners.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use tokio::net::TcpListener;
use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;

use super::dialect::Dialect;
use super::file::{self, Kind};
use super::handle::LabHandle;
use super::kit::Kit;
use super::server;
use super::shared::Shared;
use super::signer::{LateSigner, RsaSigner};
use super::store::Store;
use super::tls::{self, Certificates};
use super::world::{Client, User, World};
use super::{DEFAULT_PORT, LabError, Options};
use crate::model::LabInfo;
use crate::model::world::{LabClient, LabControl, LabUserInfo};
use crate::ports::{Clock as _, Entropy, MovableClock};

/// The file that keeps the signing key (PKCS#8, DER).
const KEY_FILE: &str = "signing-key.der";

/// The file of the Arc machine's challenge.
const ARC_FILE: &str = "arc-challenge.key";

/// Where the lab listens.
struct Doors {
    https: Vec<TcpListener>,
    http: Option<TcpListener>,
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
    let mut file = file::read(name, text).map_err(LabError::World)?;
    file.fetch_keys(name)?;
    let store = Store::open(&options.data_dir)?;
    let doors = open(&options).await?;
    let signer = LateSigner::default();
    let kit = Kit::new(&*entropy, &signer);
    let mut world = World::new(&file, &kit);
    keep_arc_key(&store, &mut world)?;
    let control = options.control.then(|| kit.token());
    if let Some(token) = &control {
        world.open_control(token.clone());
    }
    let mut ca = String::new();
    let mut certificates = None;
    if !doors.https.is_empty() {
        let own = options.certificate.as_ref();
        certificates = Some(Arc::new(Certificates::open(&store, clock.now(), own)?));
        if own.is_none() {
            ca = store.path(tls::CA_FILE).display().to_string();
        }
    }
    let first = doors.https.first().and_then(|door| base("https", door));
    let http_base = doors.http.as_ref().and_then(|door| base("http", door));
    let named = first.or_else(|| http_base.clone()).unwrap_or_default();
    let http_authority = http_base.map(|base| format!("{base}/{}", file.tenant.domain));
    let mut info = info(&world, &named, ca, http_authority.clone());
    info.control = control.map(|token| LabControl {
        url: format!("{named}/lab"),
        token,
    });
    let shared = Arc::new(Shared::new(world, clock, entropy, signer.clone()));
    fetch_key(&store, &signer, &shared)?;
    let stop = CancellationToken::new();
    let with_tls = doors
        .https
        .into_iter()
        .map(|door| (door, certificates.clone()));
    let all = with_tls.chain(doors.http.map(|door| (door, None)));
    let serve =
        |(door, tls)| tokio::spawn(server::serve(door, tls, Arc::clone(&shared), stop.clone()));
    Ok(LabHandle {
        tasks: Mutex::new(all.map(serve).collect()),
        store,
        https: OnceCell::new(),
        http_authority,
        info,
        shared,
        stop,
    })
}

/// The file whose content a program on an Arc machine must show: as there, only its owner can read it.
fn keep_arc_key(store: &Store, world: &mut World) -> Result<(), LabError> {
    let arc = &mut world.surfaces.arc;
    arc.path = store.path(ARC_FILE).display().to_string();
    store.write(ARC_FILE, arc.content.as_bytes(), true)?;
    let arc = arc.clone();
    if let Some(start) = &mut world.start {
        start.surfaces.arc = arc;
    }
    Ok(())
}

async fn open(options: &Options) -> Result<Doors, LabError> {
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
    Ok(Doors { https, http })
}

/// The default port, or the next free one, or any.
async fn default_listener() -> Result<TcpListener, LabError> {
    for port in DEFAULT_PORT..DEFAULT_PORT + 100 {
        match server::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await {
            Err(LabError::Busy { .. }) => {}
            other => return other,
        }
    }
    server::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await
}

/// The signing key: from its file, or made in the background and kept there.
fn fetch_key(store: &Store, signer: &LateSigner, shared: &Arc<Shared>) -> Result<(), LabError> {
    if let Some(key) = store
        .read(KEY_FILE)?
        .and_then(|der| RsaSigner::from_der(&der))
    {
        signer.arrive(key);
        return Ok(());
    }
    let (store, signer, shared) = (store.clone(), signer.clone(), Arc::clone(shared));
    std::thread::spawn(move || {
        while !signer.is_ready() {
            let Some(key) = RsaSigner::generate() else {
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

/// `https://127.0.0.1:8443`.
pub fn base(scheme: &str, listener: &TcpListener) -> Option<String> {
    let at = listener.local_addr().ok()?;
    Some(format!("{scheme}://{at}"))
}

fn info(world: &World, base: &str, ca: String, http: Option<String>) -> LabInfo {
    let client = |c: &Arc<Client>| LabClient {
        id: c.id.clone(),
        name: c.name.clone(),
        kind: c.kind.word().to_owned(),
        public: c.kind.public(),
        secret: (c.kind == Kind::Daemon)
            .then(|| c.secrets.first().map(|s| s.value.clone()))
            .flatten(),
    };
    let user = |u: &User| LabUserInfo {
        name: u.name.clone(),
        password: u.password.clone(),
    };
    LabInfo {
        schema: 1,
        authority: format!("{base}/{}", world.domain),
        issuer: Dialect::Entra.issuer(base, &world.tenant, false),
        ca,
        http,
        tenant: world.tenant.clone(),
        clients: world.clients.iter().map(client).collect(),
        users: world.users.iter().map(user).collect(),
        api: format!("{base}/api"),
        control: None,
    }
}
