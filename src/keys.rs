//! Reading PEM and PFX, signing client assertions ([`Signer`]), a certificate for the TLS handshake ([`tls_certificate`]), proofs of possession ([`dpop`]), verifying signatures ([`check`]): a key set as an issuer
//! publishes it (RFC 7517), and whether a JWT was signed with one of its keys. Sealing files ([`seal`]). Everything happens in memory; a token
//! that is looked at here goes nowhere.

mod client;
pub mod dpop;
mod pem;
mod pfx;
pub mod seal;
pub mod secret;
mod verify;

pub use client::{Signer, Statement, tls_certificate};
pub use verify::{KeySet, Proof, check};
