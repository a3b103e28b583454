//! The clipboard by way of the terminal (OSC 52), which works over SSH too.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// More than this, in bytes of text, terminals do not take (base64 makes 100,000 of it, where several draw the line).
pub const MOST: usize = 74_994;

/// The sequences that put text on the terminal's clipboard; `None` if it is too long for that. In tmux there is a second
/// one that tmux hands on to the terminal it runs in, where it is allowed to.
pub fn osc52(text: &str, tmux: bool) -> Option<String> {
    if text.len() > MOST {
        return None;
    }
    let plain = format!("\x1b]52;c;{}\x07", STANDARD.encode(text));
    let handed_on = if tmux {
        format!("\x1bPtmux;\x1b{plain}\x1b\\")
    } else {
        String::new()
    };
    Some(plain + &handed_on)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_travels_in_base64_so_that_nothing_in_it_acts() {
        assert_eq!(osc52("a\x1b[2J", false).unwrap(), "\x1b]52;c;YRtbMko=\x07");
    }

    #[test]
    fn tmux_is_told_as_well_and_hands_it_on() {
        assert_eq!(
            osc52("a", true).unwrap(),
            "\x1b]52;c;YQ==\x07\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\"
        );
    }

    #[test]
    fn what_no_terminal_takes_is_not_sent() {
        let most = osc52(&"x".repeat(MOST), false).unwrap();
        assert!(most.len() <= 100_000, "{}", most.len());
        assert_eq!(osc52(&"x".repeat(MOST + 1), true), None);
    }
}
