//! The controller: starts and cancels runs and the lab, calls decode, guide, predict and compare, runs scenarios,
//! saves history. Shells talk to it in [`protocol`] and nothing else.

pub mod protocol;

pub use protocol::{Command, Notice};
