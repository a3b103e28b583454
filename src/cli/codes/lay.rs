//! Laying text out in the width there is.

use std::io::IsTerminal as _;

use unicode_width::UnicodeWidthStr as _;

use crate::ports::Env;

/// Lines longer than this are hard to read, whatever the terminal's width.
const WIDEST: usize = 100;
/// Narrower than this nothing can be laid out.
const NARROWEST: usize = 40;

/// The width to lay text out in: what the shell says, else the terminal's, else the widest.
pub(super) fn width(env: &dyn Env) -> usize {
    let told = env.var("COLUMNS").and_then(|text| text.parse().ok());
    let measured = || {
        let on_terminal = std::io::stdout().is_terminal();
        let size = on_terminal.then(crossterm::terminal::size)?;
        size.ok().map(|(columns, _)| usize::from(columns))
    };
    told.or_else(measured)
        .filter(|columns| *columns > 0)
        .map_or(WIDEST, |columns: usize| columns.clamp(NARROWEST, WIDEST))
}

/// Columns that a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// Breaks a text between words into lines of at most `width` columns; a word that is longer keeps a line of its own.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && columns(&line) + 1 + columns(word) > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_a_long_word_stays_whole() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(
            wrap("https://contoso.example/a b", 8),
            ["https://contoso.example/a", "b"]
        );
        assert_eq!(wrap("日本 語の 文", 5), ["日本", "語の", "文"]);
        assert!(wrap("  ", 8).is_empty());
    }
}
