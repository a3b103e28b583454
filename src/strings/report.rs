//! What `report` says.
