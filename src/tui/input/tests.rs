//! An answer of the terminal never becomes keys, and keys never wait for an answer for long.

use super::*;

/// The events that crossterm makes of bytes which arrive together.
fn events(bytes: &str) -> Vec<KeyEvent> {
    let mut out = Vec::new();
    let mut alt = false;
    let mut rest = bytes.chars().peekable();
    while let Some(c) = rest.next() {
        if c == '\u{1b}' && rest.peek().is_some() {
            alt = true;
            continue;
        }
        let (code, ctrl) = match c {
            '\u{1b}' => (KeyCode::Esc, KeyModifiers::NONE),
            '\u{7}' => (KeyCode::Char('g'), KeyModifiers::CONTROL),
            '\r' => (KeyCode::Enter, KeyModifiers::NONE),
            c if c.is_uppercase() => (KeyCode::Char(c), KeyModifiers::SHIFT),
            c => (KeyCode::Char(c), KeyModifiers::NONE),
        };
        let with = if alt {
            KeyModifiers::ALT
        } else {
            KeyModifiers::NONE
        };
        alt = false;
        out.push(KeyEvent::new(code, ctrl | with));
    }
    out
}

/// What comes of pieces that arrive one after the other, each so long after the one before.
fn heard(pause: Duration, pieces: &[&str]) -> (String, Vec<Rgb>) {
    let mut now = Instant::now();
    let mut input = Input::default();
    input.asked(now);
    let mut all = Vec::new();
    for piece in pieces {
        now += pause;
        if input.holds_until().is_some_and(|until| until <= now) {
            all.extend(input.let_go(now));
        }
        for key in events(piece) {
            all.extend(input.hear(Event::Key(key), now));
        }
    }
    all.extend(input.let_go(now + AWAITED));
    let (mut keys, mut grounds) = (Vec::new(), Vec::new());
    for one in all {
        match one {
            Heard::Message(Message::Key(key)) => keys.push(key.to_string()),
            Heard::Message(other) => panic!("{other:?}"),
            Heard::Ground(rgb) => grounds.push(rgb),
        }
    }
    (keys.join(" "), grounds)
}

const SHORT: Duration = Duration::from_millis(30);
const LONG: Duration = Duration::from_secs(3);
const ANSWER: &str = "\u{1b}]11;rgb:1e1e/1E1e/ffff\u{1b}\\";

#[test]
fn an_answer_is_a_colour_and_no_key() {
    for whole in [
        ANSWER,
        "\u{1b}]11;rgb:1e/1e/ff\u{7}",
        "\u{1b}]11;rgba:1e1e/1e1e/ffff/ffff\u{7}",
        "\u{1b}]11;#1e1eff\u{7}",
    ] {
        assert_eq!(
            heard(SHORT, &[whole]),
            (String::new(), vec![Rgb(0x1e, 0x1e, 0xff)]),
            "{whole:?}"
        );
    }
}

#[test]
fn an_answer_cut_anywhere_is_still_none() {
    for at in 1..ANSWER.len() {
        let (head, tail) = ANSWER.split_at(at);
        assert_eq!(
            heard(SHORT, &[head, tail]),
            (String::new(), vec![Rgb(0x1e, 0x1e, 0xff)]),
            "cut at {at}"
        );
    }
    let bytes: Vec<String> = ANSWER.chars().map(String::from).collect();
    let bytes: Vec<&str> = bytes.iter().map(String::as_str).collect();
    assert_eq!(
        heard(SHORT, &bytes),
        (String::new(), vec![Rgb(0x1e, 0x1e, 0xff)])
    );
}

#[test]
fn a_long_pause_within_the_colour_makes_no_keys_of_it() {
    for at in "\u{1b}]11;".len()..ANSWER.len() - 1 {
        let (head, tail) = ANSWER.split_at(at);
        assert_eq!(heard(LONG, &[head, tail]).0, "", "cut at {at}");
    }
}

#[test]
fn rubbish_is_swallowed_and_says_nothing() {
    for rubbish in [
        "\u{1b}]11;hello there, q quits\u{7}",
        "\u{1b}]11;rgb:zz/1/1\u{1b}\\",
        "\u{1b}]11;rgb:12345/1/1\u{1b}\\",
        "\u{1b}]11;\u{7}",
        "\u{1b}]4;1;rgb:0000/0000/0000\u{7}",
        &format!("\u{1b}]11;{}\u{7}", "q".repeat(500)),
    ] {
        assert_eq!(
            heard(SHORT, &[rubbish]),
            (String::new(), vec![]),
            "{rubbish:?}"
        );
    }
}

#[test]
fn keys_around_an_answer_are_keys() {
    let (keys, grounds) = heard(SHORT, &["j", ANSWER, "q"]);
    assert_eq!((keys.as_str(), grounds.len()), ("j q", 1));
    assert_eq!(heard(SHORT, &["j\u{1b}]11;rgb:0/0/0\u{7}q"]).0, "j q");
}

#[test]
fn keys_that_only_look_like_a_beginning_are_keys() {
    assert_eq!(heard(LONG, &["\u{1b}", "]", "1"]).0, "Esc ] 1");
    assert_eq!(heard(SHORT, &["\u{1b}", "q"]).0, "Esc q");
    assert_eq!(heard(SHORT, &["\u{1b}"]).0, "Esc");
    assert_eq!(heard(SHORT, &["]", "1", "1", ";"]).0, "] 1 1 ;");
    assert_eq!(heard(SHORT, &["\u{1b}", "\u{1b}"]).0, "Esc Esc");
}

#[test]
fn an_answer_that_breaks_off_holds_no_key_but_those_of_a_colour() {
    assert_eq!(heard(LONG, &["\u{1b}]11;rgb:1e", "q", "j"]).0, "q j");
    assert_eq!(heard(LONG, &["\u{1b}]11;rgb:1e", "\r"]).0, "Enter");
    assert_eq!(heard(LONG, &["\u{1b}]11;rgb:1e", "\u{1b}", "q"]).0, "Esc q");
}

#[test]
fn once_answered_a_lone_esc_is_a_key_at_once() {
    let mut input = Input::default();
    let now = Instant::now();
    input.asked(now);
    for key in events(ANSWER) {
        input.hear(Event::Key(key), now);
    }
    let esc = KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE);
    assert_eq!(input.hear(Event::Key(esc), now).len(), 1);
    let mut silent = Input::default();
    silent.asked(now);
    assert_eq!(silent.hear(Event::Key(esc), now + AWAITED).len(), 1);
}
