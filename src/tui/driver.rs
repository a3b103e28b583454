//! The loop: one happening after the other, and a frame when they are taken in.

use std::future::poll_fn;
use std::io;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use crossterm::event::{Event, EventStream};
use futures_util::StreamExt;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::cast::Cast;
use super::input::{Heard, Input};
use super::pace::Pace;
use super::screen::Screen;
use super::signals::{self, Signal, Signals};
use super::{Left, Look, Theme, clip, draw, lost, pace};
use crate::explorer::{
    self, Carrier, Clipboard, Clock, Command, Effect, Effects, Message, Notice, State,
};
use crate::model::{Ground, Redacted};
use crate::strings::{explorer as words, tui as s};

/// More messages than this are not taken in between two frames.
const BATCH: usize = 512;

/// How long the system's clipboard may take.
const CLIPBOARD: Duration = Duration::from_secs(2);

/// After this time a terminal that has not answered is taken not to answer.
const SILENT: Duration = Duration::from_secs(2);

/// How long an answer that may be on its way is waited for at the end, so that it does not reach the shell.
const LAST_ANSWER: Duration = Duration::from_millis(150);

/// A text, and whether the system's clipboard took it.
type Put = (Redacted<String>, bool);

/// Something that happened outside.
enum Happened {
    Terminal(Option<io::Result<Event>>),
    Told(Option<Notice>),
    Signalled(Signal),
    Put(Put),
    Second,
    /// Nothing more came of what is held back.
    Alone,
    /// A frame may be drawn again.
    Frame,
    /// The terminal is gone, or that cannot be known.
    Lost(bool),
}

/// The explorer with its screen.
pub struct Driver {
    screen: Screen,
    cast: Option<Cast>,
    state: Box<State>,
    look: Look,
    theme: Theme,
    input: Input,
    commands: UnboundedSender<Command>,
    clock: Arc<dyn Clock>,
    clipboard: Arc<dyn Clipboard>,
    put: (UnboundedSender<Put>, UnboundedReceiver<Put>),
    lost: Option<oneshot::Receiver<()>>,
    /// When the question about the ground was asked.
    asked: Option<Instant>,
    pace: Pace,
    left: Option<Left>,
}

impl Driver {
    /// One that has drawn nothing yet.
    ///
    /// # Errors
    /// The recording cannot be begun.
    pub fn new(
        screen: Screen,
        state: Box<State>,
        look: Look,
        (commands, clock, clipboard): (
            UnboundedSender<Command>,
            Arc<dyn Clock>,
            Arc<dyn Clipboard>,
        ),
    ) -> io::Result<Self> {
        let record = look.record.as_ref();
        let cast = record.map(|record| Cast::open(record, state.size));
        Ok(Self {
            cast: cast.transpose()?,
            screen,
            state,
            theme: theme(&look, look.ground),
            look,
            input: Input::default(),
            commands,
            clock,
            clipboard,
            put: mpsc::unbounded_channel(),
            lost: Some(lost::lost()),
            asked: None,
            pace: Pace::new(Instant::now()),
            left: None,
        })
    }

    /// What comes after the first frame: the terminal is asked about its ground, the session for the first things.
    pub fn begin(&mut self) -> io::Result<()> {
        if self.look.ask_ground.is_some() {
            let now = Instant::now();
            self.screen.ask_ground()?;
            self.input.asked(now);
            self.asked = Some(now);
        }
        let first = self.state.begin();
        self.perform(first)?;
        self.draw()
    }

    /// Goes on until the person quits or the terminal is gone.
    pub async fn turn(
        &mut self,
        events: &mut EventStream,
        notices: &mut UnboundedReceiver<Notice>,
        signals: &mut Signals,
    ) -> io::Result<Left> {
        let mut told = true;
        loop {
            let happened = self.happens(events, (notices, told), signals).await;
            told &= !matches!(happened, Happened::Told(None));
            self.take(happened)?;
            self.drain(events, notices).await?;
            if let Some(left) = self.left {
                return Ok(left);
            }
            if self.pace.due().is_some_and(|due| due <= Instant::now()) {
                self.draw()?;
            }
        }
    }

