//! The explorer line by line, as a screen reader hears it: the same journeys, by numbers and words.

use super::Journey;

/// Tall enough that nothing that was said has rolled away.
const TALL: (u16, u16) = (160, 400);

/// Types a line.
fn say(journey: &mut Journey, line: &str) {
    journey.terminal.press(line);
    journey.terminal.press("Enter");
}

fn begin(args: &[&str]) -> Journey {
    let mut all = args.to_vec();
    all.push("--linear");
    Journey::begin(&all, TALL, &[])
}

#[test]
fn mfa_on_silent_is_cured_by_numbers() {
    let mut journey = begin(&["demo", "mfa-on-silent"]);
    journey.terminal.shows("1. Scenario step 1: ask silently");
    say(&mut journey, "1");
    journey
        .terminal
        .shows("Multifactor authentication is required.");
    journey
        .terminal
        .shows("Signing in: helps, if the claims go along");
    journey.terminal.shows("1. Sign in in the browser");
    say(&mut journey, "1");
    journey
        .terminal
        // The address of this sign-in carries the claims; that of the one before the scenario's start does not.
        .shows("claims=%7B");
    say(&mut journey, "1");
    journey.terminal.shows("1. done: Sign in in the browser");
    say(&mut journey, "2");
    journey.terminal.shows("2. done: Repeat silently");
    journey.terminal.shows("3. Compare with the failed run");
    say(&mut journey, "3");
    journey.terminal.shows("== Compare");
    journey.terminal.shows("refused to granted");
    say(&mut journey, "quit");
    assert!(journey.terminal.ends().success());
}

#[test]
fn nothing_is_drawn_and_the_terminal_is_not_taken() {
    let mut journey = begin(&["demo"]);
    journey
        .terminal
        .shows("1. MFA demanded while refreshing silently");
    say(&mut journey, "0");
    journey.terminal.shows("What can be done here");
    say(&mut journey, "quit");
    assert!(journey.terminal.ends().success());
    let raw = journey.terminal.raw();
    assert!(!raw.contains('\u{1b}'), "{raw:?}");
    assert!(!raw.contains(['┌', '│', '─', '▶', '✗', '✓', '◌']), "{raw}");
}

#[test]
fn a_dumb_terminal_is_talked_to_in_lines_by_itself() {
    let mut journey = Journey::begin(&[], TALL, &[("TERM", "dumb")]);
    journey.terminal.shows("Plain lines:");
    journey.terminal.shows("Paste an error");
    say(&mut journey, "quit");
    assert!(journey.terminal.ends().success());
}

#[test]
fn a_code_is_looked_up_and_its_entry_read() {
    let mut journey = begin(&[]);
    journey.terminal.shows("Paste an error");
    say(&mut journey, "C");
    journey.terminal.shows("Type what to look for");
    say(&mut journey, "AADSTS50076");
    journey.terminal.shows("1. AADSTS50076");
    say(&mut journey, "1");
    journey.terminal.shows("UserStrongAuthClientAuthNRequired");
    say(&mut journey, "back");
    say(&mut journey, "quit");
    assert!(journey.terminal.ends().success());
}

#[test]
fn an_error_is_pasted_line_by_line_and_explained() {
    let mut journey = begin(&[]);
    journey.terminal.shows("Paste an error");
    say(&mut journey, "p");
    journey.terminal.shows("A line with a single dot ends it");
    say(
        &mut journey,
        r#"{"error":"invalid_grant","error_description":"AADSTS50173: revoked","#,
    );
    say(&mut journey, r#""error_codes":[50173]}"#);
    say(&mut journey, ".");
    journey.terminal.shows("AADSTS50173");
    journey.terminal.shows("Signing in:");
    say(&mut journey, "quit");
    assert!(journey.terminal.ends().success());
}

#[test]
fn a_password_is_typed_unseen() {
    let mut journey = begin(&["demo", "wrong-password"]);
    journey.terminal.shows("1. Scenario step 1");
    say(&mut journey, "1");
    journey.terminal.shows("not shown");
    // A line that was begun before it was asked for something hidden has to end first.
    if journey.terminal.text().contains("Press Enter first") {
        say(&mut journey, "");
    }
    journey.terminal.echoes_nothing();
    say(&mut journey, "notit");
    journey
        .terminal
        .shows("1. Enter the user name and password again");
    assert!(!journey.terminal.raw().contains("notit"));
    say(&mut journey, "quit");
    assert!(journey.terminal.ends().success());
}
