//! The explorer in plain lines, for screen readers and terminals that cannot draw: numbered choices, words for every
//! state, no boxes, nothing that is drawn over. It is another face of the same [`State`](crate::explorer::State) that
//! the screen draws, so that everything the explorer does can be done here.

mod dialogue;
mod reader;
mod speech;

use std::io::{self, Write as _};
use std::sync::Arc;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};

use crate::explorer::{
    Clipboard, Clock, Command, Effect, Effects, Keys, Left, Notice, Opened, Redactor,
};
use crate::model::{Opening, Profile};
use crate::strings::{explorer as words, linear as s};

pub use dialogue::{Dialogue, Turn};

use reader::{Kind, Reader};

/// What the conversation goes through.
pub struct Ears {
    /// What is asked of the session.
    pub commands: UnboundedSender<Command>,
    /// What the session tells.
    pub notices: UnboundedReceiver<Notice>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where copies go.
    pub clipboard: Arc<dyn Clipboard>,
}

impl Ears {
    /// All of them.
    pub fn new(
        commands: UnboundedSender<Command>,
        notices: UnboundedReceiver<Notice>,
        clock: Arc<dyn Clock>,
        clipboard: Arc<dyn Clipboard>,
    ) -> Self {
        Self {
            commands,
            notices,
            clock,
            clipboard,
        }
    }
}

/// Runs the explorer until the person quits or the input ends. [`Command::Quit`] is sent before it returns.
///
/// # Errors
/// Standard input or output is gone.
pub async fn run(
    opening: Opening,
    profiles: Vec<Profile>,
    redactor: Redactor,
    ears: Ears,
) -> io::Result<Left> {
    let dialogue = Dialogue::open(Opened {
        opening,
        redactor,
        now: ears.clock.now(),
        size: (0, 0),
        profiles,
        // Things are named here, not reached by keys that could be changed.
        keys: Keys::default(),
    });
    let mut driver = Driver { dialogue, ears };
    let left = driver.turn().await;
    let _ = driver.ears.commands.send(Command::Quit);
    left
}

struct Driver {
    dialogue: Dialogue,
    ears: Ears,
}

impl Driver {
    async fn turn(&mut self) -> io::Result<Left> {
        let mut reader = Reader::new();
        let mut signals = Signals::new()?;
        let mut told = true;
        let first = self.dialogue.begin();
        if self.take(first)? {
            return Ok(Left::Asked);
        }
        loop {
            let kind = if self.dialogue.is_hidden() {
                Kind::Hidden
            } else {
                Kind::Shown
            };
            let turn = tokio::select! {
                biased;
                number = signals.next() => return Ok(Left::Signal(number)),
                notice = self.ears.notices.recv(), if told => {
                    told = notice.is_some();
                    let notice = notice.unwrap_or_else(|| Notice::Trouble(words::SESSION_GONE.to_owned()));
                    self.now();
                    let turn = self.dialogue.told(notice, reader.shows());
                    if turn.lines.is_empty() {
                        // Nothing is heard of it, not even a new prompt.
                        self.perform(turn.effects)?;
                        continue;
                    }
                    turn
                }
                (read_for, line) = reader.line(kind) => {
                    let Some(line) = line? else {
                        print(&[s::FAREWELL.to_owned()])?;
                        return Ok(Left::Asked);
                    };
                    self.now();
                    // A line that was begun before a secret was asked for is none: it was shown.
                    if read_for == Kind::Shown && kind == Kind::Hidden {
                        self.dialogue.unseen()
                    } else {
                        self.dialogue.line(&line)
                    }
                }
            };
            if self.take(turn)? {
                return Ok(Left::Asked);
            }
        }
    }

    fn now(&mut self) {
        self.dialogue.state().now = self.ears.clock.now();
    }

    /// Prints and performs what came of something; whether that was the end.
    fn take(&mut self, turn: Turn) -> io::Result<bool> {
        print(&turn.lines)?;
        self.perform(turn.effects)
    }

    fn perform(&self, effects: Effects) -> io::Result<bool> {
        for effect in effects {
            match effect {
                Effect::Ask(command) => {
                    let _ = self.ears.commands.send(command);
                }
                Effect::Copy(text) if self.ears.clipboard.put(&text) => {
                    print(&[s::ON_CLIPBOARD.to_owned()])?;
                }
                Effect::Copy(text) => {
                    let lines = text.get().lines().map(str::to_owned);
                    let all: Vec<String> =
                        std::iter::once(s::COPIED.to_owned()).chain(lines).collect();
                    print(&all)?;
                }
                Effect::Quit => return Ok(true),
                // They concern a screen.
                Effect::Mouse(_) | Effect::Redraw | Effect::Suspend => {}
            }
        }
        Ok(false)
    }
}

/// Prints lines and the prompt below them.
fn print(lines: &[String]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in lines {
        writeln!(out, "{}", crate::model::Clean::line(line).as_str())?;
    }
    write!(out, "{}", s::PROMPT)?;
    out.flush()
}

/// What ends the program from outside.
struct Signals {
    #[cfg(unix)]
    others: [tokio::signal::unix::Signal; 2],
}

impl Signals {
    fn new() -> io::Result<Self> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let others = [
                signal(SignalKind::terminate())?,
                signal(SignalKind::hangup())?,
            ];
            Ok(Self { others })
        }
        #[cfg(not(unix))]
        Ok(Self {})
    }

    /// The number of the next one.
    async fn next(&mut self) -> i32 {
        #[cfg(unix)]
        {
            let [terminate, hangup] = &mut self.others;
            tokio::select! {
                _ = tokio::signal::ctrl_c() => INTERRUPT,
                _ = terminate.recv() => TERMINATE,
                _ = hangup.recv() => HANGUP,
            }
        }
        #[cfg(not(unix))]
        {
            let _ = tokio::signal::ctrl_c().await;
            INTERRUPT
        }
    }
}

/// Numbers of signals (POSIX).
const INTERRUPT: i32 = 2;
#[cfg(unix)]
const TERMINATE: i32 = 15;
#[cfg(unix)]
const HANGUP: i32 = 1;
