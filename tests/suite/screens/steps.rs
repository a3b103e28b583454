//! Walking a plan: how each step stands, what is skipped, and the message that is handed over.

use super::desk::{Desk, command};
use super::samples;
use tokenscope::explorer::Effect;
use tokenscope::model::{Actor, Doing, Flow, Opening, Outcome, RunId};
use tokenscope::session::{Command, Notice};

const SIZE: (u16, u16) = (120, 36);

/// A refusal with two steps: one that an administrator does, and one that the program does.
pub fn admins(size: (u16, u16)) -> Desk {
    let mut desk = Desk::open(size, Opening::Start);
    desk.tell_all(samples::granted_run(7, Flow::DeviceCode));
    desk.tell_all(samples::refused_run(1));
    let mut ending = samples::refused();
    if let Some(diagnosis) = &mut ending.diagnosis {
        let tell = Doing::HandOver {
            to: Actor::Admin,
            text: "Please consent.\nCodes: AADSTS50076".into(),
        };
        let mut ask = samples::step("tell-admin", "Ask for consent", tell);
        ask.why = "Only an administrator may consent to this.".into();
        diagnosis.plan.steps = vec![ask, samples::step("repeat", "Run it again", Doing::Repeat)];
    }
    desk.tell(Notice::Ended(RunId(1), Box::new(ending)));
    desk
}

fn copied(desk: &mut Desk) -> String {
    let effects = desk.press("y");
    match effects.into_iter().next() {
        Some(Effect::Copy(text)) => text.into_inner(),
        other => panic!("not copied: {other:?}"),
    }
}

#[test]
fn each_step_says_how_it_stands_and_the_title_counts() {
    let mut desk = Desk::refused(SIZE);
    desk.shows("· 1 Sign in in the browser");
    desk.shows("(to do)");
    desk.shows("Next steps ─ 0 of 3 done");
    desk.press("Enter");
    desk.tell(Notice::Began(Box::new(samples::running(
        2,
        Flow::Interactive,
        samples::browsing(true),
    ))));
    desk.shows("0 of 3 done · ◌ step 1 waits for a sign-in in the browser");
    desk.press("Tab j");
    desk.shows("◌ 1 Sign in in the browser");
    desk.shows("(under way: waits for a sign-in in the browser)");
    desk.press("k");
    desk.tell(Notice::Ended(RunId(2), Box::new(samples::granted())));
    desk.shows("(done)");
    desk.shows("Next steps ─ 1 of 3 done");
}

#[test]
fn a_step_that_failed_says_why() {
    let mut desk = Desk::refused(SIZE);
    desk.press("Enter");
    desk.tell(Notice::Began(Box::new(samples::running(
        2,
        Flow::Interactive,
        samples::browsing(true),
    ))));
    let mut ending = samples::granted();
    ending.outcome = Outcome::Cancelled;
    ending.token = None;
    desk.tell(Notice::Ended(RunId(2), Box::new(ending)));
    desk.shows("✗ 1 Sign in in the browser");
    desk.shows("(failed: cancelled)");
}

#[test]
fn a_step_is_skipped_and_taken_up_again() {
    let mut desk = Desk::refused(SIZE);
    desk.press("x");
    desk.shows("– 1 Sign in in the browser");
    desk.shows("(skipped)");
    desk.shows("0 of 3 done · 1 skipped");
    assert!(
        matches!(
            command(desk.press("Enter")),
            Command::DoStep { step: 1, .. }
        ),
        "the cursor went on to the next step"
    );
    let mut desk = Desk::refused(SIZE);
    desk.press("x k x");
    desk.hides("skipped)");
    desk.shows("▶· 1 Sign in in the browser");
    desk.shows("Next steps ─ 0 of 3 done ─");
}

#[test]
fn a_skipped_step_can_still_be_done() {
    let mut desk = Desk::refused(SIZE);
    desk.press("x k");
    assert!(matches!(
        command(desk.press("Enter")),
        Command::DoStep { step: 0, .. }
    ));
    desk.shows("◌ 1 Sign in in the browser");
    desk.hides("skipped)");
}

