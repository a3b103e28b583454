//! Shown to others: played by one key, recorded, set back.

use std::num::NonZeroU16;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::Journey;

/// Presses the space bar, then waits for what it must lead to; one line for each screen on the way.
fn space(journey: &mut Journey, screens: &[&str]) {
    for screen in screens {
        journey.terminal.press("Space");
        journey.terminal.shows(screen);
    }
}

#[test]
fn a_scenario_is_presented_by_the_space_bar_alone() {
    let mut journey = Journey::begin(&["demo", "mfa-on-silent", "--present"], (120, 36), &[]);
    journey
        .terminal
        .shows("Next  Space: Scenario step 1: ask silently");
    space(
        &mut journey,
        &[
            "Next  Space: Sign in in the browser",
            "Next  Space: The lab's user does what the page asks for",
            "Next  Space: Scenario step 3",
            "Next  Space: Compare with the run",
            "┌ Compare",
            "Next  Space: to the list of scenarios",
        ],
    );
    journey.terminal.shows("Keys  Space close this, and go on");
    journey.terminal.shows("LAB SIMULATED");
    journey.ends_well();
}

#[test]
fn a_password_is_typed_by_the_labs_user_where_one_key_plays_on() {
    let mut journey = Journey::demo("wrong-password", (80, 24));
    space(
        &mut journey,
        &[
            "Space: The lab's user types a wrong value",
            "Space: Enter the user name and password again",
            "Space: The lab's user types the right value",
            "✓ A token was granted.",
        ],
    );
    journey.ends_well();
}

#[test]
fn one_key_sets_clock_runs_and_scenario_back() {
    let mut journey = Journey::demo("device-expired", (120, 36));
    space(
        &mut journey,
        &[
            "Space: Scenario step 2: the clock moves on by 16 min",
            "Space: Scenario step 3",
        ],
    );
    journey.terminal.press("L");
    journey.terminal.shows("┬ Requests");
    journey.terminal.press("G");
    journey.terminal.shows("moved on by 16 min");
    journey.terminal.press("X");
    journey.terminal.shows("as the machine's");
    journey.terminal.press("Esc");
    journey.terminal.shows("Space: Scenario step 1");
    journey.terminal.shows("No run yet.");
    journey.ends_well();
}

/// What a player of the recording shows at its end.
fn played(cast: &str) -> String {
    // The last line may be on its way yet.
    let (whole, _) = cast.rsplit_once('\n').expect("the header is whole");
    let mut lines = whole
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap_or_else(|e| panic!("{e}: {line}")));
    let header = lines.next().expect("a header");
    let cells = |name: &str| {
        let cells = header[name]
            .as_u64()
            .and_then(|cells| u16::try_from(cells).ok());
        cells.and_then(NonZeroU16::new).expect("a number of cells")
    };
    let mut player = vt100::Parser::new(cells("height"), cells("width"), 0);
    for event in lines.filter(|event| event[1] == "o") {
        player.process(event[2].as_str().expect("data is text").as_bytes());
    }
    trimmed(&player.screen().contents())
}

fn trimmed(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n")
}

#[test]
fn what_was_drawn_is_played_back_and_what_was_revealed_is_not() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = directory.path().join("talk.cast");
    let file = path.to_str().expect("a path in UTF-8");
    let args = ["demo", "wrong-client-secret", "--record", file];
    let mut journey = Journey::begin(&args, (120, 36), &[]);
    let cast = || std::fs::read_to_string(&path).expect("the recording is there");
    journey.terminal.shows("Space: Scenario step 1");
    space(&mut journey, &["The client secret is wrong."]);
    journey.terminal.press("Tab Tab Tab v R");
    journey
        .terminal
        .shows("Hidden values show until the next key.");
    journey.terminal.shows("not-the-right-one");
    journey.terminal.press("k");
    journey.terminal.hides("not-the-right-one");
    journey.terminal.press("?");
    journey.terminal.shows("┌ Keys");
    // A frame is recorded right after it is drawn.
    let end = Instant::now() + Duration::from_mins(1);
    while played(&cast()) != trimmed(&journey.terminal.text()) {
        assert!(Instant::now() < end, "played back:\n{}", played(&cast()));
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(!cast().contains("not-the-right-one"));
    assert!(!cast().contains("Hidden values show"));
    assert!(cast().contains("hidden values were shown here"));
    journey.ends_well();
}

#[test]
fn a_recording_is_never_written_over_another_file() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = directory.path().join("dear.cast");
    std::fs::write(&path, "dear to somebody").expect("it can be written");
    let file = path.to_str().expect("a path in UTF-8");
    let mut journey = Journey::begin(&["demo", "--record", file], (160, 24), &[]);
    journey.terminal.shows("dear.cast is there already");
    assert_eq!(journey.terminal.ends().exit_code(), 2);
    let kept = std::fs::read_to_string(&path).expect("it is still there");
    assert_eq!(kept, "dear to somebody");
}
