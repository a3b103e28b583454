//! The lowest line: the keys that do something now, a sentence until the next key, or the search prompt.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use crate::explorer::{self, Binding, Content, Role, State, Tie, fit};
use crate::model::Clean;
use crate::strings::tui as s;
use crate::tui::Theme;

/// The last rows.
pub struct Footer<'a> {
    /// What is shown.
    pub state: &'a State,
    /// How it is dressed.
    pub theme: &'a Theme,
}

/// Where the cursor stands behind a prompt.
fn caret(prompt: &str, column: usize, area: Rect) -> Position {
    let column = u16::try_from(1 + prompt.len() + column).unwrap_or(u16::MAX);
    Position::new(area.x + column.min(area.width.saturating_sub(1)), area.y)
}

impl Footer<'_> {
    /// Where the text cursor stands while a search is typed.
    pub fn caret(&self, area: Rect) -> Option<Position> {
        match self.state.footer() {
            explorer::Footer::Search(_, column, _) | explorer::Footer::Order(_, column) => {
                Some(caret(s::SEARCH, column, area))
            }
            explorer::Footer::Call(_, column) => Some(caret(s::CALL, column, area)),
            explorer::Footer::Keys(_) | explorer::Footer::Said(..) => None,
        }
    }

    fn keys(&self, bindings: &[&Binding], area: Rect, buf: &mut Buffer) {
        // Help and quit are never pushed out by others.
        let (last, first): (Vec<&Binding>, Vec<&Binding>) =
            bindings.iter().partition(|binding| binding.rank >= 20);
        let room = |list: &[&Binding]| -> usize { list.iter().map(|b| width(b)).sum() };
        let mut left = usize::from(area.width).saturating_sub(1 + room(&last));
        let mut x = area.x + 1;
        let fitting = first.into_iter().filter(|binding| {
            let fits = width(binding) <= left;
            left -= if fits { width(binding) } else { 0 };
            fits
        });
        for (nth, binding) in fitting.chain(last).enumerate() {
            if nth > 0 {
                let room = usize::from(area.right().saturating_sub(x));
                (x, _) = buf.set_stringn(x, area.y, SEPARATOR, room, self.theme.role(Role::Dim));
            }
            x = self.key(binding, x, area, buf);
        }
    }

    /// A line that is being typed, behind its sign.
    fn typed(&self, sign: &str, typed: &str, area: Rect, buf: &mut Buffer) {
        let style = self.theme.role(Role::Key);
        let (x, _) = buf.set_stringn(area.x + 1, area.y, sign, sign.len(), style);
        let left = usize::from(area.right().saturating_sub(x));
        let typed = fit(Clean::line(typed).as_str(), left);
        buf.set_stringn(x, area.y, typed, left, Style::new());
    }

    fn key(&self, binding: &Binding, x: u16, area: Rect, buf: &mut Buffer) -> u16 {
        let room = |x: u16| usize::from(area.right().saturating_sub(x));
        let key = binding
            .keys
            .first()
            .map(ToString::to_string)
            .unwrap_or_default();
        let (x, _) = buf.set_stringn(x, area.y, &key, room(x), self.theme.role(Role::Key));
        let hint = format!(" {}", binding.hint);
        let (x, _) = buf.set_stringn(x, area.y, hint, room(x), Style::new());
        x
    }
}

const SEPARATOR: &str = " · ";

fn width(binding: &Binding) -> usize {
    let key = binding
        .keys
        .first()
        .map_or(0, |key| key.to_string().width());
    key + 1 + binding.hint.width() + SEPARATOR.width()
}

impl Widget for Footer<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        match self.state.footer() {
            explorer::Footer::Keys(bindings) => self.keys(&bindings, area, buf),
            explorer::Footer::Said(sentence, warning) => {
                let role = if warning { Role::Warning } else { Role::Strong };
                let style = self.theme.role(role);
                let mut content = Content::text(usize::from(area.width.saturating_sub(2)));
                content.item("", Tie::Nothing);
                content.block(0, role, sentence);
                for (row, y) in (area.y..area.bottom()).enumerate() {
                    let text = content.row_text(row);
                    buf.set_stringn(area.x + 1, y, text, content.width(), style);
                }
            }
            explorer::Footer::Search(typed, _, place) => {
                let place = format!(" {place} ");
                let width = u16::try_from(place.width())
                    .unwrap_or(area.width)
                    .min(area.width);
                let (typing, beside) = (area.width - width, area.right() - width);
                let typing = Rect {
                    width: typing,
                    ..area
                };
                self.typed(s::SEARCH, typed, typing, buf);
                let style = self.theme.role(Role::Dim);
                buf.set_stringn(beside, area.y, &place, usize::from(width), style);
            }
            explorer::Footer::Order(typed, _) => self.typed(s::ORDER, typed, area, buf),
            explorer::Footer::Call(typed, _) => self.typed(s::CALL, typed, area, buf),
        }
    }
}
