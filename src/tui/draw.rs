//! One frame: title bar, panes, footer.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Clear, Widget};

use super::ascii;
use super::theme::Theme;
use super::view::{Footer, PaneView, TitleBar, TooSmall};
use crate::explorer::{Area, Pane, State};

/// Draws the explorer and says where the text cursor stands, if anything is being typed.
pub fn draw(state: &State, theme: Theme, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let caret = if state.too_small() {
        TooSmall { size: state.size }.render(area, buf);
        None
    } else {
        scene(state, theme, area, buf)
    };
    if theme.ascii {
        ascii::plain(buf);
    }
    caret
}

fn scene(state: &State, theme: Theme, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let title = Rect { height: 1, ..area };
    TitleBar { state, theme }.render(title, buf);
    let focused = state.pane();
    let mut areas = state.areas();
    // The focused pane is drawn after its neighbours, so that the edges they share are its own.
    areas.sort_by_key(|(pane, _)| (state.height_of(*pane), *pane == focused));
    let mut caret = None;
    let mut height = 0;
    for (pane, place) in &areas {
        let (pane, place) = (*pane, rect(*place).intersection(area));
        if state.height_of(pane) > height {
            height = state.height_of(pane);
            let beside = areas
                .iter()
                .filter(|(it, _)| state.height_of(*it) == height);
            let whole = beside.fold(place, |whole, (_, it)| whole.union(rect(*it)));
            Clear.render(whole.intersection(area), buf);
        }
        let view = PaneView {
            state,
            theme,
            pane,
            focused: pane == focused,
        };
        caret = caret_of(state, pane, place)
            .filter(|_| pane == focused)
            .or(caret);
        view.render(place, buf);
    }
    let height = state.footer_height().min(area.height);
    let lowest = Rect {
        y: area.bottom() - height,
        height,
        ..area
    };
    Clear.render(lowest, buf);
    let footer = Footer { state, theme };
    let typed = footer.caret(lowest);
    footer.render(lowest, buf);
    typed.or(caret)
}

/// Where the text cursor of a pane stands.
fn caret_of(state: &State, pane: Pane, place: Rect) -> Option<Position> {
    let (row, column) = state.content(pane).caret?;
    let top = state.scroll(pane).top;
    let row = u16::try_from(row.checked_sub(top)?).ok()?;
    let column = u16::try_from(column).ok()?;
    let position = Position::new(place.x + 2 + column, place.y + 1 + row);
    place.contains(position).then_some(position)
}

const fn rect(area: Area) -> Rect {
    Rect {
        x: area.x,
        y: area.y,
        width: area.w,
        height: area.h,
    }
}
