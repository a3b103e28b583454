//! The `host` module: see the map in the crate documentation.
