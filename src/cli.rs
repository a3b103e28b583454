//! The `cli` module: see the map in the crate documentation.
