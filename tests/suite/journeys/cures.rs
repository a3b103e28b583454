//! Scenarios walked to their end by doing, each time, what the screen offers first.

use super::Journey;

/// Presses Enter, then waits for what it must lead to; one line for each screen on the way.
fn enter(journey: &mut Journey, screens: &[&str]) {
    for screen in screens {
        journey.terminal.press("Enter");
        journey.terminal.shows(screen);
    }
}

#[test]
fn a_wrong_client_secret_is_cured_by_the_right_one() {
    let mut journey = Journey::demo("wrong-client-secret", (80, 24));
    enter(
        &mut journey,
        &[
            "The client secret is wrong.",
            "the lab's user types the right value",
            "✓ A token was granted.",
        ],
    );
    journey.terminal.shows("The scenario is done.");
    journey.terminal.shows("▶· 3 Compare with the failed run");
    enter(&mut journey, &["┌ Compare"]);
    journey.terminal.shows("Another client secret was sent.");
    enter(&mut journey, &["▶  4 Run it again"]);
    journey.ends_well();
}

#[test]
fn an_expired_client_secret_waits_for_its_owner_before_it_is_typed_anew() {
    let mut journey = Journey::demo("expired-client-secret", (120, 36));
    enter(
        &mut journey,
        &[
            "The client secret has expired.",
            "┌ Hand over",
            "▶  2 Scenario step 2: the daemon gets a new secret",
            "▶· 2 Enter the client secret again",
            "the lab's user types the right value",
            "✓ A token was granted.",
        ],
    );
    journey.terminal.shows("The scenario is done.");
    journey.ends_well();
}

#[test]
fn declined_consent_is_asked_for_again_and_given() {
    let mut journey = Journey::demo("consent-declined", (80, 24));
    enter(
        &mut journey,
        &[
            "The lab's user signs in and declines to consent",
            "The user declined to consent.",
            "▶  1 The lab's user does what the page asks for",
            "✓ A token was granted.",
        ],
    );
    journey.terminal.shows("The scenario is done.");
    journey.ends_well();
}

#[test]
fn a_code_that_a_faulty_program_redeemed_twice_is_followed_by_a_sign_in_of_a_sound_one() {
    let mut journey = Journey::demo("code-redeemed-twice", (80, 24));
    enter(
        &mut journey,
        &[
            "▶  1 The lab's user does what the page asks for",
            "The authorization code was redeemed before.",
        ],
    );
    journey.terminal.press("i");
    journey.terminal.shows("A code works once.");
    journey.terminal.press("i");
    journey.terminal.shows("▶· 1 Sign in again");
    enter(
        &mut journey,
        &[
            "▶  1 The lab's user does what the page asks for",
            "✓ A token was granted.",
        ],
    );
    journey.terminal.shows("The scenario is done.");
    journey.ends_well();
}

#[test]
fn a_device_code_runs_out_and_a_new_one_is_approved() {
    let mut journey = Journey::demo("device-expired", (80, 24));
    enter(
        &mut journey,
        &["▶  1 Scenario step 2: the clock moves on by 16 min"],
    );
    // The wait passes by this key, or has passed by itself.
    journey.terminal.press("Enter c");
    journey.terminal.shows("▶· 1 Start a new device sign-in");
    enter(
        &mut journey,
        &[
            "▶  1 The lab's user types the code and approves",
            "✓ A token was granted.",
        ],
    );
    journey.terminal.shows("The scenario is done.");
    journey.ends_well();
}

#[test]
fn a_declined_device_code_is_followed_by_an_approved_one() {
    let mut journey = Journey::demo("device-declined", (80, 24));
    enter(
        &mut journey,
        &[
            "▶  1 The lab's user types the code and declines",
            "▶· 1 Start a new device sign-in",
            "▶  1 The lab's user types the code and approves",
            "✓ A token was granted.",
        ],
    );
    journey.terminal.shows("The scenario is done.");
    journey.ends_well();
}

#[test]
fn a_page_that_sends_nothing_back_is_handed_over_by_what_the_screen_offers() {
    let mut journey = Journey::demo("blocked-on-page", (80, 24));
    enter(
        &mut journey,
        &[
            "▶  1 The lab's user does what the page asks for",
            "▶  1 Hand the run what the page shows",
            "┌ Paste",
        ],
    );
    journey.terminal.press("Ctrl-D");
    journey.terminal.shows("does not help");
    enter(&mut journey, &["┌ Hand over", "Choose another scenario"]);
    journey.ends_well();
}

#[test]
fn a_throttled_request_waits_and_succeeds() {
    let mut journey = Journey::demo("throttled", (80, 24));
    enter(
        &mut journey,
        &["does not help now; waiting does", "Goes on in"],
    );
    journey.terminal.shows("▶  1 Cut the wait short");
    enter(&mut journey, &["✓ A token was granted."]);
    journey.terminal.shows("The scenario is done.");
    journey.ends_well();
}

#[test]
fn what_an_api_asks_for_is_brought_to_it() {
    let mut journey = Journey::demo("api-claims-challenge", (80, 24));
    enter(
        &mut journey,
        &[
            "▶· 1 Acquire silently, passing the claims the API asked for",
            "▶· 1 Sign in in the browser, passing the claims",
            "▶  1 The lab's user does what the page asks for",
            "▶· 2 Call the API again with the new token",
            "200 from http",
        ],
    );
    journey.terminal.shows("The scenario is done.");
    journey.ends_well();
}

#[test]
fn the_key_for_the_scenario_follows_what_was_done_by_other_keys() {
    let mut journey = Journey::demo("mfa-on-silent", (120, 36));
    enter(
        &mut journey,
        &[
            "Multifactor authentication is required.",
            "▶  1 The lab's user does what the page asks for",
            "▶· 2 Repeat silently",
        ],
    );
    journey.terminal.press(">");
    journey.terminal.shows("The scenario is done.");
    journey.terminal.hides("scenario's next step");
    journey.ends_well();
}
