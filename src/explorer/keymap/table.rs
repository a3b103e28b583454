//! The table of keys as it is until a person changes it.

use std::borrow::Cow;

use super::{Binding, Scope};
use crate::explorer::action::Action;
use crate::explorer::key::{Code, Key};
use crate::explorer::pane::{Mode, Pane};
use crate::strings::explorer as s;

use Scope::{Any, Main, Over};

/// A compact way of writing the table: where, keys, what they do, what is said about it, and the place in the footer.
macro_rules! table {
    ($($mode:ident { $($scope:expr, [$($key:expr),+] => $action:ident, $hint:ident, $rank:literal;)+ })+) => {
        &[$($(Binding {
            scope: $scope,
            mode: Mode::$mode,
            keys: Cow::Borrowed(&[$($key),+]),
            action: Action::$action,
            hint: s::$hint,
            rank: $rank,
        },)+)+]
    };
}

const fn c(c: char) -> Key {
    Key::char(c)
}

const fn ctrl(c: char) -> Key {
    Key::ctrl(c)
}

const fn alt(code: Code) -> Key {
    Key {
        code,
        ctrl: false,
        alt: true,
    }
}

const fn only(panes: &'static [Pane]) -> Scope {
    Scope::In(panes)
}

const ENTER: Key = Key::of(Code::Enter);
const ESC: Key = Key::of(Code::Esc);
const TAB: Key = Key::of(Code::Tab);
const BACKTAB: Key = Key::of(Code::BackTab);
const UP: Key = Key::of(Code::Up);
const DOWN: Key = Key::of(Code::Down);
const LEFT: Key = Key::of(Code::Left);
const RIGHT: Key = Key::of(Code::Right);
const HOME: Key = Key::of(Code::Home);
const END: Key = Key::of(Code::End);
const PAGE_DOWN: Key = Key::of(Code::PageDown);
const PAGE_UP: Key = Key::of(Code::PageUp);
const LISTS: Scope = Scope::In(&[
    Pane::Start,
    Pane::Picker,
    Pane::Runs,
    Pane::Exchanges,
    Pane::History,
    Pane::Acts,
    Pane::Uses,
    Pane::Consent,
]);
const LAB: Scope = Scope::In(&[Pane::Lab, Pane::Requests, Pane::Record, Pane::Seen]);
const OPENED: Scope = Scope::In(&[Pane::Record, Pane::Seen]);
/// Where the lab is at hand.
const AT_THE_LAB: Scope = Scope::In(&[
    Pane::Runs,
    Pane::Diagnosis,
    Pane::Reply,
    Pane::Exchanges,
    Pane::Steps,
    Pane::Lab,
    Pane::Requests,
    Pane::Record,
    Pane::Seen,
]);
/// As [`AT_THE_LAB`], where its screen is not open already.
const BEFORE_THE_LAB: Scope = Scope::In(&[
    Pane::Picker,
    Pane::Runs,
    Pane::Diagnosis,
    Pane::Reply,
    Pane::Exchanges,
    Pane::Steps,
]);
/// Where `:` changes the lab's world.
const BUT_THE_LAB: Scope = Scope::Except(&[Pane::Lab, Pane::Requests, Pane::Record, Pane::Seen]);
/// Wherever the space bar does nothing else.
const SPACE_IS_FREE: Scope = Scope::Except(&[Pane::Lab, Pane::Reply, Pane::Found]);
const CATALOGUE: Scope = Scope::In(&[Pane::Catalogue, Pane::Entry]);
const LIST: Scope = Scope::In(&[Pane::Catalogue]);
const LOOKUP: Scope = Scope::In(&[Pane::Lookup]);
const PALETTE: Scope = Scope::In(&[Pane::Palette]);
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

/// Where a diagnosis is at hand.
const TELLING: Scope = Scope::In(&[
    Pane::Runs,
    Pane::Diagnosis,
    Pane::Reply,
    Pane::Exchanges,
    Pane::Steps,
    Pane::Found,
]);
/// Wherever the catalogue is not open already.
const ELSEWHERE: Scope = Scope::In(&[
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
    Pane::Guide,
    Pane::Code,
    Pane::Lab,
    Pane::Requests,
    Pane::Record,
    Pane::Seen,
    Pane::Acts,
    Pane::Uses,
    Pane::Consent,
    Pane::Help,
    Pane::Message,
]);
/// Where text is typed only to look for something, or as an answer.
const SEARCHED: Scope = Scope::In(&[
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
    Pane::Guide,
    Pane::Code,
    Pane::Lab,
    Pane::Requests,
    Pane::Record,
    Pane::Seen,
    Pane::Acts,
    Pane::Uses,
    Pane::Consent,
    Pane::Qr,
    Pane::Help,
    Pane::Message,
    Pane::Ask,
    Pane::Catalogue,
    Pane::Entry,
]);

