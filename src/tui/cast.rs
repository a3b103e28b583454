//! A recording of what is drawn, as an [asciicast v2](https://docs.asciinema.org/manual/asciicast/v2/): a header, then
//! one line for each frame that differs from the one before, written and handed to the system as it is drawn, so that a
//! recording that was cut off is a recording up to there.
//!
//! It holds what the screen shows and nothing else: no keys, no clipboard. While hidden values are shown, it stays at
//! what was shown before and carries a marker that says so.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::time::{Instant, SystemTime};

use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::layout::Rect;
use serde_json::json;

use super::draw;
use super::frame::Frame;
use super::theme::Theme;
use crate::explorer::State;
use crate::model::Recording;
use crate::strings::tui as s;

/// A player passes over longer pauses, in seconds.
const IDLE: f64 = 3.0;

/// Every cell blank.
const BLANK: &str = "\x1b[0m\x1b[2J";

/// A recording under way.
pub struct Cast {
    out: Box<dyn Write>,
    begun: Instant,
    last: Frame,
    reveals: bool,
}

impl Cast {
    /// Begins a recording in a file that was made for it.
    ///
    /// # Errors
    /// The file cannot be written to.
    pub fn open(recording: &Recording, size: (u16, u16)) -> io::Result<Self> {
        let file = OpenOptions::new().append(true).open(&recording.path)?;
        Self::begin(Box::new(file), recording, size)
    }

    fn begin(out: Box<dyn Write>, recording: &Recording, size: (u16, u16)) -> io::Result<Self> {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let header = json!({
            "version": 2,
            "width": size.0,
            "height": size.1,
            "timestamp": since.map(|since| since.as_secs()).unwrap_or_default(),
            "idle_time_limit": IDLE,
            "title": recording.title,
            "env": { "TERM": recording.term },
        });
        let mut cast = Self {
            out,
            begun: Instant::now(),
            last: blank(size),
            reveals: false,
        };
        cast.line(&header.to_string())?;
        cast.event("o", "\x1b[?25l")?;
        Ok(cast)
    }

    /// Writes what differs from the frame before.
    ///
    /// # Errors
    /// The file cannot be written to.
    pub fn frame(&mut self, state: &State, theme: &Theme) -> io::Result<()> {
        let reveals = state.revealed();
        if reveals != std::mem::replace(&mut self.reveals, reveals) && reveals {
            self.event("m", s::RECORD_REVEALED)?;
        }
        if reveals {
            return Ok(());
        }
        let mut next = blank(state.size);
        let area = next.area();
        if area != self.last.area() {
            self.event("r", &format!("{}x{}", area.width, area.height))?;
            self.event("o", BLANK)?;
            self.last = blank(state.size);
        }
        draw(state, theme, &mut next);
        next.unlink(area);
        let caret = next.caret;
        let mut bytes = Vec::new();
        let cells = next.changed(&self.last);
        if !cells.is_empty() {
            CrosstermBackend::new(&mut bytes).draw(cells.into_iter())?;
        }
        if caret != self.last.caret || caret.is_some() && !bytes.is_empty() {
            let mut backend = CrosstermBackend::new(&mut bytes);
            match caret {
                Some(caret) => {
                    backend.set_cursor_position(caret)?;
                    backend.show_cursor()?;
                }
                None => backend.hide_cursor()?,
            }
        }
        self.last = next;
        if bytes.is_empty() {
            return Ok(());
        }
        self.event("o", &String::from_utf8_lossy(&bytes))
    }

    /// One line in one write: whoever cuts the recording off cuts off whole events.
    fn event(&mut self, kind: &str, data: &str) -> io::Result<()> {
        let at = self.begun.elapsed().as_secs_f64();
        let (kind, data) = (json!(kind), json!(data));
        self.line(&format!("[{at:.6}, {kind}, {data}]"))
    }

    fn line(&mut self, line: &str) -> io::Result<()> {
        self.out.write_all(format!("{line}\n").as_bytes())?;
        self.out.flush()
    }
}

fn blank(size: (u16, u16)) -> Frame {
    Frame::blank(Rect::new(0, 0, size.0, size.1))
}

#[cfg(test)]
mod tests;
