//! Borders and marks in ASCII, for terminals that have nothing else.

use ratatui::buffer::Buffer;

/// Replaces what this program draws by characters every terminal has.
pub fn plain(buf: &mut Buffer) {
    for cell in &mut buf.content {
        // (Of a character two columns wide, the second cell is empty already.)
        if let Some(ascii) = ascii(cell.symbol()) {
            cell.set_symbol(ascii);
        }
    }
}

fn ascii(symbol: &str) -> Option<&'static str> {
    Some(match symbol {
        "┌" | "┐" | "└" | "┘" | "├" | "┤" | "┬" | "┴" | "┼" | "✓" => "+",
        "─" | "–" | "—" => "-",
        "“" | "”" | "«" | "»" => "\"",
        "’" | "‘" | "▀" => "'",
        "│" => "|",
        "⚡" => "!",
        "◌" => "o",
        "•" | "◆" => "*",
        "·" => ".",
        "…" => "~",
        "═" => "=",
        "█" => "#",
        "▓" => "%",
        "┄" => ":",
        "↑" | "␛" => "^",
        "↓" | "▾" => "v",
        "←" | "‹" => "<",
        "▸" | "▶" | "►" | "→" | "›" => ">",
        "✗" | "×" => "x",
        "▄" => "_",
        text if text.is_ascii() => return None,
        // What a server or a person wrote: that something stands there is all that can be said.
        _ => "?",
    })
}
