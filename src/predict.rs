//! The `predict` module: see the map in the crate documentation.
