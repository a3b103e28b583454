//! The `keys` module: see the map in the crate documentation.
