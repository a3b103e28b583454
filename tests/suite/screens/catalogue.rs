//! The catalogue's screen: looking something up, one entry whole, filters, the way from a diagnosis and back.

use std::sync::Arc;

use super::desk::{Desk, command, commands, theme};
use super::samples;
use tokenscope::catalog::Catalog;
use tokenscope::explorer::{Effect, Message, Mouse, MouseDeed, Pane, update};
use tokenscope::model::{Depth, Opening};
use tokenscope::session::{Command, Notice};

const WIDE: (u16, u16) = (120, 36);
const SMALLEST: (u16, u16) = (60, 20);
const SMALL: (u16, u16) = (80, 24);

/// A small catalogue of its own, so that the pictures stay what they are when more becomes known.
fn contoso() -> Notice {
    let mut catalog = Catalog::default();
    catalog
        .overlay("catalog/contoso.toml", include_str!("contoso.toml"))
        .expect("the sample is well formed");
    Notice::Catalogue(Arc::new(catalog))
}

fn builtin() -> Notice {
    Notice::Catalogue(Arc::new(Catalog::builtin()))
}

/// A desk with the catalogue open and keys going to its search line.
fn opened(size: (u16, u16), known: Notice) -> Desk {
    let mut desk = Desk::open(size, Opening::Start);
    desk.press("C");
    desk.tell(known);
    desk
}

fn picture(name: &str, at: impl Fn((u16, u16)) -> Desk) {
    for size in [SMALLEST, SMALL, WIDE] {
        let desk = at(size);
        insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("{name}-{}x{}", size.0, size.1), desk.text());
        });
    }
}

#[test]
fn everything_is_listed_at_first() {
    picture("catalogue", |size| opened(size, contoso()));
}

#[test]
fn what_is_typed_is_found_and_read() {
    picture("catalogue-entry", |size| {
        let mut desk = opened(size, contoso());
        desk.type_text("50076");
        desk.press("Enter");
        desk
    });
}

#[test]
fn filters_stand_in_words_above_the_list() {
    picture("catalogue-filtered", |size| {
        let mut desk = opened(size, contoso());
        desk.press("Tab c a i");
        desk
    });
}

#[test]
fn a_number_without_an_entry_gets_its_neighbourhood() {
    picture("catalogue-family", |size| {
        let mut desk = opened(size, contoso());
        desk.type_text("50075");
        desk
    });
}

#[test]
fn the_catalogue_is_asked_for_once_and_its_list_waits_for_it() {
    let mut desk = Desk::open(WIDE, Opening::Start);
    assert_eq!(commands(&desk.press("C")), ["Catalogue"]);
    desk.shows("Reading the catalogue …");
    desk.type_text("50076");
    desk.tell(builtin());
    desk.shows("▶AADSTS50076");
    desk.press("Esc");
    assert!(commands(&desk.press("C")).is_empty(), "it is known already");
}

#[test]
fn letters_are_text_in_the_search_line_and_commands_in_the_list() {
    let mut desk = opened(WIDE, builtin());
    desk.type_text("conditional access");
    desk.shows("> conditional access");
    desk.press("Tab j");
    assert_eq!(desk.state.pane(), Pane::Catalogue);
    assert_eq!(desk.state.scroll(Pane::Catalogue).row, 2);
    desk.press("/");
    desk.press("Backspace");
    desk.shows("> conditional acces ");
}

#[test]
fn the_obvious_comes_first_and_both_prefixes_of_a_number_are_shown() {
    let mut desk = opened(WIDE, builtin());
    desk.type_text("90027");
    let screen = desk.text();
    let (service, b2c) = (screen.find("▶AADSTS90027"), screen.find("AADB2C90027"));
    assert!(service.is_some() && service < b2c, "{screen}");
}

#[test]
fn misspelt_words_still_find_something() {
    let mut desk = opened(WIDE, builtin());
    desk.type_text("multifacter authentcation");
    desk.shows("Multifactor authentication is required");
}

#[test]
fn the_arrows_move_the_list_while_typing_and_the_entry_follows() {
    let mut desk = opened(WIDE, contoso());
    desk.shows("Entry ─ AADSTS50076");
    desk.press("Down");
    desk.shows("Entry ─ AADSTS50079");
    desk.shows("only the name is known");
    desk.press("Up");
    desk.shows("Entry ─ AADSTS50076");
    assert_eq!(desk.state.pane(), Pane::Lookup);
}

