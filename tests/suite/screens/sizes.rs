//! Any size and any text: no screen bursts, nothing runs over an edge, and a screen that is too small says so.

use proptest::prelude::*;
use tokenscope::explorer::SMALLEST;
use tokenscope::model::{Flow, Opening, RunId};
use tokenscope::session::Notice;
use tokenscope::tui::Theme;

use super::desk::Desk;
use super::samples;

/// Every screen that others are reached from.
fn scene(nth: usize, size: (u16, u16)) -> Desk {
    let mut desk = match nth {
        0 => Desk::open(size, Opening::Start),
        1 => Desk::demo(size),
        _ => Desk::refused(size),
    };
    match nth {
        3 => desk.tell_all(samples::granted_run(2, Flow::Interactive)),
        4 => {
            desk.tell(Notice::Began(Box::new(samples::running(
                2,
                Flow::DeviceCode,
                samples::device(),
            ))));
        }
        5 => {
            desk.tell(samples::world());
            desk.tell(samples::requests());
            desk.press("L");
        }
        6 => {
            desk.tell_all(samples::granted_run(2, Flow::Interactive));
            desk.tell(Notice::Compared {
                left: RunId(1),
                right: RunId(2),
                differences: samples::differences(),
                clue: samples::clue(),
            });
        }
        _ => {}
    }
    desk
}

const SCENES: usize = 7;

const KEYS: [&str; 36] = [
    "j",
    "k",
    "g",
    "G",
    "Enter",
    "Esc",
    "Tab",
    "Shift-Tab",
    "Up",
    "Down",
    "Left",
    "Right",
    "PgDn",
    "Backspace",
    "h",
    "x",
    "v",
    "z",
    "/",
    "?",
    "f",
    "p",
    "H",
    "C",
    "L",
    "P",
    "s",
    "a",
    "e",
    "=",
    "Y",
    "M",
    "Ctrl-D",
    "Ctrl-U",
    "Ctrl-N",
    "日",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_key_bursts_a_screen_of_any_size(
        nth in 0..SCENES,
        first in (0u16..140, 0u16..45),
        deeds in prop::collection::vec((prop::sample::select(&KEYS[..]), prop::option::weighted(0.2, (0u16..140, 0u16..45))), 1..16),
    ) {
        let mut desk = scene(nth, first);
        for (key, size) in deeds {
            desk.press(key);
            if let Some((width, height)) = size {
                desk.resize(width, height);
            }
            let (width, height) = desk.state.size;
            let frame = desk.frame(&Theme::plain());
            prop_assert_eq!(frame.area().as_size(), (width, height).into());
        }
    }
}

#[test]
fn every_screen_that_is_too_small_says_something_and_from_twenty_by_six_all_of_it() {
    let mut desk = Desk::refused((120, 36));
    for width in 1..SMALLEST.0 {
        for height in 1..SMALLEST.1 {
            desk.resize(width, height);
            let text = desk.text();
            assert!(!text.trim().is_empty(), "{width}×{height}");
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let all = format!("This screen is {width}×{height}. tokenscope needs 60×20.");
            assert!(
                width < 20 || height < 6 || words.contains(&all),
                "{width}×{height}: {words}"
            );
        }
    }
}

/// What other people write: wide, composed of several, from right to left.
const ABROAD: [(&str, &str); 5] = [
    (
        "wide",
        "第二要素が必要です。组织要求多重身份验证后才能继续访问此资源",
    ),
    (
        "emoji",
        "👩‍💻 needs 🔐🔐🔐 before 🇨🇭🇨🇭🇨🇭 and 👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽",
    ),
    (
        "marks",
        "e\u{301}e\u{301}e\u{301} o\u{308}o\u{308}o\u{308} A\u{30a}ngstro\u{308}m und so weiter bis zum Rand",
    ),
    (
        "hebrew",
        "נדרש אימות רב־שלבי לפני שניתן להנפיק אסימון עבור המשאב הזה",
    ),
    (
        "arabic",
        "المصادقة متعددة العوامل مطلوبة قبل إصدار رمز مميز لهذا المورد",
    ),
];

fn abroad(text: &str, size: (u16, u16)) -> Desk {
    let mut desk = Desk::demo(size);
    desk.tell(samples::scenario_ready());
    for notice in samples::refused_run(1) {
        desk.tell(match notice {
            Notice::Began(mut run) => {
                run.spec.username = Some(format!("{text}@contoso.example"));
                Notice::Began(run)
            }
            Notice::Ended(run, mut ending) => {
                if let Some(found) = &mut ending.diagnosis {
                    found.description = Some(text.repeat(3));
                }
                Notice::Ended(run, ending)
            }
            other => other,
        });
    }
    desk
}

#[test]
fn what_other_people_write_stays_within_its_pane_and_is_read_whole() {
    for (name, text) in ABROAD {
        for size in [(60, 20), (80, 24), (120, 90)] {
            let desk = abroad(text, size);
            let frame = desk.frame(&Theme::plain());
            for y in 1..size.1 - 1 {
                let edge = frame.buffer[(size.0 - 1, y)].symbol();
                assert!("│┐┘┤".contains(edge), "{name} {size:?}, row {y}: {edge:?}");
            }
            // Drawn in full where there is room: only spaces are lost where it is wrapped.
            if size.1 == 90 {
                let squeeze = |s: &str| {
                    let kept = |c: &char| !c.is_whitespace() && *c != '│' && *c != '\u{200d}';
                    s.chars().filter(kept).collect::<String>()
                };
                let all: String = (0..desk
                    .state
                    .content(tokenscope::explorer::Pane::Diagnosis)
                    .rows
                    .len())
                    .map(|row| {
                        desk.state
                            .content(tokenscope::explorer::Pane::Diagnosis)
                            .row_text(row)
                    })
                    .collect();
                let clean = tokenscope::model::Clean::line(text).into_string();
                assert!(squeeze(&all).contains(&squeeze(&clean)), "{name}: {all}");
            }
        }
    }
}

#[test]
fn what_other_people_write_on_a_screen() {
    for (name, text) in ABROAD {
        let desk = abroad(text, (80, 24));
        insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("abroad-{name}-80x24"), desk.text());
        });
    }
}
