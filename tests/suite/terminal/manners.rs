//! Never in the way: nothing is written that changes nothing, what is copied goes where it can, the mouse can be had back,
//! any size is borne, and a terminal that is gone ends the program.

use std::time::{Duration, Instant};

use super::super::cli::place::Place;
use super::super::harness::Terminal;
use super::{SIZE, explorer_of, is_back, open, open_with};

#[test]
fn keys_that_change_nothing_write_nothing() {
    let mut terminal = open(SIZE);
    let before = terminal.raw().len();
    // Alt-x is bound to nothing. The last key shows that all before it were heard.
    for _ in 0..50 {
        terminal.press("\u{1b}x");
    }
    terminal.press("?");
    terminal.shows("Keys ─");
    let written = terminal.raw().split_off(before);
    assert!(!written.contains("\u{1b}[?25"), "{written:?}");
    // What the box changes is written, and nothing beside it.
    assert!(written.len() < 30_000, "{} bytes", written.len());
}

#[test]
fn a_copy_goes_to_the_systems_clipboard_where_there_is_one() {
    let mut terminal = open_with(SIZE, "shelf");
    terminal.press("y");
    terminal.shows("characters to the clipboard.");
    assert!(
        !terminal.raw().contains("\u{1b}]52"),
        "it went to the terminal too"
    );
}

#[test]
fn a_copy_goes_by_way_of_the_terminal_where_there_is_no_clipboard() {
    let mut terminal = open_with(SIZE, "plainly");
    terminal.press("y");
    terminal.shows("characters by way of the terminal");
    let raw = terminal.raw();
    assert!(raw.contains("\u{1b}]52;c;") && !raw.contains("\u{1b}Ptmux;"));
}

#[test]
fn in_tmux_a_copy_is_handed_on_as_well() {
    let mut terminal = open_with(SIZE, "tmux");
    terminal.press("y");
    terminal.shows("characters by way of tmux");
    let raw = terminal.raw();
    assert!(raw.contains("\u{1b}]52;c;") && raw.contains("\u{1b}Ptmux;\u{1b}\u{1b}]52;c;"));
}

#[test]
fn an_address_is_a_link_for_the_terminal_and_its_text_stays_what_it_is() {
    let shown = |words: &str| {
        let mut terminal = open_with(SIZE, words);
        terminal.press("Enter");
        terminal.shows("Scenario step 1");
        terminal.press("Enter");
        // The end of the last line is written last.
        terminal.until("the whole refusal to be drawn", |screen| {
            let text = screen.contents();
            text.contains("Enter do it") && text.trim_end().ends_with("q quit")
        });
        terminal
    };
    let (with, without) = (shown("links"), shown("plainly"));
    with.wrote("\u{1b}]8;id=");
    with.wrote("\u{1b}]8;;\u{1b}\\");
    assert!(!without.raw().contains("\u{1b}]8;"), "a link was written");
    assert_eq!(with.text(), without.text());
}

#[test]
fn the_mouse_is_given_back_and_taken_again_by_a_key() {
    let mut terminal = open(SIZE);
    let caught =
        |screen: &vt100::Screen| screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None;
    terminal.until("the mouse to be caught", caught);
    terminal.press("M");
    terminal.shows("The mouse belongs to the terminal now");
    terminal.until("the mouse to be given back", |screen| !caught(screen));
    terminal.press("M");
    terminal.until("the mouse to be caught again", caught);
    terminal.press("q");
    is_back(&terminal);
}

#[test]
fn a_screen_of_any_size_is_borne() {
    let mut terminal = open(SIZE);
    for size in [(20, 6), (1, 1), (300, 2), (2, 100)] {
        terminal.resize(size);
    }
    terminal.resize((20, 6));
    terminal.shows("20×6.");
    terminal.resize(SIZE);
    terminal.shows("MFA demanded while refreshing silently");
    terminal.press("q");
    is_back(&terminal);
}

/// Whether a process runs: not gone, and not only waiting to be cleared away.
fn runs(process: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let state = stat.rsplit_once(") ").map(|(_, rest)| rest.to_owned());
    state.is_some_and(|state| !state.starts_with('Z'))
}

#[test]
fn a_terminal_that_is_gone_without_a_word_ends_the_program() {
    let place = Place::new();
    // In a session of its own no signal tells the program that its terminal hung up.
    let command = format!(
        "setsid '{}' demo --config '{}' --data '{}'; :",
        env!("CARGO_BIN_EXE_tokenscope"),
        place.path("config").display(),
        place.path("data").display()
    );
    let home = place.path("").display().to_string();
    let terminal = Terminal::run(
        "sh",
        &["-c", &command],
        SIZE,
        &[
            ("HOME", &home),
            ("XDG_STATE_HOME", &home),
            ("LC_ALL", "C.UTF-8"),
        ],
    );
    terminal.shows("MFA demanded while refreshing silently");
    let explorer = explorer_of(&terminal);
    assert!(runs(&explorer));
    terminal.hangs_up("?");
    let end = Instant::now() + Duration::from_mins(1);
    while runs(&explorer) {
        assert!(Instant::now() < end, "{explorer} still runs");
        std::thread::sleep(Duration::from_millis(5));
    }
}