#[test]
fn on_a_small_screen_the_entry_takes_the_place_of_the_list() {
    let mut desk = opened(SMALL, contoso());
    desk.hides("Meaning");
    desk.press("Enter");
    desk.shows("Meaning");
    desk.hides("7 entries");
    desk.press("Esc");
    desk.shows("▶AADSTS50076");
    desk.press("Esc");
    desk.shows("Try it in the lab");
}

#[test]
fn tab_goes_round_search_line_list_and_entry() {
    let mut desk = opened(WIDE, contoso());
    for pane in [Pane::Catalogue, Pane::Entry, Pane::Lookup] {
        desk.press("Tab");
        assert_eq!(desk.state.pane(), pane);
    }
    desk.press("Shift-Tab");
    assert_eq!(desk.state.pane(), Pane::Entry);
}

#[test]
fn a_filter_goes_round_what_there_is_and_one_key_takes_all_off() {
    let mut desk = opened(WIDE, contoso());
    desk.shows("All 6 entries");
    desk.press("Tab c");
    desk.shows("interaction: the person must do something on a page");
    desk.shows("3 of 6 entries");
    desk.press("c");
    desk.shows("grant: the code, token or assertion that was presented");
    desk.press("c c");
    desk.shows("request: the request as it was sent");
    desk.press("c");
    desk.shows("All 6 entries");
    desk.press("C a i");
    desk.shows("Signing in  ");
    desk.press("x");
    desk.shows("All 6 entries");
    desk.hides("request: the request as it was sent");
}

#[test]
fn filters_hold_together_with_what_is_typed() {
    let mut desk = opened(WIDE, contoso());
    desk.type_text("second factor");
    desk.press("Tab i i");
    desk.shows("Signing in  helps only after something else is mended");
    desk.shows("1 of 6 entries");
    desk.shows("▶AADSTS50079");
}

#[test]
fn every_part_of_an_entry_is_shown_and_says_which_file_it_comes_from() {
    let mut desk = opened((120, 60), contoso());
    desk.type_text("50076");
    for part in [
        "UserStrongAuthClientAuthNRequired",
        "Contoso wants a second factor for this API",
        "• the rule about payroll holds here",
        "the token endpoint's reply, the sign-in log",
        "interaction: the person must do something on a page",
        "the user",
        "for a daemon — signing in does not apply",
        "with suberror basic_action, at the",
        "at the v1.0 endpoint (assumed,",
        "1 Sign in in the browser with the key at hand",
        "2 Ask the keepers of payroll (for an administrator of",
        "https://login.microsoftonline.com/error?code=50076",
        "https://wiki.contoso.example/second-factor",
        "Contoso wiki, page 12",
        "seen in real replies",
        "2026-11-22",
        "your own file catalog/contoso.toml",
    ] {
        desk.shows(part);
    }
}

#[test]
fn a_built_in_entry_says_so() {
    let mut desk = opened((120, 60), builtin());
    desk.type_text("invalid_grant");
    desk.shows("error of a standard");
    desk.shows("the catalogue that is built in");
    desk.hides("yours");
}

#[test]
fn links_are_opened_and_copied_where_they_stand() {
    let mut desk = opened(WIDE, contoso());
    desk.type_text("50076");
    desk.press("Tab");
    match command(desk.press("o")) {
        Command::OpenPage(url) => assert!(url.ends_with("error?code=50076"), "{url}"),
        other => panic!("{other:?}"),
    }
    desk.press("Tab / w i k i . c Enter");
    match command(desk.press("o")) {
        Command::OpenPage(url) => assert_eq!(url, "https://wiki.contoso.example/second-factor"),
        other => panic!("{other:?}"),
    }
    let effects = desk.press("y");
    let Some(Effect::Copy(text)) = effects.first() else {
        panic!("{effects:?}");
    };
    assert_eq!(text.get(), "https://wiki.contoso.example/second-factor");
}

#[test]
fn a_diagnosis_leads_to_the_entry_of_its_code_and_back_with_one_key_each() {
    for size in [SMALL, WIDE] {
        let mut desk = Desk::refused(size);
        assert_eq!(commands(&desk.press("e")), ["Catalogue"]);
        desk.tell(builtin());
        assert_eq!(desk.state.pane(), Pane::Entry);
        desk.shows("Entry ─ AADSTS50076");
        desk.shows("Meaning");
        desk.press("Esc");
        desk.shows("Next steps");
        assert_eq!(desk.state.pane(), Pane::Steps);
    }
}

