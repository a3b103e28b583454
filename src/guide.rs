//! The `guide` module: see the map in the crate documentation.
