//! The only door to the network. Owns HTTP, TLS, timing and limits; promises that one [`Transport::send`] is one
//! round trip whose body bytes are kept exactly, that no redirect is followed and that no content coding is asked
//! for. Knows nothing of OAuth: what a reply means is for others to say.

mod chain;
mod fault;
mod form;
mod http;
mod lane;
mod own;
#[cfg(test)]
pub mod scripted;
#[cfg(test)]
mod tests;
mod tls;

use std::future::Future;
use std::path::PathBuf;

use crate::model::{Exchange, Request, SendOptions};
use crate::strings::wire as say;

pub use http::HttpTransport;

/// The door to the network. One round trip, never a redirect followed. It cannot fail: an exchange carries a reply,
/// a fault (name lookup, TLS, time-out, cut off …) or both, because a body that was cut is both.
pub trait Transport: Send + Sync {
    /// Sends one request and waits for what comes of it. Dropping the future closes the connection.
    fn send(
        &self,
        request: Request,
        options: &SendOptions,
    ) -> impl Future<Output = Exchange> + Send;
}

/// Why a transport could not be made. Nothing was sent.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// The CA file could not be read.
    #[error("{}", say::ca_unreadable(&path.display().to_string(), detail))]
    CaFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// The CA file holds no usable certificate.
    #[error("{}", say::ca_empty(&path.display().to_string()))]
    CaEmpty {
        /// The file.
        path: PathBuf,
    },
    /// The proxy's address is malformed.
    #[error("{}", say::bad_proxy(detail))]
    Proxy {
        /// What is wrong with it.
        detail: String,
    },
    /// The HTTP client could not be set up.
    #[error("{}", say::no_client(detail))]
    Client {
        /// What the library said.
        detail: String,
    },
}
