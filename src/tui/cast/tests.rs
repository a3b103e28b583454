use std::num::NonZeroU16;
use std::sync::{Arc, Mutex};

use serde_json::Value;

use super::*;
use crate::explorer::{Code, Key, Keys, Message, Notice, Opened, Redactor, update};
use crate::model::{Activity, Authority, Flow, Moment, Opening, Run, RunId, RunSpec, Stage};

/// A file in memory that is looked at while it is written.
#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody failed").extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Paper {
    fn lines(&self) -> Vec<Value> {
        let bytes = self.0.lock().expect("nobody failed").clone();
        let text = String::from_utf8(bytes).expect("a cast is UTF-8");
        text.lines()
            .map(|line| serde_json::from_str(line).expect("each line is JSON"))
            .collect()
    }

    /// What a player shows at the end.
    fn played(&self) -> String {
        let lines = self.lines();
        let cells = |name: &str| {
            let cells = lines[0][name].as_u64().expect("a number of cells");
            u16::try_from(cells).expect("it is small")
        };
        let mut player = player(cells("width"), cells("height"));
        for event in &lines[1..] {
            let data = event[2].as_str().expect("data is text");
            match event[1].as_str() {
                Some("o") => player.process(data.as_bytes()),
                Some("r") => {
                    let (width, height) = data.split_once('x').expect("a size");
                    let cells = |text: &str| text.parse::<NonZeroU16>().expect("a number");
                    player.screen_mut().set_size(cells(height), cells(width));
                }
                _ => {}
            }
        }
        shown(&player)
    }
}

/// The text of a screen, without the blanks at the ends of its lines.
fn shown(player: &vt100::Parser) -> String {
    let text = player.screen().contents();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n")
}

fn player(width: u16, height: u16) -> vt100::Parser {
    let cells = |cells| NonZeroU16::new(cells).expect("there are some");
    vt100::Parser::new(cells(height), cells(width), 0)
}

fn explorer(size: (u16, u16)) -> State {
    State::new(Opened {
        opening: Opening::Start,
        redactor: Redactor::new([1; 16]),
        now: Moment::default(),
        size,
        profiles: Vec::new(),
        keys: Keys::default(),
    })
}

fn recorded(size: (u16, u16)) -> (State, Cast, Paper) {
    let paper = Paper::default();
    let recording = Recording {
        path: "a.cast".into(),
        title: "tokenscope".to_owned(),
        term: "xterm".to_owned(),
    };
    let cast = Cast::begin(Box::new(paper.clone()), &recording, size);
    (explorer(size), cast.expect("memory takes it"), paper)
}

/// What the screen itself shows.
fn drawn(state: &State) -> String {
    let mut frame = blank(state.size);
    draw(state, &Theme::plain(), &mut frame);
    let mut player = player(state.size.0, state.size.1);
    let shown_before = blank(state.size);
    let cells = shown_before.buffer.diff(&frame.buffer);
    let mut bytes = Vec::new();
    CrosstermBackend::new(&mut bytes)
        .draw(cells.into_iter())
        .expect("memory takes it");
    player.process(&bytes);
    shown(&player)
}

fn press(state: &mut State, key: Key) {
    update(state, Message::Key(key));
}

#[test]
fn a_recording_shows_every_screen_that_was_drawn() {
    let (mut state, mut cast, paper) = recorded((80, 24));
    let keys = ["", "j", "j", "p", "A", "D"].map(|key| key.chars().next());
    for key in keys {
        if let Some(key) = key {
            press(&mut state, Key::char(key));
        }
        cast.frame(&state, &Theme::plain())
            .expect("memory takes it");
        assert_eq!(paper.played(), drawn(&state));
    }
    update(&mut state, Message::Resize(120, 36));
    cast.frame(&state, &Theme::plain())
        .expect("memory takes it");
    assert_eq!(paper.played(), drawn(&state));
    let resized = paper
        .lines()
        .iter()
        .any(|it| it[1] == "r" && it[2] == "120x36");
    assert!(resized);
}

#[test]
fn hidden_values_that_are_shown_are_not_recorded() {
    let (mut state, mut cast, paper) = recorded((80, 24));
    let authority = Authority::parse("https://login.example/contoso").expect("an authority");
    let run = Run {
        id: RunId(1),
        spec: RunSpec::new(authority, "an-app", Flow::Interactive),
        started: Moment::default(),
        simulated: true,
        from_history: false,
        exchanges: Vec::new(),
        events: Vec::new(),
        stage: Stage::Running(Activity::Sending("token".to_owned())),
    };
    update(
        &mut state,
        Message::Notice(Box::new(Notice::Began(Box::new(run)))),
    );
    cast.frame(&state, &Theme::plain())
        .expect("memory takes it");
    let before = paper.played();
    press(&mut state, Key::char('R'));
    for _ in 0..2 {
        cast.frame(&state, &Theme::plain())
            .expect("memory takes it");
    }
    assert!(drawn(&state).contains(crate::strings::explorer::REVEALED));
    assert_eq!(paper.played(), before);
    let marks = paper.lines()[1..]
        .iter()
        .filter(|event| event[1] == "m")
        .count();
    assert_eq!(marks, 1);
    press(&mut state, Key::char('j'));
    cast.frame(&state, &Theme::plain())
        .expect("memory takes it");
    assert_eq!(paper.played(), drawn(&state));
}

#[test]
fn a_header_says_size_title_and_terminal() {
    let (_, _, paper) = recorded((80, 24));
    let header = &paper.lines()[0];
    assert_eq!(header["version"], 2);
    assert_eq!(
        (&header["width"], &header["height"]),
        (&json!(80), &json!(24))
    );
    assert_eq!(header["title"], "tokenscope");
    assert_eq!(header["env"]["TERM"], "xterm");
}

#[test]
fn the_same_screen_is_written_once() {
    let (state, mut cast, paper) = recorded((80, 24));
    for _ in 0..3 {
        cast.frame(&state, &Theme::plain())
            .expect("memory takes it");
    }
    let before = paper.lines().len();
    cast.frame(&state, &Theme::plain())
        .expect("memory takes it");
    assert_eq!(paper.lines().len(), before);
}

#[test]
fn times_never_run_back() {
    let (mut state, mut cast, paper) = recorded((80, 24));
    for _ in 0..4 {
        press(&mut state, Key::of(Code::Down));
        cast.frame(&state, &Theme::plain())
            .expect("memory takes it");
    }
    let times: Vec<f64> = paper.lines()[1..]
        .iter()
        .map(|event| event[0].as_f64().expect("a time"))
        .collect();
    assert!(times.is_sorted(), "{times:?}");
}
