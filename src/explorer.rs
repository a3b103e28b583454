//! The `explorer` module: see the map in the crate documentation.
