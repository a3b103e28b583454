//! What `guide` says.
