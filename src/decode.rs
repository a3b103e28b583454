//! The `decode` module: see the map in the crate documentation.
