//! The explorer on a desk: keys in, notices in, the screen out as text.

use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tokenscope::explorer::{Code, Effect, Effects, Key, Keys, Message, Opened, State, update};
use tokenscope::model::{Depth, Opening, Profile};
use tokenscope::redact::Redactor;
use tokenscope::session::{Command, Notice};
use tokenscope::settings::themes;
use tokenscope::tui::{Frame, Theme, draw};

use super::samples;

/// A built-in theme.
pub fn theme(name: &str, depth: Depth, ascii: bool) -> Theme {
    let scheme = themes::find(Path::new("/nowhere"), name, "--theme").expect("it is built in");
    Theme::new(&scheme, depth, ascii)
}

pub struct Desk {
    pub state: State,
}

impl Desk {
    pub fn open(size: (u16, u16), opening: Opening) -> Self {
        Self::with_profiles(size, opening, Vec::new())
    }

    pub fn with_profiles(size: (u16, u16), opening: Opening, profiles: Vec<Profile>) -> Self {
        Self {
            state: State::new(Opened {
                opening,
                redactor: Redactor::new([7; 16]),
                now: samples::NOW,
                size,
                profiles,
                keys: Keys::default(),
            }),
        }
    }

    pub fn demo(size: (u16, u16)) -> Self {
        let mut desk = Self::open(size, Opening::Demo { scenario: None });
        desk.state.begin();
        desk.tell(samples::lab_ready());
        desk.tell(samples::scenarios());
        desk
    }

    /// The demo with its scenario set up and its first run refused.
    pub fn refused(size: (u16, u16)) -> Self {
        let mut desk = Self::demo(size);
        desk.tell(samples::scenario_ready());
        desk.tell_all(samples::refused_run(1));
        desk
    }

    pub fn tell(&mut self, notice: Notice) -> Effects {
        update(&mut self.state, Message::Notice(Box::new(notice)))
    }

    pub fn tell_all(&mut self, notices: Vec<Notice>) {
        for notice in notices {
            self.tell(notice);
        }
    }

    /// Presses keys, separated by spaces: `j`, `Enter`, `Ctrl-D` …
    pub fn press(&mut self, keys: &str) -> Effects {
        let mut effects = Vec::new();
        for key in keys.split_whitespace() {
            effects.extend(update(&mut self.state, Message::Key(key_of(key))));
        }
        effects
    }

    /// Pastes a text, as the terminal hands it over.
    pub fn paste(&mut self, text: &str) {
        let _ = update(&mut self.state, Message::Pasted(text.to_owned()));
    }

    pub fn type_text(&mut self, text: &str) {
        for c in text.chars() {
            update(&mut self.state, Message::Key(Key::char(c)));
        }
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        update(&mut self.state, Message::Resize(width, height));
    }

    pub fn text_with(&self, theme: &Theme) -> String {
        let height = self.state.size.1;
        let frame = self.frame(theme);
        let buf = &frame.buffer;
        let rows: Vec<String> = (0..height)
            .map(|y| row(buf, y).trim_end().to_owned())
            .collect();
        rows.join("\n")
    }

    pub fn frame(&self, theme: &Theme) -> Frame {
        let (width, height) = self.state.size;
        let mut frame = Frame::blank(Rect::new(0, 0, width, height));
        draw(&self.state, theme, &mut frame);
        frame
    }

    pub fn text(&self) -> String {
        self.text_with(&Theme::plain())
    }

    #[track_caller]
    pub fn shows(&self, text: &str) {
        let screen = self.text();
        assert!(screen.contains(text), "no {text:?} in\n{screen}");
    }

    #[track_caller]
    pub fn hides(&self, text: &str) {
        let screen = self.text();
        assert!(!screen.contains(text), "{text:?} in\n{screen}");
    }
}

fn row(buf: &Buffer, y: u16) -> String {
    let mut out = String::new();
    let mut skip = 0;
    for x in 0..buf.area.width {
        let symbol = buf[(x, y)].symbol();
        if skip == 0 {
            out.push_str(symbol);
            skip = unicode_width::UnicodeWidthStr::width(symbol).max(1);
        }
        skip -= 1;
    }
    out
}

pub fn key_of(text: &str) -> Key {
    let (ctrl, text) = match text.strip_prefix("Ctrl-") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (alt, text) = match text.strip_prefix("Alt-") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let code = match text {
        "Enter" => Code::Enter,
        "Esc" => Code::Esc,
        "Tab" => Code::Tab,
        "Shift-Tab" => Code::BackTab,
        "Up" => Code::Up,
        "Down" => Code::Down,
        "Left" => Code::Left,
        "Right" => Code::Right,
        "Backspace" => Code::Backspace,
        "PgDn" => Code::PageDown,
        "Space" => Code::Char(' '),
        one => {
            let c = one.chars().next().expect("a key has a name");
            Code::Char(if ctrl { c.to_ascii_lowercase() } else { c })
        }
    };
    Key { code, ctrl, alt }
}

/// The commands among effects, as text.
pub fn commands(effects: &Effects) -> Vec<String> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Ask(command) => Some(format!("{command:?}")),
            _ => None,
        })
        .collect()
}

/// The one command among effects.
#[track_caller]
pub fn command(effects: Effects) -> Command {
    let mut all: Vec<Command> = effects
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Ask(command) => Some(command),
            _ => None,
        })
        .collect();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}
