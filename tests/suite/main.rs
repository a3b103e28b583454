//! The tests of the whole: one binary, because every further one costs a link.

mod architecture;
mod autoplay;
mod cli;
mod forced;
mod harness;
mod hostile;
mod journeys;
mod readme;
mod scenarios;
mod screens;
mod terminal;
