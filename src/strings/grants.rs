//! What `grants` says.
