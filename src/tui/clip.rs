//! The clipboard by way of the terminal (OSC 52), which works over SSH too.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The sequence that puts text on the terminal's clipboard.
pub fn osc52(text: &str) -> String {
    format!("\x1b]52;c;{}\x07", STANDARD.encode(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_travels_in_base64_so_that_nothing_in_it_acts() {
        assert_eq!(osc52("a\x1b[2J"), "\x1b]52;c;YRtbMko=\x07");
    }
}
