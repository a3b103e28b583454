//! What an audience sees: room, the story, the keys, and always that it is a simulation.

use super::desk::{Desk, command, commands};
use super::samples;
use tokenscope::explorer::Effects;
use tokenscope::model::{Activity, Flow, Moment, RunId, Stage};
use tokenscope::session::{Command, Notice};

const MARK: &str = "LAB SIMULATED";

fn before_an_audience(mut desk: Desk) -> Desk {
    desk.state.present(true);
    desk
}

fn waiting(until: Moment) -> Activity {
    Activity::Waiting {
        why: "The server asked for it".into(),
        until,
        can_cut: true,
        unsent: false,
    }
}

fn told_to_wait(desk: &mut Desk, simulated: bool) -> Effects {
    let wait = waiting(Moment::from_millis(samples::NOW.millis() + 12_000));
    let mut run = samples::run(1, Flow::ClientCredentials, Stage::Running(wait));
    run.simulated = simulated;
    desk.tell(Notice::Began(Box::new(run)))
}

#[test]
fn one_key_begins_and_ends_it() {
    let mut desk = Desk::refused((120, 36));
    desk.hides("Seen  ");
    desk.press("S");
    desk.shows("Seen  ✗ silent: Multifactor authentication is required.");
    desk.shows("Presenter mode: larger");
    desk.press("S");
    desk.hides("Seen  ");
}

#[test]
fn lines_of_less_weight_wait_until_they_are_asked_for() {
    let mut desk = before_an_audience(Desk::refused((120, 60)));
    desk.press("Tab Tab");
    desk.shows("Who acts");
    desk.shows("h: all of it");
    desk.hides("Server's time");
    desk.press("h");
    desk.shows("Server's time");
    desk.hides("h: all of it");
}

#[test]
fn keys_are_shown_with_what_they_did_and_go_by_number() {
    let mut desk = before_an_audience(Desk::refused((120, 36)));
    desk.shows("Keys  none pressed yet");
    desk.press("Tab Tab ?");
    desk.shows("Keys  ? help · Tab ×2 next pane");
    desk.press("Esc l Esc i Esc");
    desk.shows("Keys  Esc back · i story · Esc back · l the log of this run · Esc back");
    desk.hides("Tab ×2");
}

#[test]
fn what_is_typed_is_not_among_the_keys() {
    let mut desk = before_an_audience(Desk::demo((120, 36)));
    desk.tell(samples::scenario_ready());
    desk.tell(Notice::Began(Box::new(samples::running(
        1,
        Flow::Password,
        samples::asking(),
    ))));
    desk.type_text("hunter2");
    desk.shows("Keys  … ×7 typed");
    desk.hides("hunter2");
    desk.hides("Keys  h");
}

#[test]
fn what_the_key_plays_next_is_told_before_it_is_pressed() {
    let mut desk = Desk::demo((120, 36));
    desk.tell(samples::scenario_ready());
    desk.shows("Space: Scenario step 1: ");
    let mut desk = before_an_audience(desk);
    desk.shows("Next  Space: Scenario step 1: ");
    assert!(matches!(
        command(desk.press("Space")),
        Command::ScenarioStep(0)
    ));
    desk.shows("Next  Space: under way …");
    assert!(commands(&desk.press("Space Space")).is_empty());
}

#[test]
fn whoever_plays_by_one_key_is_not_asked_for_a_password() {
    let mut desk = Desk::demo((120, 36));
    desk.tell(samples::scenario_ready());
    desk.press("Space");
    desk.tell(Notice::Began(Box::new(samples::running(
        1,
        Flow::Password,
        samples::asking(),
    ))));
    desk.hides("┌ Question");
    desk.tell(samples::scenario_ready());
    assert!(matches!(
        command(desk.press("Space")),
        Command::LabUser(RunId(1), _)
    ));
}

#[test]
fn a_wait_for_the_lab_is_shortened_and_said_to_be() {
    let mut desk = before_an_audience(Desk::demo((120, 36)));
    let effects = told_to_wait(&mut desk, true);
    assert!(matches!(command(effects), Command::CutWait(RunId(1))));
    desk.shows("(its wait of 12 s was shortened)");
}

#[test]
fn a_wait_for_anybody_else_is_never_shortened() {
    let mut desk = before_an_audience(Desk::demo((120, 36)));
    assert!(commands(&told_to_wait(&mut desk, false)).is_empty());
    desk.hides("was shortened");
}

#[test]
fn without_an_audience_a_wait_for_the_lab_is_waited_for() {
    let mut desk = Desk::demo((120, 36));
    assert!(commands(&told_to_wait(&mut desk, true)).is_empty());
}

#[test]
fn a_server_that_always_says_later_is_not_hurried_for_ever() {
    let mut desk = before_an_audience(Desk::demo((120, 36)));
    told_to_wait(&mut desk, true);
    let wait = waiting(samples::NOW);
    let hurried = (0..50).filter(|_| {
        let effects = desk.tell(Notice::Doing(RunId(1), wait.clone()));
        !commands(&effects).is_empty()
    });
    assert!(hurried.count() < 20);
}

/// Every box, by the keys and notices that open it over a refused run.
fn boxes(size: (u16, u16)) -> Vec<(&'static str, Desk)> {
    let by_keys = [
        "f",
        "p",
        "H",
        "l",
        "i",
        "P",
        "L",
        "C",
        "?",
        "1",
        "= ",
        "Tab",
        "Tab Tab",
        "Tab Tab Tab",
        "L Tab",
        "L :",
        "/",
        "s",
        "s ?",
    ];
    let mut all: Vec<(&'static str, Desk)> = by_keys
        .into_iter()
        .map(|keys| {
            let mut desk = Desk::refused(size);
            desk.tell(samples::world());
            desk.tell(samples::requests());
            desk.press(keys);
            (keys, desk)
        })
        .collect();
    let mut granted = Desk::refused(size);
    granted.tell_all(samples::granted_run(2, Flow::Silent));
    granted.press("t");
    all.push(("t", granted));
    for (name, activity, keys) in [
        ("device", samples::device(), ""),
        ("qr", samples::device(), "Q"),
        ("acts", samples::browsing(false), "d"),
        ("ask", samples::asking(), ""),
        ("paste", samples::browsing(false), "p"),
    ] {
        let mut desk = Desk::refused(size);
        desk.tell(Notice::Began(Box::new(samples::running(
            2,
            Flow::DeviceCode,
            activity,
        ))));
        desk.press(keys);
        all.push((name, desk));
    }
    all
}

#[test]
fn that_it_is_a_simulation_is_always_in_view() {
    for size in [
        (60, 20),
        (80, 24),
        (108, 30),
        (120, 36),
        (200, 60),
        (40, 10),
    ] {
        for audience in [false, true] {
            for (name, mut desk) in boxes(size) {
                desk.state.present(audience);
                let screen = desk.text();
                let first = screen.lines().next().unwrap_or_default();
                assert!(first.contains(MARK), "{name} at {size:?}:\n{screen}");
            }
        }
    }
}

#[test]
fn the_story_stays_in_view_below_every_box() {
    for size in [(60, 20), (80, 24), (120, 36)] {
        for (name, desk) in boxes(size) {
            let desk = before_an_audience(desk);
            let screen = desk.text();
            assert!(screen.contains("Seen  "), "{name} at {size:?}:\n{screen}");
            assert!(screen.contains("Keys  "), "{name} at {size:?}:\n{screen}");
        }
    }
}
