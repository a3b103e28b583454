//! The title bar: what runs, and the standing mark that it is simulated.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use crate::explorer::{State, fit};
use crate::model::Clean;
use crate::tui::Theme;

/// The first row.
pub struct TitleBar<'a> {
    /// What is shown.
    pub state: &'a State,
    /// How it is dressed.
    pub theme: &'a Theme,
}

impl Widget for TitleBar<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let (title, mark) = self.state.title();
        let width = usize::from(area.width);
        let mark = mark.map(|mark| format!(" {mark} ")).unwrap_or_default();
        let left = width.saturating_sub(mark.width() + 3);
        let title = fit(Clean::line(&title).as_str(), left);
        buf.set_stringn(area.x + 1, area.y, title, left, self.theme.bar());
        let at = area
            .right()
            .saturating_sub(u16::try_from(mark.width() + 1).unwrap_or(0));
        buf.set_stringn(at, area.y, &mark, mark.width(), self.theme.simulated());
    }
}
