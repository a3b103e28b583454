//! What `catalog` says.

/// What a person's own catalogue file should hold.
pub const EXPECTED_ENTRY: &str = "entries of the kinds [[code]], [[error]], [[suberror]], [[remedy]] and [[range]], with the keys and words of the built-in catalogue";
