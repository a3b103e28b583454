//! What `wire` says.