#[test]
fn the_entry_of_a_diagnosis_stands_among_its_neighbours() {
    let mut desk = Desk::refused(WIDE);
    desk.press("e");
    desk.tell(builtin());
    desk.shows("▶AADSTS50076");
    desk.shows("AADSTS50078");
    desk.press("Shift-Tab j");
    desk.shows("Entry ─ AADSTS50078");
}

#[test]
fn errors_and_suberrors_are_opened_from_the_line_that_names_them() {
    let mut desk = Desk::refused(WIDE);
    desk.tell(builtin());
    desk.press("Tab Tab / B e c a u s e Enter");
    desk.press("e");
    desk.shows("Entry ─ basic_action · suberror");
    desk.press("Esc Tab g j e");
    desk.shows("Entry ─ invalid_grant · standard");
}

#[test]
fn a_code_that_is_not_listed_leads_to_its_neighbourhood() {
    let mut desk = Desk::open(WIDE, Opening::Start);
    let mut diagnosis = samples::diagnosis();
    diagnosis.codes[0].code = "AADSTS50075".into();
    desk.tell(Notice::Explained {
        text: "AADSTS50075".into(),
        diagnoses: vec![diagnosis],
        tokens: Vec::new(),
        claims: Vec::new(),
    });
    desk.press("e");
    desk.tell(contoso());
    desk.shows("AADSTS50075 is not in the catalogue.");
    desk.shows("Signing in and its sessions");
    desk.press("Esc");
    desk.shows("┌ Explained ─");
}

#[test]
fn the_catalogue_opens_over_a_form_and_what_was_typed_there_stays() {
    let mut desk = Desk::open(WIDE, Opening::Start);
    desk.press("f");
    desk.type_text("https://login.contoso.example/t");
    desk.press("Ctrl-T");
    desk.tell(contoso());
    desk.shows("All 6 entries");
    desk.press("Esc");
    desk.shows("https://login.contoso.example/t");
}

#[test]
fn a_paste_into_the_search_line_is_looked_for() {
    let mut desk = opened(WIDE, builtin());
    let text = "AADSTS50076: a second factor is needed.\nTrace ID: 1".to_owned();
    update(&mut desk.state, Message::Pasted(text));
    desk.shows("▶AADSTS50076");
    desk.shows("> AADSTS50076: a second factor is needed.");
}

#[test]
fn a_click_chooses_an_entry() {
    let mut desk = opened(WIDE, contoso());
    let areas = desk.state.areas();
    let (_, area) = areas
        .iter()
        .find(|(pane, _)| *pane == Pane::Catalogue)
        .expect("it is on screen");
    let mouse = Mouse {
        x: area.x + 4,
        y: area.y + 3,
        deed: MouseDeed::Click,
    };
    update(&mut desk.state, Message::Mouse(mouse));
    assert_eq!(desk.state.pane(), Pane::Catalogue);
    desk.shows("Entry ─ AADSTS50079");
}

#[test]
fn the_help_lists_the_keys_of_the_catalogue() {
    let mut desk = opened((120, 50), contoso());
    desk.press("Tab ?");
    desk.shows("who acts, the one before");
    desk.press("Esc");
    desk.shows("All 6 entries");
}

#[test]
fn in_ascii_the_catalogue_draws_nothing_but_ascii() {
    let mut desk = opened(WIDE, builtin());
    for text in ["50076", "50053", "nothing like it"] {
        desk.press("Ctrl-U");
        desk.type_text(text);
        let text = desk.text_with(&theme("plain", Depth::None, true));
        assert!(text.is_ascii(), "{text}");
    }
}

#[test]
fn every_entry_is_drawn_at_every_size() {
    for size in [(60, 20), SMALL, (108, 30), WIDE, (170, 50)] {
        let mut desk = opened(size, builtin());
        desk.press("Tab G Tab G");
        desk.text();
        desk.press("Shift-Tab PgDn g c i a Enter");
        desk.resize(size.0 + 30, size.1 + 12);
        desk.text();
        desk.resize(50, 15);
        desk.shows("tokenscope needs 60×20.");
    }
}
