//! An identity provider inside the process: the pure `answer(world, request, moment)`, and a thin server on
//! loopback around it. It shares no code with the client side, so that it cannot share its mistakes.
//!
//! ```text
//! socket ─► server ─► answer ─► desk (world, request, time, kit) ─► discovery · token · pages · api · control
//!                       ▲                                               │
//! lab's user ───────────┘                    refusal · page · mint ◄────┘
//! ```

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::model::Problem;
use crate::strings::lab as say;

mod admin;
mod admission;
mod answer;
mod api;
mod ask;
mod authorize;
mod b2c;
mod border;
mod change;
mod cloud;
mod consumers;
mod control;
mod cors;
mod desk;
mod device;
mod dialect;
mod discovery;
mod door;
mod fault;
mod file;
mod force;
mod front;
mod handle;
mod hint;
mod hybrid;
mod identity;
mod kit;
mod late_signature;
mod launch;
mod lifetime;
mod log;
mod logout;
mod lookup;
mod mark;
mod mint;
mod oidc;
mod onward;
mod orders;
mod page;
mod pages;
mod policy;
mod proof;
mod record;
mod refusal;
mod scenario;
mod scope;
mod server;
mod shared;
mod shelf;
mod signer;
mod signin;
mod store;
mod tls;
mod token;
mod user_info;
mod visit;
mod walk;
mod workload;
mod world;

#[cfg(test)]
mod testing;

pub use handle::{LabHandle, Walk};
pub use launch::start;
pub use scenario::scenario_texts;

/// The port that https is served at when none is named, or the next free one.
pub const DEFAULT_PORT: u16 = 8443;

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
    /// Open the control API, guarded by a token made at the start.
    pub control: bool,
    /// A certificate of the person's own instead of one by the lab's authority.
    pub certificate: Option<OwnCertificate>,
}

/// A certificate of the person's own.
#[derive(Clone, Debug, Default)]
pub struct OwnCertificate {
    /// The chain, as PEM.
    pub chain: Vec<u8>,
    /// Its private key, as PEM.
    pub key: Vec<u8>,
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
