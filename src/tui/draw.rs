//! One frame: title bar, panes, footer.

use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Clear, Widget};

use super::ascii;
use super::frame::Frame;
use super::theme::Theme;
use super::view::{Footer, PaneView, Strip, TitleBar, TooSmall};
use crate::explorer::{Area, Pane, State};

/// Draws the explorer on an empty frame.
pub fn draw(state: &State, theme: &Theme, frame: &mut Frame) {
    let area = frame.area();
    frame.caret = if state.too_small() {
        TooSmall { state, theme }.render(area, &mut frame.buffer);
        None
    } else {
        scene(state, theme, area, frame)
    };
    if theme.ascii {
        ascii::plain(&mut frame.buffer);
    }
    theme.ground(&mut frame.buffer);
}

fn scene(state: &State, theme: &Theme, area: Rect, frame: &mut Frame) -> Option<Position> {
    let title = Rect { height: 1, ..area };
    TitleBar { state, theme }.render(title, &mut frame.buffer);
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
            clear(whole.intersection(area), frame);
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
        view.draw(place, frame);
    }
    let height = state.footer_height().min(area.height);
    let lowest = Rect {
        y: area.bottom() - height,
        height,
        ..area
    };
    let told = state.strip_height().min(lowest.y);
    let strip = Rect {
        y: lowest.y - told,
        height: told,
        ..area
    };
    clear(strip, frame);
    Strip { state, theme }.render(strip, &mut frame.buffer);
    clear(lowest, frame);
    let footer = Footer { state, theme };
    let typed = footer.caret(lowest);
    footer.render(lowest, &mut frame.buffer);
    typed.or(caret)
}

/// Takes away what lies below.
fn clear(place: Rect, frame: &mut Frame) {
    Clear.render(place, &mut frame.buffer);
    frame.unlink(place);
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
