//! The explorer as a conversation: a typed line in, lines to print and effects out. It draws nothing, reads nothing and
//! waits for nothing; what a number means is what was last printed beside it.

use crate::explorer::{
    self, Action, Code, Effects, Footer, Key, Message, Notice, Opened, Pane, Scene, State,
};
use crate::strings::linear as s;

use super::speech;

mod heard;
mod typed;

/// Columns and rows that nothing has to be wrapped for.
const ROOM: (u16, u16) = (1000, 1000);

/// What the next line is typed for.
#[derive(Debug, Default)]
enum Wanted {
    /// To choose.
    #[default]
    Choice,
    /// To choose among everything that can be done.
    Deed(Vec<Deed>),
    /// The value of a field.
    Value,
    /// Text of several lines.
    Text(Vec<String>),
}

/// Something that can be done here, besides choosing an entry.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Press(Key),
    Go(Pane),
}

/// What comes of a line or a notice.
#[derive(Debug, Default)]
pub struct Turn {
    /// What must happen outside.
    pub effects: Effects,
    /// What to print.
    pub lines: Vec<String>,
}

/// The conversation.
pub struct Dialogue {
    state: State,
    wanted: Wanted,
    /// What was last printed of the panes, and which they were.
    heard: (Vec<Pane>, Vec<String>),
    /// The sentence that was last said below them.
    said: String,
    /// Lines that were not printed yet.
    ahead: Vec<String>,
    /// What the numbers that were printed last stand for.
    numbers: Vec<(usize, Pane, usize)>,
}

impl Dialogue {
    /// Opens the explorer; the size it was to have is not used.
    pub fn open(opened: Opened) -> Self {
        Self {
            state: State::new(Opened {
                size: ROOM,
                ..opened
            }),
            wanted: Wanted::Choice,
            heard: Default::default(),
            said: String::new(),
            ahead: Vec::new(),
            numbers: Vec::new(),
        }
    }

    /// The explorer.
    pub const fn state(&mut self) -> &mut State {
        &mut self.state
    }

    /// What is said first, and what is asked of the session then.
    pub fn begin(&mut self) -> Turn {
        let effects = self.state.begin();
        let mut lines: Vec<String> = s::WELCOME.map(str::to_owned).to_vec();
        lines.extend(self.all());
        Turn { effects, lines }
    }

    /// Whether what is typed next must not be shown.
    pub fn is_hidden(&self) -> bool {
        self.state.pane() == Pane::Ask
    }

    /// What is typed from now on is not shown.
    pub fn unseen(&self) -> Turn {
        say(s::HIDDEN.to_owned())
    }

    /// The session tells something: what is new is printed. `reading`: a line that is shown was begun already.
    pub fn told(&mut self, notice: Notice, reading: bool) -> Turn {
        let asked_before = self.is_hidden();
        let effects = explorer::update(&mut self.state, Message::Notice(Box::new(notice)));
        let mut lines = self.news();
        if !lines.is_empty() {
            lines.extend(self.invitation());
        }
        if self.is_hidden() && !asked_before {
            self.wanted = Wanted::Choice;
            let how = if reading { s::ENTER_FIRST } else { s::HIDDEN };
            lines.push(how.to_owned());
        }
        Turn { effects, lines }
    }

    /// A line was typed.
    pub fn line(&mut self, line: &str) -> Turn {
        let line = line.trim_end_matches(['\r', '\n']);
        let wanted = std::mem::take(&mut self.wanted);
        match wanted {
            Wanted::Text(before) => self.text(before, line),
            Wanted::Value => self.value(line),
            Wanted::Deed(deeds) => match line.trim().parse::<usize>() {
                Ok(0) => self.deeds(),
                Ok(number) => match deeds.get(number - 1).copied() {
                    Some(deed) => self.perform(deed),
                    None => say(s::no_such_number(number)),
                },
                Err(_) => self.choice(line),
            },
            Wanted::Choice => match self.state.pane() {
                Pane::Ask => self.answer(line),
                Pane::Lookup => self.look_up(line),
                _ if self.typing() => self.prompted(line),
                _ => self.choice(line),
            },
        }
    }

