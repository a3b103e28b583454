//! The `report` module: see the map in the crate documentation.
