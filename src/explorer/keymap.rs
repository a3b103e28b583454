//! The one table of keys: dispatch, footer and help read it and nothing else.

use super::action::Action;
use super::key::{Code, Key};
use super::pane::{Mode, Pane};
use crate::strings::explorer as s;

/// Where a binding holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere.
    Any,
    /// In every pane of the main screen.
    Main,
    /// In every box that lies over a scene.
    Over,
    /// In these panes.
    In(&'static [Pane]),
}

impl Scope {
    /// Whether it covers a pane.
    pub fn covers(self, pane: Pane) -> bool {
        match self {
            Self::Any => true,
            Self::Main => pane.is_main(),
            Self::Over => pane.is_over(),
            Self::In(panes) => panes.contains(&pane),
        }
    }
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where it holds.
    pub scope: Scope,
    /// In which mode.
    pub mode: Mode,
    /// The keys; the first is the one the footer names.
    pub keys: &'static [Key],
    /// What they do.
    pub action: Action,
    /// What the footer and the help say.
    pub hint: &'static str,
    /// Place in the footer, the smallest first; 0: not in the footer.
    pub rank: u8,
}

const fn normal(
    scope: Scope,
    keys: &'static [Key],
    action: Action,
    hint: &'static str,
    rank: u8,
) -> Binding {
    Binding {
        scope,
        mode: Mode::Normal,
        keys,
        action,
        hint,
        rank,
    }
}

const fn text(
    scope: Scope,
    keys: &'static [Key],
    action: Action,
    hint: &'static str,
    rank: u8,
) -> Binding {
    Binding {
        scope,
        mode: Mode::Text,
        keys,
        action,
        hint,
        rank,
    }
}

macro_rules! keys {
    ($($key:expr),+) => { &[$($key),+] };
}

const ENTER: Key = Key::of(Code::Enter);
const ESC: Key = Key::of(Code::Esc);
const TAB: Key = Key::of(Code::Tab);
const BACKTAB: Key = Key::of(Code::BackTab);
const UP: Key = Key::of(Code::Up);
const DOWN: Key = Key::of(Code::Down);
const LEFT: Key = Key::of(Code::Left);
const RIGHT: Key = Key::of(Code::Right);
const DIGITS: &[Key] = keys![
    Key::char('1'),
    Key::char('2'),
    Key::char('3'),
    Key::char('4'),
    Key::char('5'),
    Key::char('6'),
    Key::char('7'),
    Key::char('8'),
    Key::char('9')
];
const LISTS: Scope = Scope::In(&[
    Pane::Start,
    Pane::Picker,
    Pane::Runs,
    Pane::Exchanges,
    Pane::History,
    Pane::Lab,
]);
const STEPPING: Scope = Scope::In(&[Pane::Diagnosis, Pane::Reply, Pane::Steps]);
const FIELDS: Scope = Scope::In(&[Pane::Form]);
const SCENES: Scope = Scope::In(&[
    Pane::Start,
    Pane::Picker,
    Pane::Runs,
    Pane::Diagnosis,
    Pane::Reply,
    Pane::Exchanges,
    Pane::Steps,
]);