    async fn happens(
        &mut self,
        events: &mut EventStream,
        (notices, told): (&mut UnboundedReceiver<Notice>, bool),
        signals: &mut Signals,
    ) -> Happened {
        let moving = self.state.moving();
        let second = pace::to_next_tick(self.clock.now(), self.look.still);
        let held = self.input.holds_until();
        let due = self.pace.due();
        let lost = async {
            match &mut self.lost {
                Some(lost) => lost.await.is_ok(),
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            event = events.next() => Happened::Terminal(event),
            notice = notices.recv(), if told => Happened::Told(notice),
            signal = signals.next() => Happened::Signalled(signal),
            Some(put) = self.put.1.recv() => Happened::Put(put),
            gone = lost => Happened::Lost(gone),
            () = until(held) => Happened::Alone,
            () = until(due) => Happened::Frame,
            () = sleep(second), if moving => Happened::Second,
        }
    }

    /// Tells the session that this is the end, and takes in what the terminal may still answer.
    pub async fn end(&mut self, events: &mut EventStream) {
        self.ask(Command::Quit);
        let asked_lately = self.asked.is_some_and(|asked| asked.elapsed() < SILENT);
        if self.left != Some(Left::Asked) || !asked_lately || !self.awaits() {
            return;
        }
        let _ = timeout(LAST_ANSWER, async {
            while self.awaits() {
                let Some(Ok(event)) = events.next().await else {
                    return;
                };
                self.input.hear(event, Instant::now());
            }
        })
        .await;
    }

    fn awaits(&self) -> bool {
        self.input.awaits(Instant::now())
    }

    /// Takes in what is waiting already, so that one frame shows all of it.
    async fn drain(
        &mut self,
        events: &mut EventStream,
        notices: &mut UnboundedReceiver<Notice>,
    ) -> io::Result<()> {
        for _ in 0..BATCH {
            if self.left.is_some() {
                return Ok(());
            }
            // Polled with this task's own waker: the stream keeps the first one it sees until it fires.
            let ready = poll_fn(|context| match events.poll_next_unpin(context) {
                Poll::Ready(event) => Poll::Ready(Some(event)),
                Poll::Pending => Poll::Ready(None),
            });
            if let Some(event) = ready.await {
                self.take(Happened::Terminal(event))?;
            } else if let Ok(notice) = notices.try_recv() {
                self.take(Happened::Told(Some(notice)))?;
            } else {
                return Ok(());
            }
        }
        Ok(())
    }

    fn take(&mut self, happened: Happened) -> io::Result<()> {
        match happened {
            Happened::Terminal(Some(Ok(event))) => {
                let heard = self.input.hear(event, Instant::now());
                self.heard(heard)
            }
            Happened::Alone => {
                let heard = self.input.let_go(Instant::now());
                self.heard(heard)
            }
            Happened::Terminal(Some(Err(_)) | None) | Happened::Lost(true) => {
                self.left = Some(Left::Signal(signals::HANGUP));
                Ok(())
            }
            Happened::Lost(false) => {
                self.lost = None;
                Ok(())
            }
            Happened::Told(Some(notice)) => self.update(Message::Notice(Box::new(notice))),
            Happened::Told(None) => {
                let gone = Notice::Trouble(words::SESSION_GONE.to_owned());
                self.update(Message::Notice(Box::new(gone)))
            }
            Happened::Signalled(Signal::End(number)) => {
                self.left = Some(Left::Signal(number));
                Ok(())
            }
            Happened::Signalled(Signal::Stop) => {
                self.pace.changed();
                self.screen.suspend()
            }
            Happened::Signalled(Signal::Continue) => {
                self.pace.changed();
                self.screen.retake()
            }
            Happened::Put((text, taken)) => self.put(&text, taken),
            Happened::Second => self.update(Message::Tick),
            Happened::Frame => Ok(()),
        }
    }

    fn heard(&mut self, heard: Vec<Heard>) -> io::Result<()> {
        for one in heard {
            match one {
                Heard::Message(message) => self.update(message)?,
                Heard::Ground(color) => {
                    let within = self.asked.zip(self.look.ask_ground);
                    if within.is_some_and(|(asked, most)| asked.elapsed() < most) {
                        let ground = if color.is_dark() {
                            Ground::Dark
                        } else {
                            Ground::Light
                        };
                        self.theme = theme(&self.look, ground);
                        self.pace.changed();
                    }
                }
            }
        }
        Ok(())
    }

    fn update(&mut self, message: Message) -> io::Result<()> {
        self.state.now = self.clock.now();
        self.pace.changed();
        let effects = explorer::update(&mut self.state, message);
        self.perform(effects)
    }

    fn perform(&mut self, effects: Effects) -> io::Result<()> {
        for effect in effects {
            match effect {
                Effect::Ask(command) => self.ask(command),
                Effect::Copy(text) => self.copy(text),
                Effect::Mouse(caught) => self.screen.catch_mouse(caught)?,
                Effect::Redraw => self.screen.clear()?,
                Effect::Suspend => self.screen.suspend()?,
                Effect::Quit => self.left = Some(Left::Asked),
            }
        }
        Ok(())
    }

    /// Asks the session; before it ends, to keep how the screen stands.
    fn ask(&self, command: Command) {
        if matches!(command, Command::Quit)
            && let Some(saved) = self.state.to_remember()
        {
            let _ = self.commands.send(Command::Remember(Box::new(saved)));
        }
        let _ = self.commands.send(command);
    }

    /// Tries the system's clipboard, whose helper programs may take their time, beside the loop.
    fn copy(&self, text: Redacted<String>) {
        let (clipboard, tell) = (Arc::clone(&self.clipboard), self.put.0.clone());
        tokio::spawn(async move {
            let given = text.clone();
            let put = tokio::task::spawn_blocking(move || clipboard.put(&given));
            let taken = matches!(timeout(CLIPBOARD, put).await, Ok(Ok(true)));
            let _ = tell.send((text, taken));
        });
    }

    /// The system's clipboard took a text, or the terminal's must.
    fn put(&mut self, text: &Redacted<String>, taken: bool) -> io::Result<()> {
        let carrier = if taken {
            Carrier::System
        } else if let Some(sequence) = clip::osc52(text.get(), self.look.tmux) {
            self.screen.write(&sequence)?;
            if self.look.tmux {
                Carrier::Tmux
            } else {
                Carrier::Terminal
            }
        } else {
            Carrier::TooLong {
                bytes: text.get().len(),
                most: clip::MOST,
            }
        };
        let chars = text.get().chars().count();
        self.update(Message::Copied(chars, carrier))
    }

    /// Draws what there is to see.
    pub fn draw(&mut self) -> io::Result<()> {
        let (state, theme, links) = (&self.state, &self.theme, self.look.links);
        self.pace.drawn(Instant::now());
        self.screen.draw(|frame| {
            draw(state, theme, frame);
            if !links {
                frame.unlink(frame.area());
            }
        })?;
        self.record()
    }

    /// Records what was drawn. Where that fails, the recording ends and that is said.
    fn record(&mut self) -> io::Result<()> {
        let Some(cast) = &mut self.cast else {
            return Ok(());
        };
        match cast.frame(&self.state, &self.theme) {
            Ok(()) => Ok(()),
            Err(error) => {
                self.cast = None;
                let failed = Notice::Trouble(s::record_failed(&error.to_string()));
                self.update(Message::Notice(Box::new(failed)))
            }
        }
    }
}

/// Sleeps until then; for ever if there is no then.
async fn until(then: Option<Instant>) {
    match then {
        Some(then) => sleep_until(then).await,
        None => std::future::pending().await,
    }
}

/// The theme for a ground, unless one is named that suits every ground.
fn theme(look: &Look, ground: Ground) -> Theme {
    let scheme = match (&look.light, ground) {
        (Some(light), Ground::Light) => light,
        _ => &look.dark,
    };
    Theme::new(scheme, look.depth, look.ascii)
}
