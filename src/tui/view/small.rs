//! What a screen shows that is too small for anything else.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use crate::explorer::{Content, Role, SMALLEST, State};
use crate::strings::tui as s;
use crate::tui::Theme;

/// Says how large the screen is and how large it must be, below the mark of a simulation.
pub struct TooSmall<'a> {
    /// What is not shown.
    pub state: &'a State,
    /// How it is dressed.
    pub theme: &'a Theme,
}

impl Widget for TooSmall<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let mut content = Content::text(usize::from(area.width));
        for sentence in s::too_small(self.state.size, SMALLEST) {
            content.line(0, &[(Role::Plain, &sentence)]);
        }
        let mark = self.state.title().1.unwrap_or_default();
        let width = usize::from(area.width);
        buf.set_stringn(area.x, area.y, mark, width, self.theme.simulated());
        let first = area.y + u16::from(!mark.is_empty());
        for (row, y) in (first..area.bottom()).enumerate() {
            let text = content.row_text(row);
            buf.set_stringn(area.x, y, text, usize::from(area.width), Style::new());
        }
    }
}
