//! Where quoted text closes, at every level of escaping.

use super::{ENTITIES, blanks, starts};

/// Whether an entity is an apostrophe, which may also stand inside a word.
pub(super) fn is_apostrophe(entity: &[u8]) -> bool {
    ENTITIES[3..]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(entity))
}

/// Whether `slashes` backslashes and a quotation mark end a string at this level of escaping.
fn ends_string(mut slashes: usize, mut level: u32) -> bool {
    loop {
        if slashes.is_multiple_of(2) {
            return true;
        }
        if level == 0 {
            return false;
        }
        slashes = (slashes - 1) / 2;
        level -= 1;
    }
}

/// Remembers where apostrophes close, so that many openings before one far closing cost one search, not many.
#[derive(Default)]
pub(crate) struct Memo {
    /// The mark, where a search began, and what it found.
    last: Option<(u8, usize, Option<usize>)>,
}

impl Memo {
    pub(super) fn close_single(
        &mut self,
        bytes: &[u8],
        start: usize,
        mark: u8,
    ) -> Option<(usize, usize)> {
        let known = self.last.filter(|(m, from, close)| {
            *m == mark && *from <= start && close.is_none_or(|close| start <= close)
        });
        let close = known.map_or_else(|| close_single(bytes, start, mark), |(_, _, close)| close);
        if known.is_none() {
            self.last = Some((mark, start, close));
        }
        close.map(|at| (at, at + 1))
    }

    pub(super) fn close_entity(
        &mut self,
        bytes: &[u8],
        start: usize,
        length: usize,
    ) -> Option<usize> {
        let mark = bytes[start - 2];
        let known = self.last.filter(|(m, from, close)| {
            *m == mark && *from <= start && close.is_none_or(|close| start <= close)
        });
        if let Some((_, _, close)) = known {
            return close;
        }
        let entity = &bytes[start - length..start];
        let close = (start..bytes.len()).find(|at| {
            bytes[*at] == b'&'
                && starts(bytes, *at, entity)
                && may_follow(bytes.get(blanks(bytes, at + length)))
        });
        self.last = Some((mark, start, close));
        close
    }
}

pub(super) fn close_double(bytes: &[u8], start: usize, level: u32) -> Option<(usize, usize)> {
    let mut slashes = 0;
    for (offset, b) in bytes[start..].iter().enumerate() {
        match b {
            b'\\' => slashes += 1,
            b'"' if ends_string(slashes, level) => {
                let own = (1_usize << level.min(20)) - 1;
                let at = start + offset;
                return Some((at - own.min(slashes), at + 1));
            }
            _ => slashes = 0,
        }
    }
    None
}

/// Whether something may stand behind a value.
const fn may_follow(next: Option<&u8>) -> bool {
    matches!(
        next,
        None | Some(
            b',' | b'}'
                | b']'
                | b')'
                | b':'
                | b';'
                | b'\r'
                | b'\n'
                | b'='
                | b'>'
                | b'"'
                | b'\''
                | b'.'
                | b'/'
        )
    )
}

/// An apostrophe closes where something follows that may follow a value.
fn close_single(bytes: &[u8], start: usize, mark: u8) -> Option<usize> {
    let mut i = start;
    while let Some(&b) = bytes.get(i) {
        if b == b'\\' {
            i += 2;
            continue;
        }
        if b == mark && may_follow(bytes.get(blanks(bytes, i + 1))) {
            return Some(i);
        }
        i += 1;
    }
    None
}
