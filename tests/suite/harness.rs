//! A terminal of our own: a program runs in a real pseudo-terminal, keys go in, and the test waits for text to be
//! visible, never for time to pass.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// How long a test waits for what it wants to see.
const DEADLINE: Duration = Duration::from_mins(1);

struct Shared {
    parser: Mutex<vt100::Parser>,
    raw: Mutex<Vec<u8>>,
    changed: Condvar,
    enough: AtomicBool,
}

/// A program in a terminal.
pub struct Terminal {
    shared: Arc<Shared>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    reading: JoinHandle<()>,
}

impl Terminal {
    /// Runs a program in a terminal of so many columns and rows.
    pub fn run(program: &str, args: &[&str], size: (u16, u16), env: &[(&str, &str)]) -> Self {
        let pty = native_pty_system()
            .openpty(pty_size(size))
            .expect("a pseudo-terminal opens");
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env("TERM", "xterm-256color");
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pty
            .slave
            .spawn_command(command)
            .expect("the program starts");
        drop(pty.slave);
        let reader = pty
            .master
            .try_clone_reader()
            .expect("the terminal can be read");
        let keys = pty
            .master
            .take_writer()
            .expect("the terminal can be written to");
        let shared = Arc::new(Shared {
            parser: Mutex::new(vt100::Parser::new(cells(size.1), cells(size.0), 0)),
            raw: Mutex::default(),
            changed: Condvar::new(),
            enough: AtomicBool::new(false),
        });
        let theirs = Arc::clone(&shared);
        let reading = thread::spawn(move || read(reader, &theirs));
        Self {
            shared,
            master: pty.master,
            keys,
            child,
            reading,
        }
    }

    /// Presses keys: names between spaces, as in `j Enter Ctrl-C`; anything else is typed as it is.
    pub fn press(&mut self, keys: &str) {
        for key in keys.split(' ') {
            let bytes: Vec<u8> = match key {
                "Enter" => b"\r".to_vec(),
                "Esc" => b"\x1b".to_vec(),
                "Space" => b" ".to_vec(),
                "Tab" => b"\t".to_vec(),
                "Up" => b"\x1b[A".to_vec(),
                "Down" => b"\x1b[B".to_vec(),
                "Right" => b"\x1b[C".to_vec(),
                "Left" => b"\x1b[D".to_vec(),
                "Alt-Right" => b"\x1b[1;3C".to_vec(),
                "Alt-Left" => b"\x1b[1;3D".to_vec(),
                "F2" => b"\x1bOQ".to_vec(),
                key => match key.strip_prefix("Ctrl-") {
                    Some(letter) => letter
                        .bytes()
                        .map(|b| b.to_ascii_lowercase() & 0x1f)
                        .collect(),
                    None => key.as_bytes().to_vec(),
                },
            };
            self.keys
                .write_all(&bytes)
                .expect("the terminal takes keys");
        }
        self.keys.flush().expect("the terminal takes keys");
    }

    /// Is gone, with every end of it that this test holds. The key makes the program write once more, so that whoever
    /// reads here notices.
    pub fn hangs_up(mut self, key: &str) {
        self.shared.enough.store(true, Ordering::Relaxed);
        self.press(key);
        let deadline = Instant::now() + DEADLINE;
        while !self.reading.is_finished() {
            assert!(
                Instant::now() < deadline,
                "{key} makes the program write nothing"
            );
            thread::park_timeout(Duration::from_millis(2));
        }
    }

    /// Types text as it is.
    pub fn write(&mut self, text: &str) {
        self.keys
            .write_all(text.as_bytes())
            .and_then(|()| self.keys.flush())
            .expect("the terminal takes keys");
    }

    /// Changes the size.
    pub fn resize(&self, size: (u16, u16)) {
        self.master
            .resize(pty_size(size))
            .expect("the terminal can be resized");
        let mut parser = self.shared.parser.lock().expect("the reader lives");
        parser.screen_mut().set_size(cells(size.1), cells(size.0));
    }

    /// What is visible.
    pub fn text(&self) -> String {
        let parser = self.shared.parser.lock().expect("the reader lives");
        parser.screen().contents()
    }

