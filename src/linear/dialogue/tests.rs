//! Conversations without a session: what is said, and what a typed line asks for.

use super::*;
use crate::explorer::{Command, Effect, Keys, Redactor};
use crate::model::{Moment, Opening};

fn at_the_start() -> Dialogue {
    Dialogue::open(Opened {
        opening: Opening::Start,
        redactor: Redactor::new([1; 16]),
        now: Moment::default(),
        size: (0, 0),
        profiles: Vec::new(),
        keys: Keys::default(),
    })
}

fn number_of(lines: &[String], words: &str) -> String {
    let line = lines.iter().find(|line| line.contains(words));
    let (number, _) = line
        .and_then(|line| line.split_once(". "))
        .unwrap_or_else(|| panic!("'{words}' has no number in {lines:#?}"));
    number.to_owned()
}

#[test]
fn the_doors_have_numbers_and_a_number_opens_one() {
    let mut dialogue = at_the_start();
    let first = dialogue.begin().lines;
    let door = number_of(&first, crate::strings::explorer::DOORS[2].0);
    let opened = dialogue.line(&door);
    assert_eq!(dialogue.state.pane(), Pane::Paste, "{:#?}", opened.lines);
    assert!(
        opened.lines.contains(&s::PASTE.to_owned()),
        "{:#?}",
        opened.lines
    );
}

#[test]
fn a_paste_ends_with_a_dot_and_is_handed_over_whole() {
    let mut dialogue = at_the_start();
    dialogue.begin();
    dialogue.line("p");
    assert!(dialogue.line("AADSTS50076:").effects.is_empty());
    dialogue.line("and more");
    let effects = dialogue.line(".").effects;
    let handed = effects.iter().find_map(|effect| match effect {
        Effect::Ask(Command::Explain(text)) => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(handed, Some("AADSTS50076:\nand more"));
}

#[test]
fn a_field_is_asked_for_by_its_number_and_keeps_what_is_typed() {
    let mut dialogue = at_the_start();
    dialogue.begin();
    let form = dialogue.line("f").lines;
    let client = number_of(&form, "Client id");
    let asked = dialogue.line(&client).lines;
    assert!(asked[0].contains("Client id"), "{asked:#?}");
    let typed = dialogue.line("11111111-2222-3333-4444-555555555555").lines;
    assert!(
        typed
            .iter()
            .any(|line| line.contains("Client id") && line.contains("11111111-2222")),
        "{typed:#?}"
    );
    dialogue.line(&client);
    dialogue.line("-");
    let again = dialogue.line("again").lines;
    assert!(
        !again.iter().any(|line| line.contains("11111111-2222")),
        "{again:#?}"
    );
}

#[test]
fn everything_that_can_be_done_has_a_number_under_zero() {
    let mut dialogue = at_the_start();
    dialogue.begin();
    let deeds = dialogue.line("0").lines;
    let keys: Vec<_> = dialogue
        .state
        .bindings()
        .filter(|binding| !only_moves(binding.action))
        .map(|binding| binding.hint)
        .collect();
    assert!(!keys.is_empty());
    for hint in keys {
        assert!(
            deeds.iter().any(|line| line.contains(hint)),
            "{hint}: {deeds:#?}"
        );
    }
    let catalogue = number_of(&deeds, crate::strings::explorer::KEY_CATALOGUE);
    dialogue.line(&catalogue);
    assert_eq!(dialogue.state.pane(), Pane::Lookup);
}

#[test]
fn what_means_nothing_is_said_to_mean_nothing() {
    let mut dialogue = at_the_start();
    dialogue.begin();
    assert_eq!(dialogue.line("99").lines, [s::no_such_number(99)]);
    assert_eq!(dialogue.line("xyzzy").lines, [s::not_understood("xyzzy")]);
}
