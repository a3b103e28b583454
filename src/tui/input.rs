//! What the terminal sends, as messages. Among the keys may be what a terminal answers to a question (an operating
//! system command, `ESC ] 11 ; rgb:… ST`): it is taken out whole, however it is cut and however late it comes.

use std::time::Duration;

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use tokio::time::Instant;

use crate::explorer::{Code, Key, Message, Mouse, MouseDeed};
use crate::model::color::Rgb;

/// How long a lone Esc may be the beginning of an answer, while one is awaited.
const ESC_ALONE: Duration = Duration::from_millis(60);
/// How long the beginning of an answer may be keys after all.
const BEGUN: Duration = Duration::from_secs(1);
/// For so long after the question a lone Esc is looked at twice.
const AWAITED: Duration = Duration::from_secs(10);
/// What is kept of an answer, in characters.
const KEPT: usize = 64;

/// What was heard.
#[derive(Clone, Debug)]
pub enum Heard {
    /// Something for the explorer.
    Message(Message),
    /// The colour of the terminal's ground.
    Ground(Rgb),
}

/// Where the reader stands.
#[derive(Debug, Default)]
enum Reading {
    /// At keys.
    #[default]
    Keys,
    /// At keys that may be the beginning of an answer; when they are keys after all.
    Begun(Vec<KeyEvent>, Instant),
    /// Within an answer: what it said so far, and when it last said something.
    Answer(String, Instant),
    /// As before, behind an Esc that may be half of its end.
    Ending(String, KeyEvent, Instant),
}

/// The reader of what the terminal sends.
#[derive(Debug, Default)]
pub struct Input {
    reading: Reading,
    asked: Option<Instant>,
    esc: Option<Instant>,
}

impl Input {
    /// The terminal was asked something.
    pub const fn asked(&mut self, now: Instant) {
        self.asked = Some(now);
    }

    /// Whether an answer may be on its way.
    pub fn awaits(&self, now: Instant) -> bool {
        self.asked.is_some_and(|asked| now < asked + AWAITED)
    }

    /// When what is held back is let go; `None`: nothing is.
    pub const fn holds_until(&self) -> Option<Instant> {
        match self.reading {
            Reading::Begun(_, until) | Reading::Ending(_, _, until) => Some(until),
            Reading::Keys | Reading::Answer(..) => None,
        }
    }

    /// Lets go what is held back: nothing came that would have made it an answer.
    pub fn let_go(&mut self, now: Instant) -> Vec<Heard> {
        match std::mem::take(&mut self.reading) {
            Reading::Begun(keys, _) => self.keys(keys, now),
            Reading::Ending(_, esc, _) => self.keys(vec![esc], now),
            other @ (Reading::Keys | Reading::Answer(..)) => {
                self.reading = other;
                Vec::new()
            }
        }
    }

    /// Takes in an event.
    pub fn hear(&mut self, event: Event, now: Instant) -> Vec<Heard> {
        let Event::Key(key) = event else {
            return message(event).map(Heard::Message).into_iter().collect();
        };
        if key.kind == KeyEventKind::Release {
            return Vec::new();
        }
        match std::mem::take(&mut self.reading) {
            Reading::Keys => self.first(key, now),
            Reading::Begun(keys, _) => self.begun(keys, key, now),
            Reading::Answer(text, last) => self.within(text, key, (last, now)),
            Reading::Ending(text, esc, _) => {
                if is(key, '\\') {
                    return self.answered(&text);
                }
                let mut heard = self.keys(vec![esc], now);
                heard.extend(self.first(key, now));
                heard
            }
        }
    }

    fn first(&mut self, key: KeyEvent, now: Instant) -> Vec<Heard> {
        let behind_esc = self.esc.take().is_some_and(|esc| now < esc + BEGUN);
        let awaited = self.awaits(now);
        if key.code == KeyCode::Char(']') && key.modifiers == KeyModifiers::ALT {
            self.reading = Reading::Begun(vec![key], now + BEGUN);
        } else if awaited && (key.code == KeyCode::Esc || behind_esc && is(key, ']')) {
            self.reading = Reading::Begun(vec![key], now + ESC_ALONE);
        } else {
            return self.keys(vec![key], now);
        }
        Vec::new()
    }

