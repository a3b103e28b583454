//! The `redact` module: see the map in the crate documentation.
