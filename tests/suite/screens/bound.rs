//! Keys as a person changed them: what dispatches, what the footer, the help and the palette name, and what is told.

use super::desk::{Desk, command};
use super::samples;
use tokenscope::explorer::{Code, Key, Keymap, Keys, Message, Opened, State, update};
use tokenscope::model::{KeyChoice, Opening, RunId};
use tokenscope::redact::Redactor;
use tokenscope::session::Command;

/// The desk of a refused run, with `repeat` on F5 and the palette on Ctrl-P.
fn changed() -> Desk {
    let choice = |action: &str, key: &str| KeyChoice {
        action: action.into(),
        keys: vec![key.into()],
        at: "settings.toml:2".into(),
    };
    let (map, problems) = Keymap::with(&[choice("repeat", "f5"), choice("palette", "ctrl-p")]);
    assert!(problems.is_empty(), "{problems:?}");
    let mut desk = Desk {
        state: State::new(Opened {
            opening: Opening::Demo { scenario: None },
            redactor: Redactor::new([7; 16]),
            now: samples::NOW,
            size: (120, 36),
            profiles: Vec::new(),
            keys: Keys {
                map,
                warning: String::new(),
            },
        }),
    };
    desk.state.begin();
    desk.tell(samples::lab_ready());
    desk.tell(samples::scenarios());
    desk.tell(samples::scenario_ready());
    desk.tell_all(samples::refused_run(1));
    desk
}

#[test]
fn the_new_key_works_and_the_old_one_does_not() {
    let mut desk = changed();
    assert!(desk.press("r").is_empty());
    let asked = update(&mut desk.state, Message::Key(Key::of(Code::F(5))));
    assert!(matches!(command(asked), Command::Repeat(RunId(1))));
}

#[test]
fn the_help_the_footer_and_the_palette_name_the_new_key() {
    let mut desk = changed();
    desk.press("?");
    desk.shows("Ctrl-P find anything");
    desk.press("/");
    desk.type_text("run it again");
    desk.press("Enter");
    desk.shows("F5                run it again as it was");
    desk.press("Esc");
    desk.press("Ctrl-P");
    desk.type_text("repeat");
    desk.shows("▶  F5");
}

#[test]
fn what_is_wrong_with_them_is_said_at_the_start() {
    let mut desk = Desk {
        state: State::new(Opened {
            opening: Opening::Start,
            redactor: Redactor::new([7; 16]),
            now: samples::NOW,
            size: (120, 36),
            profiles: Vec::new(),
            keys: Keys {
                map: Keymap::default(),
                warning: "settings.toml:2 keys.repaet: there is no action `repaet`".into(),
            },
        }),
    };
    desk.shows("there is no action `repaet`");
    desk.press("j");
    desk.hides("repaet");
}
