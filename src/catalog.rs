//! The `catalog` module: see the map in the crate documentation.
