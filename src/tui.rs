//! The explorer on a terminal: takes the screen, turns what the terminal sends into messages, performs the effects and
//! draws when nothing more is waiting, at most sixty times a second. Nothing is polled: without a countdown on screen the
//! loop only sleeps. It knows no protocol; everything shown was laid out by [`explorer`](crate::explorer).

mod ascii;
mod cast;
mod clip;
mod draw;
mod driver;
mod frame;
mod input;
mod lost;
mod pace;
mod screen;
mod signals;
mod theme;
mod view;

use std::io;
use std::sync::Arc;

use crossterm::event::EventStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};

use crate::explorer::{Clipboard, Clock, Command, Keys, Notice, Opened, Redactor, State};
use crate::model::{Audience, Opening};

pub use crate::explorer::Left;
pub use crate::model::Look;
pub use draw::draw;
pub use frame::Frame;
pub use theme::Theme;

use driver::Driver;
use screen::Screen;
use signals::Signals;

/// Runs the explorer until the person quits. The first frame is on screen before anything is asked of the session;
/// How the screen stands and
/// [`Command::Quit`] are sent before it returns.
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
    let screen = Screen::take(look.saved.mouse.unwrap_or(look.mouse))?;
    let mut state = Box::new(State::new(Opened {
        opening,
        redactor,
        now: clock.now(),
        size: screen.size(),
        profiles: look.profiles.clone(),
        keys: Keys::with(&look.keys),
    }));
    state.restore(look.saved.clone(), look.unread.clone(), look.mouse);
    state.present(look.audience == Audience::Present);
    let mut driver = Driver::new(screen, state, look, (commands, clock, clipboard))?;
    driver.draw()?;
    driver.begin()?;
    let mut events = EventStream::new();
    let turning = driver.turn(&mut events, &mut notices, &mut signals);
    // It is large, and whoever waits for it need not carry it.
    let left = Box::pin(turning).await;
    driver.end(&mut events).await;
    left
}