/// The table.
pub const BINDINGS: &[Binding] = &[
    // Doing.
    normal(STEPPING, keys![ENTER], Action::Do, s::KEY_DO, 1),
    normal(LISTS, keys![ENTER], Action::Choose, s::KEY_CHOOSE, 1),
    normal(Scope::Main, DIGITS, Action::DoNumber, s::KEY_DO_NUMBER, 0),
    normal(
        Scope::In(&[Pane::Steps]),
        keys![RIGHT],
        Action::NextWay,
        s::KEY_NEXT_WAY,
        6,
    ),
    normal(
        Scope::In(&[Pane::Steps]),
        keys![LEFT],
        Action::PreviousWay,
        s::KEY_PREVIOUS_WAY,
        0,
    ),
    normal(
        Scope::Main,
        keys![Key::char('u')],
        Action::LabUser,
        s::KEY_LAB_USER,
        2,
    ),
    normal(
        Scope::Main,
        keys![Key::char('d')],
        Action::LabActs,
        s::KEY_LAB_ACTS,
        3,
    ),
    normal(
        Scope::Main,
        keys![Key::char('c')],
        Action::CutWait,
        s::KEY_CUT_WAIT,
        4,
    ),
    normal(
        Scope::Main,
        keys![ESC],
        Action::CancelRun,
        s::KEY_CANCEL_RUN,
        5,
    ),
    normal(
        Scope::Main,
        keys![Key::char('r')],
        Action::Repeat,
        s::KEY_REPEAT,
        0,
    ),
    normal(
        Scope::Main,
        keys![Key::char('a')],
        Action::CallApi,
        s::KEY_CALL_API,
        0,
    ),
    normal(
        Scope::Main,
        keys![Key::char('>')],
        Action::NextScenarioStep,
        s::KEY_NEXT_SCENARIO_STEP,
        7,
    ),
    // Looking.
    normal(
        Scope::Main,
        keys![TAB],
        Action::NextPane,
        s::KEY_NEXT_PANE,
        10,
    ),
    normal(
        Scope::Main,
        keys![BACKTAB],
        Action::PreviousPane,
        s::KEY_PREVIOUS_PANE,
        0,
    ),
    normal(
        Scope::In(&[Pane::Reply]),
        keys![Key::char('x')],
        Action::Exact,
        s::KEY_EXACT,
        8,
    ),
    normal(
        Scope::In(&[Pane::Reply, Pane::Diagnosis, Pane::Compare]),
        keys![Key::char('h')],
        Action::Fold,
        s::KEY_FOLD,
        8,
    ),
    normal(
        Scope::In(&[Pane::Reply, Pane::Exchanges]),
        keys![Key::char('v')],
        Action::Side,
        s::KEY_SIDE,
        9,
    ),
    normal(
        Scope::Main,
        keys![Key::char(']')],
        Action::NextExchange,
        s::KEY_NEXT_EXCHANGE,
        0,
    ),
    normal(
        Scope::Main,
        keys![Key::char('[')],
        Action::PreviousExchange,
        s::KEY_PREVIOUS_EXCHANGE,
        0,
    ),
    normal(
        Scope::In(&[Pane::Found]),
        keys![Key::char(']'), RIGHT],
        Action::NextValue,
        s::KEY_NEXT_FOUND,
        2,
    ),
    normal(
        Scope::In(&[Pane::Found]),
        keys![Key::char('['), LEFT],
        Action::PreviousValue,
        s::KEY_PREVIOUS_FOUND,
        0,
    ),
    normal(
        Scope::Any,
        keys![Key::char('/')],
        Action::Search,
        s::KEY_SEARCH,
        11,
    ),
    normal(
        Scope::Any,
        keys![Key::char('n')],
        Action::NextHit,
        s::KEY_NEXT_HIT,
        0,
    ),
    normal(
        Scope::Any,
        keys![Key::char('N')],
        Action::PreviousHit,
        s::KEY_PREVIOUS_HIT,
        0,
    ),
    normal(
        Scope::Main,
        keys![Key::char('=')],
        Action::Compare,
        s::KEY_COMPARE,
        14,
    ),
    normal(
        Scope::Main,
        keys![Key::char('m')],
        Action::Mark,
        s::KEY_MARK,
        0,
    ),
    normal(
        SCENES,
        keys![Key::char('p')],
        Action::Paste,
        s::KEY_PASTE,
        15,
    ),
    normal(
        Scope::Main,
        keys![Key::char('l')],
        Action::Log,
        s::KEY_LOG,
        0,
    ),
    normal(
        Scope::Main,
        keys![Key::char('L')],
        Action::Lab,
        s::KEY_LAB,
        16,
    ),
    normal(
        SCENES,
        keys![Key::char('s')],
        Action::Scenarios,
        s::KEY_SCENARIOS,
        17,
    ),
    normal(SCENES, keys![Key::char('f')], Action::Form, s::KEY_FORM, 0),
    normal(
        SCENES,
        keys![Key::char('H')],
        Action::History,
        s::KEY_HISTORY,
        0,
    ),
    normal(
        Scope::In(&[Pane::History]),
        keys![Key::char('D')],
        Action::ClearHistory,
        s::KEY_CLEAR_HISTORY,
        5,
    ),
    // Taking along.
    normal(
        Scope::Any,
        keys![Key::char('y')],
        Action::Copy,
        s::KEY_COPY,
        12,
    ),
    normal(
        Scope::Any,
        keys![Key::char('w')],
        Action::CopyAll,
        s::KEY_COPY_ALL,
        0,
    ),
    normal(
        Scope::In(&[
            Pane::Runs,
            Pane::Diagnosis,
            Pane::Reply,
            Pane::Exchanges,
            Pane::Steps,
            Pane::Found,
        ]),
        keys![Key::char('Y')],
        Action::CopyIds,
        s::KEY_COPY_IDS,
        0,
    ),
    normal(
        Scope::In(&[
            Pane::Runs,
            Pane::Diagnosis,
            Pane::Reply,
            Pane::Exchanges,
            Pane::Steps,
            Pane::Found,
        ]),
        keys![Key::char('o')],
        Action::OpenLink,
        s::KEY_OPEN_LINK,
        13,
    ),
    normal(
        Scope::Main,
        keys![Key::char('R')],
        Action::Reveal,
        s::KEY_REVEAL,
        0,
    ),
    // Moving.
    normal(
        Scope::Any,
        keys![Key::char('j'), DOWN],
        Action::Down,
        s::KEY_DOWN,
        0,
    ),
    normal(
        Scope::Any,
        keys![Key::char('k'), UP],
        Action::Up,
        s::KEY_UP,
        0,
    ),
    normal(
        Scope::Any,
        keys![Key::char('g'), Key::of(Code::Home)],
        Action::Top,
        s::KEY_TOP,
        0,
    ),
    normal(
        Scope::Any,
        keys![Key::char('G'), Key::of(Code::End)],
        Action::Bottom,
        s::KEY_BOTTOM,
        0,
    ),
    normal(
        Scope::Any,
        keys![Key::of(Code::PageDown), Key::ctrl('f')],
        Action::PageDown,
        s::KEY_PAGE_DOWN,
        0,
    ),
    normal(
        Scope::Any,
        keys![Key::of(Code::PageUp), Key::ctrl('b')],
        Action::PageUp,
        s::KEY_PAGE_UP,
        0,
    ),
    // The program.
    normal(
        Scope::In(&[Pane::Picker]),
        keys![ESC],
        Action::Back,
        s::KEY_BACK,
        9,
    ),
    normal(Scope::Over, keys![ESC], Action::Back, s::KEY_BACK, 9),
    normal(
        Scope::Any,
        keys![Key::char('M')],
        Action::Mouse,
        s::KEY_MOUSE,
        0,
    ),
    normal(
        Scope::Any,
        keys![Key::char('?')],
        Action::Help,
        s::KEY_HELP,
        20,
    ),
    normal(
        Scope::Any,
        keys![Key::char('q')],
        Action::Quit,
        s::KEY_QUIT,
        21,
    ),
    normal(
        Scope::Any,
        keys![Key::ctrl('l')],
        Action::Redraw,
        s::KEY_REDRAW,
        0,
    ),
    normal(
        Scope::Any,
        keys![Key::ctrl('z')],
        Action::Suspend,
        s::KEY_SUSPEND,
        0,
    ),
    normal(
        Scope::Any,
        keys![Key::ctrl('c')],
        Action::Interrupt,
        s::KEY_INTERRUPT,
        0,
    ),
    // While typing.
    text(
        Scope::In(&[
            Pane::Start,
            Pane::Picker,
            Pane::Runs,
            Pane::Diagnosis,
            Pane::Reply,
            Pane::Exchanges,
            Pane::Steps,
            Pane::Found,
            Pane::History,
            Pane::Compare,
            Pane::Log,
            Pane::Lab,
            Pane::Help,
            Pane::Message,
            Pane::Ask,
        ]),
        keys![ENTER],
        Action::Submit,
        s::KEY_SUBMIT,
        1,
    ),
    text(
        Scope::In(&[Pane::Form]),
        keys![ENTER, Key::ctrl('d')],
        Action::Submit,
        s::KEY_SEND_FORM,
        1,
    ),
    text(
        Scope::In(&[Pane::Paste]),
        keys![Key::ctrl('d')],
        Action::Submit,
        s::KEY_DECODE,
        1,
    ),
    text(
        FIELDS,
        keys![TAB, DOWN],
        Action::NextField,
        s::KEY_NEXT_FIELD,
        2,
    ),
    text(
        FIELDS,
        keys![BACKTAB, UP],
        Action::PreviousField,
        s::KEY_PREVIOUS_FIELD,
        0,
    ),
    text(
        FIELDS,
        keys![Key::ctrl('n')],
        Action::NextValue,
        s::KEY_NEXT_VALUE,
        3,
    ),
    text(
        FIELDS,
        keys![Key::ctrl('p')],
        Action::PreviousValue,
        s::KEY_PREVIOUS_VALUE,
        0,
    ),
    text(Scope::Any, keys![ESC], Action::Back, s::KEY_BACK, 9),
    text(
        Scope::Any,
        keys![Key::ctrl('l')],
        Action::Redraw,
        s::KEY_REDRAW,
        0,
    ),
    text(
        Scope::Any,
        keys![Key::ctrl('z')],
        Action::Suspend,
        s::KEY_SUSPEND,
        0,
    ),
    text(
        Scope::Any,
        keys![Key::ctrl('c')],
        Action::Interrupt,
        s::KEY_INTERRUPT,
        0,
    ),
];

