//! Where a pane stands: the cursor's row and the first row on screen.

use super::rows::Content;

/// Cursor and first visible row of a pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scroll {
    /// The row the cursor is on.
    pub row: usize,
    /// The first row on screen.
    pub top: usize,
}

/// A move of the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// One up.
    Up,
    /// One down.
    Down,
    /// To the first.
    Top,
    /// To the last.
    Bottom,
    /// A screenful up.
    PageUp,
    /// A screenful down.
    PageDown,
}

impl Scroll {
    /// Moves the cursor over what the pane shows in `height` rows.
    pub fn go(&mut self, motion: Motion, content: &Content, height: usize) {
        let last = content.rows.len().saturating_sub(1);
        let page = height.saturating_sub(1).max(1);
        if content.list {
            self.go_item(motion, content, page);
        } else {
            self.row = match motion {
                Motion::Up => self.row.saturating_sub(1),
                Motion::Down => self.row.saturating_add(1).min(last),
                Motion::Top => 0,
                Motion::Bottom => last,
                Motion::PageUp => self.row.saturating_sub(page),
                Motion::PageDown => self.row.saturating_add(page).min(last),
            };
        }
        self.keep(content, height);
    }

    fn go_item(&mut self, motion: Motion, content: &Content, page: usize) {
        let count = content.items.len();
        if count == 0 {
            return;
        }
        let here = content.item_at(self.row).unwrap_or(0);
        let rows_per_item = (content.rows.len() / count).max(1);
        let leap = (page / rows_per_item).max(1);
        let item = match motion {
            Motion::Up => here.saturating_sub(1),
            Motion::Down => here + 1,
            Motion::Top => 0,
            Motion::Bottom => count - 1,
            Motion::PageUp => here.saturating_sub(leap),
            Motion::PageDown => here + leap,
        };
        self.row = content.first_row(item.min(count - 1)).unwrap_or(self.row);
    }

    /// Puts the cursor on an item.
    pub fn put(&mut self, item: usize, content: &Content, height: usize) {
        if let Some(row) = content.first_row(item) {
            self.row = row;
        }
        self.keep(content, height);
    }

    /// Rolls the screen without moving more than it must.
    pub fn roll(&mut self, down: bool, content: &Content, height: usize) {
        let motion = if down { Motion::Down } else { Motion::Up };
        for _ in 0..(if content.list { 1 } else { 3 }) {
            self.go(motion, content, height);
        }
    }

    /// Keeps the cursor within what there is and on screen.
    pub fn keep(&mut self, content: &Content, height: usize) {
        let height = height.max(1);
        let last = content.rows.len().saturating_sub(1);
        self.row = self.row.min(last);
        if content.list && content.item_at(self.row).is_none() && !content.items.is_empty() {
            self.row = content.first_row(0).unwrap_or(0);
        }
        let (from, rows) = if content.list {
            content.span(self.row)
        } else {
            (self.row, 1)
        };
        let to = from + rows.min(height);
        // The first entry takes the heading above it along.
        let from = if content.list && content.item_at(from) == Some(0) {
            0
        } else {
            from
        };
        if to > self.top + height {
            self.top = to - height;
        }
        if from < self.top {
            self.top = from;
        }
        self.top = self.top.min(content.rows.len().saturating_sub(height));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::rows::{Role, Tie};

    fn list(n: usize) -> Content {
        let mut content = Content::list(20);
        content.line(0, &[(Role::Strong, "heading")]);
        for i in 0..n {
            content.item(format!("{i}"), Tie::Nth(i));
            content.line(0, &[(Role::Plain, "first")]);
            content.line(0, &[(Role::Dim, "second")]);
        }
        content
    }

    #[test]
    fn a_list_moves_by_entries_and_never_rests_on_a_heading() {
        let content = list(5);
        let mut scroll = Scroll::default();
        scroll.keep(&content, 4);
        assert_eq!(scroll.row, 1);
        scroll.go(Motion::Down, &content, 4);
        assert_eq!(content.item_at(scroll.row), Some(1));
        scroll.go(Motion::Bottom, &content, 4);
        assert_eq!((content.item_at(scroll.row), scroll.top), (Some(4), 7));
        scroll.go(Motion::Top, &content, 4);
        assert_eq!((scroll.row, scroll.top), (1, 0));
    }

    #[test]
    fn the_cursor_stays_on_screen_when_the_pane_shrinks() {
        let content = list(20);
        let mut scroll = Scroll::default();
        scroll.go(Motion::Bottom, &content, 20);
        scroll.keep(&content, 3);
        assert!(scroll.row >= scroll.top && scroll.row < scroll.top + 3);
    }
}
