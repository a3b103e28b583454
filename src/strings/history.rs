//! What `history` says.
