//! What `predict` says.
