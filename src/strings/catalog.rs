//! What `catalog` says about a text that breaks its rules. `assets/build.rs` says the same about the built-in texts.

/// What a catalogue file should hold.
pub const EXPECTED_ENTRY: &str = "entries of the kinds [[code]], [[error]], [[suberror]], [[remedy]] and [[range]], with the keys and words of the built-in catalogue";

/// A sentence that is needed is missing.
pub const EMPTY: &str = "must not be empty";

/// A list of sentences holds an empty one.
pub const EMPTY_SENTENCE: &str = "must not hold an empty sentence";

/// An entry does not say where it is from.
pub const NO_SOURCE: &str = "must name at least one";

/// An entry names a remedy that nobody defines.
pub fn no_remedy(id: &str) -> String {
    format!("no [[remedy]] has the id `{id}`")
}

/// An entry exists already.
pub fn twice(key: &str) -> String {
    format!("`{key}` is there twice")
}

/// A code is not shaped like one.
pub fn bad_code(code: &str) -> String {
    format!("`{code}` is not AADSTS, AADB2C or MSIS followed by a number")
}

/// An article is not an address.
pub fn bad_article(article: &str) -> String {
    format!("`{article}` is neither a path nor an https address")
}

/// A full entry lacks a key.
pub fn lacking(code: &str) -> String {
    format!("`{code}` has a meaning and therefore needs this too")
}
