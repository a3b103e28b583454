//! What the tests are written with: programs that end with the test, a visitor who walks web pages, the places where
//! `tests/run` put things.

pub mod acquire;
pub mod browser;
pub mod certificate;
pub mod endpoint;
pub mod html;
pub mod kit;
pub mod lab;
pub mod pair;
pub mod peer;
pub mod program;
pub mod provider;
pub mod proxy;
pub mod receiver;
pub mod visitor;

use std::time::Duration;

/// How long anything may take before the test gives up on it: generous, since the machine may be busy.
pub const PATIENCE: Duration = Duration::from_secs(90);