/// Every binding that holds in a pane and mode: the footer and the help draw exactly this.
pub fn active(pane: Pane, mode: Mode) -> impl Iterator<Item = &'static Binding> {
    BINDINGS
        .iter()
        .filter(move |binding| binding.mode == mode && binding.scope.covers(pane))
}

/// What a key does in a pane and mode.
pub fn action_for(pane: Pane, mode: Mode, key: Key) -> Option<Action> {
    active(pane, mode)
        .find(|binding| binding.keys.contains(&key))
        .map(|binding| binding.action)
}

/// The key that the footer names for an action.
pub fn key_of(action: Action) -> Option<Key> {
    let binding = BINDINGS.iter().find(|binding| binding.action == action)?;
    binding.keys.first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_key_is_bound_twice_in_a_pane() {
        for pane in Pane::ALL {
            for mode in [Mode::Normal, Mode::Text] {
                let mut seen = BTreeSet::new();
                for binding in active(pane, mode) {
                    for key in binding.keys {
                        assert!(seen.insert(*key), "{pane:?} {mode:?}: {key} twice");
                    }
                }
            }
        }
    }

    #[test]
    fn in_text_mode_no_plain_letter_is_a_command() {
        for binding in BINDINGS.iter().filter(|b| b.mode == Mode::Text) {
            for key in binding.keys {
                assert!(key.ctrl || !matches!(key.code, Code::Char(_)), "{key}");
            }
        }
    }

    #[test]
    fn every_pane_can_be_left_and_ended() {
        for pane in Pane::ALL {
            let mode = if pane.takes_text() {
                Mode::Text
            } else {
                Mode::Normal
            };
            assert_eq!(
                action_for(pane, mode, Key::ctrl('c')),
                Some(Action::Interrupt)
            );
        }
    }

    #[test]
    fn every_binding_says_what_it_does() {
        assert!(
            BINDINGS
                .iter()
                .all(|b| !b.hint.is_empty() && !b.keys.is_empty())
        );
    }
}
