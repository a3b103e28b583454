//! What `tui` says.
