//! The `grants` module: see the map in the crate documentation.
