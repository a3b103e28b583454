//! The lab's screen and the list of scenarios: what keys lead to, and facts about each pane.

use std::time::{Duration, Instant};

use super::desk::{Desk, command, commands};
use super::samples;
use tokenscope::explorer::Pane;
use tokenscope::model::world::{Decision, LabRequestRecord, Thing};
use tokenscope::model::{Moment, RunId, WorldChange};
use tokenscope::session::{Command, Notice};

const SIZE: (u16, u16) = (120, 36);
const SMALL: (u16, u16) = (80, 24);

fn at_the_lab(size: (u16, u16)) -> Desk {
    let mut desk = Desk::refused(size);
    desk.tell(samples::world());
    desk.tell(samples::requests());
    desk.press("L");
    desk
}

#[test]
fn a_policy_is_switched_with_one_key() {
    let mut desk = at_the_lab(SIZE);
    desk.shows("[on]  require-mfa");
    match command(desk.press("Enter")) {
        Command::World(WorldChange::Policy { name, on: false }) => assert_eq!(name, "require-mfa"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_setting_that_the_world_knows_is_listed_and_switched() {
    let mut desk = at_the_lab(SIZE);
    desk.press("/");
    desk.type_text("ada locked");
    desk.press("Enter");
    desk.shows("locked               yes  (not as at the start)");
    desk.hides("[on]  require-mfa");
    match command(desk.press("Enter")) {
        Command::World(WorldChange::Set {
            thing: Thing::User,
            name,
            key,
            value,
        }) => assert_eq!(
            (name.as_str(), key.as_str(), value.as_str()),
            ("ada@contoso.example", "locked", "no")
        ),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_setting_that_takes_text_is_typed_after_how_it_stands() {
    let mut desk = at_the_lab(SIZE);
    desk.press("/");
    desk.type_text("ada display");
    desk.press("Enter Enter");
    desk.shows(":set user ada@contoso.example display Ada Example");
    desk.press("Ctrl-W");
    desk.type_text("Lovelace");
    match command(desk.press("Enter")) {
        Command::World(WorldChange::Set { value, .. }) => assert_eq!(value, "Ada Lovelace"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn any_change_can_be_made_in_words() {
    let mut desk = at_the_lab(SIZE);
    desk.press(":");
    desk.type_text("advance 61m");
    assert!(matches!(
        command(desk.press("Enter")),
        Command::World(WorldChange::Advance(_))
    ));
    desk.press(":");
    desk.type_text("dance");
    assert!(commands(&desk.press("Enter")).is_empty());
    desk.shows("The lab knows no change “dance”");
}

#[test]
fn the_code_of_a_refusal_and_of_a_catalogue_entry_is_forced_by_words_that_are_there_already() {
    let mut desk = Desk::refused(SIZE);
    desk.tell(samples::world());
    desk.press("F");
    desk.shows(":force AADSTS50076 once");
    desk.press("Esc");
    desk.hides(":force");
    let known = std::sync::Arc::new(tokenscope::catalog::Catalog::builtin());
    desk.press("C");
    desk.tell(Notice::Catalogue(known));
    desk.type_text("65001");
    desk.press("Enter F");
    desk.shows(":force AADSTS65001 once");
}

#[test]
fn what_is_to_be_known_of_the_lab_can_be_reached_and_copied() {
    let mut desk = at_the_lab(SMALL);
    desk.press("G");
    desk.shows("▶Signs in   ada@contoso.example");
    desk.press("k");
    desk.shows("▶Authority  http://127.0.0.1:7001/contoso.example");
    assert!(commands(&desk.press("Enter")).is_empty());
}

#[test]
fn a_thing_unfolds_its_settings_and_folds_them_again() {
    let mut desk = at_the_lab(SIZE);
    desk.press("/");
    desk.type_text("contoso-daemon");
    desk.press("Esc");
    desk.hides("    display");
    desk.press("j j j j Enter");
    desk.shows("▾ contoso-daemon");
    desk.shows("display              daemon");
    desk.press("Enter");
    desk.hides("display              daemon");
}

#[test]
fn requests_are_listed_newest_first_with_decision_and_reason() {
    let desk = at_the_lab(SIZE);
    let screen = desk.text();
    let newest = screen.find("AADSTS50076");
    let oldest = screen.find("metadata");
    assert!(newest < oldest, "{screen}");
    desk.shows("policy require-mfa applied");
}

#[test]
fn a_request_is_opened_beside_the_clients_view_of_the_same_exchange() {
    let mut desk = at_the_lab(SIZE);
    desk.press("Tab Enter");
    desk.shows("What the lab saw");
    desk.shows("What the client saw");
    desk.shows("exchange 2 of 2");
    desk.shows("Multifactor authentication is required.");
    desk.shows("refresh_token = ‹refresh token");
    desk.hides("0.AAAA-not-a-real-one");
    desk.press("Enter");
    assert_eq!(desk.state.pane(), Pane::Reply);
    desk.shows("┬ Reply ─ 400");
}

#[test]
fn a_request_of_another_client_says_so() {
    let mut desk = at_the_lab(SMALL);
    desk.tell(Notice::LabRequests(vec![LabRequestRecord {
        id: 9,
        client: Some("contoso-daemon".into()),
        program: Some("MSAL.Python 1.31.0".into()),
        because: "token issued to contoso-daemon".into(),
        decision: Decision::Granted,
        status: 200,
        ..LabRequestRecord::default()
    }]));
    desk.press("Tab Enter");
    desk.shows("MSAL.Python 1.31.0");
    desk.press("Tab");
    desk.shows("No run of this program sent this request.");
    desk.press("Esc");
    desk.shows("┌ Requests ─ 3");
    desk.press("Esc");
    desk.hides("┌ Requests");
}

#[test]
fn the_request_under_the_cursor_stays_there_when_others_arrive() {
    let mut desk = at_the_lab(SIZE);
    desk.press("Tab j");
    desk.shows("▶· 14:02:10 discovery");
    desk.tell(samples::more_requests(100, 5));
    desk.shows("▶· 14:02:10 discovery");
}

#[test]
fn a_run_that_begins_at_the_lab_leaves_the_lab_on_screen() {
    let mut desk = at_the_lab(SIZE);
    match command(desk.press("r")) {
        Command::Begin(spec) => assert!(spec.force_refresh),
        other => panic!("{other:?}"),
    }
    desk.tell_all(samples::granted_run(2, tokenscope::model::Flow::Silent));
    desk.shows("Requests ─ 2");
    desk.shows("Last  ✓ silent");
}

#[test]
fn one_key_sets_everything_back_and_nothing_of_before_is_left() {
    let mut desk = at_the_lab(SIZE);
    assert!(matches!(command(desk.press("X")), Command::StartOver));
    desk.tell(Notice::StartedOver);
    desk.tell(samples::scenario_ready());
    desk.shows("Requests ─ 0");
    desk.shows("step 1 of 3");
    desk.press("Esc");
    desk.shows("No run yet.");
}

#[test]
fn users_are_signed_in_beforehand_with_one_key() {
    let mut desk = at_the_lab(SIZE);
    assert!(matches!(
        command(desk.press("W")),
        Command::SignInBeforehand
    ));
    desk.shows("Signing the lab's users in");
}

#[test]
fn the_mark_of_the_simulation_stands_over_the_lab_at_every_size() {
    for size in [SIZE, SMALL, (60, 20)] {
        let mut desk = at_the_lab(size);
        desk.shows("LAB SIMULATED");
        desk.press("Tab Enter");
        desk.shows("LAB SIMULATED");
    }
}

#[test]
fn what_the_labs_user_does_is_chosen_in_a_box_of_its_own() {
    let mut desk = Desk::refused(SIZE);
    desk.tell(Notice::Began(Box::new(samples::running(
        2,
        tokenscope::model::Flow::Interactive,
        samples::browsing(true),
    ))));
    desk.press("d");
    desk.shows("What the lab's user does");
    assert!(matches!(
        command(desk.press("j Enter")),
        Command::LabUser(RunId(2), _)
    ));
}

#[test]
fn scenarios_are_found_by_code_class_group_and_words() {
    for words in [
        "50076",
        "interaction",
        "silent",
        "granted cure",
        "invalid_grant",
    ] {
        let mut desk = Desk::demo(SIZE);
        desk.press("/");
        desk.type_text(words);
        desk.press("Enter");
        desk.shows("▶  MFA demanded while refreshing silently");
        desk.shows(&format!("only “{words}”"));
        desk.press("Esc");
        desk.hides("only “");
    }
    let mut desk = Desk::demo(SIZE);
    desk.press("/");
    desk.type_text("no such thing");
    desk.shows("No scenario fits.");
}

#[test]
fn the_list_of_scenarios_says_where_to_begin_and_what_the_chosen_one_is_about() {
    for size in [SIZE, SMALL] {
        let desk = Desk::demo(size);
        desk.shows("New here? Begin with the first");
        desk.shows("Leads to");
        desk.shows("ends granted, after its cure");
    }
}

#[test]
fn a_key_is_drawn_at_once_though_hundreds_of_requests_are_listed() {
    let mut desk = at_the_lab(SIZE);
    desk.tell(samples::more_requests(100, 500));
    desk.press("Tab");
    let began = Instant::now();
    for _ in 0..20 {
        desk.press("j");
        desk.text();
    }
    let each = began.elapsed() / 20;
    // Without optimisation, beside other tests: what a release build takes is a fraction of it.
    assert!(each < Duration::from_millis(60), "{each:?}");
}

#[test]
fn nothing_moves_at_the_lab_while_nothing_happens() {
    let mut desk = at_the_lab(SIZE);
    desk.state.now = Moment::from_seconds(1_795_360_000);
    assert!(!desk.state.moving());
}
