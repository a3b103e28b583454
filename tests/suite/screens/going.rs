//! Back and forward through what was looked at, and where the title bar says one is.

use std::sync::Arc;

use super::desk::Desk;
use super::samples;
use tokenscope::catalog::Catalog;
use tokenscope::explorer::Pane;
use tokenscope::model::{Flow, Opening, RunId};
use tokenscope::session::Notice;

const SIZE: (u16, u16) = (120, 36);

fn compared(desk: &mut Desk) {
    desk.tell(Notice::Compared {
        left: RunId(1),
        right: RunId(2),
        differences: samples::differences(),
        clue: samples::clue(),
    });
}

/// A refused and a granted run.
fn two_runs() -> Desk {
    let mut desk = Desk::refused(SIZE);
    desk.tell_all(samples::granted_run(2, Flow::Interactive));
    desk
}

#[test]
fn one_goes_back_to_a_box_that_was_closed_and_forward_out_of_it_again() {
    let mut desk = two_runs();
    compared(&mut desk);
    desk.shows("refused → granted");
    desk.press("j j j");
    let there = desk.text();
    desk.press("Esc");
    desk.hides("refused → granted");
    desk.press("Alt-Left");
    assert_eq!(desk.text(), there);
    desk.press("Alt-Right");
    desk.hides("refused → granted");
}

#[test]
fn one_goes_back_to_the_run_that_was_looked_at() {
    let mut desk = two_runs();
    desk.shows("A token was granted.");
    desk.press("(");
    desk.shows("Multifactor authentication is required.");
    desk.press(")");
    desk.shows("A token was granted.");
}

#[test]
fn moving_along_the_runs_is_one_place() {
    let mut desk = two_runs();
    desk.tell_all(samples::granted_run(3, Flow::Silent));
    desk.press("Tab l Esc");
    desk.press("j j k");
    desk.press("l");
    desk.shows("▸ log");
    desk.press("(");
    desk.hides("▸ log");
    assert_eq!(desk.state.pane(), Pane::Runs);
    desk.press("(");
    desk.hides("▸ log");
    desk.press("(");
    desk.shows("▸ log");
}

#[test]
fn an_entry_of_the_catalogue_is_come_back_to() {
    let mut desk = Desk::refused(SIZE);
    desk.press("e");
    desk.tell(Notice::Catalogue(Arc::new(Catalog::builtin())));
    desk.shows("tokenscope ▸ run 14:02:11 ▸ catalogue ▸ AADSTS50076");
    desk.press("Esc C");
    desk.type_text("7000215");
    desk.press("Enter");
    desk.shows("catalogue ▸ AADSTS7000215");
    // The list is the place between the two, and the main screen before it.
    desk.press("Alt-Left");
    desk.shows("▸ catalogue ");
    desk.press("Alt-Left");
    desk.hides("▸ catalogue");
    desk.press("Alt-Left");
    desk.shows("catalogue ▸ AADSTS50076");
    desk.shows("Entry ─ AADSTS50076");
    desk.press("Alt-Right Alt-Right Alt-Right");
    desk.shows("catalogue ▸ AADSTS7000215");
}

#[test]
fn what_is_gone_is_not_gone_back_to() {
    let mut desk = two_runs();
    desk.press("l Esc");
    desk.tell(Notice::StartedOver);
    desk.press("( ( ( ( (");
    desk.hides("14:02:11");
}

#[test]
fn a_box_that_asks_something_is_no_place() {
    let mut desk = Desk::open(SIZE, Opening::Start);
    desk.press("p Esc");
    desk.press("j Enter Esc");
    assert_eq!(desk.state.pane(), Pane::Start);
    desk.press("(");
    assert_eq!(desk.state.pane(), Pane::Start);
}

#[test]
fn the_title_bar_says_where_one_is() {
    let mut desk = two_runs();
    desk.shows("tokenscope ▸ contoso-desktop");
    compared(&mut desk);
    desk.shows("tokenscope ▸ run 14:02:11 ▸ comparison");
    desk.press("Esc L");
    desk.shows("tokenscope ▸ lab · ");
    desk.shows("LAB SIMULATED");
    desk.press("Esc");
    desk.press(":");
    desk.shows("tokenscope ▸ contoso-desktop");
}
