//! The `lab` module: see the map in the crate documentation.
