//! Finding one's way by keys alone: the palette, searching a pane.

use super::Journey;

#[test]
fn anything_is_found_from_anywhere_and_what_was_below_stays() {
    let mut journey = Journey::demo("mfa-on-silent", (120, 36));
    let terminal = &mut journey.terminal;
    terminal.press("Enter");
    terminal.shows("Multifactor authentication is required.");
    terminal.press(":");
    terminal.shows("┌ Find anything");
    terminal.press("50076");
    terminal.shows("▶  AADSTS50076");
    terminal.press("Enter");
    terminal.shows("Entry ─ AADSTS50076");
    terminal.press("Esc");
    terminal.shows("Multifactor authentication is required.");
    terminal.press("Ctrl-K");
    terminal.press("repeat");
    terminal.shows("run it again as it was");
    terminal.press("Esc");
    terminal.hides("Find anything ─");
    terminal.shows("Multifactor authentication is required.");
    journey.ends_well();
}

#[test]
fn a_scenario_is_begun_from_the_first_screen_though_no_lab_runs_yet() {
    let mut journey = Journey::begin(&[], (80, 24), &[]);
    let terminal = &mut journey.terminal;
    terminal.shows("Try it in the lab");
    terminal.press(":");
    terminal.press("device-granted");
    terminal.shows("Scenarios");
    terminal.press("Enter");
    terminal.shows("Scenario step 1");
    terminal.shows("LAB SIMULATED");
    journey.ends_well();
}

#[test]
fn a_reply_is_searched_and_the_place_is_told() {
    let mut journey = Journey::demo("mfa-on-silent", (120, 36));
    let terminal = &mut journey.terminal;
    terminal.press("Enter");
    terminal.shows("Multifactor authentication is required.");
    terminal.press("Tab Tab Tab /");
    terminal.press("claims");
    terminal.shows("1 of 1");
    terminal.press("Enter");
    terminal.press("n");
    terminal.shows("1 of 1, from the top again");
    journey.ends_well();
}

#[test]
fn one_goes_back_to_what_was_looked_at_and_forward_again() {
    let mut journey = Journey::demo("mfa-on-silent", (120, 36));
    let terminal = &mut journey.terminal;
    terminal.press("Enter");
    terminal.shows("Multifactor authentication is required.");
    terminal.press("e");
    terminal.shows("▸ catalogue ▸ AADSTS50076");
    terminal.press("Esc");
    terminal.hides("▸ catalogue");
    terminal.press("Alt-Left");
    terminal.shows("▸ catalogue ▸ AADSTS50076");
    terminal.press("Alt-Right");
    terminal.hides("▸ catalogue");
    journey.ends_well();
}

#[test]
fn a_person_changes_keys_and_is_told_what_does_not_hold() {
    let home = tempfile::TempDir::new().expect("a temporary directory");
    let config = home.path().join("config");
    std::fs::create_dir_all(&config).expect("the directory can be made");
    let text = "[keys]\npalette = 'f2'\nrepaet = 'x'\n";
    std::fs::write(config.join("settings.toml"), text).expect("the file can be written");
    let mut journey = Journey::at_home(home, &[], (120, 36), &[]);
    let terminal = &mut journey.terminal;
    terminal.shows("there is no action `repaet`");
    terminal.shows("settings.toml:3");
    terminal.press("F2");
    terminal.shows("┌ Find anything");
    terminal.press("Esc");
    terminal.hides("┌ Find anything");
    terminal.shows("F2 find anything");
    journey.ends_well();
}
