//! The terminal is asked which colour its ground has: the theme follows the answer, and no answer ever becomes keys.

use super::super::cli::place::Place;
use super::super::harness::Terminal;
use super::{SIZE, open_with};

/// The colour of the border of the pane that keys go to, in the themes for a dark and a light ground.
const DARK: vt100::Color = vt100::Color::Rgb(0x5f, 0xd7, 0xd7);
const LIGHT: vt100::Color = vt100::Color::Rgb(0, 0x5f, 0x87);

const QUESTION: &str = "\u{1b}]11;?\u{1b}\\";

fn border(screen: &vt100::Screen) -> vt100::Color {
    screen
        .cell(1, 0)
        .map_or(vt100::Color::Default, vt100::Cell::fgcolor)
}

fn asked(words: &str) -> Terminal {
    let terminal = open_with(SIZE, words);
    terminal.wrote(QUESTION);
    terminal
}

/// Still listening to keys as if nothing had been: not in a search, nothing opened, nothing quit.
fn is_undisturbed(terminal: &mut Terminal) {
    terminal.press("?");
    terminal.shows("Keys ─");
    terminal.press("Esc");
    terminal.hides("Keys ─");
    terminal.shows("MFA demanded while refreshing silently");
}

#[test]
fn a_light_ground_is_followed_and_so_is_a_dark_one() {
    for (answer, wanted) in [
        ("\u{1b}]11;rgb:fdfd/f6f6/e3e3\u{1b}\\", LIGHT),
        ("\u{1b}]11;rgb:ff/ff/ff\u{7}", LIGHT),
        ("\u{1b}]11;rgb:1e1e/1e1e/2e2e\u{1b}\\", DARK),
    ] {
        let mut terminal = asked("asks");
        terminal.press(answer);
        terminal.until("the theme to follow", |screen| border(screen) == wanted);
        is_undisturbed(&mut terminal);
        assert!(terminal.until_now(|screen| border(screen) == wanted));
    }
}

#[test]
fn an_answer_in_two_pieces_is_followed_too() {
    let answer = "\u{1b}]11;rgb:ffff/ffff/ffff\u{1b}\\";
    for at in [6, 9, 16, answer.len() - 1] {
        let mut terminal = asked("asks");
        let (head, tail) = answer.split_at(at);
        terminal.press(head);
        terminal.press(tail);
        terminal.until("the theme to follow", |screen| border(screen) == LIGHT);
        is_undisturbed(&mut terminal);
    }
}

#[test]
fn rubbish_changes_nothing_and_presses_no_key() {
    for rubbish in [
        "\u{1b}]11;q\u{7}",
        "\u{1b}]11;rgb:zz/q/f\u{1b}\\",
        "\u{1b}]11;#qqqqqq/q\u{7}",
    ] {
        let mut terminal = asked("asks");
        terminal.press(rubbish);
        is_undisturbed(&mut terminal);
        assert!(terminal.until_now(|screen| border(screen) == DARK));
    }
}

#[test]
fn an_answer_that_comes_too_late_changes_nothing_and_presses_no_key() {
    let mut terminal = asked("late");
    terminal.press("\u{1b}]11;rgb:ffff/ffff/ffff\u{1b}\\");
    is_undisturbed(&mut terminal);
    assert!(terminal.until_now(|screen| border(screen) == DARK));
}

#[test]
fn without_an_answer_everything_works() {
    let mut terminal = asked("asks");
    is_undisturbed(&mut terminal);
    terminal.press("q");
    super::is_back(&terminal);
}

#[test]
fn an_answer_on_its_way_at_the_end_does_not_reach_the_shell() {
    let mut terminal = asked("asks");
    terminal.press("q\u{1b}]11;rgb:ffff/ffff/ffff\u{7}");
    super::is_back(&terminal);
    assert!(!terminal.text().contains("rgb:"), "{}", terminal.text());
}

/// The program itself.
fn program(place: &Place, arguments: &[&str], env: &[(&str, &str)]) -> Terminal {
    let (config, data) = (
        place.path("config").display().to_string(),
        place.path("data").display().to_string(),
    );
    let mut all = vec!["demo", "--config", &config, "--data", &data];
    all.extend(arguments);
    let home = place.path("").display().to_string();
    let mut vars = vec![
        ("HOME", home.as_str()),
        ("XDG_STATE_HOME", home.as_str()),
        ("LC_ALL", "C.UTF-8"),
        ("NO_COLOR", ""),
        ("COLORTERM", "truecolor"),
        ("TMUX", ""),
    ];
    vars.extend(env);
    let terminal = Terminal::run(env!("CARGO_BIN_EXE_tokenscope"), &all, SIZE, &vars);
    terminal.shows("MFA demanded while refreshing silently");
    terminal
}

#[test]
fn it_is_asked_only_where_the_ground_decides_and_something_can_answer() {
    let place = Place::new();
    for (arguments, env, asks) in [
        (&[][..], &[][..], true),
        (&["--theme", "light"], &[], false),
        (&[], &[("TERM", "linux")], false),
        (&[], &[("NO_COLOR", "1")], false),
    ] {
        let terminal = program(&place, arguments, env);
        assert_eq!(
            terminal.raw().contains(QUESTION),
            asks,
            "{arguments:?} {env:?}"
        );
    }
}

#[test]
fn a_theme_of_ones_own_is_drawn_in_the_colours_there_are() {
    let place = Place::new();
    place.file("config/settings.toml", "theme = 'mine'\n");
    place.file(
        "config/themes/mine.toml",
        "base = 'dark'\n[style]\nborder-focused = { fg = '#ff8700' }\n",
    );
    for (env, wanted) in [
        (&[][..], vt100::Color::Rgb(0xff, 0x87, 0)),
        (&[("COLORTERM", "")], vt100::Color::Idx(208)),
        (&[("NO_COLOR", "1")], vt100::Color::Default),
    ] {
        let terminal = program(&place, &[], env);
        terminal.until("the border to be painted", |screen| {
            border(screen) == wanted
        });
    }
}

#[test]
fn a_terminal_without_utf8_is_drawn_on_in_ascii() {
    let place = Place::new();
    for locale in ["C", "de_CH.ISO8859-1"] {
        let terminal = program(&place, &[], &[("LC_ALL", locale)]);
        assert!(terminal.text().is_ascii(), "{}", terminal.text());
    }
}