    /// Waits until the screen is as wanted.
    #[track_caller]
    pub fn until(&self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        let mut parser = self.shared.parser.lock().expect("the reader lives");
        while !wanted(parser.screen()) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "{what}: not within {DEADLINE:?}. The screen:\n{}",
                parser.screen().contents()
            );
            (parser, _) = self
                .shared
                .changed
                .wait_timeout(parser, left)
                .expect("the reader lives");
        }
    }

    /// Waits until what is typed is not echoed.
    #[track_caller]
    pub fn echoes_nothing(&self) {
        // ECHO, on Linux (termios(3)).
        const ECHO: u32 = 0o10;
        let deadline = Instant::now() + DEADLINE;
        let echoes = || {
            let settings = self.master.get_termios().expect("a terminal's settings");
            settings.local_flags.bits() & ECHO != 0
        };
        while echoes() {
            assert!(
                Instant::now() < deadline,
                "it still echoes:\n{}",
                self.text()
            );
            thread::yield_now();
        }
    }

    /// Whether the screen is as wanted now.
    pub fn until_now(&self, wanted: impl Fn(&vt100::Screen) -> bool) -> bool {
        wanted(
            self.shared
                .parser
                .lock()
                .expect("the reader lives")
                .screen(),
        )
    }

    /// Waits until the program has written this, which may be a control sequence.
    #[track_caller]
    pub fn wrote(&self, bytes: &str) {
        self.until(&format!("{bytes:?} to be written"), |_| {
            self.raw().contains(bytes)
        });
    }

    /// Waits until a text is visible.
    #[track_caller]
    pub fn shows(&self, text: &str) {
        self.until(&format!("{text:?} to be seen"), |screen| {
            screen.contents().contains(text)
        });
    }

    /// Waits until a text is not visible any more.
    #[track_caller]
    pub fn hides(&self, text: &str) {
        self.until(&format!("{text:?} to be gone"), |screen| {
            !screen.contents().contains(text)
        });
    }

    /// Waits until the terminal is as a shell expects it.
    #[track_caller]
    pub fn is_given_back(&self) {
        self.until("the terminal to be given back", |screen| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        });
    }

    /// Everything the program wrote so far, control sequences included.
    pub fn raw(&self) -> String {
        let raw = self.shared.raw.lock().expect("the reader lives");
        String::from_utf8_lossy(&raw).into_owned()
    }

    /// The process that runs in it.
    pub fn process(&self) -> u32 {
        self.child.process_id().expect("the program runs")
    }

    /// Waits for the program to end.
    #[track_caller]
    pub fn ends(&mut self) -> ExitStatus {
        self.ends_within(DEADLINE)
            .expect("the program ends by itself")
    }

    /// Presses a key until the program ends: a key that arrives together with a change of the size is heard only with
    /// the next one.
    #[track_caller]
    pub fn ends_on(&mut self, key: &str) -> ExitStatus {
        let deadline = Instant::now() + DEADLINE;
        while Instant::now() < deadline {
            self.press(key);
            if let Some(status) = self.ends_within(Duration::from_millis(250)) {
                return status;
            }
        }
        panic!(
            "{key} does not end the program. The screen:\n{}",
            self.text()
        );
    }

    /// How the program ended; `None` if it still runs after so long.
    fn ends_within(&mut self, limit: Duration) -> Option<ExitStatus> {
        let deadline = Instant::now() + limit;
        loop {
            if let Some(status) = self.child.try_wait().expect("the program can be asked") {
                return Some(status);
            }
            if Instant::now() > deadline {
                return None;
            }
            thread::park_timeout(Duration::from_millis(2));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

const fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has cells")
}

fn read(mut reader: Box<dyn Read + Send>, shared: &Shared) {
    let mut bytes = [0; 8192];
    while let Ok(count @ 1..) = reader.read(&mut bytes) {
        if let Ok(mut raw) = shared.raw.lock() {
            raw.extend_from_slice(&bytes[..count]);
        }
        if let Ok(mut parser) = shared.parser.lock() {
            parser.process(&bytes[..count]);
        }
        shared.changed.notify_all();
        if shared.enough.load(Ordering::Relaxed) {
            return;
        }
    }
    shared.changed.notify_all();
}
