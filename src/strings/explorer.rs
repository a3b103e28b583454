//! What `explorer` says.
