//! A pane: border, title, the rows that are in sight, the cursor, and marks for what is tied to it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::Style;
use ratatui::symbols::merge::MergeStrategy;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Widget};
use unicode_width::UnicodeWidthStr;

use crate::explorer::{Content, Pane, Role, Row, State, fit};
use crate::model::Clean;
use crate::tui::{Frame, Theme};

/// One pane.
pub struct PaneView<'a> {
    /// What is shown.
    pub state: &'a State,
    /// How it is dressed.
    pub theme: &'a Theme,
    /// Which pane.
    pub pane: Pane,
    /// Whether keys go to it.
    pub focused: bool,
}

impl PaneView<'_> {
    fn title(&self, width: usize) -> Line<'static> {
        let here = self.state.pane_title(self.pane);
        let here = Clean::line(&here).into_string();
        if !self.is_tabbed() {
            let text = format!(" {} ", fit(&here, width.saturating_sub(2)));
            return Line::from(Span::styled(text, self.theme.title(self.focused)));
        }
        // The others of the four stand beside it, so that Tab holds no surprise.
        let mut spans = Vec::new();
        for (pane, text) in self.state.tabs(width) {
            if !spans.is_empty() {
                spans.push(Span::styled("│", self.theme.border(false)));
            }
            let focused = pane == self.pane && self.focused;
            spans.push(Span::styled(text, self.theme.title(focused)));
        }
        Line::from(spans)
    }

    fn is_tabbed(&self) -> bool {
        self.state.is_tabbed(self.pane)
    }

    fn row(&self, content: &Content, at: usize, area: Rect, frame: &mut Frame) {
        let Some(row) = content.rows.get(at) else {
            return;
        };
        let cursor = self.state.scroll(self.pane).row;
        let on_cursor = at == cursor && (row.item.is_some() || !content.list);
        let mark = if content.list && on_cursor {
            "▶"
        } else if first_of_item(content, at) && self.is_linked(row) {
            "▸"
        } else {
            " "
        };
        let linked = self.theme.linked();
        frame.buffer.set_stringn(area.x, area.y, mark, 1, linked);
        let text = Rect {
            x: area.x + 1,
            width: area.width.saturating_sub(1),
            ..area
        };
        pieces(content, row, self.theme, text, frame);
        let buf = &mut frame.buffer;
        self.hits(content, at, text, buf);
        if on_cursor && content.caret.is_none() {
            let style = if self.focused {
                self.theme.cursor()
            } else if content.list {
                self.theme.chosen()
            } else {
                Style::new()
            };
            buf.set_style(text, style);
        }
    }

    fn is_linked(&self, row: &Row) -> bool {
        row.item
            .is_some_and(|item| self.state.linked(self.pane, item))
    }

    /// Marks what was looked for.
    fn hits(&self, content: &Content, at: usize, area: Rect, buf: &mut Buffer) {
        let Some(query) = self.state.looked_for(self.pane) else {
            return;
        };
        let text = content.row_text(at);
        let (lower, query) = (text.to_lowercase(), query.to_lowercase());
        if lower.len() != text.len() {
            return;
        }
        for (start, hit) in lower.match_indices(&query) {
            let (Some(before), Some(hit)) = (text.get(..start), text.get(start..start + hit.len()))
            else {
                continue;
            };
            let x = area
                .x
                .saturating_add(u16::try_from(before.width()).unwrap_or(u16::MAX));
            let width = u16::try_from(hit.width()).unwrap_or(u16::MAX);
            let place = Rect { x, width, ..area }.intersection(area);
            buf.set_style(place, self.theme.hit());
        }
    }
}

fn first_of_item(content: &Content, at: usize) -> bool {
    at == 0 || content.item_at(at) != content.item_at(at - 1)
}

fn pieces(content: &Content, row: &Row, theme: &Theme, area: Rect, frame: &mut Frame) {
    let mut x = area.x;
    for (role, text) in &row.pieces {
        let left = usize::from(area.right().saturating_sub(x));
        let style = theme.role(*role);
        let (end, _) = frame.buffer.set_stringn(x, area.y, text, left, style);
        if *role == Role::Link
            && let Some(url) = row.item.and_then(|item| content.link(item))
        {
            let width = end.saturating_sub(x);
            frame.link(Rect { x, width, ..area }, url);
        }
        x = end;
    }
}

impl PaneView<'_> {
    /// Draws it.
    pub fn draw(self, area: Rect, frame: &mut Frame) {
        let content = self.state.content(self.pane);
        let scroll = self.state.scroll(self.pane);
        let mut block = Block::bordered()
            .border_style(self.theme.border(self.focused))
            .title(self.title(usize::from(area.width.saturating_sub(2))));
        let parts = self.pane.is_catalogue() || self.pane.is_lab() || self.pane.is_palette();
        if !self.pane.is_over() || parts {
            block = block.merge_borders(MergeStrategy::Exact);
        }
        let inner = block.inner(area);
        let height = usize::from(inner.height);
        if content.rows.len() > height {
            let to = (scroll.top + height).min(content.rows.len());
            let place = format!(" {}–{} / {} ", scroll.top + 1, to, content.rows.len());
            let place = Line::from(Span::styled(place, self.theme.border(self.focused)));
            // Where the lower border is shared with a pane below, its title stands there.
            block = if self.pane.is_lab() || self.pane == Pane::Picker {
                block.title_top(place.alignment(Alignment::Right))
            } else {
                block.title_bottom(place.alignment(Alignment::Right))
            };
        }
        if let Some(told) = self.state.lower_title(self.pane) {
            let width = usize::from(area.width.saturating_sub(20));
            let told = format!(" {} ", fit(Clean::line(&told).as_str(), width));
            let told = Line::from(Span::styled(told, self.theme.border(self.focused)));
            block = block.title_bottom(told.alignment(Alignment::Left));
        }
        block.render(area, &mut frame.buffer);
        let rows = scroll.top..content.rows.len().min(scroll.top + height);
        for (at, y) in rows.zip(inner.y..inner.bottom()) {
            let line = Rect {
                y,
                height: 1,
                ..inner
            };
            self.row(content, at, line, frame);
        }
    }
}
