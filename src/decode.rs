//! Bytes to facts. Total: whatever comes in, facts come out; bad input is a fact
//! ([`FactKind::Trouble`](crate::model::FactKind::Trouble)), never a panic and never endless work. Every fact says
//! where it was read. Decoding only adds; it never writes a reply anew.
//!
//! Knows the shapes that errors come in (JSON bodies, redirects, challenges, pasted text) and those that an acquisition
//! is described in (addresses, settings, code), and nothing of what a
//! code means.

mod body;
pub mod challenge;
mod claims;
mod code;
mod description;
mod headers;
mod html;
mod inside;
pub mod json;
pub mod jwt;
mod known;
mod lex;
pub(crate) mod member;
mod paste;
mod place;
mod redirect;
mod reply;
pub mod saml;
mod sentence;
mod sketch;
mod time;
pub(crate) mod unescape;

pub use claims::requests as claims_requests;
pub use code::is_guid;
pub use inside::{Content, Inside, inside};
pub use paste::paste;
pub use place::place;
pub use redirect::redirect;
pub use reply::reply;
pub use sketch::sketch;

#[cfg(test)]
mod tests;
