//! What a screen shows that is too small for anything else.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use crate::explorer::{Content, Role, SMALLEST};
use crate::strings::tui as s;

/// Says how large the screen is and how large it must be.
pub struct TooSmall {
    /// Columns and rows there are.
    pub size: (u16, u16),
}

impl Widget for TooSmall {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let mut content = Content::text(usize::from(area.width));
        for sentence in s::too_small(self.size, SMALLEST) {
            content.line(0, &[(Role::Plain, &sentence)]);
        }
        for (row, y) in (area.y..area.bottom()).enumerate() {
            let text = content.row_text(row);
            buf.set_stringn(area.x, y, text, usize::from(area.width), Style::new());
        }
    }
}
