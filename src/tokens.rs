//! The `tokens` module: see the map in the crate documentation.
