//! Where the panes stand, in cells. The shell draws what this says; clicks are found by it too.
//!
//! ```text
//! title                                    title
//! ┌ Runs ─┬ Diagnosis ─┬ Reply ─┐          ┌ Runs │ Diagnosis │ Reply │ Exchanges ┐
//! │       │            │        │          │ (the one that is chosen)             │
//! ├ Exchanges ─────────┴────────┤          ├ Next steps ──────────────────────────┤
//! ├ Next steps ─────────────────┤          └──────────────────────────────────────┘
//! └─────────────────────────────┘          footer
//! footer
//! ```

use super::pane::Pane;

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Column of the left edge.
    pub x: u16,
    /// Row of the top edge.
    pub y: u16,
    /// Columns.
    pub w: u16,
    /// Rows.
    pub h: u16,
}

impl Area {
    const fn new(x: u16, y: u16, w: u16, h: u16) -> Self {
        Self { x, y, w, h }
    }

    /// Whether a cell lies in it.
    pub const fn holds(self, x: u16, y: u16) -> bool {
        x >= self.x && x < self.x + self.w && y >= self.y && y < self.y + self.h
    }

    /// Columns for text: without borders, the margin for marks and one of air.
    pub fn text_width(self) -> usize {
        usize::from(self.w.saturating_sub(4))
    }

    /// Rows for text.
    pub fn text_height(self) -> usize {
        usize::from(self.h.saturating_sub(2))
    }
}

/// The smallest screen that is drawn.
pub const SMALLEST: (u16, u16) = (60, 20);

/// From these many columns and rows on, all panes are on screen together.
const WIDE: (u16, u16) = (108, 30);

/// Whether the screen is too small to draw.
pub const fn too_small(size: (u16, u16)) -> bool {
    size.0 < SMALLEST.0 || size.1 < SMALLEST.1
}

/// Whether all panes fit on screen together.
pub const fn wide(size: (u16, u16)) -> bool {
    size.0 >= WIDE.0 && size.1 >= WIDE.1
}

/// The panes of the main screen. `tab` is the one on top where only one of the four fits; neighbours share an edge.
pub fn main(size: (u16, u16), footer: u16, tab: Pane) -> Vec<(Pane, Area)> {
    let (width, height) = size;
    let body = height.saturating_sub(1 + footer);
    if wide(size) {
        let steps = (height / 6).clamp(6, 9);
        let exchanges = (height / 7).clamp(5, 8);
        let top = body + 2 - steps - exchanges;
        let runs = (width * 9 / 40).clamp(27, 34);
        let reply = (width * 2 / 5).max(44);
        let middle = width + 2 - runs - reply;
        return vec![
            (Pane::Runs, Area::new(0, 1, runs, top)),
            (Pane::Diagnosis, Area::new(runs - 1, 1, middle, top)),
            (Pane::Reply, Area::new(runs + middle - 2, 1, reply, top)),
            (Pane::Exchanges, Area::new(0, top, width, exchanges)),
            (Pane::Steps, Area::new(0, top + exchanges - 1, width, steps)),
        ];
    }
    let steps = (height / 3).clamp(6, 9);
    let top = body + 1 - steps;
    vec![
        (tab, Area::new(0, 1, width, top)),
        (Pane::Steps, Area::new(0, top, width, steps)),
    ]
}

/// The main screen before an audience: one pane of the main screen, beside it the reply where there is room, and more
/// room for the next steps.
pub fn presented(size: (u16, u16), footer: u16, tab: Pane) -> Vec<(Pane, Area)> {
    let (width, height) = size;
    let body = height.saturating_sub(1 + footer);
    let steps = (body * 2 / 5).clamp(6, 11);
    let top = body + 1 - steps;
    let below = (Pane::Steps, Area::new(0, top, width, steps));
    if !wide(size) {
        return vec![(tab, Area::new(0, 1, width, top)), below];
    }
    let left = width * 11 / 20;
    let tab = if tab == Pane::Reply {
        Pane::Diagnosis
    } else {
        tab
    };
    let reply = Area::new(left - 1, 1, width + 1 - left, top);
    vec![
        (tab, Area::new(0, 1, left, top)),
        (Pane::Reply, reply),
        below,
    ]
}

