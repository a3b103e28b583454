//! The catalogue by keys alone: from anywhere, with a person's own entries, and back.

use super::Journey;

/// An entry of a person's own, laid over the built-in one.
const OWN: &str = r#"
[[code]]
code = "AADSTS50076"
title = "At Contoso: bring the key"
class = "interaction"
acts = ["user"]
login = "yes"
sources = ["Contoso wiki"]
confidence = "observed"
"#;

#[test]
fn a_number_is_looked_up_read_filtered_and_left_again() {
    let mut journey = Journey::begin(&[], (120, 36), &[]);
    let terminal = &mut journey.terminal;
    terminal.shows("Try it in the lab");
    terminal.press("C");
    terminal.shows("┌ Catalogue");
    terminal.shows("├ All ");
    terminal.press("50076");
    terminal.shows("▶AADSTS50076");
    terminal.shows("┬ Entry ─ AADSTS50076");
    terminal.press("Enter");
    terminal.shows("UserStrongAuthClientAuthNRequired");
    terminal.press("G");
    terminal.shows("the catalogue that is built in");
    terminal.press("Tab");
    terminal.press("Ctrl-U");
    terminal.shows("├ All ");
    terminal.press("Tab");
    terminal.press("c");
    terminal.shows("Class       interaction: the person must do something on a page");
    terminal.press("x");
    terminal.hides("Class       interaction: the person must do something on a page");
    terminal.press("Esc");
    terminal.shows("Try it in the lab");
    journey.ends_well();
}

#[test]
fn a_refusal_leads_to_the_entry_of_its_code_and_back_on_a_small_screen() {
    let mut journey = Journey::demo("mfa-on-silent", (80, 24));
    let terminal = &mut journey.terminal;
    terminal.press("Enter");
    terminal.shows("Multifactor authentication is required.");
    terminal.press("e");
    terminal.shows("┌ Entry ─ AADSTS50076");
    terminal.shows("Meaning");
    terminal.press("Tab");
    terminal.shows("┌ Catalogue");
    terminal.press("Esc");
    terminal.shows("Next steps");
    journey.ends_well();
}

#[test]
fn an_own_entry_is_marked_and_names_its_file() {
    let mut journey = Journey::with_own_entries("contoso.toml", OWN, (120, 36));
    let terminal = &mut journey.terminal;
    terminal.shows("Try it in the lab");
    terminal.press("C");
    terminal.press("50076");
    terminal.shows("▶AADSTS50076  interaction  yours");
    terminal.shows("At Contoso: bring the key");
    terminal.shows("Comes from");
    terminal.until("the file's name", |screen| {
        screen
            .rows(48, 72)
            .collect::<String>()
            .contains("contoso.toml")
    });
    terminal.press("Esc");
    terminal.shows("Try it in the lab");
    journey.ends_well();
}
