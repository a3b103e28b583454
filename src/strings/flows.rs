//! What `flows` says.
