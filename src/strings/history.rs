//! What `history` says.

/// The file was written by a newer program.
pub fn newer(aside: &str) -> String {
    format!(
        "The history was written by a newer tokenscope. It was set aside as {aside}, and a new one begun."
    )
}

/// The file is corrupt.
pub fn corrupt(aside: &str) -> String {
    format!("The history could not be read. It was set aside as {aside}, and a new one begun.")
}

/// A link stands where the history should be.
pub const IS_A_LINK: &str = "it is a link; name the directory it leads to with --data DIR";
