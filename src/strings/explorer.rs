//! What the explorer says.

mod keys;
mod lab;
mod panes;
mod tell;

pub use keys::*;
pub use lab::*;
pub use panes::*;
pub use tell::*;
