//! The explorer on a terminal: takes the screen, turns what the terminal sends into messages, performs the effects and
//! draws once when nothing more is waiting. Nothing is polled: without a countdown on screen the loop only sleeps.
//! It knows no protocol; everything shown was laid out by [`explorer`](crate::explorer).

mod ascii;
mod clip;
mod draw;
mod input;
mod screen;
mod signals;
mod theme;
mod view;

use std::future::poll_fn;
use std::io;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use crossterm::event::{Event, EventStream};
use futures_util::StreamExt;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};

use crate::explorer::{
    self, Clipboard, Clock, Command, Effect, Effects, Message, Notice, Opened, Redactor, State,
};
use crate::model::{Opening, Profile};
use crate::strings::explorer as words;

pub use crate::explorer::Left;
pub use draw::draw;
pub use theme::Theme;

use screen::Screen;
use signals::{Signal, Signals};

/// How the screen looks and behaves.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// Without colours: bold, dim, underline and reverse only. Nothing is lost.
    pub no_color: bool,
    /// With ASCII characters only for borders and marks.
    pub ascii: bool,
    /// Whether the mouse is caught from the start.
    pub mouse: bool,
    /// Profiles the form can start from.
    pub profiles: Vec<Profile>,
}

/// More messages than this are not taken in between two frames.
const BATCH: usize = 512;

/// Runs the explorer until the person quits. The first frame is on screen before anything is asked of the session;
/// [`Command::Quit`] is sent before it returns.
///
/// # Errors
/// The terminal could not be taken or written to.
pub async fn run(
    opening: Opening,
    commands: UnboundedSender<Command>,
    mut notices: UnboundedReceiver<Notice>,
    look: Look,
    redactor: Redactor,
    clock: Arc<dyn Clock>,
    clipboard: Arc<dyn Clipboard>,
) -> io::Result<Left> {
    let mut signals = Signals::new()?;
    let screen = Screen::take(look.mouse)?;
    let size = screen.size();
    let mut state = State::new(Opened {
        opening,
        redactor,
        now: clock.now(),
        size,
        profiles: look.profiles,
    });
    if !look.mouse {
        state.leave_the_mouse();
    }
    let mut driver = Driver {
        screen,
        state,
        theme: Theme::new(look.no_color, look.ascii),
        commands,
        clock,
        clipboard,
        left: None,
    };
    driver.draw()?;
    let first = driver.state.begin();
    driver.perform(first)?;
    driver.draw()?;
    let mut events = EventStream::new();
    let left = driver.turn(&mut events, &mut notices, &mut signals).await;
    let _ = driver.commands.send(Command::Quit);
    left
}

/// Something that happened outside.
enum Happened {
    Terminal(Option<io::Result<Event>>),
    Told(Option<Notice>),
    Signalled(Signal),
    Second,
}

struct Driver {
    screen: Screen,
    state: State,
    theme: Theme,
    commands: UnboundedSender<Command>,
    clock: Arc<dyn Clock>,
    clipboard: Arc<dyn Clipboard>,
    left: Option<Left>,
}

impl Driver {
    async fn turn(
        &mut self,
        events: &mut EventStream,
        notices: &mut UnboundedReceiver<Notice>,
        signals: &mut Signals,
    ) -> io::Result<Left> {
        let mut told = true;
        loop {
            let moving = self.state.moving();
            let happened = tokio::select! {
                event = events.next() => Happened::Terminal(event),
                notice = notices.recv(), if told => Happened::Told(notice),
                signal = signals.next() => Happened::Signalled(signal),
                () = tokio::time::sleep(self.to_next_second()), if moving => Happened::Second,
            };
            told &= !matches!(happened, Happened::Told(None));
            self.take(happened)?;
            self.drain(events, notices).await?;
            if let Some(left) = self.left {
                return Ok(left);
            }
            self.draw()?;
        }
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
            Happened::Terminal(Some(Ok(event))) => match input::message(event) {
                Some(message) => self.update(message),
                None => Ok(()),
            },
            // The terminal is gone.
            Happened::Terminal(Some(Err(_)) | None) => {
                self.left = Some(Left::Signal(signals::HANGUP));
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
            Happened::Signalled(Signal::Stop) => self.screen.suspend(),
            Happened::Signalled(Signal::Continue) => self.screen.retake(),
            Happened::Second => self.update(Message::Tick),
        }
    }

    fn update(&mut self, message: Message) -> io::Result<()> {
        self.state.now = self.clock.now();
        let effects = explorer::update(&mut self.state, message);
        self.perform(effects)
    }

    fn perform(&mut self, effects: Effects) -> io::Result<()> {
        for effect in effects {
            match effect {
                Effect::Ask(command) => {
                    let _ = self.commands.send(command);
                }
                Effect::Copy(text) => {
                    if !self.clipboard.put(&text) {
                        self.screen.write(&clip::osc52(text.get()))?;
                    }
                }
                Effect::Mouse(caught) => self.screen.catch_mouse(caught)?,
                Effect::Redraw => self.screen.clear()?,
                Effect::Suspend => self.screen.suspend()?,
                Effect::Quit => self.left = Some(Left::Asked),
            }
        }
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        let (state, theme) = (&self.state, self.theme);
        self.screen.draw(|frame| {
            let area = frame.area();
            if let Some(caret) = draw(state, theme, area, frame.buffer_mut()) {
                frame.set_cursor_position(caret);
            }
        })
    }

    fn to_next_second(&self) -> Duration {
        let millis = self.clock.now().millis().rem_euclid(1000);
        Duration::from_millis(u64::try_from(1000 - millis).unwrap_or(1000))
    }
}
