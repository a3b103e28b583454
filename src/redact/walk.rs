//! The walk over the names of a text, to the secrets that stand under them.

use std::ops::Range;

use super::credential::{is_secret_value, kind_of};
use super::find::Hit;
use super::mark;
use super::name::{self, Named};
use crate::decode::member::{self, Memo, Quoted, Separator};
use crate::decode::unescape;

/// A code is not longer than this.
const LONGEST_CODE: usize = 8 << 10;

/// Every secret that stands under a name.
pub(super) fn hits(text: &str) -> Vec<Hit> {
    let mut finder = Finder {
        text,
        bytes: text.as_bytes(),
        memo: Memo::default(),
        hits: Vec::new(),
        covered: 0,
        line: 0..0,
    };
    finder.named();
    finder.hits
}

/// The state of the walk.
pub(super) struct Finder<'a> {
    pub text: &'a str,
    pub bytes: &'a [u8],
    memo: Memo,
    hits: Vec<Hit>,
    /// Everything before this place is looked at already: it belongs to a secret or to a header.
    pub covered: usize,
    /// The line that a header's value was looked for in last.
    line: Range<usize>,
}

const fn is_name(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')
}

impl Finder<'_> {
    /// Looks at every name in the text.
    fn named(&mut self) {
        let mut at = 0;
        while at < self.bytes.len() {
            if !is_name(self.bytes[at]) {
                at += 1;
                continue;
            }
            let end = at + self.bytes[at..].iter().take_while(|b| is_name(**b)).count();
            let start = self.name_start(at, end);
            if end - start <= 80 && start >= self.covered {
                self.name(start..end);
            }
            at = end;
        }
    }

    pub fn hit(&mut self, hit: Hit) {
        self.covered = self.covered.max(hit.at.end);
        self.hits.push(hit);
    }

    /// A name without the letter of an escape (`\n`) or the digits of an encoded byte (`%26`) before it.
    fn name_start(&self, at: usize, end: usize) -> usize {
        match at.checked_sub(1).map(|before| self.bytes[before]) {
            Some(b'\\') if matches!(self.bytes[at], b'n' | b'r' | b't') => at + 1,
            Some(b'%') if end - at > 2 => {
                // `%2526`: an encoded percent sign is followed by the digits of what it encodes.
                let mut digits = at;
                while self.bytes.get(digits..digits + 2) == Some(b"25") {
                    digits += 2;
                }
                (digits + 2).min(end)
            }
            _ => at,
        }
    }

    fn name(&mut self, at: Range<usize>) {
        let name = &self.text[at.clone()];
        if name.eq_ignore_ascii_case("bearer") {
            self.bearer(at.end);
            return;
        }
        let Some(named) = name::kind(name) else {
            return;
        };
        if let Some((separator, value)) = member::separator(self.bytes, at.end) {
            self.value(named, &at, separator, value);
            return;
        }
        self.apart(named, &at);
    }

    /// A value that does not follow its name directly: `{"name":"x","value":"…"}`, `name="x" value="…"`,
    /// `--client-secret …`, `<Password>…</Password>`.
    fn apart(&mut self, named: Named, at: &Range<usize>) {
        if let Some((_, behind)) = member::quote(self.bytes, at.end) {
            let mut next = member::spaces(self.bytes, behind);
            if self.bytes.get(next) == Some(&b',') {
                next = member::spaces(self.bytes, next + 1);
            }
            next = member::quote(self.bytes, next).map_or(next, |(_, inside)| inside);
            let word = self
                .bytes
                .get(next..next + 5)
                .is_some_and(|word| word.eq_ignore_ascii_case(b"value"));
            if let Some((separator, value)) = word
                .then(|| member::separator(self.bytes, next + 5))
                .flatten()
            {
                self.value(named, at, separator, value);
            }
            return;
        }
        let before = at.start.checked_sub(1).map(|i| self.bytes[i]);
        match self.bytes.get(at.end) {
            Some(b' ') if self.bytes[at.start] == b'-' => {
                let value = member::blanks(self.bytes, at.end);
                self.value(named, at, Separator::Equals, value);
            }
            Some(b'>') if matches!(before, Some(b'<' | b':')) => {
                let end = self.bytes[at.end..]
                    .iter()
                    .position(|b| *b == b'<')
                    .map_or(self.bytes.len(), |n| at.end + n);
                self.secret(named, at.end + 1..end, unescape::entities);
            }
            _ => {}
        }
    }

    fn value(&mut self, named: Named, name: &Range<usize>, separator: Separator, value: usize) {
        let mut at = value;
        if self.bytes.get(at) == Some(&b'[') {
            at = member::spaces(self.bytes, at + 1);
            let mut left = 20;
            while let Some(quoted) =
                member::quoted(self.bytes, at, &mut self.memo).filter(|_| left > 0)
            {
                self.quoted(named, name, &quoted);
                at = member::spaces(self.bytes, quoted.end);
                if self.bytes.get(at) != Some(&b',') {
                    return;
                }
                at = member::spaces(self.bytes, at + 1);
                left -= 1;
            }
            return;
        }
        if let Some(quoted) = member::quoted(self.bytes, at, &mut self.memo) {
            self.quoted(named, name, &quoted);
            return;
        }
        if matches!(self.bytes.get(at), None | Some(b'{')) {
            return;
        }
        match named {
            Named::Authorization => {
                let end = self.line_end(at);
                self.authorization(at..end);
            }
            Named::Cookie => {
                let end = self.line_end(at);
                self.cookies(name, at..end);
            }
            Named::Secret(_) | Named::Code | Named::Vague => self.bare(named, name, separator, at),
        }
    }

    /// The end of a header line, also where it is quoted as a whole (`-H 'Cookie: …'`).
    fn line_end(&mut self, at: usize) -> usize {
        if self.line.contains(&at) {
            return self.line.end;
        }
        let end = self.find_line_end(at);
        self.line = at..end;
        end
    }

    fn find_line_end(&self, at: usize) -> usize {
        let end = self.bytes[at..]
            .iter()
            .position(|b| matches!(b, b'\r' | b'\n' | b'"'));
        let end = end.map_or(self.bytes.len(), |n| at + n);
        if self.bytes.get(end) == Some(&b'"') {
            let slashes = self.bytes[at..end]
                .iter()
                .rev()
                .take_while(|b| **b == b'\\')
                .count();
            return end - slashes;
        }
        end
    }

    fn quoted(&mut self, named: Named, name: &Range<usize>, quoted: &Quoted) {
        let inside = quoted.inside.clone();
        let Some(raw) = self.text.get(inside.clone()) else {
            return;
        };
        match named {
            Named::Authorization => self.authorization(inside),
            Named::Cookie => self.cookies(name, inside),
            Named::Code | Named::Vague
                if raw.len() > LONGEST_CODE
                    || !is_secret_value(&member::plain(self.text, quoted)) => {}
            Named::Secret(_) | Named::Code | Named::Vague => {
                if mark::skip(raw.trim()) < raw.trim().len() {
                    let value = member::plain(self.text, quoted);
                    self.hit(Hit::new(inside, kind_of(named), value));
                }
            }
        }
    }
}
