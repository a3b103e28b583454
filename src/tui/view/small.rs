//! What a screen shows that is too small for anything else.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use crate::explorer::SMALLEST;
use crate::strings::tui as s;

/// Says how large the screen is and how large it must be.
pub struct TooSmall {
    /// Columns and rows there are.
    pub size: (u16, u16),
}

impl Widget for TooSmall {
    fn render(self, area: Rect, buf: &mut Buffer) {
        for (line, y) in s::too_small(self.size, SMALLEST)
            .iter()
            .zip(area.y..area.bottom())
        {
            buf.set_stringn(area.x, y, line, usize::from(area.width), Style::new());
        }
    }
}
