//! What `settings` says.
