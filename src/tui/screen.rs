//! Holding a [`Screen`] means the terminal is ours; every way out gives it back as it was: dropping it, an error, a
//! panic, a signal, a stop. The only file that knows raw mode.

use std::io::{self, BufWriter, Stdout, Write};
use std::panic::{self, PanicHookInfo};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::execute;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::backend::CrosstermBackend;
use ratatui::{Frame, Terminal};

use crate::strings::tui as s;

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Sync + Send + 'static>;

/// Clicks and the wheel, in the form that has no limit of columns. Not every move of the mouse.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// Every cell blank.
const BLANK: &str = "\x1b[0m\x1b[2J";

/// One write a frame.
type Backend = CrosstermBackend<BufWriter<Stdout>>;

/// The terminal while it is ours.
pub struct Screen {
    terminal: Terminal<Backend>,
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
        let terminal = fresh()?;
        let screen = Self {
            terminal,
            mouse,
            ours,
            previous: Some(previous),
            failures,
        };
        enter(mouse, &screen.ours)?;
        Ok(screen)
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        self.terminal
            .size()
            .map_or((80, 24), |size| (size.width, size.height))
    }

    /// Draws a frame; only what changed is written.
    pub fn draw(&mut self, with: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.terminal.draw(with).map(|_| ())
    }

    /// Draws everything anew at the next frame.
    pub fn clear(&mut self) -> io::Result<()> {
        // A fresh terminal believes that everything is blank. (Its own way of clearing would ask the terminal where
        // the cursor is and wait for an answer that not every terminal gives.)
        self.write(BLANK)?;
        self.terminal = fresh()?;
        Ok(())
    }

    /// Writes a control sequence between two frames.
    pub fn write(&mut self, sequence: &str) -> io::Result<()> {
        let out = self.terminal.backend_mut();
        out.write_all(sequence.as_bytes())?;
        Write::flush(out)
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

fn fresh() -> io::Result<Terminal<Backend>> {
    let out = BufWriter::with_capacity(1 << 16, io::stdout());
    Terminal::new(CrosstermBackend::new(out))
}

fn enter(mouse: bool, ours: &AtomicBool) -> io::Result<()> {
    ours.store(true, Ordering::Relaxed);
    enable_raw_mode()?;
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