/// The table: what holds while a letter is a command, and what while a letter is text.
pub const BINDINGS: &[Binding] = table! {
Normal {
    // Doing.
    STEPPING, [ENTER] => Do, KEY_DO, 1;
    LISTS, [ENTER] => Choose, KEY_CHOOSE, 1;
    only(&[Pane::Lab]), [ENTER, c(' ')] => Choose, KEY_SWITCH, 1;
    only(&[Pane::Requests]), [ENTER] => Choose, KEY_OPEN_REQUEST, 1;
    OPENED, [ENTER] => OpenRun, KEY_OPEN_RUN, 1;
    OPENED, [c(']')] => NextRequest, KEY_NEXT_REQUEST, 0;
    OPENED, [c('[')] => PreviousRequest, KEY_PREVIOUS_REQUEST, 3;
    LAB, [TAB] => NextPane, KEY_NEXT_PANE, 2;
    LAB, [BACKTAB] => PreviousPane, KEY_PREVIOUS_PANE, 0;
    LAB, [c('r')] => Repeat, KEY_REPEAT_HERE, 4;
    LAB, [c('>')] => NextScenarioStep, KEY_NEXT_SCENARIO_STEP, 10;
    LAB, [c('u')] => LabUser, KEY_LAB_USER, 2;
    LAB, [c(':')] => Order, KEY_ORDER, 6;
    LAB, [c('s')] => Scenarios, KEY_SCENARIOS, 0;
    SPACE_IS_FREE, [c(' '), c('.')] => Play, KEY_PLAY, 0;
    only(&[Pane::Lab, Pane::Reply, Pane::Found]), [c('.')] => Play, KEY_PLAY, 0;
    Any, [c('S')] => Present, KEY_PRESENT, 0;
    LIST, [ENTER] => Choose, KEY_READ, 1;
    Main, [c('1'), c('2'), c('3'), c('4'), c('5'), c('6'), c('7'), c('8'), c('9')] => DoNumber, KEY_DO_NUMBER, 0;
    only(&[Pane::Steps]), [RIGHT] => NextWay, KEY_NEXT_WAY, 6;
    only(&[Pane::Steps]), [LEFT] => PreviousWay, KEY_PREVIOUS_WAY, 0;
    only(&[Pane::Steps]), [c('x')] => SkipStep, KEY_SKIP_STEP, 10;
    only(&[Pane::Message]), [c('e')] => EditMessage, KEY_EDIT_MESSAGE, 2;
    only(&[Pane::Message]), [c('x')] => AsWritten, KEY_AS_WRITTEN, 3;
    Main, [c('u')] => LabUser, KEY_LAB_USER, 2;
    Main, [c('d')] => LabActs, KEY_LAB_ACTS, 3;
    Main, [c('c')] => CutWait, KEY_CUT_WAIT, 4;
    Main, [ESC] => CancelRun, KEY_CANCEL_RUN, 5;
    Main, [c('r')] => Repeat, KEY_REPEAT, 0;
    Main, [c('a')] => CallApi, KEY_CALL_API, 0;
    Main, [c('Q')] => Qr, KEY_QR, 6;
    Main, [c('A')] => CallOther, KEY_CALL_OTHER, 0;
    Main, [c('V')] => Verify, KEY_VERIFY, 13;
    only(&[Pane::Found]), [c('V')] => Verify, KEY_VERIFY_PASTED, 3;
    Main, [c('t')] => Uses, KEY_USES, 0;
    Main, [c('>')] => NextScenarioStep, KEY_NEXT_SCENARIO_STEP, 18;
    // Looking.
    Main, [TAB] => NextPane, KEY_NEXT_PANE, 10;
    Main, [BACKTAB] => PreviousPane, KEY_PREVIOUS_PANE, 0;
    CATALOGUE, [TAB] => NextPane, KEY_NEXT_PANE, 10;
    CATALOGUE, [BACKTAB] => PreviousPane, KEY_PREVIOUS_PANE, 0;
    LIST, [c('c')] => NextClass, KEY_NEXT_CLASS, 2;
    LIST, [c('C')] => PreviousClass, KEY_PREVIOUS_CLASS, 0;
    LIST, [c('a')] => NextActor, KEY_NEXT_ACTOR, 3;
    LIST, [c('A')] => PreviousActor, KEY_PREVIOUS_ACTOR, 0;
    LIST, [c('i')] => NextLogin, KEY_NEXT_LOGIN, 4;
    LIST, [c('I')] => PreviousLogin, KEY_PREVIOUS_LOGIN, 0;
    LIST, [c('x')] => ClearFilters, KEY_CLEAR_FILTERS, 10;
    only(&[Pane::Reply]), [RIGHT, c(' ')] => Unfold, KEY_UNFOLD, 3;
    only(&[Pane::Found]), [c(' ')] => Unfold, KEY_UNFOLD, 4;
    only(&[Pane::Found]), [c('z')] => FoldAll, KEY_FOLD_ALL, 0;
    only(&[Pane::Found]), [c('x')] => Exact, KEY_EXACT, 0;
    only(&[Pane::Reply]), [LEFT] => FoldUp, KEY_FOLD_UP, 0;
    only(&[Pane::Reply]), [c('z')] => FoldAll, KEY_FOLD_ALL, 7;
    only(&[Pane::Reply]), [c('x')] => Exact, KEY_EXACT, 8;
    only(&[Pane::Reply, Pane::Diagnosis, Pane::Compare, Pane::Found]), [c('h')] => Fold, KEY_FOLD, 8;
    only(&[Pane::Reply, Pane::Exchanges]), [c('v')] => Side, KEY_SIDE, 9;
    Main, [c(']')] => NextExchange, KEY_NEXT_EXCHANGE, 0;
    Main, [c('[')] => PreviousExchange, KEY_PREVIOUS_EXCHANGE, 0;
    only(&[Pane::Found]), [c(']'), RIGHT] => NextValue, KEY_NEXT_FOUND, 2;
    only(&[Pane::Found]), [c('['), LEFT] => PreviousValue, KEY_PREVIOUS_FOUND, 0;
    Any, [c('/')] => Search, KEY_SEARCH, 11;
    Any, [c('n')] => NextHit, KEY_NEXT_HIT, 0;
    Any, [c('N')] => PreviousHit, KEY_PREVIOUS_HIT, 0;
    Main, [c('=')] => Compare, KEY_COMPARE, 14;
    Main, [c('m')] => Mark, KEY_MARK, 0;
    only(&[Pane::Found]), [c('=')] => Compare, KEY_COMPARE, 4;
    only(&[Pane::Found]), [c('m')] => Mark, KEY_MARK, 0;
    SCENES, [c('p')] => Paste, KEY_PASTE, 15;
    Main, [c('l')] => Log, KEY_LOG, 0;
    Main, [c('i')] => Guide, KEY_GUIDE, 10;
    Main, [c('P')] => Code, KEY_CODE, 0;
    only(&[Pane::Code]), [c(']'), RIGHT, TAB] => NextValue, KEY_NEXT_LANGUAGE, 2;
    only(&[Pane::Code]), [c('['), LEFT, BACKTAB] => PreviousValue, KEY_PREVIOUS_LANGUAGE, 3;
    BEFORE_THE_LAB, [c('L')] => Lab, KEY_LAB, 16;
    Main, [c('X')] => StartOver, KEY_START_OVER, 0;
    LAB, [c('X')] => StartOver, KEY_START_OVER, 5;
    AT_THE_LAB, [c('W')] => SignInBeforehand, KEY_SIGN_IN_BEFOREHAND, 0;
    SCENES, [c('s')] => Scenarios, KEY_SCENARIOS, 17;
    SCENES, [c('f')] => Form, KEY_FORM, 0;
    SCENES, [c('H')] => History, KEY_HISTORY, 0;
    only(&[Pane::Diagnosis, Pane::Reply, Pane::Found]), [c('e')] => LookUp, KEY_LOOK_UP, 13;
    only(&[Pane::Runs, Pane::Exchanges, Pane::Steps]), [c('e')] => LookUp, KEY_LOOK_UP, 0;
    ELSEWHERE, [c('C'), ctrl('t')] => Catalogue, KEY_CATALOGUE, 19;
    BUT_THE_LAB, [c(':'), ctrl('k')] => Palette, KEY_PALETTE, 19;
    LAB, [ctrl('k')] => Palette, KEY_PALETTE, 19;
    only(&[Pane::History]), [c('D')] => ClearHistory, KEY_CLEAR_HISTORY, 5;
    Any, [alt(Code::Left), c('(')] => GoBack, KEY_GO_BACK, 0;
    Any, [alt(Code::Right), c(')')] => GoForward, KEY_GO_FORWARD, 0;
    // Taking along.
    Any, [c('y')] => Copy, KEY_COPY, 12;
    Any, [c('w')] => CopyAll, KEY_COPY_ALL, 0;
    TELLING, [c('Y')] => CopyIds, KEY_COPY_IDS, 0;
    TELLING, [c('o')] => OpenLink, KEY_OPEN_LINK, 13;
    CATALOGUE, [c('F')] => Force, KEY_FORCE, 7;
    TELLING, [c('F')] => Force, KEY_FORCE, 0;
    CATALOGUE, [c('o')] => OpenLink, KEY_OPEN_LINK, 8;
    Main, [c('R')] => Reveal, KEY_REVEAL, 0;
    // Moving.
    Any, [c('j'), DOWN] => Down, KEY_DOWN, 0;
    Any, [c('k'), UP] => Up, KEY_UP, 0;
    Any, [c('g'), HOME] => Top, KEY_TOP, 0;
    Any, [c('G'), END] => Bottom, KEY_BOTTOM, 0;
    Any, [PAGE_DOWN, ctrl('f')] => PageDown, KEY_PAGE_DOWN, 0;
    Any, [PAGE_UP, ctrl('b')] => PageUp, KEY_PAGE_UP, 0;
    // The program.
    only(&[Pane::Picker]), [ESC] => Back, KEY_BACK, 9;
    Over, [ESC] => Back, KEY_BACK, 9;
    only(&[Pane::Message, Pane::Compare]), [ENTER] => Back, KEY_BACK, 0;
    only(&[Pane::Guide]), [ENTER, c('i')] => Back, KEY_BACK, 0;
    Any, [c('M')] => Mouse, KEY_MOUSE, 0;
    Any, [c('?')] => Help, KEY_HELP, 20;
    Any, [c('q')] => Quit, KEY_QUIT, 21;
    Any, [ctrl('l')] => Redraw, KEY_REDRAW, 0;
    Any, [ctrl('z')] => Suspend, KEY_SUSPEND, 0;
    Any, [ctrl('c')] => Interrupt, KEY_INTERRUPT, 0;
}
Text {
    // While typing.
    SEARCHED, [ENTER] => Submit, KEY_SUBMIT, 1;
    only(&[Pane::Form]), [ENTER, ctrl('d')] => Submit, KEY_SEND_FORM, 1;
    only(&[Pane::Paste]), [ctrl('d')] => Submit, KEY_DECODE, 1;
    only(&[Pane::Draft]), [ctrl('d')] => Submit, KEY_KEEP_MESSAGE, 1;
    only(&[Pane::Ask]), [ctrl('r')] => LabUser, KEY_LAB_USER, 2;
    only(&[Pane::Ask]), [ctrl('o')] => LabActs, KEY_LAB_ACTS, 3;
    LOOKUP, [ENTER] => Choose, KEY_READ, 1;
    LOOKUP, [TAB] => NextPane, KEY_NEXT_PANE, 2;
    LOOKUP, [BACKTAB] => PreviousPane, KEY_PREVIOUS_PANE, 0;
    LOOKUP, [DOWN] => Down, KEY_DOWN, 3;
    LOOKUP, [UP] => Up, KEY_UP, 4;
    LOOKUP, [PAGE_DOWN] => PageDown, KEY_PAGE_DOWN, 0;
    LOOKUP, [PAGE_UP] => PageUp, KEY_PAGE_UP, 0;
    LOOKUP, [alt(Code::Left)] => GoBack, KEY_GO_BACK, 0;
    LOOKUP, [alt(Code::Right)] => GoForward, KEY_GO_FORWARD, 0;
    PALETTE, [ENTER] => Choose, KEY_DO_OR_OPEN, 1;
    PALETTE, [DOWN, ctrl('n')] => Down, KEY_DOWN, 3;
    PALETTE, [UP, ctrl('p')] => Up, KEY_UP, 4;
    PALETTE, [PAGE_DOWN] => PageDown, KEY_PAGE_DOWN, 0;
    PALETTE, [PAGE_UP] => PageUp, KEY_PAGE_UP, 0;
    only(&[Pane::Form, Pane::Paste]), [ctrl('t')] => Catalogue, KEY_CATALOGUE, 19;
    FIELDS, [TAB, DOWN] => NextField, KEY_NEXT_FIELD, 2;
    FIELDS, [BACKTAB, UP] => PreviousField, KEY_PREVIOUS_FIELD, 0;
    FIELDS, [ctrl('n')] => NextValue, KEY_NEXT_VALUE, 3;
    FIELDS, [ctrl('p')] => PreviousValue, KEY_PREVIOUS_VALUE, 0;
    Any, [ESC] => Back, KEY_BACK, 9;
    Any, [ctrl('l')] => Redraw, KEY_REDRAW, 0;
    Any, [ctrl('z')] => Suspend, KEY_SUSPEND, 0;
    Any, [ctrl('c')] => Interrupt, KEY_INTERRUPT, 0;
}
};
