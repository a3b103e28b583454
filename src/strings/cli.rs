//! What `cli` says.
