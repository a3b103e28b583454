//! What the explorer says.

mod catalogue;
mod console;
mod keys;
mod lab;
mod panes;
mod present;
mod tell;
mod time;
mod way;

pub use catalogue::*;
pub use console::*;
pub use keys::*;
pub use lab::*;
pub use panes::*;
pub use present::*;
pub use tell::*;
pub use time::*;
pub use way::*;
