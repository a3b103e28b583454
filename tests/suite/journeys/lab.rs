//! The lab's screen by keys alone: a policy switched on stage, the request that failed for it opened, everything set
//! back; scenarios found among many.

use super::Journey;

#[test]
fn a_policy_is_switched_on_fails_a_run_says_why_and_is_switched_off_again() {
    let mut journey = Journey::demo("mfa-on-silent", (120, 36));
    let terminal = &mut journey.terminal;
    terminal.press("L");
    terminal.shows("▶[on]  require-mfa");
    terminal.press("Enter");
    terminal.shows("▶[off] require-mfa");
    terminal.press(">");
    terminal.shows("Last  ✓ silent");
    terminal.press("Enter");
    terminal.shows("▶[on]  require-mfa");
    terminal.press("r");
    terminal.shows("Last  ✗ silent  invalid_grant 50076");
    terminal.press("Tab Enter");
    terminal.shows("┌ What the lab saw");
    terminal.shows("Because        policy require-mfa");
    terminal.shows("┬ What the client saw");
    terminal.shows("Multifactor authentication is required.");
    terminal.press("Esc");
    terminal.shows("┬ Requests");
    terminal.press("Tab Enter");
    terminal.shows("▶[off] require-mfa");
    terminal.press("r");
    terminal.shows("Last  ✓ silent");
    terminal.press("X");
    terminal.shows("▶[on]  require-mfa");
    terminal.shows("step 1 of 3");
    terminal.hides("Last  ");
    journey.ends_well();
}

#[test]
fn a_setting_of_one_user_is_found_and_switched_on_a_small_screen() {
    let mut journey = Journey::demo("wrong-password", (80, 24));
    let terminal = &mut journey.terminal;
    terminal.press("L");
    terminal.shows("┌ Lab");
    terminal.press("/");
    terminal.press("locked");
    terminal.shows("▶    locked               no");
    terminal.press("Enter Enter");
    terminal.shows("locked               yes  (not as at the start)");
    terminal.press("Esc");
    terminal.shows("require-mfa");
    terminal.press("Tab");
    terminal.shows("┌ Requests");
    terminal.press("Esc");
    terminal.shows("Scenario step 1");
    journey.ends_well();
}

#[test]
fn the_labs_users_are_signed_in_beforehand_and_a_silent_run_is_granted_at_once() {
    let mut journey = Journey::demo("device-granted", (120, 36));
    let terminal = &mut journey.terminal;
    terminal.press("W");
    terminal
        .shows("Signed in to contoso-desktop beforehand: ada@contoso.example, bo@contoso.example");
    terminal.press("L");
    terminal.shows("token issued to contoso-desktop for bo@contoso.example");
    terminal.press("Tab Enter");
    terminal.shows("No run of this program sent this request.");
    journey.ends_well();
}

#[test]
fn a_scenario_is_found_by_its_code_and_set_up() {
    let mut journey = Journey::begin(&["demo"], (80, 24), &[]);
    let terminal = &mut journey.terminal;
    terminal.shows("New here?");
    terminal.press("/");
    terminal.press("70043");
    terminal.shows("▶  The session is older than the sign-in frequency");
    terminal.shows("only “70043”");
    terminal.press("Enter");
    terminal.press("Enter");
    terminal.shows("Scenario step 1");
    journey.ends_well();
}

#[test]
fn a_code_is_forced_once_refused_with_it_and_granted_after_it() {
    let mut journey = Journey::demo("mfa-on-silent", (120, 36));
    let terminal = &mut journey.terminal;
    terminal.press("L Enter");
    terminal.shows("▶[off] require-mfa");
    terminal.press("C");
    terminal.shows("┌ Catalogue");
    terminal.press("65001");
    terminal.shows("▶AADSTS65001");
    terminal.press("Enter F");
    terminal.shows(":force AADSTS65001 once");
    terminal.press("Enter");
    terminal.shows("force AADSTS65001 once, without a cause");
    terminal.press("Esc");
    terminal.shows("Enter read");
    terminal.press("Esc");
    terminal.shows("[on]  AADSTS65001 once at token");
    terminal.press(">");
    terminal.shows("Last  ✗ silent  invalid_grant 65001");
    terminal.hides("[on]  AADSTS65001");
    terminal.press("Tab Enter");
    terminal.shows("Forced         on demand, without a cause");
    terminal.shows("┬ What the client saw");
    terminal.press("Esc");
    terminal.shows("┬ Requests");
    terminal.press("r");
    terminal.shows("Last  ✓ silent");
    terminal.press("X");
    terminal.shows("[on]  require-mfa");
    terminal.shows("step 1 of 3");
    journey.ends_well();
}
