//! The explorer's screens: what keys and notices lead to, facts about each pane, and pictures at two sizes.

mod catalogue;
mod desk;
mod doing;
mod lab;
mod look;
mod panes;
mod pictures;
pub mod samples;
