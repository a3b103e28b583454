//! A text of several lines that is written in place: one line edit a line, and what joins and splits them.

use tui_input::{Input, InputRequest};
use unicode_width::UnicodeWidthChar;

use super::key::{Code, Key};
use super::rows::{Content, Role, Tie};
use super::search::edit;

/// Its lines, and the one the cursor is in. There is always at least one.
pub struct Draft {
    lines: Vec<Input>,
    at: usize,
}

impl Draft {
    /// A text to be edited; the cursor stands at its beginning.
    pub fn of(text: &str) -> Self {
        let lines: Vec<Input> = text.split('\n').map(line).collect();
        let mut draft = Self { lines, at: 0 };
        draft.column(0);
        draft
    }

    /// The text as it stands.
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(Input::value).collect();
        lines.join("\n")
    }

    fn line(&mut self) -> &mut Input {
        &mut self.lines[self.at]
    }

    fn column(&mut self, column: usize) {
        self.line().handle(InputRequest::SetCursor(column));
    }

    /// A key.
    pub fn typed(&mut self, key: Key) {
        let column = self.lines[self.at].cursor();
        let last = self.lines.len() - 1;
        match (key.code, key.ctrl) {
            (Code::Enter, _) => self.split(),
            (Code::Tab, _) => self.write("    "),
            (Code::Backspace, _) if column == 0 && self.at > 0 => self.join(self.at - 1),
            (Code::Delete, _) if self.at < last && column == self.length() => self.join(self.at),
            (Code::Up, _) => self.go(self.at.saturating_sub(1), column),
            (Code::Down, _) => self.go((self.at + 1).min(last), column),
            (Code::PageUp, _) => self.go(self.at.saturating_sub(10), column),
            (Code::PageDown, _) => self.go((self.at + 10).min(last), column),
            (Code::Left, false) if column == 0 && self.at > 0 => self.go(self.at - 1, usize::MAX),
            (Code::Right, false) if self.at < last && column == self.length() => {
                self.go(self.at + 1, 0);
            }
            (Code::Home, true) => self.go(0, 0),
            (Code::End, true) => self.go(last, usize::MAX),
            _ => edit(self.line(), key),
        }
    }

    /// Text at the cursor; it may hold line ends.
    pub fn write(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        for (nth, part) in text.split('\n').enumerate() {
            if nth > 0 {
                self.split();
            }
            for c in part.chars() {
                self.line().handle(InputRequest::InsertChar(c));
            }
        }
    }

    fn length(&self) -> usize {
        self.lines[self.at].value().chars().count()
    }

    fn go(&mut self, at: usize, column: usize) {
        self.at = at;
        let column = column.min(self.length());
        self.column(column);
    }

    fn split(&mut self) {
        let column = self.lines[self.at].cursor();
        let whole = self.lines[self.at].value().to_owned();
        let (before, after) = whole.split_at(byte_of(&whole, column));
        *self.line() = line(before);
        self.lines.insert(self.at + 1, line(after));
        self.go(self.at + 1, 0);
    }

    /// Joins a line with the one below.
    fn join(&mut self, above: usize) {
        let below = self.lines.remove(above + 1);
        let head = self.lines[above].value().to_owned();
        self.lines[above] = line(&format!("{head}{}", below.value()));
        self.go(above, head.chars().count());
    }

    /// Lays it out. Lines break where the width ends, so that the cursor's place is exact.
    pub fn lay_out(&self, out: &mut Content) {
        let width = out.width().saturating_sub(1).max(1);
        for (nth, input) in self.lines.iter().enumerate() {
            let first = out.rows.len();
            let (rows, caret) = broken(input, width);
            if nth == self.at {
                out.caret = Some((first + caret.0, caret.1));
            }
            out.item(input.value(), Tie::Nothing);
            for row in &rows {
                out.cut(&[(Role::Plain, row)]);
            }
        }
        out.end();
    }
}

fn line(text: &str) -> Input {
    Input::from(text)
}

fn byte_of(text: &str, column: usize) -> usize {
    text.char_indices()
        .nth(column)
        .map_or(text.len(), |(byte, _)| byte)
}

/// A line in rows of a width, and the row and column its cursor is in.
fn broken(input: &Input, width: usize) -> (Vec<String>, (usize, usize)) {
    let mut rows = vec![String::new()];
    let (mut used, mut caret) = (0, (0, 0));
    for (nth, c) in input.value().chars().enumerate() {
        let wide = c.width().unwrap_or(0);
        if used + wide > width {
            rows.push(String::new());
            used = 0;
        }
        if nth == input.cursor() {
            caret = (rows.len() - 1, used);
        }
        if let Some(row) = rows.last_mut() {
            row.push(c);
        }
        used += wide;
    }
    if input.cursor() >= input.value().chars().count() {
        caret = (rows.len() - 1, used);
    }
    (rows, caret)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(draft: &mut Draft, codes: &[Code]) {
        for code in codes {
            draft.typed(Key::of(*code));
        }
    }

    #[test]
    fn lines_are_split_and_joined_where_the_cursor_is() {
        let mut draft = Draft::of("ab\ncd");
        press(&mut draft, &[Code::Right, Code::Enter]);
        assert_eq!(draft.text(), "a\nb\ncd");
        press(&mut draft, &[Code::Backspace, Code::End, Code::Delete]);
        assert_eq!(draft.text(), "abcd");
        press(&mut draft, &[Code::Char('-')]);
        assert_eq!(draft.text(), "ab-cd");
    }

    #[test]
    fn the_cursor_goes_over_the_end_of_a_line() {
        let mut draft = Draft::of("ab\ncd");
        press(&mut draft, &[Code::End, Code::Right, Code::Char('x')]);
        assert_eq!(draft.text(), "ab\nxcd");
        press(&mut draft, &[Code::Home, Code::Left, Code::Char('y')]);
        assert_eq!(draft.text(), "aby\nxcd");
        press(&mut draft, &[Code::Down, Code::Char('z')]);
        assert_eq!(draft.text(), "aby\nxcdz");
    }

    #[test]
    fn what_is_pasted_keeps_its_lines() {
        let mut draft = Draft::of("<>");
        press(&mut draft, &[Code::Right]);
        draft.write("one\r\ntwo\n");
        assert_eq!(draft.text(), "<one\ntwo\n>");
    }

    #[test]
    fn a_long_line_breaks_at_the_width_and_the_cursor_is_found_in_it() {
        let mut draft = Draft::of("0123456789");
        let mut out = Content::text(7);
        draft.lay_out(&mut out);
        assert_eq!(
            (out.row_text(0), out.row_text(1)),
            ("012345".into(), "6789".into())
        );
        assert_eq!(out.caret, Some((0, 0)));
        press(&mut draft, &[Code::End]);
        let mut out = Content::text(7);
        draft.lay_out(&mut out);
        assert_eq!(out.caret, Some((1, 4)));
    }
}
