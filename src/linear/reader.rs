//! Lines from standard input, one at a time and only when asked for, so that a secret can be read without being shown.

use std::io::{self, BufRead as _, IsTerminal as _};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use zeroize::Zeroizing;

/// What a line is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It is shown as it is typed.
    Shown,
    /// It is not.
    Hidden,
}

/// One line, or the end of the input.
pub type Read = io::Result<Option<Zeroizing<String>>>;

/// Reads on a thread of its own: standard input cannot be waited for in any other way on every system.
pub struct Reader {
    ask: std::sync::mpsc::Sender<Kind>,
    lines: UnboundedReceiver<(Kind, Read)>,
    /// What is being read now.
    under_way: Option<Kind>,
}

impl Reader {
    /// Starts to read when first asked.
    pub fn new() -> Self {
        let (ask, asked) = std::sync::mpsc::channel();
        let (tell, lines) = unbounded_channel();
        // It ends when nobody asks any more, or with the program while it waits for a line.
        std::thread::spawn(move || serve(&asked, &tell));
        Self {
            ask,
            lines,
            under_way: None,
        }
    }

    /// Whether a line is being read that is shown.
    pub fn shows(&self) -> bool {
        self.under_way == Some(Kind::Shown)
    }

    /// The next line. One that was begun is waited for, whatever is wanted now: it says what it was read for.
    pub async fn line(&mut self, kind: Kind) -> (Kind, Read) {
        if self.under_way.is_none() {
            self.under_way = Some(kind);
            // A thread that is gone answers with the end.
            let _ = self.ask.send(kind);
        }
        let read = self.lines.recv().await.unwrap_or((kind, Ok(None)));
        self.under_way = None;
        read
    }
}

fn serve(asked: &std::sync::mpsc::Receiver<Kind>, tell: &UnboundedSender<(Kind, Read)>) {
    while let Ok(kind) = asked.recv() {
        if tell.send((kind, read(kind))).is_err() {
            return;
        }
    }
}

fn read(kind: Kind) -> Read {
    if kind == Kind::Hidden && io::stdin().is_terminal() {
        return rpassword::read_password().map(|line| Some(Zeroizing::new(line)));
    }
    let mut line = Zeroizing::new(String::new());
    let bytes = io::stdin().lock().read_line(&mut line)?;
    Ok((bytes > 0).then_some(line))
}