    /// Another key behind the beginning: `]`, digits, `;`.
    fn begun(&mut self, mut keys: Vec<KeyEvent>, key: KeyEvent, now: Instant) -> Vec<Heard> {
        let only_esc = keys.len() == 1 && keys[0].code == KeyCode::Esc;
        let numbered = keys.last().is_some_and(|last| digit(*last).is_some());
        let fits = if only_esc {
            is(key, ']')
        } else {
            digit(key).is_some() && keys.len() < 8
        };
        if !only_esc && numbered && is(key, ';') {
            let mut number: String = keys.into_iter().filter_map(digit).collect();
            number.push(';');
            self.reading = Reading::Answer(number, now);
        } else if fits {
            keys.push(key);
            self.reading = Reading::Begun(keys, now + BEGUN);
        } else {
            let mut heard = self.keys(keys, now);
            heard.extend(self.first(key, now));
            return heard;
        }
        Vec::new()
    }

    fn within(
        &mut self,
        mut text: String,
        key: KeyEvent,
        (last, now): (Instant, Instant),
    ) -> Vec<Heard> {
        let bell = key.code == KeyCode::Char('g') && key.modifiers == KeyModifiers::CONTROL;
        let end = key.code == KeyCode::Char('\\') && key.modifiers == KeyModifiers::ALT;
        if bell || end {
            return self.answered(&text);
        }
        match key.code {
            KeyCode::Esc => self.reading = Reading::Ending(text, key, now + ESC_ALONE),
            // A colour may come in pieces; other words belong to an answer only while they come at once.
            KeyCode::Char(c) if plain(key) && (of_a_color(c) || now < last + BEGUN) => {
                let room = text.len() < KEPT;
                if room {
                    text.push(c);
                }
                if room || now < last + BEGUN {
                    self.reading = Reading::Answer(text, now);
                }
            }
            _ => return self.first(key, now),
        }
        Vec::new()
    }

    fn answered(&mut self, text: &str) -> Vec<Heard> {
        let color = text.strip_prefix("11;").and_then(color);
        if text.starts_with("11;") {
            self.asked = None;
        }
        color.map(Heard::Ground).into_iter().collect()
    }

    fn keys(&mut self, keys: Vec<KeyEvent>, now: Instant) -> Vec<Heard> {
        if keys.last().is_some_and(|key| key.code == KeyCode::Esc) {
            self.esc = Some(now);
        }
        let heard = keys.into_iter().filter_map(key_of);
        heard.map(|key| Heard::Message(Message::Key(key))).collect()
    }
}

fn plain(key: KeyEvent) -> bool {
    !key.modifiers
        .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
}

fn is(key: KeyEvent, c: char) -> bool {
    key.code == KeyCode::Char(c) && plain(key)
}

fn digit(key: KeyEvent) -> Option<char> {
    match key.code {
        KeyCode::Char(c) if plain(key) && c.is_ascii_digit() => Some(c),
        _ => None,
    }
}

const fn of_a_color(c: char) -> bool {
    c.is_ascii_hexdigit() || matches!(c, 'r' | 'g' | ':' | '/' | '#')
}

/// A colour as X writes it: `rgb:` or `rgba:` with one to four hexadecimal digits a part (`XParseColor`), or `#rrggbb`.
fn color(text: &str) -> Option<Rgb> {
    if let Some(rgb) = Rgb::parse(text) {
        return Some(rgb);
    }
    let parts = text
        .strip_prefix("rgb:")
        .or_else(|| text.strip_prefix("rgba:"))?;
    let mut parts = parts.split('/').map(|part| {
        let digits = u32::try_from(part.len())
            .ok()
            .filter(|it| (1..=4).contains(it))?;
        let most = 16_u32.pow(digits) - 1;
        let value = u32::from_str_radix(part, 16).ok()?;
        u8::try_from(value * 255 / most).ok()
    });
    Some(Rgb(parts.next()??, parts.next()??, parts.next()??))
}

/// The message of an event that is no key, if the explorer has a use for it.
fn message(event: Event) -> Option<Message> {
    match event {
        Event::Paste(text) => Some(Message::Pasted(text)),
        Event::Resize(width, height) => Some(Message::Resize(width, height)),
        Event::Mouse(mouse) => mouse_of(mouse).map(Message::Mouse),
        _ => None,
    }
}
fn key_of(event: KeyEvent) -> Option<Key> {
    let code = match event.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => Code::BackTab,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    Some(Key {
        code,
        ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
        alt: event.modifiers.contains(KeyModifiers::ALT),
    })
}

fn mouse_of(event: MouseEvent) -> Option<Mouse> {
    let deed = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseDeed::Click,
        MouseEventKind::ScrollUp => MouseDeed::WheelUp,
        MouseEventKind::ScrollDown => MouseDeed::WheelDown,
        _ => return None,
    };
    Some(Mouse {
        x: event.column,
        y: event.row,
        deed,
    })
}

#[cfg(test)]
mod tests;