/// The panes of the catalogue: the search line with a row for each filter above the list, and one entry beside them
/// or, where there is no room, instead of them.
pub fn catalogue(size: (u16, u16), footer: u16, at: Pane, filters: usize) -> Vec<(Pane, Area)> {
    let body = whole(size, footer);
    if !wide(size) && at == Pane::Entry {
        return vec![(Pane::Entry, body)];
    }
    let line = 3 + u16::try_from(filters.max(1)).unwrap_or(1).min(3);
    let (y, h) = (body.y + line - 1, body.h + 1 - line);
    let lookup = (Pane::Lookup, Area::new(0, body.y, body.w, line));
    if !wide(size) {
        return vec![lookup, (Pane::Catalogue, Area::new(0, y, body.w, h))];
    }
    let list = body.w * 2 / 5;
    vec![
        lookup,
        (Pane::Catalogue, Area::new(0, y, list, h)),
        (Pane::Entry, Area::new(list - 1, y, body.w + 1 - list, h)),
    ]
}

/// The list of scenarios, and beside it or below it what the one under the cursor is about.
pub fn picker(size: (u16, u16), footer: u16) -> Vec<(Pane, Area)> {
    let body = whole(size, footer);
    if wide(size) {
        let list = body.w * 11 / 20;
        return vec![
            (Pane::Picker, Area::new(0, body.y, list, body.h)),
            (
                Pane::About,
                Area::new(list - 1, body.y, body.w + 1 - list, body.h),
            ),
        ];
    }
    let about = (body.h * 2 / 5).clamp(6, 9);
    let top = body.h + 1 - about;
    vec![
        (Pane::Picker, Area::new(0, body.y, body.w, top)),
        (Pane::About, Area::new(0, body.y + top - 1, body.w, about)),
    ]
}

/// The command palette: its line above what it offers, over the upper part of the body.
pub fn palette(size: (u16, u16), footer: u16) -> Vec<(Pane, Area)> {
    let body = whole(size, footer);
    let w = body.w.saturating_sub(4).min(96);
    let h = body.h.saturating_sub(2).clamp(12, 30).min(body.h);
    let x = (body.w - w) / 2;
    vec![
        (Pane::Palette, Area::new(x, body.y, w, 3)),
        (Pane::Offers, Area::new(x, body.y + 2, w, h - 2)),
    ]
}

/// The panes of the lab's screen: two beside each other, or the one of them that keys go to, above the narration.
pub fn lab(size: (u16, u16), footer: u16, at: Pane) -> Vec<(Pane, Area)> {
    let body = whole(size, footer);
    let story = (body.h / 5).clamp(5, 7);
    let top = body.h + 1 - story;
    let below = (Pane::Story, Area::new(0, body.y + top - 1, body.w, story));
    if !wide(size) {
        return vec![(at, Area::new(0, body.y, body.w, top)), below];
    }
    let (left, right) = match at {
        Pane::Record | Pane::Seen => (Pane::Record, Pane::Seen),
        _ => (Pane::Lab, Pane::Requests),
    };
    let half = body.w / 2;
    vec![
        (left, Area::new(0, body.y, half, top)),
        (right, Area::new(half - 1, body.y, body.w + 1 - half, top)),
        below,
    ]
}

/// A pane that fills the body.
pub const fn whole(size: (u16, u16), footer: u16) -> Area {
    Area::new(0, 1, size.0, size.1.saturating_sub(1 + footer))
}

