//! What `lab` says.
