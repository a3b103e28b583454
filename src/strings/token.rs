//! What the parts of a token mean, and what came of checking one.

mod claims;
mod roles;
mod verdict;

pub use claims::*;
pub use roles::*;
pub use verdict::*;
