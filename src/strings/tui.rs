//! What the screen itself says.

/// On a screen that is too small.
pub fn too_small(size: (u16, u16), smallest: (u16, u16)) -> [String; 3] {
    [
        format!("This screen is {}×{}.", size.0, size.1),
        format!("tokenscope needs {}×{}.", smallest.0, smallest.1),
        "Make it larger, or Ctrl-C ends.".to_owned(),
    ]
}

/// In a recording, where hidden values were shown.
pub const RECORD_REVEALED: &str = "hidden values were shown here; they are not recorded";

/// The recording could not be written to.
pub fn record_failed(why: &str) -> String {
    format!("The recording ends here: {why}.")
}

/// The search prompt.
pub const SEARCH: &str = "/";

/// The prompt of a change of the lab's world in words.
pub const ORDER: &str = ":";

/// The prompt of the address of an API.
pub const CALL: &str = "call ";

/// A message from a worker that failed while the screen was up, printed when the screen is gone.
pub fn worker_failed(message: &str) -> String {
    format!("tokenscope: a worker failed: {message}\n")
}
