//! What a typed line means where more than a choice is typed: fields, answers, pastes, searches.

use crate::explorer::{self, Action, Code, Effects, Footer, Key, Message, Mode, Pane};
use crate::strings::explorer::NOT_FOUND;
use crate::strings::linear as s;

use super::{Dialogue, Turn, Wanted, say, speech};

/// The keys that empty a line.
const CLEARED: [Key; 2] = [Key::ctrl('e'), Key::ctrl('u')];

impl Dialogue {
    /// The entry of a number.
    pub(super) fn number(&mut self, number: usize) -> Turn {
        let named = self.numbers.iter().find(|(n, ..)| *n == number);
        let Some((_, pane, item)) = named.copied() else {
            return say(s::no_such_number(number));
        };
        explorer::update(&mut self.state, Message::Point(pane, Some(item)));
        if pane == Pane::Form {
            return self.field(item);
        }
        self.press(&[Key::of(Code::Enter)])
    }

    /// A field of a form: the next value of a choice, or a line for its text.
    pub(super) fn field(&mut self, item: usize) -> Turn {
        if self.state.content(Pane::Form).caret.is_none() {
            return self.press(&[Key::ctrl('n')]);
        }
        let spoken = speech::pane(&self.state, Pane::Form);
        let field = spoken.iter().find(|line| line.begins == Some(item));
        let words = field.map_or("", |line| line.words.as_str());
        self.wanted = Wanted::Value;
        say(s::new_value(words))
    }

    /// The new value of a field.
    pub(super) fn value(&mut self, line: &str) -> Turn {
        match line.trim() {
            "" => Turn::default(),
            "-" => self.press(&CLEARED),
            text => self.replaced(text, &[]),
        }
    }

    /// What a prompt of the explorer waits for.
    pub(super) fn prompted(&mut self, line: &str) -> Turn {
        if line.trim().is_empty() {
            return self.press(&[Key::of(Code::Esc)]);
        }
        self.replaced(line, &[Key::of(Code::Enter)])
    }

    /// The line of the catalogue.
    pub(super) fn look_up(&mut self, line: &str) -> Turn {
        match line.trim() {
            "back" => self.press(&[Key::of(Code::Esc)]),
            "quit" => self.press(&[Key::ctrl('c')]),
            "" => self.press(&[Key::of(Code::Tab)]),
            text => self.replaced(text, &[Key::of(Code::Tab)]),
        }
    }

    /// An answer that is not shown.
    pub(super) fn answer(&mut self, line: &str) -> Turn {
        if !line.is_empty() {
            let mut effects = explorer::update(&mut self.state, Message::Pasted(line.to_owned()));
            let turn = self.press(&[Key::of(Code::Enter)]);
            effects.extend(turn.effects);
            return Turn { effects, ..turn };
        }
        // In the lab its user answers; elsewhere nothing typed is no answer.
        let turn = self.press(&[Key::of(Code::Enter)]);
        if turn.effects.is_empty() && self.is_hidden() {
            return self.press(&[Key::of(Code::Esc)]);
        }
        turn
    }

    /// A line of a paste.
    pub(super) fn text(&mut self, mut before: Vec<String>, line: &str) -> Turn {
        if line.trim() != "." {
            before.push(line.to_owned());
            self.wanted = Wanted::Text(before);
            return Turn::default();
        }
        if before.is_empty() {
            return self.press(&[Key::of(Code::Esc)]);
        }
        let mut text = before.join("\n");
        if self.state.pane() == Pane::Draft {
            // A message is added to: a line cannot be pointed at here.
            let end = Key {
                ctrl: true,
                ..Key::of(Code::End)
            };
            explorer::update(&mut self.state, Message::Key(end));
            text.insert(0, '\n');
        }
        let mut effects = explorer::update(&mut self.state, Message::Pasted(text));
        let turn = self.press(&[Key::ctrl('d')]);
        effects.extend(turn.effects);
        Turn { effects, ..turn }
    }

    /// Puts a text in place of what a line holds, then presses keys.
    pub(super) fn replaced(&mut self, text: &str, then: &[Key]) -> Turn {
        let mut effects = Effects::new();
        for key in CLEARED {
            effects.extend(explorer::update(&mut self.state, Message::Key(key)));
        }
        let text = Message::Pasted(text.to_owned());
        effects.extend(explorer::update(&mut self.state, text));
        let turn = self.press(then);
        effects.extend(turn.effects);
        Turn { effects, ..turn }
    }

    /// Looks for a word, where that can be done.
    pub(super) fn search(&mut self, text: &str) -> Turn {
        let begins = self
            .state
            .bindings()
            .any(|binding| binding.action == Action::Search);
        if !begins || self.state.mode() == Mode::Text {
            return say(s::NO_SEARCH.to_owned());
        }
        let pane = self.state.pane();
        let mut effects = explorer::update(&mut self.state, Message::Key(Key::char('/')));
        if self.state.pane() == Pane::Lookup {
            return self.look_up(text);
        }
        let turn = self.replaced(text, &[Key::of(Code::Enter)]);
        effects.extend(turn.effects);
        let content = self.state.content(pane);
        let mut lines = turn.lines;
        let found = !matches!(self.state.footer(), Footer::Said(NOT_FOUND, _));
        if !content.list && found {
            let row = self.state.scroll(pane).row;
            let words = speech::heard(&content.row_text(row));
            lines.insert(0, s::found_at(row + 1, &words));
        }
        Turn { effects, lines }
    }

    /// A key by its own name.
    pub(super) fn by_key(&mut self, typed: &str) -> Turn {
        let named = |binding: &explorer::Binding| {
            let mut keys = binding.keys.iter();
            keys.find(|key| key.to_string() == typed).copied()
        };
        let key = self.state.bindings().find_map(named);
        let key = key.filter(|key| {
            self.state.mode() == Mode::Normal || key.ctrl || !matches!(key.code, Code::Char(_))
        });
        match key {
            Some(key) => self.press(&[key]),
            None => say(s::not_understood(typed)),
        }
    }
}
