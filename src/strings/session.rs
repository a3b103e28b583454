//! What `session` says.
