//! The `history` module: see the map in the crate documentation.
