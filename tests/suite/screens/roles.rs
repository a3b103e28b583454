//! What each cell of a screen means: one letter for each role, so that a change of meaning is seen and not only one of
//! words.

use std::fmt::Write as _;

use tokenscope::explorer::Role;
use unicode_width::UnicodeWidthStr;

use super::desk::Desk;

/// What the letters stand for; `.` is ordinary text.
const LETTERS: [(Role, char); 17] = [
    (Role::Plain, '.'),
    (Role::Dim, 'd'),
    (Role::Strong, 'S'),
    (Role::Label, 'l'),
    (Role::Granted, 'G'),
    (Role::Refused, 'R'),
    (Role::Waiting, 'W'),
    (Role::Secret, 'x'),
    (Role::Link, 'u'),
    (Role::Key, 'k'),
    (Role::Member, 'm'),
    (Role::Text, 't'),
    (Role::Number, 'n'),
    (Role::Word, 'w'),
    (Role::Big, 'B'),
    (Role::Scan, 'c'),
    (Role::Warning, '!'),
];

fn letter(role: Role) -> char {
    let known = LETTERS.iter().find(|(known, _)| *known == role);
    known.map_or('?', |(_, letter)| *letter)
}

/// The roles on a screen: panes named by what they are called, lowest first, with the rows that are in sight.
pub fn map(desk: &Desk) -> String {
    let mut out = String::new();
    for (pane, area) in desk.state.areas() {
        let _ = writeln!(out, "[{pane:?}]");
        let (content, scroll) = (desk.state.content(pane), desk.state.scroll(pane));
        let inside = usize::from(area.h.saturating_sub(2));
        for row in content.rows.iter().skip(scroll.top).take(inside) {
            let mut line = String::new();
            for (role, text) in &row.pieces {
                for word in text.split_inclusive(' ') {
                    let solid = word.trim_end_matches(' ');
                    line.extend(std::iter::repeat_n(letter(*role), solid.width()));
                    line.push_str(&word[solid.len()..]);
                }
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    out
}
