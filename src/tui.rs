//! The `tui` module: see the map in the crate documentation.
