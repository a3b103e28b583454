//! What an audience is told above the lowest line: the story, what was seen, what comes next, the keys.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::explorer::State;
use crate::tui::Theme;

/// The rows above the footer while presenting.
pub struct Strip<'a> {
    /// What is shown.
    pub state: &'a State,
    /// How it is dressed.
    pub theme: &'a Theme,
}

impl Widget for Strip<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let content = self.state.strip();
        for (row, y) in content.rows.iter().zip(area.y..area.bottom()) {
            let mut x = area.x + 1;
            for (role, text) in &row.pieces {
                let left = usize::from(area.right().saturating_sub(x));
                (x, _) = buf.set_stringn(x, y, text, left, self.theme.role(*role));
            }
        }
    }
}
