//! A key as the explorer sees it; the shell translates what its terminal sends.

use std::fmt;

/// What was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character, shift already applied.
    Char(char),
    /// Enter or Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// The key that removes what stands before the cursor.
    Backspace,
    /// The key that removes what stands under the cursor.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key by its number.
    F(u8),
}

/// A key with its modifiers. Shift is part of the character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// What was pressed.
    pub code: Code,
    /// Whether Ctrl was held.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
}

impl Key {
    /// A key alone.
    pub const fn of(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
        }
    }

    /// A character alone.
    pub const fn char(c: char) -> Self {
        Self::of(Code::Char(c))
    }

    /// A character with Ctrl.
    pub const fn ctrl(c: char) -> Self {
        Self {
            code: Code::Char(c),
            ctrl: true,
            alt: false,
        }
    }

    /// The digit, if it is one.
    pub const fn digit(self) -> Option<usize> {
        match self.code {
            Code::Char(c @ '1'..='9') => Some(c as usize - '0' as usize),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        match self.code {
            Code::Char(' ') => f.write_str("Space"),
            Code::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            Code::Char(c) => write!(f, "{c}"),
            Code::Enter => f.write_str("Enter"),
            Code::Esc => f.write_str("Esc"),
            Code::Tab => f.write_str("Tab"),
            Code::BackTab => f.write_str("Shift-Tab"),
            Code::Backspace => f.write_str("Backspace"),
            Code::Delete => f.write_str("Del"),
            Code::Up => f.write_str("↑"),
            Code::Down => f.write_str("↓"),
            Code::Left => f.write_str("←"),
            Code::Right => f.write_str("→"),
            Code::Home => f.write_str("Home"),
            Code::End => f.write_str("End"),
            Code::PageUp => f.write_str("PgUp"),
            Code::PageDown => f.write_str("PgDn"),
            Code::F(n) => write!(f, "F{n}"),
        }
    }
}

/// The names of the keys that are no characters, as they are written in `settings.toml`.
const NAMES: [(&str, Code); 21] = [
    ("space", Code::Char(' ')),
    ("enter", Code::Enter),
    ("return", Code::Enter),
    ("esc", Code::Esc),
    ("escape", Code::Esc),
    ("tab", Code::Tab),
    ("backtab", Code::BackTab),
    ("backspace", Code::Backspace),
    ("del", Code::Delete),
    ("delete", Code::Delete),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pgup", Code::PageUp),
    ("page-up", Code::PageUp),
    ("pgdn", Code::PageDown),
    ("page-down", Code::PageDown),
    ("minus", Code::Char('-')),
];

impl Key {
    /// Reads a key as a person writes it: `x`, `X`, `ctrl-x`, `alt-left`, `f5`, `space`, `shift-tab`. `None` where it
    /// cannot be read, or where a terminal cannot tell it from another: Ctrl with I, M and `[` is Tab, Enter and Esc.
    pub fn parse(text: &str) -> Option<Self> {
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = text.trim();
        while let Some((modifier, more)) = rest.split_once('-').filter(|(_, more)| !more.is_empty())
        {
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" => ctrl = true,
                "alt" => alt = true,
                "shift" => shift = true,
                _ => break,
            }
            rest = more;
        }
        let mut code = code_of(rest)?;
        if shift {
            code = match code {
                Code::Tab => Code::BackTab,
                Code::Char(c) if c.is_ascii_lowercase() => Code::Char(c.to_ascii_uppercase()),
                _ => return None,
            };
        }
        if ctrl && let Code::Char(c) = code {
            let c = c.to_ascii_lowercase();
            if matches!(c, 'i' | 'm' | '[') {
                return None;
            }
            code = Code::Char(c);
        }
        Some(Self { code, ctrl, alt })
    }

    /// Whether it can be a command while text is typed: neither a letter nor what edits the text.
    pub const fn works_while_typing(self) -> bool {
        match self.code {
            Code::Char(_) => self.ctrl || self.alt,
            Code::Backspace | Code::Delete | Code::Left | Code::Right | Code::Home | Code::End => {
                self.alt
            }
            Code::Enter
            | Code::Esc
            | Code::Tab
            | Code::BackTab
            | Code::Up
            | Code::Down
            | Code::PageUp
            | Code::PageDown
            | Code::F(_) => true,
        }
    }
}

fn code_of(name: &str) -> Option<Code> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (!c.is_control() && c != ' ').then_some(Code::Char(c));
    }
    let lower = name.to_ascii_lowercase();
    let number = lower.strip_prefix('f').and_then(|n| n.parse::<u8>().ok());
    if let Some(n) = number.filter(|n| (1..=12).contains(n)) {
        return Some(Code::F(n));
    }
    NAMES
        .iter()
        .find(|(name, _)| *name == lower)
        .map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_a_person_writes_it() {
        let shown = |text: &str| Key::parse(text).map(|key| key.to_string());
        for (written, meant) in [
            ("x", "x"),
            ("X", "X"),
            ("shift-x", "X"),
            ("ctrl-X", "Ctrl-X"),
            ("Ctrl-x", "Ctrl-X"),
            ("alt-left", "Alt-←"),
            ("ctrl-alt-x", "Ctrl-Alt-X"),
            ("f5", "F5"),
            ("space", "Space"),
            ("shift-tab", "Shift-Tab"),
            ("page-down", "PgDn"),
            ("-", "-"),
            ("ctrl--", "Ctrl--"),
            (":", ":"),
        ] {
            assert_eq!(shown(written).as_deref(), Some(meant), "{written}");
        }
        for unreadable in [
            "", "ctrl-", "hyper-x", "f13", "ctrl-i", "ctrl-m", "xy", "shift-up",
        ] {
            assert_eq!(shown(unreadable), None, "{unreadable}");
        }
    }
}