    /// Whether a prompt of the explorer waits for a line.
    fn typing(&self) -> bool {
        matches!(
            self.state.footer(),
            Footer::Search(..) | Footer::Order(..) | Footer::Call(..)
        )
    }

    fn choice(&mut self, line: &str) -> Turn {
        let typed = line.trim();
        match typed {
            "" | "more" => self.go_on(),
            "again" => Turn {
                lines: self.all(),
                ..Turn::default()
            },
            "back" => self.press(&[Key::of(Code::Esc)]),
            "quit" => self.press(&[Key::ctrl('c')]),
            "0" => self.deeds(),
            _ => {
                if let Ok(number) = typed.parse::<usize>() {
                    self.number(number)
                } else if let Some(text) = typed.strip_prefix('/') {
                    self.search(text)
                } else {
                    self.by_key(typed)
                }
            }
        }
    }

    /// The rest of what was printed.
    fn go_on(&mut self) -> Turn {
        if self.ahead.is_empty() {
            return say(s::NOTHING_MORE.to_owned());
        }
        let rest = std::mem::take(&mut self.ahead);
        let mut lines = self.paged(rest);
        if self.ahead.is_empty() {
            lines.extend(self.invitation());
        }
        Turn {
            lines,
            ..Turn::default()
        }
    }

    fn perform(&mut self, deed: Deed) -> Turn {
        match deed {
            Deed::Press(key) => self.press(&[key]),
            Deed::Go(pane) => {
                explorer::update(&mut self.state, Message::Point(pane, None));
                Turn {
                    lines: self.all(),
                    ..Turn::default()
                }
            }
        }
    }

    /// Presses keys, and tells what became of it.
    fn press(&mut self, keys: &[Key]) -> Turn {
        let pane = self.state.pane();
        let before = self.state.scroll(pane).row;
        let mut effects = Effects::new();
        for key in keys {
            effects.extend(explorer::update(&mut self.state, Message::Key(*key)));
        }
        self.said.clear();
        let mut lines = self.news();
        let row = self.state.scroll(pane).row;
        let content = self.state.content(pane);
        if lines.is_empty() && row != before && !content.list {
            let words = speech::heard(&content.row_text(row));
            lines.push(s::found_at(row + 1, &words));
        }
        lines.extend(self.invitation());
        Turn { effects, lines }
    }

    /// Everything that can be done here, numbered.
    fn deeds(&mut self) -> Turn {
        let mut deeds = Vec::new();
        let mut lines = vec![s::heading(s::DEEDS, "")];
        let bindings = self.state.bindings();
        for binding in bindings.filter(|binding| !only_moves(binding.action)) {
            let Some(key) = binding.keys.first() else {
                continue;
            };
            deeds.push(Deed::Press(*key));
            lines.push(s::deed(deeds.len(), binding.hint, &key.to_string()));
        }
        if self.state.scene() == Scene::Main && self.state.pane().is_main() {
            for pane in Pane::MAIN {
                deeds.push(Deed::Go(pane));
                let words = s::go_to(&speech::title(&self.state, pane));
                lines.push(s::choice(deeds.len(), &words));
            }
        }
        self.wanted = Wanted::Deed(deeds);
        Turn {
            lines,
            ..Turn::default()
        }
    }
}

fn say(words: String) -> Turn {
    Turn {
        lines: vec![words],
        ..Turn::default()
    }
}

/// Actions that only move over a screen, or concern one.
const fn only_moves(action: Action) -> bool {
    matches!(
        action,
        Action::Up
            | Action::Down
            | Action::Top
            | Action::Bottom
            | Action::PageUp
            | Action::PageDown
            | Action::DoNumber
            | Action::NextPane
            | Action::PreviousPane
            | Action::NextField
            | Action::PreviousField
            | Action::Mouse
            | Action::Palette
            | Action::Redraw
            | Action::Suspend
            | Action::Interrupt
    )
}

#[cfg(test)]
mod tests;
