//! What `decode` says.
