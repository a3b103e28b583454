//! The explorer's screens: what keys and notices lead to, facts about each pane, and pictures at three sizes.

mod bound;
mod catalogue;
mod desk;
mod doing;
mod going;
mod lab;
mod look;
mod palette;
mod panes;
mod pictures;
mod presenting;
mod roles;
pub mod samples;
mod searching;
mod sizes;
mod steps;
mod time;