/// A box over the body; small ones leave more of what lies below in sight.
pub fn over(size: (u16, u16), footer: u16, pane: Pane) -> Area {
    let body = whole(size, footer);
    let (w, h) = match pane {
        Pane::Ask => (body.w.min(76), body.h.min(11)),
        Pane::Acts => (body.w.min(60), body.h.min(14)),
        Pane::Consent => (body.w.min(92), body.h.min(18)),
        Pane::Uses => (body.w.min(76), body.h.min(14)),
        Pane::Message | Pane::Draft | Pane::Guide => (body.w.min(92), body.h.saturating_sub(4)),
        _ => (body.w, body.h),
    };
    Area::new((body.w - w) / 2, body.y + (body.h - h) / 2, w, h)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_fill_the_screen_and_share_only_edges() {
        for w in SMALLEST.0..200 {
            for h in SMALLEST.1..70 {
                let areas = main((w, h), 1, Pane::Diagnosis);
                let right = areas.iter().map(|(_, a)| a.x + a.w).max();
                let bottom = areas.iter().map(|(_, a)| a.y + a.h).max();
                assert_eq!((right, bottom), (Some(w), Some(h - 1)), "{w}x{h}");
                for (pane, area) in areas {
                    assert!(area.w >= 24 && area.h >= 4, "{pane:?} {area:?} at {w}x{h}");
                }
            }
        }
    }

    #[test]
    fn before_an_audience_the_panes_fill_the_screen_too() {
        for w in SMALLEST.0..200 {
            for h in SMALLEST.1..70 {
                for tab in [Pane::Runs, Pane::Diagnosis, Pane::Reply, Pane::Exchanges] {
                    let areas = presented((w, h), 5, tab);
                    let right = areas.iter().map(|(_, a)| a.x + a.w).max();
                    let bottom = areas.iter().map(|(_, a)| a.y + a.h).max();
                    assert_eq!((right, bottom), (Some(w), Some(h - 5)), "{w}x{h}");
                    assert!(areas.iter().any(|(pane, _)| *pane == tab), "{tab:?}");
                    assert!(areas.iter().all(|(_, a)| a.w >= 44 && a.h >= 6));
                }
            }
        }
    }

    #[test]
    fn the_catalogue_fills_the_screen_whatever_is_filtered() {
        for (w, h) in [SMALLEST, (80, 24), WIDE, (120, 36), (200, 60)] {
            for at in [Pane::Lookup, Pane::Catalogue, Pane::Entry] {
                for filters in 0..=3 {
                    let areas = catalogue((w, h), 1, at, filters);
                    let right = areas.iter().map(|(_, a)| a.x + a.w).max();
                    let bottom = areas.iter().map(|(_, a)| a.y + a.h).max();
                    assert_eq!((right, bottom), (Some(w), Some(h - 1)), "{w}x{h}");
                    assert!(areas.iter().any(|(pane, _)| *pane == at), "{at:?} {w}x{h}");
                    assert!(areas.iter().all(|(_, area)| area.h >= 4));
                }
            }
        }
    }

    #[test]
    fn the_lab_and_the_scenarios_fill_the_screen_at_every_size() {
        for (w, h) in [SMALLEST, (80, 24), WIDE, (120, 36), (200, 60)] {
            let labs = [Pane::Lab, Pane::Requests, Pane::Record, Pane::Seen];
            let labs = labs.map(|at| (at, lab((w, h), 1, at)));
            for (at, areas) in labs.into_iter().chain([(Pane::Picker, picker((w, h), 1))]) {
                let right = areas.iter().map(|(_, a)| a.x + a.w).max();
                let bottom = areas.iter().map(|(_, a)| a.y + a.h).max();
                assert_eq!((right, bottom), (Some(w), Some(h - 1)), "{w}x{h}");
                assert!(areas.iter().any(|(pane, _)| *pane == at), "{at:?} {w}x{h}");
                assert!(areas.iter().all(|(_, area)| area.h >= 5 && area.w >= 40));
            }
        }
    }

    #[test]
    fn the_palette_stays_within_every_screen() {
        for w in SMALLEST.0..200 {
            for h in SMALLEST.1..70 {
                for (pane, area) in palette((w, h), 1) {
                    let inside = area.x + area.w <= w && area.y + area.h < h;
                    assert!(inside && area.h >= 3 && area.w >= 40, "{pane:?} {w}x{h}");
                }
            }
        }
    }

    #[test]
    fn at_eighty_columns_one_pane_stands_above_the_next_steps() {
        let panes: Vec<Pane> = main((80, 24), 1, Pane::Diagnosis)
            .into_iter()
            .map(|(pane, _)| pane)
            .collect();
        assert_eq!(panes, [Pane::Diagnosis, Pane::Steps]);
    }
}
