//! The command palette: what it offers, how it is found, what choosing it does, and what stays below.

use std::sync::Arc;

use super::desk::{Desk, command, commands};
use super::samples;
use tokenscope::catalog::Catalog;
use tokenscope::explorer::Pane;
use tokenscope::model::{Flow, Opening, RunId};
use tokenscope::session::{Command, Notice};

const WIDE: (u16, u16) = (120, 36);
const SMALL: (u16, u16) = (80, 24);

/// A refused run, a granted one, a past one and the catalogue that is built in.
fn full(size: (u16, u16)) -> Desk {
    let mut desk = Desk::refused(size);
    desk.tell_all(samples::granted_run(2, Flow::Interactive));
    desk.press(":");
    desk.tell(samples::past());
    desk.tell(Notice::Catalogue(Arc::new(Catalog::builtin())));
    desk
}

fn picture(name: &str, at: impl Fn((u16, u16)) -> Desk) {
    for size in [SMALL, WIDE] {
        let desk = at(size);
        insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("{name}-{}x{}", size.0, size.1), desk.text());
        });
    }
}

#[test]
fn it_opens_over_what_was_there_and_lists_each_kind() {
    picture("palette", |size| {
        let mut desk = Desk::refused(size);
        desk.press(":");
        desk.tell(samples::past());
        desk
    });
}

#[test]
fn what_is_typed_is_found_among_all_kinds() {
    picture("palette-typed", |size| {
        let mut desk = Desk::refused(size);
        desk.press(":");
        desk.tell(samples::past());
        desk.type_text("comp");
        desk
    });
}

#[test]
fn the_whole_catalogue_is_found_by_number_and_its_entry_opened() {
    let mut desk = full(WIDE);
    desk.type_text("50076");
    desk.shows("▶  AADSTS50076");
    desk.press("Enter");
    desk.shows("Entry ─ AADSTS50076");
    desk.press("Esc");
    desk.hides("Entry ─");
    desk.hides("Find anything ─");
}

#[test]
fn an_action_is_done_as_its_key_would_do_it() {
    let mut desk = full(WIDE);
    desk.type_text("compare");
    let asked = command(desk.press("Enter"));
    assert!(
        matches!(asked, Command::Compare(RunId(1), RunId(2))),
        "{asked:?}"
    );
    assert_eq!(desk.state.pane(), Pane::Steps);
}

#[test]
fn what_cannot_be_done_in_the_pane_below_is_not_offered() {
    let mut desk = Desk::open(WIDE, Opening::Start);
    desk.press(":");
    desk.type_text("cancel-run");
    desk.hides("▶  Esc");
    desk.press("Ctrl-U");
    desk.type_text("history");
    desk.shows("H");
    assert!(commands(&desk.press("Enter"))[0].starts_with("History"));
}

#[test]
fn a_run_a_past_run_and_a_scenario_are_gone_to() {
    let mut desk = full(WIDE);
    desk.type_text("silent invalid_grant ✗");
    desk.press("Enter");
    desk.shows("Multifactor authentication is required.");
    desk.press(":");
    desk.type_text("3f1c2b00-5555");
    assert!(matches!(command(desk.press("Enter")), Command::Reopen(7)));
    desk.press(":");
    desk.type_text("wrong-secret");
    assert!(
        matches!(command(desk.press("Enter")), Command::Scenario(name) if name == "wrong-secret")
    );
}

#[test]
fn escape_leaves_everything_as_it_was() {
    let mut desk = Desk::refused(WIDE);
    desk.press("Tab");
    let before = desk.text();
    desk.press("Ctrl-K");
    desk.type_text("mfa");
    assert_ne!(desk.text(), before);
    desk.press("Esc");
    assert_eq!(desk.text(), before);
}

#[test]
fn it_opens_over_the_lab_where_a_colon_means_something_else() {
    let mut desk = Desk::refused(WIDE);
    desk.tell(samples::world());
    desk.press("L Ctrl-K");
    desk.shows("Find anything");
    desk.type_text("start-over");
    assert!(matches!(command(desk.press("Enter")), Command::StartOver));
}

#[test]
fn what_comes_in_while_it_is_open_leaves_the_cursor_where_it_is() {
    let mut desk = Desk::refused(WIDE);
    desk.press(":");
    desk.type_text("silent");
    desk.press("Down");
    let chosen = |desk: &Desk| {
        let screen = desk.text();
        let row = screen.lines().find(|line| line.contains('▶'));
        row.map(|row| row.split('▶').nth(1).unwrap_or_default().trim().to_owned())
    };
    let before = chosen(&desk);
    desk.tell(samples::past());
    desk.tell(Notice::Catalogue(Arc::new(Catalog::builtin())));
    assert_eq!(chosen(&desk), before);
}
