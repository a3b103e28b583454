//! Text that has passed a check: [`Clean`] is safe for a terminal, [`Redacted`] holds no secret.

use std::fmt::{self, Write as _};

/// Text without control bytes, escape sequences, bidirectional overrides or zero-width characters. Line feeds
/// stay; a tab becomes four spaces; everything else that could act on a terminal becomes a visible mark.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Clean(String);

impl Clean {
    /// Cleans text that may span lines.
    pub fn block(text: &str) -> Self {
        let mut out = String::with_capacity(text.len());
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '\n' => out.push('\n'),
                '\r' if rest.peek() == Some(&'\n') => {}
                '\t' => out.push_str("    "),
                c => push_visible(&mut out, c),
            }
        }
        Self(out)
    }

    /// Cleans text that must stay on one line: line ends become a visible mark.
    pub fn line(text: &str) -> Self {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\n' => out.push('⏎'),
                '\r' => {}
                '\t' => out.push(' '),
                c => push_visible(&mut out, c),
            }
        }
        Self(out)
    }

    /// Cleans a JSON document in place: inside its strings, which is the only place where such characters can stand,
    /// each becomes the escape that means the same.
    pub fn json(document: &str) -> Self {
        let mut out = String::with_capacity(document.len());
        let mut rest = document;
        loop {
            let length = rest.bytes().position(|b| !is_plain(b));
            let (plain, odd) = rest.split_at(length.unwrap_or(rest.len()));
            out.push_str(plain);
            let Some(c) = odd.chars().next() else {
                return Self(out);
            };
            if acts(c) {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            } else {
                out.push(c);
            }
            rest = &odd[c.len_utf8()..];
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn push_visible(out: &mut String, c: char) {
    match c {
        '\u{0}'..='\u{1f}' => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}')),
        '\u{7f}' => out.push('\u{2421}'),
        c if acts(c) => {
            let _ = write!(out, "‹U+{:04X}›", c as u32);
        }
        c => out.push(c),
    }
}

/// Whether a byte is a character by itself that no terminal obeys.
const fn is_plain(b: u8) -> bool {
    matches!(b, b' '..=b'~' | b'\n' | b'\t')
}

/// Whether a terminal obeys the character or shows nothing for it, line feeds and tabs aside: controls, line and
/// paragraph separators, and what Unicode calls default ignorable (direction overrides, joiners, fillers, tags), of
/// which only the two selectors between text and emoji are let through.
fn acts(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0d}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => true,
        c => c.is_control(),
    }
}

/// A value from which secrets were removed. Only the `redact` module makes one (the architecture test sees to
/// it); history, reports, logs and the clipboard accept nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted<T>(T);

impl<T> Redacted<T> {
    /// Vouches that the value holds no secret. For the `redact` module alone.
    pub const fn vouch(value: T) -> Self {
        Self(value)
    }

    /// The value.
    pub const fn get(&self) -> &T {
        &self.0
    }

    /// What is made of the value alone, which holds no secret either.
    pub fn map<U>(&self, make: impl FnOnce(&T) -> U) -> Redacted<U> {
        Redacted(make(&self.0))
    }

    /// The value, owned.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T, E> Redacted<Result<T, E>> {
    /// The value that holds no secret, or why there is none.
    ///
    /// # Errors
    /// As the result itself.
    pub fn transpose(self) -> Result<Redacted<T>, E> {
        self.0.map(Redacted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_escape_sequence_is_shown_and_not_obeyed() {
        assert_eq!(
            Clean::line("a\u{1b}[31mb\u{202e}c").as_str(),
            "a␛[31mb‹U+202E›c"
        );
    }

    #[test]
    fn a_cleaned_document_means_the_same() {
        let value = serde_json::json!({ "a\u{202e}": "\u{9b}\u{7f}\u{e0041}\u{3164}\n\t é" });
        let clean = Clean::json(&format!("{value:#}"));
        assert!(clean.as_str().contains("\\udb40\\udc41") && clean.as_str().contains("\\u009b"));
        assert!(!clean.as_str().contains('\u{202e}'));
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(clean.as_str()).unwrap(),
            value
        );
    }

    proptest! {
        #[test]
        fn nothing_that_acts_on_a_terminal_survives(text in "\\PC*|[\\x00-\\x9f]*") {
            for clean in [Clean::block(&text), Clean::line(&text)] {
                prop_assert!(!clean.as_str().chars().any(|c| c.is_control() && c != '\n'));
            }
        }
    }
}
