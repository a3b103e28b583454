//! The `settings` module: see the map in the crate documentation.
