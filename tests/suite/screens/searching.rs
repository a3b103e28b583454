//! Searching a pane and narrowing a list: the place that is told, going round, and what is listed.

use super::desk::{Desk, command, commands};
use super::samples;
use tokenscope::explorer::Pane;
use tokenscope::model::{Flow, Opening};
use tokenscope::session::Command;

const SIZE: (u16, u16) = (120, 36);

#[test]
fn the_search_says_which_place_of_how_many_it_is_at_and_when_it_goes_round() {
    let mut desk = Desk::refused(SIZE);
    desk.press("Tab Tab Tab /");
    desk.type_text("error");
    desk.shows("1 of 6");
    desk.press("Enter");
    desk.shows("1 of 6");
    desk.press("n n n n n");
    desk.shows("6 of 6");
    desk.press("n");
    desk.shows("1 of 6, from the top again");
    desk.press("N");
    desk.shows("6 of 6, from the bottom again");
}

#[test]
fn a_search_that_finds_nothing_says_so_as_it_is_typed() {
    let mut desk = Desk::refused(SIZE);
    desk.press("Tab Tab /");
    desk.type_text("zebra");
    desk.shows("nowhere in this pane");
    desk.press("Enter");
    desk.shows("Not found in this pane.");
}

#[test]
fn every_pane_that_scrolls_is_searched() {
    for keys in ["?", "l", "P", "i"] {
        let mut desk = Desk::refused(SIZE);
        desk.press(keys);
        let pane = desk.state.pane();
        desk.press("/");
        desk.type_text("e");
        desk.press("Enter");
        let screen = desk.text();
        assert!(screen.contains("1 of "), "{pane:?}\n{screen}");
        assert_eq!(desk.state.pane(), pane);
    }
}

#[test]
fn the_runs_are_narrowed_and_the_one_that_is_looked_at_is_among_them() {
    let mut desk = Desk::refused(SIZE);
    desk.tell_all(samples::granted_run(2, Flow::Interactive));
    desk.press("Tab");
    assert_eq!(desk.state.pane(), Pane::Runs);
    desk.shows("A token was granted.");
    desk.press("/");
    desk.type_text("50076 silent");
    desk.shows("Runs ─ 1 of 2");
    desk.shows("Multifactor authentication is required.");
    desk.press("Enter Esc");
    desk.hides("Runs ─ 1 of 2");
    desk.shows("Multifactor authentication is required.");
}

#[test]
fn the_exchanges_are_narrowed_and_the_right_one_is_opened() {
    let mut desk = Desk::refused(SIZE);
    desk.press("Tab Tab Tab Tab");
    assert_eq!(desk.state.pane(), Pane::Exchanges);
    desk.press("/");
    desk.type_text("400");
    desk.shows("Exchanges ─ 1 of 2");
    desk.press("Enter Enter");
    assert_eq!(desk.state.pane(), Pane::Reply);
    desk.shows("Reply ─ 400");
}

#[test]
fn past_runs_are_narrowed_as_one_types_and_the_store_is_asked_at_the_end() {
    let mut desk = Desk::open(SIZE, Opening::Start);
    desk.press("H");
    desk.tell(samples::past());
    desk.press("/");
    desk.type_text("desktop 50076");
    desk.shows("Past runs ─ 1 of 1");
    let asked = command(desk.press("Enter"));
    assert!(matches!(asked, Command::History(text) if text == "desktop 50076"));
    assert!(matches!(command(desk.press("Esc")), Command::History(text) if text.is_empty()));
    desk.press("/");
    desk.type_text("zebra");
    desk.shows("No past run holds this.");
    assert!(commands(&desk.press("Esc")).is_empty());
    desk.shows("contoso-desktop");
}
