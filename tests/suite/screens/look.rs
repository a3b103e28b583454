//! How the screen looks: links where addresses are, nothing hidden in any theme, and copies that are whole.

use std::collections::BTreeSet;

use ratatui::style::{Color, Modifier};
use tokenscope::explorer::{Carrier, Effect, Message, update};
use tokenscope::model::{Depth, Flow};
use tokenscope::session::Notice;
use tokenscope::settings::themes;
use tokenscope::tui::{Frame, Theme};

use super::desk::{Desk, theme};
use super::samples;

const WIDE: (u16, u16) = (120, 36);
/// Where everything of a pane is in sight.
const TALL: (u16, u16) = (150, 90);

/// The addresses that cells of a frame lead to, each with the text of those cells.
fn links(frame: &Frame) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for y in 0..frame.area().height {
        for x in 0..frame.area().width {
            let Some(url) = frame.url(x, y) else { continue };
            let symbol = frame.buffer[(x, y)].symbol();
            match found.iter_mut().find(|(it, _)| it == url) {
                Some((_, text)) => text.push_str(symbol),
                None => found.push((url.to_owned(), symbol.to_owned())),
            }
        }
    }
    found
}

fn waiting(activity: tokenscope::model::Activity) -> Desk {
    let mut desk = Desk::refused(TALL);
    desk.tell(Notice::Began(Box::new(samples::running(
        2,
        Flow::DeviceCode,
        activity,
    ))));
    desk
}

#[test]
fn every_address_to_be_opened_is_a_link_of_exactly_the_text_that_is_read() {
    let makers: [fn() -> Desk; 3] = [
        || Desk::refused(TALL),
        || waiting(samples::device()),
        || waiting(samples::browsing(false)),
    ];
    for make in makers {
        let desk = make();
        let found = links(&desk.frame(&Theme::plain()));
        assert!(!found.is_empty(), "no link in\n{}", desk.text());
        for (url, text) in found {
            assert_eq!(url, text);
        }
    }
}

#[test]
fn what_lies_over_a_link_is_none() {
    let mut desk = waiting(samples::browsing(false));
    assert!(!links(&desk.frame(&Theme::plain())).is_empty());
    desk.press("?");
    let frame = desk.frame(&Theme::plain());
    for (url, text) in links(&frame) {
        assert!(url.contains(&text), "{text:?} leads to {url}");
    }
}

#[test]
fn in_no_theme_is_text_of_the_colour_it_stands_on() {
    for (name, _) in themes::BUILT_IN {
        for depth in [Depth::Sixteen, Depth::Indexed, Depth::True] {
            for desk in [Desk::refused(WIDE), waiting(samples::device())] {
                let frame = desk.frame(&theme(name, depth, false));
                for cell in &frame.buffer.content {
                    let same = cell.fg == cell.bg && cell.fg != Color::Reset;
                    assert!(!same, "{name} {depth:?}: {cell:?}");
                }
            }
        }
    }
}

#[test]
fn without_colours_only_weight_underline_and_reverse_are_left() {
    let frame = Desk::refused(WIDE).frame(&theme("colour-blind-safe", Depth::None, false));
    let seen: BTreeSet<String> = frame
        .buffer
        .content
        .iter()
        .map(|cell| format!("{:?} {:?}", cell.fg, cell.bg))
        .collect();
    assert_eq!(seen, BTreeSet::from(["Reset Reset".to_owned()]));
    let reversed = |cell: &ratatui::buffer::Cell| cell.modifier.contains(Modifier::REVERSED);
    assert!(frame.buffer.content.iter().any(reversed));
}

#[test]
fn it_is_said_which_way_a_copy_went_and_how_much_it_was() {
    let mut desk = Desk::refused(WIDE);
    for (carrier, words) in [
        (Carrier::System, "Copied 12 characters to the clipboard."),
        (
            Carrier::Terminal,
            "Copied 12 characters by way of the terminal",
        ),
        (Carrier::Tmux, "set-clipboard on"),
        (
            Carrier::TooLong {
                bytes: 90_000,
                most: 74_994,
            },
            "Not copied: 90.0 KB is more than a terminal takes (74.9 KB).",
        ),
    ] {
        update(&mut desk.state, Message::Copied(12, carrier));
        desk.shows(words);
    }
}

/// What a key copies.
fn copied(desk: &mut Desk, keys: &str) -> String {
    let effects = desk.press(keys);
    let text = effects.into_iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.into_inner()),
        _ => None,
    });
    text.unwrap_or_else(|| panic!("{keys} copies nothing"))
}

#[test]
fn a_pane_is_copied_as_it_was_written_however_narrow_it_is() {
    let (mut wide, mut narrow) = (Desk::refused((170, 50)), Desk::refused((80, 24)));
    for keys in ["Tab w", "Tab w", "Tab w", "Tab w"] {
        let (a, b) = (copied(&mut wide, keys), copied(&mut narrow, keys));
        let words = |text: &str| -> Vec<String> {
            text.lines()
                .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
                .collect()
        };
        assert_eq!(words(&a), words(&b), "{keys}");
    }
}

#[test]
fn too_small_a_screen_says_all_of_what_it_needs() {
    let mut desk = Desk::refused(WIDE);
    desk.resize(20, 6);
    let words = desk.text().split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(
        words,
        "LAB SIMULATED This screen is 20×6. tokenscope needs 60×20. Make it larger, or Ctrl-C ends."
    );
    desk.resize(120, 36);
    desk.shows("Next steps");
}
