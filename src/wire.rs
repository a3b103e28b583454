//! The `wire` module: see the map in the crate documentation.