#[test]
fn a_plan_that_is_skipped_whole_leaves_what_else_can_be_done() {
    let mut desk = Desk::refused(SIZE);
    desk.press("x x x");
    desk.shows("0 of 3 done · 3 skipped");
    desk.press("PgDn");
    desk.shows("Run it again as it was");
}

#[test]
fn somebody_elses_step_says_whose_it_is_and_is_not_counted_as_done() {
    let mut desk = admins(SIZE);
    desk.shows("→ 1 Ask for consent  (up to an administrator of the tenant)");
    desk.shows("Only an administrator may consent to this.");
    desk.shows("Enter shows a message for them, ready to send.");
    desk.press("Enter Esc");
    desk.shows("(handed over, not yet known to be done)");
    desk.shows("0 of 2 done · 1 handed over");
    desk.shows("▶· 2 Run it again");
}

#[test]
fn the_message_says_what_was_tried_here() {
    let mut desk = admins(SIZE);
    desk.press("Enter");
    desk.shows("Tried in this session (times in UTC):");
    let text = copied(&mut desk);
    assert!(text.starts_with("Please consent."), "{text}");
    assert!(text.contains("- 14:02:11 device-code: granted"), "{text}");
    assert!(
        text.ends_with("- 14:02:11 silent: refused, invalid_grant 50076"),
        "{text}"
    );
}

#[test]
fn the_message_is_edited_in_place_and_copied_as_it_stands() {
    let mut desk = admins(SIZE);
    desk.press("Enter e");
    desk.shows("┌ Edit the message");
    desk.type_text("Dear Grace,");
    desk.press("Enter Enter Ctrl-D");
    desk.shows("(edited)");
    assert!(copied(&mut desk).starts_with("Dear Grace,\n\nPlease consent."));
    // It is still so when the message is opened again.
    desk.press("Esc k Enter");
    desk.shows("Dear Grace,");
    desk.press("x");
    desk.hides("Dear Grace,");
    assert!(copied(&mut desk).starts_with("Please consent."));
}

#[test]
fn a_secret_that_is_written_into_the_message_does_not_stay() {
    let mut desk = admins(SIZE);
    desk.press("Enter e");
    let token = samples::bearer();
    desk.type_text(&format!("Authorization: Bearer {token}"));
    desk.press("Enter");
    desk.hides(&token[..24]);
    desk.press("Ctrl-D");
    desk.shows("Something secret in it was hidden.");
    assert!(!copied(&mut desk).contains(&token), "it was copied");
    desk.press("e");
    desk.paste(&format!("Authorization: Bearer {token}\n"));
    desk.hides(&token[..24]);
    desk.press("Esc");
    assert!(!copied(&mut desk).contains(&token), "it was copied");
}

#[test]
fn what_is_written_stays_in_sight_on_a_small_screen() {
    let mut desk = admins((80, 24));
    desk.press("Enter e");
    for nth in 0..40 {
        desk.type_text(&format!("line {nth}"));
        desk.press("Enter");
        desk.shows(&format!("line {nth}"));
    }
    desk.hides("line 3 ");
}

#[test]
fn the_field_that_keys_go_to_is_in_sight_and_how_often_is_repeated_can_be_said() {
    let mut desk = Desk::refused((80, 24));
    desk.press("f");
    desk.hides("First wait");
    for _ in 0..40 {
        if desk.text().contains("▸ Repeats") {
            break;
        }
        desk.press("Tab");
        desk.shows("▸ ");
    }
    desk.shows("▸ Repeats");
    desk.shows("First wait");
    desk.press("Ctrl-U");
    desk.type_text("often");
    desk.shows("✗ `often` (expected: a whole number, 0 for never)");
    desk.press("Ctrl-U");
    desk.type_text("4");
    desk.press("Tab");
    desk.type_text("0.5");
    match command(desk.press("Enter")) {
        Command::Begin(spec) => {
            let retry = &spec.options.retry;
            assert_eq!((retry.attempts, retry.base.as_millis()), (4, 500));
        }
        other => panic!("{other:?}"),
    }
}
