//! The `flows` module: see the map in the crate documentation.
