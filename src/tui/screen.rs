//! Holding a [`Screen`] means the terminal is ours; every way out gives it back as it was: dropping it, an error, a
//! panic, a signal, a stop. The only file that knows raw mode.

use std::io::{self, BufWriter, Stdout, Write};
use std::panic::{self, PanicHookInfo};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::layout::{Position, Rect};

use super::frame::{self, Frame};
use crate::strings::tui as s;

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Sync + Send + 'static>;

/// Clicks and the wheel, in the form that has no limit of columns. Not every move of the mouse.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// Every cell blank.
const BLANK: &str = "\x1b[0m\x1b[2J";

/// Asks which colour the ground has (OSC 11).
const ASK_GROUND: &str = "\x1b]11;?\x1b\\";

/// The terminal's own cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cursor {
    Unknown,
    Hidden,
    At(Position),
}

/// The terminal while it is ours.
pub struct Screen {
    /// One write a frame.
    out: BufWriter<Stdout>,
    /// What is on it.
    shown: Frame,
    cursor: Cursor,
    mouse: bool,
    ours: Arc<AtomicBool>,
    previous: Option<Arc<Hook>>,
    failures: Arc<Mutex<Vec<String>>>,
}

impl Screen {
    /// Takes the terminal.
    ///
    /// # Errors
    /// There is no terminal, or it cannot be written to.
    pub fn take(mouse: bool) -> io::Result<Self> {
        let failures = Arc::new(Mutex::new(Vec::new()));
        let ours = Arc::new(AtomicBool::new(false));
        let previous = guard_panics(Arc::clone(&ours), Arc::clone(&failures));
        // From here on dropping gives everything back, whatever fails.
        let screen = Self {
            out: BufWriter::with_capacity(1 << 16, io::stdout()),
            shown: Frame::blank(area()),
            cursor: Cursor::Unknown,
            mouse,
            ours,
            previous: Some(previous),
            failures,
        };
        enter(mouse, &screen.ours)?;
        Ok(screen)
    }

    /// Columns and rows.
    pub const fn size(&self) -> (u16, u16) {
        let area = self.shown.area();
        (area.width, area.height)
    }

    /// Draws a frame. Only what changed is written, in one piece; nothing if nothing did.
    pub fn draw(&mut self, with: impl FnOnce(&mut Frame)) -> io::Result<()> {
        let area = area();
        if area != self.shown.area() {
            self.blank(area)?;
        }
        let mut next = Frame::blank(area);
        with(&mut next);
        let cells = next.changed(&self.shown);
        for (url, run) in frame::runs(&next, &cells) {
            if let Some(url) = url {
                self.out.write_all(frame::opened(url).as_bytes())?;
            }
            CrosstermBackend::new(&mut self.out).draw(run.iter().copied())?;
            if url.is_some() {
                self.out.write_all(frame::CLOSED.as_bytes())?;
            }
        }
        let cursor = next.caret.map_or(Cursor::Hidden, Cursor::At);
        if self.cursor != cursor || !cells.is_empty() {
            match cursor {
                Cursor::At(caret) => queue!(self.out, MoveTo(caret.x, caret.y), Show)?,
                _ if self.cursor == cursor => {}
                _ => queue!(self.out, Hide)?,
            }
            self.cursor = cursor;
        }
        self.shown = next;
        self.out.flush()
    }

    /// Draws everything anew at the next frame.
    pub fn clear(&mut self) -> io::Result<()> {
        self.blank(area())
    }

    fn blank(&mut self, area: Rect) -> io::Result<()> {
        self.shown = Frame::blank(area);
        self.cursor = Cursor::Unknown;
        self.out.write_all(BLANK.as_bytes())
    }

    /// Asks the terminal which colour its ground has. The answer, if there is one, comes among the keys.
    pub fn ask_ground(&mut self) -> io::Result<()> {
        self.write(ASK_GROUND)
    }

    /// Writes a control sequence between two frames.
    pub fn write(&mut self, sequence: &str) -> io::Result<()> {
        self.out.write_all(sequence.as_bytes())?;
        self.out.flush()
    }

    /// Catches the mouse, or leaves it to the terminal.
    pub fn catch_mouse(&mut self, caught: bool) -> io::Result<()> {
        self.mouse = caught;
        self.write(if caught { MOUSE_ON } else { MOUSE_OFF })
    }

    /// Gives the terminal back, stops the program, and takes the terminal again when it is continued.
    pub fn suspend(&mut self) -> io::Result<()> {
        leave(&self.ours);
        super::signals::stop();
        self.retake()
    }

    /// Takes the terminal again after somebody else had it.
    pub fn retake(&mut self) -> io::Result<()> {
        enter(self.mouse, &self.ours)?;
        self.clear()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave(&self.ours);
        if !thread::panicking() {
            drop(panic::take_hook());
            if let Some(Ok(previous)) = self.previous.take().map(Arc::try_unwrap) {
                panic::set_hook(previous);
            }
        }
        let failures = self
            .failures
            .lock()
            .map(|mut list| std::mem::take(&mut *list));
        for failure in failures.unwrap_or_default() {
            let _ = io::stderr().write_all(s::worker_failed(&failure).as_bytes());
        }
    }
}

/// The place of the terminal.
fn area() -> Rect {
    let (width, height) = crossterm::terminal::size().unwrap_or((80, 24));
    Rect::new(0, 0, width, height)
}

fn enter(mouse: bool, ours: &AtomicBool) -> io::Result<()> {
    // Where there is no terminal nothing was changed, and nothing must be written to put it back.
    enable_raw_mode()?;
    ours.store(true, Ordering::Relaxed);
    let mut out = io::stdout();
    execute!(out, EnterAlternateScreen, EnableBracketedPaste)?;
    if mouse {
        out.write_all(MOUSE_ON.as_bytes())?;
    }
    out.flush()
}

/// Undoes everything that `enter` and the frames did, once: undoing it twice would move the shell's cursor. What fails here cannot be helped: the terminal may be gone.
fn leave(ours: &AtomicBool) {
    if !ours.swap(false, Ordering::Relaxed) {
        return;
    }
    let mut out = io::stdout();
    let _ = out.write_all(MOUSE_OFF.as_bytes());
    let _ = execute!(out, DisableBracketedPaste, LeaveAlternateScreen, Show);
    let _ = disable_raw_mode();
}

/// A panic of this thread gives the terminal back before it is told. One of a worker must not be written over a live
/// screen: it is kept and told when the screen is gone.
fn guard_panics(ours: Arc<AtomicBool>, failures: Arc<Mutex<Vec<String>>>) -> Arc<Hook> {
    let previous: Arc<Hook> = Arc::new(panic::take_hook());
    let mine = thread::current().id();
    let then = Arc::clone(&previous);
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == mine {
            leave(&ours);
            then(info);
        } else if let Ok(mut failures) = failures.lock() {
            failures.push(info.to_string());
        }
    }));
    previous
}
