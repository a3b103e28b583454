//! A frame: the cells, the links on them, and where the text cursor stands.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

/// What one frame shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The cells.
    pub buffer: Buffer,
    /// Where the text cursor stands, if anything is being typed.
    pub caret: Option<Position>,
    /// For each cell one more than the number of its address; 0: none.
    linked: Vec<u16>,
    urls: Vec<String>,
}

/// Longer addresses are not made links: terminals refuse them (VTE takes 2083 bytes).
const LONGEST: usize = 2000;

impl Frame {
    /// An empty one.
    pub fn blank(area: Rect) -> Self {
        Self {
            buffer: Buffer::empty(area),
            caret: None,
            linked: vec![0; area.area() as usize],
            urls: Vec::new(),
        }
    }

    /// Its place.
    pub const fn area(&self) -> Rect {
        self.buffer.area
    }

    /// Takes the links off a place that something else is drawn over.
    pub fn unlink(&mut self, place: Rect) {
        self.mark(place, 0);
    }

    /// Makes a place lead to an address, if it is a plain web address.
    pub fn link(&mut self, place: Rect, url: &str) {
        if !is_plain(url) {
            return;
        }
        let known = self.urls.iter().position(|it| it == url);
        let at = known.unwrap_or_else(|| {
            self.urls.push(url.to_owned());
            self.urls.len() - 1
        });
        self.mark(place, u16::try_from(at + 1).unwrap_or(0));
    }

    fn mark(&mut self, place: Rect, with: u16) {
        let place = place.intersection(self.buffer.area);
        for y in place.top()..place.bottom() {
            let from = self.buffer.index_of(place.left(), y);
            if let Some(cells) = self.linked.get_mut(from..from + usize::from(place.width)) {
                cells.fill(with);
            }
        }
    }

    /// The address that a cell leads to.
    pub fn url(&self, x: u16, y: u16) -> Option<&str> {
        let place = usize::from(*self.linked.get(self.buffer.index_of(x, y))?);
        self.urls.get(place.checked_sub(1)?).map(String::as_str)
    }

    /// The cells that differ from those of the frame that is on screen, in the order of writing.
    pub fn changed<'a>(&'a self, shown: &Self) -> Vec<(u16, u16, &'a Cell)> {
        let mut cells = shown.buffer.diff(&self.buffer);
        if self.urls.is_empty() && shown.urls.is_empty() {
            return cells;
        }
        // Where only the address changed, the cell is written again. Addresses are ASCII: each takes one cell.
        let linked = self.linked.iter().zip(&shown.linked).enumerate();
        for (at, (now, before)) in linked {
            if (*now, *before) == (0, 0) {
                continue;
            }
            let (x, y) = self.buffer.pos_of(at);
            if self.url(x, y) != shown.url(x, y) {
                cells.push((x, y, &self.buffer.content[at]));
            }
        }
        cells.sort_by_key(|(x, y, _)| (*y, *x));
        cells.dedup_by_key(|(x, y, _)| (*y, *x));
        cells
    }
}

/// Whether an address can stand in a control sequence: http or https, printable ASCII, not too long.
fn is_plain(url: &str) -> bool {
    let web = url.starts_with("https://") || url.starts_with("http://");
    web && url.len() <= LONGEST && url.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Cells in a row that lead to the same address, or to none.
pub fn runs<'a, 'f>(
    frame: &'f Frame,
    cells: &'a [(u16, u16, &'f Cell)],
) -> impl Iterator<Item = (Option<&'f str>, &'a [(u16, u16, &'f Cell)])> {
    let url = |cell: &(u16, u16, &Cell)| frame.url(cell.0, cell.1);
    cells
        .chunk_by(move |a, b| url(a) == url(b))
        .map(move |run| (run.first().and_then(url), run))
}

/// The sequence that begins a link (OSC 8). The same address has the same mark, so that a terminal shows a wrapped one
/// as one.
pub fn opened(url: &str) -> String {
    // FNV-1a: only to tell the addresses of one screen apart.
    let mark = url.bytes().fold(0x811c_9dc5_u32, |mark, byte| {
        (mark ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    format!("\x1b]8;id={mark:x};{url}\x1b\\")
}

/// The sequence that ends one.
pub const CLOSED: &str = "\x1b]8;;\x1b\\";

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    const PLACE: Rect = Rect::new(0, 0, 12, 2);

    fn with(url: &str) -> Frame {
        let mut frame = Frame::blank(PLACE);
        frame.buffer.set_string(0, 0, "see it here", Style::new());
        frame.link(Rect::new(4, 0, 2, 1), url);
        frame
    }

    #[test]
    fn only_plain_web_addresses_become_links() {
        assert_eq!(
            with("https://a.example/b").url(4, 0),
            Some("https://a.example/b")
        );
        for bad in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://a.example/\u{1b}]0;x\u{7}",
            "https://a.example/\u{202e}",
            "https://a.example/a b",
            &format!("https://a.example/{}", "x".repeat(LONGEST)),
        ] {
            assert_eq!(with(bad).url(4, 0), None, "{bad}");
        }
    }

    #[test]
    fn a_cell_whose_address_alone_changed_is_written_again() {
        let (a, b) = (with("https://a.example/"), with("https://b.example/"));
        let places = |next: &Frame, shown: &Frame| -> Vec<(u16, u16)> {
            let cells = next.changed(shown);
            cells.iter().map(|(x, y, _)| (*x, *y)).collect()
        };
        assert_eq!(places(&b, &a), [(4, 0), (5, 0)]);
        assert_eq!(places(&a, &a.clone()), []);
        let mut none = a.clone();
        none.unlink(PLACE);
        assert_eq!(places(&none, &a), [(4, 0), (5, 0)]);
        assert_eq!(none.url(4, 0), None);
    }

    #[test]
    fn what_changed_is_parted_where_a_link_begins_and_ends() {
        let frame = with("https://a.example/");
        let cells = frame.changed(&Frame::blank(PLACE));
        let parted: Vec<(Option<&str>, String)> = runs(&frame, &cells)
            .map(|(url, run)| (url, run.iter().map(|cell| cell.2.symbol()).collect()))
            .collect();
        assert_eq!(
            parted,
            [
                (None, "see".to_owned()),
                (Some("https://a.example/"), "it".to_owned()),
                (None, "here".to_owned())
            ]
        );
    }
}
