//! The controller: starts and cancels runs and the lab, calls decode, guide, predict and compare, runs scenarios,
//! saves history. Shells talk to it in [`protocol`] and nothing else.
//!
//! ```text
//!  Command ─► actor ─► Core ─► flows::run (one task a run) ─► Report ─► Core ─► Notice
//!                       ├──► lab (when asked for)                        ▲
//!                       ├──► script: scenarios, the lab's user ──────────┘
//!                       └──► keeper: history on a thread of its own
//! ```

pub mod protocol;

mod actor;
mod beforehand;
mod cache_file;
mod check;
mod claims;
mod core;
mod evidence;
mod faulty;
mod further;
mod keeper;
mod lab_side;
mod log;
mod logout;
mod memory;
mod once;
mod password;
mod past;
mod script;
mod side_by_side;
mod steps;
mod throttle;
mod verdict;

pub use crate::flows::read_body;
pub use actor::{Session, Setup, start};
pub use cache_file::{Inspected, inspect_cache};
pub use check::{Checking, KeySource, check_token};
pub use claims::claims;
pub use evidence::{LIMIT, text_file, text_of};
pub use lab_side::{LabService, serve};
pub use log::LogFile;
pub use once::Once;
pub use past::{Past, judged};
pub use protocol::{Command, Notice, PastRun, ScenarioView};
pub use script::{Mismatch, known_scenario, play, scenarios};
pub use verdict::{exit_code, explain};
