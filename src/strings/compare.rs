//! What `compare` says.
